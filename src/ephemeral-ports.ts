/** Linux's ephemeral ports, where Berth picks host ports from them: a warning at start-up. */

import type { PortRange } from './domain/ports/parse.js';

const LOCAL_RANGE = '/proc/sys/net/ipv4/ip_local_port_range';
const RESERVED = '/proc/sys/net/ipv4/ip_local_reserved_ports';

/** Files that exist only in a container, whose network is not the engine's. */
const IN_CONTAINER = ['/.dockerenv', '/run/.containerenv'];

/** The host that this process runs on, as far as it can be read. */
interface HostFiles {
  /** Null where the file can't be read. */
  read(path: string): string | null;
  exists(path: string): boolean;
}

/**
 * Says that the kernel may give host ports of the range to outgoing connections, and how to prevent that. Null where it
 * does not, and where Berth does not run on the engine's host.
 */
export function ephemeralWarning(range: PortRange, engineHost: string, { read, exists }: HostFiles): string | null {
  if (!engineHost.startsWith('unix://') || IN_CONTAINER.some(exists)) return null;
  const [from, to] = (read(LOCAL_RANGE) ?? '').trim().split(/\s+/).map(Number);
  if (from === undefined || to === undefined || Number.isNaN(from) || Number.isNaN(to)) return null;
  const overlap = { from: Math.max(range.from, from), to: Math.min(range.to, to) };
  if (overlap.from > overlap.to) return null;
  const reserved = (read(RESERVED) ?? '').trim();
  if (isReserved(overlap, rangesOf(reserved))) return null;
  const wanted = [...(reserved === '' ? [] : [reserved]), `${range.from}-${range.to}`].join(',');
  return `The port range ${range.from} to ${range.to} overlaps the kernel's ephemeral ports ${overlap.from} to ${overlap.to}: an outgoing connection can take a port while its container is replaced. Reserve them with sysctl -w net.ipv4.ip_local_reserved_ports=${wanted} (and in /etc/sysctl.d to make it permanent).`;
}

/** `8080,9148-9150`, as the kernel writes it. */
function rangesOf(text: string): readonly PortRange[] {
  return text
    .split(',')
    .filter((part) => part !== '')
    .map((part) => {
      const [from = 0, to = from] = part.split('-').map(Number);
      return { from, to };
    });
}

function isReserved({ from, to }: PortRange, ranges: readonly PortRange[]): boolean {
  let next = from;
  for (const range of [...ranges].sort((a, b) => a.from - b.from)) {
    if (range.from <= next && range.to >= next) next = range.to + 1;
  }
  return next > to;
}
