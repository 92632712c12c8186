import { createHash, randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';

type Connection = InstanceType<typeof DatabaseSync>;

// Byte-for-byte the table that Prisma's schema engine creates (7.10, sqlite).
const TABLE = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
    "id"                    TEXT PRIMARY KEY NOT NULL,
    "checksum"              TEXT NOT NULL,
    "finished_at"           DATETIME,
    "migration_name"        TEXT NOT NULL,
    "logs"                  TEXT,
    "rolled_back_at"        DATETIME,
    "started_at"            DATETIME NOT NULL DEFAULT current_timestamp,
    "applied_steps_count"   INTEGER UNSIGNED NOT NULL DEFAULT 0
)`;

const INSERT = `INSERT INTO "_prisma_migrations"
    (id, checksum, finished_at, migration_name, logs, rolled_back_at, started_at, applied_steps_count)
    VALUES (?, ?, ?, ?, NULL, NULL, ?, 1)`;

interface Recorded {
  readonly migration_name: string;
  readonly checksum: string;
  readonly finished_at: string | number | null;
  readonly rolled_back_at: string | number | null;
}

interface Migration {
  readonly name: string;
  readonly sql: string;
  /** SHA-256 of the file, as Prisma records it. */
  readonly checksum: string;
}

/** A database that can't be brought to this program's schema. The message is a sentence for a person. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError';
}

/**
 * Applies the migrations of a folder that a database does not have, all or none of them, recorded the way
 * `prisma migrate deploy` does. A database that has some already is first copied beside itself, as
 * `berth.db.before-MIGRATION`.
 *
 * @param keepsCopy false for a file that is a copy itself
 * @returns the names of those applied
 * @throws MigrationError when one was edited, is recorded as failed, or is not known here, or the file can't be used
 */
export function migrate(file: string, dir: string, keepsCopy = true): readonly string[] {
  const known = readMigrations(dir);
  let db: Connection | undefined;
  try {
    db = new DatabaseSync(file);
    db.exec('PRAGMA busy_timeout=10000; PRAGMA journal_mode=WAL;');
    db.exec('PRAGMA foreign_keys=OFF;'); // a no-op inside a transaction, and Prisma's table rebuilds need it (else ON DELETE CASCADE fires)
    if (keepsCopy) copyBefore(db, file, known);
    db.exec('BEGIN IMMEDIATE');
    const applied = apply(db, file, known);
    db.exec('COMMIT');
    return applied;
  } catch (cause) {
    if (db?.isTransaction) db.exec('ROLLBACK');
    if (cause instanceof MigrationError) throw cause;
    const hint = 'check its owner, its disk and which processes have it open, or restore a backup';
    throw new MigrationError(`the database ${file} can't be used (${textOf(cause)}): ${hint}`, { cause });
  } finally {
    db?.close();
  }
}

/** The schemas that databases of this program have had, for comparing another one's text with them. */
export interface KnownSchemas {
  /** The SHA-256 of the schema after each migration, hexadecimal, the newest last. */
  readonly schemas: readonly string[];
  /** The text of the table that records migrations, as SQLite keeps it. */
  readonly migrationsTable: string;
  /** The names of the migrations. */
  readonly migrations: readonly string[];
}

/** Makes each schema in memory. @param dir the folder of the migrations */
export function knownSchemas(dir: string): KnownSchemas {
  const db = new DatabaseSync(':memory:');
  try {
    db.exec(TABLE);
    const known = readMigrations(dir);
    const rows = db.prepare('SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name');
    const schemas = known.map(({ sql }) => {
      db.exec(sql);
      return createHash('sha256').update(JSON.stringify(rows.all())).digest('hex');
    });
    const table = db.prepare("SELECT sql FROM sqlite_schema WHERE name = '_prisma_migrations'").get();
    const { sql: migrationsTable } = table as { readonly sql: string };
    return { schemas, migrationsTable, migrations: known.map(({ name }) => name) };
  } finally {
    db.close();
  }
}

