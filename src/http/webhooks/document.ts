import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger';

type Webhooks = NonNullable<
  Extract<FastifyDynamicSwaggerOptions['openapi'], { readonly webhooks?: unknown }>['webhooks']
>;

/** The requests that Berth sends to webhooks of the format cloudevents. */
export const WEBHOOKS: Webhooks = {
  event: {
    post: {
      operationId: 'receiveEvent',
      tags: ['webhooks'],
      summary: 'Receive an event',
      description:
        'Sent to the URL of each webhook of the format `cloudevents`. The signature is `v1,` and the HMAC-SHA256 of `webhook-id.webhook-timestamp.body` in base64, as in Standard Webhooks. Every answer from 200 to 299 accepts the event; any other is repeated. An event may arrive more than once, always with the same id.',
      security: [],
      parameters: [
        {
          name: 'webhook-id',
          in: 'header',
          required: true,
          schema: { type: 'string' },
          description: 'Id of the event.',
        },
        {
          ...{ name: 'webhook-timestamp', in: 'header', required: true, schema: { type: 'string' } },
          description: 'Time of the attempt, in seconds since 1970.',
        },
        {
          ...{ name: 'webhook-signature', in: 'header', required: true, schema: { type: 'string' } },
          description: 'Signature of the message.',
        },
      ],
      requestBody: {
        required: true,
        content: {
          'application/cloudevents+json': { schema: { $ref: '#/components/schemas/WebhookEvent' } },
        },
      },
      responses: { '2XX': { description: 'The event is accepted.' } },
    },
  },
};
