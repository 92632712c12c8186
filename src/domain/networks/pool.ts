/** The pool from which subnets are picked, and what is picked. */

import { failure, type Result, success } from '../problems/result.js';
import type { NetworkSubnet } from './network.js';
import type { NetworkSpec } from './network-spec.js';
import { addressText, knownSubnet, overlap, parseSubnet, type Subnet, subnetAt } from './subnet.js';

/** A range of the pool, and the prefix of the subnets that are picked from it. */
interface PoolRange {
  readonly range: Subnet;
  readonly prefix: number;
}

/** The ranges in the order in which they are used. */
export type NetworkPool = readonly PoolRange[];

/** A pool of 512 subnets with room for 1,000 containers each. */
export const DEFAULT_POOL = '10.208.0.0/12:21';

/** Prefixes of picked subnets: room for both halves, and no more than a bridge can use. */
const PICKED = { least: 16, most: 29 } as const;

/** Reads `SUBNET:PREFIX` or several of them, separated by commas: `10.208.0.0/12:21`. */
export function parseNetworkPool(text: string): Result<NetworkPool> {
  const ranges: PoolRange[] = [];
  for (const part of text.split(',')) {
    const [subnet = '', prefix = '', ...more] = part.trim().split(':');
    const range = parseSubnet(subnet);
    if (!range.ok) return range;
    const size = Number(prefix);
    const isSize = more.length === 0 && /^\d{1,2}$/.test(prefix) && size >= PICKED.least && size <= PICKED.most;
    if (!isSize || size < range.value.prefix) {
      return failure(
        `${JSON.stringify(part.trim())} is not a pool; write a subnet, a colon and the prefix of the networks in it, from /${PICKED.least} to /${PICKED.most}: ${DEFAULT_POOL}`,
      );
    }
    if (ranges.some((one) => overlap(one.range, range.value))) {
      return failure(`${part.trim()} overlaps with another range of the pool`);
    }
    ranges.push({ range: range.value, prefix: size });
  }
  return success(ranges);
}

/** Returns the first subnet of the pool that overlaps with none of those taken; undefined where there is none. */
export function pickSubnet(pool: NetworkPool, taken: readonly Subnet[]): Subnet | undefined {
  for (const { range, prefix } of pool) {
    const relevant = taken.filter((one) => overlap(one, range));
    for (let at = range.first; at <= range.last; ) {
      const candidate = subnetAt(4, at, prefix);
      const inTheWay = relevant.find((one) => overlap(one, candidate));
      if (inTheWay === undefined) return candidate;
      at = (inTheWay.last > candidate.last ? inTheWay.last : candidate.last) + 1n;
    }
  }
  return undefined;
}

/** Draws a unique local range, and returns its first free subnet. Rule: RFC 4193, section 3.2. */
function pickIpv6(random: () => number, taken: readonly Subnet[]): Subnet {
  const drawn = Array.from({ length: 5 }, () => BigInt(Math.floor(random() * 256)));
  const range = drawn.reduce((bits, byte) => (bits << 8n) | byte, 0xfdn);
  for (let id = 0n; ; id += 1n) {
    const subnet = subnetAt(6, ((range << 16n) + id) << 64n, 64);
    if (!taken.some((one) => overlap(one, subnet))) return subnet;
  }
}

/**
 * Returns the subnets of a network: those that it names, and picked ones for those that it leaves open.
 *
 * @param taken subnets that are not to be picked
 */
export function subnetsFor(
  { subnet, gateway, ipv6, ipv6Subnet, ipv6Gateway, external }: NetworkSpec,
  pool: NetworkPool,
  taken: readonly Subnet[],
  random: () => number,
): Result<readonly NetworkSubnet[]> {
  if (external === true) return success([]);
  const ipv4 = subnet === undefined ? pickSubnet(pool, taken) : knownSubnet(subnet);
  if (ipv4 === undefined) {
    return failure(
      'no subnet of the pool is free: name a subnet, delete a network, or widen the pool (BERTH_NETWORK_POOL)',
    );
  }
  const withGateway = (one: Subnet, given: string | undefined): NetworkSubnet => ({
    subnet: one.text,
    gateway: given ?? addressText(one.family, one.first + 1n),
  });
  if (ipv6 !== true) return success([withGateway(ipv4, gateway)]);
  const second = ipv6Subnet === undefined ? pickIpv6(random, taken) : knownSubnet(ipv6Subnet);
  return success([withGateway(ipv4, gateway), withGateway(second, ipv6Gateway)]);
}
