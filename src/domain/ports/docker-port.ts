/** Ports as Docker's command line prints them. */

import { naturalOrder } from '../../lib/natural-order.js';
import type { ContainerPort, Protocol } from '../definition/definition.js';
import { failure, type Result, success } from '../problems/result.js';
import { canonicalIp, compareIp, joinHostPort } from './ip.js';
import { portKey } from './parse.js';

/** A host port that the engine has bound. */
export interface BoundPort {
  readonly hostIp: string;
  readonly hostPort: number;
  readonly containerPort: number;
  readonly protocol: Protocol;
}

/** `docker port CONTAINER`: `5000/tcp -> 0.0.0.0:5000`. Rule: docker/cli, `cli/command/container/port.go`. */
export function portLines(bindings: readonly BoundPort[]): readonly string[] {
  return bindings.map((bound) => `${portKey(bound)} -> ${hostText(bound)}`).sort(naturalOrder);
}

/** `docker port CONTAINER PRIVATE_PORT[/PROTO]`: `0.0.0.0:5000`; none where the port is not published. */
export function publishedLines(bindings: readonly BoundPort[], port: ContainerPort): readonly string[] {
  return bindings
    .filter((bound) => bound.containerPort === port.containerPort && bound.protocol === port.protocol)
    .map(hostText)
    .sort(naturalOrder);
}

/**
 * What `docker port` says where there is no such mapping: `Error: No public port '81' published for web`.
 * @param asked the port as it was asked for: `81`, `81/udp`
 */
export function notPublished(asked: string, container: string): string {
  return `Error: No public port '${asked}' published for ${container}`;
}

/** Reads `0.0.0.0:5000`, `[::]:5000`, and `:::5000` as older command lines print it. */
export function parseBindingText(text: string): Result<Pick<BoundPort, 'hostIp' | 'hostPort'>> {
  const colon = text.lastIndexOf(':');
  const host = text.slice(0, Math.max(colon, 0));
  const hostIp = canonicalIp(host.startsWith('[') && host.endsWith(']') ? host.slice(1, -1) : host);
  const port = text.slice(colon + 1);
  const hostPort = /^\d+$/.test(port) ? Number(port) : 0;
  if (hostIp === undefined || hostPort < 1 || hostPort > 65535) {
    return failure(`${JSON.stringify(text)} is not a binding; write 0.0.0.0:5000 or [::]:5000`);
  }
  return success({ hostIp, hostPort });
}

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

function hostText(bound: BoundPort): string {
  return joinHostPort(bound.hostIp, bound.hostPort);
}
