/** Invariants of dependencies: Berth starts nothing before what it depends on. */

import { LATEST_EFFECT_MS } from '../engine.js';
import { definitionsOf, dependencyKey, isMet, isOurs, isTroubled } from './facts.js';
import { invariant, type SimWorld, Violated } from './invariant.js';

/** Operations that start a container. */
const STARTS: ReadonlySet<string> = new Set(['start', 'restart']);

/** Time between the last look at a dependency and the start that follows from it, in milliseconds. */
const SINCE_LOOK_MS = 1_000;

/** Records when each dependency last met its condition. */
export function recordDependencies(world: SimWorld): void {
  const all = definitionsOf(world);
  for (const { spec } of all) {
    for (const { container, condition } of spec.dependsOn ?? []) {
      const dependency = all.find(({ name }) => name === container);
      if (dependency !== undefined && isMet(world, dependency, condition))
        world.history.met.set(dependencyKey(dependency, condition), world.now);
    }
  }
}

export const dependenciesFirst = invariant({
  name: 'dependencies are ready before a start',
  when: ['request'],
  meaning:
    "Berth starts or restarts a container only if each required dependency meets its condition, or did so within the last second (within 8 s while calls go wrong). The engine's own starts don't count",
  check(world, { operation, container }) {
    if (!STARTS.has(operation) || container === undefined || !isOurs(container)) return;
    const definition = world.disk.state.definitions.get(container.owner?.uid ?? '');
    const withinMs = isTroubled(world) ? LATEST_EFFECT_MS : SINCE_LOOK_MS;
    for (const { container: name, condition, required } of definition?.spec.dependsOn ?? []) {
      if (!required) continue;
      const dependency = definitionsOf(world).find((one) => one.name === name);
      const key = dependency === undefined ? '' : dependencyKey(dependency, condition);
      const lastMet = world.history.met.get(key) ?? Number.NEGATIVE_INFINITY;
      if (world.now - lastMet > withinMs)
        throw new Violated(`${operation} of ${container.name}, though ${name} is not ${condition}`);
    }
  },
});
