/**
 * Pure: from what is desired and what is observed to the engine calls that bring them together, each with its reason.
 * The loop, dry runs and the API's plan all come from here: what is shown is what would be done.
 */

import type { ContainerPort } from '../../domain/definition/definition.js';
import { isImageId } from '../../domain/images/image-ref.js';
import { portKey } from '../../domain/ports/parse.js';
import type { OwnContainer } from '../observe/observed-state.js';
import {
  abandonedReason,
  bestCandidate,
  differences,
  displacedName,
  findCurrent,
  findPrevious,
  hasProvedItself,
  isUp,
  pendingUpdate,
  ranToItsEnd,
  retiredName,
} from './candidates.js';
import { hostsState } from './link-hosts.js';
import { environmentOf } from './link-state.js';
import { heldBack, paused } from './restore-hold.js';
import type { Action, HeldPort, ImageState, Obstacle, Plan, PlanInput, Target } from './types.js';
import type { Standing } from './waits.js';

const existing = (container: OwnContainer): Target => ({ kind: 'existing', id: container.id, name: container.name });

/** What is to be done; nothing where that is held back after a restore. */
export function plan(input: PlanInput): Plan {
  const planned = planFreely(input);
  const obstacle = heldBack(input, planned) ?? paused(input, planned);
  return obstacle === null ? planned : { actions: [], obstacle };
}

function planFreely(input: PlanInput): Plan {
  const { definition } = input;
  if (definition.deletionRequestedAt !== null) return planDeletion(input);
  const aside = planNames(input);
  if (aside.length > 0) return { actions: aside, obstacle: null };
  if (definition.spec.state === 'stopped') return planStopped(input);
  return planRunning(input);
}

/**
 * Takes own containers off other definitions' names, to the definition's own name where that is free, and else to a
 * temporary one. It waits for nothing, so names that outsiders swapped come back in any order.
 */
