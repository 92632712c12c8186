/** Invariants of the time in which the engine's disk is full. */

import { LATEST_EFFECT_MS } from '../engine.js';
import { containersOf, isOurs, isTroubled } from './facts.js';
import { invariant, Violated } from './invariant.js';

export const fullDiskStopsNothing = invariant({
  name: 'a full engine disk stops no container',
  when: ['request'],
  meaning:
    "while the engine's disk is full, the only container of a definition isn't stopped, unless the definition is deleted or stopped. The first 8 s are excepted: a replacement may be under way",
  check(world, { operation, container }) {
    const { fullSince } = world.history;
    if (fullSince === null || world.now - fullSince < LATEST_EFFECT_MS || isTroubled(world)) return;
    if (operation !== 'stop' || container === undefined || !isOurs(container)) return;
    const definition = world.disk.state.definitions.get(container.owner?.uid ?? '');
    if (definition === undefined || definition.deletionRequestedAt !== null) return;
    if (definition.spec.state === 'stopped' || containersOf(world, definition.uid).length > 1) return;
    throw new Violated(`stop ${container.name}, though there is no room for its replacement`);
  },
});
