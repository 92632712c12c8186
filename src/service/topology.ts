/** The graph of ports and links, from what is stored and observed: the engine is not asked. */

import type { Definition } from '../domain/definition/definition.js';
import { collide } from '../domain/ports/conflicts.js';
import {
  type ContainerNode,
  type ForeignNode,
  type HostPortNode,
  hostPortText,
  type LinkEdge,
  type LinkStanding,
  type MissingNode,
  neighbourhood,
  type PublishedEdge,
  type Topology,
  type TopologyFilter,
} from '../domain/topology/graph.js';
import { hasProcesses } from '../engine/container-state.js';
import { groupBy } from '../lib/multimap.js';
import { naturalOrder } from '../lib/natural-order.js';
import type { Host } from '../reconcile/hosts.js';
import { bindingsOf } from '../reconcile/observe/bindings.js';
import type { ObservedState } from '../reconcile/observe/observed-state.js';
import type { Breathe } from '../reconcile/plan/dry-run/dry-run.js';
import type { LinkState } from '../reconcile/plan/link-state.js';
import type { Status } from '../reconcile/status/status-board.js';
import type { Store } from '../store/types.js';

/** The observed states of all hosts. */
interface HostStates {
  of(definition: Definition): Pick<Host, 'observed'>;
  all(): Iterable<Pick<Host, 'observed'>>;
}

interface Sources {
  readonly store: Store;
  readonly hosts: HostStates;
  readonly statusOf: (definition: Definition) => Status;
  /** Cuts the work on one graph into slices; by default nothing is cut. */
  readonly slices?: (() => Breathe) | undefined;
}

/** @returns the part of the graph that the filter asks for; the same for the same state */
export async function topology({ store, hosts, statusOf, slices }: Sources, filter: TopologyFilter): Promise<Topology> {
  const all = [...store.all()].sort((a, b) => naturalOrder(a.name, b.name));
  const chosen = neighbourhood(
    all.map(({ name, set, spec }) => ({ name, set, links: spec.links })),
    filter,
  );
  const shown = all.filter(({ name }) => chosen.has(name));
  const foreign = new Map(
    [...hosts.all()]
      .flatMap(({ observed }) => [...observed.allForeign()])
      .map((container) => [container.name, container]),
  );
  const others = new Map<string, ForeignNode | MissingNode>();
  const hostPorts = new Map<string, HostPortNode>();
  const links: LinkEdge[] = [];
  const published = new Map<string, PublishedEdge>();

  /** Returns the node id of a name that belongs to none of our containers. */
  function other(name: string): string {
    const state = foreign.get(name)?.state;
    const kind = state === undefined ? 'missing' : 'foreign';
    const id = `${kind}:${name}`;
    others.set(id, state === undefined ? { kind: 'missing', id, name } : { kind: 'foreign', id, name, state });
    return id;
  }

  function addLinks(recipient: Definition, status: Status): void {
    for (const { link, source } of status.links) {
      const { container, alias, env } = link;
      const isDefined = store.byName(container) !== undefined;
      // A definition that the filter leaves out is left out with its links.
      if (isDefined && !chosen.has(container)) continue;
      const to = isDefined ? containerId(container) : other(container);
      const id = `link:${recipient.name}/${alias}`;
      const state = standing({ link, source }, status);
      links.push({ kind: 'link', id, from: containerId(recipient.name), to, alias, env, state });
    }
  }

  function addPorts(definition: Definition, { container }: Status): void {
    const { observed } = hosts.of(definition);
    const bindings = groupBy(container?.bindings ?? [], (binding) => binding.containerPort);
    for (const claim of store.reservationsOf(definition.uid)) {
      const { hostIp = null, hostPort, containerPort, protocol } = claim;
      const port = {
        kind: 'host-port',
        id: portId({ hostIp, hostPort, protocol }),
        hostIp,
        hostPort,
        protocol,
      } as const;
      hostPorts.set(port.id, port);
      const publish = (to: string, at: { readonly containerPort: number; readonly bound: boolean | null }): void => {
        const id = `published:${port.id.slice('port:'.length)}/${to.slice(to.indexOf(':') + 1)}`;
        published.set(id, { kind: 'published', id, from: port.id, to, protocol, ...at });
      };
      const isBound = bindings.get(containerPort)?.some((binding) => collide(claim, binding)) ?? false;
      publish(containerId(definition.name), { containerPort, bound: isKnown(observed) ? isBound : null });
      for (const holder of observed.bindersOf(hostPort)) {
        if (observed.foreign(holder.id) === undefined) continue;
        const binding = bindingsOf(holder).colliding(claim);
        if (binding === undefined) continue;
        publish(other(holder.name), {
          containerPort: binding.containerPort,
          bound: isKnown(observed) ? true : null,
        });
      }
    }
  }

  const containers: ContainerNode[] = [];
  const breathe = slices?.();
  for (const definition of shown) {
    await breathe?.();
    const status = statusOf(definition);
    addLinks(definition, status);
    addPorts(definition, status);
    containers.push(containerNode(definition, status));
  }
  const networks = [...new Set(containers.map(({ network }) => network))].sort(naturalOrder);
  return {
    nodes: [
      ...networks.map((name) => ({ kind: 'network', id: `network:${name}`, name }) as const),
      ...containers,
      ...[...hostPorts.values()].sort(byNumber),
      ...[...others.values()].sort((a, b) => naturalOrder(a.id, b.id)),
    ],
    edges: [...links, ...[...published.values()].sort((a, b) => naturalOrder(a.id, b.id))],
  };
}

const isKnown = ({ engine, complete }: ObservedState): boolean => engine.reachable && complete;

const containerId = (name: string): string => `container:${name}`;

const portId = (port: Pick<HostPortNode, 'hostIp' | 'hostPort' | 'protocol'>): string =>
  `port:${hostPortText(port)}/${port.protocol}`;

const byNumber = (a: HostPortNode, b: HostPortNode): number => a.hostPort - b.hostPort || naturalOrder(a.id, b.id);

function containerNode(definition: Definition, { conditions, container, runsOn }: Status): ContainerNode {
  const { name, set, spec } = definition;
  const ready = conditions.find(({ type }) => type === 'Ready');
  return {
    kind: 'container',
    id: containerId(name),
    name,
    image: spec.image,
    network: runsOn,
    set,
    state: container?.state ?? 'absent',
    ready: ready?.status ?? 'Unknown',
    reason: ready?.reason ?? '',
    message: ready?.message ?? '',
  };
}

/** Returns the state of a link, by its source, by the recipient's conditions, and by the recipient's `/etc/hosts`. */
export function standing({ link, source }: LinkState, { conditions, container, hosts }: Status): LinkStanding {
  if (source.kind === 'missing') return 'missing';
  const resolved = conditions.find(({ type }) => type === 'LinksResolved');
  if (resolved?.status === 'Unknown') return 'unknown';
  if (source.kind === 'waiting' || container === undefined) return 'waiting';
  if (!hasProcesses(container)) return 'waiting';
  const outcome = hosts.outcomes.get(link.alias) ?? 'resolved';
  if (outcome === 'unread') return 'unknown';
  return outcome === 'resolved' && resolved?.reason !== 'Stale' ? 'resolved' : 'stale';
}

export interface TopologyService {
  /** Ports and links as a graph. */
  graph(filter: TopologyFilter): Promise<Topology>;
}

export const createTopology = (sources: Sources): TopologyService => ({ graph: (filter) => topology(sources, filter) });
