/** Exponential backoff: doubling from `firstMs`, at most `capMs`, each between half and the whole of its step. */
export interface BackoffPolicy {
  /** Milliseconds. */
  readonly firstMs: number;
  readonly capMs: number;
}

export const DEFAULT_BACKOFF: BackoffPolicy = { firstMs: 1_000, capMs: 300_000 };

/**
 * Time to wait after so many failures in a row.
 *
 * @param failures at least 1
 * @param random a number in [0, 1): the jitter that keeps those that failed together from returning together
 * @returns milliseconds
 */
export function backoffMs(failures: number, random: number, policy: BackoffPolicy = DEFAULT_BACKOFF): number {
  const step = Math.min(policy.capMs, policy.firstMs * 2 ** Math.min(failures - 1, 30));
  return Math.round(step * (0.5 + random / 2));
}
