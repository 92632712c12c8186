import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { DefinitionInput as Input } from '../../domain/definition/definition.js';
import type { Outcome, WriteOptions } from '../../service/core/options.js';
import type { Service } from '../../service/service.js';
import { problemResponses } from '../openapi/problem-schema.js';
import { ref } from '../openapi/schema-helpers.js';
import type { App } from '../openapi/typed-app.js';
import { KEYED, keyedWrite } from '../pipeline/idempotency.js';
import { schemaProblem } from '../pipeline/validation-errors.js';
import { etagOf, PostHeaders, preconditions, WriteHeaders } from '../protocol/conditional.js';
import { jsonBody } from '../protocol/json-body.js';
import { mergePatch } from '../protocol/merge-patch.js';
import {
  NameParams,
  needsBody,
  onlyEmptyBody,
  patience,
  requesterOf,
  WriteQuery,
  writeQuery,
} from '../protocol/request-helpers.js';
import type { Streams } from '../protocol/streaming.js';
import { Container } from './container.js';
import { DefinitionInput, withoutReadOnly } from './definition-input.js';
import { CONTAINER } from './examples.js';

const container = (description: string) => ({
  description,
  headers: { ETag: { type: 'string', description: 'The generation, in quotes.' } },
  content: { 'application/json': { schema: ref(Container), examples: { web: { value: CONTAINER } } } },
});

/** Not by media type: a body is checked whatever it says it is, and also where there is none. */
const body = ref(DefinitionInput);

const MERGE_PATCH = 'application/merge-patch+json';

const tags = ['containers'];
const ALWAYS = ['invalid-body', 'payload-too-large', 'unsupported-media-type', 'storage-unavailable'] as const;
const WITH_BODY = [...ALWAYS, 'invalid-definition', 'policy-denied'] as const;
const waited = container('Stored; not ready when the wait ended.');
const dry = container('Of a dry run: the definition as it would be, with its `plan`.');

interface WriteRequest {
  readonly query: { readonly dryRun?: boolean; readonly wait?: number };
  readonly headers: { readonly 'if-match'?: string; readonly 'if-none-match'?: string };
}

const STATUS = { created: 201, updated: 200, unchanged: 200, accepted: 202, gone: 200, 'dry-run': 200 } as const;

const pathOf = (name: string): string => `/v1/containers/${name}`;

/** Says with status and headers what came of a write, and with the body what it came to. */
function render({ kind, container: view }: Outcome, reply: FastifyReply): Outcome['container'] {
  const isOfPost = reply.request.routeOptions.url === '/v1/containers';
  if (kind === 'created' || (kind === 'accepted' && isOfPost)) reply.header('location', pathOf(view.name));
  reply.code(STATUS[kind]).header('etag', etagOf(view.generation));
  return view;
}

const answer = (outcome: Outcome, reply: FastifyReply) => reply.send(render(outcome, reply) as never);

/** Reads the options of a write from its query and headers. */
const optionsWith =
  (streams: Streams) =>
  (request: FastifyRequest & WriteRequest, reply: FastifyReply): WriteOptions => {
    const { dryRun = false, wait = 0 } = request.query;
    const keyed = keyedWrite(request, reply, render);
    return {
      ...{ dryRun, ...patience(wait, reply, streams), ...requesterOf(request) },
      ...(keyed !== undefined && { keyed }),
      ...preconditions(request.headers),
    };
  };

