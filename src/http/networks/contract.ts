import { Type } from 'typebox';
import { NetworkSpec } from '../../domain/networks/network-spec.js';
import type { NetworkView } from '../../service/networks/networks.js';
import { Plan } from '../containers/plan.js';
import { operation } from '../openapi/operation.js';
import { flag, noQuery, WriteQuery, writeQuery } from '../openapi/parameters.js';
import { literals, nullable, ref, time } from '../openapi/schema-helpers.js';
import { WriteHeaders } from '../protocol/conditional.js';
import { NETWORK } from './examples.js';

const tags = ['networks'];

export const NetworkInput = Type.Unsafe<NetworkSpec>({
  ...NetworkSpec,
  $id: 'NetworkInput',
  description: 'A network as a client declares it. Its name is in the path.',
});

export const Network = Type.Unsafe<NetworkView>(
  Type.Object(
    {
      name: Type.String(),
      ...NetworkSpec.properties,
      uid: Type.String({ description: 'Unique id; never reused, even after a deletion.' }),
      generation: Type.Integer({ description: 'Rises by one with every change.' }),
      declared: Type.Boolean({
        description: 'False: only containers name it, and it is removed with the last of them.',
      }),
      createdAt: time('When the network was first named.'),
      updatedAt: time('When the network was last changed.'),
      deletionRequestedAt: nullable(time('When the deletion was requested.')),
      status: Type.Object({
        id: nullable(Type.String({ description: "The engine's id; null while the engine does not have it." })),
        subnets: Type.Array(
          Type.Object({
            subnet: Type.String(),
            gateway: Type.String(),
            range: Type.String({ description: 'The upper half, from which the engine allocates.' }),
          }),
          { description: 'Named or picked, IPv4 first. Empty: the engine chose them.' },
        ),
        containers: Type.Array(Type.String(), { description: 'The containers whose definitions name it.' }),
        conditions: Type.Array(
          Type.Object({
            type: literals('Ready', 'StableAddresses'),
            status: literals('True', 'False', 'Unknown'),
            reason: Type.String({ description: 'One CamelCase word, for programs.' }),
            message: Type.String({ description: 'For a person.' }),
          }),
        ),
      }),
      plan: Type.Optional(ref(Plan)),
    },
    { $id: 'Network', description: 'A network and its status.' },
  ),
);

export const AddressRow = Type.Object(
  {
    host: Type.String({ description: 'The host that the network is on.' }),
    network: Type.String(),
    address: Type.String(),
    container: Type.String(),
    origin: Type.Unsafe<'fixed' | 'assigned' | 'engine'>({
      ...literals('fixed', 'assigned', 'engine'),
      description: 'fixed: declared. assigned: picked by Berth. engine: given to an unmanaged container by the engine.',
    }),
    inUse: Type.Boolean({ description: 'Whether a running container has it.' }),
  },
  { $id: 'Address' },
);

const NetworkParams = Type.Object({
  name: Type.String({ description: "The network's name.", examples: ['backend'] }),
});

const network = (description: string) => ({
  description,
  headers: { ETag: { type: 'string', description: 'The generation, in quotation marks.' } },
  content: { 'application/json': { schema: ref(Network), examples: { backend: { value: NETWORK } } } },
});

const ALWAYS = ['invalid-body', 'payload-too-large', 'unsupported-media-type', 'storage-unavailable'] as const;

export const listNetworks = operation('GET', '/networks', {
  id: 'listNetworks',
  tags,
  summary: 'List networks',
  description: 'Declared networks, and those that containers name, by name. The default bridge is not one of them.',
  query: noQuery,
  replies: {
    200: {
      description: 'All networks.',
      content: {
        'application/json': {
          schema: Type.Object({ items: Type.Array(ref(Network)) }),
          examples: { one: { value: { items: [NETWORK] } } },
        },
      },
    },
  },
  problems: ['invalid-body'],
});

export const getNetwork = operation('GET', '/networks/:name', {
  id: 'getNetwork',
  tags,
  summary: 'Get a network',
  params: NetworkParams,
  query: noQuery,
  replies: { 200: network('The network and its status.') },
  problems: ['invalid-body', 'not-found'],
});

export const putNetwork = operation('PUT', '/networks/:name', {
  id: 'putNetwork',
  tags,
  summary: 'Declare or change a network',
  description:
    'A bridge network with a subnet of its own, on which containers keep their addresses. The engine can change nothing of an existing network: if containers are on it, a change needs recreate.',
  params: NetworkParams,
  query: Type.Object(
    {
      ...writeQuery,
      recreate: flag('Recreate the network if the change needs it. Each container on it is interrupted once.'),
    },
    { additionalProperties: false },
  ),
  headers: WriteHeaders,
  body: ref(NetworkInput),
  replies: {
    200: network('Changed, or already equal. With dryRun: the network as it would be, and its `plan`.'),
    201: network('Declared.'),
    202: network('Stored, but not ready when the wait ended.'),
  },
  problems: [
    ...ALWAYS,
    'invalid-definition',
    'name-taken',
    'address-unavailable',
    'network-in-use',
    'stale-generation',
  ],
});

export const deleteNetwork = operation('DELETE', '/networks/:name', {
  id: 'deleteNetwork',
  tags,
  summary: 'Delete a network',
  description: 'Removes the network from the engine, then forgets it. An external network stays on the engine.',
  params: NetworkParams,
  query: WriteQuery,
  headers: WriteHeaders,
  replies: {
    200: network('Removed (with ?wait). With dryRun: what would be removed.'),
    202: network('Being removed. Poll with GET until it returns 404, or use ?wait.'),
  },
  problems: [...ALWAYS, 'not-found', 'network-in-use', 'stale-generation'],
});

export const listAddresses = operation('GET', '/addresses', {
  id: 'listAddresses',
  tags,
  summary: 'List addresses',
  description:
    'Every reserved address with its owner, and those of unmanaged containers on the same networks, by network and address.',
  query: Type.Object(
    {
      network: Type.Optional(Type.String({ description: 'Only addresses on this network.' })),
      container: Type.Optional(Type.String({ description: 'Only addresses of this container.' })),
    },
    { additionalProperties: false },
  ),
  replies: {
    200: {
      description: 'All addresses.',
      content: {
        'application/json': {
          schema: Type.Object({ items: Type.Array(ref(AddressRow)) }),
          examples: {
            one: {
              value: {
                items: [
                  {
                    ...{ host: 'local', network: 'backend', address: '10.208.0.2', container: 'db' },
                    ...{ origin: 'assigned', inUse: true },
                  },
                ],
              },
            },
          },
        },
      },
    },
  },
  problems: ['invalid-body'],
});
