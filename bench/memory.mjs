/**
 * What is still needed, on the heap and beside it, in bytes.
 *
 * @returns {number}
 * @throws Error where node was started without --expose-gc
 */
export function memory() {
  const { gc } = globalThis;
  if (gc === undefined) throw new Error('start node with --expose-gc');
  // What lies beside the heap goes with what it belonged to: one collection later.
  gc();
  gc();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
