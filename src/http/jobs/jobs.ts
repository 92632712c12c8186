/** Routes of the runs of jobs. */

import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { RUN_STATES, RUN_TRIGGERS } from '../../domain/jobs/run.js';
import type { JobService, RunView } from '../../service/containers/jobs.js';
import { operation, route } from '../openapi/operation.js';
import { NameParams, noQuery } from '../openapi/parameters.js';
import { literals, nullable, ref, time } from '../openapi/schema-helpers.js';
import { requesterOf } from '../pipeline/auth/auth.js';
import { idempotencyHeader, KEYED, keyedWrite } from '../pipeline/idempotency.js';
import { ignoreBody } from '../protocol/request-helpers.js';

const tags = ['jobs'];

export const Run = Type.Unsafe<RunView>(
  Type.Object(
    {
      id: Type.String({ description: 'Unique among the runs of the job.' }),
      trigger: literals(...RUN_TRIGGERS),
      state: Type.Unsafe<RunView['state']>({
        ...literals(...RUN_STATES),
        description:
          'pending, created: waits or is under way. missed: it was due and did not start. unknown: its container vanished, so nobody can know how it ended; it is not repeated.',
      }),
      attempt: Type.Integer({ description: 'Rises by one with each retry.' }),
      dueAt: time('When it was scheduled or requested for.'),
      startedAt: nullable(time('When its first attempt started.')),
      finishedAt: nullable(time('When it ended.')),
      exitCode: nullable(Type.Integer({ description: 'Exit code of its last attempt that ended.' })),
      message: Type.String({ description: 'Reason for its state, for a person.' }),
      container: Type.String({ description: 'Name of the container of its last attempt.' }),
      log: nullable(Type.String({ description: 'The last 20 lines of its last attempt that ended.' })),
    },
    { $id: 'Run', description: 'A run of a job.' },
  ),
);

const EXAMPLE = {
  id: '20261201T013000Z',
  trigger: 'schedule',
  state: 'succeeded',
  attempt: 1,
  dueAt: '2026-12-01T01:30:00.000Z',
  startedAt: '2026-12-01T01:30:00.041Z',
  finishedAt: '2026-12-01T01:30:07.312Z',
  exitCode: 0,
  message: 'attempt 1 exited with code 0',
  container: 'backup.20261201T013000Z.1',
  log: 'backup complete\n',
} as const;

const REQUESTED = {
  ...EXAMPLE,
  ...{ id: 'r5f0c2b1e-7a9d', trigger: 'request', state: 'pending', startedAt: null, finishedAt: null },
  ...{ exitCode: null, message: '', container: 'backup.r5f0c2b1e-7a9d.1', log: null },
} as const;

const listRuns = operation('GET', '/containers/:name/runs', {
  id: 'listRuns',
  tags,
  summary: 'List the runs of a job',
  description: 'Newest first: all that wait or are under way, and the last 50 that have ended.',
  params: NameParams,
  query: noQuery,
  replies: {
    200: {
      description: 'The runs; none for a service.',
      content: {
        'application/json': {
          schema: Type.Object({ items: Type.Array(ref(Run)) }),
          examples: { one: { value: { items: [EXAMPLE] } } },
        },
      },
    },
  },
  problems: ['invalid-body', 'not-found'],
});

const runJob = operation('POST', '/containers/:name/run', {
  id: 'runJob',
  tags,
  summary: 'Start a run of a job now',
  description:
    'Stores the request; the run then starts as soon as it may. It waits for a run that is under way, unless the schedule has concurrency allow.',
  params: NameParams,
  query: noQuery,
  headers: Type.Object(idempotencyHeader),
  replies: {
    202: {
      description: 'Stored.',
      content: { 'application/json': { schema: ref(Run), examples: { one: { value: REQUESTED } } } },
    },
  },
  problems: [
    ...(['invalid-body', 'payload-too-large', 'unsupported-media-type', 'storage-unavailable'] as const),
    ...(['not-found', 'not-running', 'busy', ...KEYED] as const),
  ],
  checkBody: ignoreBody,
});

/** Registers the routes of runs. */
export function jobRoutes(app: FastifyInstance, jobs: JobService): void {
  route(app, listRuns, async ({ params }) => jobs.runs(params.name));

  route(app, runJob, async ({ params, request, reply }) => {
    reply.code(202);
    const keyed = keyedWrite(request, reply, (run: RunView) => run);
    return jobs.run(params.name, { ...requesterOf(request), ...(keyed !== undefined && { keyed }) });
  });
}
