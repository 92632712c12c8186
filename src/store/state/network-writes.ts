import type { Definition } from '../../domain/definition/definition.js';
import { LOCAL_HOST } from '../../domain/host.js';
import { type Address, type AddressWish, assignAddresses } from '../../domain/networks/addresses.js';
import { type Endpoint, endpointsOf } from '../../domain/networks/endpoints.js';
import { type Network, settingsOf } from '../../domain/networks/network.js';
import type { NetworkSpec } from '../../domain/networks/network-spec.js';
import { isUserDefined } from '../../domain/networks/networked.js';
import { type NetworkPool, subnetsFor } from '../../domain/networks/pool.js';
import { knownSubnet, overlap, type Subnet } from '../../domain/networks/subnet.js';
import { Problem } from '../../domain/problems/problem.js';
import type { FieldFault } from '../../domain/problems/result.js';
import { andMore } from '../../domain/problems/summarise.js';
import { isSameJson } from '../../lib/canonical-json.js';
import type { StoreTransaction } from '../types.js';
import type { StateReads } from './memory.js';
import type { ChangedAddresses } from './networks.js';

/** Sources of picked subnets. */
export interface NetworkOptions {
  readonly pool: NetworkPool;
  /** Returns the subnets outside Berth's networks that are not to be picked. */
  readonly subnetsInUse: () => readonly Subnet[];
  /** True if a container that isn't of this definition has an address on a network, or takes it when it starts. */
  readonly isAddressInUse: (network: string, address: string, uid: string) => boolean;
}

interface NetworkContext {
  readonly changes: { readonly networks: Map<string, Network | null>; readonly addresses: ChangedAddresses };
  readonly networks: NetworkOptions;
  readonly random: () => number;
  readonly now: () => Date;
  readonly newUid: () => string;
}

type NetworkWrites = Pick<
  StoreTransaction,
  | 'putNetwork'
  | 'deleteNetwork'
  | 'dropNetwork'
  | 'confirmNetwork'
  | 'moveNetwork'
  | 'releaseAddresses'
  | 'reserveAddresses'
>;

