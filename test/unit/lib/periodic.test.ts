import { describe, expect, it } from 'vitest';
import { periodically } from '../../../src/lib/periodic.js';

/** A clock whose timers run when the test says so. */
function handClock() {
  const waiting: { readonly ms: number; readonly call: () => void }[] = [];
  return {
    waiting,
    after(ms: number, call: () => void) {
      const entry = { ms, call };
      waiting.push(entry);
      return () => void waiting.splice(waiting.indexOf(entry), 1);
    },
    tick: () => waiting.shift()?.call(),
  };
}

describe('periodic work', () => {
  it('is repeated one interval after the last run has ended, and never overlaps', async () => {
    const clock = handClock();
    const ends: (() => void)[] = [];
    const periodic = periodically(clock, 100, () => new Promise((resolve) => void ends.push(resolve)));
    periodic.start();
    expect(clock.waiting.map(({ ms }) => ms)).toEqual([100]);
    clock.tick();
    expect(clock.waiting).toEqual([]);
    ends[0]?.();
    await expect.poll(() => clock.waiting.length).toBe(1);
    clock.tick();
    expect(ends).toHaveLength(2);
    ends[1]?.();
    await periodic.stop();
    expect(clock.waiting).toEqual([]);
  });

  it('is ended by a stop, which waits for the run that is under way', async () => {
    const clock = handClock();
    let ended = false;
    const periodic = periodically(clock, 100, async (signal) => {
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      ended = true;
    });
    periodic.start();
    clock.tick();
    await periodic.stop();
    expect(ended).toBe(true);
    expect(clock.waiting).toEqual([]);
  });
});
