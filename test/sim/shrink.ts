import { run } from './run.js';
import type { Incident } from './script.js';
import type { Mutation } from './server.js';

/** Leaves incidents out as long as the same invariant is violated: first many at once, then one by one. */
export async function shrink(
  seed: number,
  script: readonly Incident[],
  invariant: string,
  mutation: Mutation = {},
): Promise<readonly Incident[]> {
  let small = script;
  for (let size = Math.ceil(script.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let from = 0; from < small.length; ) {
      const without = [...small.slice(0, from), ...small.slice(from + size)];
      const { violation } = await run(seed, without, mutation);
      if (violation?.invariant === invariant) small = without;
      else from += size;
    }
  }
  return small;
}
