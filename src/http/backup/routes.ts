import type { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { Problem } from '../../domain/problems/problem.js';
import type { ReleaseOutcome, RestoreOutcome, SentBackup, Service } from '../../service/service.js';
import { problemResponses } from '../openapi/problem-schema.js';
import { ref } from '../openapi/schema-helpers.js';
import type { App } from '../openapi/typed-app.js';
import { idempotencyHeader, KEYED, keyedWrite } from '../pipeline/idempotency.js';
import { noQuery, requesterOf } from '../protocol/request-helpers.js';
import { HOLD, RELEASED, RESTORED } from './examples.js';
import { Held, ReleaseBody, Released, Restored } from './schemas.js';

/** Rule: https://www.iana.org/assignments/media-types/application/vnd.sqlite3. */
const SQLITE = 'application/vnd.sqlite3';

/** A client that takes nothing for so long is let go, in milliseconds: the copy takes up room on the disk until then. */
const STUCK_MS = 60_000;

const tags = ['operations'];
const Headers = Type.Object(idempotencyHeader);
const UPLOAD = ['invalid-body', 'payload-too-large', 'unsupported-media-type', 'storage-unavailable'] as const;

const render = ({ kind, ...restored }: RestoreOutcome) => ({ ...restored, dryRun: kind === 'dry-run' });
const renderReleased = ({ strays }: ReleaseOutcome) => ({ held: false as const, strays });

/** Taking a backup, and how it stands with one that was put back. */
export function restoreRoutes(app: App, service: Service): void {
  app.get(
    '/backup',
    {
      config: { access: 'admin' },
      schema: {
        operationId: 'getBackup',
        tags,
        summary: 'A backup, taken while everything goes on',
        description:
          'A copy of the database as of this moment, as one SQLite file: definitions, host ports, history. It holds the values of variables, as the database does: keep it as safe. `curl -fOJ …/v1/backup`',
        querystring: noQuery,
        response: {
          200: {
            description: 'The file.',
            headers: { 'Content-Disposition': { type: 'string', description: 'A file name with the time.' } },
            content: { [SQLITE]: { schema: Type.String({ format: 'binary' }), example: 'SQLite format 3…' } },
          },
          ...problemResponses('invalid-body', 'storage-unavailable'),
        },
      },
    },
    async (request, reply) => {
      const { takenAt, bytes, read } = await service.backup();
      const { socket } = reply.raw;
      socket?.setTimeout(STUCK_MS, () => socket.destroy());
      const body = read();
      body.once('error', (err) => request.log.warn({ err }, 'a backup ended early'));
      return reply
        .header(
          'content-disposition',
          `attachment; filename="berth-${takenAt.toISOString().replaceAll(/[-:]|\.\d+/g, '')}.db"`,
        )
        .header('content-length', bytes)
        .type(SQLITE)
        .send(body as never);
    },
  );

  app.get(
    '/restore',
    {
      schema: {
        operationId: 'getRestore',
        tags,
        summary: 'What is held after a restore',
        description:
          'From a restore on nothing is done on the engine, until it is released. Here is what would be done then: the same plan that the loop makes; the containers of this instance that no definition knows (`strays`); the definitions whose container was made from a later generation than they have (`later`).',
        querystring: noQuery,
        response: {
          200: {
            description: 'Whether something is held, and what.',
            content: { 'application/json': { schema: ref(Held), examples: { held: { value: HOLD } } } },
          },
          ...problemResponses('invalid-body'),
        },
      },
    },
    async (_, reply) => reply.send((await service.hold()) as never),
  );

  app.post(
    '/restore/release',
    {
      preValidation: takesNoBody,
      config: { access: 'admin' },
      schema: {
        operationId: 'releaseRestore',
        tags,
        summary: 'Let be done what a restore asks for',
        description:
          'Definitions whose container is of a later generation get one above that. `strays: "remove"` also removes the containers of this instance that no definition knows, as GET /v1/restore lists them; by default they stay untouched.',
        querystring: noQuery,
        headers: Headers,
        body: ref(ReleaseBody),
        response: {
          200: {
            description: 'Released; `strays` are those that are removed.',
            content: { 'application/json': { schema: ref(Released), examples: { kept: { value: RELEASED } } } },
          },
          ...problemResponses(...UPLOAD, 'invalid-definition', 'not-held', 'engine-unavailable', ...KEYED),
        },
      },
    },
    async (request, reply) => {
      const keyed = keyedWrite(request, reply, renderReleased);
      const { strays = 'keep' } = request.body as { readonly strays?: 'keep' | 'remove' };
      const outcome = await service.release(
        { strays },
        { ...requesterOf(request), ...(keyed !== undefined && { keyed }) },
      );
      return reply.send(renderReleased(outcome) as never);
    },
  );
}

/** Putting a backup back, in a scope of its own: there alone a body may be a database, and nothing else. */
export function restoreUpload(app: App, service: Service): void {
  const sent = new WeakMap<FastifyRequest, SentBackup>();
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(SQLITE, async (request: FastifyRequest, body: Readable) => {
    const backup = await service.receiveBackup(body, Number(request.headers['content-length'] ?? 0));
    sent.set(request, backup);
    // What identifies the request is what was sent, not where it is kept.
    return { bytes: backup.bytes, sha256: backup.sha256 };
  });
  app.addContentTypeParser('*', async () => {
    throw new Problem('unsupported-media-type', `Send the backup as ${SQLITE}, and say so in Content-Type.`);
  });
  app.addHook('onSend', async (request, reply) => {
    // Here all are done with it, wherever it was refused, and whether or not somebody still waits for the answer.
    const backup = sent.get(request);
    if (backup !== undefined) service.discardBackup(backup);
    // What is left of a body that was refused is not waited for.
    if (!request.raw.complete) reply.header('connection', 'close');
  });

  app.post(
    '/restore',
    {
      preValidation: needsBackup,
      config: { access: 'admin' },
      schema: {
        operationId: 'restoreBackup',
        tags,
        summary: 'Put a backup back',
        description:
          'Checks the file, brings it to the present schema if an earlier version made it, and puts its definitions in the place of the present ones, in one transaction. **Nothing is done on the engine** until POST /v1/restore/release; GET /v1/restore shows what would be. History and settings stay those of this server. At most 256 MiB. `curl -f -X POST …/v1/restore -H "content-type: application/vnd.sqlite3" -T FILE`',
        querystring: Type.Object(
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
        } as never,
        response: {
          200: {
            description: 'In force, and held. Of a dry run, what would be.',
            content: { 'application/json': { schema: ref(Restored), examples: { night: { value: RESTORED } } } },
          },
          ...problemResponses(...UPLOAD, 'invalid-backup', 'other-instance', ...KEYED),
        },
      },
    },
    async (request, reply: FastifyReply) => {
      const backup = sent.get(request);
      if (backup === undefined) throw new Error('a restore came without what was sent');
      const keyed = keyedWrite(request, reply, render);
      const outcome = await service.restore(backup, {
        ...{ dryRun: (request.query as { readonly dryRun?: boolean }).dryRun ?? false, ...requesterOf(request) },
        ...(keyed !== undefined && { keyed }),
      });
      return reply.send(render(outcome) as never);
    },
  );
}

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
