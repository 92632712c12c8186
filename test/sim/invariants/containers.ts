/** Invariants of the containers of a definition: how many there are, and that one goes on running. */

import type { Definition } from '../../../src/domain/definition/definition.js';
import { isUp, type SimContainer } from '../engine.js';
import {
  areDependenciesMet,
  canRun,
  containersOf,
  definitionsOf,
  describe,
  isPaused,
  isTroubled,
  latestOf,
  readyOf,
} from './facts.js';
import { invariant, type SimWorld, Violated } from './invariant.js';

export const oneRuns = invariant({
  name: 'one container of a definition runs',
  letter: 'B',
  when: ['step'],
  meaning: 'no two containers of a definition run at once',
  check(world) {
    if (isTroubled(world) || isPaused(world)) return;
    for (const { uid, name } of definitionsOf(world)) {
      const up = containersOf(world, uid).filter(isUp);
      if (up.length > 1) throw new Violated(`${up.length} containers of ${name} run at once`);
    }
  },
});

export const oneIsLeft = invariant({
  name: 'one container of a definition is left',
  letter: 'B',
  when: ['end'],
  meaning: "no second container is left beside it, except the previous one of a definition that can't run",
  check(world) {
    for (const definition of definitionsOf(world)) {
      const { length } = containersOf(world, definition.uid);
      if (length > 1 && !(length === 2 && !canRun(world, definition)))
        throw new Violated(`several: ${describe(world, definition)}`);
    }
  },
});

export const serviceGoesOn = invariant({
  name: 'a definition that ran stays up',
  when: ['end'],
  meaning:
    "a container is up under its name, for every definition that is neither deleted nor stopped and had a container running that no outsider removed. The state of its replacement doesn't matter. Exceptions: a container that the engine would refuse to start, that ran to its end, or whose dependencies are not ready",
  check(world) {
    for (const definition of definitionsOf(world)) {
      if (definition.spec.state !== 'stopped' && world.history.served.has(definition.uid))
        checkServes(world, definition);
    }
  },
});

function checkServes(world: SimWorld, definition: Definition): void {
  const { engine } = world;
  const { name, uid, spec } = definition;
  const state = describe(world, definition);
  if (latestOf(world, uid) > definition.generation) return;
  const own = containersOf(world, uid).filter(({ startedAt }) => startedAt !== null);
  const current = own.find(isUp);
  const namesake = engine.outside.find(name);
  const isNameFree = namesake === undefined || namesake.owner?.uid === uid;
  if (current !== undefined) {
    if (isNameFree && current.name !== name && readyOf(world, definition)?.reason !== 'HostPortInUse')
      throw new Violated(`runs under another name: ${state}`);
    return;
  }
  if (own.length === 0) throw new Violated(`nothing is left that could serve: ${state}`);
  const hasDone = ({ exitCode, restartPolicy }: SimContainer): boolean =>
    [spec.restartPolicy, restartPolicy].some((one) => one === 'no' || (one === 'on-failure' && exitCode === 0));
  // The engine would start it beside a source that ends over and over, and without that source's address.
  const hasEndingSource = ({ links }: SimContainer): boolean =>
    [...links.values()].some((id) => engine.containers.get(id)?.state === 'restarting');
  if (!areDependenciesMet(world, definition)) return;
  const couldServe = own.some((one) => !hasDone(one) && !hasEndingSource(one) && engine.outside.canStart(one));
  if (couldServe) throw new Violated(`could be started, and is down: ${state}`);
}
