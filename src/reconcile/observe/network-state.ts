/** Pure: how a network on the engine differs from the stored one. */

import { hasStableAddresses, type Network, settingsOf } from '../../domain/networks/network.js';
import type { EngineLacks, EngineNetwork } from '../../engine/engine.js';

import type { ObservedState } from './observed-state.js';

/**
 * `foreign`: another than Berth made it. `outdated`: it has to be recreated. `missing`: it is external, and the engine
 * doesn't have it.
 */
export type NetworkState = 'present' | 'absent' | 'foreign' | 'outdated' | 'missing' | 'not-needed';

/** Network as a definition that only names it gets it; `subnets` are those of the stored one. */
export const unstoredNetwork = (name: string): Pick<Network, 'name' | 'spec' | 'subnets'> => ({
  name,
  spec: {},
  subnets: [],
});

/** Returns the settings for the engine; one that can't give fixed addresses chooses the subnets itself. */
export function engineSettings(network: Pick<Network, 'name' | 'spec' | 'subnets'>, lacks: EngineLacks) {
  return settingsOf(lacks.addresses === undefined ? network : { ...network, subnets: [] });
}

/** Returns why a network has to be recreated; null if it is as it should be, or if the engine chose its subnets. */
export function networkDifference(
  network: Network | undefined,
  there: EngineNetwork,
  lacks: EngineLacks,
): string | null {
  if (network === undefined || !hasStableAddresses(network) || lacks.addresses !== undefined) return null;
  if (there.hash === null) return `the network ${network.name} has no subnet of Berth's choice`;
  if (there.hash !== settingsOf(network).hash) return `the settings of the network ${network.name} have changed`;
  const has = new Set(there.subnets.map(({ subnet }) => subnet));
  return network.subnets.every(({ subnet }) => has.has(subnet))
    ? null
    : `the network ${network.name} was recreated outside Berth with other subnets`;
}

/** Returns the state of a network for the plans of its definitions. @param there null if the engine doesn't have it */
export function networkStateOf(
  network: Network | undefined,
  there: EngineNetwork | null,
  instance: string,
  lacks: EngineLacks,
): NetworkState {
  if (network?.spec.external === true) return there === null ? 'missing' : 'present';
  if (there === null) return 'absent';
  if (there.instance !== instance) return 'foreign';
  return networkDifference(network, there, lacks) === null ? 'present' : 'outdated';
}

/** Applies to a copy of the observed state that a network was recreated, which disconnects the containers on it. */
export function disconnectAll(observed: ObservedState, network: string): void {
  const there = observed.network(network);
  if (there === undefined) return;
  observed.putNetworks(observed.networks().filter(({ id }) => id !== there.id));
  for (const container of [...observed.allOwn()]) {
    if (container.networks[network]?.networkId !== there.id) continue;
    const networks = Object.entries(container.networks).filter(([name]) => name !== network);
    observed.putOwn({ ...container, networks: Object.fromEntries(networks) });
  }
}
