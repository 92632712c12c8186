/** Which answers to a request with an `Idempotency-Key` are kept, and given again. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Problem } from '../../../src/domain/problems/problem.js';
import type { KeptAnswer } from '../../../src/service/core/options.js';
import { type DoubleApp, doubleApp, outcome } from './double.js';

let t: DoubleApp;
beforeAll(async () => {
  t = await doubleApp();
});
afterAll(() => t.close());

const create = () =>
  t.http.post('/v1/containers').set('idempotency-key', 'once').send({ name: 'web', image: 'training/webapp' });

/** The statuses of two equal requests with one key, of which the service refuses the first. */
async function statuses(refusal: Error): Promise<readonly number[]> {
  const kept = new Map<string, KeptAnswer & { readonly request: string }>();
  let isFirst = true;
  t.given({
    answerTo: async (key) => kept.get(key) ?? null,
    keepAnswer: async (key, request, answer) => void kept.set(key, { ...answer, request }),
    async create() {
      if (!isFirst) return outcome('created');
      isFirst = false;
      throw refusal;
    },
  });
  return [(await create()).status, (await create()).status];
}

describe('the answer to a request with a key', () => {
  it.each([
    ['a failure of the server', 500, new Error('a fault')],
    ['a storage that is away', 503, new Problem('storage-unavailable', 'The disk is full.')],
    ['a refusal by a policy that may change', 403, new Problem('policy-denied', 'It is not allowed.')],
    ['a refusal that says when to try again', 409, new Problem('in-use', 'Not yet.', { retryAfterSeconds: 1 })],
    ['a limit that may be free the next time', 429, new Problem('too-many-requests', 'Too many streams are open.')],
  ])('is not kept: %s', async (_, status, refusal) => {
    expect(await statuses(refusal)).toEqual([status, 201]);
  });

  it('is kept: a refusal of what the request itself says', async () => {
    expect(await statuses(new Problem('name-taken', 'There is one.'))).toEqual([409, 409]);
  });
});
