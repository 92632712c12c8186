import { describe, expect, it } from 'vitest';
import { createQueue, type WorkResult } from '../../../src/reconcile/loop/queue.js';
import { createLife, createWorld } from '../../sim/world.js';

/** A queue of one key in a world of its own; with the longest waits that its jitter may give. */
function clocked(work: () => WorkResult) {
  const world = createWorld(1);
  /** When work was begun, in milliseconds. */
  const runs: number[] = [];
  const queue = createQueue({
    ...{ clock: createLife(world, (ms) => ms).clock, places: 1, random: () => 1 },
    async work() {
      runs.push(world.now);
      return work();
    },
  });
  return { queue, runs, until: (ms: number) => world.runUntil(ms, () => undefined) };
}

const failing = () => clocked(() => ({ kind: 'retry', fromMs: 20_000 }));

describe('a backoff', () => {
  it('is left alone by a plain wake', async () => {
    const { queue, runs, until } = failing();
    queue.wake('a');
    await until(5_000);
    queue.wake('a');
    await until(20_000);
    expect(runs).toEqual([0, 20_000]);
  });

  it('is ended by a prompt wake, at once where the last work is long over', async () => {
    const { queue, runs, until } = failing();
    queue.wake('a');
    await until(5_000);
    queue.wake('a', 'prompt');
    await until(24_999);
    expect(runs).toEqual([0, 5_000]);
  });

  it('keeps its failures over a prompt wake, and forgets them with an urgent one', async () => {
    const { queue, runs, until } = clocked(() => ({ kind: 'retry' }));
    queue.wake('a');
    await until(8_000);
    expect(runs).toEqual([0, 1_000, 3_000, 7_000]);
    queue.wake('a', 'prompt');
    await until(23_000);
    expect(runs.slice(4)).toEqual([8_000]);
    queue.wake('a', 'urgent');
    await until(25_000);
    expect(runs.slice(5)).toEqual([23_000, 24_000]);
  });

  it('is ended ever later by what goes down over and over, until it has run out by itself once', async () => {
    const test = clocked(() => {
      test.queue.wake('a', 'prompt');
      return { kind: 'retry', fromMs: 60_000 };
    });
    test.queue.wake('a');
    await test.until(128_500);
    expect(test.runs).toEqual([0, 1_000, 3_000, 7_000, 15_000, 31_000, 63_000, 127_000, 128_000]);
  });

  it('is not made longer by a prompt wake', async () => {
    const { queue, runs, until } = clocked(() => ({ kind: 'retry', withinMs: 500 }));
    queue.wake('a');
    await until(100);
    queue.wake('a', 'prompt');
    await until(500);
    expect(runs).toEqual([0, 500]);
  });
});
