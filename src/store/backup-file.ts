/** A database file that somebody sent: whether it is one of ours, whole, and to be understood by this version. */

import { closeSync, openSync, readSync } from 'node:fs';
import { DatabaseSync } from '@photostructure/sqlite';
import { declare, toInput } from '../domain/declare.js';
import type { Definition, Reservation } from '../domain/definition.js';
import { isContainerName } from '../domain/names.js';
import { Problem } from '../domain/problem.js';
import { openDatabase } from './database.js';
import { MARK, takenAtOf } from './lineage.js';
import { MigrationError } from './migrate.js';
import { prismaStorage } from './prisma-storage.js';
import { INSTANCE } from './settings.js';
import { toDriverError } from './sqlite-errors.js';
import type { Backup } from './storage.js';
import { toProblem } from './storage-problem.js';
import { definitionFault, reservationFault } from './stored-shapes.js';

/** How every SQLite database begins. Rule: https://sqlite.org/fileformat.html, 1.3. */
const MAGIC = 'SQLite format 3\0';

/**
 * Checks a file and brings it to this program's schema, in place: by the code that a start runs.
 *
 * @param like the database that it is to have the schema of
 * @throws Problem `invalid-backup`, or `storage-unavailable` where the disk is in the way
 */
export async function checkBackup(file: string, like: string): Promise<Backup> {
  try {
    checkKind(file);
    const database = await openDatabase(file);
    try {
      const storage = prismaStorage(database);
      checkSchema(file, like);
      const stored = await storage.read();
      for (const definition of stored.definitions) checkDefinition(definition);
      for (const reservation of stored.reservations) checkReservation(reservation);
      const instance = await storage.setting(INSTANCE);
      if (instance === '') throw invalid('it does not say whose it is; take another backup');
      return { file, takenAt: takenAtOf(await storage.setting(MARK)), instance, stored };
    } finally {
      await database.close();
    }
  } catch (thrown) {
    throw asRefusal(thrown, file);
  }
}

const invalid = (why: string, cause?: unknown): Problem =>
  new Problem('invalid-backup', `This can't be restored: ${why}.`, { cause });

/** Before anything of ours is written into it. */
function checkKind(file: string): void {
  const head = Buffer.alloc(MAGIC.length);
  const opened = openSync(file, 'r');
  readSync(opened, head);
  closeSync(opened);
  if (head.toString('latin1') !== MAGIC) throw invalid('it is no SQLite database; send what GET /v1/backup gave');
  const db = new DatabaseSync(file);
  try {
    db.exec('PRAGMA trusted_schema=OFF');
    const damage = db
      .prepare('PRAGMA integrity_check(1)')
      .all()
      .map((row) => Object.values(row as object)[0]);
    if (damage.join() !== 'ok') throw invalid(`it is damaged (${damage.join()}); take another backup`);
    const tables = new Set(db.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all().map(nameOf));
    const isOurs = ['_prisma_migrations', 'Definition', 'Setting'].every((table) => tables.has(table));
    if (!isOurs) throw invalid('it is a database of another program; send what GET /v1/backup gave');
  } finally {
    db.close();
  }
}

const nameOf = (row: unknown): string => (row as { readonly name: string }).name;

/** Migrated, it has our tables and nothing else: no trigger and no view that would do more than it says. */
function checkSchema(file: string, like: string): void {
  const found = schemaOf(file);
  if (found.schema !== schemaOf(like).schema) throw invalid('its tables are not those of this version');
  if (found.orphans > 0) throw invalid('it has rows whose definition is missing; take another backup');
}

function schemaOf(file: string): { readonly schema: string; readonly orphans: number } {
  const db = new DatabaseSync(file, { readOnly: true });
  try {
    const sql = "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'";
    return {
      schema: JSON.stringify(db.prepare(`${sql} ORDER BY type, name`).all()),
      orphans: db.prepare('PRAGMA foreign_key_check').all().length,
    };
  } finally {
    db.close();
  }
}

/** What could not be declared could not be kept either. */
function checkDefinition(definition: Definition): void {
  const { name, spec, createdAt, updatedAt, deletionRequestedAt } = definition;
  const isDated = [createdAt, updatedAt, deletionRequestedAt ?? createdAt].every((at) => !Number.isNaN(at.getTime()));
  const fault = isDated ? (definitionFault(definition) ?? faultOf(name, spec)) : 'its times';
  if (fault !== undefined) throw invalid(`its definition ${JSON.stringify(name)} is none for this version: ${fault}`);
}

function checkReservation(reservation: Reservation): void {
  const fault = reservationFault(reservation);
  if (fault !== undefined) throw invalid(`its host port ${reservation.hostPort} is none for this version: ${fault}`);
}

function faultOf(name: string, spec: Definition['spec']): string | undefined {
  if (!isContainerName(name)) return 'the name';
  const declared = declare(toInput(spec));
  return declared.ok ? undefined : declared.faults.map(({ pointer, message }) => `${pointer} ${message}`).join('; ');
}

function asRefusal(thrown: unknown, file: string): unknown {
  if (thrown instanceof Problem) return thrown;
  const problem = toProblem(toDriverError(thrown));
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  if (problem instanceof Problem && !/malformed|not a database/.test(text)) return problem;
  const said = text.replaceAll(`the database ${file}`, 'it').replaceAll(file, 'it');
  return thrown instanceof MigrationError ? invalid(said, thrown) : invalid(`it is damaged (${said})`, thrown);
}
