/** One number for everything of a definition that a running container can't be given without being replaced. */

import { createHash } from 'node:crypto';
import { byCodeUnit, canonicalJson } from '../../lib/canonical-json.js';
import { portKey } from '../ports/parse.js';
import type { PortMapping, Spec } from './definition.js';

/** Parts of a container that its spec alone does not say. */
export interface Resolved {
  /** Every mapping that the container gets, those of `publishAll` included, each with its host port. */
  readonly bindings: readonly (PortMapping & { readonly hostPort: number })[];
  /** From `aliasesOf`; by default those of `networkAliases`. */
  readonly aliases?: readonly string[];
}

/** Rises when the same definition is to be hashed differently: containers made before are then seen as changed. */
const VERSION = 1;

/**
 * `1:` and the SHA-256, in hexadecimal, of what the container is made of. Equal hashes: no replacement needed.
 *
 * Not in it: what is updated in place (restart policy, resources), what says how to go about it (pull policy,
 * `onLinkChange`, `state`), and how ports were asked for: `ports` and `publishAll` count by the host ports they came to.
 * `service` counts by the alias that it gives: a definition without one has the hash that it always had.
 * Nor the values of links' variables: they follow the source, and are compared apart.
 */
export function specHash(spec: Spec, resolved: Resolved): string {
  const { restartPolicy, resources, pullPolicy, onLinkChange, state, ports, publishAll, service, ...made } = spec;
  const networkAliases = resolved.aliases ?? spec.networkAliases ?? [];
  const parts = {
    ...made,
    ...(networkAliases.length > 0 && { networkAliases }),
    expose: made.expose.toSorted(byCodeUnit),
    volumes: made.volumes.toSorted((a, b) => byCodeUnit(a.target, b.target)),
    bindings: resolved.bindings.map(bindingText).toSorted(byCodeUnit),
  };
  return `${VERSION}:${createHash('sha256').update(canonicalJson(parts)).digest('hex')}`;
}

function bindingText(binding: Resolved['bindings'][number]): string {
  return `${binding.hostIp ?? ''}|${binding.hostPort}|${portKey(binding)}`;
}
