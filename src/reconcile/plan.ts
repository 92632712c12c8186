/**
 * Pure: from what is desired and what is observed to the engine calls that bring them together, each with its reason.
 * The loop, dry runs and the API's plan all come from here: what is shown is what would be done.
 */

import type { ConditionType } from '../domain/condition.js';
import type { ContainerPort, Definition } from '../domain/definition.js';
import type { LinkEnvRules } from '../domain/link-env.js';
import { portKey } from '../domain/ports.js';
import { ENGINE_RESTART_POLICY } from '../engine/restart-policy.js';
import { environmentOf, type LinkState, staleness } from './link-state.js';
import type { OwnContainer } from './observed.js';

/** A container that is there already, or the one that this plan creates. */
export type Target =
  | { readonly kind: 'existing'; readonly id: string; readonly name: string }
  | { readonly kind: 'new' };

/** One step: exactly one call to the engine (or, for `reserve-ports` and `forget`, to the store). */
export type Action = { readonly reason: string } & (
  | { readonly kind: 'pull-image'; readonly image: string }
  | { readonly kind: 'create-network'; readonly network: string }
  | { readonly kind: 'reserve-ports'; readonly ports: readonly ContainerPort[] }
  | { readonly kind: 'create'; readonly name: string }
  | { readonly kind: 'start' | 'stop' | 'restart' | 'unpause' | 'remove' | 'update'; readonly target: Target }
  | { readonly kind: 'rename'; readonly target: Target; readonly to: string }
  | { readonly kind: 'remove-network'; readonly network: string }
  | { readonly kind: 'forget' }
);

/** Why a definition can't be brought further for now; what a condition says of it. */
export interface Obstacle {
  readonly condition: Exclude<ConditionType, 'EngineReachable'>;
  readonly reason: string;
  readonly message: string;
  /** `event`: something that we watch will change it. `time`: only trying again will tell. */
  readonly until: 'event' | 'time';
}

export interface Plan {
  readonly actions: readonly Action[];
  readonly obstacle: Obstacle | null;
}

export type ImageState =
  | { readonly kind: 'present'; readonly exposed: readonly ContainerPort[] }
  | { readonly kind: 'absent' }
  /** There, but the definition asks for the registry's newest before a creation. */
  | { readonly kind: 'to-be-refreshed' }
  /** Not asked for, since no creation is at hand. */
  | { readonly kind: 'not-needed' };

export type NetworkState = 'present' | 'absent' | 'foreign' | 'not-needed';

export interface PlanInput {
  readonly definition: Definition;
  /** Of the definition with its resolved host ports: what `io.berth.hash` says on a container made from it. */
  readonly hash: string;
  /** Every container on the engine that carries this definition's uid. */
  readonly own: readonly OwnContainer[];
  /** A container on the definition's name that is not this definition's. */
  readonly nameHolder: { readonly id: string; readonly name: string } | null;
  readonly image: ImageState;
  readonly network: NetworkState;
  readonly links: readonly LinkState[];
  readonly linkEnvRules: LinkEnvRules;
  /** The container ports that `publishAll` holds host ports for. */
  readonly publishedAll: readonly ContainerPort[];
  /** Whether this definition is the last one on its user-defined network. */
  readonly lastOnNetwork: boolean;
  /** The last update in place, as {@link updateKey} of before it: one that changed nothing is not done again. */
  readonly lastUpdate: string | null;
  /** The last attempt to replace the container failed: by which {@link wantedKey}, and why. */
  readonly failedReplacement: { readonly key: string; readonly message: string } | null;
}

const isUp = (container: OwnContainer): boolean =>
  container.state === 'running' || container.state === 'paused' || container.state === 'restarting';

const existing = (container: OwnContainer): Target => ({ kind: 'existing', id: container.id, name: container.name });

/** What identifies the container that is wanted: everything it is made from, links as they are now included. */
export function wantedKey(input: Pick<PlanInput, 'definition' | 'hash' | 'links' | 'linkEnvRules'>): string {
  const environment = environmentOf(input.definition, input.links, input.linkEnvRules) ?? [];
  const sources = input.links.map(({ source }) => (source.kind === 'running' ? source.container.id : source.kind));
  return JSON.stringify([input.hash, sources, environment]);
}

