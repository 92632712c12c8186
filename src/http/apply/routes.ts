import type { FastifyReply } from 'fastify';
import { Type } from 'typebox';
import type { ApplyInput, ApplyOutcome, Service } from '../../service/service.js';
import { withoutReadOnly } from '../containers/definition-input.js';
import { APPLY, PLAN } from '../containers/examples.js';
import { containerJson, jsonArray } from '../containers/json-cache.js';
import { Plan } from '../containers/plan.js';
import { problemResponses } from '../openapi/problem-schema.js';
import { ref } from '../openapi/schema-helpers.js';
import type { App } from '../openapi/typed-app.js';
import { idempotencyHeader, KEYED, keyedWrite } from '../pipeline/idempotency.js';
import { JSON_TYPE } from '../protocol/content-negotiation.js';
import { needsBody, noQuery, patience, requesterOf, WriteQuery } from '../protocol/request-helpers.js';
import type { Streams } from '../protocol/streaming.js';
import { Applied, ApplyBody } from './schemas.js';

const tags = ['sets'];
const Headers = Type.Object(idempotencyHeader);
const REFUSALS = [
  ...(['invalid-body', 'payload-too-large', 'unsupported-media-type', 'storage-unavailable'] as const),
  ...(['invalid-definition', 'policy-denied', 'port-claimed', 'in-use', ...KEYED] as const),
] as const;

const applied = (description: string) => ({
  description,
  content: { 'application/json': { schema: ref(Applied), examples: { shop: { value: APPLY } } } },
});

/** A body without what only Berth writes. */
const inputOf = (body: unknown): ApplyInput => {
  const { containers, ...rest } = body as ApplyInput;
  return { ...rest, containers: containers.map(withoutReadOnly) };
};

function render({ kind, applied: view }: ApplyOutcome, reply: FastifyReply): ApplyOutcome['applied'] {
  reply.code(kind === 'applied' ? 200 : 202);
  return view;
}

/** An answer without a plan, as its schema has it: of most containers the JSON is there already. */
function appliedJson({ set, results }: ApplyOutcome['applied'], reply: FastifyReply): Buffer {
  const items = results.map(({ name, result, container }) => [
    Buffer.from(`{"name":${JSON.stringify(name)},"result":"${result}","container":`),
    containerJson(reply, container),
    Buffer.from('}'),
  ]);
  return jsonArray(items, { before: `{"set":${JSON.stringify(set)},"results":[`, after: ']}' });
}

/** Definitions that belong together. */
export function applyRoutes(app: App, service: Service, streams: Streams): void {
  app.post(
    '/plan',
    {
      preValidation: needsBody,
      schema: {
        operationId: 'planContainers',
        tags,
        summary: 'What an apply would do',
        description:
          'Runs every check of an apply and changes nothing. `actions` are in the order in which they would be done, `interrupted` names the running containers that would be stopped or replaced, recipients of links included.',
        querystring: noQuery,
        headers: Headers,
        body: ref(ApplyBody),
        response: {
          200: {
            description: 'The plan.',
            content: { 'application/json': { schema: ref(Plan), examples: { shop: { value: PLAN } } } },
          },
          ...problemResponses(...REFUSALS, 'engine-unavailable'),
        },
      },
    },
    async (request, reply) => reply.send((await service.plan(inputOf(request.body))) as never),
  );

  app.post(
    '/apply',
    {
      preValidation: needsBody,
      schema: {
        operationId: 'applyContainers',
        tags,
        summary: 'Declare containers together',
        description:
          'All are stored in one transaction, or none: their order does not matter, links among them need not exist before, and two can swap their host ports. With `prune`, what belongs to the `set` and is not among them is removed; nothing else ever is.',
        querystring: WriteQuery,
        headers: Headers,
        body: ref(ApplyBody),
        response: {
          200: applied('Stored; with ?wait all are ready. Of a dry run, what would be, with its `plan`.'),
          202: applied('Stored; not all were ready when the wait ended.'),
          ...problemResponses(...REFUSALS),
        },
      },
    },
    async (request, reply) => {
      const { dryRun = false, wait = 0 } = request.query;
      const keyed = keyedWrite(request, reply, render);
      const outcome = await service.apply(inputOf(request.body), {
        ...{ dryRun, ...patience(wait, reply, streams), ...requesterOf(request) },
        ...(keyed !== undefined && { keyed }),
      });
      const applied = render(outcome, reply);
      if (keyed !== undefined || applied.plan !== undefined) return reply.send(applied as never);
      return reply.type(JSON_TYPE).send(appliedJson(applied, reply) as never);
    },
  );
}
