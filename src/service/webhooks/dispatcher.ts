/**
 * Delivers events to webhooks: at least once, each webhook in the order of the events, none waiting for another. The
 * event log is the outbox; each webhook has a stored cursor, which moves on once its event was delivered or is kept as
 * dead.
 */

import type { EventRecord } from '../../domain/event.js';
import type { SealedValue } from '../../domain/secrets/sealed-value.js';
import type { Delivery } from '../../domain/webhooks/delivery.js';
import { messageFor, type Notice } from '../../domain/webhooks/message.js';
import { isWanted, readWebhook, type WebhookInput } from '../../domain/webhooks/webhook.js';
import { type BackoffPolicy, backoffMs } from '../../lib/backoff.js';
import type { Clock } from '../../lib/clock.js';
import { waitUntil } from '../../lib/wait-until.js';
import type { StateReads } from '../../store/state/memory.js';
import type { Store, StoreTransaction } from '../../store/types.js';
import type { Vault } from '../secrets/vault.js';
import type { Sender, Sent } from './sender.js';

/** Attempts at one event, about 45 minutes with the backoff between them. */
export const MOST_ATTEMPTS = 15;

const BACKOFF: BackoffPolicy = { firstMs: 1_000, capMs: 600_000 };

/** Events that are read at once. */
const AT_ONCE = 20;

/** The cursor is stored at the latest after so many events that the webhook does not get. */
const UNSTORED = 500;

/** The longest wait for news, in milliseconds: then the wait begins again. */
const IDLE_MS = 3_600_000;

/** Progress of a webhook since the start. */
export interface Progress {
  /** Failed attempts since the last delivery. */
  readonly failures: number;
  readonly last: Sent | null;
  readonly deliveredAt: Date | null;
}

export interface Dispatcher {
  start(): void;
  /** Ends attempts under way; their events are sent again after the next start. */
  stop(): Promise<void>;
  progressOf(name: string): Progress;
  /** Wakes a webhook for deliveries that are to be sent again. */
  wake(name: string): void;
}

const NO_PROGRESS: Progress = { failures: 0, last: null, deliveredAt: null };

interface Running {
  readonly uid: string;
  readonly abort: AbortController;
  readonly ended: Promise<void>;
}

export interface DispatcherOptions {
  readonly store: Pick<
    Store,
    'sealed' | 'allSealed' | 'events' | 'transact' | 'webhookCursors' | 'deliveries' | 'hold' | 'instance'
  >;
  readonly vault: Pick<Vault, 'open'>;
  readonly send: Sender['send'];
  readonly clock: Clock;
  readonly random: () => number;
  readonly warn: (fields: object, message: string) => void;
  /** Notified of each attempt, and of each event that is kept as dead. */
  readonly counted?: (outcome: Sent['kind'] | 'dead') => void;
}

