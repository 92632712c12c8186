import { type BackoffPolicy, backoffMs, DEFAULT_BACKOFF } from '../../lib/backoff.js';
import type { Clock } from '../../lib/clock.js';

/**
 * Result of a piece of work. `done` clears the key's failures. `retry` counts one more and comes back after the
 * backoff: after at most `withinMs` where a quick recovery is worth the calls, after at least `fromMs` where trying
 * costs an interruption.
 */
export type WorkResult =
  | { readonly kind: 'done' }
  | { readonly kind: 'retry'; readonly withinMs?: number; readonly fromMs?: number };

export type Urgency = 'plain' | 'prompt' | 'urgent';

/** Order of urgency: the most urgent of several wakes counts. */
const RANK: Readonly<Record<Urgency | 'no', number>> = { no: 0, plain: 1, prompt: 2, urgent: 3 };

export interface WorkContext {
  /** Aborted when the key is woken urgently while it is being worked on, and when the queue stops or pauses. */
  readonly signal: AbortSignal;
  /** Runs something slow without taking up one of the queue's places. */
  outside<T>(slow: () => Promise<T>): Promise<T>;
}

export interface Queue {
  /**
   * Requests work on a key. A plain wake leaves a running backoff alone. A prompt one (the current container went down)
   * ends it and keeps the failures; repeated within one backoff, it ends it ever later. An urgent one (a new
   * generation, a source that came up) ends it and forgets the failures.
   */
  wake(key: string, urgency?: Urgency): void;
  /** Ends the waits and resolves when no work is under way. */
  stop(): Promise<void>;
  /** Runs while no work is under way, after asking running work to stop; keys woken meanwhile wait. */
  alone<T>(run: () => Promise<T>): Promise<T>;
  /** Forgets every key, with its failures and its waits. Only while no work is under way. */
  clear(): void;
  /** Number of keys that wait or are worked on; backoffs are not counted. */
  readonly depth: number;
  /** Time that the oldest waiting key has waited, in milliseconds; 0 if none waits. */
  readonly oldestMs: number;
}

interface Entry {
  failures: number;
  /** Number of times a prompt wake ended the backoff since it last expired. */
  prompted: number;
  state: 'idle' | 'queued' | 'running' | 'backoff';
  again: Urgency | 'no';
  cancelTimer: (() => void) | undefined;
  abort: AbortController | undefined;
  /** Start of its wait, by the monotonic clock. */
  queuedAt: number;
  /** End of its last work and end of its backoff, by the monotonic clock. */
  workedAt: number;
  waitsUntil: number;
}

/**
 * A queue of keys: never two works on one key, at most `places` at once over all, a backoff for each key of its own. A
 * wake during the work makes it run once more.
 *
 * @param work must not throw; what it can't do is a `retry`
 */
