/** Tries the host ports of containers through the host's address, as a client of the host would. */

import type { Definition } from '../../domain/definition/definition.js';
import type { PortTarget } from '../../engine/probe.js';
import { listed } from '../../lib/sentence.js';
import type { Host, Hosts } from '../../reconcile/hosts.js';
import type { OwnContainer } from '../../reconcile/observe/observed-state.js';
import type { Status } from '../../reconcile/status/status-board.js';
import { notRunning } from '../core/engine-errors.js';
import type { Lookup } from '../core/lookup.js';
import { createRequestLimiter } from '../core/request-limiter.js';
import { type PortReach, reachOf } from './verdict.js';

/** Result of a check of a container's published ports, as a client of the host sees them. */
export interface PortsCheckView {
  readonly container: string;
  /** True: every port; false: one is not; null: it can't be determined, or there is none. */
  readonly reachable: boolean | null;
  readonly message: string;
  readonly ports: readonly PortReach[];
}

/**
 * Limit of checks at once: each makes two containers or more, and checks must not keep the engine from its other work.
 */
const AT_ONCE = 2;
const WAITING = 32;
const RETRY_AFTER_SECONDS = 3;

/** A container whose host ports can be tried. */
export interface Publisher {
  readonly definition: Definition;
  readonly container: OwnContainer;
}

export interface CheckPorts {
  /** Tries the host ports of one definition. @throws Problem, EngineError */
  one(name: string, signal: AbortSignal): Promise<PortsCheckView>;
  /**
   * Tries those of many of one host by the same few probes, and has their conditions say what was found. @throws
   * EngineError
   */
  all(host: Host, publishers: readonly Publisher[], signal: AbortSignal): Promise<readonly PortsCheckView[]>;
}

export function createCheckPorts(options: {
  /** @throws Problem `not-found` */
  readonly find: (name: string) => Definition;
  readonly needsEngine: Lookup['needsEngine'];
  readonly statusOf: (definition: Definition) => Status;
  readonly hosts: Pick<Hosts, 'of'>;
  readonly instance: () => string;
  /** Notified of a host port that leads nowhere, with the name of its host. */
  readonly foundUnreachable: (host: string) => void;
}): CheckPorts {
  const { find, needsEngine, statusOf, hosts, instance, foundUnreachable } = options;
  const turns = createRequestLimiter({
    places: AT_ONCE,
    waiting: WAITING,
    what: 'port checks',
    retryAfterSeconds: RETRY_AFTER_SECONDS,
  });

  /** Finds the container as it is now: a check may have waited for its turn. @throws Problem */
  function publisherOf(name: string): Publisher & { readonly host: Host } {
    const definition = find(name);
    const host = hosts.of(definition);
    needsEngine(host);
    const { container } = statusOf(definition);
    if (container?.state !== 'running') {
      throw notRunning(name, container === undefined ? 'it has no container' : `its container is ${container.state}`);
    }
    return { definition, container, host };
  }

  async function all(
    host: Host,
    publishers: readonly Publisher[],
    signal: AbortSignal,
  ): Promise<readonly PortsCheckView[]> {
    const targets = publishers.map(({ definition, container }) => targetsOf(definition, container));
    const wanted = targets.flat();
    const findings =
      wanted.length === 0 ? [] : await host.engine.probePorts({ instance: instance(), targets: wanted }, signal);
    let from = 0;
    return publishers.map(({ definition, container }, index) => {
      const own = targets[index] ?? [];
      const ports = own.flatMap((target, at): readonly PortReach[] => {
        const finding = findings[from + at];
        return finding === undefined ? [] : [reachOf(target, finding)];
      });
      from += own.length;
      const message = unreachable(ports);
      host.portsChecked(definition.uid, container, message);
      if (message !== null) foundUnreachable(host.name);
      return { container: definition.name, ...overall(ports), ports };
    });
  }

  return {
    one(name, signal) {
      publisherOf(name);
      return turns(async () => {
        const { host, ...publisher } = publisherOf(name);
        const [view] = await all(host, [publisher], signal);
        return view as PortsCheckView;
      }, signal);
    },
    all: (host, publishers, signal) => turns(() => all(host, publishers, signal), signal),
  };
}

/** Returns the host ports that the engine has bound, with their targets; empty while the container has no address. */
function targetsOf({ spec }: Definition, container: OwnContainer): readonly PortTarget[] {
  const network = container.networks[spec.network];
  if (network === undefined || network.ipAddress === '') return [];
  const { networkId, ipAddress: address } = network;
  return container.bindings.map((binding) => ({ ...binding, networkId, address }));
}

/** Returns the condition's message about host ports that lead nowhere; null if none does. */
function unreachable(ports: readonly PortReach[]): string | null {
  const dead = ports.filter(({ reason }) => reason === 'PortUnreachable');
  const [first] = dead;
  if (first === undefined) return null;
  const names = [...new Set(dead.map(({ hostPort, protocol }) => `${hostPort}/${protocol}`))];
  return `${listed(names)} can't be reached from outside: ${first.message}`;
}

function overall(ports: readonly PortReach[]): Pick<PortsCheckView, 'reachable' | 'message'> {
  if (ports.length === 0) return { reachable: null, message: 'no host port is bound, so there is nothing to check' };
  const closed = ports.filter(({ reachable }) => reachable === false);
  if (closed.length > 0) {
    const names = closed.map(({ hostPort, protocol }) => `${hostPort}/${protocol}`);
    return { reachable: false, message: `not reachable: ${listed([...new Set(names)])}` };
  }
  // A host without IPv6 has nobody who would come that way.
  const tried = ports.filter(({ reason }) => reason !== 'NotTried');
  if (tried.length > 0 && tried.every(({ reachable }) => reachable === true)) return { reachable: true, message: '' };
  return { reachable: null, message: 'some ports did not answer; they may still be reachable' };
}
