/** The simulated engine keeps the contract that a real one is held to in `test/engine/contract.test.ts`. */

import { createSimEngine } from '../../sim/engine.js';
import { createLife, createWorld } from '../../sim/world.js';
import { describeEngine } from '../../support/engine-contract.js';

const nothing = (): void => undefined;

describeEngine('the simulated engine', async () => {
  const world = createWorld(1);
  const simulated = createSimEngine(world, () => 'contract', nothing, nothing, nothing);
  const life = createLife(world, (ms) => ms);
  return {
    engine: simulated.open(life),
    image: 'good',
    async settled(call) {
      let isOver = false;
      const ended = call.finally(() => {
        isOver = true;
      });
      ended.catch(nothing);
      while (!isOver) await world.runUntil(world.now + 10, nothing);
      return ended;
    },
    close: () => life.end(),
  };
});