function planNames({ definition, own, misnamed, nameHolder }: PlanInput): readonly Action[] {
  const isFree = nameHolder === null && own.every(({ name }) => name !== definition.name);
  const first = bestCandidate(own);
  return own
    .filter(({ id, state }) => misnamed.has(id) && state !== 'removing')
    .map((container) => ({
      kind: 'rename',
      target: existing(container),
      to: isFree && container === first ? definition.name : displacedName(container),
      reason: `${container.name} is another definition's name`,
    }));
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

function planStopped(input: PlanInput): Plan {
  const { own } = input;
  const reason = 'the desired state is stopped';
  const kept = bestCandidate(own.filter((container) => container.startedAt !== null)) ?? bestCandidate(own);
  // Whether a replacement serves shows when it is started again: until then there is something to go back to.
  const spare = kept === undefined || hasProvedItself(kept) ? undefined : findPrevious(input, kept);
  const actions: Action[] = own
    .filter(isUp)
    .map((container) => ({ kind: 'stop', target: existing(container), reason }));
  for (const container of own) {
    if (container === kept || container === spare || container.state === 'removing') continue;
    actions.push({ kind: 'remove', target: existing(container), reason: 'one container of a definition is enough' });
  }
  return { actions, obstacle: null };
}

function planRunning(input: PlanInput): Plan {
  const environment = environmentOf(input.definition, input.links, input.linkEnvRules);
  const current = findCurrent(input, environment);
  const failure = abandonedReason(input);
  if (failure !== null) {
    const previous = findPrevious(input, current);
    if (previous !== undefined) return planRollback(input, previous, failure);
  }
  if (input.diskFull !== null && (current === undefined || current.startedAt === null)) {
    return planWithoutRoom(input, input.diskFull);
  }
  if (current === undefined) return planReplacement(input, environment);
  return planCurrent(input, current);
}

/** The engine has no room for another container: the current one is left alone, or serves again. */
function planWithoutRoom(input: PlanInput, full: string): Plan {
  const reason = "the engine's disk is full";
  const unused = input.own.filter((one) => one.startedAt === null && one.state !== 'removing');
  return {
    actions: [
      ...unused.map((one): Action => ({ kind: 'remove', target: existing(one), reason })),
      ...planMeanwhile(input, reason),
    ],
    obstacle: pending(
      'EngineDiskFull',
      `the engine's disk is full (${full}), and what runs is left as it is: free some space on the engine, for instance with \`docker system prune\`; it is tried again by itself`,
      'time',
    ),
  };
}

const pending = (reason: string, message: string, until: Obstacle['until']): Obstacle => ({
  condition: 'Ready',
  reason,
  message,
  until,
});

/** A link whose source can't be had now, as an obstacle. */
function linkObstacle({ links, lacks }: PlanInput): Obstacle | null {
  if (links.length > 0 && lacks.links !== undefined) {
    return { condition: 'LinksResolved', reason: 'LinksUnsupported', message: lacks.links, until: 'event' };
  }
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

const FATES: Readonly<Record<HeldPort['fate'], string>> = {
  'letting-go': 'which is to let it go',
  'rolled-back': 'whose change was rolled back',
  orphaned: 'which belongs to no definition: remove it, or declare another port',
  foreign: 'which is not ours: stop it, or declare another port',
};

/** A host port that another container has yet to let go, as an obstacle. */
function portObstacle({ heldPorts }: PlanInput): Obstacle | null {
  const held = heldPorts.find(({ fate }) => fate !== 'letting-go') ?? heldPorts[0];
  if (held === undefined) return null;
  const { hostPort, protocol, holder, fate } = held;
  return {
    condition: 'PortsBound',
    reason: fate === 'letting-go' ? 'HostPortChanging' : 'HostPortInUse',
    message: `${hostPort}/${protocol} is held by ${holder}, ${FATES[fate]}`,
    until: 'event',
  };
}

/** A container on the definition's name that isn't its own, as an obstacle. */
function nameObstacle({ nameHolder }: PlanInput): Obstacle | null {
  if (nameHolder === null) return null;
  const { id, name, isOurs } = nameHolder;
  if (isOurs === true) {
    const message = `waits for the name ${name}, which another definition's container (${id.slice(0, 12)}) has for now`;
    return pending('NameChanging', message, 'event');
  }
  const message = `a container that is not this definition's is called ${name} (${id.slice(0, 12)}): rename or remove it`;
  return pending('NameTaken', message, 'event');
}

/** The reasons of obstacles that other definitions clear away by their own work. */
const ON_OTHERS: ReadonlySet<string> = new Set([
  ...['HostPortChanging', 'SourceChanging', 'SourceNotRunning', 'NameChanging'],
]);

/** How a definition stands whose work ended at an obstacle. */
export const standingAt = ({ reason }: Obstacle): Standing => (ON_OTHERS.has(reason) ? 'waiting' : 'stuck');

/** Why an image is pulled. */
const PULLS: Readonly<Partial<Record<ImageState['kind'], string>>> = {
  absent: 'it is not on the engine',
  'to-be-refreshed': 'pullPolicy is always',
  'pull-failed': 'the last pull of it failed',
};

/**
 * There is no container that fits: make one, in the place of the one that serves. Whatever it has to wait for, what served
 * before serves until then (`halt`). The exception are other definitions that are on their way (`waitsForStuck`): what
 * is down for them would take back the ports that they wait for, and would be started only to be replaced.
 */
function planReplacement(input: PlanInput, environment: readonly string[] | null): Plan {
  const { definition, own } = input;
  const { spec, name } = definition;
  const actions: Action[] = own
    .filter((other) => other.startedAt === null && other.state !== 'removing')
    .map((container) => ({
      kind: 'remove',
      target: existing(container),
      reason: 'it was made for an earlier wish and never ran',
    }));
  const halt = (obstacle: Obstacle): Plan => ({
    actions: [...actions, ...planMeanwhile(input, `its replacement has to wait: ${obstacle.message}`)],
    obstacle,
  });
  const served = own.filter((other) => other.startedAt !== null);
  const previous = findPrevious(input, undefined) ?? bestCandidate(served);
  const reason =
    previous === undefined
      ? 'there is no container'
      : (differences(input, previous, environment)[0] ?? 'it is to be replaced');

  const nameless = nameObstacle(input);
  if (nameless !== null) return halt(nameless);
  const links = linkObstacle(input);
  if (links?.reason === 'LinksUnsupported') return halt(links);
  if (own.some((other) => other.state === 'removing')) {
    return halt(pending('Removing', 'the engine is removing the container', 'event'));
  }
  if (input.network === 'foreign') {
    const message = `the network ${spec.network} on the engine was not made by this Berth: choose another name, or remove it`;
    return halt(pending('NetworkNotManaged', message, 'time'));
  }
  if (input.image.kind === 'absent' && (spec.pullPolicy === 'never' || isImageId(spec.image))) {
    return halt({
      condition: 'ImageAvailable',
      reason: 'ImageAbsent',
      message: isImageId(spec.image)
        ? `${spec.image} is not on the engine, and an image can't be pulled by its id: load it there, or name it as path:tag`
        : `${spec.image} is not on the engine and pullPolicy is never: load it there`,
      until: 'event',
    });
  }
  const pull = PULLS[input.image.kind];
  if (pull !== undefined) {
    const hasFailed = input.image.kind === 'pull-failed';
    const why = `its replacement has to wait: ${spec.image} could not be pulled`;
    if (hasFailed) actions.push(...planMeanwhile(input, why));
    actions.push({ kind: 'pull-image', image: spec.image, reason: pull });
    if (hasFailed) return { actions, obstacle: null };
  }
  if (input.image.kind === 'present' && spec.publishAll) {
    const missing = unreserved(input, input.image.exposed);
    if (missing !== null) actions.push({ kind: 'reserve-ports', ports: missing, reason: 'publishAll and EXPOSE' });
  }
  if (input.network === 'absent') {
    actions.push({ kind: 'create-network', network: spec.network, reason: 'it is not on the engine' });
  }
  const waits = links ?? portObstacle(input);
  const isServing = served.some(isUp);
  const isOnOthers = waits !== null && standingAt(waits) === 'waiting';
  const releases = isOnOthers && input.releases && isServing;
  if (waits !== null && !releases) {
    const hasReleased = previous !== undefined && !isServing && previous.name === retiredName(previous);
    if (isOnOthers && !isServing && !input.waitsForStuck) return { actions, obstacle: waits };
    if (waits.reason === 'HostPortInUse' && hasReleased && isStartable(input, previous))
      return planRollback(input, previous, waits.message);
    return halt(waits);
  }
  for (const container of served.filter((other) => other !== previous)) {
    const unproven = 'it was changed again before it had proved itself';
    if (isUp(container)) actions.push({ kind: 'stop', target: existing(container), reason: unproven });
    actions.push({ kind: 'remove', target: existing(container), reason: unproven });
  }
  if (previous !== undefined) {
    const why = releases ? `releases its ports, since others and it wait for each other: ${waits?.message}` : reason;
    if (isUp(previous)) actions.push({ kind: 'stop', target: existing(previous), reason: why });
    if (previous.name === name) {
      actions.push({
        kind: 'rename',
        target: existing(previous),
        to: retiredName(previous),
        reason: 'makes room for its replacement',
      });
    }
  }
  if (waits !== null) return { actions, obstacle: waits };
  actions.push({ kind: 'create', name, ...(previous !== undefined && { replaces: existing(previous) }), reason });
  actions.push({ kind: 'start', target: { kind: 'new' }, reason: 'the desired state is running' });
  if (previous !== undefined) {
    actions.push({ kind: 'remove', target: existing(previous), reason: 'its replacement runs' });
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
function planCurrent(input: PlanInput, current: OwnContainer): Plan {
  const { definition, own } = input;
  const others = own.filter((container) => container !== current);
  const target = existing(current);
  if (current.state === 'removing') {
    return { actions: [], obstacle: pending('Removing', 'the engine is removing the container', 'event') };
  }
  const { run, obstacle } = planRun(input, current, target);
  if (obstacle !== null && !isUp(current) && standingOrPort(obstacle)) {
    const meanwhile = planBeside(input, current, obstacle);
    if (meanwhile.length > 0) return { actions: meanwhile, obstacle };
  }
  const nameless = current.name === definition.name ? null : nameObstacle(input);
  const actions: Action[] = [];
  if (run.some((action) => action.kind === 'start')) {
    for (const other of others.filter(isUp)) {
      actions.push({
        kind: 'stop',
        target: existing(other),
        reason: 'the wanted container is there, and takes its place',
      });
    }
  }
  if (current.name !== definition.name && nameless === null) {
    const inTheWay = others.find((other) => other.name === definition.name);
    if (inTheWay !== undefined && obstacle !== null) return { actions, obstacle };
    if (inTheWay !== undefined) {
      actions.push({ kind: 'rename', target: existing(inTheWay), to: retiredName(inTheWay), reason: 'makes room' });
    }
    actions.push({ kind: 'rename', target, to: definition.name, reason: `it is called ${current.name}` });
  }
  actions.push(...run);
  if (nameless !== null || obstacle !== null) return { actions, obstacle: nameless ?? obstacle };
  const update = pendingUpdate(input, current);
  if (update !== null) actions.push({ kind: 'update', target, reason: update });
  if (current.health === 'starting' && others.some((other) => other.startedAt !== null))
    return { actions, obstacle: null };
  for (const other of others) {
    const reason = `${definition.name} runs in another container`;
    if (isUp(other) && !actions.some((action) => action.kind === 'stop' && isAbout(action.target, other))) {
      actions.push({ kind: 'stop', target: existing(other), reason });
    }
    if (other.state !== 'removing') actions.push({ kind: 'remove', target: existing(other), reason });
  }
  return { actions, obstacle: null };
}

/** Whether a container that is down waits for something, instead of having ended by itself. */
const standingOrPort = ({ condition }: Obstacle): boolean =>
  condition === 'LinksResolved' || condition === 'PortsBound';

/** The wanted container is there, down, and can't be started yet: what served before it serves, and it is made again later. */
function planBeside(input: PlanInput, current: OwnContainer, { message, reason }: Obstacle): readonly Action[] {
  const previous = findPrevious(input, current);
  if (previous === undefined || isUp(previous) || !isStartable(input, previous)) return [];
  if (ON_OTHERS.has(reason) && !input.waitsForStuck) return [];
  const why = `what replaced it has to wait: ${message}`;
  return [{ kind: 'remove', target: existing(current), reason: why }, ...planPrevious(input, previous, why)];
}

const isAbout = (target: Target, container: OwnContainer): boolean =>
  target.kind === 'existing' && target.id === container.id;

/** Whether the engine starts a container only while what it is linked to runs, or it has never been given its variables. */
const needsSources = ({ definition, lacks }: PlanInput, { startedAt }: OwnContainer): boolean =>
  definition.spec.network === 'bridge' || startedAt === null || lacks.links !== undefined;

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
    const obstacle = linkObstacle(input);
    if (obstacle !== null) return { run: [], obstacle };
    return { run: [{ kind: 'restart', target, reason: 'a restart was asked for' }], obstacle: null };
  }
  if (current.state === 'paused') {
    return { run: [{ kind: 'unpause', target, reason: 'it was paused from outside' }], obstacle: null };
  }
  if (current.state === 'running') return planRepair(input, current, target);
  const policy = definition.spec.restartPolicy;
  if (ranToItsEnd(current, policy)) {
    const message = `it ended with exit code ${current.exitCode}; restartPolicy ${policy} leaves it so: POST …/start runs it again`;
    return { run: [], obstacle: pending(current.exitCode === 0 ? 'Completed' : 'Failed', message, 'event') };
  }
  const obstacle = (needsSources(input, current) ? linkObstacle(input) : null) ?? portObstacle(input);
  if (obstacle !== null) return { run: [], obstacle };
  const why = current.startedAt === null ? 'it was never started' : `it stopped (exit code ${current.exitCode})`;
  return { run: [{ kind: 'start', target, reason: why }], obstacle: null };
}

/** Restarts a running container whose `/etc/hosts` the engine has left without an alias: it is written at each start. */
function planRepair(
  input: PlanInput,
  current: OwnContainer,
  target: Target,
): { run: Action[]; obstacle: Obstacle | null } {
  const { fault, isHidden } = hostsState(current, input.definition, input.links, input.hosts.get(current.id));
  if (fault === null || isHidden) return { run: [], obstacle: null };
  const obstacle = linkObstacle(input);
  if (obstacle !== null) return { run: [], obstacle };
  if (!input.isRepairPutOff) return { run: [{ kind: 'restart', target, reason: fault.message }], obstacle: null };
  const message = `${fault.message}, also after a restart; the container is restarted again later`;
  return { run: [], obstacle: { condition: 'LinksResolved', reason: fault.reason, message, until: 'event' } };
}

/** The replacement did not come up: what served before serves again, and the definition says why. */
function planRollback(input: PlanInput, previous: OwnContainer, message: string): Plan {
  const { definition, own } = input;
  const actions: Action[] = [];
  for (const failed of own.filter((one) => one !== previous && one.state !== 'removing')) {
    if (isUp(failed)) actions.push({ kind: 'stop', target: existing(failed), reason: message });
    actions.push({ kind: 'remove', target: existing(failed), reason: message });
  }
  actions.push(...planPrevious(input, previous, `its replacement failed: ${message}`));
  const nameless = previous.name === definition.name ? null : nameObstacle(input);
  if (nameless !== null) return { actions, obstacle: nameless };
  const serves = isUp(previous) || isStartable(input, previous);
  const what = serves ? 'runs again' : 'is started again once the source of its links runs';
  const obstacle: Obstacle = {
    condition: 'Ready',
    reason: 'RolledBack',
    message: `generation ${definition.generation} could not be started (${message}); the previous container ${what}: correct the definition`,
    until: 'event',
  };
  return { actions, obstacle };
}

/** While a replacement can't be tried: what served before serves, unless another container does, or it can't be started. */
function planMeanwhile(input: PlanInput, reason: string): readonly Action[] {
  const previous = findPrevious(input, undefined);
  const served = input.own.filter((other) => other.startedAt !== null);
  if (previous === undefined) return [];
  const serving = served.find((other) => other !== previous && isUp(other));
  if (serving !== undefined) {
    const isNameOwn = served.some((other) => other !== serving && other.name === input.definition.name);
    return isNameOwn ? [] : planPrevious(input, serving, reason);
  }
  if (!isUp(previous) && !isStartable(input, previous)) return [];
  const inTheWay = served.find((other) => other !== previous && other.name === input.definition.name);
  return [
    ...(inTheWay === undefined ? [] : [{ kind: 'remove', target: existing(inTheWay), reason } as const]),
    ...planPrevious(input, previous, reason),
  ];
}

/** Whether the engine would start a container that is down, as far as what it is linked to and its network go. */
const isStartable = ({ stranded, unlinked }: PlanInput, { id }: OwnContainer): boolean =>
  !stranded.has(id) && !unlinked.has(id);

/** What served before serves under its name. */
function planPrevious(input: PlanInput, previous: OwnContainer, reason: string): readonly Action[] {
  const { definition, nameHolder } = input;
  const target = existing(previous);
  const actions: Action[] = [];
  const hasItsName = previous.name === definition.name;
  const isNameFree = nameHolder === null;
  if (!hasItsName && isNameFree) actions.push({ kind: 'rename', target, to: definition.name, reason });
  if (previous.state === 'paused') actions.push({ kind: 'unpause', target, reason });
  // Under its name it has been started again: one that ends by itself then has done its work.
  const isDone = (hasItsName || !isNameFree) && ranToItsEnd(previous, previous.restartPolicy);
  if (!isUp(previous) && !isDone && isStartable(input, previous)) actions.push({ kind: 'start', target, reason });
  return previous.state === 'running' ? [...actions, ...planRepair(input, previous, target).run] : actions;
}

/** Whether a plan asks for anything to be done. */
export const isEmpty = (planned: Plan): boolean => planned.actions.length === 0;
