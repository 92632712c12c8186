/** Pure: decides what has to be recorded about the runs of a job before anything is done for them. */

import type { Definition } from '../../../domain/definition/definition.js';
import { latestTime } from '../../../domain/jobs/cron.js';
import { byAge, isActive, newRun, type Run } from '../../../domain/jobs/run.js';
import { isUp } from '../../../engine/container-state.js';
import type { OwnContainer } from '../../observe/observed-state.js';

/** A job as it is declared, stored and observed. */
export interface JobState {
  readonly definition: Definition;
  readonly hash: string;
  /** From the oldest to the newest. */
  readonly runs: readonly Run[];
  readonly own: readonly OwnContainer[];
  readonly now: Date;
}

/** A run as it is to be stored, with the reason. */
export interface RunRecord {
  readonly run: Run;
  readonly reason: string;
  /** Id of the container whose log belongs to the record. */
  readonly logOf?: string;
}

/** First wait before a retry, and the longest, in milliseconds. Rule: Kubernetes' Job, `backoffLimit`. */
const FIRST_RETRY_MS = 10_000;
const LONGEST_RETRY_MS = 360_000;

/** Returns the wait before an attempt, in milliseconds. @param attempt from 2 on */
export const retryDelayMs = (attempt: number): number =>
  Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(attempt - 2, 10));

/** Returns the container of a run's current attempt. */
export const containerOf = (run: Run, own: readonly OwnContainer[]): OwnContainer | undefined =>
  own.find(({ owner }) => owner?.run === run.id && owner.attempt === run.attempt);

/** Returns the time at which a run has to have ended; null if it may take any time. */
export function deadlineOf({ spec }: Definition, { startedAt }: Run): Date | null {
  if (spec.deadlineSeconds === undefined || startedAt === null) return null;
  return new Date(startedAt.getTime() + spec.deadlineSeconds * 1000);
}

/** Returns the moment from which scheduled times count: the last one that was decided, or the last change of the job. */
export function countedFrom({ definition, runs, now }: Pick<JobState, 'definition' | 'runs' | 'now'>): Date {
  const decided = runs.filter(({ trigger, dueAt }) => trigger === 'schedule' && dueAt <= now);
  const changed = Math.min(definition.updatedAt.getTime(), now.getTime());
  return new Date(Math.max(changed, ...decided.map(({ dueAt }) => dueAt.getTime())));
}

/** Returns everything to record now, in order. */
export function recordsOf(job: JobState): readonly RunRecord[] {
  const changed = job.runs.filter(isActive).flatMap((run) => followRun(job, run) ?? []);
  const isOpen = job.definition.deletionRequestedAt === null && job.definition.spec.state === 'running';
  return isOpen ? [...changed, ...dueRuns(job, changed)] : changed;
}

/** Returns how the record of a run has to change; null if it doesn't. */
function followRun(job: JobState, run: Run): RunRecord | null {
  const { definition, own, now } = job;
  const container = containerOf(run, own);
  if (run.state === 'created' && container === undefined) {
    const message = `the container of attempt ${run.attempt} is gone, so its outcome is unknown; it is not repeated`;
    return ended({ ...run, message }, 'unknown', now);
  }
  const hasEnded = container?.startedAt != null && (container.state === 'exited' || container.state === 'dead');
  if (run.state === 'created' && container !== undefined && hasEnded) return afterExit(job, run, container);
  if (run.stop !== null) {
    const isIdle = container === undefined || container.startedAt === null;
    return isIdle ? ended({ ...run, message: STOPPED[run.stop] }, run.stop, now) : null;
  }
  if (definition.spec.state === 'stopped') return stopping(run, 'cancelled');
  const deadline = deadlineOf(definition, run);
  if (deadline !== null && deadline <= now) return stopping(run, 'deadline');
  return null;
}

const STOPPED = {
  deadline: 'it took longer than deadlineSeconds and was stopped',
  replaced: 'the next scheduled run replaced it',
  cancelled: 'the job was stopped',
} as const;

const stopping = (run: Run, stop: NonNullable<Run['stop']>): RunRecord => ({
  run: { ...run, stop },
  reason: STOPPED[stop],
});

