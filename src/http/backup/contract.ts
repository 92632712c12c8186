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

/** No body is an empty one. */
async function takesNoBody(request: FastifyRequest): Promise<void> {
  request.body ??= {};
}

async function needsBackup({ body }: FastifyRequest): Promise<void> {
  if (body !== undefined) return;
  throw new Problem('invalid-body', `The body is missing: send the file that GET /v1/backup gave, as ${SQLITE}.`, {
    faults: [{ in: 'body', pointer: '', message: 'is missing' }],
  });
}

export const getBackup = operation('GET', '/backup', {
  id: 'getBackup',
  tags,
  summary: 'A backup, taken while everything goes on',
  description:
    'A copy of the database as of this moment, as one SQLite file: definitions, host ports, history. It holds the values of variables, as the database does: keep it as safe. `curl -fOJ …/v1/backup`',
  query: noQuery,
  replies: {
    200: {
      description: 'The file.',
      headers: { 'Content-Disposition': { type: 'string', description: 'A file name with the time.' } },
      content: { [SQLITE]: { schema: Type.String({ format: 'binary' }), example: 'SQLite format 3…' } },
    },
  },
  problems: ['invalid-body', 'storage-unavailable'],
  access: 'admin',
});

export const getRestore = operation('GET', '/restore', {
  id: 'getRestore',
  tags,
  summary: 'What is held after a restore',
  description:
    'From a restore on nothing is done on the engine, until it is released. Here is what would be done then: the same plan that the loop makes; the containers of this instance that no definition knows (`strays`); the definitions whose container was made from a later generation than they have (`later`).',
  query: noQuery,
  replies: {
    200: {
      description: 'Whether something is held, and what.',
      content: { 'application/json': { schema: ref(Held), examples: { held: { value: HOLD } } } },
    },
  },
  problems: ['invalid-body'],
});

export const releaseRestore = operation('POST', '/restore/release', {
  id: 'releaseRestore',
  tags,
  summary: 'Let be done what a restore asks for',
  description:
    'Definitions whose container is of a later generation get one above that. `strays: "remove"` also removes the containers of this instance that no definition knows, as GET /v1/restore lists them; by default they stay untouched.',
  query: noQuery,
  headers: Headers,
  body: ref(ReleaseBody),
  replies: {
    200: {
      description: 'Released; `strays` are those that are removed.',
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
  summary: 'Put a backup back',
  description:
    'Checks the file, brings it to the present schema if an earlier version made it, and puts its definitions in the place of the present ones, in one transaction. **Nothing is done on the engine** until POST /v1/restore/release; GET /v1/restore shows what would be. History and settings stay those of this server. At most 256 MiB. `curl -f -X POST …/v1/restore -H "content-type: application/vnd.sqlite3" -T FILE`',
  query: Type.Object(
    {
      dryRun: Type.Optional(Type.Boolean({ default: false, description: 'Check the file, and change nothing.' })),
    },
    { additionalProperties: false },
  ),
  headers: Headers,
  body: {
    content: {
      [SQLITE]: {
        schema: Type.Unsafe<unknown>({ description: 'What GET /v1/backup gave.', contentMediaType: SQLITE }),
      },
    },
  },
  replies: {
    200: {
      description: 'In force, and held. Of a dry run, what would be.',
      content: { 'application/json': { schema: ref(Restored), examples: { night: { value: RESTORED } } } },
    },
  },
  problems: [...UPLOAD, 'invalid-backup', 'other-instance', ...KEYED],
  access: 'admin',
  checkBody: needsBackup,
});
