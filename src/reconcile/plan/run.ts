/** Pure: the wanted container exists; plans its run, alone and under its name. */

import { isUp } from '../../engine/container-state.js';
import type { OwnContainer } from '../observe/observed-state.js';
import { hasFailed, pendingUpdate, ranToItsEnd, retiredName, WRONG_NAME } from './candidates.js';
import { planConnections } from './networks/connections.js';
import { planRejoin } from './networks/shared-network.js';
import {
  claimObstacle,
  dependencyObstacle,
  isOnOthers,
  isOverClaim,
  linkObstacle,
  nameObstacle,
  pending,
  startObstacle,
} from './obstacles.js';
import { planRepair } from './repair.js';
import { isStartable, planPrevious } from './rollback.js';
import { type Action, existing, type Obstacle, type Plan, type PlanInput, type Target } from './types.js';

/** Runs the wanted container under its name, and removes its predecessors. */
export function planCurrent(input: PlanInput, current: OwnContainer, previous: OwnContainer | undefined): Plan {
  const { definition, own } = input;
  const others = own.filter((container) => container !== current);
  const target = existing(current);
  if (current.state === 'removing') {
    return { actions: [], obstacle: pending('Removing', 'the engine is removing the container', 'event') };
  }
  const { steps: connections, obstacle: unconnected } = planConnections(input, current);
  // One that has run goes on without a network that can't be had: a new one first starts with all of them.
  const isIncomplete = unconnected !== null && current.startedAt === null;
  const { run, obstacle } = isIncomplete ? { run: [], obstacle: unconnected } : planRun(input, current, target);
  if (obstacle !== null && !isUp(current) && isAWait(obstacle)) {
    const meanwhile = planBeside(input, current, previous, obstacle);
    if (meanwhile.length > 0) return { actions: meanwhile, obstacle };
  }
  const nameless = current.name === definition.name ? null : nameObstacle(input);
  const actions: Action[] = [];
  if (run.some((action) => action.kind === 'start')) {
    for (const other of others.filter(isUp)) {
      actions.push({
        kind: 'stop',
        target: existing(other),
        reason: 'the current container takes its place',
      });
    }
  }
  if (current.name !== definition.name && nameless === null) {
    const inTheWay = others.find((other) => other.name === definition.name);
    if (inTheWay !== undefined && obstacle !== null) return { actions, obstacle };
    if (inTheWay !== undefined) {
      actions.push({
        kind: 'rename',
        target: existing(inTheWay),
        to: retiredName(inTheWay),
        reason: 'frees the name for its replacement',
      });
    }
    actions.push({ kind: 'rename', target, to: definition.name, reason: WRONG_NAME });
  }
  actions.push(...connections, ...run);
  // A replacement that has completed works: nothing will go back to the container before it.
  const isOver = obstacle !== null && obstacle.reason !== 'Completed';
  // A running container gets its limits while it waits: more memory may make it healthy.
  const update = obstacle === null || current.state === 'running' ? pendingUpdate(input, current) : null;
  if (update !== null && nameless === null) actions.push({ kind: 'update', target, reason: update });
  if (nameless !== null || isOver) return { actions, obstacle: nameless ?? obstacle };
  if (unconnected !== null) return { actions, obstacle: obstacle ?? unconnected };
  const isKept = current.health === 'starting' || input.isExchanging;
  if (isKept && others.some((other) => other.startedAt !== null)) return { actions, obstacle };
  for (const other of others) {
    const reason = `${definition.name} runs in another container`;
    if (isUp(other) && !actions.some((action) => action.kind === 'stop' && isAbout(action.target, other))) {
      actions.push({ kind: 'stop', target: existing(other), reason });
    }
    if (other.state !== 'removing') actions.push({ kind: 'remove', target: existing(other), reason });
  }
  return { actions, obstacle };
}

/** True if a stopped container waits for something, instead of having ended on its own. */
const isAWait = (obstacle: Obstacle): boolean =>
  obstacle.condition === 'LinksResolved' || obstacle.condition === 'PortsBound' || isOverClaim(obstacle);

/**
 * Starts the previous container while the wanted one is down and can't be started yet; the wanted one is made again
 * later.
 */