export function createQueue(options: {
  readonly work: (key: string, context: WorkContext) => Promise<WorkResult>;
  readonly places: number;
  readonly clock: Clock;
  readonly random: () => number;
  readonly backoff?: BackoffPolicy;
}): Queue {
  const { work, places, clock, random, backoff = DEFAULT_BACKOFF } = options;
  const entries = new Map<string, Entry>();
  const ready: string[] = [];
  const waitingForPlace: (() => void)[] = [];
  let taken = 0;
  let running = 0;
  let stopped = false;
  let quietWanted = 0;
  let whenQuiet: (() => void)[] = [];

  function entryOf(key: string): Entry {
    const known = entries.get(key);
    if (known !== undefined) return known;
    const entry: Entry = {
      failures: 0,
      prompted: 0,
      state: 'idle',
      again: 'no',
      cancelTimer: undefined,
      abort: undefined,
      queuedAt: 0,
      workedAt: 0,
      waitsUntil: 0,
    };
    entries.set(key, entry);
    return entry;
  }

  function enqueue(key: string, entry: Entry): void {
    entry.cancelTimer?.();
    entry.cancelTimer = undefined;
    entry.state = 'queued';
    entry.queuedAt = clock.monotonic();
    ready.push(key);
    pump();
  }

  function leavePlace(): void {
    taken--;
    const next = waitingForPlace.shift();
    if (next === undefined) {
      pump();
      return;
    }
    taken++;
    next();
  }

  async function takePlace(): Promise<void> {
    if (taken < places) {
      taken++;
      return;
    }
    await new Promise<void>((resolve) => waitingForPlace.push(resolve));
  }

  function pump(): void {
    while (!stopped && quietWanted === 0 && taken < places) {
      const key = ready.shift();
      if (key === undefined) return;
      taken++;
      void run(key, entryOf(key));
    }
  }

  async function run(key: string, entry: Entry): Promise<void> {
    running++;
    entry.state = 'running';
    entry.again = 'no';
    entry.abort = new AbortController();
    const result = await work(key, {
      signal: entry.abort.signal,
      async outside(slow) {
        leavePlace();
        try {
          return await slow();
        } finally {
          await takePlace();
        }
      },
    });
    entry.abort = undefined;
    running--;
    settle(key, entry, result);
    leavePlace();
    if (running > 0) return;
    for (const resolve of whenQuiet) resolve();
    whenQuiet = [];
  }

  /** Asks running work to stop, and waits for it. */
  async function quiet(): Promise<void> {
    for (const entry of entries.values()) entry.abort?.abort();
    if (running > 0) await new Promise<void>((resolve) => whenQuiet.push(resolve));
  }

  function settle(key: string, entry: Entry, result: WorkResult): void {
    entry.state = 'idle';
    entry.workedAt = clock.monotonic();
    if (stopped) return;
    const again = entry.again as Entry['again'];
    if (again === 'urgent') forgetFailures(entry);
    if (again === 'urgent' || (again !== 'no' && result.kind === 'done')) {
      if (result.kind === 'done') forgetFailures(entry);
      enqueue(key, entry);
      return;
    }
    if (result.kind === 'done') {
      entries.delete(key);
      return;
    }
    entry.failures++;
    const { withinMs = Number.POSITIVE_INFINITY, fromMs = 0 } = result;
    const ms = Math.max(fromMs, Math.min(withinMs, backoffMs(entry.failures, random(), backoff)));
    entry.state = 'backoff';
    wait(entry, entry.workedAt + ms, () => {
      entry.prompted = 0;
      enqueue(key, entry);
    });
    if (again === 'prompt') endBackoff(key, entry);
  }

  function wait(entry: Entry, until: number, then: () => void): void {
    entry.cancelTimer?.();
    entry.waitsUntil = until;
    entry.cancelTimer = clock.after(Math.max(0, until - clock.monotonic()), then);
  }

  /**
   * Ends the backoff at once if the last work is long over; later each time, so that a container that goes down over
   * and over is backed off too.
   */
  function endBackoff(key: string, entry: Entry): void {
    const until = entry.workedAt + backoffMs(entry.prompted + 1, random(), backoff);
    if (until >= entry.waitsUntil) return;
    entry.prompted++;
    wait(entry, until, () => enqueue(key, entry));
  }

  function forgetFailures(entry: Entry): void {
    entry.failures = 0;
    entry.prompted = 0;
  }

  return {
    wake(key, urgency = 'plain') {
      if (stopped) return;
      const entry = entryOf(key);
      if (entry.state === 'running') {
        if (RANK[urgency] > RANK[entry.again]) entry.again = urgency;
        if (urgency === 'urgent') entry.abort?.abort();
        return;
      }
      if (urgency === 'urgent') forgetFailures(entry);
      if (entry.state === 'idle' || (entry.state === 'backoff' && urgency === 'urgent')) enqueue(key, entry);
      else if (entry.state === 'backoff' && urgency === 'prompt') endBackoff(key, entry);
    },
    async stop() {
      stopped = true;
      for (const entry of entries.values()) entry.cancelTimer?.();
      await quiet();
    },
    async alone(run) {
      quietWanted++;
      try {
        await quiet();
        return await run();
      } finally {
        quietWanted--;
        pump();
      }
    },
    clear() {
      for (const entry of entries.values()) entry.cancelTimer?.();
      entries.clear();
      ready.length = 0;
    },
    get depth() {
      return ready.length + running;
    },
    get oldestMs() {
      const [first] = ready;
      return first === undefined ? 0 : clock.monotonic() - entryOf(first).queuedAt;
    },
  };
}
