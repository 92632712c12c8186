import { expect, it } from 'vitest';
import { createRequestLimiter } from '../../../src/service/core/request-limiter.js';

const turns = () => createRequestLimiter({ places: 2, waiting: 1, what: 'things', retryAfterSeconds: 3 });

/** Something that goes on until it is told to end. */
function task() {
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  let begun = false;
  const run = async () => {
    begun = true;
    await ended;
  };
  return { run, end, hasBegun: () => begun };
}

it('so many are under way, so many wait in order, and the next is refused', async () => {
  const take = turns();
  const [a, b, c] = [task(), task(), task()];
  const all = [a, b, c].map(({ run }) => take(run));
  await expect(take(async () => 'd')).rejects.toMatchObject({
    code: 'busy',
    retryAfterSeconds: 3,
    message: '3 things are already running or waiting. Try again in a moment.',
  });
  expect([a, b, c].map(({ hasBegun }) => hasBegun())).toEqual([true, true, false]);
  a.end();
  await all[0];
  await expect.poll(c.hasBegun).toBe(true);
  b.end();
  c.end();
  await Promise.all(all);
  await expect(take(async () => 'e')).resolves.toBe('e');
});

it('one that has gone while it waited takes no place', async () => {
  const take = turns();
  const [a, b, c, d] = [task(), task(), task(), task()];
  const [first, second] = [a, b].map(({ run }) => take(run));
  const gone = new AbortController();
  const third = take(c.run, gone.signal);
  gone.abort();
  await expect(third).rejects.toMatchObject({ code: 'shutting-down' });
  const fourth = take(d.run, new AbortController().signal);
  a.end();
  await first;
  await expect.poll(d.hasBegun).toBe(true);
  b.end();
  d.end();
  await Promise.all([second, fourth]);
  expect(c.hasBegun()).toBe(false);
  await expect(take(c.run, gone.signal)).rejects.toMatchObject({ code: 'shutting-down' });
});

it('one that fails leaves its place to the next', async () => {
  const take = turns();
  const failing = async () => {
    throw new Error('no');
  };
  for (const _ of [1, 2, 3, 4]) await expect(take(failing)).rejects.toThrow('no');
  await expect(take(async () => 'done')).resolves.toBe('done');
});
