import type { FastifyInstance } from 'fastify';
import type { ResendView, WebhookService } from '../../service/webhooks/webhooks.js';
import { route } from '../openapi/operation.js';
import { requesterOf } from '../pipeline/auth/auth.js';
import { keyedWrite } from '../pipeline/idempotency.js';
import { goneSignal } from '../protocol/request-helpers.js';
import type { Streams } from '../protocol/streaming.js';
import {
  deleteWebhook,
  getWebhook,
  listDeliveries,
  listWebhooks,
  putWebhook,
  resendDeliveries,
  testWebhook,
} from './contract.js';

/** Registers the routes of webhooks. */
export function webhookRoutes(app: FastifyInstance, webhooks: WebhookService, streams: Streams): void {
  route(app, listWebhooks, async () => ({ items: webhooks.listWebhooks() }));

  route(app, getWebhook, async ({ params }) => webhooks.getWebhook(params.name));

  route(app, putWebhook, async ({ params, body, request, reply }) => {
    const { kind, webhook } = await webhooks.putWebhook(params.name, body, requesterOf(request));
    return reply.code(kind === 'created' ? 201 : 200).send(webhook);
  });

  route(app, deleteWebhook, async ({ params, request, reply }) => {
    await webhooks.deleteWebhook(params.name, requesterOf(request));
    return reply.code(204).send(undefined);
  });

  route(app, listDeliveries, async ({ params, query }) => {
    const { state, after = 0, limit = 100 } = query;
    return webhooks.listDeliveries(params.name, { after, limit, ...(state !== undefined && { state }) });
  });

  route(app, resendDeliveries, async ({ params, query, request, reply }) => {
    const keyed = keyedWrite<ResendView>(request, reply, (resent, to) => {
      to.code(202);
      return resent;
    });
    const options = { ...requesterOf(request), ...(keyed !== undefined && { keyed }) };
    return reply.code(202).send(await webhooks.resendDeliveries(params.name, query.eventId, options));
  });

  route(app, testWebhook, async ({ params, reply }) => webhooks.testWebhook(params.name, goneSignal(reply, streams)));
}
