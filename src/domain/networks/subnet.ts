/** Subnets in CIDR notation, and the addresses in them, as numbers. */

import ipaddr from 'ipaddr.js';
import { canonicalIp } from '../ports/ip.js';
import { failure, type Result, success } from '../problems/result.js';

/** A range of addresses whose number is a power of two. */
export interface Subnet {
  readonly family: 4 | 6;
  /** Number of its first address. */
  readonly first: bigint;
  /** Number of its last address. */
  readonly last: bigint;
  readonly prefix: number;
  /** Canonical text: `10.208.0.0/21`. */
  readonly text: string;
}

const BITS = { 4: 32, 6: 128 } as const;

/** Reads `ADDRESS/PREFIX`, whose address must be the first of the subnet. */
export function parseSubnet(text: string): Result<Subnet> {
  const [address = '', length = '', ...more] = text.split('/');
  const canonical = canonicalIp(address);
  if (more.length > 0 || canonical === undefined || !/^\d{1,3}$/.test(length)) {
    return failure(`${JSON.stringify(text)} is not a subnet; write an address and a prefix, for example 10.20.0.0/24`);
  }
  const family = canonical.includes(':') ? 6 : 4;
  const prefix = Number(length);
  if (prefix > BITS[family]) return failure(`${text} has a prefix of more than ${BITS[family]} bits`);
  const number = numberOf(canonical);
  const subnet = subnetAt(family, number, prefix);
  if (subnet.first === number) return success(subnet);
  return failure(`${text} does not begin at the first address of its subnet; write ${subnet.text}`);
}

/** Returns the subnet of this size that an address is in. */
export function subnetAt(family: 4 | 6, address: bigint, prefix: number): Subnet {
  const size = 1n << BigInt(BITS[family] - prefix);
  const first = (address / size) * size;
  return { family, first, last: first + size - 1n, prefix, text: `${addressText(family, first)}/${prefix}` };
}

/** Returns a subnet that Berth wrote itself. @throws Error where it can't be read */
export function knownSubnet(text: string): Subnet {
  const parsed = parseSubnet(text);
  if (!parsed.ok) throw new Error(parsed.message);
  return parsed.value;
}

/** Returns the upper half of a subnet, from which the engine allocates; Berth allocates from the lower half. */
export const upperHalf = ({ family, last, prefix }: Subnet): Subnet => subnetAt(family, last, prefix + 1);

/** True if two subnets have an address in common. */
export const overlap = (a: Subnet, b: Subnet): boolean =>
  a.family === b.family && a.first <= b.last && b.first <= a.last;

/** True if an address, in canonical form, is in a subnet. */
export function isWithin(subnet: Subnet, address: string): boolean {
  const family = address.includes(':') ? 6 : 4;
  const number = numberOf(address);
  return family === subnet.family && number >= subnet.first && number <= subnet.last;
}

/** Returns the number of an address in canonical form. */
export const numberOf = (address: string): bigint =>
  ipaddr
    .parse(address)
    .toByteArray()
    .reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);

/** Returns the canonical text of an address by its number. */
export function addressText(family: 4 | 6, number: bigint): string {
  const bytes = Array.from({ length: BITS[family] / 8 }, (_, index) =>
    Number((number >> BigInt(BITS[family] - 8 * (index + 1))) & 0xffn),
  );
  const address = ipaddr.fromByteArray(bytes);
  return address instanceof ipaddr.IPv6 ? address.toRFC5952String() : address.toString();
}
