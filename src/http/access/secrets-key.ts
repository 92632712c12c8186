/** Routes of the keys that seal stored secrets. */

import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { SEALED_KINDS } from '../../domain/secrets/sealed-value.js';
import type { Rotated, SecretsKeyService } from '../../service/secrets/vault.js';
import { operation, route } from '../openapi/operation.js';
import { noQuery } from '../openapi/parameters.js';
import { literals } from '../openapi/schema-helpers.js';
import { requesterOf } from '../pipeline/auth/auth.js';
import { idempotencyHeader, KEYED, keyedWrite } from '../pipeline/idempotency.js';

const tags = ['access'];

const keys = {
  current: Type.String({ description: 'Id of the key that seals new values: a digest, which reveals nothing of it.' }),
  keys: Type.Array(
    Type.Object({
      id: Type.String(),
      values: Type.Integer({ description: 'Number of stored values that this key sealed.' }),
    }),
    { description: 'The keys of the file, the newest first. A key without values is needed only for old backups.' },
  ),
  unreadable: Type.Array(Type.Object({ kind: literals(...SEALED_KINDS), name: Type.String() }), {
    description: 'Values that none of the keys opens. They have to be stored again, or their key put back.',
  }),
};

const EXAMPLE = { current: '3f0e5a5e6c0c4a86', keys: [{ id: '3f0e5a5e6c0c4a86', values: 2 }], unreadable: [] };

const getSecretsKey = operation('GET', '/secrets-key', {
  id: 'getSecretsKey',
  tags,
  summary: 'Show the keys that seal secrets',
  query: noQuery,
  replies: {
    200: {
      description: 'Ids of the keys, and what they sealed.',
      content: { 'application/json': { schema: Type.Object(keys), examples: { one: { value: EXAMPLE } } } },
    },
  },
  problems: ['invalid-body'],
  access: 'admin',
});

const rotateSecretsKey = operation('POST', '/secrets-key/rotate', {
  id: 'rotateSecretsKey',
  tags,
  summary: 'Seal all secrets with the newest key',
  description:
    'Reads the key file again and seals every stored value with its first key, in one transaction. To rotate, put a new key in the first line, call this, and keep the old key as long as backups from before are needed.',
  query: noQuery,
  headers: Type.Object(idempotencyHeader),
  replies: {
    200: {
      description: 'Sealed again.',
      content: {
        'application/json': {
          schema: Type.Object({
            ...keys,
            resealed: Type.Integer({ description: 'Number of values that another key had sealed.' }),
          }),
          examples: { one: { value: { ...EXAMPLE, resealed: 2 } } },
        },
      },
    },
  },
  problems: [
    'invalid-body',
    'payload-too-large',
    'unsupported-media-type',
    'invalid-secrets-key',
    'storage-unavailable',
    ...KEYED,
  ],
  access: 'admin',
});

/** Registers the routes of the secrets key. */
export function secretsKeyRoutes(app: FastifyInstance, service: SecretsKeyService): void {
  route(app, getSecretsKey, async () => service.secretsKeys());
  route(app, rotateSecretsKey, async ({ request, reply }) => {
    const keyed = keyedWrite<Rotated>(request, reply, (rotated) => rotated);
    return service.rotateSecretsKeys({ ...requesterOf(request), ...(keyed !== undefined && { keyed }) });
  });
}
