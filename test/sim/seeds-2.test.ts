import { it } from 'vitest';
import { holds } from './seeds.js';

/** In a file of its own, so that they run beside the others. */
it('the invariants hold for seeds 401 to 800', () => holds(401, 400));
