/** Planted faults of definitions that depend on others. */

import type { Definition } from '../../src/domain/definition/definition.js';
import type { Mutant } from './mutants.js';

const free = new WeakMap<Definition, Definition>();

/** The same definition, but without dependencies; the same one every time. */
function withoutDependencies(definition: Definition): Definition {
  const { dependsOn: _, ...spec } = definition.spec;
  const known = free.get(definition) ?? { ...definition, spec };
  free.set(definition, known);
  return known;
}

export const DEPENDENCY_MUTANTS: readonly Mutant[] = [
  {
    name: 'starts-before-dependencies',
    what: 'A container is started without a look at the containers that it depends on.',
    shows: ['dependencies are ready before a start'],
    mutation: {
      store: (store) => ({
        ...store,
        byUid(uid) {
          const definition = store.byUid(uid);
          return definition && withoutDependencies(definition);
        },
      }),
    },
    provoked: [
      { at: 50_000, kind: 'put', name: 'aa', input: { name: 'aa', image: 'late' } },
      {
        at: 50_010,
        kind: 'put',
        name: 'bb',
        input: { name: 'bb', image: 'good', dependsOn: [{ container: 'aa', condition: 'healthy' }] },
      },
    ],
  },
];
