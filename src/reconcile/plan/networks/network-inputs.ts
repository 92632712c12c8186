/** The planner's input about the networks of definitions, from memory. */

import type { Definition, Link } from '../../../domain/definition/definition.js';
import { type Address, isIpv4 } from '../../../domain/networks/addresses.js';
import { endpointsOf } from '../../../domain/networks/endpoints.js';
import { isUserDefined, networksOf, sharedNetwork } from '../../../domain/networks/networked.js';
import type { EngineLacks } from '../../../engine/engine.js';
import { networkDifference } from '../../observe/network-state.js';
import type { ObservedState } from '../../observe/observed-state.js';
import type { RunsOn } from '../../observe/runs-on.js';
import type { DesiredState } from '../../store.js';
import type { LinkState } from '../link-state.js';
import type { PlanInput } from '../types.js';
import { attachedOutside, requestOf } from './attached.js';

export interface NetworkInputs {
  /** Returns the network that a link's recipient reaches its source over. */
  linkNetwork(link: Link, recipient: Definition): string;
  /** Returns the address that a link's source keeps on that network, if it keeps one there. */
  reservedAddress(link: Link, network: string): Pick<LinkState, 'address'>;
  addressesOf(uid: string): readonly Address[];
  /** Returns the part of a plan's input that is about networks, without their state on the engine. */
  of(
    definition: Definition,
  ): Pick<PlanInput, 'further' | 'kept' | 'internal' | 'outdatedNetworks' | 'addresses' | 'leaves'>;
}

export function createNetworkInputs(
  desired: DesiredState,
  observed: ObservedState,
  lacks: () => EngineLacks,
  { networkOf, isLeftBy }: RunsOn,
): NetworkInputs {
  const addressesOf = (uid: string): readonly Address[] =>
    lacks().addresses === undefined ? desired.addressesOf(uid) : [];

  const further = ({ uid, name, spec }: Definition): PlanInput['further'] =>
    endpointsOf(name, spec)
      .slice(1)
      .map(({ network, aliases }) => ({
        ...{ name: network, aliases, state: 'not-needed' },
        addresses: addressesOf(uid).flatMap((one) => (one.network === network ? one.address : [])),
      }));

  /** Returns the networks to keep that the engine still has: each once. */
  function kept(definition: Definition): PlanInput['kept'] {
    if (definition.spec.keepNetworks !== true) return [];
    const where = { runsOn: networkOf(definition), further: further(definition) };
    const all = observed.ownOf(definition.uid).flatMap((container) =>
      attachedOutside(container, where).flatMap((name) => {
        const endpoint = container.networks[name];
        return endpoint === undefined || observed.network(name) === undefined ? [] : requestOf(name, endpoint);
      }),
    );
    return [...new Map(all.map((one) => [one.network, one])).values()];
  }

  const outdatedNetworks = ({ spec }: Definition): PlanInput['outdatedNetworks'] =>
    new Map(
      networksOf(spec).flatMap((name) => {
        const there = observed.network(name);
        const reason = there && networkDifference(desired.network(name), there, lacks());
        return there && reason ? [[there.id, reason] as const] : [];
      }),
    );

  /** Returns the networks that nobody declared and that only this definition is on. */
  const leaves = (definition: Definition): readonly string[] =>
    [...new Set([networkOf(definition), ...networksOf(definition.spec)])].filter(
      (network) =>
        isUserDefined(network) && desired.network(network)?.isDeclared !== true && isLeftBy(definition, network),
    );

  return {
    linkNetwork({ container }, recipient) {
      const source = isUserDefined(recipient.spec.network) ? desired.byName(container) : undefined;
      return (source && sharedNetwork(recipient.spec, source.spec)) ?? networkOf(recipient);
    },
    reservedAddress({ container }, network) {
      const source = desired.byName(container);
      const reserved = source && addressesOf(source.uid).find((one) => one.network === network && isIpv4(one));
      return reserved === undefined ? {} : { address: reserved.address };
    },
    addressesOf,
    of: (definition) => ({
      further: further(definition),
      kept: kept(definition),
      internal: new Set(networksOf(definition.spec).filter((name) => desired.network(name)?.spec.internal === true)),
      outdatedNetworks: outdatedNetworks(definition),
      addresses: addressesOf(definition.uid),
      leaves: leaves(definition),
    }),
  };
}
