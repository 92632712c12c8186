import { Problem } from '../domain/problem.js';
import { shuttingDown } from './engine-problem.js';

/**
 * Runs something when it is its turn. Who has gone meanwhile gives up the turn.
 *
 * @throws Problem `busy` where too many wait already, `shutting-down` where the signal is aborted before the turn comes
 */
export type Turns = <T>(run: () => Promise<T>, signal?: AbortSignal) => Promise<T>;

/**
 * So many at once, so many waiting, in order.
 *
 * @param what of what there are too many, for the refusal: `drawings`
 */
export function createTurns(limits: {
  readonly places: number;
  readonly waiting: number;
  readonly what: string;
  readonly retryAfterSeconds: number;
}): Turns {
  const { places, waiting, what, retryAfterSeconds } = limits;
  const queue: (() => void)[] = [];
  let free = places;

  async function enter(signal: AbortSignal | undefined): Promise<void> {
    if (signal?.aborted === true) throw shuttingDown();
    if (free > 0) {
      free -= 1;
      return;
    }
    if (queue.length >= waiting) {
      const detail = `${places + waiting} ${what} are asked for already: ask again in a moment.`;
      throw new Problem('busy', detail, { retryAfterSeconds });
    }
    await new Promise<void>((resolve, reject) => {
      const come = (): void => {
        signal?.removeEventListener('abort', gone);
        resolve();
      };
      const gone = (): void => {
        queue.splice(queue.indexOf(come), 1);
        reject(shuttingDown());
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
