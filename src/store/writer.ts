import { setTimeout as pause } from 'node:timers/promises';
import type { EventRecord, NewEvent } from '../domain/event.js';
import { Problem } from '../domain/problem.js';
import { failPoint } from '../observability/fail-point.js';
import type { WritableEventLog } from './event-log.js';
import { createMemory, fill, type Memory } from './memory.js';
import type { Backup, Storage, Tables } from './storage.js';
import type { Store, StoreTransaction } from './store.js';
import { createTransaction, type OpenChanges, type TransactionContext } from './transaction.js';

/** Between two attempts at a database that another process has locked. */
const LOCKED_PAUSE_MS = 25;

const DEFAULT_LOCKED_WAIT_MS = 5000;

export interface WriterOptions extends Pick<TransactionContext, 'now' | 'random' | 'newUid' | 'portRange'> {
  readonly storage: Storage;
  readonly memory: Memory;
  readonly log: WritableEventLog;
  /** Hears that what is made on the engine has another owner. */
  readonly instanceChanged: (instance: string) => void;
  /** How long a write waits, from when it was asked for, for another process that has the database locked. */
  readonly lockedWaitMs?: number | undefined;
}

type Work<T> = (tx: StoreTransaction) => Promise<T>;

/** The one writer of a storage and of the memory that equals it: transactions one after the other. */
export function createWriter(options: WriterOptions): Pick<Store, 'transact' | 'restore' | 'close'> {
  const { storage, memory, log, instanceChanged, lockedWaitMs = DEFAULT_LOCKED_WAIT_MS, ...context } = options;
  let last: Promise<unknown> = Promise.resolve();
  let closed: Promise<void> | undefined;

  /** Waits for a lock here, where others can go on meanwhile: SQLite's own waiting would hold up the process. */
  async function run<T>(work: Work<T>, deadline: number, backup?: Backup): Promise<T> {
    for (;;) {
      let begun = false;
      try {
        return await attempt((tx) => {
          begun = true;
          return work(tx);
        }, backup);
      } catch (thrown) {
        if (begun || !storage.isBusy(thrown) || performance.now() >= deadline) throw storage.toProblem(thrown);
      }
      await pause(LOCKED_PAUSE_MS);
    }
  }

  /** @param backup what is put in the place of all that is there before `work` begins */
  async function attempt<T>(work: Work<T>, backup: Backup | undefined): Promise<T> {
    const changes: OpenChanges = { definitions: new Map(), reservations: new Map() };
    const base = backup === undefined ? memory : memoryOf(backup);
    const events: NewEvent[] = [];
    let recorded: readonly EventRecord[] = [];
    const { surplus } = log;
    let failure: { readonly thrown: unknown } | undefined;
    const failed = (thrown: unknown): void => {
      failure ??= { thrown };
    };
    const begin: Storage['transaction'] =
      backup === undefined ? storage.transaction : (inside) => storage.restore(backup, inside);
    const value = await begin(async (tables) => {
      const done = await work(createTransaction({ ...context, tables, memory: base, changes, events, failed }));
      if (failure !== undefined) throw failure.thrown;
      recorded = await record(tables, events);
      if (recorded.length > 0 && surplus !== null) await tables.dropEvents(surplus);
      failPoint(backup === undefined ? 'before-commit' : 'before-restore');
      return done;
    });
    failPoint(backup === undefined ? 'after-commit' : 'after-restore');
    if (backup !== undefined) fill(memory, { ...backup.stored, removed: [], tokens: memory.tokens() });
    memory.apply(changes);
    if (changes.instance !== undefined) instanceChanged(changes.instance);
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

  function inTurn<T>(work: Work<T>, backup?: Backup): Promise<T> {
    if (closed !== undefined) {
      return Promise.reject(new Problem('storage-unavailable', 'Berth is stopping: try again when it is back.'));
    }
    const deadline = performance.now() + lockedWaitMs;
    const mine = last.then(
      () => run(work, deadline, backup),
      () => run(work, deadline, backup),
    );
    last = mine;
    return mine;
  }

  return {
    transact: (work) => inTurn(work),
    restore: (backup, work) => inTurn(work, backup),
    close() {
      const done = () => storage.close();
      closed ??= last.then(done, done);
      return closed;
    },
  };
}

function memoryOf({ stored }: Backup): Memory {
  const memory = createMemory();
  fill(memory, stored);
  return memory;
}
