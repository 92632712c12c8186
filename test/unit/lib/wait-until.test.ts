import { beforeEach, expect, it } from 'vitest';
import { waitUntil } from '../../../src/lib/wait-until.js';

/** A condition, a clock and a subscription that a test drives by hand. */
function world() {
  let isSo = false;
  const notified = new Set<() => void>();
  const timers = new Set<() => void>();
  const clock = {
    after(_: number, call: () => void) {
      timers.add(call);
      return () => void timers.delete(call);
    },
  };
  const watch = (call: () => void) => {
    notified.add(call);
    return () => void notified.delete(call);
  };
  const fire = (calls: Set<() => void>) => {
    for (const call of [...calls]) call();
  };
  return {
    options: { watch, clock, ms: 1_000 },
    isSo: () => isSo,
    becomeSo: () => {
      isSo = true;
    },
    notify: () => fire(notified),
    timeOut: () => fire(timers),
    subscriptions: () => notified.size + timers.size,
  };
}

let w = world();
beforeEach(() => {
  w = world();
});

it('does not subscribe where the condition holds already', async () => {
  w.becomeSo();
  const watch = () => {
    throw new Error('subscribed');
  };
  expect(await waitUntil(w.isSo, { ...w.options, watch })).toBe(true);
});

it('ends at the notification after which the condition holds', async () => {
  const waited = waitUntil(w.isSo, w.options);
  w.notify();
  expect(w.subscriptions()).toBe(2);
  w.becomeSo();
  w.notify();
  expect(await waited).toBe(true);
  expect(w.subscriptions()).toBe(0);
});

it('ends without the condition when the time is over', async () => {
  const waited = waitUntil(w.isSo, w.options);
  w.timeOut();
  expect(await waited).toBe(false);
  expect(w.subscriptions()).toBe(0);
});

it('ends without the condition when the signal is aborted', async () => {
  const gone = new AbortController();
  const waited = waitUntil(w.isSo, { ...w.options, signal: gone.signal });
  gone.abort();
  expect(await waited).toBe(false);
  expect(w.subscriptions()).toBe(0);
  expect(await waitUntil(w.isSo, { ...w.options, signal: gone.signal })).toBe(false);
});

it('does not wait for 0 milliseconds', async () => {
  expect(await waitUntil(w.isSo, { ...w.options, ms: 0 })).toBe(false);
  expect(w.subscriptions()).toBe(0);
});
