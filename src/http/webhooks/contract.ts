/** Operations of webhooks. */

import { Type } from 'typebox';
import { EVENT_TYPES } from '../../domain/event.js';
import { DELIVERY_STATES, MOST_DELIVERIES } from '../../domain/webhooks/delivery.js';
import {
  type WebhookInput as Input,
  MOST_CONTAINERS,
  MOST_SECRET,
  MOST_URL,
  WEBHOOK_FORMATS,
} from '../../domain/webhooks/webhook.js';
import type { DeliveryView, WebhookView } from '../../service/webhooks/webhooks.js';
import { operation } from '../openapi/operation.js';
import { noQuery } from '../openapi/parameters.js';
import { closed, literals, nullable, ref, time } from '../openapi/schema-helpers.js';
import { idempotencyHeader, KEYED } from '../pipeline/idempotency.js';

const tags = ['webhooks'];

export const WebhookInput = Type.Unsafe<Input>(
  Type.Object(
    {
      url: Type.String({
        maxLength: MOST_URL,
        description:
          'The target, https:// or http://. For ntfy the URL of the topic. Never returned, except its origin.',
        examples: ['https://hooks.example.com/berth'],
      }),
      format: literals(...WEBHOOK_FORMATS),
      secret: Type.Optional(
        Type.String({
          maxLength: MOST_SECRET,
          description:
            'For cloudevents the signing secret, `whsec_` and base64 of 24 to 64 bytes; for ntfy an access token, if the topic needs one. Never returned.',
        }),
      ),
      events: Type.Optional(
        Type.Array(literals(...EVENT_TYPES), {
          maxItems: EVENT_TYPES.length,
          description: 'Types of the events to send; by default all.',
        }),
      ),
      containers: Type.Optional(
        Type.Array(Type.String(), {
          maxItems: MOST_CONTAINERS,
          description:
            'Names of the containers whose events to send; by default all, and events that concern no container.',
          examples: [['web']],
        }),
      ),
    },
    { $id: 'WebhookInput', ...closed, description: 'A webhook as clients declare it.' },
  ),
);

export const Webhook = Type.Unsafe<WebhookView>(
  Type.Object(
    {
      name: Type.String({ examples: ['alerts'] }),
      format: nullable(literals(...WEBHOOK_FORMATS)),
      origin: nullable(Type.String({ description: 'Scheme, host and port of the URL.' })),
      hasSecret: Type.Boolean(),
      events: nullable(Type.Array(Type.String(), { description: 'Types of the events; null for all.' })),
      containers: nullable(Type.Array(Type.String(), { description: 'Names of the containers; null for all.' })),
      version: Type.Integer({ description: 'Rises by one each time that the webhook is declared.' }),
      createdAt: time('When the webhook was first declared.'),
      updatedAt: time('When it was last declared.'),
      cursor: Type.Integer({ description: 'Id of the last event that was delivered, kept as dead or not wanted.' }),
      deliveredAt: nullable(time('Time of the last delivery since the start of Berth.')),
      conditions: Type.Array(
        Type.Object({
          type: literals('Delivering'),
          status: literals('True', 'False', 'Unknown'),
          reason: Type.String({
            description:
              'Delivering; DeliveryFailed while attempts fail; TargetRefused if the policy does not allow the address; HeldAfterRestore; SecretUnreadable if the key that sealed the webhook is missing, and it has to be declared again.',
          }),
          message: Type.String({ description: 'For a person.' }),
        }),
      ),
    },
    { $id: 'Webhook', description: 'A webhook, without its URL and its secret.' },
  ),
);

export const WebhookDelivery = Type.Unsafe<DeliveryView>(
  Type.Object(
    {
      eventId: Type.Integer(),
      type: Type.String({ description: 'Type of the event.' }),
      container: Type.String({ description: 'Name of the definition; empty if the event concerns all of them.' }),
      state: literals(...DELIVERY_STATES),
      attempts: Type.Integer(),
      error: Type.String({ description: 'Failure of the last attempt, for a person.' }),
      failedAt: time('Time of the last attempt.'),
    },
    {
      $id: 'WebhookDelivery',
      description: 'A delivery that failed for good: dead, or pending until it is sent again.',
    },
  ),
);

