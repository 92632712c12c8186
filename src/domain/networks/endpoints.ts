/** Networks that a definition is on, with its names and addresses there. */

import type { Spec } from '../definition/definition.js';
import { aliasesOf, withService } from '../links/network-names.js';
import { pointer } from '../problems/result.js';
import type { Networked } from './networked.js';

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
export const endpointsOf = (name: string, spec: Networked & Pick<Spec, 'networkAliases' | 'service'>) =>
  spec.networks?.map(
    ({ name: network, aliases, ...addresses }, index): Endpoint => ({
      ...{ network, ...addresses },
      aliases: withService(name, spec.service, aliases),
      pointer: pointer('networks', index),
    }),
  ) ?? [{ network: spec.network, aliases: aliasesOf(name, spec), pointer: '/network' } satisfies Endpoint as Endpoint];
