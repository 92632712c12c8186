/** IP addresses as the engine reads and writes them. */

import ipaddr from 'ipaddr.js';

/**
 * The canonical text of an address (RFC 5952 for IPv6), or undefined where Go's `net.ParseIP` refuses it: no octal or
 * short IPv4 forms, no zone ids, `::` for at least one group. An IPv4-mapped IPv6 address is the IPv4 address, as it is
 * in Go (`net.IP.To4`), and so on the engine.
 */
export function canonicalIp(text: string): string | undefined {
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) {
    return text;
  }
  if (!isStrictIPv6(text)) {
    return undefined;
  }
  const address = ipaddr.IPv6.parse(text);
  return address.isIPv4MappedAddress() ? address.toIPv4Address().toString() : address.toRFC5952String();
}

/**
 * Sorts addresses as Go's `netip.Addr.Less`: IPv4 before IPv6, then by number. Texts that are no address go last, by
 * code unit.
 */
export function compareIp(a: string, b: string): number {
  if (a === b) {
    return 0;
  }
  const [left, right] = [bytesOf(a), bytesOf(b)];
  if (left === undefined || right === undefined) {
    return Number(left === undefined) - Number(right === undefined) || (a < b ? -1 : 1);
  }
  if (left.length !== right.length) {
    return left.length - right.length;
  }
  const at = left.findIndex((byte, index) => byte !== right[index]);
  return at === -1 ? 0 : (left[at] ?? 0) - (right[at] ?? 0);
}

/** True if an address can be reached from its own host alone: 127.0.0.0/8, ::1. False for what is no address. */
export function isLoopback(text: string): boolean {
  const address = canonicalIp(text);
  return address !== undefined && ipaddr.parse(address).range() === 'loopback';
}

/** True if an address stands for all of its family: 0.0.0.0, ::. */
export const isUnspecified = (text: string): boolean => ['0.0.0.0', '::'].includes(canonicalIp(text) ?? '');

/** `host:port` with brackets around an IPv6 address, as Go's `net.JoinHostPort`. */
export function joinHostPort(host: string, port: number | string): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

function bytesOf(text: string): readonly number[] | undefined {
  return canonicalIp(text) === undefined ? undefined : ipaddr.process(text).toByteArray();
}

/** ipaddr.js also takes zone ids, IPv4 tails in octal and hexadecimal, and a `::` that stands for nothing. */
function isStrictIPv6(text: string): boolean {
  if (!/^[0-9a-fA-F:.]+$/.test(text) || !text.includes(':')) {
    return false;
  }
  const tail = text.slice(text.lastIndexOf(':') + 1);
  if (tail.includes('.') && !ipaddr.IPv4.isValidFourPartDecimal(tail)) {
    return false;
  }
  const groups = tail.includes('.') ? `${text.slice(0, -tail.length)}0:0` : text;
  const [head = '', rest, ...more] = groups.split('::');
  if (more.length > 0) {
    return false;
  }
  const parts = [head, rest ?? ''].flatMap((half) => (half === '' ? [] : half.split(':')));
  if (!parts.every((part) => /^[0-9a-fA-F]{1,4}$/.test(part))) {
    return false;
  }
  return rest === undefined ? parts.length === 8 : parts.length <= 7;
}
