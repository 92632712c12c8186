/** Pure: plans the steps of a job. Each run is recorded before its container is created, and again before its start. */

import { DEFAULT_KEEP_SECONDS } from '../../../domain/definition/fields/job.js';
import { nextTime } from '../../../domain/jobs/cron.js';
import { isActive, type Run, runContainerName } from '../../../domain/jobs/run.js';
import { isUp } from '../../../engine/container-state.js';
import type { OwnContainer } from '../../observe/observed-state.js';
import { connectNew, planConnections } from '../networks/connections.js';
import { pending, startObstacle } from '../obstacles.js';
import { firstBlocker, prepare, pullsOf } from '../replace.js';
import { type Action, existing, type Obstacle, type Plan, type PlanInput } from '../types.js';
import { containerOf, countedFrom, deadlineOf, type JobState, recordsOf, runnable } from './records.js';

/** Most containers of ended runs that are kept. */
const CONTAINERS_KEPT = 10;

export function planJob(input: PlanInput): Plan {
  const job = stateOf(input);
  const records = recordsOf(job);
  if (records.length > 0) {
    return { actions: records.map((record): Action => ({ kind: 'record-run', ...record })), obstacle: null };
  }
  const stops = stopsOf(job);
  const removals = removalsOf(job);
  const started = runnable(job).filter((run) => run.stop === null);
  const plans = started.map((run) => planRun(input, job, run));
  const actions = [...stops, ...removals, ...plans.flatMap((one) => one.actions)];
  const obstacle = plans.find((one) => one.obstacle !== null)?.obstacle ?? stateObstacle(job);
  const at = nextLook(job);
  return { actions, obstacle, ...(at !== null && { lookAt: at }) };
}

const stateOf = ({ definition, hash, own, job }: PlanInput): JobState => ({
  ...{ definition, hash, own, runs: job?.runs ?? [], now: job?.now ?? definition.updatedAt },
});

/** Stops the containers of runs that have to end, and those from before the definition became a job. */
function stopsOf({ own, runs }: JobState): readonly Action[] {
  return own.filter(isUp).flatMap((container): readonly Action[] => {
    const run = runs.find(({ id }) => id === container.owner?.run);
    if (container.owner?.run === undefined) {
      return [{ kind: 'stop', target: existing(container), reason: 'the definition is a job now' }];
    }
    if (run === undefined || run.stop === null) return [];
    return [{ kind: 'stop', target: existing(container), reason: STOP_REASONS[run.stop] }];
  });
}

const STOP_REASONS = {
  deadline: 'the run took longer than deadlineSeconds',
  replaced: 'the next scheduled run replaces it',
  cancelled: 'the desired state is stopped',
} as const;

/** Removes the containers of ended attempts that are not kept any longer. */
function removalsOf({ definition, own, runs, now }: JobState): readonly Action[] {
  const keepMs = (definition.spec.keepSeconds ?? DEFAULT_KEEP_SECONDS) * 1000;
  const byId = new Map(runs.map((run) => [run.id, run]));
  const idle = own.filter((container) => {
    const run = byId.get(container.owner?.run ?? '');
    const isCurrent = run !== undefined && isActive(run) && run.attempt === container.owner?.attempt;
    return !isUp(container) && container.state !== 'removing' && !isCurrent;
  });
  const newest = idle.toSorted((a, b) => endOf(b) - endOf(a));
  return newest.flatMap((container, index): readonly Action[] => {
    const isOld = container.owner?.run === undefined || index >= CONTAINERS_KEPT;
    if (!isOld && now.getTime() - endOf(container) < keepMs) return [];
    const reason = isOld ? 'no run needs it any more' : 'its run ended longer ago than keepSeconds';
    return [{ kind: 'remove', target: existing(container), reason }];
  });
}

/** Returns the end of a container's run, in milliseconds; 0 if it never ran. */
const endOf = ({ finishedAt }: OwnContainer): number => {
  const time = Date.parse(finishedAt ?? '');
  return Number.isNaN(time) ? 0 : time;
};

