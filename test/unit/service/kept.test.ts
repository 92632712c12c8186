import { expect, it } from 'vitest';
import { createKept } from '../../../src/service/core/commit.js';
import type { Store } from '../../../src/store/types.js';

const answer = async (body: string) => ({ status: 200, headers: {}, body });

/** What is kept for a request that waited, and what it is told. */
async function keptFor(signal: AbortSignal, begun: () => void = () => undefined) {
  const stored: string[] = [];
  const store = {
    async transact(work: (tx: object) => Promise<unknown>) {
      begun();
      return work({ respond: async ({ body }: { body: string }) => void stored.push(body) });
    },
  } as unknown as Store;
  const keyed = { key: 'k', request: 'r', answer };
  const told = await createKept(store)({ keyed, signal }, 'as committed', 'as waited for');
  return { told, stored };
}

it('what a client that waited is told is kept', async () => {
  const { signal } = new AbortController();
  expect(await keptFor(signal)).toEqual({ told: 'as waited for', stored: ['as waited for'] });
});

it('where it has left, also while that was to be stored, what was kept stays so', async () => {
  expect(await keptFor(AbortSignal.abort())).toEqual({ told: 'as committed', stored: [] });
  const client = new AbortController();
  expect(await keptFor(client.signal, () => client.abort())).toEqual({ told: 'as committed', stored: [] });
});
