/** True if a recipient reaches the source of a link, as a process inside the recipient would find. */

import type { ContainerPort, Definition, Link, Protocol } from '../domain/definition/definition.js';
import { parseExpose, portKey } from '../domain/ports/parse.js';
import { Problem } from '../domain/problems/problem.js';
import type { LinkStanding } from '../domain/topology/graph.js';
import { hasProcesses } from '../engine/container-state.js';
import type { ProbeFinding, ProbeOutcome, ProbeReport, Prober } from '../engine/probe.js';
import { naturalOrder } from '../lib/natural-order.js';
import type { Hosts } from '../reconcile/hosts.js';
import type { OwnContainer } from '../reconcile/observe/observed-state.js';
import type { Status } from '../reconcile/status/status-board.js';
import type { Lookup } from './core/lookup.js';
import { createRequestLimiter } from './core/request-limiter.js';
import { standing } from './topology.js';

/** Result of the check of one port of a link's source, from inside a recipient. */
export interface PortCheck {
  readonly containerPort: number;
  readonly protocol: Protocol;
  /** True if reachable; null if it can't be determined. */
  readonly reachable: boolean | null;
  readonly outcome: ProbeOutcome;
  /** Time from the attempt to the answer; null if none came. */
  readonly milliseconds: number | null;
  readonly message: string;
}

/** Result of a link check, as a process inside a recipient sees the link. */
export interface LinkCheckView {
  readonly container: string;
  readonly alias: string;
  readonly source: string;
  readonly state: LinkStanding;
  /** Address of the source; null while it does not run. */
  readonly address: string | null;
  /** Addresses that the alias resolves to inside the recipient. */
  readonly resolved: { readonly addresses: readonly string[]; readonly milliseconds: number };
  /** True: every port; false: one is not, or there is no way to try; null: it can't be determined. */
  readonly reachable: boolean | null;
  readonly message: string;
  readonly ports: readonly PortCheck[];
}

/** Limit of checks at once: a probe is a container, and checks must not keep the engine from its other work. */
const AT_ONCE = 4;
const WAITING = 32;
const RETRY_AFTER_SECONDS = 3;
/** Limit of ports in one check, by the size of a process's arguments and the time that a check may take. */
const MOST_PORTS = 1_000;

interface Ends {
  readonly definition: Definition;
  readonly status: Status;
  readonly link: Link;
  readonly source: { readonly definition: Definition; readonly container: OwnContainer | undefined } | undefined;
}

export function createCheckLink(options: {
  /** @throws Problem `not-found` */
  readonly find: (name: string) => Definition;
  readonly needsEngine: Lookup['needsEngine'];
  readonly byName: (name: string) => Definition | undefined;
  readonly statusOf: (definition: Definition) => Status;
  readonly hosts: Pick<Hosts, 'of'>;
  readonly instance: () => string;
}): (name: string, alias: string, signal: AbortSignal) => Promise<LinkCheckView> {
  const { find, needsEngine, byName, statusOf, hosts, instance } = options;
  const turns = createRequestLimiter({
    places: AT_ONCE,
    waiting: WAITING,
    what: 'link checks',
    retryAfterSeconds: RETRY_AFTER_SECONDS,
  });

  /** Finds the ends as they are now: a check may have waited for its turn. @throws Problem */
  function endsOf(name: string, alias: string): Ends & { readonly recipientId: string; readonly prober: Prober } {
    const definition = find(name);
    const link = definition.spec.links.find((one) => one.alias === alias);
    if (link === undefined) {
      const detail = `${name} has no link with the alias ${JSON.stringify(alias)}. GET /v1/containers/${name}/links lists its links.`;
      throw new Problem('not-found', detail);
    }
    const host = hosts.of(definition);
    needsEngine(host);
    const status = statusOf(definition);
    const recipient = status.container;
    if (recipient === undefined || !hasProcesses(recipient)) throw notRunning(name, status);
    const source = byName(link.container);
    return {
      definition,
      status,
      link,
      recipientId: recipient.id,
      prober: host.engine,
      source: source && { definition: source, container: statusOf(source).container },
    };
  }

  return (name, alias, signal) => {
    endsOf(name, alias);
    return turns(async () => {
      const { recipientId, prober, ...ends } = endsOf(name, alias);
      const address = addressOf(ends);
      const ports = portsOf(ends);
      const report = await prober.probe(
        { containerId: recipientId, instance: instance(), name: alias, address, ports: ports.slice(0, MOST_PORTS) },
        signal,
      );
      return view(ends, address, ports, report);
    }, signal);
  };
}

function notRunning(name: string, { conditions, container }: Status): Problem {
  const ready = conditions.find(({ type }) => type === 'Ready');
  const why = [ready?.reason, ready?.message].filter(Boolean).join(': ');
  const state = container === undefined ? 'has no container' : `is ${container.state}`;
  return new Problem('not-running', `${name} ${state}, so its links can't be checked (${why}). Start it first.`);
}

/** Returns the source's address on the network that both share; null while it does not run. */
function addressOf({ status, source, link }: Ends): string | null {
  const container = source?.container;
  if (container === undefined || !hasProcesses(container)) return null;
  const { network = status.runsOn } = status.links.find((one) => one.link.alias === link.alias) ?? {};
  return container.networks[network]?.ipAddress || null;
}

