import { createHash, randomUUID } from 'node:crypto';
import { closeSync, mkdirSync, openSync, rmSync } from 'node:fs';
import { open, unlink } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { backup, DatabaseSync } from '@photostructure/sqlite';
import { Problem } from '../../domain/problems/problem.js';
import { toDriverError } from '../sqlite/driver-errors.js';
import { toProblem } from '../sqlite/storage-errors.js';
import type { Backup } from '../storage.js';
import { checkBackup } from './check-upload.js';
import { backupMark, MARK } from './copy-detection.js';

/** A copy of all that is stored, as of one moment. */
interface Copy {
  readonly takenAt: Date;
  readonly bytes: number;
  /** Once. The copy is gone when it has been read, or is destroyed. */
  read(): Readable;
}

/** File that a client sent, with unchecked content. */
export interface Upload {
  readonly file: string;
  readonly bytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

/** Copies of the database: as they leave, and as they come back. */
export interface Backups {
  /** Made while everything goes on. @throws Problem `storage-unavailable` */
  take(): Promise<Copy>;
  /**
   * @param announcedBytes 0 where nothing was announced
   * @throws Problem `payload-too-large`, `invalid-body` where it ends early, `storage-unavailable`
   */
  receive(body: Readable, announcedBytes: number): Promise<Upload>;
  /** @throws Problem `invalid-backup`, `storage-unavailable` */
  check(upload: Upload): Promise<Backup>;
  discard(upload: Upload): void;
}

/** Maximum size of an upload: ten thousand definitions have 12 million bytes. */
const UPLOAD_LIMIT_BYTES = 256 * 1024 * 1024;

/**
 * @param file the database
 * @param dataDir its folder, of which one folder is ours alone: what a crash left in it is removed
 */
export function createBackups({
  file,
  dataDir,
  now,
  limitBytes = UPLOAD_LIMIT_BYTES,
}: {
  readonly file: string;
  readonly dataDir: string;
  readonly now: () => Date;
  readonly limitBytes?: number;
}): Backups {
  const folder = path.join(dataDir, 'transfer');
  rmSync(folder, { recursive: true, force: true });
  let last: Promise<unknown> = Promise.resolve();
  let lastCheck: Promise<unknown> = Promise.resolve();

  function newFile(): string {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const made = path.join(folder, `${randomUUID()}.db`);
    closeSync(openSync(made, 'wx', 0o600));
    return made;
  }

  const remove = (made: string): void => {
    for (const part of [made, `${made}-wal`, `${made}-shm`, `${made}-journal`]) rmSync(part, { force: true });
  };

  /** The file has no name any more when somebody reads it: it goes with its last reader, however that ends. */
  async function copy(): Promise<Copy> {
    const takenAt = now();
    const made = newFile();
    try {
      await copyInto(made);
      stamp(made, takenAt);
      const handle = await open(made, 'r');
      await unlink(made);
      const { size } = await handle.stat();
      return { takenAt, bytes: size, read: () => handle.createReadStream() };
    } catch (error) {
      throw toProblem(toDriverError(error));
    } finally {
      remove(made);
    }
  }

  /** Copies the database on its own connection and in another thread, so that nobody waits for it. */
  async function copyInto(made: string): Promise<void> {
    const source = new DatabaseSync(file, { readOnly: true });
    try {
      // In one step, and so in one transaction; in several it would start again after every write.
      await backup(source, made, { rate: -1 });
    } finally {
      source.close();
    }
  }

  return {
    take() {
      const mine = last.then(copy, copy);
      last = mine;
      return mine;
    },
    async receive(body, announcedBytes) {
      if (announcedBytes > limitBytes) throw tooLarge();
      const made = newFile();
      const hash = createHash('sha256');
      let bytes = 0;
      async function* counted(source: AsyncIterable<Buffer>) {
        for await (const chunk of source) {
          bytes += chunk.length;
          if (bytes > limitBytes) throw tooLarge();
          hash.update(chunk);
          yield chunk;
        }
      }
      try {
        // What is refused stays open, so that the refusal can be answered.
        const source = body.iterator({ destroyOnReturn: false });
        // Opened before: a stream that opens it itself could do so after it has been removed, and make it anew.
        await pipeline(counted(source), (await open(made, 'r+')).createWriteStream());
        return { file: made, bytes, sha256: hash.digest('hex') };
      } catch (error) {
        remove(made);
        if (body.destroyed && !(error instanceof Problem))
          throw new Problem('invalid-body', 'The upload ended early. Send the backup again.');
        throw toProblem(error);
      }
    },
    check(upload) {
      // One at a time: each may take a process and as much memory as its file.
      const mine = lastCheck.then(() => checkBackup(upload.file));
      lastCheck = mine.catch(() => undefined);
      return mine;
    },
    discard: (upload) => remove(upload.file),
  };
}

const tooLarge = (): Problem =>
  new Problem(
    'payload-too-large',
    'An uploaded backup may have at most 256 MiB. For a larger one, replace the database file while Berth is stopped.',
  );

/** Makes it one file that is whole by itself and says of when it is. */
function stamp(made: string, takenAt: Date): void {
  const db = new DatabaseSync(made);
  try {
    db.exec('PRAGMA journal_mode=DELETE');
    db.exec(`INSERT INTO "Setting" (key, value) VALUES ('${MARK}', '${backupMark(takenAt)}')
      ON CONFLICT (key) DO UPDATE SET value = excluded.value`);
  } finally {
    db.close();
  }
}