function readMigrations(dir: string): readonly Migration[] {
  return readdirSync(dir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => {
      const sql = readFileSync(path.join(dir, name, 'migration.sql'));
      return { name, sql: sql.toString('utf8'), checksum: createHash('sha256').update(sql).digest('hex') };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function apply(db: Connection, file: string, known: readonly Migration[]): readonly string[] {
  db.exec(TABLE);
  const pending = unapplied(db, file, known);
  for (const { name, sql, checksum } of pending) {
    const started = stamp();
    try {
      db.exec(sql);
    } catch (cause) {
      const message = `migration ${name} failed on ${file} (${textOf(cause)}), and nothing was changed: report it, and go back to the previous version`;
      throw new MigrationError(message, { cause });
    }
    db.prepare(INSERT).run(randomUUID(), checksum, stamp(), name, started);
  }
  const broken = pending.length === 0 ? [] : db.prepare('PRAGMA foreign_key_check').all();
  if (broken.length === 0) return pending.map(({ name }) => name);
  const rows = JSON.stringify(broken.slice(0, 3));
  throw new MigrationError(
    `the migrations leave rows of ${file} without their parents (${rows}), and nothing was changed: report it`,
  );
}

/** Copies a database that lacks migrations and has others. @throws MigrationError when there is no room for the copy */
function copyBefore(db: Connection, file: string, known: readonly Migration[]): void {
  const table = db.prepare("SELECT 1 FROM sqlite_schema WHERE name = '_prisma_migrations'").get();
  const [next] = table === undefined ? [] : unapplied(db, file, known);
  if (next === undefined || db.prepare('SELECT 1 FROM "_prisma_migrations"').get() === undefined) return;
  const copy = `${file}.before-${next.name}`;
  const part = `${copy}.part`;
  try {
    rmSync(part, { force: true });
    // SQLite writes into an empty file that exists: so only the owner can read the copy from the start.
    const made = openSync(part, 'wx', 0o600);
    try {
      db.prepare('VACUUM INTO ?').run(part);
      fsyncSync(made);
    } finally {
      closeSync(made);
    }
    renameSync(part, copy);
  } catch (cause) {
    rmSync(part, { force: true });
    const message = `the database can't be copied to ${copy} before its migration (${textOf(cause)}), and nothing was changed: make room for a second copy, then start again`;
    throw new MigrationError(message, { cause });
  }
}

/** @throws MigrationError when what is recorded is not the beginning of what is known */
function unapplied(db: Connection, file: string, known: readonly Migration[]): readonly Migration[] {
  const rows = db
    .prepare('SELECT migration_name, checksum, finished_at, rolled_back_at FROM "_prisma_migrations"')
    .all() as readonly Recorded[];
  const recorded = rows.filter((row) => row.rolled_back_at === null);
  const failed = recorded.find((row) => row.finished_at === null);
  if (failed !== undefined) {
    const message = `migration ${failed.migration_name} is recorded in ${file} as failed: restore a backup from before it`;
    throw new MigrationError(message);
  }
  const done = new Map(recorded.map((row) => [row.migration_name, row.checksum]));
  const edited = known.find(({ name, checksum }) => (done.get(name) ?? checksum) !== checksum);
  if (edited !== undefined) {
    const message = `migration ${edited.name} was edited after it was applied to ${file}: use the version of Berth that applied it`;
    throw new MigrationError(message);
  }
  const names = new Set(known.map(({ name }) => name));
  const unknown = [...done.keys()].filter((name) => !names.has(name));
  if (unknown.length > 0) {
    const message = `the database ${file} is newer than this version of Berth (it has ${unknown.join(', ')}): start the version that made it, or a later one`;
    throw new MigrationError(message);
  }
  return known.filter(({ name }) => !done.has(name));
}

const stamp = (): string => new Date().toISOString().replace('Z', '+00:00');

const textOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown));
