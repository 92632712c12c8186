import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { linkEnvPrefix } from '../../domain/links/link-env.js';
import type { RuntimeService } from '../../service/containers/runtime.js';
import type { LinkService } from '../../service/links.js';
import { operation, route } from '../openapi/operation.js';
import { NameParams, noQuery } from '../openapi/parameters.js';
import { ref } from '../openapi/schema-helpers.js';
import { redactedEnv } from '../pipeline/redaction.js';
import { preferred } from '../protocol/content-negotiation.js';
import { CONTAINER } from './examples.js';
import { LinkedBy, ResolvedLink } from './status.js';

const tags = ['containers'];
const text = (example: string) => ({ 'text/plain': { schema: Type.String(), example } });

const LinkEnv = Type.Unsafe<'all' | 'address' | 'none'>({ type: 'string', enum: ['all', 'address', 'none'] });
const Links = Type.Object({
  outgoing: Type.Array(Type.Intersect([ref(ResolvedLink), Type.Object({ env: LinkEnv })])),
  incoming: Type.Array(Type.Intersect([ref(LinkedBy), Type.Object({ env: LinkEnv })])),
});
const Env = Type.Object({
  env: Type.Unsafe<Record<string, string>>({ type: 'object', additionalProperties: { type: 'string' } }),
  fromLinks: Type.Array(Type.String(), { description: 'Names of the variables that come from links.' }),
});
const Hosts = Type.Object({
  text: Type.String({ description: 'The exact text of the file.' }),
  entries: Type.Array(Type.Object({ address: Type.String(), names: Type.Array(Type.String()) })),
});

const ADDRESS = '172.17.0.2';
const example = <T>(value: T) => ({ web: { value } });
const FROM_ENGINE = ['invalid-body', 'not-found', 'engine-unavailable'] as const;

const plainEnv = `PATH=/usr/bin:/bin\nHOSTNAME=36c9194c5c2b\nDB_PORT=tcp://${ADDRESS}:3306\nHOME=/root\n`;

const hosts = `127.0.0.1\tlocalhost\n${ADDRESS}\tdb a4bdee731c62\n172.17.0.3\t4c12178318ca\n`;

const getLinks = operation('GET', '/containers/:name/links', {
  id: 'getLinks',
  tags: ['links'],
  summary: 'List the links of a container',
  params: NameParams,
  query: noQuery,
  replies: {
    200: {
      description: 'Links in both directions; addresses are null for sources that are not running.',
      content: {
        'application/json': {
          schema: Links,
          examples: example({
            outgoing: [{ container: 'db', alias: 'db', address: ADDRESS, envPrefix: linkEnvPrefix('db'), env: 'all' }],
            incoming: [],
          }),
        },
      },
    },
  },
  problems: ['invalid-body', 'not-found'],
});

const getEnv = operation('GET', '/containers/:name/env', {
  id: 'getEnv',
  tags: ['links'],
  summary: 'Get the environment of a container',
  description:
    'The environment that a process in the container gets, including link variables. As text it is the output of `docker exec NAME env`. For a viewer, values are hidden, except those that tell where a link leads.',
  params: NameParams,
  query: noQuery,
  replies: {
    200: {
      description: 'Variable names and values.',
      content: {
        'application/json': {
          schema: Env,
          examples: example({ env: { DB_PORT: `tcp://${ADDRESS}:3306`, HOME: '/root' }, fromLinks: ['DB_PORT'] }),
        },
        ...text(plainEnv),
      },
    },
  },
  problems: [...FROM_ENGINE, 'not-acceptable'],
  isRedacted: true,
});

const getHosts = operation('GET', '/containers/:name/hosts', {
  id: 'getHosts',
  tags: ['links'],
  summary: 'Get the /etc/hosts of a container',
  params: NameParams,
  query: noQuery,
  replies: {
    200: {
      description: 'The file and its entries.',
      content: {
        'application/json': {
          schema: Hosts,
          examples: example({ text: hosts, entries: [{ address: ADDRESS, names: ['db', 'a4bdee731c62'] }] }),
        },
        ...text(hosts),
      },
    },
  },
  problems: [...FROM_ENGINE, 'not-acceptable'],
});

const inspectContainer = operation('GET', '/containers/:name/inspect', {
  id: 'inspectContainer',
  tags,
  summary: 'Inspect a container',
  description: "The engine's unchanged answer, like `docker inspect`.",
  params: NameParams,
  query: noQuery,
  replies: {
    200: {
      description: "The engine's answer.",
      content: {
        'application/json': {
          schema: Type.Unsafe<Record<string, unknown>>({ type: 'object', additionalProperties: true }),
          examples: example({ Id: CONTAINER.status.container.id, Name: '/web' }),
        },
      },
    },
  },
  problems: [...FROM_ENGINE],
});

/** Registers the reads of a container's links, environment, hosts file and inspection from the engine. */
export function runtimeRoutes(app: FastifyInstance, links: Pick<LinkService, 'links'>, runtime: RuntimeService): void {
  route(app, getLinks, async ({ params }) => links.links(params.name));

  route(app, getEnv, async ({ params, request, reply }) => {
    const type = preferred(request, ['application/json', 'text/plain']);
    const all = await runtime.env(params.name);
    const env = request.principal.role === 'viewer' ? redactedEnv(all) : all;
    if (type === 'application/json') return env;
    const lines = Object.entries(env.env).map(([name, value]) => `${name}=${value}\n`);
    return reply.type('text/plain; charset=utf-8').send(lines.join(''));
  });

  route(app, getHosts, async ({ params, request, reply }) => {
    const type = preferred(request, ['application/json', 'text/plain']);
    const view = await runtime.hosts(params.name);
    if (type === 'application/json') return view;
    return reply.type('text/plain; charset=utf-8').send(view.text);
  });

  route(app, inspectContainer, async ({ params }) => await runtime.inspect(params.name));
}
