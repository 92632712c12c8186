/** Ports as Docker's command line prints them. */

import { naturalOrder } from '../../lib/natural-order.js';
import type { ContainerPort, Protocol } from '../definition/definition.js';
import { joinHostPort } from './ip.js';
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
 * Returns the error of `docker port` for a missing mapping: `Error: No public port '81' published for web`.
 * @param asked the port as requested: `81`, `81/udp`
 */
export function notPublished(asked: string, container: string): string {
  return `Error: No public port '${asked}' published for ${container}`;
}

function hostText(bound: BoundPort): string {
  return joinHostPort(bound.hostIp, bound.hostPort);
}
