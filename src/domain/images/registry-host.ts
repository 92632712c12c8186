/** Registries as a policy compares them: one text for whatever names the same host, and which of them name this host. */

import { canonicalIp, joinHostPort } from '../ports/ip.js';

interface RegistryHost {
  /** `host[:port]`: lower case, addresses in their canonical form. Equal for texts that mean the same. */
  readonly key: string;
  /** An address, or a name of the host itself: whoever listens there is trusted without TLS by engines. */
  readonly kind: 'name' | 'address' | 'localhost';
}

/** RFC 6761, section 6.3, and what the hosts files of Debian and Fedora call the loopback addresses beside it. */
const LOCAL_NAMES: ReadonlySet<string> = new Set([
  'localhost',
  'localhost.localdomain',
  'localhost4',
  'localhost4.localdomain4',
  'localhost6',
  'localhost6.localdomain6',
  'ip6-localhost',
  'ip6-loopback',
]);

/** @param registry as an image reference names it: `docker.io`, `127.0.0.1:5000`, `[::1]:5000`, `0x7f000001:5000` */
export function registryHost(registry: string): RegistryHost {
  const [, host = '', digits] = /^(\[.*\]|.*?)(?::(\d+))?$/s.exec(registry.toLowerCase()) ?? [];
  const { name, kind } = readHost(host.replace(/\.+$/, ''));
  const key = digits === undefined ? bracketed(name) : joinHostPort(name, Number(digits));
  return { key, kind };
}

function readHost(host: string): { readonly name: string; readonly kind: RegistryHost['kind'] } {
  const inBrackets = /^\[(.*)\]$/s.exec(host)?.[1];
  if (inBrackets !== undefined) return { name: canonicalIp(inBrackets) ?? inBrackets, kind: 'address' };
  if (endsInNumber(host)) return { name: readIPv4(host) ?? host, kind: 'address' };
  return { name: host, kind: LOCAL_NAMES.has(host) || host.endsWith('.localhost') ? 'localhost' : 'name' };
}

/** Rule: WHATWG URL, "ends in a number checker": no name of DNS does, so resolvers take such a text for an address. */
const endsInNumber = (host: string): boolean => /(?:^|\.)(?:\d+|0x[\da-f]*)$/.test(host);

/** Short, decimal, octal and hexadecimal forms, as resolvers read them: the platform's own URL parser knows all. */
function readIPv4(host: string): string | undefined {
  try {
    return canonicalIp(new URL(`http://${host}`).hostname);
  } catch {
    return undefined;
  }
}

const bracketed = (name: string): string => (name.includes(':') ? `[${name}]` : name);
