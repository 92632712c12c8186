/** Long work in slices: what takes longer lets other requests be answered in between. */

import { setImmediate } from 'node:timers/promises';

/** How long one slice may take before others have their turn, in milliseconds. */
const SLICE_MS = 10;

/** Waits for the others where enough was done since they had their turn last. */
export type Breathe = () => Promise<void>;

/** For one piece of work. */
export function slices(now: () => number = () => performance.now()): Breathe {
  let begun = now();
  return async () => {
    if (now() - begun < SLICE_MS) return;
    await setImmediate();
    begun = now();
  };
}
