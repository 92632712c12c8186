/** Addresses that webhooks may be sent to. */

import ipaddr from 'ipaddr.js';

/**
 * Ranges that are refused unless the policy lists them: this host, its links, and ranges that embed another address,
 * which a router may translate to one of these.
 */
const REFUSED: ReadonlySet<string> = new Set([
  ...['loopback', 'linkLocal', 'unspecified', 'multicast', 'broadcast', 'reserved', 'deprecatedSiteLocal'],
  ...['rfc6145', 'rfc6052', '6to4', 'teredo'],
]);

/**
 * Metadata services outside those ranges: AWS (IPv6), Google Cloud (IPv6), Alibaba Cloud, Azure, Oracle Cloud. They give
 * the credentials of the host to each request from it.
 */
const METADATA: ReadonlySet<string> = new Set([
  ...['fd00:ec2::254', 'fd20:ce::254', '100.100.100.200', '168.63.129.16', '192.0.0.192'],
]);

/** Other ranges that embed an IPv4 address: IPv4-compatible ones, and local translation (RFC 8215). */
const EMBEDDING = ['::/96', '64:ff9b:1::/48'] as const;

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/**
 * Returns why a webhook may not be sent to an address; undefined if it may.
 *
 * @param allowed addresses and subnets that the policy allows beside public and private ones
 */
export function targetRefusal(text: string, allowed: readonly string[]): string | undefined {
  if (!ipaddr.isValid(text)) return `${text} is not an address`;
  const address: Address = ipaddr.process(text);
  const kind = METADATA.has(address.toString()) ? 'metadata service' : rangeOf(address);
  if (kind === undefined || allowed.some((subnet) => contains(subnet, address))) return undefined;
  const shown = address.toString();
  return `${shown} is a ${kind} address: use another one, or have ${shown} added to webhookTargets in the policy`;
}

function rangeOf(address: Address): string | undefined {
  const range = address.range();
  if (EMBEDDING.some((subnet) => contains(subnet, address)) && range !== 'loopback') return 'translated';
  if (!REFUSED.has(range)) return undefined;
  return range === 'linkLocal' ? 'link-local' : range;
}

function contains(subnet: string, address: Address): boolean {
  const [network, bits] = ipaddr.parseCIDR(subnet);
  return network.kind() === address.kind() && address.match(network as ipaddr.IPv4 & ipaddr.IPv6, bits);
}

/** Reads an address or a subnet, as a subnet; undefined if it is neither. */
export function readTarget(text: string): string | undefined {
  if (ipaddr.isValidCIDR(text)) return text;
  if (!ipaddr.IPv4.isValidFourPartDecimal(text) && !ipaddr.IPv6.isValid(text)) return undefined;
  const address: Address = ipaddr.process(text);
  return `${address.toString()}/${address.kind() === 'ipv4' ? 32 : 128}`;
}

/** Returns the address that the host of a URL is, which may be in brackets; undefined for a name. */
export function addressOf(host: string): string | undefined {
  const bare = host.replace(/^\[(.*)\]$/, '$1');
  return ipaddr.isValid(bare) ? bare : undefined;
}
