import { Type } from 'typebox';
import { operation } from '../openapi/operation.js';
import { NameParams, noQuery } from '../openapi/parameters.js';
import { describedOrNull, literals, ref } from '../openapi/schema-helpers.js';
import { idempotencyHeader, KEYED } from '../pipeline/idempotency.js';
import { ignoreBody } from '../protocol/request-helpers.js';

const reachable = (description: string) => describedOrNull<boolean>(Type.Boolean(), description);

export const PortCheck = Type.Object(
  {
    containerPort: Type.Integer(),
    protocol: literals('tcp', 'udp', 'sctp'),
    reachable: reachable('null if the check is inconclusive.'),
    outcome: Type.Unsafe<string>({
      ...literals('open', 'refused', 'unreachable', 'no-answer', 'failed', 'not-tried'),
      description:
        'open: something answered. refused: nothing listens. unreachable: there is no route to it. no-answer: nothing came back, which is inconclusive for UDP. failed: the attempt itself failed. not-tried: see the message.',
    }),
    milliseconds: describedOrNull<number>(Type.Number(), 'Time until the answer; null without an answer.'),
    message: Type.String({ description: 'Explanation for a person; empty if all is well.' }),
  },
  { $id: 'PortCheck' },
);

export const LinkCheck = Type.Object(
  {
    container: Type.String({ description: 'The recipient, from whose network the link is checked.' }),
    alias: Type.String(),
    source: Type.String(),
    state: Type.Unsafe<string>({
      ...literals('resolved', 'stale', 'waiting', 'missing', 'unknown'),
      description: 'State of the link, as in the topology.',
    }),
    address: describedOrNull<string>(Type.String(), 'Current address of the source; null while it is not running.'),
    resolved: Type.Object(
      {
        addresses: Type.Array(Type.String(), { description: 'In the order in which a process gets them.' }),
        milliseconds: Type.Number(),
      },
      { description: 'Result of resolving the alias inside the recipient.' },
    ),
    reachable: reachable(
      'true: every port is reachable. false: at least one is not, or the check was not possible. null: inconclusive.',
    ),
    message: Type.String({ description: 'Explanation for a person; empty if all is well.' }),
    ports: Type.Array(ref(PortCheck), { description: 'The ports that the source exposes or publishes.' }),
  },
  { $id: 'LinkCheck', description: 'Result of checking a link from inside its recipient.' },
);

const common = { container: 'web2', alias: 'db', source: 'db' } as const;

const EXAMPLES = {
  reachable: {
    summary: 'Every port answers',
    value: {
      ...common,
      state: 'resolved',
      address: '172.17.0.2',
      resolved: { addresses: ['172.17.0.2'], milliseconds: 0.41 },
      reachable: true,
      message: '',
      ports: [
        {
          containerPort: 3306,
          protocol: 'tcp',
          reachable: true,
          outcome: 'open',
          milliseconds: 0.23,
          message: '',
        },
      ],
    },
  },
  closed: {
    summary: 'One port has no listener, another does not answer',
    value: {
      ...common,
      state: 'resolved',
      address: '172.17.0.2',
      resolved: { addresses: ['172.17.0.2'], milliseconds: 0.38 },
      reachable: false,
      message: 'not reachable: 3306/tcp',
      ports: [
        {
          containerPort: 3306,
          protocol: 'tcp',
          reachable: false,
          outcome: 'refused',
          milliseconds: 0.11,
          message: 'nothing listens on this port',
        },
        {
          containerPort: 5353,
          protocol: 'udp',
          reachable: null,
          outcome: 'no-answer',
          milliseconds: null,
          message: 'no answer: the port may be open without replying to this datagram, or filtered',
        },
      ],
    },
  },
  stopped: {
    summary: 'The source is not running',
    value: {
      ...common,
      state: 'waiting',
      address: null,
      resolved: { addresses: ['172.17.0.2'], milliseconds: 0.37 },
      reachable: false,
      message: 'db is not running on the network shared with the recipient: see its conditions',
      ports: [
        {
          containerPort: 3306,
          protocol: 'tcp',
          reachable: false,
          outcome: 'not-tried',
          milliseconds: null,
          message: 'db is not running on the network shared with the recipient: see its conditions',
        },
      ],
    },
  },
} as const;

export const checkLink = operation('POST', '/containers/:name/links/:alias/check', {
  id: 'checkLink',
  tags: ['links'],
  summary: 'Check a link',
  description:
    "Tests the link from inside its recipient and changes nothing. A short-lived container joins the recipient's network, so the recipient's image needs no tools. It resolves the alias and tries every port that the source exposes or publishes: TCP with a connection, UDP with a DNS question. A UDP port that stays silent is inconclusive.",
  params: Type.Object({
    ...NameParams.properties,
    alias: Type.String({ description: "The link's alias.", examples: ['db'] }),
  }),
  query: noQuery,
  headers: Type.Object(idempotencyHeader),
  replies: {
    200: {
      description: 'Result of the check.',
      content: { 'application/json': { schema: ref(LinkCheck), examples: EXAMPLES } },
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
