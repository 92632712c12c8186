import { setImmediate } from 'node:timers/promises';

/** What lies beside the heap goes with what it belonged to, some collections later. */
const COLLECTIONS = 5;

/**
 * What is still needed, on the heap and beside it, in bytes.
 *
 * @returns {Promise<number>}
 * @throws Error where node was started without --expose-gc
 */
export async function memory() {
  const { gc } = globalThis;
  if (gc === undefined) throw new Error('start node with --expose-gc');
  for (let n = 0; n < COLLECTIONS; n++) {
    gc();
    await setImmediate();
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
