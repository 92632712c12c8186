import { describe, expect, it } from 'vitest';
import type { Clock } from '../../../src/reconcile/clock.js';
import { createQueue, type WorkResult } from '../../../src/reconcile/queue.js';

/** Lets what is ready go on. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A queue of one key on a clock that a test moves; with the longest waits that its jitter may give. */
function clocked(work: () => WorkResult) {
  let now = 0;
  const timers = new Map<() => void, number>();
  const clock: Clock = {
    monotonic: () => now,
    now: () => new Date(now),
    after(ms, call) {
      timers.set(call, now + ms);
      return () => timers.delete(call);
    },
  };
  const runs: number[] = [];
  const queue = createQueue({
    ...{ clock, places: 1, random: () => 1 },
    async work() {
      runs.push(now);
      return work();
    },
  });
  return {
    queue,
    /** When work was begun, in milliseconds. */
    runs,
    async until(ms: number) {
      await settle();
      for (;;) {
        const [next] = [...timers].sort(([, a], [, b]) => a - b);
        if (next === undefined || next[1] > ms) break;
        now = Math.max(now, next[1]);
        timers.delete(next[0]);
        next[0]();
        await settle();
      }
      now = ms;
    },
  };
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
