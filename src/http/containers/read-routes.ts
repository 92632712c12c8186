import { Type } from 'typebox';
import { linkEnvPrefix } from '../../domain/links/link-env.js';
import type { Service } from '../../service/service.js';
import { problemResponses } from '../openapi/problem-schema.js';
import { ref } from '../openapi/schema-helpers.js';
import type { App } from '../openapi/typed-app.js';
import { redactedEnv, seesValues } from '../pipeline/redaction.js';
import { etagOf } from '../protocol/conditional.js';
import { JSON_TYPE, preferred } from '../protocol/content-negotiation.js';
import { NameParams, noQuery } from '../protocol/request-helpers.js';
import { Container } from './container.js';
import { CONTAINER } from './examples.js';
import { containerJson, pageWriter } from './json-cache.js';
import { LinkedBy, ResolvedLink } from './status.js';

const tags = ['containers'];
const text = (example: string) => ({ 'text/plain': { schema: Type.String(), example } });

const ListQuery = Type.Object(
  {
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, default: 100 })),
    cursor: Type.Optional(Type.String({ description: 'nextCursor of the page before.' })),
    latest: Type.Optional(Type.Boolean({ default: false, description: 'Only the newest: `docker ps -l`.' })),
    name: Type.Optional(Type.String()),
    image: Type.Optional(Type.String()),
    label: Type.Optional(Type.Array(Type.String(), { description: 'key or key=value; may be given several times.' })),
    state: Type.Optional(Type.String({ description: "The engine's word (running, exited, …), or absent." })),
    ready: Type.Optional(Type.Boolean()),
    hostPort: Type.Optional(Type.Integer({ minimum: 1, maximum: 65_535 })),
    set: Type.Optional(Type.String({ description: 'Those of this set.' })),
    linkedTo: Type.Optional(Type.String({ description: 'Those that link to this one.' })),
  },
  { additionalProperties: false },
);

const LinkEnv = Type.Unsafe<'all' | 'address' | 'none'>({ type: 'string', enum: ['all', 'address', 'none'] });
const Links = Type.Object({
  outgoing: Type.Array(Type.Intersect([ref(ResolvedLink), Type.Object({ env: LinkEnv })])),
  incoming: Type.Array(Type.Intersect([ref(LinkedBy), Type.Object({ env: LinkEnv })])),
});
const Env = Type.Object({
  env: Type.Unsafe<Record<string, string>>({ type: 'object', additionalProperties: { type: 'string' } }),
  fromLinks: Type.Array(Type.String(), { description: 'The names among them that links brought.' }),
});
const Hosts = Type.Object({
  text: Type.String({ description: 'The file, to the letter.' }),
  entries: Type.Array(Type.Object({ address: Type.String(), names: Type.Array(Type.String()) })),
});

const ADDRESS = '172.17.0.2';
const example = <T>(value: T) => ({ web: { value } });
const FROM_ENGINE = ['invalid-body', 'not-found', 'engine-unavailable'] as const;

