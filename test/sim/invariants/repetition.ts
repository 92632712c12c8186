/** Invariants against work that is repeated without need. */

import type { SimContainer } from '../engine.js';
import { CONVERGED_MS, GOOD_IMAGES, isOurs } from './facts.js';
import type { SimWorld } from './invariant.js';
import { invariant, Violated } from './invariant.js';

/** More containers than this for one generation of one definition are a loop. */
const MOST_CREATIONS = 25;

/** More starts of one container than this, by one life of the server, are a loop. */
const MOST_STARTS = 30;

/** Engine calls within 10 s, reads included: while things happen, and once everything has settled. */
const MOST_CALLS = { atWork: 1_500, atRest: 300 } as const;

export const noStartLoop = invariant({
  name: 'nothing is started over and over',
  when: ['change'],
  meaning: 'no container is started more than 30 times by one life of the server',
  check({ history: { starts } }, { operation, container }) {
    const begun = (starts.get(container.id) ?? 0) + Number(operation === 'start');
    starts.set(container.id, begun);
    if (begun > MOST_STARTS) throw new Violated(`${container.name} is started over and over`);
  },
});

export const noCreationLoop = invariant({
  name: 'nothing is created over and over',
  when: ['step'],
  meaning: 'no generation of a definition gets more than 25 containers',
  check({ history: { creations } }, { created }) {
    for (const { owner } of created) {
      const key = `${owner?.uid} generation ${owner?.generation}`;
      creations.set(key, (creations.get(key) ?? 0) + 1);
      if ((creations.get(key) ?? 0) > MOST_CREATIONS) throw new Violated(`${key} is created over and over`);
    }
  },
});

export const callsAreBounded = invariant({
  name: 'engine calls are bounded',
  when: ['step'],
  meaning: 'at most 1,500 engine calls within 10 s, reads included, and at most 300 once everything has settled',
  check({ now, engine, history }) {
    if (now - history.calls.since > 10_000) history.calls = { since: now, before: engine.calls };
    const { since, before } = history.calls;
    const count = engine.calls - before;
    if (count > (since > CONVERGED_MS ? MOST_CALLS.atRest : MOST_CALLS.atWork))
      throw new Violated(`the engine had ${count} calls within 10 s`);
  },
});

export const oneStartPerChange = invariant({
  name: 'a change starts its recipient once',
  when: ['step'],
  meaning: 'if nothing fails, a recipient is started once for each change of its sources or its own',
  check(world) {
    if (!world.history.isAllQuiet) return;
    for (const container of world.engine.containers.values()) if (isOurs(container)) checkStart(world, container);
  },
});

function checkStart({ disk, engine, history }: SimWorld, container: SimContainer): void {
  if (history.startedAt.get(container.id) === container.startedAt) return;
  history.startedAt.set(container.id, container.startedAt);
  if (history.bounced.delete(container.id)) return;
  const definition = disk.state.definitions.get(container.owner?.uid ?? '');
  if (container.startedAt === null || definition === undefined || container.restartCount > 0) return;
  const { uid, name, restartOf, spec } = definition;
  if (spec.links.length === 0 || !GOOD_IMAGES.includes(spec.image)) return;
  const sources = spec.links.map((link) => engine.outside.find(link.container));
  // The container's own generation: the definition may have changed meanwhile.
  const generation = container.owner?.generation;
  const cause = JSON.stringify([generation, restartOf, sources.map((one) => [one?.id, one?.startedAt])]);
  if (history.startedFor.get(uid) === cause) throw new Violated(`${name} is started twice for one change: ${cause}`);
  history.startedFor.set(uid, cause);
}

export const nothingAtRest = invariant({
  name: 'nothing is written at rest',
  letter: 'G',
  when: ['rest'],
  meaning: 'when converged, nothing is written to the engine or the disk',
  check(_world, { changes, commits }) {
    if (changes !== 0) throw new Violated('the engine was changed though everything had converged');
    if (commits !== 0) throw new Violated('the disk was written though everything had converged');
  },
});
