import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import type { PortService } from '../../service/ports/ports.js';
import { operation, route } from '../openapi/operation.js';
import { NameParams, noQuery } from '../openapi/parameters.js';
import { describedOrNull, literals, ref } from '../openapi/schema-helpers.js';
import { idempotencyHeader, KEYED } from '../pipeline/idempotency.js';
import { goneSignal, ignoreBody } from '../protocol/request-helpers.js';
import type { Streams } from '../protocol/streaming.js';

const reachable = (description: string) => describedOrNull<boolean>(Type.Boolean(), description);

const PortReach = Type.Object(
  {
    hostIp: describedOrNull<string>(
      Type.String(),
      'The address of the host that it is bound to; null is every IPv4 address.',
    ),
    hostPort: Type.Integer(),
    containerPort: Type.Integer(),
    protocol: literals('tcp', 'udp', 'sctp'),
    reachable: reachable('null where it cannot be told.'),
    reason: Type.Unsafe<string>({
      ...literals('Reachable', 'PortUnreachable', 'NotListening', 'NoAnswer', 'NotTried'),
      description:
        'Reachable: a client gets through. PortUnreachable: the container answers on its own address, and not by the host port. NotListening: nothing listens in the container. NoAnswer: nothing came back from the container itself, which of UDP says nothing. NotTried: see the message.',
    }),
    address: describedOrNull<string>(Type.String(), 'The address of the host that was tried; null where it has none.'),
    outcome: Type.Unsafe<string>({
      ...literals('open', 'refused', 'unreachable', 'no-answer', 'failed', 'not-tried'),
      description: 'The attempt on the host port, from the host itself, as in a link check.',
    }),
    milliseconds: describedOrNull<number>(Type.Number(), 'From the attempt to the answer; null where none came.'),
    message: Type.String({ description: 'For a person: why, and what to do. Often empty where all is well.' }),
  },
  { $id: 'PortReach' },
);

const PortsCheck = Type.Object(
  {
    container: Type.String(),
    reachable: reachable('true: every port is. false: one is not. null: it cannot be told, or nothing is published.'),
    message: Type.String({ description: 'For a person. Empty where all is well.' }),
    ports: Type.Array(ref(PortReach), { description: 'Each host port that the engine has bound.' }),
  },
  { $id: 'PortsCheck', description: "What a client of the host finds of a container's published ports." },
);

const mapping = { hostIp: null, hostPort: 8080, containerPort: 80, protocol: 'tcp', address: '192.0.2.10' } as const;
const EXAMPLES = {
  reachable: {
    summary: 'The port leads to the container',
    value: {
      ...{ container: 'web', reachable: true, message: '' },
      ports: [{ ...mapping, reachable: true, reason: 'Reachable', outcome: 'open', milliseconds: 0.31, message: '' }],
    },
  },
  flushed: {
    summary: 'The firewall was flushed',
    value: {
      ...{ container: 'web', reachable: false, message: 'not reachable: 8080/tcp' },
      ports: [
        {
          ...{ ...mapping, reachable: false, reason: 'PortUnreachable', outcome: 'refused', milliseconds: 0.12 },
          message:
            'the container answers on 172.17.0.2:80, and 192.0.2.10:8080 does not (refused): the firewall was probably flushed: restart the engine, which sets its rules again (or `firewall-cmd --reload` with firewalld)',
        },
      ],
    },
  },
  notListening: {
    summary: 'The program does not listen',
    value: {
      ...{ container: 'web', reachable: false, message: 'not reachable: 8080/tcp' },
      ports: [
        {
          ...{ ...mapping, reachable: false, reason: 'NotListening', outcome: 'refused', milliseconds: 0.1 },
          message: 'nothing listens on 80/tcp in the container, or on its own loopback alone',
        },
      ],
    },
  },
} as const;

const checkPorts = operation('POST', '/containers/:name/ports/check', {
  id: 'checkPorts',
  tags: ['ports'],
  summary: 'Try the host ports of a container',
  description:
    "A short-lived container of Berth's in the network namespace of the engine's host connects to each host port by the host's own address, and to the container directly, wherever Berth itself runs. Another on the container's network tells if the host forwards. So a port whose firewall rules are gone is told from a program that does not listen. UDP is sent a DNS question: an answer says that the port is reachable, silence says nothing. Firewalls between the host and its clients, and rules of the host's that name their addresses, are not seen. What is found is also the reason of the condition PortsBound (`PortUnreachable`). Changes nothing.",
  params: NameParams,
  query: noQuery,
  headers: Type.Object(idempotencyHeader),
  replies: {
    200: {
      description: 'What was found.',
      content: { 'application/json': { schema: ref(PortsCheck), examples: EXAMPLES } },
    },
  },
  problems: [
    'invalid-body',
    'payload-too-large',
    'unsupported-media-type',
    'not-found',
    'not-running',
    'probe-unavailable',
    'busy',
    'engine-unavailable',
    'storage-unavailable',
    ...KEYED,
  ],
  isAudited: true,
  checkBody: ignoreBody,
});

/** The check of a container's host ports, from the engine's host. */
export function checkPortsRoutes(app: FastifyInstance, ports: Pick<PortService, 'checkPorts'>, streams: Streams): void {
  for (const schema of [PortReach, PortsCheck]) app.addSchema(schema);

  route(app, checkPorts, ({ params, reply }) => ports.checkPorts(params.name, goneSignal(reply, streams)));
}
