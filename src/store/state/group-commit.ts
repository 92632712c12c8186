import { setTimeout as pause } from 'node:timers/promises';
import type { EventRecord } from '../../domain/event.js';
import { Problem } from '../../domain/problems/problem.js';
import { failPoint } from '../../observability/fail-point.js';
import type { Backup, Storage, Write } from '../storage.js';
import type { Store, StoreTransaction } from '../types.js';
import type { WritableEventLog } from './event-log.js';
import { createMemory, fill, type Memory } from './memory.js';
import { overlay } from './overlay.js';
import {
  addChanges,
  createTransaction,
  isNothing,
  noChanges,
  type OpenChanges,
  RESPONSES_KEPT_MS,
  type TransactionContext,
} from './transaction.js';

/** Between two attempts at a database that another process has locked. */
const LOCKED_PAUSE_MS = 25;

const DEFAULT_LOCKED_WAIT_MS = 5000;

/** So many transactions are committed together at most, and none joins them once they change so many definitions. */
const TOGETHER = 128;

export interface GroupCommitOptions
  extends Pick<TransactionContext, 'now' | 'random' | 'newUid' | 'portRange' | 'networks'> {
  readonly storage: Storage;
  readonly memory: Memory;
  readonly log: WritableEventLog;
  /** The greatest order of a definition that was ever given out. */
  readonly lastSeq: number;
  /** Hears that what is made on the engine has another owner. */
  readonly instanceChanged: (instance: string) => void;
  /** Time that a write waits, from its request on, for another process that has the database locked. */
  readonly lockedWaitMs?: number | undefined;
}

type Work<T> = (tx: StoreTransaction) => Promise<T>;

/** What a restore keeps: this server's own data. */
const ownOf = (memory: Memory) => ({
  linksMoved: memory.linksMoved(),
  tokens: memory.tokens(),
  webhookCursors: memory.webhookCursors(),
});

/** A requested transaction. */
interface Asked {
  readonly work: Work<unknown>;
  /** Backup that replaces the stored definitions before `work` begins. */
  readonly backup: Backup | undefined;
  /** Deadline on the clock of performance.now(), in milliseconds. */
  readonly deadline: number;
  /** Reports the outcome to the caller. */
  readonly done: (outcome: Outcome) => void;
}

type Outcome =
  | { readonly ok: true; readonly value: unknown }
  /** Undone. */
  | { readonly ok: false; readonly thrown: unknown };

/** Failure to store a transaction. */
interface Failure {
  readonly ok: false;
  readonly thrown: unknown;
  /** True if another process was in the way. */
  readonly isBusy: boolean;
}

/**
 * The one writer of a storage and of the memory that equals it: transactions one after the other, each on what those
 * before it have left. Those requested at the same time are committed together, and none is reported before that: a
 * disk syncs for sixty-four as fast as for one.
 */