export function createDispatcher(options: DispatcherOptions): Dispatcher {
  const { store, vault, send, clock, random, warn, counted = () => undefined } = options;
  const running = new Map<string, Running>();
  const progress = new Map<string, Progress>();
  const wakes = new Map<string, () => void>();
  let unwatch: (() => void) | undefined;
  let isStopped = false;

  /** Starts and ends deliveries as webhooks come, change and go; every change of them is an event. */
  function sync(): void {
    if (isStopped) return;
    void forgetAbsent();
    const present = new Map(store.allSealed().flatMap((one) => (one.kind === 'webhook' ? [[one.name, one]] : [])));
    for (const [name, { uid, abort }] of running) if (present.get(name)?.uid !== uid) abort.abort();
    for (const [name, value] of present) {
      const before = running.get(name);
      if (before?.uid === value.uid && !before.abort.signal.aborted) continue;
      const text = vault.open(value);
      if (text === null) continue;
      const abort = new AbortController();
      // One attempt at a time: the one before comes to its end first.
      const ended = (before?.ended ?? Promise.resolve())
        .catch(() => undefined)
        .then(() => deliver({ name, uid: value.uid }, readWebhook(text), abort.signal));
      const mine: Running = { uid: value.uid, abort, ended };
      running.set(name, mine);
      const failed = (err: unknown): void => warn({ err, webhook: name }, 'the deliveries of a webhook have ended');
      void ended.catch(failed).then(() => {
        if (running.get(name) === mine) running.delete(name);
        if (!store.allSealed().some((one) => one.kind === 'webhook' && one.name === name)) progress.delete(name);
      });
    }
  }

  /** Drops the cursors of webhooks that a restore has removed: one that comes back begins with what is new then. */
  async function forgetAbsent(): Promise<void> {
    const isAbsent = (state: Pick<StateReads, 'sealed'>) => (name: string) =>
      state.sealed('webhook', name) === undefined;
    if (![...store.webhookCursors().keys()].some(isAbsent(store))) return;
    try {
      await store.transact(async (tx) => {
        for (const name of [...tx.webhookCursors().keys()].filter(isAbsent(tx))) await tx.setWebhookCursor(name, null);
      });
    } catch (err) {
      warn({ err }, 'positions of removed webhooks could not be dropped');
    }
  }

  async function deliver(
    id: Pick<SealedValue, 'name' | 'uid'>,
    webhook: WebhookInput,
    signal: AbortSignal,
  ): Promise<void> {
    const { name } = id;
    let cursor = Math.min(store.webhookCursors().get(name) ?? store.events.newest, store.events.newest);
    let stored = store.webhookCursors().get(name);
    let failures = 0;

    /** Writes in one transaction, unless the webhook was changed or removed meanwhile. */
    const write = (work: (tx: StoreTransaction) => Promise<void>): Promise<void> =>
      store.transact(async (tx) => {
        if (tx.sealed('webhook', name)?.uid === id.uid) await work(tx);
      });

    /** Stores the cursor. A failure costs only that events may be sent again after a crash. */
    async function advance(to: number): Promise<void> {
      cursor = to;
      try {
        await write((tx) => tx.setWebhookCursor(name, cursor));
        stored = cursor;
      } catch (err) {
        warn({ err, webhook: name }, 'the position of a webhook could not be stored');
      }
    }

    /** Sends a notice once, and notes the outcome. */
    async function attempt(event: EventRecord): Promise<Sent> {
      const notice: Notice = { instance: store.instance(), event, isTest: false };
      const sent = await send(webhook.url, messageFor(webhook, notice, clock.now()), signal);
      if (signal.aborted) return sent;
      counted(sent.kind);
      failures = sent.kind === 'delivered' ? 0 : failures + 1;
      const before = progress.get(name)?.deliveredAt ?? null;
      const deliveredAt = sent.kind === 'delivered' ? clock.now() : before;
      progress.set(name, { failures, last: sent, deliveredAt });
      return sent;
    }

    /** Sends an event until it is delivered, or kept as dead after the last attempt. */
    async function settle(event: EventRecord): Promise<void> {
      for (let attempts = 1; !signal.aborted && store.hold() === null; attempts++) {
        const sent = await attempt(event);
        if (signal.aborted) return;
        if (sent.kind === 'delivered') return advance(event.id);
        if (attempts >= MOST_ATTEMPTS && (await keepDead(event, attempts, sent.error))) return;
        await pause(backoffMs(failures, random(), BACKOFF));
      }
    }

    /** Keeps an event as dead and moves on, in one transaction. */
    async function keepDead(event: EventRecord, attempts: number, error: string): Promise<boolean> {
      try {
        await write(async (tx) => {
          await tx.putDelivery(deadOf(name, event, attempts, error, clock.now()));
          await tx.setWebhookCursor(name, event.id);
        });
      } catch (err) {
        warn({ err, webhook: name, event: event.id }, 'an undelivered event could not be stored');
        return false;
      }
      cursor = event.id;
      stored = event.id;
      counted('dead');
      warn({ webhook: name, event: event.id, attempts, error }, 'an event could not be delivered to a webhook');
      return true;
    }

    /** Sends deliveries again that a client asked for, each once: one that fails is dead again and holds up nothing. */
    async function resend(): Promise<void> {
      for (const delivery of await pendingOf(name)) {
        if (store.hold() !== null) asked.add(name);
        if (signal.aborted || store.hold() !== null) return;
        const sent = await attempt(delivery.event);
        if (signal.aborted) return;
        const attempts = delivery.attempts + 1;
        await write(async (tx) => {
          if (sent.kind === 'delivered') await tx.dropDelivery(delivery);
          else await tx.putDelivery(deadOf(name, delivery.event, attempts, sent.error, clock.now()));
        });
      }
    }

    const pause = (ms: number): Promise<boolean> =>
      waitUntil(() => false, { watch: () => () => undefined, ms, signal, clock });

    const isNews = (): boolean => store.hold() === null && (store.events.newest > cursor || asked.has(name));
    const news = (notified: () => void): (() => void) => {
      wakes.set(name, notified);
      const unwatchEvents = store.events.watch(notified);
      return () => {
        wakes.delete(name);
        unwatchEvents();
      };
    };

    async function step(): Promise<void> {
      if (asked.delete(name)) await resend();
      const page = await store.events.read(cursor, AT_ONCE);
      if (page.kind === 'expired') return skip(page.oldest);
      for (const event of page.events) {
        if (signal.aborted || asked.has(name) || store.hold() !== null) return;
        if (isWanted(webhook, event)) await settle(event);
        else {
          cursor = event.id;
          if (cursor - (stored ?? 0) >= UNSTORED) await advance(cursor);
        }
      }
    }

    /** Goes on with the oldest event that is kept. Events before it are gone, which happens after days without a delivery. */
    async function skip(oldest: number): Promise<void> {
      const next = oldest - 1;
      warn({ webhook: name, from: cursor + 1, to: next }, 'events were dropped before they could be delivered');
      counted('dead');
      await advance(next);
    }

    asked.add(name);
    if (stored === undefined) await advance(cursor);
    while (!signal.aborted) {
      await waitUntil(isNews, { watch: news, ms: IDLE_MS, signal, clock });
      if (signal.aborted || !isNews()) continue;
      try {
        await step();
      } catch (err) {
        warn({ err, webhook: name }, 'the deliveries of a webhook could not be read or stored');
        asked.add(name);
        await pause(backoffMs(++failures, random(), BACKOFF));
      }
    }
  }

  /** Webhooks whose kept deliveries are to be looked at. */
  const asked = new Set<string>();

  async function pendingOf(name: string): Promise<readonly Delivery[]> {
    const pending: Delivery[] = [];
    for (let after = -1; ; ) {
      const page = await store.deliveries(name, after, AT_ONCE);
      pending.push(...page.filter(({ state }) => state === 'pending'));
      const last = page.at(-1);
      if (last === undefined || page.length < AT_ONCE) return pending;
      if (pending.length >= AT_ONCE) {
        asked.add(name);
        return pending;
      }
      after = last.eventId;
    }
  }

  return {
    start() {
      unwatch = store.events.watch(sync);
      sync();
    },
    async stop() {
      isStopped = true;
      unwatch?.();
      for (const { abort } of running.values()) abort.abort();
      await Promise.allSettled([...running.values()].map(({ ended }) => ended));
    },
    progressOf: (name) => progress.get(name) ?? NO_PROGRESS,
    wake(name) {
      asked.add(name);
      wakes.get(name)?.();
    },
  };
}

const deadOf = (webhook: string, event: EventRecord, attempts: number, error: string, failedAt: Date): Delivery => ({
  ...{ webhook, eventId: event.id, event, state: 'dead', attempts, error, failedAt },
});