/**
 * Returns the ports that the source exposes and publishes, by its definition and by its container, which knows the
 * ports of its image.
 */
function portsOf({ source }: Ends): readonly ContainerPort[] {
  if (source === undefined) return [];
  const { spec } = source.definition;
  const exposed = spec.expose.flatMap((text) => {
    const read = parseExpose(text);
    return read.ok ? read.value : [];
  });
  const { container } = source;
  const all = [...exposed, ...spec.ports, ...(container?.exposed ?? []), ...(container?.bindings ?? [])];
  const byKey = new Map(
    all.map(({ containerPort, protocol }) => {
      const port = { containerPort, protocol };
      return [portKey(port), port];
    }),
  );
  return [...byKey.entries()].sort(([a], [b]) => naturalOrder(a, b)).map(([, port]) => port);
}

function view(
  ends: Ends,
  address: string | null,
  ports: readonly ContainerPort[],
  { resolved, ports: findings }: ProbeReport,
): LinkCheckView {
  const { definition, status, link, source } = ends;
  const found = status.links.find((one) => one.link.alias === link.alias);
  const said = found === undefined ? 'unknown' : standing(found, status);
  const isUntrue = address !== null && !resolved.addresses.includes(address);
  const state = said === 'resolved' && isUntrue ? 'stale' : said;
  const obstacle = obstacleOf(ends, address, resolved);
  const byKey = new Map(findings.map((finding) => [portKey(finding), finding]));
  const checks = ports.map((port) => portCheck(port, byKey.get(portKey(port)), obstacle));
  const reachable = obstacle === null ? overall(checks) : false;
  return {
    container: definition.name,
    alias: link.alias,
    source: link.container,
    state,
    address,
    resolved: { addresses: resolved.addresses, milliseconds: resolved.milliseconds },
    reachable,
    message: obstacle ?? summary(ends, checks, state),
    ports: source === undefined ? [] : checks,
  };
}

/** Returns why no port of the source could be tried, as a sentence; null if they were. */
function obstacleOf({ link, source }: Ends, address: string | null, resolved: ProbeReport['resolved']): string | null {
  const { alias, container } = link;
  const { addresses, code } = resolved;
  if (source === undefined) return `${container} is not defined: create it, or remove the link`;
  if (address === null)
    return `${container} is not running on the network shared with the recipient: see its conditions`;
  if (addresses.length === 0) return `${alias} does not resolve inside the recipient (${code ?? 'no address'})`;
  if (addresses.includes(address)) return null;
  return `the link is stale: ${alias} resolves to ${addresses.join(', ')} inside the recipient, but ${container} is at ${address}`;
}

/** False if one is not reachable, true if all are; null where nothing says so. */
function overall(checks: readonly PortCheck[]): boolean | null {
  if (checks.some(({ reachable }) => reachable === false)) return false;
  return checks.length > 0 && checks.every(({ reachable }) => reachable === true) ? true : null;
}

function summary({ link }: Ends, checks: readonly PortCheck[], state: LinkStanding): string {
  if (checks.length === 0) return `${link.container} exposes and publishes no ports, so there is nothing to check`;
  const closed = checks.filter(({ reachable }) => reachable === false);
  if (closed.length > 0) return `not reachable: ${closed.map(portKey).join(', ')}`;
  if (state === 'stale')
    return 'every port answers, but the recipient has outdated environment variables from the link';
  const open = checks.filter(({ reachable }) => reachable === true);
  return open.length === checks.length ? '' : 'some ports did not answer; they may still be reachable';
}

function portCheck(port: ContainerPort, finding: ProbeFinding | undefined, obstacle: string | null): PortCheck {
  if (finding === undefined) {
    const message = obstacle ?? `not tried: only the first ${MOST_PORTS} ports are checked`;
    return { ...port, reachable: obstacle === null ? null : false, outcome: 'not-tried', milliseconds: null, message };
  }
  const { outcome, milliseconds } = finding;
  return { ...port, ...meaning(finding), outcome, milliseconds };
}

/** Returns the meaning of an outcome for a port: silence of a UDP port means nothing. */
function meaning({ outcome, protocol, code }: ProbeFinding): Pick<PortCheck, 'reachable' | 'message'> {
  switch (outcome) {
    case 'open':
      return { reachable: true, message: '' };
    case 'refused':
      return { reachable: false, message: 'nothing listens on this port' };
    case 'unreachable':
      return { reachable: false, message: `no route to this port (${code})` };
    case 'no-answer':
      return protocol === 'udp'
        ? { reachable: null, message: 'no answer: the port may be open without replying to this datagram, or filtered' }
        : { reachable: false, message: 'no answer: the port is filtered, or the source hangs' };
    case 'failed':
      return { reachable: null, message: `the attempt failed (${code})` };
    case 'not-tried':
      return {
        reachable: null,
        message: code === 'ETIME' ? 'not tried: the time limit was reached' : `${protocol} ports can't be checked`,
      };
  }
}
