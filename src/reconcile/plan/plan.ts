/**
 * Pure: from the desired and the observed state to the engine calls that bring them together, each with its reason. The
 * loop, dry runs and the API's plan all come from here: what is shown is what would be done.
 */

import { isUp } from '../../engine/container-state.js';
import { type Assessment, assess } from './assess.js';
import { bestCandidate, displacedName, findPrevious, hasProvedItself, WRONG_NAME } from './candidates.js';
import { planJob } from './jobs/plan-job.js';
import { isMoved } from './link-state.js';
import { pending, reclaimedClaim } from './obstacles.js';
import { planReplacement } from './replace.js';
import { heldBack, paused } from './restore-hold.js';
import { planMeanwhile, planRollback } from './rollback.js';
import { planCurrent } from './run.js';
import { type Action, existing, type Plan, type PlanInput } from './types.js';

/**
 * Plans the steps for a definition; none while they are held back after a restore.
 *
 * @param assessment of this input, where it has been made already
 */
export function plan(input: PlanInput, assessment: Assessment = assess(input)): Plan {
  const planned = planFreely(input, assessment);
  const obstacle = heldBack(input, planned) ?? paused(input, planned);
  return obstacle === null ? planned : { actions: [], obstacle };
}

function planFreely(input: PlanInput, assessment: Assessment): Plan {
  const { definition } = input;
  if (definition.deletionRequestedAt !== null) return planDeletion(input);
  if (definition.spec.kind === 'job') return planJob(input);
  const aside = planNames(input);
  if (aside.length > 0) return { actions: aside, obstacle: null };
  if (definition.spec.state === 'stopped') return planStopped(input);
  return planRunning(input, assessment);
}

/**
 * Renames own containers that have other definitions' names: to the definition's own name if that is free, else to a
 * temporary one. It waits for nothing, so names that somebody swapped come back in any order.
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
      reason: `the name ${container.name} belongs to another definition`,
    }));
}

function planDeletion(input: PlanInput): Plan {
  const { own, leaves } = input;
  const reason = 'the definition was deleted';
  const actions: Action[] = [];
  const removals = leaves.map(
    (network): Action => ({
      ...{ kind: 'remove-network', network, reason: 'no definition uses the network any more' },
    }),
  );
  for (const container of own) {
    if (isUp(container)) actions.push({ kind: 'stop', target: existing(container), reason });
  }
  // Only its containers may show that it ran there, so the network goes before them: those that are down don't hold it.
  if (isMoved(input)) actions.push(...removals);
  for (const container of own) {
    if (container.state !== 'removing') actions.push({ kind: 'remove', target: existing(container), reason });
  }
  if (own.some((container) => container.state === 'removing')) {
    return { actions, obstacle: pending('Removing', 'the engine is removing the container', 'event') };
  }
  if (!isMoved(input)) actions.push(...removals);
  actions.push({ kind: 'forget', reason: 'nothing is left on the engine' });
  return { actions, obstacle: null };
}

function planStopped(input: PlanInput): Plan {
  const { own, definition, nameHolder } = input;
  const reason = 'the desired state is stopped';
  const kept = bestCandidate(own.filter((container) => container.startedAt !== null)) ?? bestCandidate(own);
  // A replacement proves itself only when it is started again: until then its predecessor is kept.
  const spare = kept === undefined || hasProvedItself(kept) ? undefined : findPrevious(input, kept);
  const actions: Action[] = own
    .filter(isUp)
    .map((container) => ({ kind: 'stop', target: existing(container), reason }));
  for (const container of own) {
    if (container === kept || container === spare || container.state === 'removing') continue;
    actions.push({
      kind: 'remove',
      target: existing(container),
      reason: 'a stopped definition keeps only one container',
    });
  }
  // It was moved off another definition's name while its own name was taken.
  if (
    kept !== undefined &&
    kept.name === displacedName(kept) &&
    nameHolder === null &&
    spare?.name !== definition.name
  ) {
    const rename = { kind: 'rename', target: existing(kept), to: definition.name } as const;
    actions.push({ ...rename, reason: WRONG_NAME });
  }
  return { actions, obstacle: null };
}

function planRunning(input: PlanInput, assessment: Assessment): Plan {
  const { current, previous } = assessment;
  if (previous !== undefined) {
    const failure = assessment.abandoned ?? (current === undefined ? undefined : reclaimedClaim(input)?.message);
    if (failure !== undefined) return planRollback(input, previous, failure);
  }
  if (input.diskFull !== null && (current === undefined || current.startedAt === null)) {
    return planWithoutRoom(input, input.diskFull);
  }
  if (current === undefined) return planReplacement(input, assessment);
  return planCurrent(input, current, previous);
}

/** Plans for an engine without room for another container: the current one is left alone, or started again. */
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
      `the engine's disk is full (${full}), so running containers are left alone. Free some space on the engine, for instance with \`docker system prune\`; Berth retries automatically`,
      'time',
    ),
  };
}

/** True if a plan has no steps. */
export const isEmpty = (planned: Plan): boolean => planned.actions.length === 0;
