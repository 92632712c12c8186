import type { FastifyReply } from 'fastify';
import { Type } from 'typebox';
import { MOST_TOKEN_SECONDS, ROLES, type Role } from '../../domain/access/tokens.js';
import type { CreatedToken, Service } from '../../service/service.js';
import { problemResponses } from '../openapi/problem-schema.js';
import { literals, nullable, ref } from '../openapi/schema-helpers.js';
import type { App } from '../openapi/typed-app.js';
import { idempotencyHeader, KEYED, keyedWrite } from '../pipeline/idempotency.js';
import { needsBody, noQuery, onlyEmptyBody, requesterOf } from '../protocol/request-helpers.js';
import type { Streams } from '../protocol/streaming.js';

const tags = ['access'];
const role = Type.Unsafe<Role>({
  ...literals(...ROLES),
  description:
    'viewer: reads, without the values of variables. operator: declares, and looks inside. admin: everything.',
});

const Token = Type.Object(
  {
    id: Type.String(),
    name: Type.String({ description: 'In the record of what changed, as `actor`.' }),
    role,
    createdAt: nullable(Type.String({ format: 'date-time' })),
    expiresAt: nullable(Type.String({ format: 'date-time', description: 'null: never.' })),
    origin: Type.Unsafe<'api' | 'configured'>({
      ...literals('api', 'configured'),
      description: "configured: the server's own, from its data folder or BERTH_TOKEN. It can't be revoked here.",
    }),
  },
  { $id: 'Token', description: 'Who may call. The secret itself is told once, and stored nowhere.' },
);

const TokenInput = Type.Object(
  {
    name: Type.String({ description: 'Another for each token.' }),
    role,
    expiresInSeconds: Type.Optional(
      Type.Integer({ minimum: 1, maximum: MOST_TOKEN_SECONDS, description: 'By default it does not expire.' }),
    ),
  },
  { $id: 'TokenInput', additionalProperties: false },
);

const EXAMPLE = {
  ...{ id: '3f0e5a5e-6c0c-4a86-9c61-0f9a3c3f7c11', name: 'dashboard', role: 'viewer' },
  ...{ createdAt: '2026-11-25T12:00:00.000Z', expiresAt: null, origin: 'api' },
} as const;

/** Who may call, and what each may. */
export function tokenRoutes(app: App, service: Service, streams: Streams): void {
  for (const schema of [Token, TokenInput]) app.addSchema(schema);
  const config = { access: 'admin' } as const;

  app.get(
    '/tokens',
    {
      config,
      schema: {
        operationId: 'listTokens',
        tags,
        summary: 'List the tokens',
        querystring: noQuery,
        response: {
          200: {
            description: 'All, those that have expired included.',
            content: {
              'application/json': {
                schema: Type.Object({ items: Type.Array(ref(Token)) }),
                examples: { one: { value: { items: [EXAMPLE] } } },
              },
            },
          },
          ...problemResponses('invalid-body'),
        },
      },
    },
    async () => ({ items: service.tokens() }) as never,
  );

  app.post(
    '/tokens',
    {
      config,
      preValidation: needsBody,
      schema: {
        operationId: 'createToken',
        tags,
        summary: 'Make a token',
        description:
          'The answer has the secret, this once: store it where its owner finds it. With an Idempotency-Key it is told again for 24 hours to whoever has that key: it is kept encrypted by it.',
        querystring: noQuery,
        headers: Type.Object(idempotencyHeader),
        body: ref(TokenInput),
        response: {
          201: {
            description: 'Made.',
            content: {
              'application/json': {
                schema: Type.Object({ ...Token.properties, token: Type.String({ description: 'The secret.' }) }),
                examples: { one: { value: { ...EXAMPLE, token: 'berth_…' } } },
              },
            },
          },
          ...problemResponses(
            ...(['invalid-body', 'payload-too-large', 'unsupported-media-type', 'invalid-definition'] as const),
            ...(['name-taken', 'storage-unavailable', ...KEYED] as const),
          ),
        },
      },
    },
    async (request, reply) => {
      const keyed = keyedWrite(request, reply, render);
      const created = await service.createToken(request.body as never, {
        ...requesterOf(request),
        ...(keyed !== undefined && { keyed }),
      });
      return reply.send(render(created, reply) as never);
    },
  );

  app.delete(
    '/tokens/:id',
    {
      config,
      preValidation: onlyEmptyBody,
      schema: {
        operationId: 'revokeToken',
        tags,
        summary: 'Revoke a token',
        description: 'It is refused from then on, and what it holds open ends.',
        params: Type.Object({ id: Type.String({ examples: [EXAMPLE.id] }) }),
        querystring: noQuery,
        response: {
          204: { description: 'Revoked.', type: 'null' },
          ...problemResponses(
            ...(['invalid-body', 'payload-too-large', 'unsupported-media-type'] as const),
            ...(['not-found', 'in-use', 'storage-unavailable'] as const),
          ),
        },
      },
    },
    async (request, reply) => {
      await service.revokeToken(request.params.id, requesterOf(request));
      streams.end(request.params.id);
      return reply.code(204).send(undefined as never);
    },
  );

  app.get(
    '/tokens/self',
    {
      schema: {
        operationId: 'getOwnToken',
        tags,
        summary: 'Who am I',
        querystring: noQuery,
        response: {
          200: {
            description: 'The token that the request came with; without one, whatever lets it in.',
            content: {
              'application/json': {
                schema: Type.Object({ id: Type.String(), name: Type.String(), role }),
                examples: { one: { value: { id: EXAMPLE.id, name: 'dashboard', role: 'viewer' } } },
              },
            },
          },
          ...problemResponses('invalid-body'),
        },
      },
    },
    async ({ principal: { id, name, role: own } }) => ({ id, name, role: own }) as never,
  );
}

function render(created: CreatedToken, reply: FastifyReply): CreatedToken {
  reply.code(201);
  return created;
}
