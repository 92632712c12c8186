/** Addresses of containers on networks, as the engine reports them. */

import { isUp } from '../../engine/container-state.js';
import type { ContainerDetail, ContainerSummary } from '../../engine/engine.js';

/** An address on a network: only one container can have it at a time. */
export interface AddressClaim {
  readonly network: string;
  readonly address: string;
}

/** Returns the addresses that a container has now. */
export function heldAddresses(container: ContainerDetail | ContainerSummary): readonly AddressClaim[] {
  if (!isUp(container)) return [];
  if (!('networks' in container)) {
    return Object.entries(container.addresses).flatMap(([network, address]) => claimsOn(network, [address]));
  }
  return Object.entries(container.networks).flatMap(([network, { ipAddress, fixedAddresses }]) =>
    // The engine lists no IPv6 address here, but a container that has one address has all that it was given.
    ipAddress === '' ? [] : claimsOn(network, [...new Set([ipAddress, ...fixedAddresses])]),
  );
}

/** Returns the addresses that a container takes with each start. */
export const takenAddresses = ({ networks }: Pick<ContainerDetail, 'networks'>): readonly AddressClaim[] =>
  Object.entries(networks).flatMap(([network, { fixedAddresses }]) => claimsOn(network, fixedAddresses));

const claimsOn = (network: string, addresses: readonly string[]): readonly AddressClaim[] =>
  addresses.flatMap((address) => (address === '' ? [] : { network, address }));
