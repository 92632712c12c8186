import { describe, expect, it } from 'vitest';
import { backoffMs } from '../../../src/lib/backoff.js';
import { createQueue, type WorkContext, type WorkResult } from '../../../src/reconcile/loop/queue.js';
import { createLife, createWorld } from '../../sim/world.js';

/** With a chance of 0 the waits are the least that they may be: 500, 1000, 2000 … up to 8000 ms. */
const BACKOFF = { firstMs: 1_000, capMs: 16_000 };

/** A queue whose work is done as the test says, and when it was begun. */
function begin(work: (context: WorkContext) => Promise<WorkResult>, places = 4) {
  const world = createWorld(1);
  const begun: { readonly key: string; readonly at: number }[] = [];
  const queue = createQueue({
    work: (key, context) => {
      begun.push({ key, at: world.now });
      return work(context);
    },
    ...{ places, clock: createLife(world, (ms) => ms).clock, random: () => 0, backoff: BACKOFF },
  });
  return {
    ...{ queue, world },
    pass: (ms: number) => world.runUntil(world.now + ms, () => undefined),
    times: () => begun.map(({ at }) => at),
    keys: () => begun.map(({ key }) => key),
  };
}

const failing = async (): Promise<WorkResult> => ({ kind: 'retry' });

describe('the backoff of the queue', () => {
  it('doubles with each failure up to a cap', async () => {
    const { queue, pass, times } = begin(failing);
    queue.wake('web');
    await pass(32_000);
    expect(times()).toEqual([0, 500, 1_500, 3_500, 7_500, 15_500, 23_500, 31_500]);
  });

  it('ends at an urgent wake, and begins anew after it', async () => {
    const { queue, pass, times } = begin(failing);
    queue.wake('web');
    await pass(4_000);
    queue.wake('web', 'urgent');
    await pass(1_600);
    expect(times()).toEqual([0, 500, 1_500, 3_500, 4_000, 4_500, 5_500]);
  });

  it('is forgotten when the work is done', async () => {
    const results: WorkResult[] = [{ kind: 'retry' }, { kind: 'retry' }, { kind: 'done' }, { kind: 'retry' }];
    const { queue, pass, times } = begin(async () => results.shift() ?? { kind: 'done' });
    queue.wake('web');
    await pass(10_000);
    queue.wake('web');
    await pass(10_000);
    expect(times()).toEqual([0, 500, 1_500, 10_000, 10_500]);
  });

  it('is no longer than what heals unseen is worth, and no shorter than what an interruption costs', async () => {
    const soon = begin(async () => ({ kind: 'retry', withinMs: 700 }));
    soon.queue.wake('web');
    await soon.pass(2_000);
    expect(soon.times()).toEqual([0, 500, 1_200, 1_900]);
    const late = begin(async () => ({ kind: 'retry', fromMs: 5_000 }));
    late.queue.wake('web');
    await late.pass(11_000);
    expect(late.times()).toEqual([0, 5_000, 10_000]);
  });

  it('of one key holds up no other', async () => {
    const { queue, pass, keys } = begin(failing, 1);
    queue.wake('web');
    await pass(100);
    queue.wake('db');
    await pass(100);
    expect(keys()).toEqual(['web', 'db']);
  });

  it('ends with the queue', async () => {
    const { queue, pass, times } = begin(failing);
    queue.wake('web');
    await pass(100);
    await queue.stop();
    queue.wake('web', 'urgent');
    await pass(60_000);
    expect(times()).toEqual([0]);
  });

  it('has a part that chance decides: between half and the whole of a step', () => {
    expect([backoffMs(1, 0, BACKOFF), backoffMs(1, 0.999_999, BACKOFF)]).toEqual([500, 1_000]);
    expect(backoffMs(1_000, 0.5)).toBe(225_000);
  });
});

describe('the work on a key', () => {
  it('is never twice at once: a wake meanwhile has it done once more, and an urgent one asks for its end', async () => {
    const signals: AbortSignal[] = [];
    const { queue, world, pass, times } = begin(async ({ signal }) => {
      signals.push(signal);
      await world.sleep(1_000);
      return { kind: 'done' };
    });
    queue.wake('web');
    await pass(300);
    queue.wake('web');
    queue.wake('web');
    expect(signals[0]?.aborted).toBe(false);
    queue.wake('web', 'urgent');
    expect(signals[0]?.aborted).toBe(true);
    await pass(5_000);
    expect(times()).toEqual([0, 1_000]);
    expect(queue.depth).toBe(0);
  });

  it('takes one of the places, which is free while it waits outside', async () => {
    const { queue, world, pass, times } = begin(async (context) => {
      await world.sleep(100);
      await context.outside(() => world.sleep(1_000));
      return { kind: 'done' };
    }, 1);
    for (const key of ['a', 'b', 'c']) queue.wake(key);
    await pass(50);
    expect([queue.depth, queue.oldestMs]).toEqual([3, 50]);
    await pass(5_000);
    expect(times()).toEqual([0, 100, 200]);
  });

  it('begins only when what needs to be alone has ended, though it was woken before', async () => {
    const { queue, world, pass, times } = begin(async () => ({ kind: 'done' }));
    const alone = queue.alone(() => world.sleep(1_000));
    queue.wake('web');
    await pass(900);
    expect(times()).toEqual([]);
    await pass(1_000);
    await alone;
    expect(times()).toEqual([1_000]);
  });

  it('leaves no backoff behind after an urgent wake while it failed', async () => {
    const test = begin(async () => {
      if (test.times().length === 4) test.queue.wake('web', 'urgent');
      return { kind: 'retry' };
    });
    test.queue.wake('web');
    await test.pass(5_000);
    // The fifth time at once, and from there on as after a first failure.
    expect(test.times()).toEqual([0, 500, 1_500, 3_500, 3_500, 4_000, 5_000]);
  });
});

it('a queue that is stopped leaves no timer behind', async () => {
  const timers = new Set<() => void>();
  const queue = createQueue({
    ...{ places: 1, random: () => 0, work: failing },
    clock: {
      monotonic: () => 0,
      now: () => new Date(0),
      after(_ms, call) {
        timers.add(call);
        return () => timers.delete(call);
      },
    },
  });
  queue.wake('web');
  await new Promise((resolve) => setImmediate(resolve));
  expect(timers.size).toBe(1);
  await queue.stop();
  expect(timers.size).toBe(0);
});
