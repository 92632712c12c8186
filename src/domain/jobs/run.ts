/** Runs of a job, as they are stored. */

import type { Definition } from '../definition/definition.js';

export const RUN_STATES = [
  'pending',
  'created',
  'succeeded',
  'failed',
  'deadline',
  'replaced',
  'cancelled',
  'missed',
  'unknown',
] as const;
/**
 * `pending`: no container of this attempt was ever started. `created`: its container is known, and may have been
 * started. The others are ends: `unknown` if the outcome can't be known any more.
 */
export type RunState = (typeof RUN_STATES)[number];

export const RUN_TRIGGERS = ['declaration', 'schedule', 'request'] as const;
/** Reason for a run: a new or changed definition, its schedule, or a client. */
export type RunTrigger = (typeof RUN_TRIGGERS)[number];

export const STOPS = ['deadline', 'replaced', 'cancelled'] as const;

export interface Run {
  /** The uid of its job and its own part, which is also in the names of its containers. */
  readonly id: string;
  readonly uid: string;
  /** Hash of the definition when the run was recorded. */
  readonly hash: string;
  readonly trigger: RunTrigger;
  /** Time that it was scheduled or requested for. */
  readonly dueAt: Date;
  readonly createdAt: Date;
  readonly state: RunState;
  /** Starts at 1, and rises with every retry. */
  readonly attempt: number;
  /** Time before which the attempt doesn't start; null if it may at once. */
  readonly notBefore: Date | null;
  /** End that its container is being stopped for; null if it isn't. */
  readonly stop: (typeof STOPS)[number] | null;
  /** The engine's id of the attempt's container, stored before its start. */
  readonly containerId: string | null;
  /** Time at which its first container was about to start. */
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
  readonly exitCode: number | null;
  /** Reason for its state, for a person. */
  readonly message: string;
  /** End of the log of its last container that ended. */
  readonly log: string | null;
}

/** Most ended runs of a job that are stored. */
export const RUNS_KEPT = 50;

/** Most runs of a job that wait or are under way. */
export const MOST_ACTIVE_RUNS = 20;

export const isActive = ({ state }: Pick<Run, 'state'>): boolean => state === 'pending' || state === 'created';

/** Sorts runs from the oldest to the newest. */
export const byAge = (a: Run, b: Run): number =>
  a.createdAt.getTime() - b.createdAt.getTime() || (a.id < b.id ? -1 : 1);

/** Returns a run that nothing has been done for. */
export const newRun = (
  job: { readonly uid: string; readonly hash: string },
  part: string,
  trigger: RunTrigger,
  dueAt: Date,
  now: Date,
): Run => ({
  ...job,
  id: `${job.uid}.${part}`,
  ...{ trigger, dueAt, createdAt: now, state: 'pending', attempt: 1, notBefore: null, stop: null },
  ...{ containerId: null, startedAt: null, finishedAt: null, exitCode: null, message: '', log: null },
});

/** Returns the part of a run's id that is its own. */
export const partOf = ({ id, uid }: Pick<Run, 'id' | 'uid'>): string => id.slice(uid.length + 1);

/** Returns the name of the container of a run's attempt. */
export const runContainerName = (name: string, run: Pick<Run, 'id' | 'uid' | 'attempt'>): string =>
  `${name}.${partOf(run)}.${run.attempt}`;

/** Returns the ended runs beyond the newest that are kept. */
export const surplusRuns = (runs: readonly Run[]): readonly Run[] => {
  const ended = runs.filter((run) => !isActive(run)).sort(byAge);
  return ended.slice(0, Math.max(0, ended.length - RUNS_KEPT));
};

/**
 * Returns the runs to store when a restore is released. Whether those of the backup have run since it was taken is
 * unknown, so they are not repeated; requests that came during the pause stay. Schedules count from the release.
 */
export function runsAfterRestore(
  { uid, spec: { schedule } }: Pick<Definition, 'uid' | 'spec'>,
  runs: readonly Run[],
  restoredAt: Date,
  now: Date,
): readonly Run[] {
  const message = 'a backup was restored, so it is unknown how it ended; it is not repeated';
  const older = runs.filter((run) => isActive(run) && run.createdAt < restoredAt);
  const unknown = older.map((run): Run => ({ ...run, state: 'unknown', finishedAt: now, notBefore: null, message }));
  if (schedule === undefined) return unknown;
  const released = newRun({ uid, hash: '' }, `released-${now.getTime()}`, 'schedule', now, now);
  const skipped = 'a restore was released; its schedule counts from here';
  return [...unknown, { ...released, state: 'missed', finishedAt: now, message: skipped }];
}
