/** Invariants of the writes that were acknowledged, and of the rows that they leave. */

import type { Definition } from '../../../src/domain/definition/definition.js';
import { inOneForm } from '../../../src/domain/networks/attachments.js';
import { canonicalJson } from '../../../src/lib/canonical-json.js';
import { LATEST_EFFECT_MS } from '../engine.js';
import type { History } from '../history.js';
import { containersOf, definitionsOf } from './facts.js';
import { invariant, Violated } from './invariant.js';

function checkAcknowledged({ acknowledged, underWay, restores }: History, all: readonly Definition[]): void {
  for (const [name, last] of acknowledged) {
    if (underWay.has(name)) continue;
    const stored = all.find((definition) => definition.name === name);
    if (last === 'deleted') {
      if (stored !== undefined && stored.deletionRequestedAt === null) {
        throw new Violated(`${name} is there, though its removal was acknowledged`);
      }
      continue;
    }
    // A release lifts the generation above that of the container, and leaves the spec.
    const isGeneration =
      stored?.generation === last.generation || (restores > 0 && (stored?.generation ?? 0) > last.generation);
    const isThere = stored?.uid === last.uid && isGeneration && canonicalJson(inOneForm(stored.spec)) === last.spec;
    if (!isThere) throw new Violated(`${name} generation ${last.generation} was acknowledged, and is not stored`);
  }
}

export const acknowledgedIsStored = invariant({
  name: 'acknowledged writes are stored',
  letter: 'A',
  when: ['commit', 'end'],
  meaning: 'an acknowledged write is stored, exactly as acknowledged',
  check: (world) => checkAcknowledged(world.history, definitionsOf(world)),
});

export const acknowledgedIsRead = invariant({
  name: 'a start reads every acknowledged write',
  letter: 'A',
  when: ['start'],
  meaning: 'the server has read each acknowledged write, exactly as acknowledged',
  check: ({ history }, { definitions }) => checkAcknowledged(history, definitions),
});

export const rowsAreConsistent = invariant({
  name: 'stored rows are consistent',
  when: ['commit', 'restore'],
  meaning: 'names, orders and event numbers are unique; no host port without its definition',
  check(_world, { before, after: { definitions, reservations, events } }) {
    const all = [...definitions.values()];
    for (const what of ['name', 'seq'] as const) {
      const isOnce = new Set(all.map((one) => one[what])).size === all.length;
      if (!isOnce) throw new Violated(`two definitions have one ${what}`);
    }
    const last = before.events.at(-1)?.id ?? 0;
    const added = events.slice(events.findIndex(({ id }) => id === last) + 1).map(({ id }) => id);
    const isRising = added.every((id, index) => id > (added[index - 1] ?? last));
    if (!isRising) throw new Violated(`events have the numbers ${added} after ${last}`);
    const orphan = [...reservations].find(([uid, claims]) => claims.length > 0 && !definitions.has(uid));
    if (orphan !== undefined) throw new Violated(`host ports belong to no definition (${orphan[0]})`);
  },
});

export const forgottenLast = invariant({
  name: 'a definition outlives its containers',
  when: ['commit'],
  meaning: 'no definition is forgotten while its container exists',
  check(world, { before, after }) {
    for (const [uid, { name }] of before.definitions) {
      // A container created just now may be the late effect of an abandoned call.
      const left = after.definitions.has(uid)
        ? []
        : containersOf(world, uid).filter(({ madeAt }) => world.now - madeAt > LATEST_EFFECT_MS);
      if (left.length > 0) throw new Violated(`${name} was forgotten while its container was there`);
    }
  },
});
