/** Deliveries to webhooks under drawn faults, and the faults that the simulation has to find. */

import { expect, it } from 'vitest';
import { runWebhooks, type WebhookMutation } from './webhooks.js';

const SEEDS = Array.from({ length: 24 }, (_, at) => at + 1);

it('delivers every event at least once and in order, past crashes and failing receivers', async () => {
  const seen = { received: 0, repeated: 0, dead: 0, crashes: 0 };
  for (const seed of SEEDS) {
    const { faults, ...counts } = await runWebhooks(seed);
    expect(faults, `seed ${seed}`).toEqual([]);
    for (const key of Object.keys(seen) as (keyof typeof seen)[]) seen[key] += counts[key];
  }
  // Seeds that never crash, repeat or give up would show nothing.
  for (const [what, count] of Object.entries(seen)) expect(count, what).toBeGreaterThan(20);
});

const MUTATIONS: Readonly<Record<string, readonly [string, WebhookMutation]>> = {
  'the position is stored before the event is sent': [
    'never got event',
    {
      send: (send, nameOf, store) => async (url, message, signal) => {
        const id = Number(message.headers['webhook-id']?.split('_').at(-1));
        await store.transact((tx) => tx.setWebhookCursor(nameOf(url), id));
        return send(url, message, signal);
      },
    },
  ],
  'a failed attempt counts as delivered': [
    'never got event',
    {
      send: (send) => async (url, message, signal) => {
        await send(url, message, signal);
        return { kind: 'delivered', status: 204 };
      },
    },
  ],
  'events are read newest first': [
    'after a later one',
    {
      store: (store) => ({
        ...store,
        events: {
          get newest() {
            return store.events.newest;
          },
          find: store.events.find,
          watch: store.events.watch,
          async read(after, limit) {
            const page = await store.events.read(after, limit);
            return page.kind === 'page' ? { ...page, events: page.events.toReversed() } : page;
          },
        },
      }),
    },
  ],
};

it.each(Object.entries(MUTATIONS))('finds the planted fault: %s', async (_, [fault, mutation]) => {
  for (const seed of SEEDS) {
    const { faults } = await runWebhooks(seed, mutation);
    if (faults.some((one) => one.includes(fault))) return;
  }
  expect.fail(`no seed of ${SEEDS.length} found it`);
});
