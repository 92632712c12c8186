import { describe, expect, it } from 'vitest';
import type { Definition } from '../../../src/domain/definition/definition.js';
import { createWaitUntilReady } from '../../../src/service/core/wait-until-ready.js';
import { definition } from '../../support/definition.js';
import { oneHost } from '../../support/hosts.js';
import { container } from '../reconcile/builders.js';

/** Definitions in memory, and those who watch them. */
function world(...all: readonly Definition[]) {
  const stored = new Map(all.map((one) => [one.uid, one]));
  const watchers = new Map<string, () => void>();
  const settled = createWaitUntilReady({
    store: {
      byUid: (uid: string) => stored.get(uid),
      byName: (name: string) => [...stored.values()].find((one) => one.name === name),
    },
    reconciler: {
      status: {
        watch(uid: string, listener: () => void) {
          watchers.set(uid, listener);
          return () => watchers.delete(uid);
        },
      },
    },
  } as never);
  return {
    settled,
    watchers,
    remove(uid: string) {
      stored.delete(uid);
      watchers.get(uid)?.();
    },
  };
}

const leaving = (name: string) => definition({ name, uid: `uid-${name}`, deletionRequestedAt: new Date(0) });

describe('a write that comes right after a deletion', () => {
  it('waits until every name is free, and has the rest of its time left', async () => {
    const { settled, watchers, remove } = world(
      leaving('aa'),
      leaving('bb'),
      definition({ name: 'cc', uid: 'uid-cc' }),
    );
    let left: number | undefined;
    const waiting = settled.afterDeletion(['aa', 'bb', 'cc', 'dd'], 60).then((seconds) => {
      left = seconds;
    });
    expect([...watchers.keys()]).toEqual(['uid-aa', 'uid-bb']);
    remove('uid-aa');
    await Promise.resolve();
    expect(left).toBeUndefined();
    remove('uid-bb');
    await waiting;
    expect(left).toBeGreaterThan(0);
    // The time that the deletions took is used up.
    expect(left).toBeLessThan(60);
  });

  it('does not wait where it was not told to, nor where nothing is being deleted', async () => {
    const { settled, watchers } = world(leaving('aa'), definition({ name: 'cc', uid: 'uid-cc' }));
    expect([await settled.afterDeletion(['aa'], 0), await settled.afterDeletion(['cc'], 9)]).toEqual([0, 9]);
    expect(watchers.size).toBe(0);
  });

  it('ends with its time', async () => {
    const { settled, watchers } = world(leaving('aa'));
    expect(await settled.afterDeletion(['aa'], 0.01)).toBeCloseTo(0, 1);
    expect(watchers.size).toBe(0);
  });
});

it('a definition is not ready for a client that waits while the container before is still there', async () => {
  const web = definition();
  const own = [container(), container({ id: 'retired00000' })];
  const settled = createWaitUntilReady({
    store: { byUid: () => web, byName: () => web },
    reconciler: {
      status: { of: () => ({ ready: true, container: own[0] }), watch: () => () => undefined },
      hosts: oneHost({ observed: { ownOf: () => own } as never }),
    },
  } as never);
  expect(await settled.isSettled(web.uid, 0)).toBe(false);
  own.pop();
  expect(await settled.isSettled(web.uid, 0)).toBe(true);
});

describe('a definition that a client waits for', () => {
  /** Tells at once if one is ready, as the store and the engine are. */
  function isReady(stored: Definition | undefined, status: object = {}, engine = { reachable: true, complete: true }) {
    const { isSettled } = createWaitUntilReady({
      store: { byUid: () => stored },
      reconciler: {
        status: { of: () => ({ ready: true, container: container(), ...status }), watch: () => () => undefined },
        hosts: oneHost({
          observed: {
            ownOf: () => [container()],
            engine: { reachable: engine.reachable },
            complete: engine.complete,
          } as never,
        }),
      },
    } as never);
    return isSettled('uid-web', 0);
  }
  const down = definition({ spec: { state: 'stopped' } });

  it('is not ready before a requested restart has replaced the run of its container', async () => {
    const { startedAt } = container();
    expect(await isReady(definition({ restartOf: startedAt }))).toBe(false);
    expect(await isReady(definition({ restartOf: '2020-01-01T00:00:00Z' }))).toBe(true);
  });

  it('is stopped only once all containers of a reachable engine are known', async () => {
    const none = { container: undefined };
    expect(await isReady(down, none)).toBe(true);
    expect(await isReady(down)).toBe(false);
    expect(await isReady(down, none, { reachable: false, complete: true })).toBe(false);
    expect(await isReady(down, none, { reachable: true, complete: false })).toBe(false);
  });

  it('is not waited for once it is gone', async () => {
    expect(await isReady(undefined)).toBe(true);
  });
});
