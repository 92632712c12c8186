/**
 * Checks a database file that somebody sent, in a process of its own: whatever the file holds can only stop this process,
 * which is killed when it takes too long. No statement touches a table of the file before its schema is one of ours.
 *
 * Arguments: the file, and as JSON the digests of the schemas that are accepted, the text of the table of migrations,
 * the migrations that are known, and the greatest number that a sequence may have.
 * Answers on stdout with JSON: `{ "fault": null }`, or a sentence without its full stop.
 */

import { createHash } from 'node:crypto';
import { DatabaseSync } from '@photostructure/sqlite';

const [, , file = '', given = ''] = process.argv;
/** @type {import('../sqlite/migrate.js').KnownSchemas & { readonly greatest: number }} */
const known = JSON.parse(given);
const { schemas, migrationsTable, migrations, greatest } = known;

/** More than any version has. */
const ENTRIES = 200;
const OURS = ['_prisma_migrations', 'Definition', 'Setting'];

process.stdout.write(JSON.stringify({ fault: faultOf() }));

/** @typedef {InstanceType<typeof DatabaseSync>} Database */
/** @typedef {{ readonly type: string, readonly name: string, readonly sql: string | null }} Entry */

/** @returns {string | null} */
function faultOf() {
  const db = new DatabaseSync(file, { defensive: true, allowExtension: false });
  try {
    // The first statement that looks at the file is the one that reads its schema.
    db.exec('PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON; PRAGMA mmap_size=0');
    const schema = /** @type {Entry[]} */ (
      db.prepare(`SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name LIMIT ${ENTRIES}`).all()
    );
    return schemaFault(db, schema) ?? damage(db) ?? orphans(db) ?? exhausted(db) ?? null;
  } catch (error) {
    return `it is damaged (${error instanceof Error ? error.message : error})`;
  } finally {
    db.close();
  }
}

/** @param {Database} db @param {readonly Entry[]} schema @returns {string | undefined} */
function schemaFault(db, schema) {
  const digest = createHash('sha256').update(JSON.stringify(schema)).digest('hex');
  if (schemas.includes(digest)) return undefined;
  const tables = new Set(schema.map(({ name }) => name));
  if (!OURS.every((table) => tables.has(table)))
    return 'it is the database of another program; send the file from GET /v1/backup';
  const later = laterMigrations(db, schema);
  if (later.length === 0) return 'its tables match no version of Berth; take another backup';
  return `it is newer than this version of Berth (it has ${later.join(', ')}): start the version that made it, or a later one`;
}

/**
 * Reads the table only where it is exactly ours: then reading it runs nothing of the file's.
 *
 * @param {Database} db @param {readonly Entry[]} schema
 */
function laterMigrations(db, schema) {
  const isOurs = schema.some(
    ({ type, name, sql }) => type === 'table' && name === '_prisma_migrations' && sql === migrationsTable,
  );
  if (!isOurs) return [];
  return db
    .prepare('SELECT migration_name AS name FROM "_prisma_migrations" LIMIT 1000')
    .all()
    .map((row) => String(/** @type {{ readonly name: unknown }} */ (row).name).slice(0, 100))
    .filter((name) => !migrations.includes(name));
}

/** @param {Database} db */
function damage(db) {
  const found = db
    .prepare('PRAGMA integrity_check(1)')
    .all()
    .map((row) => Object.values(/** @type {object} */ (row))[0])
    .join();
  return found === 'ok' ? undefined : `it is damaged (${found}); take another backup`;
}

/** @param {Database} db */
function orphans(db) {
  const isWhole = db.prepare('PRAGMA foreign_key_check').get() === undefined;
  return isWhole ? undefined : 'it has rows without their definition; take another backup';
}

/** At its maximum a sequence gives no number any more, and every later write would fail. @param {Database} db */
function exhausted(db) {
  /** @param {string} column */
  const beyond = (column) => `NOT (typeof(${column}) = 'integer' AND ${column} BETWEEN 0 AND ${greatest})`;
  for (const [table, column, name] of [
    ['sqlite_sequence', 'seq', 'name'],
    ['Definition', 'seq', "'Definition'"],
    ['Reservation', 'id', "'Reservation'"],
  ]) {
    const found = /** @type {{ readonly name: string, readonly number: string } | undefined} */ (
      db
        .prepare(
          `SELECT substr(${name}, 1, 100) AS name, substr(CAST("${column}" AS TEXT), 1, 100) AS number
         FROM "${table}" WHERE ${beyond(`"${column}"`)} LIMIT 1`,
        )
        .get()
    );
    if (found !== undefined) {
      return `the sequence of its table ${found.name} is exhausted or damaged (${found.number}); take another backup`;
    }
  }
  return undefined;
}
