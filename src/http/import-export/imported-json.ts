/** Writes the answer to an import as its schema has it. */

import type { FastifyReply } from 'fastify';
import { Type } from 'typebox';
import { slices } from '../../observability/slices.js';
import type { ImportView } from '../../service/import-export/outcome.js';
import { appliedJson } from '../apply/applied-json.js';
import { jsonArray, jsonWriter } from '../containers/json-cache.js';
import { ref } from '../openapi/schema-helpers.js';
import { Imported, Notes, ReadDefinition } from './schemas.js';

const definitions = { ...ref(ReadDefinition) };
const notes = { ...Notes };
/** Everything that is short. */
const head = { ...Type.Omit(Imported, ['containers', 'unsupported', 'left', 'applied']), $id: undefined };

/** Writes the answer in slices: a file may have hundreds of services, each with a hundred variables. */
export async function importedJson(
  { containers, left, applied, ...rest }: ImportView,
  reply: FastifyReply,
  breathe = slices(),
): Promise<Buffer> {
  const write = jsonWriter(reply, definitions);
  const items: (readonly Buffer[])[] = [];
  for (const definition of containers) {
    await breathe();
    items.push([Buffer.from(write(definition))]);
  }
  await breathe();
  const unsupported = jsonWriter(reply, notes)(left);
  const before = `${jsonWriter(reply, head)(rest).slice(0, -1)},"containers":[`;
  // `left` is the former name of `unsupported`; it goes with the next release.
  const after = `],"unsupported":${unsupported},"left":${unsupported}`;
  if (applied === undefined) return jsonArray(items, { before, after: `${after}}` });
  const read = jsonArray(items, { before, after: `${after},"applied":` });
  return Buffer.concat([read, await appliedJson(applied, reply, breathe), Buffer.from('}')]);
}
