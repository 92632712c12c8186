/** Start order: a link's source starts before its recipient, and a dependency before what depends on it. */

import type { Dependency, Spec } from '../definition/definition.js';
import { CONTAINER_NAME_RULE, isContainerName } from '../definition/names.js';
import { networkOwner } from '../networks/network-mode.js';
import { type FieldFault, type Part, pointer } from '../problems/result.js';

/** Parts of a definition that its place in the start order follows from. */
export type Ordered = Pick<Spec, 'links' | 'dependsOn' | 'network'>;

type Edge = { readonly container: string };
type Lookup = (name: string) => Ordered | undefined;
/** Returns the way along the start order from a container back to where the question came from; undefined if none. */
export type Way = (from: string) => readonly string[] | undefined;

/** The dependencies of a definition: those that it names, and the container whose network it shares. */
export function dependenciesOf({
  dependsOn = [],
  network,
}: Pick<Ordered, 'dependsOn' | 'network'>): readonly Dependency[] {
  const owner = networkOwner(network);
  if (owner === undefined || dependsOn.some(({ container, required }) => container === owner && required)) {
    return dependsOn;
  }
  return [
    ...dependsOn.filter(({ container }) => container !== owner),
    { container: owner, condition: 'started', required: true },
  ];
}

/** The containers that a definition waits for: the sources of its links, then its dependencies. */
export function edgesOf(definition: Ordered): readonly Edge[] {
  const dependencies = dependenciesOf(definition);
  return dependencies.length === 0 ? definition.links : [...definition.links, ...dependencies];
}

const edgesAt = (name: string, lookup: Lookup): readonly Edge[] => {
  const found = lookup(name);
  return found === undefined ? [] : edgesOf(found);
};

/** Spells out the defaults of dependencies, and finds what is wrong with each alone. */
export function declareDependencies(
  inputs: readonly (Pick<Dependency, 'container'> & Partial<Dependency>)[],
): Part<readonly Dependency[]> {
  const seen = new Map<string, number>();
  const faults = inputs.flatMap(({ container }, index): readonly FieldFault[] => {
    const earlier = seen.get(container);
    if (earlier === undefined) seen.set(container, index);
    const message = !isContainerName(container)
      ? `${JSON.stringify(container)} is not a container name: ${CONTAINER_NAME_RULE}`
      : earlier === undefined
        ? undefined
        : `dependsOn/${earlier} already names ${container}; keep one of them`;
    return message === undefined ? [] : [{ pointer: pointer('dependsOn', index), message }];
  });
  const value = inputs.map(({ container, condition = 'started', required = true }) => ({
    container,
    condition,
    required,
  }));
  return { value, faults };
}

/** Faults of a definition's dependencies among the other definitions. One that isn't required may be missing. */
export function dependencyFaults(
  name: string,
  definition: Ordered,
  lookup: Lookup,
  wayFrom: Way,
): readonly FieldFault[] {
  const { dependsOn = [] } = definition;
  return dependenciesOf(definition).flatMap(({ container, required }): readonly FieldFault[] => {
    const index = dependsOn.findIndex((one) => one.container === container);
    const place = index < 0 ? '/network' : pointer('dependsOn', index);
    const at = (message: string): readonly FieldFault[] => [{ pointer: place, message }];
    if (container === name) return at(`${name} can't depend on itself`);
    if (lookup(container) === undefined) {
      if (!required) return [];
      return at(
        `container ${JSON.stringify(container)} doesn't exist; declare it first, both in one apply, or set required to false`,
      );
    }
    const path = wayFrom(container);
    if (path === undefined) return [];
    return at(cycleFault([name, ...path], (one) => (one === name ? definition : lookup(one))));
  });
}

/** Names a cycle, and what it consists of. @param path each waits for the next one; the last is the first again */
export function cycleFault(path: readonly string[], lookup: Lookup): string {
  const isLinked = path.every((name, index) => {
    const next = path[index + 1];
    return next === undefined || lookup(name)?.links.some(({ container }) => container === next) === true;
  });
  const what = isLinked ? 'the links form a cycle' : 'the links and dependencies form a cycle';
  return `${what}: ${path.join(' → ')}; remove one of them`;
}

/**
 * The names with every source before its recipients, else in the order given. Edges to names that are not among them
 * don't matter; where edges form a cycle one of them is not kept.
 */
export function topological(names: readonly string[], edgesOf: (name: string) => readonly Edge[]): readonly string[] {
  const known = new Set(names);
  const seen = new Set<string>();
  const ordered: string[] = [];
  for (const root of known) {
    const open = seen.has(root) ? [] : [visit(root)];
    while (open.length > 0) {
      const current = open.at(-1);
      const source = current?.sources.pop();
      if (source !== undefined) {
        open.push(...(known.has(source) && !seen.has(source) ? [visit(source)] : []));
        continue;
      }
      ordered.push(...open.splice(-1).map((done) => done.name));
    }
  }
  return ordered;

  function visit(name: string): { readonly name: string; readonly sources: string[] } {
    seen.add(name);
    return {
      name,
      sources: edgesOf(name)
        .map(({ container }) => container)
        .reverse(),
    };
  }
}

/**
 * The shortest ways along links and dependencies back to a definition, from each container that it waits for. All are found at once:
 * one by one, what hundreds of definitions have in common would be walked through tens of thousands of times.
 */
export function waysTo(name: string, definition: Ordered, lookup: Lookup): Way {
  const reached = new Set(edgesOf(definition).map(({ container }) => container));
  for (const current of reached) {
    if (current !== name) for (const { container } of edgesAt(current, lookup)) reached.add(container);
  }
  const next = new Map<string, string>();
  // Mostly there is no circle, and nothing more to find out.
  const linkedBy = reached.has(name) ? recipientsAmong(reached, lookup) : new Map<string, readonly string[]>();
  const ends = new Set([name]);
  for (const end of ends) {
    for (const before of linkedBy.get(end) ?? []) {
      if (!ends.has(before)) next.set(before, end);
      ends.add(before);
    }
  }
  return (from) => {
    if (!next.has(from)) return undefined;
    const way = [from];
    for (let at = next.get(from); at !== undefined; at = next.get(at)) way.push(at);
    return way;
  };
}

function recipientsAmong(names: Iterable<string>, lookup: Lookup): ReadonlyMap<string, readonly string[]> {
  const linkedBy = new Map<string, string[]>();
  for (const name of names) {
    for (const { container } of edgesAt(name, lookup)) {
      linkedBy.set(container, linkedBy.get(container) ?? []);
      linkedBy.get(container)?.push(name);
    }
  }
  return linkedBy;
}