/** Everything that changes what is desired, save the patch. */
export function containerWrites(app: App, service: Service, streams: Streams): void {
  const optionsOf = optionsWith(streams);
  app.post(
    '/containers',
    {
      preValidation: needsBody,
      schema: {
        operationId: 'createContainer',
        tags,
        summary: 'Declare a container',
        description: 'Stores the definition, synced to disk, and lets the engine follow. `docker run -d`.',
        querystring: WriteQuery,
        headers: PostHeaders,
        body,
        response: {
          201: container('Declared.'),
          200: dry,
          202: waited,
          ...problemResponses(...WITH_BODY, ...KEYED, 'name-taken', 'port-claimed', 'stale-generation'),
        },
      },
    },
    async (request, reply) => {
      const input = withoutReadOnly(request.body as Input);
      return answer(await service.create(input, optionsOf(request, reply)), reply);
    },
  );

  app.put(
    '/containers/:name',
    {
      preValidation: needsBody,
      schema: {
        operationId: 'putContainer',
        tags,
        summary: 'Declare or replace a container',
        description: 'An equal definition changes nothing and keeps its generation.',
        params: NameParams,
        querystring: WriteQuery,
        headers: WriteHeaders,
        body,
        response: {
          200: container('Replaced, or equal to what there was; of a dry run, what would be.'),
          201: container('Declared.'),
          202: waited,
          ...problemResponses(...WITH_BODY, 'not-found', 'name-taken', 'port-claimed', 'stale-generation'),
        },
      },
    },
    async (request, reply) => {
      const input = withoutReadOnly(request.body as Input);
      return answer(await service.put(request.params.name, input, optionsOf(request, reply)), reply);
    },
  );

  app.delete(
    '/containers/:name',
    {
      preValidation: onlyEmptyBody,
      schema: {
        operationId: 'deleteContainer',
        tags,
        summary: 'Remove a container',
        description: 'Its container on the engine is stopped and removed, its host ports are freed, then it is gone.',
        params: NameParams,
        querystring: Type.Object(
          {
            ...writeQuery,
            force: Type.Optional(Type.Boolean({ default: false, description: 'Also while others link to it.' })),
          },
          { additionalProperties: false },
        ),
        headers: WriteHeaders,
        response: {
          202: container('Being removed: GET it until that is a 404, or ask with ?wait.'),
          200: container('Waited for, and gone; of a dry run, what would go.'),
          ...problemResponses(...ALWAYS, 'not-found', 'in-use', 'stale-generation'),
        },
      },
    },
    async (request, reply) => {
      const { force = false } = request.query;
      return answer(await service.remove(request.params.name, { ...optionsOf(request, reply), force }), reply);
    },
  );

  const verbs = {
    start: ['Let a container run', 'Sets the desired state; one that ended by itself is run again. `docker start`.'],
    stop: ['Stop a container', 'Sets the desired state. `docker stop`.'],
    restart: ['Restart a container', 'Once, also a running one, on the same host ports. `docker restart`.'],
  } as const;
  for (const [verb, [summary, description]] of Object.entries(verbs)) {
    app.post(
      `/containers/:name/${verb}`,
      {
        preValidation: onlyEmptyBody,
        schema: {
          operationId: `${verb}Container`,
          tags,
          summary,
          description,
          params: NameParams,
          querystring: WriteQuery,
          headers: PostHeaders,
          response: {
            200: container('Stored.'),
            202: waited,
            ...problemResponses(...ALWAYS, ...KEYED, 'not-found', 'name-taken', 'stale-generation'),
          },
        },
      },
      async (request, reply) => {
        const { name } = request.params;
        return answer(await service[verb as keyof typeof verbs](name, optionsOf(request, reply)), reply);
      },
    );
  }
}

/**
 * The patch, in a scope of its own: there alone a body may be a merge patch. The result is checked as a PUT's body is,
 * so that no patch makes what could not be declared.
 */
export function containerPatch(app: App, service: Service, streams: Streams): void {
  const optionsOf = optionsWith(streams);
  app.addContentTypeParser(MERGE_PATCH, { parseAs: 'buffer' }, jsonBody);
  app.patch(
    '/containers/:name',
    {
      preValidation: needsBody,
      schema: {
        operationId: 'patchContainer',
        tags,
        summary: 'Change some fields of a container',
        description: 'A JSON merge patch (RFC 7396): null takes a field back to its default, lists are replaced whole.',
        consumes: [MERGE_PATCH, 'application/json'],
        params: NameParams,
        querystring: WriteQuery,
        headers: WriteHeaders,
        body: Type.Object({}, { additionalProperties: true, description: 'A JSON merge patch.' }),
        response: {
          200: container('Changed, or equal to what there was; of a dry run, what would be.'),
          202: waited,
          ...problemResponses(...WITH_BODY, 'not-found', 'name-taken', 'port-claimed', 'stale-generation'),
        },
      },
    },
    async (request, reply) => {
      const validate = request.compileValidationSchema(body, 'body');
      const change = (current: Input): Input => {
        const merged = mergePatch(current, request.body);
        if (!validate(merged)) throw schemaProblem((validate.errors ?? []) as never, 'body');
        return withoutReadOnly(merged as Input);
      };
      return answer(await service.patch(request.params.name, change, optionsOf(request, reply)), reply);
    },
  );
}
