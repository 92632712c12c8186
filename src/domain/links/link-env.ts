/** The environment that a link gives its recipient, by the engine's own rules. */

import type { ContainerPort, LinkEnv } from '../definition/definition.js';

/** A variable's name and its value. */
export type Variable = readonly [name: string, value: string];

/**
 * The two generations of rules, both from moby's `daemon/links/links.go`.
 * `classic`, up to 27: ports by number, tcp first among equals; a range from three ports on, protocols not looked at.
 * `tcp-first`, from 28.0 (moby/moby#49300): all tcp ports, then the others by protocol; a range from two ports of one
 * protocol on. Engines from 29 on set no link variables of their own, but still have this code.
 */
export type LinkEnvRules = 'classic' | 'tcp-first';

/** A link as its recipient's environment sees it. */
export interface LinkFacts {
  readonly alias: string;
  /** The recipient's own name, for `<ALIAS>_NAME`. */
  readonly recipientName: string;
  /** The source's address on the network that both share. */
  readonly address: string;
  /** The source's exposed ports, those of its image and the published ones included. In any order, none twice. */
  readonly ports: readonly ContainerPort[];
  /**
   * The source's environment: its image's and its own. Not what its own links brought it: with the engine's links that
   * never was in its configuration, so it is not handed on.
   */
  readonly sourceEnv: readonly Variable[];
  readonly rules: LinkEnvRules;
}

/** Set by every image build or start, so of no interest to a recipient. Rule: moby, `Link.ToEnv`. */
const NOT_HANDED_ON: ReadonlySet<string> = new Set(['HOME', 'PATH']);

/** `my-db` → `MY_DB`: what the names of a link's variables begin with. A dot stays. Rule: moby, `Link.ToEnv`. */
export function linkEnvPrefix(alias: string): string {
  return alias.toUpperCase().replaceAll('-', '_');
}

/** All variables of a link, in the engine's order. One that the engine sets twice is there once, with its last value. */
export function linkEnvironment(facts: LinkFacts): readonly Variable[] {
  const prefix = linkEnvPrefix(facts.alias);
  const ports = facts.rules === 'classic' ? classicPorts(prefix, facts) : tcpFirstPorts(prefix, facts);
  const name: Variable = [`${prefix}_NAME`, `/${facts.recipientName}/${facts.alias}`];
  const handedOn = facts.sourceEnv
    .filter(([key]) => !NOT_HANDED_ON.has(key))
    .map(([key, value]): Variable => [`${prefix}_ENV_${key}`, value]);
  return mergeVariables(ports, [name], handedOn);
}

/**
 * Selects the variables of a link that its `env` field lets through: all, all but the source's own environment, or
 * none.
 */
export function selectLinkEnv(
  link: { readonly alias: string; readonly env: LinkEnv },
  variables: readonly Variable[],
): readonly Variable[] {
  if (link.env === 'none') {
    return [];
  }
  const own = `${linkEnvPrefix(link.alias)}_ENV_`;
  return link.env === 'all' ? variables : variables.filter(([name]) => !name.startsWith(own));
}

/** Lists of variables as one: the later value wins and takes the earlier one's place. */
export function mergeVariables(...lists: readonly (readonly Variable[])[]): readonly Variable[] {
  return [...new Map(lists.flat())];
}

/** moby before 28: `Link.ToEnv` with `nextContiguous` and `getDefaultPort`. */
function classicPorts(prefix: string, { ports, address }: LinkFacts): readonly Variable[] {
  const sorted = ports.toSorted((a, b) => a.containerPort - b.containerPort || byProtocol(a, b));
  const ranges: Variable[] = [];
  for (let start = 0; start < sorted.length; ) {
    const end = endOfClassicRange(sorted, start);
    const isRange = end > start + 1;
    ranges.push(...(isRange ? classicRange(prefix, address, sorted[start], sorted[end]) : []));
    start = isRange ? end + 1 : start + 1;
  }
  return [...defaultPort(prefix, address, sorted), ...ranges, ...sorted.flatMap((p) => onePort(prefix, address, p))];
}

