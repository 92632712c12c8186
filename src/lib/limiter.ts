/** Runs something when it is its turn. A caller whose signal is aborted before that loses its turn. */
export type Limiter = <T>(run: () => Promise<T>, signal?: AbortSignal) => Promise<T>;

/**
 * Creates a bounded semaphore: at most `places` run at once, at most `waiting` more wait, in order.
 *
 * @param limits.busy makes the error for a caller that finds the queue full
 * @param limits.aborted makes the error for a caller whose signal is aborted before its turn
 */
export function createLimiter(limits: {
  readonly places: number;
  readonly waiting: number;
  readonly busy: () => Error;
  readonly aborted: () => Error;
}): Limiter {
  const { places, waiting, busy, aborted } = limits;
  const queue: (() => void)[] = [];
  let free = places;

  async function enter(signal: AbortSignal | undefined): Promise<void> {
    if (signal?.aborted === true) throw aborted();
    if (free > 0) {
      free -= 1;
      return;
    }
    if (queue.length >= waiting) throw busy();
    await new Promise<void>((resolve, reject) => {
      const come = (): void => {
        signal?.removeEventListener('abort', gone);
        resolve();
      };
      const gone = (): void => {
        queue.splice(queue.indexOf(come), 1);
        reject(aborted());
      };
      signal?.addEventListener('abort', gone, { once: true });
      queue.push(come);
    });
  }

  /** The place goes to the next, if there is one. */
  function leave(): void {
    const next = queue.shift();
    if (next === undefined) free += 1;
    else next();
  }

  return async (run, signal) => {
    await enter(signal);
    try {
      return await run();
    } finally {
      leave();
    }
  };
}
