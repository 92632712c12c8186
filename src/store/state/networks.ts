import type { Address } from '../../domain/networks/addresses.js';
import type { Network } from '../../domain/networks/network.js';
import { MultiMap } from '../../lib/multimap.js';

/** Reads of networks and addresses, stored or as a transaction would leave them. */
export interface NetworkReads {
  /** The network that a client declared, or that definitions name; undefined for the default bridge. */
  network(name: string): Network | undefined;
  /** Every network, in no particular order. */
  networks(): readonly Network[];
  /** The addresses of a definition. The same array until they change. */
  addressesOf(uid: string): readonly Address[];
  /** Every address on a network. */
  addressesOn(network: string): readonly Address[];
  /** The uid of the definition that has an address on a network. */
  ownerOfAddress(network: string, address: string): string | undefined;
}

/** Changes of networks by name and of addresses by uid. */
export interface NetworkChanges {
  readonly networks: ReadonlyMap<string, Network | null>;
  readonly addresses: ReadonlyMap<string, readonly Address[]>;
}

const NONE: readonly Address[] = [];

/** Creates an empty index of networks and addresses. */
export function createNetworkState() {
  const networks = new Map<string, Network>();
  const addresses = new Map<string, readonly Address[]>();
  const uidsOn = new MultiMap<string, string>();
  const owners = new Map<string, string>();

  function setAddresses(uid: string, next: readonly Address[]): void {
    for (const { network, address } of addresses.get(uid) ?? NONE) {
      uidsOn.delete(network, uid);
      if (owners.get(key(network, address)) === uid) owners.delete(key(network, address));
    }
    if (next.length === 0) addresses.delete(uid);
    else addresses.set(uid, next);
    for (const { network, address } of next) {
      uidsOn.add(network, uid);
      owners.set(key(network, address), uid);
    }
  }

  const reads: NetworkReads = {
    network: (name) => networks.get(name),
    networks: () => [...networks.values()],
    addressesOf: (uid) => addresses.get(uid) ?? NONE,
    addressesOn: (network) =>
      [...uidsOn.get(network)].flatMap((uid) => (addresses.get(uid) ?? NONE).filter((one) => one.network === network)),
    ownerOfAddress: (network, address) => owners.get(key(network, address)),
  };

  return {
    reads,
    apply(changes: NetworkChanges): void {
      for (const [name, network] of changes.networks) {
        if (network === null) networks.delete(name);
        else networks.set(name, network);
      }
      for (const uid of changes.addresses.keys()) setAddresses(uid, NONE);
      for (const [uid, next] of changes.addresses) setAddresses(uid, next);
    },
    clear(): void {
      for (const index of [networks, addresses, uidsOn, owners]) index.clear();
    },
  };
}

const key = (network: string, address: string): string => `${network} ${address}`;

/** Changed addresses by uid, also indexed for reading. Nothing is deleted from it. */
export interface ChangedAddresses extends Map<string, readonly Address[]> {
  readonly reads: NetworkReads;
}

/** Creates an empty collection. */
export function createChangedAddresses(): ChangedAddresses {
  const state = createNetworkState();

  class IndexedAddresses extends Map<string, readonly Address[]> implements ChangedAddresses {
    readonly reads = state.reads;

    override set(uid: string, next: readonly Address[]): this {
      state.apply({ networks: new Map(), addresses: new Map([[uid, next]]) });
      return super.set(uid, next);
    }
  }
  return new IndexedAddresses();
}

/** Reads the state after some changes, which may go on while it is read. */
export function overlayNetworks(
  base: NetworkReads,
  { networks, addresses }: NetworkChanges & { readonly addresses: ChangedAddresses },
): NetworkReads {
  const isAsStored = ({ uid }: Address): boolean => !addresses.has(uid);
  return {
    network(name) {
      const changed = networks.get(name);
      return changed === undefined ? base.network(name) : (changed ?? undefined);
    },
    networks: () => [
      ...base.networks().filter(({ name }) => !networks.has(name)),
      ...[...networks.values()].flatMap((network) => network ?? []),
    ],
    addressesOf: (uid) => addresses.get(uid) ?? base.addressesOf(uid),
    addressesOn: (network) => [
      ...base.addressesOn(network).filter(isAsStored),
      ...addresses.reads.addressesOn(network),
    ],
    ownerOfAddress(network, address) {
      const stored = base.ownerOfAddress(network, address);
      if (stored !== undefined && !addresses.has(stored)) return stored;
      return addresses.reads.ownerOfAddress(network, address);
    },
  };
}
