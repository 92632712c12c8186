import { randomUUID } from 'node:crypto';
import { chmodSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import type { ContainerPort, Definition, Reservation, Spec } from '../domain/definition.js';
import type { PortRange } from '../domain/ports.js';
import { type Database, openDatabase } from './database.js';
import { createMemory, type Memory, type StateReads } from './memory.js';
import { lockDataDir } from './server-lock.js';
import { settleInstance } from './settings.js';
import { toProblem } from './storage-problem.js';
import { createTransaction } from './transaction.js';

export interface StoreOptions {
  /** The folder of the database; made where it is not there. */
  readonly dataDir: string;
  /** Where picked host ports come from. */
  readonly portRange: PortRange;
  /** The owner of what is made on the engine. By default the one that the database was made with. */
  readonly instance?: string;
  readonly now: () => Date;
  readonly random: () => number;
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
  /** Runs alone: a second one waits. @throws whatever `run` throws, undone; Problem `storage-unavailable` */
  transact<T>(run: (tx: StoreTransaction) => Promise<T>): Promise<T>;
  /** Whether the database can be read. @throws Problem `storage-unavailable` */
  check(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens the database of a data folder, applies its migrations, and reads it.
 *
 * @throws Error with a sentence for a person: another server has it, it is newer than this program, it is damaged
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const { dataDir, now, random, portRange } = options;
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const unlock = lockDataDir(dataDir);
  let database: Database | undefined;
  try {
    const file = path.join(dataDir, 'berth.db');
    database = await openDatabase(file);
    chmodSync(file, 0o600);
    const memory = createMemory();
    await load(database, memory);
    const instance = await settleInstance(database, options.instance, memory.size === 0, randomUUID);
    return storeOver({ database, memory, instance, unlock, now, random, portRange });
  } catch (error) {
    await database?.close();
    unlock();
    throw error;
  }
}

async function load(database: Database, memory: Memory): Promise<void> {
  const rows = await database.client.definition.findMany({
    include: { reservations: { orderBy: { id: 'asc' } } },
    orderBy: { seq: 'asc' },
  });
  const definitions = rows.map(({ reservations: _, spec, ...row }): [string, Definition] => [
    row.uid,
    { ...row, spec: JSON.parse(spec) as Spec },
  ]);
  const reservations = rows.map((row): [string, readonly Reservation[]] => [
    row.uid,
    row.reservations.map(
      ({ id: _, hostIp, ...claim }) => ({ ...claim, ...(hostIp !== null && { hostIp }) }) as Reservation,
    ),
  ]);
  memory.apply({ definitions: new Map(definitions), reservations: new Map(reservations) });
}

function storeOver(parts: {
  readonly database: Database;
  readonly memory: Memory;
  readonly instance: string;
  readonly unlock: () => void;
  readonly now: () => Date;
  readonly random: () => number;
  readonly portRange: PortRange;
}): Store {
  const { database, memory, instance, unlock, ...context } = parts;
  let last: Promise<unknown> = Promise.resolve();

  async function run<T>(work: (tx: StoreTransaction) => Promise<T>): Promise<T> {
    const definitions = new Map<string, Definition | null>();
    const reservations = new Map<string, readonly Reservation[]>();
    let refusal: { readonly thrown: unknown } | undefined;
    try {
      const result = await database.client.$transaction(async (client) => {
        const tx = createTransaction({ ...context, client, memory, definitions, reservations });
        try {
          return await work(tx);
        } catch (thrown) {
          refusal = { thrown };
          throw thrown;
        }
      });
      memory.apply({ definitions, reservations });
      return result;
    } catch (thrown) {
      throw toProblem(refusal?.thrown ?? thrown);
    }
  }

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
    transact(work) {
      const mine = last.then(
        () => run(work),
        () => run(work),
      );
      last = mine;
      return mine;
    },
    async check() {
      try {
        await database.client.setting.count();
      } catch (error) {
        throw toProblem(error);
      }
    },
    async close() {
      await last.catch(() => undefined);
      await database.close();
      unlock();
    },
  };
}
