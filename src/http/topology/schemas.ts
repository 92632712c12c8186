/** The components of the graph of ports and links. */

import { type TSchema, Type } from 'typebox';
import type { Topology } from '../../domain/topology/graph.js';
import { literals, ref } from '../openapi/schema-helpers.js';

const textOrNull = (description: string) =>
  Type.Unsafe<string | null>(Type.Union([Type.String(), Type.Null()], { description }));
const id = Type.String({ description: 'Stable, also as the id in the SVG.' });
const protocol = literals('tcp', 'udp', 'sctp');

const NetworkNode = Type.Object(
  { kind: Type.Literal('network'), id, name: Type.String() },
  { $id: 'NetworkNode', description: 'A group: of the containers that name it as their network.' },
);

const ContainerNode = Type.Object(
  {
    kind: Type.Literal('container'),
    id,
    name: Type.String(),
    image: Type.String(),
    network: Type.String(),
    set: textOrNull('The set that apply declared it in.'),
    state: Type.String({ description: "The engine's state of its container, or absent." }),
    ready: Type.Unsafe<'True' | 'False' | 'Unknown'>({
      ...literals('True', 'False', 'Unknown'),
      description: 'Its condition Ready.',
    }),
    reason: Type.String({ description: 'Of that condition: one CamelCase word, for programs.' }),
    message: Type.String({ description: 'For a person.' }),
  },
  { $id: 'ContainerNode' },
);

const HostPortNode = Type.Object(
  {
    kind: Type.Literal('host-port'),
    id,
    hostIp: textOrNull('null is every interface.'),
    hostPort: Type.Integer(),
    protocol,
  },
  { $id: 'HostPortNode', description: 'A host port that is claimed.' },
);

const ForeignNode = Type.Object(
  { kind: Type.Literal('foreign'), id, name: Type.String(), state: Type.String() },
  {
    $id: 'ForeignNode',
    description:
      'A container that Berth does not manage: it has the name of a source, or has bound a claimed host port.',
  },
);

const MissingNode = Type.Object(
  { kind: Type.Literal('missing'), id, name: Type.String() },
  { $id: 'MissingNode', description: 'The source of a link that is not defined.' },
);

const LinkEdge = Type.Object(
  {
    kind: Type.Literal('link'),
    id,
    from: Type.String({ description: 'The id of the recipient.' }),
    to: Type.String({ description: 'The id of the source.' }),
    alias: Type.String(),
    env: literals('all', 'address', 'none'),
    state: Type.Unsafe<string>({
      ...literals('resolved', 'stale', 'waiting', 'missing', 'unknown'),
      description:
        'resolved: the recipient has it, on the default bridge as a line of its /etc/hosts that Berth has read. stale: it has an older address, or none. waiting: for the source, or the recipient itself. missing: the source is not defined. unknown: the engine cannot be asked, or /etc/hosts has not been read yet.',
    }),
  },
  { $id: 'LinkEdge' },
);

const PublishedEdge = Type.Object(
  {
    kind: Type.Literal('published'),
    id,
    from: Type.String({ description: 'The id of the host port.' }),
    to: Type.String({ description: 'The id of the container.' }),
    containerPort: Type.Integer(),
    protocol,
    bound: Type.Unsafe<boolean | null>(
      Type.Union([Type.Boolean(), Type.Null()], {
        description: 'Whether the engine has it bound; null while that is not known.',
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
      description: 'Networks, containers, host ports, what is foreign and what is missing; each by name or number.',
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
      ...{ kind: 'link', id: 'link:web/db', from: 'container:web', to: 'container:db' },
      ...{ alias: 'db', env: 'all', state: 'resolved' },
    },
    {
      ...{ kind: 'published', id: 'published:5000/tcp/web', from: 'port:5000/tcp', to: 'container:web' },
      ...{ containerPort: 5000, protocol: 'tcp', bound: true },
    },
  ],
};