/** The body of the requests that the format cloudevents sends. */
export const WebhookEvent = Type.Object(
  {
    specversion: literals('1.0'),
    id: Type.String({ description: 'The same for every attempt; receivers recognise repeated deliveries by it.' }),
    source: Type.String({ description: '`/berth/` and the instance.', examples: ['/berth/5f0c'] }),
    type: Type.String({ description: '`io.berth.event.` and the type of the event, or `io.berth.test`.' }),
    subject: Type.Optional(Type.String({ description: 'Name of the container, if the event concerns one.' })),
    time: time('When the event was recorded.'),
    datacontenttype: literals('application/json'),
    data: Type.Unsafe({ $ref: 'Event#' }),
  },
  { $id: 'WebhookEvent', description: 'An event as a CloudEvent 1.0 in the structured JSON form.' },
);

const EXAMPLE: WebhookView = {
  name: 'alerts',
  format: 'cloudevents',
  origin: 'https://hooks.example.com',
  hasSecret: true,
  events: ['ConditionChanged', 'StepFailed'],
  containers: null,
  version: 1,
  createdAt: '2026-11-30T12:00:00.000Z',
  updatedAt: '2026-11-30T12:00:00.000Z',
  cursor: 41,
  deliveredAt: '2026-11-30T12:05:00.000Z',
  conditions: [{ type: 'Delivering', status: 'True', reason: 'Delivering', message: '' }],
};

const DEAD: DeliveryView = {
  ...{ eventId: 40, type: 'StepFailed', container: 'web', state: 'dead', attempts: 15 },
  ...{ error: 'the target answered 500', failedAt: '2026-11-30T12:55:00.000Z' },
};

/** Bodies of requests that declare a webhook. */
export const WEBHOOK_INPUTS = {
  cloudevents: {
    summary: 'Signed CloudEvents',
    value: {
      ...{ url: 'https://hooks.example.com/berth', format: 'cloudevents' },
      secret: 'whsec_ZXhhbXBsZSBzaWduaW5nIHNlY3JldCBvZiAzMiBi',
      events: ['ConditionChanged', 'StepFailed'],
    },
  },
  ntfy: {
    summary: 'A topic of ntfy',
    value: { url: 'https://ntfy.example.com/berth', format: 'ntfy', containers: ['web'] },
  },
} as const;

const Params = Type.Object({ name: Type.String({ description: "The webhook's name.", examples: ['alerts'] }) });

const webhook = (description: string) => ({
  description,
  content: { 'application/json': { schema: ref(Webhook), examples: { one: { value: EXAMPLE } } } },
});

const WRITES = ['invalid-body', 'payload-too-large', 'unsupported-media-type', 'storage-unavailable'] as const;

export const listWebhooks = operation('GET', '/webhooks', {
  id: 'listWebhooks',
  tags,
  summary: 'List webhooks',
  query: noQuery,
  replies: {
    200: {
      description: 'All webhooks, without their URLs and secrets.',
      content: {
        'application/json': {
          schema: Type.Object({ items: Type.Array(ref(Webhook)) }),
          examples: { one: { value: { items: [EXAMPLE] } } },
        },
      },
    },
  },
  problems: ['invalid-body'],
  access: 'admin',
});

export const getWebhook = operation('GET', '/webhooks/:name', {
  id: 'getWebhook',
  tags,
  summary: 'Get a webhook',
  params: Params,
  query: noQuery,
  replies: { 200: webhook('The webhook, without its URL and secret.') },
  problems: ['invalid-body', 'not-found'],
  access: 'admin',
});

