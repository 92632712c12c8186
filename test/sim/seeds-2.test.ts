import { it } from 'vitest';
import { holds } from './seeds.js';

/** In a file of its own, so that they run beside the others. */
it('the invariants hold for seeds 1001 to 2000', () => holds(1001, 1000));
