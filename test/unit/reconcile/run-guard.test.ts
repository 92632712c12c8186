import { describe, expect, it } from 'vitest';
import { createRunGuard } from '../../../src/reconcile/loop/run-guard.js';

/** True if a promise is settled by now. */
async function isSettled(promise: Promise<unknown>): Promise<boolean> {
  const pending = Symbol('pending');
  await new Promise((resolve) => setImmediate(resolve));
  return (await Promise.race([promise, Promise.resolve(pending)])) !== pending;
}

describe('the guard of runs', () => {
  it('keeps the restart of a source waiting until the start of its recipient has ended', async () => {
    const guard = createRunGuard();
    const leave = await guard.enter('recipient', ['source']);
    const restart = guard.enter('source', []);
    expect(await isSettled(restart)).toBe(false);
    leave();
    expect(await isSettled(restart)).toBe(true);
  });

  it('keeps the start of a recipient waiting until the restart of its source has ended', async () => {
    const guard = createRunGuard();
    const leave = await guard.enter('source', []);
    const start = guard.enter('recipient', ['source']);
    expect(guard.isFree('recipient', ['source'])).toBe(false);
    expect(await isSettled(start)).toBe(false);
    leave();
    expect(await isSettled(start)).toBe(true);
  });

  it('lets recipients of one source start at once', async () => {
    const guard = createRunGuard();
    await guard.enter('one', ['source']);
    expect(guard.isFree('two', ['source'])).toBe(true);
    expect(await isSettled(guard.enter('two', ['source']))).toBe(true);
  });

  it('lets a source that waits go before recipients that came later', async () => {
    const guard = createRunGuard();
    const leave = await guard.enter('one', ['source']);
    const restart = guard.enter('source', []);
    const late = guard.enter('two', ['source']);
    leave();
    const leaveRestart = await restart;
    expect(await isSettled(late)).toBe(false);
    leaveRestart();
    expect(await isSettled(late)).toBe(true);
  });

  it('lets every step through, though their definitions are linked in a circle', async () => {
    const guard = createRunGuard();
    const circle = ['a', 'b', 'c'];
    const steps = circle.map(async (own, index) => {
      const leave = await guard.enter(own, [circle[(index + 1) % circle.length] as string]);
      await new Promise((resolve) => setImmediate(resolve));
      leave();
      return own;
    });
    expect(await Promise.all(steps)).toEqual(circle);
  });

  it('reports a step that began and ended since a moment', async () => {
    const guard = createRunGuard();
    const before = guard.mark();
    (await guard.enter('source', []))();
    expect(guard.hasChangedSince(before, ['source'])).toBe(true);
    expect(guard.hasChangedSince(before, ['another'])).toBe(false);
    expect(guard.hasChangedSince(guard.mark(), ['source'])).toBe(false);
  });

  it('remembers nothing of a definition that is forgotten', async () => {
    const guard = createRunGuard();
    const before = guard.mark();
    (await guard.enter('source', []))();
    expect([guard.size, guard.hasChangedSince(before, ['source'])]).toEqual([1, true]);
    guard.forget('source');
    expect([guard.size, guard.hasChangedSince(before, ['source'])]).toEqual([0, false]);
  });
});
