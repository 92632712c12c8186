import type { FastifyInstance, FastifyReply } from 'fastify';
import type { ApplyInput, ApplyOutcome, ApplyService } from '../../service/apply.js';
import { withoutReadOnly } from '../containers/definition-input.js';
import { route } from '../openapi/operation.js';
import { requesterOf } from '../pipeline/auth/auth.js';
import { keyedWrite } from '../pipeline/idempotency.js';
import { JSON_TYPE } from '../protocol/content-negotiation.js';
import { patience } from '../protocol/request-helpers.js';
import type { Streams } from '../protocol/streaming.js';
import { appliedJson } from './applied-json.js';
import { applyContainers, planContainers } from './contract.js';

/** Body without the fields that only Berth writes. */
const inputOf = (body: unknown): ApplyInput => {
  const { containers, ...rest } = body as ApplyInput;
  return { ...rest, containers: containers.map(withoutReadOnly) };
};

function render({ kind, applied }: ApplyOutcome, reply: FastifyReply): Promise<Buffer> {
  reply.code(kind === 'applied' ? 200 : 202);
  return appliedJson(applied, reply);
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
    const json = await render(outcome, reply);
    return reply.type(JSON_TYPE).send(json);
  });
}
