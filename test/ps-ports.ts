import type { ContainerPort, Protocol } from '../src/domain/definition/definition.js';
import type { BoundPort } from '../src/domain/ports/docker-port.js';
import { compareIp, joinHostPort } from '../src/domain/ports/ip.js';
import { portKey } from '../src/domain/ports/parse.js';

/** One line of the PORTS column before it is written: a container port and where, if anywhere, it is on the host. */
interface Listed extends ContainerPort {
  readonly hostIp?: string;
  readonly hostPort?: number;
}

/** Neighbouring ports that go by one key: a protocol, on one host address or on none. */
interface Group {
  readonly hostIp: string | undefined;
  readonly protocol: Protocol;
  readonly first: number;
  readonly last: number;
}

/**
 * The PORTS column of `docker ps`: `3306/tcp, 0.0.0.0:49168->5000/tcp, [::]:49168->5000/tcp`.
 * Neighbouring ports that have the same number on the host are folded: `0.0.0.0:8000-8010->8000-8010/tcp`.
 * Rule: docker/cli, `formatter.DisplayablePorts`.
 * @param exposed the container's exposed ports; those that are published don't show
 */
export function formatPsPorts(bindings: readonly BoundPort[], exposed: readonly ContainerPort[]): string {
  const published = new Set(bindings.map(portKey));
  const listed: readonly Listed[] = [...exposed.filter((port) => !published.has(portKey(port))), ...bindings];
  const groups = new Map<string, Group>();
  const folded: string[] = [];
  const mapped: string[] = [];
  for (const port of listed.toSorted(byListing)) {
    if (port.hostIp !== undefined && port.hostPort !== port.containerPort) {
      mapped.push(`${joinHostPort(port.hostIp, port.hostPort ?? 0)}->${portKey(port)}`);
      continue;
    }
    const key = `${port.hostIp ?? ''}/${port.protocol}`;
    const open = groups.get(key);
    const goesOn = open !== undefined && port.containerPort === open.last + 1;
    folded.push(...(open === undefined || goesOn ? [] : [groupText(open)]));
    groups.set(key, {
      hostIp: port.hostIp,
      protocol: port.protocol,
      first: goesOn ? open.first : port.containerPort,
      last: port.containerPort,
    });
  }
  return [...folded, ...[...groups.values()].map(groupText), ...mapped].join(', ');
}

function groupText({ hostIp, protocol, first, last }: Group): string {
  const ports = first === last ? `${first}` : `${first}-${last}`;
  return hostIp === undefined ? `${ports}/${protocol}` : `${joinHostPort(hostIp, ports)}->${ports}/${protocol}`;
}

/** Rule: docker/cli, `comparePorts`: container port, address (none first), host port, protocol. */
function byListing(a: Listed, b: Listed): number {
  return (
    a.containerPort - b.containerPort ||
    Number(a.hostIp !== undefined) - Number(b.hostIp !== undefined) ||
    compareIp(a.hostIp ?? '', b.hostIp ?? '') ||
    (a.hostPort ?? 0) - (b.hostPort ?? 0) ||
    (a.protocol === b.protocol ? 0 : a.protocol < b.protocol ? -1 : 1)
  );
}
