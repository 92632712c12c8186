/** Tries published ports from the host's network namespace, and from a neighbour of their containers. */

import { isLoopback } from '../../../domain/ports/ip.js';
import type { PortFinding, PortProbeRequest, PortTarget, Tried, TriedOnHost } from '../../probe.js';

/** The engine's `NetworkMode` for the network namespace of the host. */
export const HOST = 'host';

/** Targets in one probe: their tries fit into its arguments, and into the time that a probe has. */
const TARGETS_AT_ONCE = 250;

/** Attempt of the probe's program. `own4`, `own6`: the address from which the host speaks to others. */
interface Try {
  readonly address: string;
  readonly port: number;
  readonly protocol: string;
}

interface Looks {
  /** Tries each of a list out of a network namespace, in order. */
  tryFrom(
    instance: string,
    networkMode: string,
    tries: readonly Try[],
    signal: AbortSignal,
  ): Promise<readonly TriedOnHost[]>;
  /** False where the containers of a network may not reach each other. */
  isOpenInside(networkId: string): Promise<boolean>;
}

interface OnHost {
  readonly target: PortTarget;
  readonly host: TriedOnHost;
  readonly container: TriedOnHost;
  readonly loopback: TriedOnHost;
}

const NOT_TRIED: TriedOnHost = {
  outcome: 'not-tried',
  code: null,
  milliseconds: null,
  address: null,
  accepted: null,
};

/** The address through which a mapping is tried on the host. */
function hostAddressOf({ hostIp }: PortTarget): string {
  if (hostIp === '' || hostIp === '0.0.0.0') return 'own4';
  return hostIp === '::' ? 'own6' : hostIp;
}

const isEverywhere = ({ hostIp }: PortTarget): boolean => hostIp === '' || hostIp === '0.0.0.0';

export function portProbes(
  looks: Looks,
): (request: PortProbeRequest, signal: AbortSignal) => Promise<readonly PortFinding[]> {
  /** Three tries for each target: the host's address, the container's own, and the host's loopback. */
  async function onHost(
    instance: string,
    targets: readonly PortTarget[],
    signal: AbortSignal,
  ): Promise<readonly OnHost[]> {
    const tries = targets.flatMap((target): readonly Try[] => [
      { address: hostAddressOf(target), port: target.hostPort, protocol: target.protocol },
      { address: target.address, port: target.containerPort, protocol: target.protocol },
      { address: '127.0.0.1', port: target.hostPort, protocol: target.protocol },
    ]);
    const found = await looks.tryFrom(instance, HOST, tries, signal);
    return targets.map((target, index) => {
      const [host = NOT_TRIED, container = NOT_TRIED, loopback = NOT_TRIED] = found.slice(index * 3, index * 3 + 3);
      return { target, host, container, loopback };
    });
  }

  /**
   * Tries, as a neighbour, the ports that a firewall rule leads to their container: only these depend on the rules for
   * forwarded packets.
   */
  async function asNeighbours(
    instance: string,
    all: readonly OnHost[],
    signal: AbortSignal,
  ): Promise<ReadonlyMap<OnHost, NonNullable<PortFinding['neighbour']>>> {
    const found = new Map<OnHost, NonNullable<PortFinding['neighbour']>>();
    const forwarded = all.filter(isForwarded);
    for (const networkId of new Set(forwarded.map(({ target }) => target.networkId))) {
      if (!(await looks.isOpenInside(networkId))) continue;
      const there = forwarded.filter(({ target }) => target.networkId === networkId);
      const tries = there.flatMap(({ target, host }): readonly Try[] => [
        { address: target.address, port: target.containerPort, protocol: target.protocol },
        { address: host.address ?? '', port: target.hostPort, protocol: target.protocol },
      ]);
      const answers = await looks.tryFrom(instance, networkId, tries, signal);
      for (const [index, one] of there.entries()) {
        const [container, host] = answers.slice(index * 2, index * 2 + 2);
        if (container !== undefined && host !== undefined) {
          found.set(one, { container: plain(container), host: plain(host) });
        }
      }
    }
    return found;
  }

  return async ({ instance, targets }, signal) => {
    const findings: PortFinding[] = [];
    for (let from = 0; from < targets.length; from += TARGETS_AT_ONCE) {
      const part = await onHost(instance, targets.slice(from, from + TARGETS_AT_ONCE), signal);
      const neighbours = await asNeighbours(instance, part, signal);
      for (const one of part) {
        findings.push({
          host: one.host,
          container: plain(one.container),
          neighbour: neighbours.get(one) ?? null,
          hasProxy: hasProxy(one),
        });
      }
    }
    return findings;
  };
}

/** A connection that succeeds on the host, and ends in no process of the host: a rule leads it to its container. */
function isForwarded({ target, host, container }: OnHost): boolean {
  if (target.protocol !== 'tcp' || host.address === null || isLoopback(host.address)) return false;
  return container.outcome === 'open' && host.outcome === 'open' && host.accepted === null;
}

/** The engine's rules leave out the loopback where it has a proxy: what answers there is the proxy. */
function hasProxy({ target, loopback }: OnHost): boolean | null {
  if (target.protocol !== 'tcp' || !isEverywhere(target)) return null;
  return loopback.outcome === 'open' && loopback.accepted === true;
}

const plain = ({ outcome, code, milliseconds }: Tried): Tried => ({ outcome, code, milliseconds });
