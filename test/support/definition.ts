/** Default definitions for tests, which name only the fields that matter to them. */

import type { Definition, DefinitionInput, Spec } from '../../src/domain/definition/definition.js';
import { declare } from '../../src/domain/definition/normalize.js';
import type { Network } from '../../src/domain/networks/network.js';

/** The spec that a declaration gives. */
export function specOf(input: Partial<DefinitionInput> = {}): Spec {
  const declared = declare({ image: 'training/webapp', ...input });
  if (!declared.ok) throw new Error(JSON.stringify(declared.faults));
  return declared.spec;
}

/** A stored definition; the given fields of its spec replace the defaults. */
export const definition = (
  over: Partial<Omit<Definition, 'spec'>> & { readonly spec?: Partial<Spec> } = {},
): Definition => ({
  seq: 1,
  uid: 'uid-web',
  name: 'web',
  generation: 1,
  restartOf: null,
  createdAt: new Date(0),
  updatedAt: new Date(0),
  deletionRequestedAt: null,
  set: null,
  adopted: null,
  failedReplacement: null,
  ...over,
  spec: { ...specOf(), ...over.spec },
});

/** A stored network that only definitions name; by default one whose subnet the engine chose. */
export const legacyNetwork = (name: string, over: Partial<Network> = {}): Network => ({
  ...{ name, host: 'local', uid: `network-${name}`, generation: 1, spec: {}, isDeclared: false, subnets: [] },
  ...{ confirmed: true, createdAt: new Date(0), updatedAt: new Date(0), deletionRequestedAt: null },
  ...over,
});
