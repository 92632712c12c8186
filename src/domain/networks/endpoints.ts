/** Networks that a definition is on, with its names and addresses there. */

import type { Spec } from '../definition/definition.js';
import { aliasesOf } from '../links/network-names.js';

/** One network of a definition. */
export interface Endpoint {
  readonly network: string;
  /** Names beside the container's own; none on the default bridge. */
  readonly aliases: readonly string[];
  readonly ipv4Address?: string;
  readonly ipv6Address?: string;
  /** Place of the network in the definition, as a JSON pointer. */
  readonly pointer: string;
}

/** Returns the networks of a definition, that of its default route first. */
export const endpointsOf = (
  name: string,
  spec: Pick<Spec, 'network' | 'networkAliases' | 'service'>,
): readonly Endpoint[] => [{ network: spec.network, aliases: aliasesOf(name, spec), pointer: '/network' }];

/** Returns the names of the user-defined networks that a definition is on. */
export const networksOf = ({ network }: Pick<Spec, 'network'>): readonly string[] =>
  network === 'bridge' ? [] : [network];