export function createGroupCommit(
  options: GroupCommitOptions,
): Pick<Store, 'transact' | 'restore' | 'close'> & { readonly isFailing: () => boolean } {
  const { storage, memory, log, instanceChanged, lockedWaitMs = DEFAULT_LOCKED_WAIT_MS, ...context } = options;
  const waiting: Asked[] = [];
  let { lastSeq } = options;
  let running: Promise<void> | undefined;
  /** True if the storage refused the last write. */
  let isFailing = false;
  let closed: Promise<void> | undefined;

  async function run(): Promise<void> {
    await storage.gather();
    for (let first = waiting.shift(); first !== undefined; first = waiting.shift()) {
      if (first.backup === undefined) await runTogether(first);
      else await restore(first, first.backup);
      if (waiting.length > 0) await storage.gather();
    }
    running = undefined;
  }

  async function runTogether(first: Asked): Promise<void> {
    const changes = noChanges();
    const group: Asked[] = [];
    const outcomes: Outcome[] = [];
    for (let asked: Asked | undefined = first; asked !== undefined; asked = next()) {
      group.push(asked);
      outcomes.push(await runOn(changes, asked));
    }
    const failure = await failureOf(changes, group);
    if (failure !== undefined && group.length > 1 && !failure.isBusy) {
      // Whichever it was that can't be stored: the others are not to go with it.
      for (const asked of group) await runAlone(asked);
      return;
    }
    // What one was told to be in the way was not stored either.
    for (const [index, { done }] of group.entries()) done(failure ?? (outcomes[index] as Outcome));

    function next(): Asked | undefined {
      const isFull = Math.max(group.length, changes.definitions.size) >= TOGETHER;
      return isFull || waiting[0]?.backup !== undefined ? undefined : waiting.shift();
    }
  }

  async function runAlone(asked: Asked): Promise<void> {
    const changes = noChanges();
    const outcome = await runOn(changes, asked);
    asked.done((await failureOf(changes, [asked])) ?? outcome);
  }

  /** Runs one on what is stored and those before it have changed, and adds what it changes. */
  async function runOn(changes: OpenChanges, { work }: Asked): Promise<Outcome> {
    const own = noChanges();
    const base = overlay(memory, changes);
    const response = async (key: string) => changes.responses.get(key) ?? storage.response(key);
    const tx = createTransaction({ ...context, base, changes: own, nextSeq: () => ++lastSeq, response });
    const outcome = await outcomeOf(() => work(tx));
    if (outcome.ok) addChanges(changes, own);
    return outcome;
  }

  async function failureOf(changes: OpenChanges, group: readonly Asked[]): Promise<Failure | undefined> {
    if (isNothing(changes)) return undefined;
    const write = written(changes);
    // The others have waited for no longer than the last one.
    const failure = await whenFree(() => storage.commit(write), Math.max(...group.map(({ deadline }) => deadline)));
    if (failure !== undefined) return failure;
    failPoint('after-commit');
    committed(changes, write);
    return undefined;
  }

  async function restore({ work, deadline, done }: Asked, backup: Backup): Promise<void> {
    const changes = noChanges();
    const { stored } = backup;
    const base = createMemory();
    fill(base, { ...stored, webhookCursors: memory.webhookCursors() });
    let seq = Math.max(lastSeq, stored.last.seq);
    const response = (key: string) => storage.response(key);
    const tx = createTransaction({ ...context, base, changes, nextSeq: () => ++seq, response });
    const outcome = await outcomeOf(() => work(tx));
    done((outcome.ok ? await replaced() : undefined) ?? outcome);

    async function replaced(): Promise<Failure | undefined> {
      const write = written(changes);
      const failure = await whenFree(() => storage.restore(backup, write), deadline);
      if (failure !== undefined) return failure;
      failPoint('after-restore');
      lastSeq = seq;
      fill(memory, { ...stored, removed: [], ...ownOf(memory) });
      committed(changes, write);
      return undefined;
    }
  }

  function written(changes: OpenChanges): Write {
    const at = context.now();
    const { events, surplus } = numbered(changes, at);
    return { ...changes, events, surplus, responsesFrom: new Date(at.getTime() - RESPONSES_KEPT_MS) };
  }

  function numbered(changes: OpenChanges, at: Date): Pick<Write, 'events' | 'surplus'> {
    const first = log.newest + 1;
    const events = changes.events.map((event, index): EventRecord => ({ id: first + index, at, ...event }));
    return { events, surplus: events.length > 0 ? log.surplus : null };
  }

  function committed(changes: OpenChanges, { events, surplus }: Write): void {
    memory.apply(changes);
    if (changes.instance !== undefined) instanceChanged(changes.instance);
    if (surplus !== null) log.dropped(surplus);
    log.append(events);
  }

  /** Waits for a lock here, where others can go on meanwhile: SQLite's own waiting would hold up the process. */
  async function whenFree(write: () => Promise<void>, deadline: number): Promise<Failure | undefined> {
    for (;;) {
      try {
        await write();
        isFailing = false;
        return undefined;
      } catch (error) {
        const isBusy = storage.isBusy(error);
        if (!isBusy || performance.now() >= deadline) {
          const thrown = storage.toProblem(error);
          isFailing = thrown instanceof Problem && thrown.code === 'storage-unavailable';
          return { ok: false, thrown, isBusy };
        }
      }
      await pause(LOCKED_PAUSE_MS);
    }
  }

  async function outcomeOf(attempt: () => Promise<unknown>): Promise<Outcome> {
    try {
      return { ok: true, value: await attempt() };
    } catch (thrown) {
      return { ok: false, thrown: storage.toProblem(thrown) };
    }
  }

  function ask<T>(work: Work<T>, backup?: Backup): Promise<T> {
    if (closed !== undefined) {
      return Promise.reject(
        new Problem('storage-unavailable', 'Berth is shutting down. Try again once it is running.'),
      );
    }
    return new Promise<T>((resolve, reject) => {
      const done = (outcome: Outcome): void => (outcome.ok ? resolve(outcome.value as T) : reject(outcome.thrown));
      waiting.push({ work, backup, deadline: performance.now() + lockedWaitMs, done });
      running ??= run();
    });
  }

  return {
    transact: (work) => ask(work),
    restore: (backup, work) => ask(work, backup),
    isFailing: () => isFailing,
    close() {
      closed ??= (running ?? Promise.resolve()).then(() => storage.close());
      return closed;
    },
  };
}
