/** Invariants of host ports. */

import { collide } from '../../../src/domain/ports/conflicts.js';
import { conditionOf, definitionsOf, isPaused, isTroubled } from './facts.js';
import { invariant, Violated } from './invariant.js';

export const oneOwner = invariant({
  name: 'a host port has one owner',
  letter: 'H',
  when: ['commit', 'restore'],
  meaning: 'no host port has two owners',
  check(_world, { after }) {
    const claims = [...after.reservations.values()].flat();
    for (const [index, claim] of claims.entries()) {
      const other = claims.slice(index + 1).find((one) => one.uid !== claim.uid && collide(one, claim));
      if (other !== undefined) throw new Violated(`${claim.hostPort} has two owners: ${claim.uid}, ${other.uid}`);
    }
  },
});

export const boundPortStays = invariant({
  name: 'a bound host port stays',
  letter: 'H',
  when: ['commit'],
  meaning: 'no picked port that was bound changes',
  check(_world, { before, after }) {
    for (const [uid, held] of before.reservations) {
      for (const claim of held.filter(({ origin, confirmed }) => origin !== 'fixed' && confirmed)) {
        const next = after.reservations
          .get(uid)
          ?.find((one) => one.containerPort === claim.containerPort && one.origin === claim.origin);
        if (next !== undefined && next.hostPort !== claim.hostPort) {
          throw new Violated(`the port of ${uid} changed on its own from ${claim.hostPort} to ${next.hostPort}`);
        }
      }
    }
  },
});

export const lostPortIsNoFailure = invariant({
  name: 'a briefly lost port causes no rollback',
  when: ['step'],
  meaning:
    'no definition is rolled back for a host port that an outgoing connection held for at most 200 ms, and nothing else held',
  check(world) {
    const { brieflyLost } = world.history;
    if (brieflyLost.size === 0 || isPaused(world) || isTroubled(world)) return;
    for (const { name, spec } of definitionsOf(world)) {
      const ports = spec.ports.flatMap(({ hostPort }) => (typeof hostPort === 'number' ? [hostPort] : []));
      if (!ports.some((port) => brieflyLost.has(port))) continue;
      const definition = world.server?.store.byName(name);
      const ready = definition === undefined ? undefined : conditionOf(world, definition, 'Ready');
      const port = /:(\d+) failed: address .*in use/.exec(ready?.message ?? '')?.[1];
      if (ready?.reason !== 'RolledBack' || port === undefined || !brieflyLost.has(Number(port))) continue;
      throw new Violated(`${name} was rolled back for a port that was lost for a moment: ${ready.message}`);
    }
  },
});
