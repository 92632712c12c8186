/** Invariants of the end: every definition is as declared, or says truly why it isn't. */

import type { Definition } from '../../../src/domain/definition/definition.js';
import { specHash } from '../../../src/domain/definition/hash.js';
import { IMAGES, isUp } from '../engine.js';
import {
  canRun,
  containersOf,
  currentOf,
  definitionsOf,
  describe,
  isMet,
  isOurs,
  readyOf,
  reservationsOf,
} from './facts.js';
import { invariant, type SimWorld, Violated } from './invariant.js';

export const deletedIsGone = invariant({
  name: 'deleted definitions leave nothing',
  letter: 'D',
  when: ['end'],
  meaning: 'deleted definitions are gone, and so are their containers',
  check(world) {
    for (const definition of definitionsOf(world)) {
      if (definition.deletionRequestedAt !== null)
        throw new Violated(`was to be removed: ${describe(world, definition)}`);
    }
    for (const container of world.engine.containers.values()) {
      if (!isOurs(container)) continue;
      if (world.disk.removed.has(container.owner?.uid ?? '')) {
        throw new Violated(`${container.name} (${container.id}) is left over`);
      }
    }
  },
});

export const readyIsTrue = invariant({
  name: 'ready means current and healthy',
  letter: 'E',
  when: ['end'],
  meaning: 'ready only if the container matches this generation and is healthy',
  check(world) {
    for (const definition of definitionsOf(world)) {
      const { uid, spec } = definition;
      const isReady = world.server?.reconciler.status.of(definition).ready === true;
      const container = currentOf(world, definition);
      const hash = specHash(spec, { bindings: reservationsOf(world, uid) });
      if (isReady && (container?.state !== 'running' || container.owner?.hash !== hash)) {
        throw new Violated(`ready, and not as declared: ${describe(world, definition)}`);
      }
      const { health = 'none' } = (IMAGES[spec.image as keyof typeof IMAGES] ?? {}) as { health?: string };
      if (isReady && health !== 'none' && container?.health !== 'healthy')
        throw new Violated(`ready, and unhealthy: ${describe(world, definition)}`);
    }
  },
});

export const stoppedIsDown = invariant({
  name: 'stopped definitions are down',
  letter: 'D',
  when: ['end'],
  meaning: 'no container of a stopped definition is up',
  check(world) {
    for (const definition of definitionsOf(world)) {
      const { uid, spec } = definition;
      if (spec.state === 'stopped' && containersOf(world, uid).some(isUp))
        throw new Violated(`was to be stopped: ${describe(world, definition)}`);
    }
  },
});

export const runnableIsReady = invariant({
  name: 'everything that can run is ready',
  letter: 'D',
  when: ['end'],
  meaning: 'every definition that nothing outside Berth keeps from running is ready',
  check(world) {
    for (const definition of definitionsOf(world)) {
      if (!canRun(world, definition)) continue;
      const isReady = world.server?.reconciler.status.of(definition).ready === true;
      if (!isReady) throw new Violated(`could run, and is not ready: ${describe(world, definition)}`);
    }
  },
});

/** Reasons for which a definition waits for other definitions. */
const WAITS: readonly string[] = [
  ...['SourceNotRunning', 'SourceChanging', 'WaitingForDependency'],
  ...['HostPortChanging', 'AddressChanging', 'NameChanging'],
];

const isWaiting = (world: SimWorld, definition: Definition): boolean =>
  WAITS.includes(readyOf(world, definition)?.reason ?? '');

/** The definitions that one waits for, as the engine shows it. */
function awaited(world: SimWorld, definition: Definition): readonly Definition[] {
  const { uid, spec } = definition;
  const all = definitionsOf(world);
  const sources = spec.links.flatMap(({ container }) => all.filter(({ name }) => name === container));
  const hasOurPort = (port: number | undefined) => reservationsOf(world, uid).some(({ hostPort }) => hostPort === port);
  switch (readyOf(world, definition)?.reason) {
    case 'SourceNotRunning':
      // A source that ends over and over is up in between, without an address.
      return sources.filter(
        (source) => !containersOf(world, source.uid).some(({ state }) => state === 'running' || state === 'paused'),
      );
    case 'SourceChanging':
      return sources.filter((source) => readyOf(world, source)?.status !== 'True');
    case 'HostPortChanging':
      return all.filter(
        (other) =>
          other.uid !== uid &&
          containersOf(world, other.uid).some(
            (one) => isUp(one) && one.request.bindings.some(({ hostPort }) => hasOurPort(hostPort)),
          ),
      );
    case 'WaitingForDependency':
      return dependenciesOf(world, definition);
    case 'AddressChanging': {
      const ours = (world.disk.state.addresses.get(uid) ?? []).map(({ address }) => address);
      return all.filter(
        (other) => other.uid !== uid && containersOf(world, other.uid).some(({ address }) => ours.includes(address)),
      );
    }
    default:
      return [];
  }
}

const dependenciesOf = (world: SimWorld, { spec }: Definition): readonly Definition[] =>
  (spec.dependsOn ?? []).flatMap(({ container }) => definitionsOf(world).filter(({ name }) => name === container));

/** True if a definition waits for another one to complete, which may run for ever. */
const waitsForEnd = (world: SimWorld, { spec }: Definition): boolean =>
  (spec.dependsOn ?? []).some(({ container, condition }) =>
    definitionsOf(world).some(
      (one) => condition === 'completed' && one.name === container && !isMet(world, one, condition),
    ),
  );

export const waitsHaveCauses = invariant({
  name: 'no wait outlives its cause',
  when: ['end'],
  meaning:
    'a definition that waits for others waits, in the end, for one with an obstacle of its own; a cycle of waits is a violation',
  check(world) {
    for (const definition of definitionsOf(world)) {
      if (definition.deletionRequestedAt !== null || !isWaiting(world, definition)) continue;
      const seen = new Set<string>();
      const hasCause = (one: Definition): boolean => {
        if (seen.has(one.uid)) return false;
        seen.add(one.uid);
        if (!isWaiting(world, one)) return readyOf(world, one)?.status !== 'True';
        return awaited(world, one).some(hasCause) || waitsForEnd(world, one);
      };
      if (!hasCause(definition)) {
        const { reason, message } = readyOf(world, definition) ?? {};
        throw new Violated(`${definition.name} waits without a cause: ${reason}, ${message}`);
      }
    }
  },
});
