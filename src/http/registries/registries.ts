/** Routes of registries: who may pull from where. */

import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { MOST_PASSWORD, MOST_USERNAME } from '../../domain/registries/credentials.js';
import type { DockerConfigView, RegistryService, RegistryView } from '../../service/registries/registries.js';
import { operation, route } from '../openapi/operation.js';
import { noQuery } from '../openapi/parameters.js';
import { closed, literals, nullable, ref, time } from '../openapi/schema-helpers.js';
import { requesterOf } from '../pipeline/auth/auth.js';

const tags = ['images'];

export const RegistryInput = Type.Object(
  {
    username: Type.Optional(Type.String({ maxLength: MOST_USERNAME, examples: ['ci'] })),
    password: Type.Optional(Type.String({ maxLength: MOST_PASSWORD, description: 'Password or access token.' })),
    identityToken: Type.Optional(
      Type.String({
        maxLength: MOST_PASSWORD,
        description: 'Token of a `docker login` that stores no password; instead of username and password.',
      }),
    ),
  },
  { $id: 'RegistryInput', ...closed, description: 'Credentials of a registry. They are never returned.' },
);

const conditions = Type.Array(
  Type.Object({
    type: literals('Usable'),
    status: literals('True', 'False', 'Unknown'),
    reason: Type.String({
      description:
        'Stored; CredentialsExpire or CredentialsExpired for those that last only hours; SecretUnreadable if the key that sealed them is missing, and they have to be stored again. In a config.json: Configured, HelperInstalled, HelperMissing.',
    }),
    message: Type.String({ description: 'For a person.' }),
  }),
);

const DockerConfig = Type.Unsafe<DockerConfigView>(
  Type.Object(
    {
      file: Type.String(),
      fault: nullable(Type.String({ description: "Why the file can't be used; null if it can." })),
      registries: Type.Array(
        Type.Object({
          host: Type.String({ description: '`*`: every other registry.' }),
          username: nullable(Type.String()),
          helper: nullable(Type.String({ description: 'The credential helper that has the credentials.' })),
          conditions,
        }),
      ),
    },
    {
      description:
        "The docker CLI's config.json (BERTH_DOCKER_CONFIG), which counts for registries without stored credentials; null if none is configured.",
    },
  ),
);

export const Registry = Type.Unsafe<RegistryView>(
  Type.Object(
    {
      host: Type.String({ examples: ['registry.example.com:5000'] }),
      username: nullable(Type.String({ description: 'null for an identity token, and where it is the password too.' })),
      version: Type.Integer({ description: 'Rises by one each time that credentials are stored.' }),
      createdAt: time('When credentials were first stored.'),
      updatedAt: time('When they were last stored.'),
      usedBy: Type.Array(Type.String(), { description: 'The containers whose image comes from this registry.' }),
      conditions,
    },
    { $id: 'Registry', description: 'Credentials of a registry, without their secret.' },
  ),
);

const EXAMPLE = {
  host: 'registry.example.com',
  username: 'ci',
  version: 1,
  createdAt: '2026-11-30T12:00:00.000Z',
  updatedAt: '2026-11-30T12:00:00.000Z',
  usedBy: ['shop'],
  conditions: [{ type: 'Usable', status: 'True', reason: 'Stored', message: '' }],
} as const;

/** Bodies of requests that store credentials. */
export const REGISTRY_INPUTS = {
  password: { summary: 'A user name and a password', value: { username: 'ci', password: 'example-password' } },
  token: { summary: 'An identity token', value: { identityToken: 'example-token' } },
} as const;

const Params = Type.Object({
  host: Type.String({
    description: "The registry's host, with its port if image references name one. `docker.io` is Docker Hub.",
    examples: ['registry.example.com'],
  }),
});

const registry = (description: string) => ({
  description,
  content: { 'application/json': { schema: ref(Registry), examples: { one: { value: EXAMPLE } } } },
});

const WRITES = ['invalid-body', 'payload-too-large', 'unsupported-media-type', 'storage-unavailable'] as const;

const listRegistries = operation('GET', '/registries', {
  id: 'listRegistries',
  tags,
  summary: 'List registries with credentials',
  query: noQuery,
  replies: {
    200: {
      description: 'All registries that have credentials, without their secrets.',
      content: {
        'application/json': {
          schema: Type.Object({ items: Type.Array(ref(Registry)), dockerConfig: nullable(DockerConfig) }),
          examples: { one: { value: { items: [EXAMPLE], dockerConfig: null } } },
        },
      },
    },
  },
  problems: ['invalid-body'],
  access: 'admin',
});

const getRegistry = operation('GET', '/registries/:host', {
  id: 'getRegistry',
  tags,
  summary: 'Show whether a registry has credentials',
  params: Params,
  query: noQuery,
  replies: { 200: registry('The registry, without its secret.') },
  problems: ['invalid-body', 'invalid-definition', 'not-found'],
  access: 'admin',
});

const putRegistry = operation('PUT', '/registries/:host', {
  id: 'putRegistry',
  tags,
  summary: 'Store credentials of a registry',
  description:
    'Used for every pull from this registry from now on; pulls that wait for their next try start at once. Stored encrypted by a key outside the database (BERTH_SECRETS_KEY_FILE), and never returned.',
  params: Params,
  query: noQuery,
  body: ref(RegistryInput),
  replies: { 200: registry('Replaced.'), 201: registry('Stored.') },
  problems: [...WRITES, 'invalid-definition'],
  access: 'admin',
});

const deleteRegistry = operation('DELETE', '/registries/:host', {
  id: 'deleteRegistry',
  tags,
  summary: 'Remove credentials of a registry',
  params: Params,
  query: noQuery,
  replies: { 204: { description: 'Removed.', type: 'null' } },
  problems: [...WRITES, 'invalid-definition', 'not-found'],
  access: 'admin',
});

/** Registers the routes of registries. */
export function registryRoutes(app: FastifyInstance, registries: RegistryService): void {
  route(app, listRegistries, async () => ({
    items: registries.listRegistries(),
    dockerConfig: registries.dockerConfig(),
  }));

  route(app, getRegistry, async ({ params }) => registries.getRegistry(params.host));

  route(app, putRegistry, async ({ params, body, request, reply }) => {
    const { kind, registry } = await registries.putRegistry(params.host, body, requesterOf(request));
    return reply.code(kind === 'created' ? 201 : 200).send(registry);
  });

  route(app, deleteRegistry, async ({ params, request, reply }) => {
    await registries.deleteRegistry(params.host, requesterOf(request));
    return reply.code(204).send(undefined);
  });
}
