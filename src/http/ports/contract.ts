import { Type } from 'typebox';
import type { Protocol } from '../../domain/definition/definition.js';
import { BINDINGS } from '../containers/examples.js';
import { Binding } from '../containers/status.js';
import { operation } from '../openapi/operation.js';
import { NameParams, noQuery } from '../openapi/parameters.js';
import { ref } from '../openapi/schema-helpers.js';

const tags = ['ports'];

const ProtocolType = Type.Unsafe<Protocol>({ type: 'string', enum: ['tcp', 'udp', 'sctp'] });

const port = Type.Integer({
  minimum: 1,
  maximum: 65_535,
  description: 'The port inside the container.',
  examples: [5000],
});

const bindings = (text: string) => ({
  description: 'The currently bound host ports.',
  content: {
    'application/json': {
      schema: Type.Object({ items: Type.Array(ref(Binding)) }),
      examples: { web: { value: { items: BINDINGS } } },
    },
    'text/plain': { schema: Type.String(), example: text },
  },
});

export const Claim = Type.Object(
  {
    hostIp: Type.Unsafe<string | null>(
      Type.Union([Type.String(), Type.Null()], { description: 'null: all interfaces.' }),
    ),
    hostPort: Type.Integer(),
    protocol: ProtocolType,
    containerPort: Type.Integer(),
    container: Type.String(),
    origin: Type.Unsafe<string>({
      type: 'string',
      enum: ['fixed', 'assigned', 'publishAll', 'foreign'],
      description:
        'fixed: declared. assigned: picked by Berth. publishAll: picked for publishAll. foreign: bound by an unmanaged container.',
    }),
    bound: Type.Boolean({ description: 'Whether the engine has bound the port.' }),
  },
  { $id: 'Claim' },
);

export const getPorts = operation('GET', '/containers/:name/ports', {
  id: 'getPorts',
  tags,
  summary: 'List the host ports of a container',
  description: 'As text/plain, the response is exactly the output of `docker port NAME`.',
  params: NameParams,
  query: noQuery,
  replies: { 200: bindings('5000/tcp -> 0.0.0.0:5000\n5000/tcp -> [::]:5000\n') },
  problems: ['invalid-body', 'not-found', 'not-acceptable'],
});

/** The contract that a port has with and without a protocol in its path. */
const onePort = {
  tags,
  summary: 'Get the host ports of a container port',
  query: noQuery,
  replies: { 200: bindings('0.0.0.0:5000\n[::]:5000\n') },
  problems: ['invalid-body', 'not-found', 'port-not-published', 'not-acceptable'],
} as const;

export const getPort = operation('GET', '/containers/:name/ports/:port', {
  ...onePort,
  id: 'getPort',
  description: 'Assumes TCP. As text/plain, the response is exactly the output of `docker port NAME PORT`.',
  params: Type.Object({ ...NameParams.properties, port }),
});

export const getPortOfProtocol = operation('GET', '/containers/:name/ports/:port/:protocol', {
  ...onePort,
  id: 'getPortOfProtocol',
  description: 'As text/plain, the response is exactly the output of `docker port NAME PORT/PROTOCOL`.',
  params: Type.Object({ ...NameParams.properties, port, protocol: ProtocolType }),
});

export const listPorts = operation('GET', '/ports', {
  id: 'listPorts',
  tags,
  summary: 'List host port claims',
  description:
    'Every claim on a host port with its owner, bound or not. With hostPort the response also tells whether that port is free.',
  query: Type.Object(
    {
      hostPort: Type.Optional(Type.Integer({ minimum: 1, maximum: 65_535 })),
      protocol: Type.Optional(ProtocolType),
    },
    { additionalProperties: false },
  ),
  replies: {
    200: {
      description: 'By port number.',
      content: {
        'application/json': {
          schema: Type.Object({
            items: Type.Array(ref(Claim)),
            free: Type.Optional(
              Type.Boolean({
                description:
                  'True if no known container has the port, on any address, for the requested protocol (default tcp).',
              }),
            ),
          }),
          examples: {
            taken: {
              value: {
                items: [
                  {
                    hostIp: null,
                    hostPort: 5000,
                    protocol: 'tcp',
                    containerPort: 5000,
                    container: 'web',
                    origin: 'fixed',
                    bound: true,
                  },
                ],
                free: false,
              },
            },
          },
        },
      },
    },
  },
  problems: ['invalid-body'],
});