/**
 * The index of the last port of the range that begins at `start`. The engine counts on by one with every port, also
 * with one that repeats a number for another protocol: 53/tcp, 53/udp, 54/tcp and 55/tcp are one range to it.
 */
function endOfClassicRange(sorted: readonly ContainerPort[], start: number): number {
  let end = start;
  let reach = sorted[start]?.containerPort ?? 0;
  while (end + 1 < sorted.length && (sorted[end + 1]?.containerPort ?? 0) <= reach + 1) {
    end += 1;
    reach += 1;
  }
  return end;
}

/** The end is named for the range's first number and its last protocol, as the engine does. */
function classicRange(prefix: string, address: string, from?: ContainerPort, to?: ContainerPort): readonly Variable[] {
  if (from === undefined || to === undefined) {
    return [];
  }
  const start = portPrefix(prefix, from);
  const end = portPrefix(prefix, { containerPort: from.containerPort, protocol: to.protocol });
  return [
    [`${start}_START`, url(address, from)],
    [`${start}_ADDR`, address],
    [`${start}_PROTO`, from.protocol],
    [`${start}_PORT_START`, `${from.containerPort}`],
    [`${end}_END`, url(address, to)],
    [`${end}_PORT_END`, `${to.containerPort}`],
  ];
}

/** moby from 28 on: a range's variables follow those of the port that shows it to be over. */
function tcpFirstPorts(prefix: string, { ports, address }: LinkFacts): readonly Variable[] {
  const sorted = ports.toSorted((a, b) => byProtocol(a, b) || a.containerPort - b.containerPort);
  const variables: Variable[] = [...defaultPort(prefix, address, sorted)];
  let [from, to] = [sorted[0], sorted[0]];
  for (const [index, port] of sorted.entries()) {
    variables.push(...onePort(prefix, address, port));
    const goesOn = port.containerPort === (to?.containerPort ?? 0) + 1 && port.protocol === to?.protocol;
    to = goesOn ? port : to;
    if (goesOn && index < sorted.length - 1) {
      continue;
    }
    variables.push(...tcpFirstRange(prefix, address, from, to));
    [from, to] = [port, port];
  }
  return variables;
}

function tcpFirstRange(prefix: string, address: string, from?: ContainerPort, to?: ContainerPort): readonly Variable[] {
  if (from === undefined || to === undefined || from === to) {
    return [];
  }
  const start = portPrefix(prefix, from);
  return [
    [`${start}_START`, url(address, from)],
    [`${start}_PORT_START`, `${from.containerPort}`],
    [`${start}_END`, url(address, to)],
    [`${start}_PORT_END`, `${to.containerPort}`],
  ];
}

function defaultPort(prefix: string, address: string, sorted: readonly ContainerPort[]): readonly Variable[] {
  return sorted.slice(0, 1).map((port): Variable => [`${prefix}_PORT`, url(address, port)]);
}

function onePort(prefix: string, address: string, port: ContainerPort): readonly Variable[] {
  const own = portPrefix(prefix, port);
  return [
    [own, url(address, port)],
    [`${own}_ADDR`, address],
    [`${own}_PORT`, `${port.containerPort}`],
    [`${own}_PROTO`, port.protocol],
  ];
}

function portPrefix(prefix: string, port: ContainerPort): string {
  return `${prefix}_PORT_${port.containerPort}_${port.protocol.toUpperCase()}`;
}

function url(address: string, port: ContainerPort): string {
  return `${port.protocol}://${address}:${port.containerPort}`;
}

/** tcp, sctp, udp: tcp first, the others by name. */
function byProtocol(a: ContainerPort, b: ContainerPort): number {
  const rank = { tcp: 0, sctp: 1, udp: 2 };
  return rank[a.protocol] - rank[b.protocol];
}