function planRun(input: PlanInput, job: JobState, run: Run): Plan {
  const container = containerOf(run, job.own);
  if (container === undefined) return planNew(input, job, run);
  if (container.state === 'removing') {
    return { actions: [], obstacle: pending('Removing', 'the engine is removing the container', 'event') };
  }
  if (container.state === 'paused') {
    return {
      actions: [{ kind: 'unpause', target: existing(container), reason: 'it was paused outside Berth' }],
      obstacle: null,
    };
  }
  const created: Run = {
    ...run,
    ...{ state: 'created', containerId: container.id, startedAt: run.startedAt ?? job.now, notBefore: null },
  };
  const record: Action = { kind: 'record-run', run: created, reason: `attempt ${run.attempt} is about to start` };
  if (run.state === 'pending' && container.startedAt !== null) return { actions: [record], obstacle: null };
  if (container.startedAt !== null) return { actions: [], obstacle: null };
  const { steps, obstacle } = planConnections(input, container);
  if (obstacle !== null) return { actions: [], obstacle };
  const waits = startObstacle(input);
  if (waits !== null) return { actions: [], obstacle: waits };
  const start: Action = { kind: 'start', target: existing(container), reason: `attempt ${run.attempt} of the run` };
  return { actions: [...steps, ...(run.state === 'pending' ? [record] : []), start], obstacle: null };
}

/** Plans the container of an attempt, which a later plan starts. */
function planNew(input: PlanInput, { definition, now }: JobState, run: Run): Plan {
  if (run.state !== 'pending') return NOTHING;
  if (run.notBefore !== null && run.notBefore > now) return NOTHING;
  const blocked = firstBlocker(input);
  if (blocked !== null) return { actions: [], obstacle: blocked };
  if (input.image.kind === 'pull-failed') return { actions: pullsOf(input), obstacle: null };
  const prepared = prepare(input);
  const waits = startObstacle(input);
  if (waits !== null) return { actions: prepared, obstacle: waits };
  const create: Action = {
    ...{ kind: 'create', name: runContainerName(definition.name, run), run: { id: run.id, attempt: run.attempt } },
    reason: `attempt ${run.attempt} of the run ${TRIGGERED[run.trigger]}`,
  };
  return { actions: [...prepared, create, ...connectNew(input)], obstacle: null };
}

const NOTHING: Plan = { actions: [], obstacle: null };

const TRIGGERED = { declaration: 'of this generation', schedule: 'by the schedule', request: 'on request' } as const;

/** Returns the state of a job that needs no steps, as its condition shows it. */
function stateObstacle(job: JobState): Obstacle | null {
  const { definition, runs, now } = job;
  const { schedule, state } = definition.spec;
  if (state === 'stopped') return null;
  const at = schedule === undefined || schedule.suspend ? null : nextTime(schedule, countedFrom(job));
  const next = at === null ? '' : `. It runs next at ${new Date(Math.max(at.getTime(), now.getTime())).toISOString()}`;
  const active = runs.find(isActive);
  if (active?.notBefore != null) {
    return pending('JobRetrying', `${active.message} at ${active.notBefore.toISOString()}`, 'event');
  }
  if (active !== undefined) return pending('JobRunning', `attempt ${active.attempt} of a run is under way`, 'event');
  const last = runs.filter((run) => run.state !== 'missed').at(-1);
  if (last === undefined) {
    const message = schedule?.suspend === true ? 'its schedule is suspended' : `it has not run yet${next}`;
    return pending('Scheduled', message, 'event');
  }
  const message = `the last run ended with ${last.state}: ${last.message}${next}`;
  return pending(last.state === 'succeeded' ? 'Completed' : 'Failed', message, 'event');
}

/** Returns when a job has to be looked at again without an event; null if never. */
function nextLook(job: JobState): Date | null {
  const { definition, own, runs, now } = job;
  const { schedule, state, keepSeconds = DEFAULT_KEEP_SECONDS } = definition.spec;
  const isOpen = schedule !== undefined && !schedule.suspend && state === 'running';
  const scheduled = isOpen ? [nextTime(schedule, countedFrom(job))] : [];
  const active = runs
    .filter(isActive)
    .flatMap((run) => [run.notBefore ?? [], deadlineOf(definition, run) ?? []].flat());
  const kept = own
    .filter((one) => !isUp(one) && endOf(one) > 0)
    .map((one) => new Date(endOf(one) + keepSeconds * 1000));
  const later = [...scheduled, ...active, ...kept].filter((time) => time > now);
  return later.length === 0 ? null : new Date(Math.min(...later.map((time) => time.getTime())));
}