/** Creates the writes of networks and addresses of one transaction. */
export function networkWrites(context: NetworkContext, reads: StateReads): NetworkWrites {
  const { changes, networks: options, random, now, newUid } = context;

  const existing = (name: string): Network => {
    const network = reads.network(name);
    if (network === undefined) throw new Error(`the network ${name} does not exist`);
    return network;
  };

  const set = (network: Network): Network => {
    changes.networks.set(network.name, network);
    return network;
  };

  const others = (name: string): readonly Network[] => reads.networks().filter((one) => one.name !== name);

  /** Subnets that a network can't have: those of the other networks, and those outside Berth. */
  const taken = (name: string): readonly Subnet[] => [
    ...others(name).flatMap(({ subnets }) => subnets.map(({ subnet }) => knownSubnet(subnet))),
    ...options.subnetsInUse(),
  ];

  function subnetsOf(name: string, spec: NetworkSpec, avoid: readonly Subnet[] = []): Network['subnets'] {
    const found = subnetsFor(spec, options.pool, [...taken(name), ...avoid], random);
    if (!found.ok) throw unavailable([{ pointer: '/subnet', message: found.message }]);
    return found.value;
  }

  /** Settings with the subnets that a network has already, where they leave them open. */
  function withPresentSubnets(spec: NetworkSpec, present: Network | undefined, isKept: boolean): NetworkSpec {
    if (spec.external === true || present === undefined) return spec;
    const inTheWay = isKept ? [] : taken(present.name);
    const usable = present.subnets.filter(({ subnet }) => !inTheWay.some((one) => overlap(one, knownSubnet(subnet))));
    const ipv4 = usable.find(({ subnet }) => knownSubnet(subnet).family === 4);
    const ipv6 = usable.find(({ subnet }) => knownSubnet(subnet).family === 6);
    return {
      ...spec,
      ...(spec.subnet === undefined && ipv4 !== undefined && { subnet: ipv4.subnet }),
      ...(spec.ipv6 === true && spec.ipv6Subnet === undefined && ipv6 !== undefined && { ipv6Subnet: ipv6.subnet }),
    };
  }

  function overlapFaults(name: string, { subnet, ipv6Subnet }: NetworkSpec): readonly FieldFault[] {
    const named = [
      ['/subnet', subnet],
      ['/ipv6Subnet', ipv6Subnet],
    ] as const;
    return named.flatMap(([pointer, text]) => {
      if (text === undefined) return [];
      const wanted = knownSubnet(text);
      const other = others(name).find(({ subnets }) => subnets.some((one) => overlap(knownSubnet(one.subnet), wanted)));
      if (other !== undefined) {
        const message = `${text} overlaps with the network ${other.name}; choose another subnet, or leave it out`;
        return [{ pointer, message }];
      }
      const used = options.subnetsInUse().find((one) => overlap(one, wanted));
      if (used === undefined) return [];
      const message = `${text} overlaps with ${used.text}, which the engine or its host uses; choose another subnet, or leave it out`;
      return [{ pointer, message }];
    });
  }

  /** Gives the definitions on a network their addresses again. @throws Problem with every fault */
  function reassign(name: string): void {
    const faults: FieldFault[] = [];
    const all = reads.onNetwork(name);
    for (const onlyFixed of [true, false]) {
      for (const definition of all) {
        const found = assigned(definition, onlyFixed);
        for (const { message } of found) faults.push({ pointer: '', message: `${definition.name}: ${message}` });
      }
      if (faults.length > 0) throw unavailable(faults);
    }
  }

  /** Returns the network of this name, which is made for a definition if nobody declared it. */
  function ensure({ network: name, pointer }: Endpoint): Network | FieldFault {
    const present = reads.network(name);
    if (present === undefined) {
      const found = subnetsFor({}, options.pool, taken(name), random);
      if (!found.ok) return { pointer, message: found.message };
      return set(newNetwork(name, {}, { isDeclared: false, subnets: found.value }));
    }
    if (present.deletionRequestedAt === null) return present;
    return {
      pointer,
      message: `the network ${name} is being deleted; try again when it is gone, or choose another name`,
    };
  }

  const newNetwork = (name: string, spec: NetworkSpec, more: Pick<Network, 'isDeclared' | 'subnets'>): Network => {
    const at = now();
    return {
      ...{ name, host: LOCAL_HOST, uid: newUid(), generation: 1, spec, ...more },
      ...{ confirmed: false, createdAt: at, updatedAt: at, deletionRequestedAt: null },
    };
  };

  /** Assigns the addresses of a definition. @returns every fault */
  function assigned({ uid, name, spec }: Definition, onlyFixed: boolean): readonly FieldFault[] {
    const faults: FieldFault[] = [];
    const wishes: AddressWish[] = [];
    for (const endpoint of endpointsOf(name, spec)) {
      if (!isUserDefined(endpoint.network)) continue;
      const network = ensure(endpoint);
      if ('message' in network) faults.push(network);
      else wishes.push(wishOf(network, endpoint));
    }
    const held = reads.addressesOf(uid);
    const outcome = assignAddresses({
      ...{ uid, wishes, held, onlyFixed },
      ownerOf: reads.ownerOfAddress,
      isInUse: (network, address) => options.isAddressInUse(network, address, uid),
      countOn: (network) => reads.addressesOn(network).length,
      nameOf: (owner) => reads.byUid(owner)?.name ?? owner,
    });
    if (!outcome.ok) return [...faults, ...outcome.faults];
    if (faults.length === 0 && !isSameJson(outcome.addresses, held)) changes.addresses.set(uid, outcome.addresses);
    return faults;
  }

  return {
    async reserveAddresses(definition, { onlyFixed = false } = {}) {
      const faults = assigned(definition, onlyFixed);
      if (faults.length > 0) throw unavailable(faults);
    },
    async releaseAddresses({ uid, name, spec }) {
      const endpoints = endpointsOf(name, spec);
      const isKept = ({ network, address, origin }: Address): boolean =>
        endpoints.some(
          (one) =>
            one.network === network &&
            (origin === 'assigned' || one.ipv4Address === address || one.ipv6Address === address),
        );
      const held = reads.addressesOf(uid);
      const kept = held.filter(isKept);
      if (kept.length < held.length) changes.addresses.set(uid, kept);
    },
    async putNetwork(name, spec, { recreate }) {
      const present = reads.network(name);
      const faults = overlapFaults(name, spec);
      if (faults.length > 0) throw unavailable(faults);
      const subnets = subnetsOf(name, withPresentSubnets(spec, present, !recreate));
      if (present === undefined) return set(newNetwork(name, spec, { isDeclared: true, subnets }));
      const isSame = settingsOf({ name, spec, subnets }).hash === settingsOf(present).hash;
      const isUnchanged = isSame && present.isDeclared && isSameJson(present.spec, spec);
      if (isUnchanged) return present;
      const network = set({
        ...present,
        ...{ spec, subnets, isDeclared: true, updatedAt: now(), generation: present.generation + 1 },
        confirmed: isSame && present.confirmed,
      });
      if (!isSame) reassign(name);
      return network;
    },
    deleteNetwork: async (name) => set({ ...existing(name), deletionRequestedAt: now() }),
    async dropNetwork(name) {
      changes.networks.set(name, null);
    },
    async confirmNetwork(name) {
      const network = reads.network(name);
      if (network !== undefined && !network.confirmed) set({ ...network, confirmed: true });
    },
    async moveNetwork(name, avoid) {
      const network = existing(name);
      if (network.confirmed || network.spec.subnet !== undefined) return null;
      const moved = set({ ...network, subnets: subnetsOf(name, network.spec, avoid) });
      reassign(name);
      return moved;
    },
  };
}

/** The wish of a definition on one of its networks. */
const wishOf = (network: Network, { ipv4Address, ipv6Address, pointer }: Endpoint): AddressWish => ({
  ...{ network, ipv4Address, ipv6Address },
  pointers: { network: pointer, ipv4: `${pointer}/ipv4Address`, ipv6: `${pointer}/ipv6Address` },
});

function unavailable(faults: readonly FieldFault[]): Problem {
  const [first] = faults;
  const place = first?.pointer === '' ? '' : `${first?.pointer}: `;
  return new Problem('address-unavailable', `${place}${first?.message ?? ''}${andMore(faults.length - 1)}.`, {
    faults: faults.map((fault) => ({ in: 'body', ...fault })),
  });
}
