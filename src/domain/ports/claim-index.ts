/** Claims on host ports, found by number: asking for one costs the same however many there are. */

import type { Protocol } from '../definition/definition.js';
import { addressOf, isUnspecified, type PortClaim } from './conflicts.js';

/** The claims of one port number and protocol. */
interface Place<T> {
  readonly all: T[];
  /** The first claim of each address; `*` for every interface. */
  readonly byAddress: Map<string, Ranked<T>>;
  /** The first claim of each address family; one of every interface is of both. */
  first4: Ranked<T> | undefined;
  first6: Ranked<T> | undefined;
}

interface Ranked<T> {
  readonly claim: T;
  readonly rank: number;
}

export interface ClaimIndex<T extends PortClaim> {
  add(claim: T): void;
  /** Returns the claims on a port, in the order in which they were added. */
  at(protocol: Protocol, hostPort: number): readonly T[];
  /** The claim, of those that collide with this one, that was added first: see `collide`. */
  colliding(claim: PortClaim): T | undefined;
}

export function createClaimIndex<T extends PortClaim>(claims: Iterable<T> = []): ClaimIndex<T> {
  const places = new Map<string, Place<T>>();
  let count = 0;

  function add(claim: T): void {
    const key = keyOf(claim.protocol, claim.hostPort);
    const place: Place<T> = places.get(key) ?? { all: [], byAddress: new Map(), first4: undefined, first6: undefined };
    places.set(key, place);
    place.all.push(claim);
    const ranked = { claim, rank: count++ };
    const address = addressOf(claim.hostIp) ?? '*';
    if (!place.byAddress.has(address)) place.byAddress.set(address, ranked);
    if (address === '*' || !address.includes(':')) place.first4 ??= ranked;
    if (address === '*' || address.includes(':')) place.first6 ??= ranked;
  }

  for (const claim of claims) add(claim);
  return {
    add,
    at: (protocol, hostPort) => places.get(keyOf(protocol, hostPort))?.all ?? [],
    colliding({ hostIp, hostPort, protocol }) {
      const place = places.get(keyOf(protocol, hostPort));
      if (place === undefined) return undefined;
      const address = addressOf(hostIp);
      if (address === undefined) return place.all[0];
      const isIpv6 = address.includes(':');
      if (isUnspecified(address)) return (isIpv6 ? place.first6 : place.first4)?.claim;
      const { byAddress } = place;
      return earliest(byAddress.get(address), byAddress.get('*'), byAddress.get(isIpv6 ? '::' : '0.0.0.0'))?.claim;
    },
  };
}

const keyOf = (protocol: Protocol, hostPort: number): string => `${hostPort}/${protocol}`;

function earliest<T>(...found: readonly (Ranked<T> | undefined)[]): Ranked<T> | undefined {
  let best: Ranked<T> | undefined;
  for (const one of found) if (one !== undefined && (best === undefined || one.rank < best.rank)) best = one;
  return best;
}
