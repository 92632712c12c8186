import { setTimeout as pause } from 'node:timers/promises';
import type { Definition, Reservation } from '../domain/definition.js';
import { Problem } from '../domain/problem.js';
import type { Database } from './database.js';
import type { Memory } from './memory.js';
import { isLocked, toProblem } from './storage-problem.js';
import type { Store, StoreTransaction } from './store.js';
import { createTransaction, type TransactionContext } from './transaction.js';

/** Between two attempts at a database that another process has locked. */
const LOCKED_PAUSE_MS = 25;

const DEFAULT_LOCKED_WAIT_MS = 5000;

export interface WriterOptions extends Pick<TransactionContext, 'now' | 'random' | 'newUid' | 'portRange'> {
  readonly database: Database;
  readonly memory: Memory;
  /** How long a write waits, from when it was asked for, for another process that has the database locked. */
  readonly lockedWaitMs?: number | undefined;
}

type Work<T> = (tx: StoreTransaction) => Promise<T>;

/** The one writer of a database and of the memory that equals it: transactions one after the other. */
export function createWriter(options: WriterOptions): Pick<Store, 'transact' | 'close'> {
  const { database, memory, lockedWaitMs = DEFAULT_LOCKED_WAIT_MS, ...context } = options;
  let last: Promise<unknown> = Promise.resolve();
  let closed: Promise<void> | undefined;

  /** Waits for a lock here, where others can go on meanwhile: SQLite's own waiting would hold up the process. */
  async function run<T>(work: Work<T>, deadline: number): Promise<T> {
    for (;;) {
      let begun = false;
      try {
        return await attempt((tx) => {
          begun = true;
          return work(tx);
        });
      } catch (thrown) {
        if (begun || !isLocked(thrown) || performance.now() >= deadline) throw toProblem(thrown);
      }
      await pause(LOCKED_PAUSE_MS);
    }
  }

  async function attempt<T>(work: Work<T>): Promise<T> {
    const definitions = new Map<string, Definition | null>();
    const reservations = new Map<string, readonly Reservation[]>();
    let failure: { readonly thrown: unknown } | undefined;
    const failed = (thrown: unknown): void => {
      failure ??= { thrown };
    };
    const value = await database.client.$transaction(async (client) => {
      const done = await work(createTransaction({ ...context, client, memory, definitions, reservations, failed }));
      if (failure !== undefined) throw failure.thrown;
      return done;
    });
    memory.apply({ definitions, reservations });
    return value;
  }

  return {
    transact(work) {
      if (closed !== undefined) {
        return Promise.reject(new Problem('storage-unavailable', 'Berth is stopping: try again when it is back.'));
      }
      const deadline = performance.now() + lockedWaitMs;
      const mine = last.then(
        () => run(work, deadline),
        () => run(work, deadline),
      );
      last = mine;
      return mine;
    },
    close() {
      const done = () => database.close();
      closed ??= last.then(done, done);
      return closed;
    },
  };
}