/** The name that a container has while its replacement is tried. */
export const retiredName = (container: OwnContainer): string =>
  `${container.owner?.name ?? 'container'}.retired-${container.id.slice(0, 12)}`;

export function plan(input: PlanInput): Plan {
  const { definition } = input;
  if (definition.deletionRequestedAt !== null) return planDeletion(input);
  if (definition.spec.state === 'stopped') return planStopped(input);
  return planRunning(input);
}

function planDeletion({ own, definition, lastOnNetwork }: PlanInput): Plan {
  const reason = 'the definition was deleted';
  const actions: Action[] = [];
  for (const container of own) {
    if (isUp(container)) actions.push({ kind: 'stop', target: existing(container), reason });
    if (container.state !== 'removing') actions.push({ kind: 'remove', target: existing(container), reason });
  }
  if (own.some((container) => container.state === 'removing')) {
    return { actions, obstacle: pending('Removing', 'the engine is removing the container', 'event') };
  }
  const { network } = definition.spec;
  if (network !== 'bridge' && lastOnNetwork) {
    actions.push({ kind: 'remove-network', network, reason: 'no definition is on it any more' });
  }
  actions.push({ kind: 'forget', reason: 'nothing of it is left on the engine' });
  return { actions, obstacle: null };
}

function planStopped({ own }: PlanInput): Plan {
  const reason = 'the desired state is stopped';
  return {
    actions: own.filter(isUp).map((container): Action => ({ kind: 'stop', target: existing(container), reason })),
    obstacle: null,
  };
}

function planRunning(input: PlanInput): Plan {
  const environment = environmentOf(input.definition, input.links, input.linkEnvRules);
  const isCurrent = (container: OwnContainer): boolean => differences(input, container, environment).length === 0;
  const current = best(input.own.filter(isCurrent));
  const others = input.own.filter((container) => container !== current);
  if (input.failedReplacement?.key === wantedKey(input)) {
    const previous = best(others.filter((container) => container.startedAt !== null));
    if (previous !== undefined) {
      return planRollback(input, previous, current, input.failedReplacement.message);
    }
  }
  if (current === undefined) return planReplacement(input, others, environment);
  return planCurrent(input, current, others);
}

/** The one that serves, or could: up before down, under its own name before retired, started before never started. */
function best(containers: readonly OwnContainer[]): OwnContainer | undefined {
  const rank = (c: OwnContainer): number =>
    (isUp(c) ? 4 : 0) + (c.name === c.owner?.name ? 2 : 0) + (c.startedAt === null ? 0 : 1);
  return [...containers].sort((a, b) => rank(b) - rank(a))[0];
}

/** The container that serves a definition, or would, and why it is not the one that is wanted; empty if it is. */
export function serving(input: PlanInput): {
  readonly container: OwnContainer | undefined;
  readonly differences: readonly string[];
} {
  const environment = environmentOf(input.definition, input.links, input.linkEnvRules);
  const current = best(input.own.filter((container) => differences(input, container, environment).length === 0));
  const container =
    current !== undefined && isUp(current) ? current : (best(input.own.filter(isUp)) ?? current ?? best(input.own));
  return { container, differences: container === undefined ? [] : differences(input, container, environment) };
}

/** Why a container is not the one that is wanted; empty if it is. */
function differences(
  input: PlanInput,
  container: OwnContainer,
  environment: readonly string[] | null,
): readonly string[] {
  const { definition, hash } = input;
  if (container.state === 'dead') return ['it is dead'];
  if (container.owner?.hash !== hash) {
    return [`it was made from generation ${container.owner?.generation}, wanted is ${definition.generation}`];
  }
  const network = definition.spec.network;
  if (isUp(container) && container.networks[network] === undefined) return [`it is not on the network ${network}`];
  if (removedLimit(container, definition)) return ['a limit was taken away, which needs a new container'];
  if (definition.spec.onLinkChange === 'ignore' && isUp(container)) return [];
  return staleness(container, definition, input.links, environment);
}

