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
    'viewer: reads, but does not see the values of variables. operator: also declares containers and looks inside them. admin: everything.',
});

const Token = Type.Object(
  {
    id: Type.String(),
    name: Type.String({ description: 'Events show it as `actor`.' }),
    role,
    createdAt: nullable(Type.String({ format: 'date-time' })),
    expiresAt: nullable(Type.String({ format: 'date-time', description: 'null: the token never expires.' })),
    origin: Type.Unsafe<'api' | 'configured'>({
      ...literals('api', 'configured'),
      description: "configured: the server's own token, from its data folder or BERTH_TOKEN. It can't be revoked here.",
    }),
  },
  { $id: 'Token', description: 'A token. Its secret is shown once and not stored.' },
);

const TokenInput = Type.Object(
  {
    name: Type.String({ description: 'Unique name of the token.' }),
    role,
    expiresInSeconds: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: MOST_TOKEN_SECONDS,
        description: 'Seconds until the token expires; by default it never does.',
      }),
    ),
  },
  { $id: 'TokenInput', additionalProperties: false },
);

const EXAMPLE = {
  id: '3f0e5a5e-6c0c-4a86-9c61-0f9a3c3f7c11',
  name: 'dashboard',
  role: 'viewer',
  createdAt: '2026-11-25T12:00:00.000Z',
  expiresAt: null,
  origin: 'api',
} as const;

const listTokens = operation('GET', '/tokens', {
  id: 'listTokens',
  tags,
  summary: 'List tokens',
  query: noQuery,
  replies: {
    200: {
      description: 'All tokens, including expired ones.',
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
  summary: 'Create a token',
  description:
    'The response contains the secret. It is shown only this once, so store it. With an Idempotency-Key, the same request returns it again for 24 hours: Berth keeps the answer encrypted with that key.',
  query: noQuery,
  headers: Type.Object(idempotencyHeader),
  body: ref(TokenInput),
  replies: {
    201: {
      description: 'Made.',
      content: {
        'application/json': {
          schema: Type.Object({
            ...Token.properties,
            token: Type.String({ description: 'The token and its secret.' }),
          }),
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
  description: 'The token is rejected from now on, and its open streams end.',
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
  summary: 'Show the current token',
  query: noQuery,
  replies: {
    200: {
      description: 'The token of this request. Without a token, the way in which the request was authenticated.',
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

/** Registers the routes of access tokens. */
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
