import { describe, expect, it } from 'vitest';
import { createSlices, inSlices } from '../../../src/observability/slices.js';

/** Lets what was resolved go on. */
async function settle(): Promise<void> {
  for (let n = 0; n < 10; n++) await Promise.resolve();
}

/** A loop whose turns the test takes, and a clock that it sets. */
function loop() {
  const next: (() => void)[] = [];
  const clock = { ms: 0 };
  return {
    clock,
    slices: createSlices(
      () => clock.ms,
      (call) => next.push(call),
    ),
    scheduled: () => next.length,
    async turn() {
      for (const call of next.splice(0)) call();
      await settle();
    },
  };
}

it('a long text is joined from its pieces with other work in between', async () => {
  let breaths = 0;
  const pieces = Array.from({ length: 1_000 }, (_, n) => `${n},`);
  const text = await inSlices(pieces, async () => {
    breaths++;
  });
  expect(text).toBe(pieces.join(''));
  expect(breaths).toBe(Math.ceil(1_000 / 64));
});

describe('slices', () => {
  it('go on without a pause while the slice lasts', async () => {
    const { clock, slices, scheduled } = loop();
    const breathe = slices();
    await breathe();
    clock.ms = 4;
    await breathe();
    // Only the end of its turn.
    expect(scheduled()).toBe(1);
  });

  it('let other work in once the slice is used up, and begin another one', async () => {
    const { clock, slices, turn, scheduled } = loop();
    const breathe = slices();
    await breathe();
    clock.ms = 100;
    let isOver = false;
    const waited = breathe().then(() => {
      isOver = true;
    });
    await Promise.resolve();
    expect(isOver).toBe(false);
    await turn();
    await waited;
    await breathe();
    await turn();
    expect(scheduled()).toBe(0);
  });

  it('begin at once where no other piece of work has had this turn', async () => {
    const { slices, turn, scheduled } = loop();
    await slices()();
    await turn();
    expect(scheduled()).toBe(0);
    let hasBegun = false;
    void slices()().then(() => {
      hasBegun = true;
    });
    await settle();
    expect([hasBegun, scheduled()]).toEqual([true, 1]);
  });

  it('of a hundred pieces of work take one turn of the loop each', async () => {
    const { clock, slices, turn } = loop();
    const order: number[] = [];
    const work = async (id: number) => {
      const breathe = slices();
      for (let step = 0; step < 3; step++) {
        await breathe();
        order.push(id);
        clock.ms += 5;
      }
    };
    const all = Promise.all(Array.from({ length: 100 }, (_, id) => work(id)));
    await settle();
    for (let turns = 1; turns <= 100; turns++) {
      expect(order).toHaveLength(turns);
      await turn();
    }
    expect(new Set(order.slice(0, 100)).size).toBe(100);
    for (let turns = 0; turns < 300; turns++) await turn();
    await all;
    expect(order).toHaveLength(300);
  });
});
