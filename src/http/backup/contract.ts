import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { Problem } from '../../domain/problems/problem.js';
import { operation } from '../openapi/operation.js';
import { noQuery } from '../openapi/parameters.js';
import { ref } from '../openapi/schema-helpers.js';
import { idempotencyHeader, KEYED } from '../pipeline/idempotency.js';
import { HOLD, RELEASED, RESTORED } from './examples.js';
import { Held, ReleaseBody, Released, Restored } from './schemas.js';

/** Rule: https://www.iana.org/assignments/media-types/application/vnd.sqlite3. */
export const SQLITE = 'application/vnd.sqlite3';

const tags = ['operations'];

const Headers = Type.Object(idempotencyHeader);

const UPLOAD = ['invalid-body', 'payload-too-large', 'unsupported-media-type', 'storage-unavailable'] as const;

/** Treats a missing body as an empty one. */
async function takesNoBody(request: FastifyRequest): Promise<void> {
  request.body ??= {};
}

async function needsBackup({ body }: FastifyRequest): Promise<void> {
  if (body !== undefined) return;
  throw new Problem('invalid-body', `The body is missing. Send the file from GET /v1/backup as ${SQLITE}.`, {
    faults: [{ in: 'body', pointer: '', message: 'is missing' }],
  });
}

export const getBackup = operation('GET', '/backup', {
  id: 'getBackup',
  tags,
  summary: 'Download a backup',
  description:
    'A consistent copy of the database as one SQLite file, taken without interrupting work: definitions, host ports, events and kept answers. It contains the values of variables, so keep it as safe as the database. Example: `curl -fOJ …/v1/backup`',
  query: noQuery,
  replies: {
    200: {
      description: 'The database file.',
      headers: {
        'Content-Disposition': { type: 'string', description: 'Suggests a file name with the time of the backup.' },
      },
      content: { [SQLITE]: { schema: Type.String({ format: 'binary' }), example: 'SQLite format 3…' } },
    },
  },
  problems: ['invalid-body', 'storage-unavailable'],
  access: 'admin',
});

export const getRestore = operation('GET', '/restore', {
  id: 'getRestore',
  tags,
  summary: 'Show the pause after a restore',
  description:
    'After a restore the reconciler is paused: Berth changes nothing on the engine until the restore is released. The response shows the plan that a release would run, the orphaned containers of this instance (`strays`), and the definitions whose container was made from a later generation (`later`).',
  query: noQuery,
  replies: {
    200: {
      description: 'Whether the reconciler is paused, and what a release would do.',
      content: { 'application/json': { schema: ref(Held), examples: { held: { value: HOLD } } } },
    },
  },
  problems: ['invalid-body'],
});

export const releaseRestore = operation('POST', '/restore/release', {
  id: 'releaseRestore',
  tags,
  summary: 'Release a restore',
  description:
    'Resumes the reconciler. Definitions whose container has a later generation get the generation after it. `strays: "remove"` also removes the orphaned containers that GET /v1/restore lists; by default they stay untouched.',
  query: noQuery,
  headers: Headers,
  body: ref(ReleaseBody),
  replies: {
    200: {
      description: 'Released; `strays` lists the containers that are removed.',
      content: { 'application/json': { schema: ref(Released), examples: { kept: { value: RELEASED } } } },
    },
  },
  problems: [...UPLOAD, 'invalid-definition', 'not-held', 'engine-unavailable', ...KEYED],
  access: 'admin',
  checkBody: takesNoBody,
});

export const restoreBackup = operation('POST', '/restore', {
  id: 'restoreBackup',
  tags,
  summary: 'Restore a backup',
  description:
    'Checks the file, migrates it if an earlier version made it, and replaces all definitions with those of the backup, in one transaction. **Berth changes nothing on the engine** until POST /v1/restore/release; GET /v1/restore shows what would change. Events and settings of this server are kept. At most 256 MiB. Example: `curl -f -X POST …/v1/restore -H "content-type: application/vnd.sqlite3" -T FILE`',
  query: Type.Object(
    {
      dryRun: Type.Optional(Type.Boolean({ default: false, description: 'Check the file without restoring it.' })),
    },
    { additionalProperties: false },
  ),
  headers: Headers,
  body: {
    content: {
      [SQLITE]: {
        schema: Type.Unsafe<unknown>({ description: 'The file from GET /v1/backup.', contentMediaType: SQLITE }),
      },
    },
  },
  replies: {
    200: {
      description: 'Restored, and the reconciler is paused. With dryRun: what would be restored.',
      content: { 'application/json': { schema: ref(Restored), examples: { night: { value: RESTORED } } } },
    },
  },
  problems: [...UPLOAD, 'invalid-backup', 'other-instance', ...KEYED],
  access: 'admin',
  checkBody: needsBackup,
});
