/** The components of the graph of ports and links. */

import { type TSchema, Type } from 'typebox';
import type { Topology } from '../../domain/topology/graph.js';
import { literals, ref } from '../openapi/schema-helpers.js';

const textOrNull = (description: string) =>
  Type.Unsafe<string | null>(Type.Union([Type.String(), Type.Null()], { description }));
const id = Type.String({ description: 'Stable id, also in the SVG.' });
const protocol = literals('tcp', 'udp', 'sctp');

const NetworkNode = Type.Object(
  { kind: Type.Literal('network'), id, name: Type.String() },
  { $id: 'NetworkNode', description: 'A network, which groups its containers.' },
);

const ContainerNode = Type.Object(
  {
    kind: Type.Literal('container'),
    id,
    name: Type.String(),
    image: Type.String(),
    network: Type.String(),
    set: textOrNull('The set that apply declared the definition in.'),
    state: Type.String({ description: 'State reported by the engine, or absent.' }),
    ready: Type.Unsafe<'True' | 'False' | 'Unknown'>({
      ...literals('True', 'False', 'Unknown'),
      description: 'Status of the condition Ready.',
    }),
    reason: Type.String({ description: 'Reason of the condition Ready: one CamelCase word, for programs.' }),
    message: Type.String({ description: 'For a person.' }),
  },
  { $id: 'ContainerNode' },
);

const HostPortNode = Type.Object(
  {
    kind: Type.Literal('host-port'),
    id,
    hostIp: textOrNull('null: all interfaces.'),
    hostPort: Type.Integer(),
    protocol,
  },
  { $id: 'HostPortNode', description: 'A claimed host port.' },
);

const ForeignNode = Type.Object(
  { kind: Type.Literal('foreign'), id, name: Type.String(), state: Type.String() },
  {
    $id: 'ForeignNode',
    description: 'An unmanaged container that is the source of a link or has bound a claimed host port.',
  },
);

const MissingNode = Type.Object(
  { kind: Type.Literal('missing'), id, name: Type.String() },
  { $id: 'MissingNode', description: 'A link source that is not defined.' },
);

const LinkEdge = Type.Object(
  {
    kind: Type.Literal('link'),
    id,
    from: Type.String({ description: 'Id of the recipient.' }),
    to: Type.String({ description: 'Id of the source.' }),
    alias: Type.String(),
    env: literals('all', 'address', 'none'),
    state: Type.Unsafe<string>({
      ...literals('resolved', 'stale', 'waiting', 'missing', 'unknown'),
      description:
        'resolved: the recipient can resolve the alias (on the default bridge Berth has read the line in /etc/hosts). stale: the recipient has an older address or none. waiting: the source or the recipient is not running yet. missing: the source is not defined. unknown: the engine is not reachable, or /etc/hosts was not read yet.',
    }),
  },
  { $id: 'LinkEdge' },
);

const PublishedEdge = Type.Object(
  {
    kind: Type.Literal('published'),
    id,
    from: Type.String({ description: 'Id of the host port.' }),
    to: Type.String({ description: 'Id of the container.' }),
    containerPort: Type.Integer(),
    protocol,
    bound: Type.Unsafe<boolean | null>(
      Type.Union([Type.Boolean(), Type.Null()], {
        description: 'Whether the engine has bound the port; null if unknown.',
      }),
    ),
  },
  { $id: 'PublishedEdge' },
);

const NODES = [NetworkNode, ContainerNode, HostPortNode, ForeignNode, MissingNode] as const;
const EDGES = [LinkEdge, PublishedEdge] as const;

export const TOPOLOGY_SCHEMA = Type.Object(
  {
    nodes: Type.Array(Type.Union(NODES.map((schema) => ref(schema))), {
      description:
        'Networks, containers, host ports, unmanaged containers and missing sources, each sorted by name or number.',
    }),
    edges: Type.Array(Type.Union(EDGES.map((schema) => ref(schema)))),
  },
  { $id: 'Topology', description: 'The graph of ports and links.' },
);

export const topologyComponents: readonly TSchema[] = [...NODES, ...EDGES, TOPOLOGY_SCHEMA];

const container = { kind: 'container', network: 'bridge', set: null, ready: 'True', message: '' } as const;

/** The chapter's linked containers. */
export const TOPOLOGY: Topology = {
  nodes: [
    { kind: 'network', id: 'network:bridge', name: 'bridge' },
    { ...container, id: 'container:db', name: 'db', image: 'mysql', state: 'running', reason: 'Running' },
    { ...container, id: 'container:web', name: 'web', image: 'training/webapp', state: 'running', reason: 'Running' },
    { kind: 'host-port', id: 'port:5000/tcp', hostIp: null, hostPort: 5000, protocol: 'tcp' },
  ],
  edges: [
    {
      kind: 'link',
      id: 'link:web/db',
      from: 'container:web',
      to: 'container:db',
      alias: 'db',
      env: 'all',
      state: 'resolved',
    },
    {
      kind: 'published',
      id: 'published:5000/tcp/web',
      from: 'port:5000/tcp',
      to: 'container:web',
      containerPort: 5000,
      protocol: 'tcp',
      bound: true,
    },
  ],
};