/** The engine's update can't take a limit away again: zero means "leave it". */
function removedLimit(container: OwnContainer, { spec }: Definition): boolean {
  const { memoryBytes, cpus } = spec.resources;
  return (memoryBytes === undefined && container.memoryBytes !== 0) || (cpus === undefined && container.nanoCpus !== 0);
}

const pending = (reason: string, message: string, until: Obstacle['until']): Obstacle => ({
  condition: 'Ready',
  reason,
  message,
  until,
});

/** A link whose source can't be had now, as an obstacle. */
function linkObstacle(links: readonly LinkState[]): Obstacle | null {
  for (const { link, source } of links) {
    if (source.kind === 'running') continue;
    const message =
      source.kind === 'missing'
        ? `${link.container}, which this links to as ${link.alias}, is not defined: create it, or take the link out`
        : source.reason === 'SourceChanging'
          ? `waits for ${link.container}, which is being replaced`
          : `waits for ${link.container}, which is not running`;
    const reason = source.kind === 'missing' ? 'SourceMissing' : source.reason;
    return { condition: 'LinksResolved', reason, message, until: 'event' };
  }
  return null;
}

const nameTaken = (holder: { readonly id: string; readonly name: string }): Obstacle => ({
  condition: 'Ready',
  reason: 'NameTaken',
  message: `a container that is not this definition's is called ${holder.name} (${holder.id.slice(0, 12)}): rename or remove it`,
  until: 'event',
});

/** There is no container that fits: make one, in the place of the one that serves. */
function planReplacement(
  input: PlanInput,
  others: readonly OwnContainer[],
  environment: readonly string[] | null,
): Plan {
  const { definition, nameHolder } = input;
  const { spec, name } = definition;
  const actions: Action[] = [];
  const halt = (obstacle: Obstacle): Plan => ({ actions, obstacle });

  for (const container of others.filter((other) => other.startedAt === null && other.state !== 'removing')) {
    actions.push({
      kind: 'remove',
      target: existing(container),
      reason: 'it was made for an earlier wish and never ran',
    });
  }
  const served = others.filter((other) => other.startedAt !== null);
  const previous = best(served);
  const reason =
    previous === undefined
      ? 'there is no container'
      : (differences(input, previous, environment)[0] ?? 'it is to be replaced');

  if (nameHolder !== null) return halt(nameTaken(nameHolder));
  if (others.some((other) => other.state === 'removing')) {
    return halt(pending('Removing', 'the engine is removing the container', 'event'));
  }
  if (input.network === 'foreign') {
    return halt({
      ...pending('NetworkNotManaged', '', 'time'),
      message: `the network ${spec.network} on the engine was not made by this Berth: choose another name, or remove it`,
    });
  }
  if (input.image.kind === 'absent' && spec.pullPolicy === 'never') {
    return halt({
      condition: 'ImageAvailable',
      reason: 'ImageAbsent',
      message: `${spec.image} is not on the engine and pullPolicy is never: load it there`,
      until: 'event',
    });
  }
  if (input.image.kind === 'absent' || input.image.kind === 'to-be-refreshed') {
    const why = input.image.kind === 'absent' ? 'it is not on the engine' : 'pullPolicy is always';
    actions.push({ kind: 'pull-image', image: spec.image, reason: why });
  }
  if (input.image.kind === 'present' && spec.publishAll) {
    const missing = unreserved(input, input.image.exposed);
    if (missing !== null) actions.push({ kind: 'reserve-ports', ports: missing, reason: 'publishAll and EXPOSE' });
  }
  if (input.network === 'absent') {
    actions.push({ kind: 'create-network', network: spec.network, reason: 'it is not on the engine' });
  }
  const links = linkObstacle(input.links);
  if (links !== null) return halt(links);
  if (previous !== undefined) {
    if (isUp(previous)) actions.push({ kind: 'stop', target: existing(previous), reason });
    if (previous.name === name) {
      actions.push({
        kind: 'rename',
        target: existing(previous),
        to: retiredName(previous),
        reason: 'makes room for its replacement',
      });
    }
  }
  actions.push({ kind: 'create', name, reason });
  actions.push({ kind: 'start', target: { kind: 'new' }, reason: 'the desired state is running' });
  for (const container of served) {
    actions.push({ kind: 'remove', target: existing(container), reason: 'its replacement runs' });
  }
  return { actions, obstacle: null };
}

