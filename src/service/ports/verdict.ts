/** Pure: turns the findings of a probe into the state of a published port. */

import type { Protocol } from '../../domain/definition/definition.js';
import { isLoopback, isUnspecified, joinHostPort } from '../../domain/ports/ip.js';
import type { PortFinding, PortTarget, ProbeOutcome } from '../../engine/probe.js';

export type PortReachReason = 'Reachable' | 'PortUnreachable' | 'NotListening' | 'NoAnswer' | 'NotTried';

/** A published host port, and whether a client outside the container reaches the container by it. */
export interface PortReach {
  /** Address of the host; null for every address of IPv4, or of both families. */
  readonly hostIp: string | null;
  readonly hostPort: number;
  readonly containerPort: number;
  readonly protocol: Protocol;
  /** True if reachable; null if it can't be determined. */
  readonly reachable: boolean | null;
  readonly reason: PortReachReason;
  /** The address of the host that was tried; null where none was. */
  readonly address: string | null;
  /** Outcome of the probe on the host port. */
  readonly outcome: ProbeOutcome;
  /** Time from the attempt to the answer; null if none came. */
  readonly milliseconds: number | null;
  readonly message: string;
}

type Verdict = Pick<PortReach, 'reachable' | 'reason' | 'message'>;

const verdict = (reachable: boolean | null, reason: PortReachReason, message = ''): Verdict => ({
  reachable,
  reason,
  message,
});

/** Remedy if the container answers and its host port does not. */
const REMEDY =
  'the firewall was probably flushed. Restart the engine, which restores its rules (with firewalld, run `firewall-cmd --reload`)';

/** Returns whether a client reaches the container by one published port, and why not. */
export function reachOf(target: PortTarget, finding: PortFinding): PortReach {
  const { hostIp, hostPort, containerPort, protocol } = target;
  const { address, outcome, milliseconds } = finding.host;
  return {
    hostIp: hostIp === '' || hostIp === '0.0.0.0' ? null : hostIp,
    hostPort,
    containerPort,
    protocol,
    ...(protocol === 'udp' ? udpVerdict(target, finding) : tcpVerdict(target, finding)),
    address,
    outcome,
    milliseconds,
  };
}

const SILENT = new Set(['no-answer', 'unreachable']);
const CLOSED = new Set(['refused', ...SILENT]);

function tcpVerdict(target: PortTarget, { host, container, neighbour, hasProxy }: PortFinding): Verdict {
  const { containerPort, protocol } = target;
  if (protocol !== 'tcp') return verdict(null, 'NotTried', `${protocol} ports can't be checked`);
  if (container.outcome === 'refused') {
    const message = `nothing listens on ${containerPort}/tcp in the container, or only on its loopback`;
    return verdict(false, 'NotListening', message);
  }
  if (SILENT.has(container.outcome)) {
    return verdict(false, 'NoAnswer', `the container does not answer at its own address, ${addressOf(target)}`);
  }
  if (container.outcome !== 'open' || host.outcome === 'not-tried' || host.outcome === 'failed') {
    return notTried(target, container.outcome === 'open' ? host : container);
  }
  if (CLOSED.has(host.outcome)) return dead(target, `${nameOf(host.address, target)} does not (${host.outcome})`);
  if (host.accepted === false) {
    return dead(target, `the engine holds ${nameOf(host.address, target)}, but nothing accepts the connection`);
  }
  if (host.accepted === true) return verdict(true, 'Reachable', byProxy(target));
  if (neighbour !== null && SILENT.has(neighbour.container.outcome)) {
    return dead(target, 'the host does not forward outside connections to it');
  }
  if (neighbour !== null && hasProxy === false && CLOSED.has(neighbour.host.outcome)) {
    return dead(target, 'the host does not forward outside connections to it');
  }
  return verdict(true, 'Reachable');
}

/** Returns a note that the proxy answers; empty where that is usual: without IPv6 rules, and on the loopback. */
function byProxy({ hostIp }: PortTarget): string {
  if (hostIp.includes(':') || (!isUnspecified(hostIp) && hostIp !== '' && isLoopback(hostIp))) return '';
  return "the port answers through the engine's userland proxy, without a firewall rule";
}

function udpVerdict(target: PortTarget, { host, container }: PortFinding): Verdict {
  if (host.outcome === 'open') return verdict(true, 'Reachable');
  if (host.outcome === 'not-tried' || host.outcome === 'failed') return notTried(target, host);
  if (container.outcome === 'refused') {
    return verdict(false, 'NotListening', `nothing listens on ${target.containerPort}/udp in the container`);
  }
  if (container.outcome === 'open') return dead(target, `${nameOf(host.address, target)} does not (${host.outcome})`);
  if (host.outcome === 'refused') {
    return verdict(false, 'PortUnreachable', `the host itself refuses ${nameOf(host.address, target)}: ${REMEDY}`);
  }
  return verdict(null, 'NoAnswer', 'no answer: the port may be open without replying to this datagram, or filtered');
}

const dead = (target: PortTarget, what: string): Verdict =>
  verdict(false, 'PortUnreachable', `the container answers on ${addressOf(target)}, but ${what}: ${REMEDY}`);

const addressOf = ({ address, containerPort }: PortTarget): string => joinHostPort(address, containerPort);

const nameOf = (address: string | null, { hostPort }: PortTarget): string => joinHostPort(address ?? '*', hostPort);

function notTried({ hostIp }: PortTarget, { code }: { readonly code: string | null }): Verdict {
  const family = hostIp.includes(':') ? 'IPv6' : 'IPv4';
  if (code === 'EADDRNOTAVAIL') return verdict(null, 'NotTried', `not tried: the host has no ${family} address`);
  return verdict(
    null,
    'NotTried',
    code === 'ETIME' ? 'not tried: the time limit was reached' : `the attempt failed (${code ?? 'unknown'})`,
  );
}
