import { describe, expect, it } from 'vitest';
import { reconcilerStore } from '../../../src/service/core/reconciler-store.js';
import { put, RANGE, storeOn, tempDir } from '../store/support.js';

describe('a picked host port that the engine refuses', () => {
  // The lowest free port, and the highest: without a rule of its own one of them would be the refused one again.
  it.each([0, 0.999_999])('is exchanged for another one, wherever chance (%s) looks first', async (chance) => {
    const store = await storeOn(tempDir(), {
      random: () => chance,
      portRange: { from: RANGE.from, to: RANGE.from + 1 },
    });
    const { uid } = await put(store, 'web', { ports: ['80'] });
    const refused = store.reservationsOf(uid);
    await reconcilerStore(store).exchange(uid, refused);
    const ports = [refused, store.reservationsOf(uid)].map((claims) => claims.map(({ hostPort }) => hostPort));
    expect(ports.flat().sort()).toEqual([RANGE.from, RANGE.from + 1]);
  });
});

describe('a host port that the engine has bound', () => {
  it('is stored as confirmed, and the others of the definition are not', async () => {
    const store = await storeOn(tempDir());
    const { uid } = await put(store, 'web', { ports: ['80', '81'] });
    const [first] = store.reservationsOf(uid);
    if (first === undefined) throw new Error('there is no reservation');
    await reconcilerStore(store).confirm(uid, [first]);
    const confirmed = store.reservationsOf(uid).map(({ containerPort, confirmed: is }) => [containerPort, is]);
    expect(confirmed).toEqual([80, 81].map((port) => [port, port === first.containerPort]));
  });
});
