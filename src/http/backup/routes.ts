import type { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from '../../domain/problems/problem.js';
import type { BackupService } from '../../service/backup/backup.js';
import type { ReleaseOutcome, RestoreOutcome, SentBackup } from '../../service/backup/views.js';
import { route } from '../openapi/operation.js';
import { requesterOf } from '../pipeline/auth/auth.js';
import { keyedWrite } from '../pipeline/idempotency.js';
import { getBackup, getRestore, releaseRestore, restoreBackup, SQLITE } from './contract.js';

/**
 * Time after which a client that takes nothing is disconnected, in milliseconds: until then the copy takes up disk
 * space.
 */
const STUCK_MS = 60_000;

const render = ({ kind, ...restored }: RestoreOutcome) => ({ ...restored, dryRun: kind === 'dry-run' });

const renderReleased = ({ strays }: ReleaseOutcome) => ({ held: false as const, strays });

/** Registers the routes that take a backup, and show and release the hold after a restore. */
export function restoreRoutes(app: FastifyInstance, backups: BackupService): void {
  route(app, getBackup, async ({ request, reply }) => {
    const { takenAt, bytes, read } = await backups.takeBackup();
    const { socket } = reply.raw;
    socket?.setTimeout(STUCK_MS, () => socket.destroy());
    const body = read();
    body.once('error', (err) => request.log.warn({ err }, 'a backup download ended early'));
    return reply
      .header(
        'content-disposition',
        `attachment; filename="berth-${takenAt.toISOString().replaceAll(/[-:]|\.\d+/g, '')}.db"`,
      )
      .header('content-length', bytes)
      .type(SQLITE)
      .send(body);
  });

  route(app, getRestore, async () => await backups.hold());

  route(app, releaseRestore, async ({ body, request, reply }) => {
    const keyed = keyedWrite(request, reply, renderReleased);
    const { strays = 'keep' } = body;
    const outcome = await backups.release(
      { strays },
      { ...requesterOf(request), ...(keyed !== undefined && { keyed }) },
    );
    return renderReleased(outcome);
  });
}

/** Registers the restore, in a scope of its own: only there a body may be a database, and nothing else. */
export function restoreUpload(app: FastifyInstance, backups: BackupService): void {
  const sent = new WeakMap<FastifyRequest, SentBackup>();
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(SQLITE, async (request: FastifyRequest, body: Readable) => {
    const backup = await backups.receiveBackup(body, Number(request.headers['content-length'] ?? 0));
    sent.set(request, backup);
    // Size and digest identify the request, not the path of the stored file.
    return { bytes: backup.bytes, sha256: backup.sha256 };
  });
  app.addContentTypeParser('*', async () => {
    throw new Problem('unsupported-media-type', `Send the backup with the Content-Type ${SQLITE}.`);
  });
  app.addHook('onSend', async (request, reply) => {
    // Every request passes here, refused or not, even if the client has left: the upload is no longer needed.
    const backup = sent.get(request);
    if (backup !== undefined) backups.discardBackup(backup);
    // The rest of a refused body is not awaited.
    if (!request.raw.complete) reply.header('connection', 'close');
  });

  route(app, restoreBackup, async ({ query, request, reply }) => {
    const backup = sent.get(request);
    if (backup === undefined) throw new Error('a restore request arrived without its upload');
    const keyed = keyedWrite(request, reply, render);
    const outcome = await backups.restore(backup, {
      dryRun: query.dryRun ?? false,
      ...requesterOf(request),
      ...(keyed !== undefined && { keyed }),
    });
    return render(outcome);
  });
}
