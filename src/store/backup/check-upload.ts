/** A database file that somebody sent: checked before anything in it runs, and row by row before anything of it is stored. */

import { execFile } from 'node:child_process';
import { closeSync, openSync, readSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Problem } from '../../domain/problems/problem.js';
import type { FieldFault } from '../../domain/problems/result.js';
import { andMore } from '../../domain/problems/summarise.js';
import type { PrismaClient } from '../../generated/prisma/client.js';
import { slices } from '../../observability/slices.js';
import { MIGRATIONS, openDatabase } from '../sqlite/database.js';
import { toDriverError } from '../sqlite/driver-errors.js';
import { type KnownSchemas, knownSchemas, MigrationError } from '../sqlite/migrate.js';
import { GREATEST, prismaStorage, toResponse } from '../sqlite/prisma-storage.js';
import { toProblem } from '../sqlite/storage-errors.js';
import { INSTANCE } from '../state/settings.js';
import type { Backup } from '../storage.js';
import { responseFaults, rowFaults } from './check-rows.js';
import { MARK, takenAtOf } from './copy-detection.js';

/** The first bytes of every SQLite database. Rule: https://sqlite.org/fileformat.html, 1.3. */
const MAGIC = 'SQLite format 3\0';

/**
 * Time that the process that opens a file first may take, in milliseconds: seconds for the largest that may be sent.
 */
const LIMIT_MS = 60_000;

/** Number of kept answers read at a time. */
const PAGE = 100;

const CHECK = fileURLToPath(new URL('./check-file.mjs', import.meta.url));

let schemas: KnownSchemas | undefined;

/**
 * Checks a file and brings it to this program's schema, in place. Its schema is compared with ours before any statement
 * touches its tables, in a process of its own that is killed when it takes too long; then every row is checked by the
 * rules of a declaration.
 *
 * @throws Problem `invalid-backup` with every fault, or `storage-unavailable` where the disk is in the way
 */
export async function checkBackup(file: string, limitMs = LIMIT_MS): Promise<Backup> {
  try {
    checkMagic(file);
    await checkApart(file, limitMs);
    const database = await openDatabase(file, false);
    try {
      const storage = prismaStorage(database);
      const stored = await storage.read();
      const instance = await storage.setting(INSTANCE);
      if (instance === '') throw invalid('it has no instance id; take another backup');
      const breathe = slices();
      const faults = [
        ...(await rowFaults({ ...stored, instance }, breathe)),
        ...(await keptFaults(database.client, breathe)),
      ];
      if (faults.length > 0) throw refused(faults);
      return { file, takenAt: takenAtOf(await storage.setting(MARK)), instance, stored };
    } finally {
      await database.close();
    }
  } catch (thrown) {
    throw asRefusal(thrown, file);
  }
}

const invalid = (why: string, cause?: unknown): Problem =>
  new Problem('invalid-backup', `The backup cannot be restored: ${why}.`, { cause });

function refused(faults: readonly FieldFault[]): Problem {
  const [first] = faults;
  return new Problem(
    'invalid-backup',
    `The backup cannot be restored: ${first?.pointer}: ${first?.message}${andMore(faults.length - 1)}.`,
    {
      faults: faults.map((fault) => ({ in: 'file', ...fault })),
    },
  );
}

function checkMagic(file: string): void {
  const head = Buffer.alloc(MAGIC.length);
  const opened = openSync(file, 'r');
  readSync(opened, head);
  closeSync(opened);
  if (head.toString('latin1') !== MAGIC)
    throw invalid('it is not an SQLite database; send the file from GET /v1/backup');
}

/** Runs check-file.mjs on the file. @throws Problem `invalid-backup` */
async function checkApart(file: string, limitMs: number): Promise<void> {
  schemas ??= knownSchemas(MIGRATIONS);
  const given = JSON.stringify({ ...schemas, greatest: GREATEST });
  const fault = await new Promise<string | null>((resolve, reject) => {
    const options = { env: {}, timeout: limitMs, killSignal: 'SIGKILL' as const };
    execFile(process.execPath, [CHECK, file, given], options, (error, stdout, stderr) => {
      if (error?.killed) resolve(`the check takes longer than ${limitMs / 1000} seconds`);
      else if (error !== null) reject(new Error(`checking a backup failed: ${stderr || error.message}`));
      else resolve((JSON.parse(stdout) as { readonly fault: string | null }).fault);
    });
  });
  if (fault !== null) throw invalid(fault);
}

async function keptFaults(client: PrismaClient, breathe: () => Promise<void>): Promise<readonly FieldFault[]> {
  const faults: FieldFault[] = [];
  for (let after = ''; ; ) {
    const rows = await client.response.findMany({ where: { key: { gt: after } }, orderBy: { key: 'asc' }, take: PAGE });
    faults.push(...rows.flatMap((row) => responseFaults(toResponse(row))));
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE) return faults;
    after = last.key;
    await breathe();
  }
}

function asRefusal(thrown: unknown, file: string): unknown {
  if (thrown instanceof Problem) return thrown;
  const problem = toProblem(toDriverError(thrown));
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  if (problem instanceof Problem && !/malformed|not a database/.test(text)) return problem;
  const said = text.replaceAll(`the database ${file}`, 'it').replaceAll(file, 'it');
  return thrown instanceof MigrationError ? invalid(said, thrown) : invalid(`it is damaged (${said})`, thrown);
}
