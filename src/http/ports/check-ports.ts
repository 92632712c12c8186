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
      'Host address that the port is bound to; null means all IPv4 addresses.',
    ),
    hostPort: Type.Integer(),
    containerPort: Type.Integer(),
    protocol: literals('tcp', 'udp', 'sctp'),
    reachable: reachable('null if the check is inconclusive.'),
    reason: Type.Unsafe<string>({
      ...literals('Reachable', 'PortUnreachable', 'NotListening', 'NoAnswer', 'NotTried'),
      description:
        'Reachable: clients get through. PortUnreachable: the container answers at its own address, but not through the host port. NotListening: nothing listens in the container. NoAnswer: the container does not answer, which is inconclusive for UDP. NotTried: see the message.',
    }),
    address: describedOrNull<string>(Type.String(), 'Host address that was tried; null if the host has none.'),
    outcome: Type.Unsafe<string>({
      ...literals('open', 'refused', 'unreachable', 'no-answer', 'failed', 'not-tried'),
      description: 'Result of the attempt on the host port, made from the host itself; values as in a link check.',
    }),
    milliseconds: describedOrNull<number>(Type.Number(), 'Time until the answer; null without an answer.'),
    message: Type.String({ description: 'Cause and remedy for a person; often empty if all is well.' }),
  },
  { $id: 'PortReach' },
);

const PortsCheck = Type.Object(
  {
    container: Type.String(),
    reachable: reachable(
      'true: every port is reachable. false: at least one is not. null: inconclusive, or no port is published.',
    ),
    message: Type.String({ description: 'Explanation for a person; empty if all is well.' }),
    ports: Type.Array(ref(PortReach), { description: 'All host ports that the engine has bound.' }),
  },
  { $id: 'PortsCheck', description: "Result of checking a container's published ports from the host." },
);

const mapping = { hostIp: null, hostPort: 8080, containerPort: 80, protocol: 'tcp', address: '192.0.2.10' } as const;
const EXAMPLES = {
  reachable: {
    summary: 'The port reaches the container',
    value: {
      container: 'web',
      reachable: true,
      message: '',
      ports: [{ ...mapping, reachable: true, reason: 'Reachable', outcome: 'open', milliseconds: 0.31, message: '' }],
    },
  },
  flushed: {
    summary: 'The firewall was flushed',
    value: {
      container: 'web',
      reachable: false,
      message: 'not reachable: 8080/tcp',
      ports: [
        {
          ...mapping,
          reachable: false,
          reason: 'PortUnreachable',
          outcome: 'refused',
          milliseconds: 0.12,
          message:
            'the container answers on 172.17.0.2:80, but 192.0.2.10:8080 does not (refused): the firewall was probably flushed. Restart the engine, which restores its rules (with firewalld, run `firewall-cmd --reload`)',
        },
      ],
    },
  },
  notListening: {
    summary: 'The program is not listening',
    value: {
      container: 'web',
      reachable: false,
      message: 'not reachable: 8080/tcp',
      ports: [
        {
          ...mapping,
          reachable: false,
          reason: 'NotListening',
          outcome: 'refused',
          milliseconds: 0.1,
          message: 'nothing listens on 80/tcp in the container, or only on its loopback',
        },
      ],
    },
  },
} as const;

const checkPorts = operation('POST', '/containers/:name/ports/check', {
  id: 'checkPorts',
  tags: ['ports'],
  summary: 'Check the host ports of a container',
  description:
    "Tests every published port and changes nothing. A short-lived container in the host's network connects to each host port and to the container directly; a second one, on the container's network, tests whether the host forwards. This distinguishes missing firewall rules from a program that is not listening. UDP ports get a DNS question: an answer means reachable, silence is inconclusive. Firewalls between the host and its clients, and host rules that match their addresses, are not tested. If a bound port is unreachable, the condition PortsBound becomes False with the reason `PortUnreachable`.",
  params: NameParams,
  query: noQuery,
  headers: Type.Object(idempotencyHeader),
  replies: {
    200: {
      description: 'Result of the check.',
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
