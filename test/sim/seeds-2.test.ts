import { it } from 'vitest';
import { holds } from './seeds.js';
import type { Mutation } from './server.js';

/** In a file of its own, so that they run beside the others. */
it('the invariants hold for seeds 1001 to 2000', () => holds(1001, 1000));

/** Goes on after some of the steps that the world takes meanwhile, and within 50 ms. */
const slices: Mutation['slices'] = (life, world) => () => async () => {
  let isDue = false;
  life.clock.after(world.between(0, 50), () => {
    isDue = true;
  });
  for (let steps = world.between(0, 6); steps > 1 && !isDue && !life.isOver; steps--) await new Promise(setImmediate);
};

it('the invariants hold while a look at all definitions is cut into slices: seeds 2001 to 2100', () =>
  holds(2001, 100, { slices }));
