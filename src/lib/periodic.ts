import type { Clock } from './clock.js';

/** Work that repeats until it is stopped. */
export interface Periodic {
  /** Begins; the first run comes after one interval. */
  start(): void;
  /** Aborts the signal of a run that is under way, and resolves once it has ended. */
  stop(): Promise<void>;
}

/**
 * Repeats work, each time so many milliseconds after the last run has ended: runs never overlap.
 *
 * @param work handles its own failures
 */
export function periodically(
  clock: Pick<Clock, 'after'>,
  everyMs: number,
  work: (signal: AbortSignal) => Promise<void>,
): Periodic {
  const ended = new AbortController();
  let cancel = (): void => undefined;
  let running: Promise<void> = Promise.resolve();

  function next(): void {
    if (ended.signal.aborted) return;
    cancel = clock.after(everyMs, () => {
      running = work(ended.signal).finally(next);
    });
  }

  return {
    start: next,
    async stop() {
      ended.abort();
      cancel();
      await running;
    },
  };
}
