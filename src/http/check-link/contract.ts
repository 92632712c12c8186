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
    reachable: reachable('null where it cannot be told.'),
    outcome: Type.Unsafe<string>({
      ...literals('open', 'refused', 'unreachable', 'no-answer', 'failed', 'not-tried'),
      description:
        'open: something answered. refused: nothing listens. unreachable: there is no way to it. no-answer: nothing came back, which of UDP says nothing. failed: the attempt itself. not-tried: see the message.',
    }),
    milliseconds: describedOrNull<number>(Type.Number(), 'From the attempt to the answer; null where none came.'),
    message: Type.String({ description: 'For a person. Empty where all is well.' }),
  },
  { $id: 'PortCheck' },
);

export const LinkCheck = Type.Object(
  {
    container: Type.String({ description: 'The recipient, from inside which it is looked.' }),
    alias: Type.String(),
    source: Type.String(),
    state: Type.Unsafe<string>({
      ...literals('resolved', 'stale', 'waiting', 'missing', 'unknown'),
      description: 'How the link stands, as in the topology.',
    }),
    address: describedOrNull<string>(Type.String(), 'Where the source is now; null while it does not run.'),
    resolved: Type.Object(
      {
        addresses: Type.Array(Type.String(), { description: 'In the order in which a process gets them.' }),
        milliseconds: Type.Number(),
      },
      { description: 'Where the alias leads to, inside the recipient.' },
    ),
    reachable: reachable('true: every port is. false: one is not, or there is no way to try. null: it cannot be told.'),
    message: Type.String({ description: 'For a person. Empty where all is well.' }),
    ports: Type.Array(ref(PortCheck), { description: 'What the source exposes and publishes.' }),
  },
  { $id: 'LinkCheck', description: 'What a process inside the recipient finds of a link.' },
);

const common = { container: 'web2', alias: 'db', source: 'db' } as const;

const EXAMPLES = {
  reachable: {
    summary: 'Every port answers',
    value: {
      ...{ ...common, state: 'resolved', address: '172.17.0.2' },
      ...{ resolved: { addresses: ['172.17.0.2'], milliseconds: 0.41 }, reachable: true, message: '' },
      ports: [
        {
          ...{ containerPort: 3306, protocol: 'tcp', reachable: true },
          ...{ outcome: 'open', milliseconds: 0.23, message: '' },
        },
      ],
    },
  },
  closed: {
    summary: 'Nothing listens on one port, and another says nothing',
    value: {
      ...{ ...common, state: 'resolved', address: '172.17.0.2' },
      ...{ resolved: { addresses: ['172.17.0.2'], milliseconds: 0.38 } },
      ...{ reachable: false, message: 'not reachable: 3306/tcp' },
      ports: [
        {
          ...{ containerPort: 3306, protocol: 'tcp', reachable: false },
          ...{ outcome: 'refused', milliseconds: 0.11, message: 'nothing listens on it' },
        },
        {
          ...{ containerPort: 5353, protocol: 'udp', reachable: null, outcome: 'no-answer', milliseconds: null },
          message: 'no answer: it may be open and have nothing to say to this, or be filtered',
        },
      ],
    },
  },
  stopped: {
    summary: 'The source does not run',
    value: {
      ...{ ...common, state: 'waiting', address: null },
      ...{ resolved: { addresses: ['172.17.0.2'], milliseconds: 0.37 } },
      ...{ reachable: false, message: 'db does not run on the network that both share: see its conditions' },
      ports: [
        {
          ...{ containerPort: 3306, protocol: 'tcp', reachable: false, outcome: 'not-tried', milliseconds: null },
          message: 'db does not run on the network that both share: see its conditions',
        },
      ],
    },
  },
} as const;

export const checkLink = operation('POST', '/containers/:name/links/:alias/check', {
  id: 'checkLink',
  tags: ['links'],
  summary: 'Try a link from inside its recipient',
  description:
    "A short-lived container of Berth's joins the network of the recipient, whatever the image of that holds, resolves the alias, and tries each port that the source exposes or publishes, all at once: TCP by one connection, UDP by a datagram (a DNS question), which is answered, refused, or met with a silence that says nothing. Changes nothing.",
  params: Type.Object({
    ...NameParams.properties,
    alias: Type.String({ description: "The link's alias.", examples: ['db'] }),
  }),
  query: noQuery,
  headers: Type.Object(idempotencyHeader),
  replies: {
    200: {
      description: 'What was found.',
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
