import { expect, it } from 'vitest';
import { run } from './run.js';
import { drawScript } from './script.js';
import { holds } from './seeds.js';

it('the invariants hold for seeds 1 to 1000', () => holds(1, 1000));

it('the same seed is the same run, step by step', async () => {
  for (const seed of [7, 11, 502]) {
    const [first, second] = [await run(seed, drawScript(seed)), await run(seed, drawScript(seed))];
    expect(first.trace.length).toBeGreaterThan(20);
    expect(second.trace).toEqual(first.trace);
  }
});
