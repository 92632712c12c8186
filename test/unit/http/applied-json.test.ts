import type { FastifyReply } from 'fastify';
import { expect, it } from 'vitest';
import { appliedJson } from '../../../src/http/apply/applied-json.js';
import type { ContainerView } from '../../../src/service/containers/views.js';

const reply = { compileSerializationSchema: () => JSON.stringify } as unknown as FastifyReply;

it('the answer to an apply of many definitions lets other work run before each of them', async () => {
  const results = Array.from({ length: 500 }, (_, n) => ({
    ...{ name: `c-${n}`, result: 'created' as const },
    container: { name: `c-${n}` } as unknown as ContainerView,
  }));
  let breaths = 0;
  const json = await appliedJson({ set: 'shop', results }, reply, async () => {
    breaths++;
  });
  expect(breaths).toBe(501);
  expect(JSON.parse(json.toString())).toEqual({ set: 'shop', results });
});
