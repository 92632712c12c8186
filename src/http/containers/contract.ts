import { Type } from 'typebox';
import { operation } from '../openapi/operation.js';
import { NameParams, noQuery, WriteQuery, writeQuery } from '../openapi/parameters.js';
import { nullable, ref } from '../openapi/schema-helpers.js';
import { idempotencyHeader, KEYED } from '../pipeline/idempotency.js';
import { WriteHeaders } from '../protocol/conditional.js';
import { Container } from './container.js';
import { DefinitionInput } from './definition-input.js';
import { CONTAINER } from './examples.js';

const container = (description: string) => ({
  description,
  headers: { ETag: { type: 'string', description: 'The generation, in quotation marks.' } },
  content: { 'application/json': { schema: ref(Container), examples: { web: { value: CONTAINER } } } },
});

/** Schema of the body, for all media types: a body is checked whatever its type, and also if it is missing. */
export const definition = ref(DefinitionInput);

export const MERGE_PATCH = 'application/merge-patch+json';

const tags = ['containers'];

const PostHeaders = Type.Object({ ...WriteHeaders.properties, ...idempotencyHeader });

const ALWAYS = ['invalid-body', 'payload-too-large', 'unsupported-media-type', 'storage-unavailable'] as const;

const WITH_BODY = [...ALWAYS, 'invalid-definition', 'policy-denied'] as const;

const waited = container('Stored, but not ready when the wait ended.');

const dry = container('With dryRun: the definition as it would be, and its `plan`.');

export const createContainer = operation('POST', '/containers', {
  id: 'createContainer',
  tags,
  summary: 'Declare a container',
  description: 'Stores the definition durably; the reconciler then creates the container. Like `docker run -d`.',
  query: WriteQuery,
  headers: PostHeaders,
  body: definition,
  replies: { 201: container('Declared.'), 200: dry, 202: waited },
  problems: [...WITH_BODY, ...KEYED, 'name-taken', 'port-claimed', 'stale-generation'],
});

export const putContainer = operation('PUT', '/containers/:name', {
  id: 'putContainer',
  tags,
  summary: 'Declare or replace a container',
  description: 'A definition equal to the current one changes nothing and keeps its generation.',
  params: NameParams,
  query: WriteQuery,
  headers: WriteHeaders,
  body: definition,
  replies: {
    200: container('Replaced, or already equal. With dryRun: the result as it would be.'),
    201: container('Declared.'),
    202: waited,
  },
  problems: [...WITH_BODY, 'not-found', 'name-taken', 'port-claimed', 'stale-generation'],
});

export const deleteContainer = operation('DELETE', '/containers/:name', {
  id: 'deleteContainer',
  tags,
  summary: 'Remove a container',
  description: 'Stops and removes the container on the engine, frees its host ports, then deletes the definition.',
  params: NameParams,
  query: Type.Object(
    {
      ...writeQuery,
      force: Type.Optional(
        Type.Boolean({ default: false, description: 'Remove it even if other containers link to it or depend on it.' }),
      ),
    },
    { additionalProperties: false },
  ),
  headers: WriteHeaders,
  replies: {
    202: container('Being removed. Poll with GET until it returns 404, or use ?wait.'),
    200: container('Removed (with ?wait). With dryRun: what would be removed.'),
  },
  problems: [...ALWAYS, 'not-found', 'in-use', 'stale-generation'],
});

/** The contract of a change of the desired state. */
const verb = {
  tags,
  params: NameParams,
  query: WriteQuery,
  headers: PostHeaders,
  replies: { 200: container('Stored.'), 202: waited },
  problems: [...ALWAYS, ...KEYED, 'not-found', 'name-taken', 'stale-generation'],
} as const;

export const startContainer = operation('POST', '/containers/:name/start', {
  ...verb,
  id: 'startContainer',
  summary: 'Start a container',
  description: 'Sets the desired state to running. A container that has exited is started again. Like `docker start`.',
});

export const stopContainer = operation('POST', '/containers/:name/stop', {
  ...verb,
  id: 'stopContainer',
  summary: 'Stop a container',
  description: 'Sets the desired state to stopped. Like `docker stop`.',
});

export const restartContainer = operation('POST', '/containers/:name/restart', {
  ...verb,
  id: 'restartContainer',
  summary: 'Restart a container',
  description: 'Restarts the container once, on the same host ports. Like `docker restart`.',
});

export const patchContainer = operation('PATCH', '/containers/:name', {
  id: 'patchContainer',
  tags,
  summary: 'Patch a container',
  description: 'A JSON merge patch (RFC 7396): null resets a field to its default; lists are replaced as a whole.',
  params: NameParams,
  query: WriteQuery,
  headers: WriteHeaders,
  body: Type.Object({}, { additionalProperties: true, description: 'A JSON merge patch.' }),
  consumes: [MERGE_PATCH, 'application/json'],
  replies: { 200: container('Changed, or already equal. With dryRun: the result as it would be.'), 202: waited },
  problems: [...WITH_BODY, 'not-found', 'name-taken', 'port-claimed', 'stale-generation'],
});

const ListQuery = Type.Object(
  {
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, default: 100 })),
    cursor: Type.Optional(Type.String({ description: '`next` of the previous page.' })),
    latest: Type.Optional(
      Type.Boolean({ default: false, description: 'Only the newest container, like `docker ps -l`.' }),
    ),
    name: Type.Optional(Type.String()),
    image: Type.Optional(Type.String()),
    label: Type.Optional(Type.Array(Type.String(), { description: 'key or key=value; repeatable.' })),
    state: Type.Optional(Type.String({ description: 'State reported by the engine (running, exited, …), or absent.' })),
    ready: Type.Optional(Type.Boolean()),
    hostPort: Type.Optional(Type.Integer({ minimum: 1, maximum: 65_535 })),
    set: Type.Optional(Type.String({ description: 'Only containers of this set.' })),
    linkedTo: Type.Optional(Type.String({ description: 'Only containers that link to this one.' })),
  },
  { additionalProperties: false },
);

const example = <T>(value: T) => ({ web: { value } });

export const listContainers = operation('GET', '/containers', {
  id: 'listContainers',
  tags,
  summary: 'List containers',
  description: 'Newest first. A container must match all filters.',
  query: ListQuery,
  replies: {
    200: {
      description: 'One page of containers.',
      content: {
        'application/json': {
          schema: Type.Object({
            items: Type.Array(ref(Container)),
            next: nullable(Type.String({ description: '`cursor` of the next page; null on the last one.' })),
            nextCursor: nullable(Type.String({ description: 'The same as `next`.' })),
          }),
          examples: { one: { value: { items: [CONTAINER], next: null, nextCursor: null } } },
        },
      },
    },
  },
  problems: ['invalid-body', 'cursor-expired'],
});

export const getContainer = operation('GET', '/containers/:name', {
  id: 'getContainer',
  tags,
  summary: 'Get a container',
  params: NameParams,
  query: noQuery,
  replies: {
    200: {
      description: 'The definition and its status.',
      headers: {
        ETag: {
          type: 'string',
          description:
            'The generation and a digest of the response, in quotation marks. If-Match accepts it and compares the generation.',
        },
      },
      content: { 'application/json': { schema: ref(Container), examples: example(CONTAINER) } },
    },
  },
  problems: ['invalid-body', 'not-found'],
});
