/** Facts about a run that several invariants need. */

import type { Definition, Dependency } from '../../../src/domain/definition/definition.js';
import { specHash } from '../../../src/domain/definition/hash.js';
import { HOLD } from '../../../src/store/state/settings.js';
import { isUp, LATEST_EFFECT_MS, type SimContainer } from '../engine.js';
import { SCRIPT_MS } from '../script.js';
import { INSTANCE } from '../server.js';
import type { SimWorld } from './invariant.js';

/** The end: everything must have converged so long after the last fault. */
export const CONVERGED_MS = SCRIPT_MS + LATEST_EFFECT_MS + 35_000;

/** Images whose containers run on once they are started. */
export const GOOD_IMAGES: readonly string[] = ['good', 'other', 'healthy', 'remote', 'late'];

/** Images whose containers become healthy. */
const HEALTHY_IMAGES: readonly string[] = ['healthy', 'late'];

export const isOurs = ({ owner }: SimContainer): boolean => owner?.instance === INSTANCE;

/** True if a fault may still have an effect. */
export const isTroubled = ({ now, history }: SimWorld): boolean => now - history.lastTrouble < LATEST_EFFECT_MS;

export const definitionsOf = ({ disk }: SimWorld): readonly Definition[] => [...disk.state.definitions.values()];

export const reservationsOf = ({ disk }: SimWorld, uid: string) => disk.state.reservations.get(uid) ?? [];

export const containersOf = ({ engine }: SimWorld, uid: string): readonly SimContainer[] =>
  [...engine.containers.values()].filter((one) => isOurs(one) && one.owner?.uid === uid);

/** The latest generation that a definition has a container of. */
export const latestOf = (world: SimWorld, uid: string): number =>
  Math.max(0, ...containersOf(world, uid).map(({ owner }) => owner?.generation ?? 0));

/** True if a restore has paused anything. */
export const isPaused = (world: SimWorld): boolean =>
  world.disk.state.settings.has(HOLD) ||
  definitionsOf(world).some(({ uid, generation }) => latestOf(world, uid) > generation);

export const conditionOf = ({ server }: SimWorld, definition: Definition, type: string) =>
  server?.reconciler.status.of(definition).conditions.find((one) => one.type === type);

export const readyOf = (world: SimWorld, definition: Definition) => conditionOf(world, definition, 'Ready');

/** Describes a definition and its containers at the end. */
export function describe(world: SimWorld, definition: Definition): string {
  const containers = containersOf(world, definition.uid);
  const has = containers.map((one) => `${one.name} ${one.state} g${one.owner?.generation}`).join(', ');
  return `${definition.name}: ${JSON.stringify(readyOf(world, definition))}; has ${has || 'nothing'}`;
}

/** The container that the status reports, or the first one. */
export function currentOf(world: SimWorld, definition: Definition): SimContainer | undefined {
  const containers = containersOf(world, definition.uid);
  const reported = world.server?.reconciler.status.of(definition).container?.id;
  return containers.find(({ id }) => id === reported) ?? containers[0];
}

/** True if an address in the `/etc/hosts` of a recipient isn't its source's. */
export const lacksAlias = ({ engine }: SimWorld, { links, hosts }: SimContainer): boolean =>
  [...links].some(([alias, id]) => hosts?.get(alias) !== engine.containers.get(id)?.address);

