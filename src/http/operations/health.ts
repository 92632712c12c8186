import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import type { EngineService } from '../../service/engine.js';
import { operation, route } from '../openapi/operation.js';
import { noQuery } from '../openapi/parameters.js';

const tags = ['operations'];

const Readiness = Type.Object({
  ready: Type.Boolean(),
  storage: Type.String({ description: 'ok, or the fault of the database.' }),
  engine: Type.String({
    description:
      'ok, or why the engine is not usable: not reachable, or its disk is full. Definitions are accepted anyway.',
  }),
});
const answer = (description: string, value: object) => ({
  description,
  content: { 'application/json': { schema: Readiness, examples: { answer: { value } } } },
});

const getLiveness = operation('GET', '/livez', {
  id: 'getLiveness',
  tags,
  summary: 'Check liveness',
  query: noQuery,
  replies: {
    200: {
      description: 'The process answers.',
      content: {
        'application/json': {
          schema: Type.Object({ status: Type.Literal('ok') }),
          examples: { ok: { value: { status: 'ok' } } },
        },
      },
    },
  },
  problems: ['invalid-body'],
  access: 'everybody',
});

const getReadiness = operation('GET', '/readyz', {
  id: 'getReadiness',
  tags,
  summary: 'Check readiness',
  query: noQuery,
  replies: {
    200: answer('Requests can be served.', { ready: true, storage: 'ok', engine: 'ok' }),
    503: answer('The database does not answer.', { ready: false, storage: 'disk I/O error', engine: 'ok' }),
  },
  problems: ['invalid-body'],
  access: 'everybody',
});

/** Registers the health checks of Berth itself. */
export function healthRoutes(app: FastifyInstance, engine: Pick<EngineService, 'readiness'>): void {
  route(app, getLiveness, async () => ({ status: 'ok' as const }));

  route(app, getReadiness, async ({ reply }) => {
    const readiness = await engine.readiness();
    return reply.code(readiness.ready ? 200 : 503).send(readiness);
  });
}
