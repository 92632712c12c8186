/** Names of the networks that a definition is on. */

import type { Spec } from '../definition/definition.js';
import { isNetworkMode } from './network-mode.js';

/** The fields that say which networks a definition is on. */
export type Networked = Pick<Spec, 'network' | 'networks'>;

/** Returns the names of a definition's networks, the default bridge included, that of its default route first. */
export const networkNames = ({ network, networks }: Networked): readonly string[] =>
  networks?.map(({ name }) => name) ?? [network];

/** Returns the names of the user-defined networks that a definition is on. */
export const networksOf = (spec: Networked): readonly string[] => networkNames(spec).filter(isUserDefined);

/** True if a network is none of the engine's own. */
export const isUserDefined = (network: string): boolean => network !== 'bridge' && !isNetworkMode(network);

/** Returns the network that links between two definitions use: the recipient's first one that its source is on too. */
export function sharedNetwork(recipient: Networked, source: Networked): string | undefined {
  const theirs = networkNames(source);
  return networkNames(recipient).find((network) => theirs.includes(network));
}
