/** Claims on host ports: when two of them can't both be bound, and picking one that can. */

import type { Protocol } from '../definition/definition.js';
import { canonicalIp } from './ip.js';
import type { PortRange } from './parse.js';

/** A host port that is wanted or held. */
export interface PortClaim {
  /** Absent (or empty, as the engine writes it): every interface, 0.0.0.0 and ::. */
  readonly hostIp?: string | undefined;
  readonly hostPort: number;
  readonly protocol: Protocol;
}

/** Arguments of {@link pickHostPort}. */
interface PickRequest {
  /** All claims there are, of every protocol. */
  readonly claims: Iterable<PortClaim>;
  readonly protocol: Protocol;
  readonly hostIp?: string | undefined;
  readonly range: PortRange;
  /** Ports not to be picked though nobody claims them, as something else on the host holds them. */
  readonly avoid: ReadonlySet<number>;
  /** Fraction of the range at which the search begins, from 0 up to, not including, 1. */
  readonly random: number;
}

/**
 * True if two claims can't both be bound: same protocol and number, addresses that overlap. An absent hostIp is 0.0.0.0
 * and ::; each of these overlaps every address of its own family and none of the other. Rule: engines 20.10 to 28.5
 * refuse exactly these (measured).
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
  const start = range.from + Math.floor(random * (range.to - range.from + 1));
  const search = firstFree((port) => taken.has(port) || avoid.has(port));
  return search(start, range.to) ?? search(range.from, start - 1);
}

/**
 * A search for the first free port of a range, both ends included. What it has found taken it steps over the next time, in
 * one go: no port that was taken may become free meanwhile.
 */
export function firstFree(isTaken: (port: number) => boolean): (from: number, to: number) => number | undefined {
  /** Maps a taken port to the first one after it that may be free. */
  const skip = new Map<number, number>();
  return (from, to) => {
    const passed: number[] = [];
    let port = from;
    while (port <= to) {
      const next = skip.get(port) ?? (isTaken(port) ? port + 1 : undefined);
      if (next === undefined) break;
      passed.push(port);
      port = next;
    }
    for (const one of passed) skip.set(one, port);
    return port <= to ? port : undefined;
  };
}

function overlap(a: string | undefined, b: string | undefined): boolean {
  if (a === b) return true;
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
export function addressOf(hostIp: string | undefined): string | undefined {
  if (hostIp === undefined || hostIp === '') return undefined;
  const known = addresses.get(hostIp);
  if (known !== undefined) return known;
  const address = canonicalIp(hostIp) ?? hostIp;
  if (addresses.size >= ADDRESSES_KNOWN) addresses.clear();
  addresses.set(hostIp, address);
  return address;
}

/** Addresses as they were written last, and canonical: a host has few, and they are compared all the time. */
const addresses = new Map<string, string>();
const ADDRESSES_KNOWN = 10_000;

export function isUnspecified(address: string): boolean {
  return address === '0.0.0.0' || address === '::';
}
