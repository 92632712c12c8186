/** Deliveries where the event log has moved on, or a restore pauses them midway. */

import { expect, it, onTestFinished, vi } from 'vitest';
import type { EventRecord } from '../../../src/domain/event.js';
import type { Hold } from '../../../src/domain/restore-hold.js';
import type { Delivery } from '../../../src/domain/webhooks/delivery.js';
import { storedWebhook } from '../../../src/domain/webhooks/webhook.js';
import { systemClock } from '../../../src/lib/clock.js';
import { createDispatcher, type DispatcherOptions } from '../../../src/service/webhooks/dispatcher.js';
import type { Store } from '../../../src/store/types.js';
import { testVault } from '../../support/vault.js';

const HOLD: Hold = { reason: 'restored', since: new Date(0), takenAt: null };

const eventOf = (id: number): EventRecord => ({
  ...{ id, at: new Date(0), type: 'Step', container: 'web', uid: 'u', reason: 'Started', message: 'started' },
  ...{ by: 'berth', actor: null, requestId: null, before: null, after: null },
});

/** A dispatcher with one webhook, over a log with the events `oldest` to `newest`. */
function dispatching({ oldest, newest, cursor }: Readonly<Record<'oldest' | 'newest' | 'cursor', number>>) {
  const cursors = new Map([['alerts', cursor]]);
  const kept = new Map<number, Delivery>();
  const listeners = new Set<() => void>();
  const sent: string[] = [];
  const counted: string[] = [];
  const state: { hold: Hold | null; onSend: () => void } = { hold: null, onSend: () => undefined };
  const place = { kind: 'webhook', name: 'alerts' } as const;
  const vault = testVault({ allSealed: () => [], transact: async () => expect.fail('nothing is rotated') });
  const text = storedWebhook({ url: 'https://h.example/', format: 'slack' });
  const value = {
    ...{ ...place, uid: 'u', version: 1, username: null, sealed: vault.seal(place, text) },
    ...{ createdAt: new Date(0), updatedAt: new Date(0) },
  };
  const reads = { sealed: () => value, webhookCursors: () => cursors };
  const tx = {
    ...reads,
    setWebhookCursor: async (name: string, id: number) => void cursors.set(name, id),
    putDelivery: async (one: Delivery) => void kept.set(one.eventId, one),
    dropDelivery: async (one: Delivery) => void kept.delete(one.eventId),
  };
  const events = {
    ...{ newest, find: async () => expect.fail('nothing is filtered') },
    async read(after: number, limit: number) {
      if (after < oldest - 1) return { kind: 'expired' as const, oldest };
      const ids = Array.from({ length: Math.min(limit, newest - after) }, (_, at) => after + 1 + at);
      return { kind: 'page' as const, events: ids.map(eventOf) };
    },
    watch(listener: () => void) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  const store = {
    ...{ ...reads, events, allSealed: () => [value], hold: () => state.hold, instance: () => 'i' },
    transact: async (work: (on: typeof tx) => Promise<unknown>) => work(tx),
    deliveries: async (_: string, after: number, limit: number) =>
      [...kept.values()].filter((one) => one.eventId > after).slice(0, limit),
  } as unknown as DispatcherOptions['store'] & Pick<Store, 'deliveries'>;
  const dispatcher = createDispatcher({
    ...{ store, vault, clock: systemClock, random: () => 0, warn: () => undefined },
    counted: (outcome) => counted.push(outcome),
    async send(_, { body }) {
      sent.push(JSON.parse(body).text);
      state.onSend();
      return { kind: 'delivered', status: 204 };
    },
  });
  onTestFinished(() => dispatcher.stop());
  const notify = () => {
    for (const listener of [...listeners]) listener();
  };
  return { dispatcher, state, cursors, kept, sent, counted, notify };
}

it('continues with the oldest event that is kept, and counts that others were dropped', async () => {
  const { dispatcher, cursors, sent, counted } = dispatching({ oldest: 50, newest: 60, cursor: 7 });
  dispatcher.start();
  await vi.waitFor(() => expect(cursors.get('alerts')).toBe(60));
  expect(sent).toHaveLength(11);
  expect(counted.filter((outcome) => outcome === 'dead')).toHaveLength(1);
});

it('sends the rest of the deliveries to repeat after a restore that paused them is released', async () => {
  const { dispatcher, state, kept, sent, notify } = dispatching({ oldest: 1, newest: 9, cursor: 9 });
  const failed = { webhook: 'alerts', state: 'pending', attempts: 15, error: '', failedAt: new Date(0) } as const;
  for (const eventId of [1, 2, 3]) kept.set(eventId, { ...failed, eventId, event: eventOf(eventId) });
  state.onSend = () => {
    state.hold = HOLD;
  };
  dispatcher.start();
  await vi.waitFor(() => expect([...kept.keys()]).toEqual([2, 3]));
  expect(sent).toHaveLength(1);
  state.onSend = () => undefined;
  state.hold = null;
  notify();
  await vi.waitFor(() => expect(kept.size).toBe(0));
  expect(sent).toHaveLength(3);
});

it('sends nothing while Berth is paused after a restore', async () => {
  const { dispatcher, state, cursors, sent, notify } = dispatching({ oldest: 1, newest: 3, cursor: 0 });
  state.hold = HOLD;
  dispatcher.start();
  dispatcher.wake('alerts');
  notify();
  await new Promise((resolve) => setImmediate(resolve));
  expect(sent).toEqual([]);
  state.hold = null;
  notify();
  await vi.waitFor(() => expect(cursors.get('alerts')).toBe(3));
});
