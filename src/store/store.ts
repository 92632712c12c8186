import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { ContainerPort, Definition, Reservation, Spec } from '../domain/definition.js';
import type { PortRange } from '../domain/ports.js';
import { type Database, openDatabase } from './database.js';
import { createMemory, type Memory, type StateReads } from './memory.js';
import { lockDataDir } from './server-lock.js';
import { settleInstance } from './settings.js';
import { toProblem } from './storage-problem.js';
import { createWriter, type WriterOptions } from './writer.js';

export interface StoreOptions {
  /** The folder of the database; made where it is not there. */
  readonly dataDir: string;
  /** Where picked host ports come from. */
  readonly portRange: PortRange;
  /** The owner of what is made on the engine. By default the one that the database was made with. */
  readonly instance?: string;
  readonly now: () => Date;
  readonly random: () => number;
  /** By default random UUIDs. Never the same one twice. */
  readonly newUid?: () => string;
  /** How long a write waits for another process that has the database locked; 5,000 by default. */
  readonly lockedWaitMs?: number;
}

/** What a transaction may do; what it reads includes what it has written. */
export interface StoreTransaction extends StateReads {
  insert(definition: { readonly name: string; readonly spec: Spec }): Promise<Definition>;
  /** The next generation. */
  replaceSpec(uid: string, spec: Spec): Promise<Definition>;
  setRestartOf(uid: string, startedAt: string): Promise<Definition>;
  requestDeletion(uid: string): Promise<Definition>;
  /** The definition and all that it holds. */
  delete(uid: string): Promise<void>;
  /**
   * Brings a definition's reservations in line with its mappings, and with the container ports that `publishAll`
   * publishes (by default those that it publishes now). Host ports in `avoid` are not picked.
   *
   * @throws Problem `port-claimed`
   */
  reserve(
    definition: Definition,
    options?: { readonly publishAll?: readonly ContainerPort[]; readonly avoid?: ReadonlySet<number> },
  ): Promise<void>;
  setReservations(uid: string, reservations: readonly Reservation[]): Promise<void>;
}

/**
 * The desired state: in SQLite, and the same in memory for reading. Every write is a transaction that is committed and
 * synced when its promise resolves; memory changes after that and not otherwise.
 */
export interface Store extends Omit<Memory, 'apply'> {
  readonly instance: string;
  /**
   * Runs alone: a second one waits, in the order of the calls. A write that failed undoes all of it, caught or not.
   *
   * @throws whatever `run` throws, undone; Problem `storage-unavailable`
   */
  transact<T>(run: (tx: StoreTransaction) => Promise<T>): Promise<T>;
  /** Whether the database can be read. @throws Problem `storage-unavailable` */
  check(): Promise<void>;
  /** Lets what was asked for come to its end, and refuses what is asked for from now on. */
  close(): Promise<void>;
}

/**
 * Opens the database of a data folder, applies its migrations, and reads it.
 *
 * @throws Error with a sentence for a person: another server has it, it is newer than this program, it is damaged
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const { dataDir, newUid = randomUUID } = options;
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const unlock = lockDataDir(dataDir);
  let database: Database | undefined;
  try {
    database = await openDatabase(path.join(dataDir, 'berth.db'));
    const memory = createMemory();
    await load(database, memory);
    const instance = await settleInstance(database, options.instance, memory.size === 0, randomUUID);
    return storeOver({ ...options, newUid, database, memory, instance, unlock });
  } catch (error) {
    await database?.close();
    unlock();
    throw error;
  }
}

/** Fills an empty memory with what the database has. @throws Error with a sentence for a person when it is damaged */
export async function load({ client }: Database, memory: Memory): Promise<void> {
  const rows = await client.definition.findMany({ orderBy: { seq: 'asc' } });
  const claims = await client.reservation.findMany({ orderBy: { id: 'asc' } });
  const reservations = new Map<string, Reservation[]>();
  for (const { id: _, hostIp, ...claim } of claims) {
    const reservation = { ...claim, ...(hostIp !== null && { hostIp }) } as Reservation;
    const held = reservations.get(claim.uid);
    if (held === undefined) reservations.set(claim.uid, [reservation]);
    else held.push(reservation);
  }
  const definitions = rows.map((row): [string, Definition] => [row.uid, { ...row, spec: parseSpec(row) }]);
  memory.apply({ definitions: new Map(definitions), reservations });
}

function parseSpec({ name, spec }: { readonly name: string; readonly spec: string }): Spec {
  try {
    return JSON.parse(spec) as Spec;
  } catch (cause) {
    throw new Error(`the definition ${name} in the database is damaged: restore a backup of it`, { cause });
  }
}

function storeOver(parts: WriterOptions & { readonly instance: string; readonly unlock: () => void }): Store {
  const { instance, unlock, ...options } = parts;
  const { database, memory } = options;
  const writer = createWriter(options);
  return {
    instance,
    byName: memory.byName,
    byUid: memory.byUid,
    reservationsOf: memory.reservationsOf,
    recipientsOf: memory.recipientsOf,
    onNetwork: memory.onNetwork,
    claims: memory.claims,
    all: memory.all,
    get size() {
      return memory.size;
    },
    transact: writer.transact,
    async check() {
      try {
        await database.client.setting.count();
      } catch (error) {
        throw toProblem(error);
      }
    },
    close: () => writer.close().finally(unlock),
  };
}