/** The ports that publishAll should hold, where they are not what it holds; else null. */
function unreserved(input: PlanInput, exposedByImage: readonly ContainerPort[]): readonly ContainerPort[] | null {
  const { spec } = input.definition;
  const mapped = new Set(spec.ports.map(portKey));
  const exposed = [...exposedByImage.map(portKey), ...spec.expose].filter((port) => !mapped.has(port));
  const wanted = [...new Set(exposed)].sort();
  const held = input.publishedAll.map(portKey).sort();
  if (wanted.join() === held.join()) return null;
  return wanted.map((text) => {
    const [containerPort, protocol] = text.split('/');
    return { containerPort: Number(containerPort), protocol: protocol as ContainerPort['protocol'] };
  });
}

/** The container that is wanted is there: let it run under its name, and clear away what came before it. */
function planCurrent(input: PlanInput, current: OwnContainer, others: readonly OwnContainer[]): Plan {
  const { definition, nameHolder } = input;
  const actions: Action[] = [];
  const target = existing(current);
  if (current.state === 'removing') {
    return { actions, obstacle: pending('Removing', 'the engine is removing the container', 'event') };
  }
  if (current.name !== definition.name) {
    if (nameHolder !== null) return { actions, obstacle: nameTaken(nameHolder) };
    const inTheWay = others.find((other) => other.name === definition.name);
    if (inTheWay !== undefined) {
      actions.push({ kind: 'rename', target: existing(inTheWay), to: retiredName(inTheWay), reason: 'makes room' });
    }
    actions.push({ kind: 'rename', target, to: definition.name, reason: `it is called ${current.name}` });
  }
  const { run, obstacle } = planRun(input, current, target);
  actions.push(...run);
  if (obstacle !== null) return { actions, obstacle };
  const update = updateReason(current, definition);
  if (update !== null && updateKey(current, definition) !== input.lastUpdate)
    actions.push({ kind: 'update', target, reason: update });
  if (current.health === 'starting' && others.some((other) => other.startedAt !== null))
    return { actions, obstacle: null };
  for (const other of others) {
    const reason = `${definition.name} runs in another container`;
    if (isUp(other)) actions.push({ kind: 'stop', target: existing(other), reason });
    if (other.state !== 'removing') actions.push({ kind: 'remove', target: existing(other), reason });
  }
  return { actions, obstacle: null };
}

/** What makes the wanted container run. */
function planRun(
  input: PlanInput,
  current: OwnContainer,
  target: Target,
): { run: Action[]; obstacle: Obstacle | null } {
  const { definition } = input;
  const restartAsked = definition.restartOf !== null && definition.restartOf === current.startedAt;
  if (current.state === 'restarting' && !restartAsked) {
    const message = `it ended with exit code ${current.exitCode}, the engine starts it again (restart ${current.restartCount})`;
    return { run: [], obstacle: pending('CrashLoop', message, 'event') };
  }
  if (restartAsked) {
    const obstacle = linkObstacle(input.links);
    if (obstacle !== null) return { run: [], obstacle };
    return { run: [{ kind: 'restart', target, reason: 'a restart was asked for' }], obstacle: null };
  }
  if (current.state === 'paused') {
    return { run: [{ kind: 'unpause', target, reason: 'it was paused from outside' }], obstacle: null };
  }
  if (current.state === 'running') return { run: [], obstacle: null };
  if (ranToItsEnd(current, definition)) {
    const policy = definition.spec.restartPolicy;
    const message = `it ended with exit code ${current.exitCode}; restartPolicy ${policy} leaves it so: POST …/start runs it again`;
    return { run: [], obstacle: pending(current.exitCode === 0 ? 'Completed' : 'Failed', message, 'event') };
  }
  const obstacle = linkObstacle(input.links);
  if (obstacle !== null) return { run: [], obstacle };
  const why = current.startedAt === null ? 'it was never started' : `it stopped (exit code ${current.exitCode})`;
  return { run: [{ kind: 'start', target, reason: why }], obstacle: null };
}

