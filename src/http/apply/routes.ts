import type { FastifyInstance, FastifyReply } from 'fastify';
import { slices } from '../../observability/slices.js';
import type { ApplyInput, ApplyOutcome, ApplyService } from '../../service/apply.js';
import { withoutReadOnly } from '../containers/definition-input.js';
import { containerJson, jsonArray } from '../containers/json-cache.js';
import { route } from '../openapi/operation.js';
import { requesterOf } from '../pipeline/auth/auth.js';
import { keyedWrite } from '../pipeline/idempotency.js';
import { JSON_TYPE } from '../protocol/content-negotiation.js';
import { patience } from '../protocol/request-helpers.js';
import type { Streams } from '../protocol/streaming.js';
import { applyContainers, planContainers } from './contract.js';

/** Body without the fields that only Berth writes. */
const inputOf = (body: unknown): ApplyInput => {
  const { containers, ...rest } = body as ApplyInput;
  return { ...rest, containers: containers.map(withoutReadOnly) };
};

function render({ kind, applied: view }: ApplyOutcome, reply: FastifyReply): ApplyOutcome['applied'] {
  reply.code(kind === 'applied' ? 200 : 202);
  return view;
}

/**
 * Writes an answer without a plan, as its schema has it, in slices: of most containers the JSON is there already, but
 * each of the five hundred may have thousands of host ports.
 */
export async function appliedJson(
  { set, results }: ApplyOutcome['applied'],
  reply: FastifyReply,
  breathe = slices(),
): Promise<Buffer> {
  const items: (readonly Buffer[])[] = [];
  for (const { name, result, container } of results) {
    await breathe();
    const before = `{"name":${JSON.stringify(name)},"result":"${result}","container":`;
    items.push([Buffer.from(before), containerJson(reply, container), Buffer.from('}')]);
  }
  return jsonArray(items, { before: `{"set":${JSON.stringify(set)},"results":[`, after: ']}' });
}

/** Definitions that belong together. */
export function applyRoutes(app: FastifyInstance, sets: ApplyService, streams: Streams): void {
  route(app, planContainers, ({ body }) => sets.plan(inputOf(body)));

  route(app, applyContainers, async ({ query, body, request, reply }) => {
    const { dryRun = false, wait = 0 } = query;
    const keyed = keyedWrite(request, reply, render);
    const outcome = await sets.apply(inputOf(body), {
      dryRun,
      ...patience(wait, reply, streams),
      ...requesterOf(request),
      ...(keyed !== undefined && { keyed }),
    });
    const applied = render(outcome, reply);
    if (keyed !== undefined || applied.plan !== undefined) return applied;
    return reply.type(JSON_TYPE).send(await appliedJson(applied, reply));
  });
}