/** What is known of containers. All but the last three is answered from memory, engine or no engine. */
export function containerReads(app: App, service: Service): void {
  const pageJson = pageWriter();
  app.get(
    '/containers',
    {
      schema: {
        operationId: 'listContainers',
        tags,
        summary: 'List containers',
        description: 'Newest first. Filters are combined: all must match.',
        querystring: ListQuery,
        response: {
          200: {
            description: 'One page.',
            content: {
              'application/json': {
                schema: Type.Object({
                  items: Type.Array(ref(Container)),
                  nextCursor: Type.Unsafe<string | null>(Type.Union([Type.String(), Type.Null()])),
                }),
                examples: { one: { value: { items: [CONTAINER], nextCursor: null } } },
              },
            },
          },
          ...problemResponses('invalid-body', 'cursor-expired'),
        },
      },
    },
    async (request, reply) => {
      const page = service.list({ ...request.query, limit: request.query.limit ?? 100 });
      if (!seesValues(request)) return reply.send(page as never);
      return reply.type(JSON_TYPE).send(pageJson(reply, page) as never);
    },
  );

  app.get(
    '/containers/:name',
    {
      schema: {
        operationId: 'getContainer',
        tags,
        summary: 'Get a container',
        params: NameParams,
        querystring: noQuery,
        response: {
          200: {
            description: 'The definition and its status.',
            headers: {
              ETag: {
                type: 'string',
                description:
                  'The generation and a digest of what is sent, in quotes. If-Match takes it, and compares the generation.',
              },
            },
            content: { 'application/json': { schema: ref(Container), examples: example(CONTAINER) } },
          },
          ...problemResponses('invalid-body', 'not-found'),
        },
      },
    },
    async (request, reply) => {
      const view = service.get(request.params.name);
      reply.header('etag', etagOf(view.generation));
      if (!seesValues(request)) return reply.send(view as never);
      return reply.type(JSON_TYPE).send(containerJson(reply, view) as never);
    },
  );

  app.get(
    '/containers/:name/links',
    {
      schema: {
        operationId: 'getLinks',
        tags: ['links'],
        summary: 'The links of a container, both ways',
        params: NameParams,
        querystring: noQuery,
        response: {
          200: {
            description: 'Resolved as far as the sources run.',
            content: {
              'application/json': {
                schema: Links,
                examples: example({
                  outgoing: [
                    { container: 'db', alias: 'db', address: ADDRESS, envPrefix: linkEnvPrefix('db'), env: 'all' },
                  ],
                  incoming: [],
                }),
              },
            },
          },
          ...problemResponses('invalid-body', 'not-found'),
        },
      },
    },
    async (request) => service.links(request.params.name) as never,
  );

  const plainEnv = `PATH=/usr/bin:/bin\nHOSTNAME=36c9194c5c2b\nDB_PORT=tcp://${ADDRESS}:3306\nHOME=/root\n`;
  app.get(
    '/containers/:name/env',
    {
      config: { isRedacted: true },
      schema: {
        operationId: 'getEnv',
        tags: ['links'],
        summary: 'The environment inside a container',
        description:
          'What a process in it finds, link variables included. As text it is `docker exec NAME env`. To a viewer, values are hidden, save those that say where a link leads.',
        params: NameParams,
        querystring: noQuery,
        response: {
          200: {
            description: 'Names and values.',
            content: {
              'application/json': {
                schema: Env,
                examples: example({ env: { DB_PORT: `tcp://${ADDRESS}:3306`, HOME: '/root' }, fromLinks: ['DB_PORT'] }),
              },
              ...text(plainEnv),
            },
          },
          ...problemResponses(...FROM_ENGINE, 'not-acceptable'),
        },
      },
    },
    async (request, reply) => {
      const type = preferred(request, ['application/json', 'text/plain']);
      const all = await service.env(request.params.name);
      const env = request.principal.role === 'viewer' ? redactedEnv(all) : all;
      if (type === 'application/json') return reply.send(env as never);
      const lines = Object.entries(env.env).map(([name, value]) => `${name}=${value}\n`);
      return reply.type('text/plain; charset=utf-8').send(lines.join('') as never);
    },
  );

  const hosts = `127.0.0.1\tlocalhost\n${ADDRESS}\tdb a4bdee731c62\n172.17.0.3\t4c12178318ca\n`;
  app.get(
    '/containers/:name/hosts',
    {
      schema: {
        operationId: 'getHosts',
        tags: ['links'],
        summary: 'The /etc/hosts inside a container',
        params: NameParams,
        querystring: noQuery,
        response: {
          200: {
            description: 'The file, and its entries.',
            content: {
              'application/json': {
                schema: Hosts,
                examples: example({ text: hosts, entries: [{ address: ADDRESS, names: ['db', 'a4bdee731c62'] }] }),
              },
              ...text(hosts),
            },
          },
          ...problemResponses(...FROM_ENGINE, 'not-acceptable'),
        },
      },
    },
    async (request, reply) => {
      const type = preferred(request, ['application/json', 'text/plain']);
      const view = await service.hosts(request.params.name);
      if (type === 'application/json') return reply.send(view as never);
      return reply.type('text/plain; charset=utf-8').send(view.text as never);
    },
  );

  app.get(
    '/containers/:name/inspect',
    {
      schema: {
        operationId: 'inspectContainer',
        tags,
        summary: 'What the engine says of a container',
        description: 'As is: `docker inspect`.',
        params: NameParams,
        querystring: noQuery,
        response: {
          200: {
            description: "The engine's own answer.",
            content: {
              'application/json': {
                schema: Type.Unsafe<Record<string, unknown>>({ type: 'object', additionalProperties: true }),
                examples: example({ Id: CONTAINER.status.container.id, Name: '/web' }),
              },
            },
          },
          ...problemResponses(...FROM_ENGINE),
        },
      },
    },
    async (request) => (await service.inspect(request.params.name)) as never,
  );
}
