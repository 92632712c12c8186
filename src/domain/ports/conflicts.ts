/** Claims on host ports: which of them can't both be bound, and the search for a free port. */

import type { Protocol } from '../definition/definition.js';
import { canonicalIp } from './ip.js';

/** A host port that is wanted or held. */
export interface PortClaim {
  /** Absent (or empty, as the engine writes it): every interface, 0.0.0.0 and ::. */
  readonly hostIp?: string | undefined;
  readonly hostPort: number;
  readonly protocol: Protocol;
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
