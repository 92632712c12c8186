import { Problem } from '../../domain/problems/problem.js';
import { createLimiter, type Limiter } from '../../lib/limiter.js';
import { shuttingDown } from './engine-errors.js';

/**
 * Creates a limiter for work that requests ask for.
 *
 * @param limits.what the plural of what is limited, for the refusal: `drawings`
 * @throws Problem (from the limiter) `busy` where too many wait already, `shutting-down` where the signal is aborted first
 */
export function createRequestLimiter(limits: {
  readonly places: number;
  readonly waiting: number;
  readonly what: string;
  readonly retryAfterSeconds: number;
}): Limiter {
  const { places, waiting, what, retryAfterSeconds } = limits;
  const detail = `${places + waiting} ${what} are already running or waiting. Try again in a moment.`;
  const busy = (): Problem => new Problem('busy', detail, { retryAfterSeconds });
  return createLimiter({ places, waiting, busy, aborted: shuttingDown });
}
