/** Runs of jobs: lists them, and records requested ones. */

import type { Definition } from '../../domain/definition/definition.js';
import { isActive, MOST_ACTIVE_RUNS, newRun, partOf, type Run, runContainerName } from '../../domain/jobs/run.js';
import { Problem } from '../../domain/problems/problem.js';
import type { Reconciler } from '../../reconcile/reconciler.js';
import type { Store } from '../../store/types.js';
import { answer, checkUnanswered } from '../core/kept-answer.js';
import type { Lookup } from '../core/lookup.js';
import type { WriteOptions } from '../core/options.js';
import { noSuchContainer } from '../core/write-checks.js';

export interface RunView {
  readonly id: string;
  readonly trigger: Run['trigger'];
  readonly state: Run['state'];
  readonly attempt: number;
  readonly dueAt: string;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
  readonly exitCode: number | null;
  readonly message: string;
  /** Name of the container of its last attempt. */
  readonly container: string;
  readonly log: string | null;
}

export type RunRequest = Pick<WriteOptions<RunView>, 'requestId' | 'actor' | 'keyed'>;

export interface JobService {
  /** Returns the runs of a job, newest first. @throws Problem `not-found` */
  runs(name: string): { readonly items: readonly RunView[] };
  /**
   * Records a run that starts as soon as it may.
   *
   * @throws Problem `not-found`, `invalid-definition`, `not-running`
   */
  run(name: string, request: RunRequest): Promise<RunView>;
}

export function createJobs(options: {
  readonly store: Store;
  readonly reconciler: Reconciler;
  readonly find: Lookup['find'];
  readonly now: () => Date;
  readonly newId: () => string;
}): JobService {
  const { store, reconciler, find, now, newId } = options;
  const view = (name: string, run: Run): RunView => ({
    id: partOf(run),
    ...{ trigger: run.trigger, state: run.state, attempt: run.attempt },
    dueAt: run.dueAt.toISOString(),
    startedAt: run.startedAt?.toISOString() ?? null,
    finishedAt: run.finishedAt?.toISOString() ?? null,
    ...{ exitCode: run.exitCode, message: run.message, container: runContainerName(name, run), log: run.log },
  });

  return {
    runs: (name) => ({
      items: store
        .runsOf(find(name).uid)
        .toReversed()
        .map((run) => view(name, run)),
    }),
    async run(name, { requestId = null, actor = null, keyed }) {
      const { uid, made } = await store.transact(async (tx) => {
        await checkUnanswered(tx, keyed);
        const definition = tx.byName(name);
        if (definition === undefined || definition.deletionRequestedAt !== null) throw noSuchContainer(name);
        checkRunnable(definition, tx.runsOf(definition.uid).filter(isActive).length);
        const { hashOf } = reconciler.hosts.of(definition).planInputs;
        const at = now();
        const run = newRun({ uid: definition.uid, hash: hashOf(definition) }, `r${newId()}`, 'request', at, at);
        await tx.putRun(run);
        const what = { type: 'Requested', container: name, uid: definition.uid, reason: 'RunJob' } as const;
        const message = `a run was requested: ${partOf(run)}`;
        tx.record({ ...what, by: 'client', actor, requestId, before: null, after: null, message });
        const made = view(name, run);
        await answer(tx, keyed, made);
        return { uid: definition.uid, made };
      });
      reconciler.changed(uid, requestId ?? undefined);
      return made;
    },
  };
}

function checkRunnable({ name, spec }: Definition, active: number): void {
  if (spec.kind !== 'job') {
    throw new Problem(
      'not-running',
      `${name} is no job, so it has no runs. POST /v1/containers/${name}/start starts it.`,
    );
  }
  if (spec.state === 'stopped') {
    throw new Problem('not-running', `${name} is stopped. Start it with POST /v1/containers/${name}/start.`);
  }
  if (active >= MOST_ACTIVE_RUNS) {
    throw new Problem('busy', `${active} runs of ${name} wait or are under way. Try again when some have ended.`, {
      retryAfterSeconds: 10,
    });
  }
}
