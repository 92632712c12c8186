/** Claims on host ports: when two of them can't both be bound, and picking one that can. */

import type { Protocol } from './definition.js';
import { canonicalIp } from './ip.js';
import type { PortRange } from './ports.js';

/** A host port that is wanted or held. */
export interface PortClaim {
  /** Absent (or empty, as the engine writes it): every interface, 0.0.0.0 and ::. */
  readonly hostIp?: string | undefined;
  readonly hostPort: number;
  readonly protocol: Protocol;
}

/** What {@link pickHostPort} is asked for. */
export interface PickRequest {
  /** All claims there are, of every protocol. */
  readonly claims: Iterable<PortClaim>;
  readonly protocol: Protocol;
  readonly hostIp?: string | undefined;
  readonly range: PortRange;
  /** Ports not to be picked though nobody claims them, as something else on the host holds them. */
  readonly avoid: ReadonlySet<number>;
  /** From 0 up to, not including, 1: where in the range the search begins. */
  readonly random: number;
}

/**
 * Whether two claims can't both be bound: same protocol and number, addresses that overlap. An absent hostIp is 0.0.0.0
 * and ::; each of these overlaps every address of its own family and none of the other.
 * Rule: engines 20.10 to 28.5 refuse exactly these (measured).
 */
export function collide(a: PortClaim, b: PortClaim): boolean {
  return a.protocol === b.protocol && a.hostPort === b.hostPort && overlap(a.hostIp, b.hostIp);
}

/**
 * The first port, counted from a random point of the range and round it once, that collides with no claim and is not to
 * be avoided; undefined when the range is used up.
 */
export function pickHostPort(request: PickRequest): number | undefined {
  const { range, avoid, random } = request;
  const taken = new Set<number>();
  for (const claim of request.claims) {
    if (claim.protocol === request.protocol && overlap(claim.hostIp, request.hostIp)) {
      taken.add(claim.hostPort);
    }
  }
  const size = range.to - range.from + 1;
  const start = Math.floor(random * size);
  for (let step = 0; step < size; step += 1) {
    const port = range.from + ((start + step) % size);
    if (!taken.has(port) && !avoid.has(port)) {
      return port;
    }
  }
  return undefined;
}

function overlap(a: string | undefined, b: string | undefined): boolean {
  const left = addressOf(a);
  const right = addressOf(b);
  if (left === undefined || right === undefined || left === right) {
    return true;
  }
  if (left.includes(':') !== right.includes(':')) {
    return false;
  }
  return isUnspecified(left) || isUnspecified(right);
}

/** An engine may hold what our grammar refuses, a zone id say: such an address is compared as it is written. */
function addressOf(hostIp: string | undefined): string | undefined {
  return hostIp === undefined || hostIp === '' ? undefined : (canonicalIp(hostIp) ?? hostIp);
}

function isUnspecified(address: string): boolean {
  return address === '0.0.0.0' || address === '::';
}