/** What an update in place would mend; null if nothing. */
function updateReason(current: OwnContainer, { spec }: Definition): string | null {
  const { memoryBytes, cpus, pids } = spec.resources;
  const changed = [
    ...(current.restartPolicy === ENGINE_RESTART_POLICY[spec.restartPolicy] ? [] : ['restartPolicy']),
    ...(memoryBytes === undefined || current.memoryBytes === memoryBytes ? [] : ['memoryBytes']),
    ...(cpus === undefined || current.nanoCpus === Math.round(cpus * 1e9) ? [] : ['cpus']),
    ...(current.pids === pids ? [] : ['pids']),
  ];
  return changed.length === 0 ? null : `${changed.join(', ')} differ, and can be changed while it runs`;
}

/** An engine without the kernel's support for a limit takes an update and keeps what it had. */
export function updateKey(current: OwnContainer, { spec }: Definition): string {
  const has = [current.id, current.restartPolicy, current.memoryBytes, current.nanoCpus, current.pids];
  return JSON.stringify([has, spec.restartPolicy, spec.resources]);
}

/** The replacement did not come up: what served before serves again, and the definition says why. */
function planRollback(
  input: PlanInput,
  previous: OwnContainer,
  failed: OwnContainer | undefined,
  message: string,
): Plan {
  const reason = `its replacement failed: ${message}`;
  const actions: Action[] = [];
  if (failed !== undefined && isUp(failed)) actions.push({ kind: 'stop', target: existing(failed), reason: message });
  if (failed !== undefined) actions.push({ kind: 'remove', target: existing(failed), reason: message });
  if (previous.state === 'exited' || previous.state === 'created') {
    actions.push({ kind: 'start', target: existing(previous), reason });
  }
  if (previous.name !== input.definition.name) {
    actions.push({ kind: 'rename', target: existing(previous), to: input.definition.name, reason });
  }
  const obstacle: Obstacle = {
    condition: 'Ready',
    reason: 'RolledBack',
    message: `generation ${input.definition.generation} could not be started (${message}); the previous container runs again: correct the definition`,
    until: 'event',
  };
  return { actions, obstacle };
}

/** Whether a container that is down has simply done its work. */
function ranToItsEnd(container: OwnContainer, { spec }: Definition): boolean {
  if (container.startedAt === null || container.state !== 'exited') return false;
  return spec.restartPolicy === 'no' || (spec.restartPolicy === 'on-failure' && container.exitCode === 0);
}

/**
 * Why a replacement that was started does not serve, while the one that it replaces is still there; null if it does, or
 * there is none.
 */
export function brokenReplacement(input: PlanInput): string | null {
  const { definition } = input;
  if (definition.deletionRequestedAt !== null || definition.spec.state === 'stopped') return null;
  const { container: current, differences: found } = serving(input);
  if (current === undefined || found.length > 0 || current.startedAt === null) return null;
  const hasPrevious = input.own.some((other) => other.id !== current.id && other.startedAt !== null);
  if (!hasPrevious || current.startedAt === definition.restartOf) return null;
  if (current.health === 'unhealthy') return 'its health check fails';
  const hasEnded = current.state === 'restarting' || current.state === 'exited' || current.restartCount > 0;
  if (!hasEnded || (ranToItsEnd(current, definition) && current.exitCode === 0)) return null;
  return `it ended with exit code ${current.exitCode}`;
}

/** Whether a plan asks for anything to be done. */
export const isEmpty = (planned: Plan): boolean => planned.actions.length === 0;
