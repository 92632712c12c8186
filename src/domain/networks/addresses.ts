/** Addresses that definitions have on Berth's networks: one for each network and family, kept until it is released. */

import type { FieldFault } from '../problems/result.js';
import { hasStableAddresses, type Network, type NetworkSubnet } from './network.js';
import { addressText, isWithin, knownSubnet, numberOf, type Subnet, upperHalf } from './subnet.js';

/** A claim on an address, made before the engine hears of it and kept until the definition or its network is gone. */
export interface Address {
  readonly uid: string;
  readonly host: string;
  readonly network: string;
  /** In canonical form. */
  readonly address: string;
  /** `fixed`: the definition names it. `assigned`: Berth picked it. */
  readonly origin: 'fixed' | 'assigned';
}

export const isIpv4 = ({ address }: Pick<Address, 'address'>): boolean => !address.includes(':');

/** A network that a definition is to be on, with the addresses that it names there. */
export interface AddressWish {
  readonly network: Network;
  readonly ipv4Address?: string | undefined;
  readonly ipv6Address?: string | undefined;
  /** Places of the faults in the definition. */
  readonly pointers: { readonly network: string; readonly ipv4: string; readonly ipv6: string };
}

export interface AddressRequest {
  readonly uid: string;
  readonly wishes: readonly AddressWish[];
  /** Addresses that the definition has so far, on whichever network. */
  readonly held: readonly Address[];
  /** Returns the uid of the definition that has an address; undefined if it is free. */
  readonly ownerOf: (network: string, address: string) => string | undefined;
  /** True if a container that isn't of this definition has an address, or takes it when it starts: it is not picked. */
  readonly isInUse: (network: string, address: string) => boolean;
  /** Returns the number of definitions that have addresses on a network. */
  readonly countOn: (network: string) => number;
  readonly nameOf: (uid: string) => string;
  /** Leaves open what is to be picked, for when all that is named is claimed: of several definitions at once. */
  readonly onlyFixed: boolean;
}

export type AddressOutcome =
  | { readonly ok: true; readonly addresses: readonly Address[] }
  | { readonly ok: false; readonly faults: readonly FieldFault[] };

/** The most definitions of one network: a Linux bridge has 1,024 ports (`BR_MAX_PORTS`), and replacements need some. */
const MOST_ON_NETWORK = 1000;

/** Gives a definition its addresses: those that it names, those that it has already, and else picked ones. */
export function assignAddresses(request: AddressRequest): AddressOutcome {
  const faults: FieldFault[] = [];
  const addresses = request.wishes.flatMap((wish) =>
    wish.network.subnets.flatMap((subnet): readonly Address[] => {
      const made = addressOn(request, wish, subnet);
      if (made === undefined) return [];
      if ('origin' in made) return [made];
      faults.push(made);
      return [];
    }),
  );
  const withoutIpv6 = request.wishes.flatMap(({ network, ipv6Address, pointers }) =>
    ipv6Address === undefined || network.subnets.length > 1
      ? []
      : [{ pointer: pointers.ipv6, message: `the network ${network.name} has no IPv6 subnet` }],
  );
  const withoutAny = request.wishes.flatMap(({ network, ipv4Address, pointers }) =>
    ipv4Address === undefined || hasStableAddresses(network)
      ? []
      : [
          {
            pointer: pointers.ipv4,
            message: `the network ${network.name} has no subnet of Berth's; declare it with one`,
          },
        ],
  );
  const all = [...faults, ...withoutIpv6, ...withoutAny];
  return all.length === 0 ? { ok: true, addresses } : { ok: false, faults: all };
}

function addressOn(request: AddressRequest, wish: AddressWish, given: NetworkSubnet): Address | FieldFault | undefined {
  const { uid, held, countOn } = request;
  const { name, host } = wish.network;
  const subnet = knownSubnet(given.subnet);
  const wanted = subnet.family === 4 ? wish.ipv4Address : wish.ipv6Address;
  const own = held.filter((one) => one.network === name && isWithin(subnet, one.address));
  const claim = (address: string, origin: Address['origin']): Address => ({
    uid,
    host,
    network: name,
    address,
    origin,
  });
  if (own.length === 0 && countOn(name) >= MOST_ON_NETWORK) {
    const message = `the network ${name} is full: a bridge has room for ${MOST_ON_NETWORK} containers; use another network`;
    return { pointer: wish.pointers.network, message };
  }
  if (wanted !== undefined) {
    const message = addressFault(request, wish.network, subnet, given.gateway, wanted);
    const place = subnet.family === 4 ? wish.pointers.ipv4 : wish.pointers.ipv6;
    return message === undefined ? claim(wanted, 'fixed') : { pointer: place, message };
  }
  const kept = own.find(({ address }) => isLower(subnet, address));
  if (kept !== undefined) return claim(kept.address, 'assigned');
  if (request.onlyFixed) return undefined;
  const free = firstFree(request, wish.network, subnet, given.gateway);
  if (free !== undefined) return claim(free, 'assigned');
  const message = `the network ${name} is full: no address from ${rangeText(subnet)} is free; use another network, or recreate it with a larger subnet`;
  return { pointer: wish.pointers.network, message };
}

/** Returns why a definition can't have the address that it names, or undefined. */
function addressFault(
  { uid, ownerOf, nameOf }: AddressRequest,
  { name }: Network,
  subnet: Subnet,
  gateway: string,
  address: string,
): string | undefined {
  if (!isWithin(subnet, address)) return `${address} is not in ${subnet.text}, the subnet of ${name}`;
  if (address === gateway) return `${address} is the gateway of ${name}; choose another address`;
  if (!isLower(subnet, address)) {
    return `${address} is in the half of ${subnet.text} from which the engine allocates; choose one from ${rangeText(subnet)}`;
  }
  if (numberOf(address) === subnet.first) return `${address} is the address of the network ${name} itself`;
  const owner = ownerOf(name, address);
  if (owner === undefined || owner === uid) return undefined;
  return `${address} on ${name} belongs to ${nameOf(owner)}; choose another address, or change ${nameOf(owner)}`;
}

const isLower = (subnet: Subnet, address: string): boolean => numberOf(address) < upperHalf(subnet).first;

const rangeText = (subnet: Subnet): string =>
  `${addressText(subnet.family, subnet.first + 1n)} to ${addressText(subnet.family, upperHalf(subnet).first - 1n)}`;

function firstFree(
  { ownerOf, isInUse }: AddressRequest,
  { name }: Network,
  subnet: Subnet,
  gateway: string,
): string | undefined {
  const end = upperHalf(subnet).first;
  for (let number = subnet.first + 1n; number < end; number += 1n) {
    const address = addressText(subnet.family, number);
    if (address === gateway || ownerOf(name, address) !== undefined || isInUse(name, address)) continue;
    return address;
  }
  return undefined;
}
