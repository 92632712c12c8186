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
  description: 'The host ports that are bound now.',
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
      Type.Union([Type.String(), Type.Null()], { description: 'null is every interface.' }),
    ),
    hostPort: Type.Integer(),
    protocol: ProtocolType,
    containerPort: Type.Integer(),
    container: Type.String(),
    origin: Type.Unsafe<string>({
      type: 'string',
      enum: ['fixed', 'assigned', 'publishAll', 'foreign'],
      description: 'Declared; picked by Berth; picked for publishAll; of a container that is not ours.',
    }),
    bound: Type.Boolean({ description: 'Whether the engine has it bound now.' }),
  },
  { $id: 'Claim' },
);

export const getPorts = operation('GET', '/containers/:name/ports', {
  id: 'getPorts',
  tags,
  summary: 'The host ports of a container',
  description: 'As text the exact lines of `docker port NAME`.',
  params: NameParams,
  query: noQuery,
  replies: { 200: bindings('5000/tcp -> 0.0.0.0:5000\n5000/tcp -> [::]:5000\n') },
  problems: ['invalid-body', 'not-found', 'not-acceptable'],
});

/** The contract that a port has with and without a protocol in its path. */
const onePort = {
  tags,
  summary: 'The host ports of one container port',
  query: noQuery,
  replies: { 200: bindings('0.0.0.0:5000\n[::]:5000\n') },
  problems: ['invalid-body', 'not-found', 'port-not-published', 'not-acceptable'],
} as const;

export const getPort = operation('GET', '/containers/:name/ports/:port', {
  ...onePort,
  id: 'getPort',
  description: 'Of tcp. As text the exact lines of `docker port NAME PORT`.',
  params: Type.Object({ ...NameParams.properties, port }),
});

export const getPortOfProtocol = operation('GET', '/containers/:name/ports/:port/:protocol', {
  ...onePort,
  id: 'getPortOfProtocol',
  description: 'As text the exact lines of `docker port NAME PORT/PROTOCOL`.',
  params: Type.Object({ ...NameParams.properties, port, protocol: ProtocolType }),
});

export const listPorts = operation('GET', '/ports', {
  id: 'listPorts',
  tags,
  summary: 'The port ledger',
  description: 'Every claim on a host port, by whom, bound or not. With hostPort also whether that one is free.',
  query: Type.Object(
    {
      hostPort: Type.Optional(Type.Integer({ minimum: 1, maximum: 65_535 })),
      protocol: Type.Optional(ProtocolType),
    },
    { additionalProperties: false },
  ),
  replies: {
    200: {
      description: 'By number.',
      content: {
        'application/json': {
          schema: Type.Object({
            items: Type.Array(ref(Claim)),
            free: Type.Optional(
              Type.Boolean({
                description: 'Whether nobody known has it, on any address, for the protocol asked for (tcp).',
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
