import { expect, it } from 'vitest';
import type { Definition } from '../../../src/domain/definition.js';
import { specHash } from '../../../src/domain/spec-hash.js';
import { createKnown } from '../../../src/reconcile/known.js';
import { createObserved } from '../../../src/reconcile/observed.js';
import { container, definition } from './builders.js';

/** Layers of definitions, each linked to all of the layer below, and each running as it is wanted. */
function layered(width: number, depth: number) {
  const definitions = new Map<string, Definition>();
  const observed = createObserved(new Date(0));
  for (let layer = 0; layer < depth; layer++) {
    for (let at = 0; at < width; at++) {
      const name = `n${layer}-${at}`;
      const below = Array.from({ length: layer === 0 ? 0 : width }, (_, i) => `n${layer - 1}-${i}`);
      const links = below.map((one) => ({ container: one, alias: one, env: 'none' as const }));
      const made = definition({ uid: name, name, spec: { links, onLinkChange: 'ignore' } });
      definitions.set(name, made);
      const owner = { instance: 'i', uid: name, name, generation: 1, hash: specHash(made.spec, { bindings: [] }) };
      observed.putOwn(container({ id: `id-${name}`, name, owner }));
    }
  }
  let asked = 0;
  const known = createKnown(
    {
      byName(name) {
        asked++;
        return definitions.get(name);
      },
      reservationsOf: () => [],
      onNetwork: () => [],
      claims: () => [],
      hold: () => null,
    },
    observed,
    { failedReplacement: () => null, lastUpdate: () => null, repairPutOffMs: () => 0 },
  );
  const top = definitions.get(`n${depth - 1}-0`) as Definition;
  return { links: known.planInput(top).links, asked };
}

it('a source that is reached by many ways is resolved once: the cost grows with the links, not with the ways', () => {
  const { links, asked } = layered(4, 12);
  expect(links.map(({ source }) => source.kind)).toEqual(['running', 'running', 'running', 'running']);
  // One for each link: 4 of the top, and 16 of each layer below it.
  expect(asked).toBe(4 + 10 * 16);
});
