/** The graph of ports and links: what it consists of, and how a part of it is cut out. */

import type { ConditionStatus } from '../definition/condition.js';
import type { LinkEnv, Protocol } from '../definition/definition.js';

/** Networks are groups: each container is in the one that it names. */
export interface NetworkNode {
  readonly kind: 'network';
  readonly id: string;
  readonly name: string;
}

export interface ContainerNode {
  readonly kind: 'container';
  readonly id: string;
  readonly name: string;
  readonly image: string;
  readonly network: string;
  readonly set: string | null;
  /** The engine's state of its container, or `absent`. */
  readonly state: string;
  /** Its condition Ready, with the reason for programs and the message for people. */
  readonly ready: ConditionStatus;
  readonly reason: string;
  readonly message: string;
}

export interface HostPortNode {
  readonly kind: 'host-port';
  readonly id: string;
  /** null is every interface. */
  readonly hostIp: string | null;
  readonly hostPort: number;
  readonly protocol: Protocol;
}

/** A container that is not ours: the name of a link's source is its, or it has bound a host port that is claimed. */
export interface ForeignNode {
  readonly kind: 'foreign';
  readonly id: string;
  readonly name: string;
  readonly state: string;
}

/** The source of a link that is not defined (any more). */
export interface MissingNode {
  readonly kind: 'missing';
  readonly id: string;
  readonly name: string;
}

export type TopologyNode = NetworkNode | ContainerNode | HostPortNode | ForeignNode | MissingNode;

/**
 * `resolved`: the recipient has it. `stale`: it has an older one, or none although it is linked, and is to be replaced or
 * restarted. `waiting`: for the source, or
 * for the recipient's own container. `missing`: there is no such definition. `unknown`: the engine can't be asked.
 */
export type LinkStanding = 'resolved' | 'stale' | 'waiting' | 'missing' | 'unknown';

/** Link from the recipient to its source. */
export interface LinkEdge {
  readonly kind: 'link';
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly alias: string;
  readonly env: LinkEnv;
  readonly state: LinkStanding;
}

/** Published port, from a host port to the container that it leads to or will lead to. */
export interface PublishedEdge {
  readonly kind: 'published';
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly containerPort: number;
  readonly protocol: Protocol;
  /** True if the engine has it bound; null while that is not known. */
  readonly bound: boolean | null;
}

export type TopologyEdge = LinkEdge | PublishedEdge;

export interface Topology {
  /** Networks, containers, host ports, foreign and missing ones, each by name or number. */
  readonly nodes: readonly TopologyNode[];
  /** Links by recipient and alias, then host ports. */
  readonly edges: readonly TopologyEdge[];
}

export interface TopologyFilter {
  readonly set?: string;
  readonly name?: string;
  /** Maximum number of links between a container and the requested ones. */
  readonly depth: number;
}

/** A definition as a filter looks at it. */
interface Linking {
  readonly name: string;
  readonly set: string | null;
  readonly links: readonly { readonly container: string }[];
}

/** The names of those that a filter asks for, and of those within so many links of them, in either direction. */
export function neighbourhood(all: readonly Linking[], { set, name, depth }: TopologyFilter): ReadonlySet<string> {
  const isAsked = (one: Linking) => (set === undefined || one.set === set) && (name === undefined || one.name === name);
  const found = new Set(all.filter(isAsked).map((one) => one.name));
  if (found.size === all.length) return found;
  const beside = neighbours(all);
  let edge = [...found];
  for (let step = 0; step < depth && edge.length > 0; step += 1) {
    edge = edge.flatMap((at) => beside.get(at) ?? []).filter((next) => !found.has(next));
    for (const next of edge) found.add(next);
  }
  return found;
}

function neighbours(all: readonly Linking[]): ReadonlyMap<string, readonly string[]> {
  const beside = new Map<string, string[]>(all.map(({ name }) => [name, []]));
  for (const { name, links } of all) {
    for (const { container } of links) {
      beside.get(name)?.push(container);
      beside.get(container)?.push(name);
    }
  }
  return beside;
}

/** `5000`, `127.0.0.1:5000`, `[::1]:5000`: where on the host. */
export function hostPortText({ hostIp, hostPort }: Pick<HostPortNode, 'hostIp' | 'hostPort'>): string {
  if (hostIp === null) return `${hostPort}`;
  return hostIp.includes(':') ? `[${hostIp}]:${hostPort}` : `${hostIp}:${hostPort}`;
}

/** The words and classes with which nodes and edges are drawn, whichever the language. */
export const CLASS_OF_READY: Readonly<Record<ConditionStatus, string>> = {
  True: 'ready',
  False: 'not-ready',
  Unknown: 'unknown',
};

/** The lines of a node: the first is what it is called. */
export function linesOf(node: TopologyNode): readonly string[] {
  switch (node.kind) {
    case 'network':
      return [node.name === 'bridge' ? 'default bridge' : `network ${node.name}`];
    case 'container':
      return [node.name, node.image, node.ready === 'True' ? node.state : `${node.state}, ${node.reason}`];
    case 'host-port':
      return [node.protocol === 'tcp' ? hostPortText(node) : `${hostPortText(node)}/${node.protocol}`];
    case 'foreign':
      return [node.name, 'unmanaged', node.state];
    case 'missing':
      return [node.name, 'not defined'];
  }
}

/** Returns the label of an edge. */
export function textOf(edge: TopologyEdge): string {
  if (edge.kind === 'published') return `${edge.containerPort}/${edge.protocol}`;
  return edge.state === 'resolved' ? edge.alias : `${edge.alias} (${edge.state})`;
}

/** True if an edge is as it should be: what is not is drawn broken. */
export function isWhole(edge: TopologyEdge): boolean {
  return edge.kind === 'published' ? edge.bound === true : edge.state === 'resolved';
}

export function isNode<K extends TopologyNode['kind']>(
  kind: K,
): (node: TopologyNode) => node is Extract<TopologyNode, { kind: K }> {
  return (node): node is Extract<TopologyNode, { kind: K }> => node.kind === kind;
}
