import { describe, expect, it } from 'vitest';
import { createSweep } from '../../../src/reconcile/loop/sweep.js';

type Kind = 'status' | 'plan';

const merge = (before: Kind, after: Kind): Kind => (before === 'plan' ? before : after);

/** A sweep whose slices hold one visit each, and go on when `next` is called. */
function sliced(visit: (uid: string, kind: Kind) => void = () => undefined) {
  const visits: string[] = [];
  const failures: string[] = [];
  let next: () => void = () => undefined;
  const sweep = createSweep<Kind>({
    slices: () => () =>
      new Promise<void>((resolve) => {
        next = resolve;
      }),
    visit(uid, kind) {
      visits.push(`${uid} ${kind}`);
      visit(uid, kind);
    },
    merge,
    failed: (uid, error) => failures.push(`${uid}: ${String(error)}`),
  });
  const turn = async (): Promise<void> => {
    next();
    await new Promise(setImmediate);
  };
  return { sweep, visits, failures, turn };
}

describe('a sweep', () => {
  it('makes one visit in each slice, not all in the turn of the request', async () => {
    const { sweep, visits, turn } = sliced();
    sweep.visit(['a', 'b', 'c'], 'plan');
    expect(visits).toEqual([]);
    await turn();
    expect([visits, sweep.size]).toEqual([['a plan'], 2]);
    await turn();
    await turn();
    expect([visits, sweep.size]).toEqual([['a plan', 'b plan', 'c plan'], 0]);
  });

  it('visits all of them again that were visited before a second request', async () => {
    const { sweep, visits, turn } = sliced();
    sweep.visit(['a', 'b'], 'plan');
    await turn();
    sweep.visit(['a', 'b', 'c'], 'plan');
    for (let n = 0; n < 5; n++) await turn();
    expect(visits).toEqual(['a plan', 'b plan', 'a plan', 'c plan']);
  });

  it('visits a definition again that is requested by its own visit', async () => {
    let left = 2;
    const { sweep, visits, turn } = sliced((uid) => {
      if (--left > 0) sweep.visit([uid], 'status');
    });
    sweep.visit(['a'], 'plan');
    for (let n = 0; n < 4; n++) await turn();
    expect(visits).toEqual(['a plan', 'a status']);
  });

  it('makes the more thorough of two visits that are requested, in either order', async () => {
    const { sweep, visits, turn } = sliced();
    sweep.visit(['a', 'b'], 'status');
    sweep.visit(['a'], 'plan');
    sweep.visit(['c'], 'plan');
    sweep.visit(['c'], 'status');
    for (let n = 0; n < 4; n++) await turn();
    expect(visits).toEqual(['a plan', 'b status', 'c plan']);
  });

  it('begins again after its end', async () => {
    const { sweep, visits, turn } = sliced();
    sweep.visit(['a'], 'plan');
    await turn();
    sweep.visit(['a'], 'plan');
    await turn();
    expect(visits).toEqual(['a plan', 'a plan']);
  });

  it('reports a visit that throws, and makes the others', async () => {
    const { sweep, visits, failures, turn } = sliced((uid) => {
      if (uid === 'a') throw new Error('broken');
    });
    sweep.visit(['a', 'b'], 'plan');
    await turn();
    await turn();
    expect([visits, failures]).toEqual([['a plan', 'b plan'], ['a: Error: broken']]);
  });

  it('makes no visit after a stop', async () => {
    const { sweep, visits, turn } = sliced();
    sweep.visit(['a', 'b'], 'plan');
    const stopped = sweep.stop();
    await turn();
    await stopped;
    sweep.visit(['c'], 'plan');
    await turn();
    expect([visits, sweep.size]).toEqual([[], 0]);
  });

  it('makes all visits at once where nothing cuts them', () => {
    const visits: string[] = [];
    const sweep = createSweep<Kind>({ visit: (uid) => visits.push(uid), merge, failed: () => undefined });
    sweep.visit(['a', 'b'], 'plan');
    expect(visits).toEqual(['a', 'b']);
  });
});