/** True if nothing outside Berth keeps a definition from running. */
export function canRun(world: SimWorld, definition: Definition, seen: ReadonlySet<string> = new Set()): boolean {
  const { name, uid, spec } = definition;
  if (definition.deletionRequestedAt !== null || spec.state === 'stopped' || seen.has(uid)) return false;
  if (!GOOD_IMAGES.includes(spec.image)) return false;
  if (spec.image === 'remote' && conditionOf(world, definition, 'ImageAvailable')?.reason === 'PullFailed')
    return false;
  // Retried later each time, because each attempt interrupts the current container: docs/faults.md names this limit.
  const ready = readyOf(world, definition);
  if (ready?.reason === 'RolledBack' && /Bind for .* failed/.test(ready.message)) return false;
  if (isUnmanaged(world, world.engine.outside.find(name))) return false;
  const hasEnded = containersOf(world, uid).some(({ state }) => state === 'exited');
  if (spec.restartPolicy !== 'always' && hasEnded) return false;
  if (hasPortInUse(world, uid) || hasAddressInUse(world, uid)) return false;
  const after = new Set(seen).add(uid);
  if (!(spec.dependsOn ?? []).every((dependency) => canBeMet(world, dependency, after))) return false;
  return spec.links.every((link) => {
    const source = definitionsOf(world).find((one) => one.name === link.container);
    return source !== undefined && canRun(world, source, after);
  });
}

/** True if a dependency meets its condition, or has to sooner or later. One that isn't required may be missing. */
function canBeMet(world: SimWorld, { container, condition, required }: Dependency, seen: ReadonlySet<string>): boolean {
  const dependency = definitionsOf(world).find(({ name }) => name === container);
  if (dependency === undefined) return !required;
  // One that ran to its end counts again once it has run again, where a client asked for that.
  const { uid, restartOf } = dependency;
  const isToRunAgain = restartOf !== null && containersOf(world, uid).some(({ startedAt }) => startedAt === restartOf);
  if (!isToRunAgain && isMet(world, dependency, condition)) return true;
  if (condition === 'completed' || !canRun(world, dependency, seen)) return false;
  return condition === 'started' || HEALTHY_IMAGES.includes(dependency.spec.image);
}

/** Key of a dependency with its condition. */
export const dependencyKey = ({ uid }: Definition, condition: Dependency['condition']): string => `${uid} ${condition}`;

/** True if the engine shows that a definition meets a condition of those that depend on it. */
export function isMet(world: SimWorld, definition: Definition, condition: Dependency['condition']): boolean {
  const { uid, spec, deletionRequestedAt } = definition;
  if (deletionRequestedAt !== null) return false;
  const own = containersOf(world, uid);
  const hash = specHash(spec, { bindings: reservationsOf(world, uid) });
  const ended = own.filter((one) => one.state === 'exited' && one.startedAt !== null && one.owner?.hash === hash);
  if (condition === 'completed') return spec.restartPolicy !== 'always' && ended.some(({ exitCode }) => exitCode === 0);
  const isDone = ended.some(({ exitCode }) => spec.restartPolicy === 'no' || exitCode === 0);
  if (condition === 'started' && spec.restartPolicy !== 'always' && isDone) return true;
  return own.some(({ state, health }) => state === 'running' && (condition === 'started' || health === 'healthy'));
}

/** True if every required dependency of a definition meets its condition. */
export const areDependenciesMet = (world: SimWorld, { spec }: Definition): boolean =>
  (spec.dependsOn ?? []).every(({ container, condition }) => {
    const dependency = definitionsOf(world).find(({ name }) => name === container);
    return dependency !== undefined && isMet(world, dependency, condition);
  });

/** True if a container belongs to no definition, so that nothing moves it. */
const isUnmanaged = ({ disk }: SimWorld, container: SimContainer | undefined): boolean =>
  container !== undefined && !(isOurs(container) && disk.state.definitions.has(container.owner?.uid ?? ''));

const hasPortInUse = (world: SimWorld, uid: string): boolean =>
  reservationsOf(world, uid).some(
    ({ hostPort }) =>
      world.engine.outside.isHeld(hostPort) ||
      [...world.engine.containers.values()].some(
        (other) =>
          other.owner?.uid !== uid && isUp(other) && other.request.bindings.some((one) => one.hostPort === hostPort),
      ),
  );

const hasAddressInUse = ({ disk, engine }: SimWorld, uid: string): boolean =>
  (disk.state.addresses.get(uid) ?? []).some(({ network, address }) =>
    [...engine.containers.values()].some(
      (other) =>
        other.owner?.uid !== uid && isUp(other) && other.request.network === network && other.address === address,
    ),
  );
