import { Problem } from '../../domain/problems/problem.js';
import { createLimiter, type Limiter } from '../../lib/limiter.js';
import { shuttingDown } from './engine-errors.js';

/**
 * Creates a limiter for the work of requests.
 *
 * @param limits.what the plural of the limited work, for the refusal: `drawings`
 * @throws Problem (from the limiter) `busy` if too many wait already, `shutting-down` if the signal is aborted first
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
