import { expect } from 'vitest';
import { run } from './run.js';
import { drawScript, lineOf } from './script.js';
import type { Mutation } from './server.js';
import { shrink } from './shrink.js';

/** Runs these seeds; the first that fails is made small, and told so that it can be read and run again. */
export async function holds(first: number, count: number, mutation: Mutation = {}): Promise<void> {
  for (let seed = first; seed < first + count; seed++) {
    const script = drawScript(seed);
    const { violation } = await run(seed, script, mutation);
    if (violation === undefined) continue;
    const small = await shrink(seed, script, violation.invariant, mutation);
    const { trace } = await run(seed, small, mutation);
    const lines = [
      `seed ${seed} violates "${violation.invariant}": ${violation.message}`,
      ...small.map(lineOf),
      '---',
      ...trace,
      `again: npm run test:sim -- --seeds 1 --seed ${seed}`,
    ];
    expect.fail(lines.join('\n'));
  }
}
