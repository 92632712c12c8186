import type { FastifyInstance, FastifyReply } from 'fastify';
import { Type } from 'typebox';
import { MOST_TOKEN_SECONDS, ROLES, type Role } from '../../domain/access/tokens.js';
import type { CreatedToken, TokenService } from '../../service/access/tokens.js';
import { operation, route } from '../openapi/operation.js';
import { noQuery } from '../openapi/parameters.js';
import { literals, nullable, ref } from '../openapi/schema-helpers.js';
import { requesterOf } from '../pipeline/auth/auth.js';
import { idempotencyHeader, KEYED, keyedWrite } from '../pipeline/idempotency.js';
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

const listTokens = operation('GET', '/tokens', {
  id: 'listTokens',
  tags,
  summary: 'List the tokens',
  query: noQuery,
  replies: {
    200: {
      description: 'All, those that have expired included.',
      content: {
        'application/json': {
          schema: Type.Object({ items: Type.Array(ref(Token)) }),
          examples: { one: { value: { items: [EXAMPLE] } } },
        },
      },
    },
  },
  problems: ['invalid-body'],
  access: 'admin',
});

const createToken = operation('POST', '/tokens', {
  id: 'createToken',
  tags,
  summary: 'Make a token',
  description:
    'The answer has the secret, this once: store it where its owner finds it. With an Idempotency-Key it is told again for 24 hours to whoever has that key: it is kept encrypted by it.',
  query: noQuery,
  headers: Type.Object(idempotencyHeader),
  body: ref(TokenInput),
  replies: {
    201: {
      description: 'Made.',
      content: {
        'application/json': {
          schema: Type.Object({ ...Token.properties, token: Type.String({ description: 'The secret.' }) }),
          examples: { one: { value: { ...EXAMPLE, token: 'berth_…' } } },
        },
      },
    },
  },
  problems: [
    'invalid-body',
    'payload-too-large',
    'unsupported-media-type',
    'invalid-definition',
    'name-taken',
    'storage-unavailable',
    ...KEYED,
  ],
  access: 'admin',
});

const revokeToken = operation('DELETE', '/tokens/:id', {
  id: 'revokeToken',
  tags,
  summary: 'Revoke a token',
  description: 'It is refused from then on, and what it holds open ends.',
  params: Type.Object({ id: Type.String({ examples: [EXAMPLE.id] }) }),
  query: noQuery,
  replies: { 204: { description: 'Revoked.', type: 'null' } },
  problems: [
    'invalid-body',
    'payload-too-large',
    'unsupported-media-type',
    'not-found',
    'in-use',
    'storage-unavailable',
  ],
  access: 'admin',
});

const getOwnToken = operation('GET', '/tokens/self', {
  id: 'getOwnToken',
  tags,
  summary: 'Who am I',
  query: noQuery,
  replies: {
    200: {
      description: 'The token that the request came with; without one, whatever lets it in.',
      content: {
        'application/json': {
          schema: Type.Object({ id: Type.String(), name: Type.String(), role }),
          examples: { one: { value: { id: EXAMPLE.id, name: 'dashboard', role: 'viewer' } } },
        },
      },
    },
  },
  problems: ['invalid-body'],
});

/** Who may call, and what each may. */
export function tokenRoutes(app: FastifyInstance, tokens: TokenService, streams: Streams): void {
  for (const schema of [Token, TokenInput]) app.addSchema(schema);

  route(app, listTokens, async () => ({ items: tokens.listTokens() }));

  route(app, createToken, async ({ body, request, reply }) => {
    const keyed = keyedWrite(request, reply, render);
    const created = await tokens.createToken(body, {
      ...requesterOf(request),
      ...(keyed !== undefined && { keyed }),
    });
    return render(created, reply);
  });

  route(app, revokeToken, async ({ params, request, reply }) => {
    await tokens.revokeToken(params.id, requesterOf(request));
    streams.end(params.id);
    return reply.code(204).send(undefined);
  });

  route(
    app,
    getOwnToken,
    async ({
      request: {
        principal: { id, name, role: own },
      },
    }) => ({ id, name, role: own }),
  );
}

function render(created: CreatedToken, reply: FastifyReply): CreatedToken {
  reply.code(201);
  return created;
}
