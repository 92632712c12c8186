import type { FastifyReply } from 'fastify';
import { expect, it } from 'vitest';
import { importedJson } from '../../../src/http/import-export/imported-json.js';
import { Imported } from '../../../src/http/import-export/schemas.js';
import type { ImportView } from '../../../src/service/import-export/outcome.js';

const reply = { compileSerializationSchema: () => JSON.stringify } as unknown as FastifyReply;

it('the answer to an import has every field of its schema, and lets other work run before each definition', async () => {
  const containers = Array.from({ length: 390 }, (_, n) => ({ name: `c-${n}`, image: 'x' }));
  const note = { at: '--x', value: '', effect: 'ignored', reason: 'none' } as const;
  const view: ImportView = {
    ...{ set: 'shop', networks: [], containers, left: [note] },
    applied: { set: 'shop', results: [] },
  };
  let breaths = 0;
  const json = await importedJson(view, reply, async () => {
    breaths++;
  });
  expect(breaths).toBeGreaterThanOrEqual(390);
  const answer = JSON.parse(json.toString());
  expect(answer).toEqual({ ...view, unsupported: [note] });
  expect(Object.keys(answer).sort()).toEqual(Object.keys(Imported.properties).sort());
});
