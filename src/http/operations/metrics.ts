import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { operation, route } from '../openapi/operation.js';
import { noQuery } from '../openapi/parameters.js';

/** Metrics in the exposition format of Prometheus. */
export interface Exposition {
  readonly contentType: string;
  text(): Promise<string>;
}

const getMetrics = operation('GET', '/metrics', {
  id: 'getMetrics',
  tags: ['operations'],
  summary: 'Get metrics for Prometheus',
  description:
    'Metrics of requests, the queue, the reconciler, the engine calls and the process. Of the containers, up to 100 that are not ready are named.',
  query: noQuery,
  replies: {
    200: {
      description: 'The text exposition format.',
      content: { 'text/plain': { schema: Type.String(), example: 'berth_queue_depth 0\n' } },
    },
  },
  problems: ['invalid-body'],
});

/** Registers the metrics for Prometheus. */
export function metricRoutes(app: FastifyInstance, metrics: Exposition): void {
  route(app, getMetrics, async ({ reply }) => {
    const text = await metrics.text();
    return reply.type(metrics.contentType).send(text);
  });
}
