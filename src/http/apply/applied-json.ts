/** Writes the answer to an apply as its schema has it. */

import type { FastifyReply } from 'fastify';
import { slices } from '../../observability/slices.js';
import type { ApplyOutcome } from '../../service/apply.js';
import { containerJson, jsonArray, jsonWriter } from '../containers/json-cache.js';
import { Plan } from '../containers/plan.js';
import { ref } from '../openapi/schema-helpers.js';

const plans = { ...ref(Plan) };

/**
 * Writes the answer in slices: of most containers the JSON is there already, but each of the five hundred may have
 * thousands of host ports.
 */
export async function appliedJson(
  { set, results, plan }: ApplyOutcome['applied'],
  reply: FastifyReply,
  breathe = slices(),
): Promise<Buffer> {
  const items: (readonly Buffer[])[] = [];
  for (const { name, result, container } of results) {
    await breathe();
    const before = `{"name":${JSON.stringify(name)},"result":"${result}","container":`;
    items.push([Buffer.from(before), containerJson(reply, container), Buffer.from('}')]);
  }
  await breathe();
  const after = plan === undefined ? ']}' : `],"plan":${jsonWriter(reply, plans)(plan)}}`;
  return jsonArray(items, { before: `{"set":${JSON.stringify(set)},"results":[`, after });
}
