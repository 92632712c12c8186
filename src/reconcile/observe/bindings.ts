/** The host ports of a container, found by number. */

import { type ClaimIndex, createClaimIndex } from '../../domain/ports/claim-index.js';
import type { HostBinding } from '../../engine/engine.js';

const indices = new WeakMap<readonly HostBinding[], ClaimIndex<HostBinding>>();

/** Indexes the host ports that a container has bound, once for each look at it. */
export const bindingsOf = ({ bindings }: { readonly bindings: readonly HostBinding[] }): ClaimIndex<HostBinding> =>
  indexOf(bindings);

/** Indexes the host ports that a container publishes while it runs, once for each look at it. */
export const publishedOf = ({ published }: { readonly published: readonly HostBinding[] }): ClaimIndex<HostBinding> =>
  indexOf(published);

function indexOf(ports: readonly HostBinding[]): ClaimIndex<HostBinding> {
  const known = indices.get(ports);
  if (known !== undefined) return known;
  const made = createClaimIndex(ports);
  indices.set(ports, made);
  return made;
}
