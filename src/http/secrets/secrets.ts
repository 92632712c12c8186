/** Routes of secrets. */

import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { MOST_SECRET_BYTES } from '../../domain/secrets/secret-refs.js';
import type { SecretService, SecretView } from '../../service/secrets/secrets.js';
import { Plan } from '../containers/plan.js';
import { operation, route } from '../openapi/operation.js';
import { flag, noQuery } from '../openapi/parameters.js';
import { closed, literals, ref, time } from '../openapi/schema-helpers.js';
import { requesterOf } from '../pipeline/auth/auth.js';

const tags = ['secrets'];

export const SecretInput = Type.Object(
  { value: Type.String({ description: `The value, at most ${MOST_SECRET_BYTES} bytes. It is never returned.` }) },
  { $id: 'SecretInput', ...closed },
);

export const Secret = Type.Unsafe<SecretView>(
  Type.Object(
    {
      name: Type.String(),
      version: Type.Integer({ description: 'Rises by one with each value that differs from the one before.' }),
      createdAt: time('When the secret was first stored.'),
      updatedAt: time('When its value last changed.'),
      usedBy: Type.Array(Type.String(), { description: 'The containers that use it.' }),
      conditions: Type.Array(
        Type.Object({
          type: literals('Usable'),
          status: literals('True', 'False'),
          reason: Type.String({
            description: 'Stored; SecretUnreadable if the key that sealed it is missing, and it has to be set again.',
          }),
          message: Type.String({ description: 'For a person.' }),
        }),
      ),
      plan: Type.Optional(ref(Plan)),
    },
    { $id: 'Secret', description: 'A secret without its value.' },
  ),
);

const EXAMPLE = {
  name: 'shop-db-password',
  version: 1,
  createdAt: '2026-11-30T12:00:00.000Z',
  updatedAt: '2026-11-30T12:00:00.000Z',
  usedBy: ['shop'],
  conditions: [{ type: 'Usable', status: 'True', reason: 'Stored', message: '' }],
} as const;

/** Bodies of requests that store a secret. */
export const SECRET_INPUTS = { text: { summary: 'A text', value: { value: 'example-value' } } } as const;

const Params = Type.Object({
  name: Type.String({ description: "The secret's name.", examples: ['shop-db-password'] }),
});

const secret = (description: string) => ({
  description,
  content: { 'application/json': { schema: ref(Secret), examples: { one: { value: EXAMPLE } } } },
});

const WRITES = ['invalid-body', 'payload-too-large', 'unsupported-media-type', 'storage-unavailable'] as const;

const listSecrets = operation('GET', '/secrets', {
  id: 'listSecrets',
  tags,
  summary: 'List secrets',
  query: noQuery,
  replies: {
    200: {
      description: 'All secrets, without their values.',
      content: {
        'application/json': {
          schema: Type.Object({ items: Type.Array(ref(Secret)) }),
          examples: { one: { value: { items: [EXAMPLE] } } },
        },
      },
    },
  },
  problems: ['invalid-body'],
});

const getSecret = operation('GET', '/secrets/:name', {
  id: 'getSecret',
  tags,
  summary: 'Get a secret without its value',
  params: Params,
  query: noQuery,
  replies: { 200: secret('The secret, without its value.') },
  problems: ['invalid-body', 'not-found'],
});

const putSecret = operation('PUT', '/secrets/:name', {
  id: 'putSecret',
  tags,
  summary: 'Store a secret',
  description:
    'Stored encrypted by a key outside the database, and never returned. Another value is a new version: every container that uses the secret gets its next generation and is replaced; dryRun shows the plan.',
  params: Params,
  query: Type.Object(
    { dryRun: flag('Run all checks and return the plan without storing anything.') },
    { additionalProperties: false },
  ),
  body: ref(SecretInput),
  replies: {
    200: secret('Changed, or already equal. With dryRun: the secret as it would be, and its `plan`.'),
    201: secret('Stored.'),
  },
  problems: [...WRITES, 'invalid-definition', 'policy-denied'],
});

const deleteSecret = operation('DELETE', '/secrets/:name', {
  id: 'deleteSecret',
  tags,
  summary: 'Delete a secret',
  params: Params,
  query: noQuery,
  replies: { 204: { description: 'Deleted.', type: 'null' } },
  problems: [...WRITES, 'not-found', 'in-use'],
});

/** Registers the routes of secrets. */
export function secretRoutes(app: FastifyInstance, secrets: SecretService): void {
  route(app, listSecrets, async () => ({ items: secrets.listSecrets() }));

  route(app, getSecret, async ({ params }) => secrets.getSecret(params.name));

  route(app, putSecret, async ({ params, query, body, request, reply }) => {
    const { dryRun = false } = query;
    const { kind, secret } = await secrets.putSecret(params.name, body.value, { dryRun, ...requesterOf(request) });
    return reply.code(kind === 'created' ? 201 : 200).send(secret);
  });

  route(app, deleteSecret, async ({ params, request, reply }) => {
    await secrets.deleteSecret(params.name, requesterOf(request));
    return reply.code(204).send(undefined);
  });
}
