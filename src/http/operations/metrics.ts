import { Type } from 'typebox';
import { problemResponses } from '../openapi/problem-schema.js';
import type { App } from '../openapi/typed-app.js';
import { noQuery } from '../protocol/request-helpers.js';

/** What Prometheus asks for. */
export interface Exposition {
  readonly contentType: string;
  text(): Promise<string>;
}

/** Measures for Prometheus. */
export function metricRoutes(app: App, metrics: Exposition): void {
  app.get(
    '/metrics',
    {
      schema: {
        operationId: 'getMetrics',
        tags: ['operations'],
        summary: 'Measures for Prometheus',
        description: 'Of the queue, the work on definitions, the calls to the engine, and the process. Without names.',
        querystring: noQuery,
        response: {
          200: {
            description: 'The text exposition format.',
            content: { 'text/plain': { schema: Type.String(), example: 'berth_queue_depth 0\n' } },
          },
          ...problemResponses('invalid-body'),
        },
      },
    },
    async (_, reply) => {
      const text = await metrics.text();
      return reply.type(metrics.contentType).send(text as never);
    },
  );
}
