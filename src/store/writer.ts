import { setTimeout as pause } from 'node:timers/promises';
import type { Definition, Reservation } from '../domain/definition.js';
import type { EventRecord, NewEvent } from '../domain/event.js';
import { Problem } from '../domain/problem.js';
import { failPoint } from '../observability/fail-point.js';
import type { WritableEventLog } from './event-log.js';
import type { Memory } from './memory.js';
import type { Storage, Tables } from './storage.js';
import type { Store, StoreTransaction } from './store.js';
import { createTransaction, type TransactionContext } from './transaction.js';

/** Between two attempts at a database that another process has locked. */
const LOCKED_PAUSE_MS = 25;

const DEFAULT_LOCKED_WAIT_MS = 5000;

export interface WriterOptions extends Pick<TransactionContext, 'now' | 'random' | 'newUid' | 'portRange'> {
  readonly storage: Storage;
  readonly memory: Memory;
  readonly log: WritableEventLog;
  /** How long a write waits, from when it was asked for, for another process that has the database locked. */
  readonly lockedWaitMs?: number | undefined;
}

type Work<T> = (tx: StoreTransaction) => Promise<T>;

/** The one writer of a storage and of the memory that equals it: transactions one after the other. */
export function createWriter(options: WriterOptions): Pick<Store, 'transact' | 'close'> {
  const { storage, memory, log, lockedWaitMs = DEFAULT_LOCKED_WAIT_MS, ...context } = options;
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
        if (begun || !storage.isBusy(thrown) || performance.now() >= deadline) throw storage.toProblem(thrown);
      }
      await pause(LOCKED_PAUSE_MS);
    }
  }

  async function attempt<T>(work: Work<T>): Promise<T> {
    const definitions = new Map<string, Definition | null>();
    const reservations = new Map<string, readonly Reservation[]>();
    const events: NewEvent[] = [];
    let recorded: readonly EventRecord[] = [];
    const { surplus } = log;
    let failure: { readonly thrown: unknown } | undefined;
    const failed = (thrown: unknown): void => {
      failure ??= { thrown };
    };
    const value = await storage.transaction(async (tables) => {
      const done = await work(
        createTransaction({ ...context, tables, memory, definitions, reservations, events, failed }),
      );
      if (failure !== undefined) throw failure.thrown;
      recorded = await record(tables, events);
      if (recorded.length > 0 && surplus !== null) await tables.dropEvents(surplus);
      failPoint('before-commit');
      return done;
    });
    failPoint('after-commit');
    memory.apply({ definitions, reservations });
    if (recorded.length > 0 && surplus !== null) log.dropped(surplus);
    log.append(recorded);
    return value;
  }

  async function record(tables: Tables, events: readonly NewEvent[]): Promise<readonly EventRecord[]> {
    if (events.length === 0) return [];
    const at = context.now();
    const ids = await tables.addEvents(events.map((event) => ({ ...event, at })));
    return events.map((event, index) => ({ id: ids[index] ?? 0, at, ...event }));
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
      const done = () => storage.close();
      closed ??= last.then(done, done);
      return closed;
    },
  };
}