const ended = (run: Run, state: Run['state'], now: Date, logOf?: string): RunRecord => ({
  run: { ...run, state, finishedAt: run.finishedAt ?? now, notBefore: null },
  reason: run.message,
  ...(logOf !== undefined && { logOf }),
});

/** Records the end of an attempt: of its run, or with the next attempt. */
function afterExit({ definition, now }: JobState, run: Run, container: OwnContainer): RunRecord {
  const { exitCode } = container;
  const { retries = 0 } = definition.spec;
  const exit = `attempt ${run.attempt} exited with code ${exitCode}`;
  const closed: Run = { ...run, exitCode, finishedAt: finishedAt(container, now), message: exit };
  if (run.stop !== null) return ended({ ...closed, message: STOPPED[run.stop] }, run.stop, now, container.id);
  if (exitCode === 0) return ended(closed, 'succeeded', now, container.id);
  if (run.attempt > retries) return ended(closed, 'failed', now, container.id);
  const attempt = run.attempt + 1;
  const notBefore = new Date(now.getTime() + retryDelayMs(attempt));
  const message = `${exit}; attempt ${attempt} follows`;
  const next: Run = { ...closed, finishedAt: null, state: 'pending', attempt, containerId: null, notBefore, message };
  return { run: next, reason: message, logOf: container.id };
}

function finishedAt({ finishedAt: text }: OwnContainer, now: Date): Date {
  const time = new Date(text ?? Number.NaN);
  return Number.isNaN(time.getTime()) ? now : time;
}

/** Returns the runs that are due by the declaration or by the schedule. */
function dueRuns(job: JobState, changed: readonly RunRecord[]): readonly RunRecord[] {
  const { definition, hash, runs, now } = job;
  const { schedule } = definition.spec;
  const ofJob = { uid: definition.uid, hash };
  const isKnown = ({ id }: Run): boolean => runs.some((run) => run.id === id);
  if (schedule === undefined) {
    const last = runs.filter(({ trigger }) => trigger === 'declaration').at(-1);
    if (last?.hash === hash) return [];
    const part = `g${definition.generation}-${hash.slice(2, 10)}`;
    const run = newRun(ofJob, part, 'declaration', now, now);
    return isKnown(run) ? [] : [{ run, reason: `generation ${definition.generation} runs once` }];
  }
  if (schedule.suspend) return [];
  const due = latestTime(schedule, countedFrom(job), now);
  if (due === null) return [];
  const run = newRun(ofJob, due.toISOString().replace(/[-:]|\.\d+/g, ''), 'schedule', due, now);
  if (isKnown(run)) return [];
  const missed = (message: string): readonly RunRecord[] => [
    { run: { ...run, state: 'missed', finishedAt: now, message }, reason: message },
  ];
  const late = (now.getTime() - due.getTime()) / 1000;
  if (late > (schedule.startingDeadlineSeconds ?? Number.POSITIVE_INFINITY)) {
    return missed(`it was due at ${due.toISOString()}, longer ago than startingDeadlineSeconds`);
  }
  const latest = new Map(changed.map((record) => [record.run.id, record.run]));
  const active = runs.map((one) => latest.get(one.id) ?? one).filter(isActive);
  if (active.length > 0 && schedule.concurrency === 'forbid') {
    return missed('the run before it was still under way, and concurrency is forbid');
  }
  const replaced = schedule.concurrency === 'replace' ? active.filter(({ stop }) => stop === null) : [];
  return [
    ...replaced.map((one) => stopping(one, 'replaced')),
    { run, reason: `due at ${due.toISOString()} by its schedule` },
  ];
}

/** Returns the runs that may be worked on now. Unless the job allows concurrent runs, the oldest goes first. */
export function runnable({ definition, runs, own }: JobState): readonly Run[] {
  const active = runs.filter(isActive).sort(byAge);
  if (definition.spec.schedule?.concurrency === 'allow') return active;
  const isUnderWay = (run: Run): boolean => {
    const container = containerOf(run, own);
    return container !== undefined && isUp(container);
  };
  const first = active.find((run) => run.state === 'created' || isUnderWay(run)) ?? active[0];
  return first === undefined ? [] : [first];
}
