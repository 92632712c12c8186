import type { Breathe } from '../plan/dry-run/dry-run.js';

/** Visits of many definitions, one after the other, with other work in between. */
export interface Sweep<Kind> {
  /**
   * Requests a visit of each of these definitions. One that already waits is visited once, and keeps its place; one
   * that was visited before this call is visited again.
   */
  visit(uids: Iterable<string>, kind: Kind): void;
  /** Takes back all requests, and resolves when no visit is under way. */
  stop(): Promise<void>;
  /** Number of definitions that wait for a visit. */
  readonly size: number;
}

/**
 * Creates a sweep. A visit sees the state of its own moment, not that of the request: a change that comes between two
 * slices is therefore seen by all visits that follow, and whoever makes it takes care of those visited before.
 *
 * @param options.slices cuts the visits into slices; by default all are made before the request returns
 * @param options.merge the kind of the one visit that is requested twice
 * @param options.failed reports a visit that has thrown; the others are still made
 */
export function createSweep<Kind>(options: {
  readonly slices?: (() => Breathe) | undefined;
  readonly visit: (uid: string, kind: Kind) => void;
  readonly merge: (before: Kind, after: Kind) => Kind;
  readonly failed: (uid: string, error: unknown) => void;
}): Sweep<Kind> {
  const { slices, visit, merge, failed } = options;
  const waiting = new Map<string, Kind>();
  let isRunning = false;
  let isStopped = false;
  let finished: Promise<void> = Promise.resolve();

  async function run(): Promise<void> {
    isRunning = true;
    const breathe = slices?.();
    // The iteration includes the definitions that are added meanwhile.
    for (const uid of waiting.keys()) {
      if (breathe !== undefined) await breathe();
      const kind = waiting.get(uid);
      waiting.delete(uid);
      if (kind === undefined) continue;
      try {
        visit(uid, kind);
      } catch (error) {
        failed(uid, error);
      }
    }
    isRunning = false;
  }

  return {
    visit(uids, kind) {
      if (isStopped) return;
      for (const uid of uids) {
        const before = waiting.get(uid);
        waiting.set(uid, before === undefined ? kind : merge(before, kind));
      }
      if (!isRunning) finished = run();
    },
    async stop() {
      isStopped = true;
      waiting.clear();
      await finished;
    },
    get size() {
      return waiting.size;
    },
  };
}