export const putWebhook = operation('PUT', '/webhooks/:name', {
  id: 'putWebhook',
  tags,
  summary: 'Declare a webhook',
  description:
    'Events from now on are sent to the target, each at least once and in their order, past no failed one: an event is tried 15 times with growing intervals, then it is kept as dead and the next one is sent. A changed webhook continues where it was. URL and secret are stored encrypted (BERTH_SECRETS_KEY_FILE) and never returned.',
  params: Params,
  query: noQuery,
  body: ref(WebhookInput),
  replies: { 200: webhook('Replaced.'), 201: webhook('Declared.') },
  problems: [...WRITES, 'invalid-definition', 'policy-denied'],
  access: 'admin',
});

export const deleteWebhook = operation('DELETE', '/webhooks/:name', {
  id: 'deleteWebhook',
  tags,
  summary: 'Remove a webhook',
  description: 'Removes its kept deliveries as well.',
  params: Params,
  query: noQuery,
  replies: { 204: { description: 'Removed.', type: 'null' } },
  problems: [...WRITES, 'not-found'],
  access: 'admin',
});

export const listDeliveries = operation('GET', '/webhooks/:name/deliveries', {
  id: 'listWebhookDeliveries',
  tags,
  summary: 'List deliveries that failed',
  description: `Deliveries that failed for good, and those of them that are sent again, oldest first. The newest ${MOST_DELIVERIES} of each webhook are kept.`,
  params: Params,
  query: Type.Object(
    {
      state: Type.Optional(literals(...DELIVERY_STATES)),
      after: Type.Optional(
        Type.Integer({ minimum: 0, default: 0, description: 'Event id after which deliveries are listed.' }),
      ),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: MOST_DELIVERIES, default: 100 })),
    },
    closed,
  ),
  replies: {
    200: {
      description: 'Failed deliveries.',
      content: {
        'application/json': {
          schema: Type.Object({
            items: Type.Array(ref(WebhookDelivery)),
            next: nullable(
              Type.Integer({ description: 'Value of `after` for the next page; null after the last one.' }),
            ),
          }),
          examples: { one: { value: { items: [DEAD], next: null } } },
        },
      },
    },
  },
  problems: ['invalid-body', 'not-found', 'storage-unavailable'],
  access: 'admin',
});

export const resendDeliveries = operation('POST', '/webhooks/:name/resend', {
  id: 'resendWebhookDeliveries',
  tags,
  summary: 'Send failed deliveries again',
  description: 'Sends each once, before newer events. One that fails again is dead again.',
  params: Params,
  query: Type.Object(
    { eventId: Type.Optional(Type.Integer({ minimum: 1, description: 'Only the delivery of this event.' })) },
    closed,
  ),
  headers: Type.Object(idempotencyHeader),
  replies: {
    202: {
      description: 'They are sent again.',
      content: {
        'application/json': {
          schema: Type.Object({ pending: Type.Integer({ description: 'Number of deliveries.' }) }),
          examples: { one: { value: { pending: 1 } } },
        },
      },
    },
  },
  problems: [...WRITES, 'not-found', ...KEYED],
  access: 'admin',
});

export const testWebhook = operation('POST', '/webhooks/:name/test', {
  id: 'testWebhook',
  tags,
  summary: 'Send a test event',
  description: 'Sends a test event once, and waits for the outcome for at most ten seconds.',
  params: Params,
  query: noQuery,
  headers: Type.Object(idempotencyHeader),
  replies: {
    200: {
      description: 'Outcome of the attempt.',
      content: {
        'application/json': {
          schema: Type.Object({
            delivered: Type.Boolean(),
            status: nullable(Type.Integer({ description: "Status of the target's answer; null if there was none." })),
            error: nullable(Type.String({ description: 'Reason of a failure, for a person.' })),
          }),
          examples: { one: { value: { delivered: true, status: 204, error: null } } },
        },
      },
    },
  },
  problems: [...WRITES, 'not-found', ...KEYED, 'busy', 'shutting-down'],
  access: 'admin',
  isAudited: true,
});
