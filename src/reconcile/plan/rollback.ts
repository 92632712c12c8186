/** Pure: plans for the previous container, since its replacement failed or has to wait. */

import { isUp } from '../../engine/container-state.js';
import type { OwnContainer } from '../observe/observed-state.js';
import { findPrevious, ranToItsEnd, restartsOf } from './candidates.js';
import { dependencyObstacle, nameObstacle } from './obstacles.js';
import { planRepair } from './repair.js';
import { type Action, existing, type Obstacle, type Plan, type PlanInput } from './types.js';

/** Goes back to the previous container after a failed replacement, and says why in the definition's condition. */
export function planRollback(input: PlanInput, previous: OwnContainer, message: string): Plan {
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
  const awaited = awaitedBy(input, previous);
  const remedy = input.isReplacementDeferred ? 'Berth retries automatically' : 'Correct the definition';
  const what = serves ? 'runs again' : `starts again once ${awaited}`;
  const obstacle: Obstacle = {
    condition: 'Ready',
    reason: 'RolledBack',
    message: `generation ${definition.generation} failed to start (${message}); the previous container ${what}. ${remedy}`,
    until: 'event',
  };
  return { actions, obstacle };
}

/**
 * Keeps the previous container up while a replacement can't be tried, unless another one is up, or it can't be started.
 */
export function planMeanwhile(input: PlanInput, reason: string): readonly Action[] {
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

function awaitedBy(input: PlanInput, { id }: OwnContainer): string {
  if (input.blocked.has(id)) return 'what it takes is free';
  return dependencyObstacle(input) === null ? 'the source of its links runs' : 'its dependencies are ready';
}

/**
 * True if a stopped container may be started: the engine would do it, as far as its links, its network, its host
 * ports and its addresses go, and its dependencies are ready.
 */
export const isStartable = (input: PlanInput, { id }: OwnContainer): boolean =>
  !input.stranded.has(id) && !input.unlinked.has(id) && !input.blocked.has(id) && dependencyObstacle(input) === null;

/** Plans the steps that run the previous container under the definition's name. */
export function planPrevious(input: PlanInput, previous: OwnContainer, reason: string): readonly Action[] {
  const { definition, nameHolder } = input;
  const target = existing(previous);
  const actions: Action[] = [];
  const hasItsName = previous.name === definition.name;
  const isNameFree = nameHolder === null;
  if (!hasItsName && isNameFree) actions.push({ kind: 'rename', target, to: definition.name, reason });
  if (previous.state === 'paused') actions.push({ kind: 'unpause', target, reason });
  // It has been started again if it has its name: one that then ends on its own has done its work.
  const isDone = (hasItsName || !isNameFree) && ranToItsEnd(previous, restartsOf(definition, previous));
  if (!isUp(previous) && !isDone && !input.isStartDeferred && isStartable(input, previous))
    actions.push({ kind: 'start', target, reason });
  return previous.state === 'running' ? [...actions, ...planRepair(input, previous, target).run] : actions;
}
