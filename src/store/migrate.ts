import { createHash, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';

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

interface Row {
  migration_name: string;
  checksum: string;
  finished_at: string | number | null;
  rolled_back_at: string | number | null;
}

export class MigrationError extends Error {
  override readonly name = 'MigrationError';
}

const stamp = () => new Date().toISOString().replace('Z', '+00:00');

/** Applies prisma/migrations in order, each in one transaction, recorded the way `prisma migrate deploy` does. */
export function migrate(file: string, dir: string): string[] {
  const db = new DatabaseSync(file);
  try {
    db.exec('PRAGMA busy_timeout=10000; PRAGMA journal_mode=WAL;');
    db.exec('PRAGMA foreign_keys=OFF;'); // a no-op inside a transaction, and Prisma's table rebuilds need it (else ON DELETE CASCADE fires)
    db.exec('BEGIN IMMEDIATE'); // one writer: a second process waits here and then finds nothing to do
    const applied: string[] = [];
    try {
      db.exec(TABLE);
      const rows = db
        .prepare('SELECT migration_name, checksum, finished_at, rolled_back_at FROM _prisma_migrations')
        .all() as unknown as Row[];
      const failed = rows.find((r) => r.finished_at === null && r.rolled_back_at === null);
      if (failed)
        throw new MigrationError(`migration ${failed.migration_name} is recorded as failed; resolve it first`);
      const done = new Map(rows.filter((r) => r.rolled_back_at === null).map((r) => [r.migration_name, r.checksum]));
      const names = readdirSync(dir, { withFileTypes: true })
        .filter((e) => e.isDirectory())
        .map((e) => e.name)
        .sort();
      const unknown = [...done.keys()].filter((n) => !names.includes(n));
      if (unknown.length > 0) throw new MigrationError(`database is newer than this program: ${unknown.join(', ')}`);
      for (const name of names) {
        const sql = readFileSync(path.join(dir, name, 'migration.sql'));
        const checksum = createHash('sha256').update(sql).digest('hex');
        const known = done.get(name);
        if (known !== undefined) {
          if (known !== checksum) throw new MigrationError(`migration ${name} was edited after it was applied`);
          continue;
        }
        const started = stamp();
        try {
          db.exec(sql.toString('utf8'));
        } catch (e) {
          throw new MigrationError(`migration ${name} failed: ${(e as Error).message}`, { cause: e });
        }
        db.prepare(
          'INSERT INTO _prisma_migrations (id, checksum, finished_at, migration_name, logs, rolled_back_at, started_at, applied_steps_count) VALUES (?, ?, ?, ?, NULL, NULL, ?, 1)',
        ).run(randomUUID(), checksum, stamp(), name, started);
        applied.push(name);
      }
      const broken = db.prepare('PRAGMA foreign_key_check').all();
      if (broken.length > 0)
        throw new MigrationError(`foreign keys broken after migration: ${JSON.stringify(broken.slice(0, 3))}`);
      db.exec('COMMIT');
    } catch (e) {
      if (db.isTransaction) db.exec('ROLLBACK');
      throw e;
    }
    return applied;
  } finally {
    db.close();
  }
}
