import { Problem } from '../domain/problem.js';

/** Runs something when it is its turn. @throws Problem `busy` where too many wait already */
export type Turns = <T>(run: () => Promise<T>) => Promise<T>;

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

  async function enter(): Promise<void> {
    if (free > 0) {
      free -= 1;
      return;
    }
    if (queue.length >= waiting) {
      const detail = `${places + waiting} ${what} are asked for already: ask again in a moment.`;
      throw new Problem('busy', detail, { retryAfterSeconds });
    }
    await new Promise<void>((resolve) => queue.push(resolve));
  }

  /** The place goes to the next, if there is one. */
  function leave(): void {
    const next = queue.shift();
    if (next === undefined) free += 1;
    else next();
  }

  return async (run) => {
    await enter();
    try {
      return await run();
    } finally {
      leave();
    }
  };
}
