/** The host ports that a container has bound, found by number. */

import { type ClaimIndex, createClaimIndex } from '../../domain/ports/claim-index.js';
import type { HostBinding } from '../../engine/engine.js';

const indices = new WeakMap<readonly HostBinding[], ClaimIndex<HostBinding>>();

/** Indexes the bindings of a container, once for each look at it. */
export function bindingsOf({ bindings }: { readonly bindings: readonly HostBinding[] }): ClaimIndex<HostBinding> {
  const known = indices.get(bindings);
  if (known !== undefined) return known;
  const made = createClaimIndex(bindings);
  indices.set(bindings, made);
  return made;
}