function planBeside(
  input: PlanInput,
  current: OwnContainer,
  previous: OwnContainer | undefined,
  { message, reason }: Obstacle,
): readonly Action[] {
  if (previous === undefined || isUp(previous) || !isStartable(input, previous)) return [];
  if (isOnOthers(reason) && !input.waitsForStuck) return [];
  const why = `replacement deferred: ${message}`;
  return [{ kind: 'remove', target: existing(current), reason: why }, ...planPrevious(input, previous, why)];
}

const isAbout = (target: Target, container: OwnContainer): boolean =>
  target.kind === 'existing' && target.id === container.id;

/**
 * True if the engine starts a container only while what it is linked to runs, or it has never been given its variables.
 */
const needsSources = ({ runsOn, lacks }: PlanInput, { startedAt }: OwnContainer): boolean =>
  runsOn === 'bridge' || startedAt === null || lacks.links !== undefined;

/** Plans the steps that get the wanted container running. */
function planRun(
  input: PlanInput,
  current: OwnContainer,
  target: Target,
): { run: Action[]; obstacle: Obstacle | null } {
  const { definition } = input;
  const restartAsked = definition.restartOf !== null && definition.restartOf === current.startedAt;
  if (current.state === 'restarting' && !restartAsked) {
    const early = planEarly(input, current, target);
    if (early.length > 0) return { run: early, obstacle: null };
    const awaited = dependencyObstacle(input);
    const message = `the container exited with code ${current.exitCode}, and the engine keeps restarting it (restart ${current.restartCount}). Check its logs`;
    return {
      run: [],
      obstacle: pending('CrashLoop', awaited === null ? message : `${message}; ${awaited.message}`, 'event'),
    };
  }
  if (restartAsked) {
    const obstacle = startObstacle(input);
    if (obstacle !== null) return { run: [], obstacle };
    return { run: [{ kind: 'restart', target, reason: 'a restart was requested' }], obstacle: null };
  }
  if (current.state === 'paused') {
    return { run: [{ kind: 'unpause', target, reason: 'it was paused outside Berth' }], obstacle: null };
  }
  if (current.state === 'running') {
    const early = planEarly(input, current, target);
    if (early.length > 0) return { run: early, obstacle: null };
    return planRejoin(input, current, target) ?? planRepair(input, current, target);
  }
  const { restartPolicy: policy, restartMaxRetries } = definition.spec;
  if (ranToItsEnd(current, definition.spec)) {
    if (isFailedEarly(input, current))
      return { run: [{ kind: 'start', target, reason: FAILED_EARLY }], obstacle: null };
    const limit = current.exitCode === 0 || restartMaxRetries === undefined ? '' : `:${restartMaxRetries}`;
    const message = `the container exited with code ${current.exitCode}, and restartPolicy ${policy}${limit} does not restart it. POST …/start runs it again`;
    return { run: [], obstacle: pending(current.exitCode === 0 ? 'Completed' : 'Failed', message, 'event') };
  }
  const sources = needsSources(input, current) ? linkObstacle(input) : null;
  const obstacle = sources ?? dependencyObstacle(input) ?? claimObstacle(input) ?? deferredStart(input, current);
  if (obstacle !== null) return { run: [], obstacle };
  const why = current.startedAt === null ? 'it was never started' : `it stopped (exit code ${current.exitCode})`;
  return { run: [{ kind: 'start', target, reason: why }], obstacle: null };
}

const FAILED_EARLY = 'the engine started it before its dependencies were ready, and it failed';

/** True if the engine started a container before its dependencies were ready, it has failed, and they are ready now. */
const isFailedEarly = (input: PlanInput, current: OwnContainer): boolean =>
  input.startedEarly &&
  (hasFailed(current) || (current.state === 'exited' && current.exitCode !== 0)) &&
  startObstacle(input) === null;

function planEarly(input: PlanInput, current: OwnContainer, target: Target): Action[] {
  return isFailedEarly(input, current) ? [{ kind: 'restart', target, reason: FAILED_EARLY }] : [];
}

/** Says that a container which Berth itself restarts has to wait, since it exited soon after its last start. */
function deferredStart(input: PlanInput, { exitCode, startedAt }: OwnContainer): Obstacle | null {
  if (!input.isStartDeferred || startedAt === null) return null;
  const message = `the container exited with code ${exitCode} soon after its start. Berth waits before it starts it again; check its logs`;
  return pending('CrashLoop', message, 'event');
}
