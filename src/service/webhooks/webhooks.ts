/** Webhooks: declared by clients, and what became of their deliveries. */

import type { ConditionStatus } from '../../domain/definition/condition.js';
import type { EventRecord, EventType, NewEvent } from '../../domain/event.js';
import { Problem } from '../../domain/problems/problem.js';
import type { FieldFault } from '../../domain/problems/result.js';
import type { SealedValue } from '../../domain/secrets/sealed-value.js';
import type { Delivery, DeliveryState } from '../../domain/webhooks/delivery.js';
import { MOST_DELIVERIES } from '../../domain/webhooks/delivery.js';
import { messageFor } from '../../domain/webhooks/message.js';
import {
  isWebhookName,
  MOST_WEBHOOKS,
  originOf,
  readWebhook,
  storedWebhook,
  WEBHOOK_NAME_RULE,
  type WebhookFormat,
  type WebhookInput,
  webhookFaults,
} from '../../domain/webhooks/webhook.js';
import { naturalOrder } from '../../lib/natural-order.js';
import type { StateReads } from '../../store/state/memory.js';
import type { Store } from '../../store/types.js';
import type { Policies } from '../access/policy.js';
import { answer, checkUnanswered } from '../core/kept-answer.js';
import type { KeyedRequest } from '../core/options.js';
import { createRequestLimiter } from '../core/request-limiter.js';
import { byClient, type Requester } from '../core/requester.js';
import { invalidDefinition } from '../core/write-checks.js';
import type { Vault } from '../secrets/vault.js';
import type { Dispatcher, Progress } from './dispatcher.js';
import type { Sender, Sent } from './sender.js';

/** Condition of a webhook. */
interface Delivering {
  readonly type: 'Delivering';
  readonly status: ConditionStatus;
  readonly reason: 'Delivering' | 'DeliveryFailed' | 'TargetRefused' | 'HeldAfterRestore' | 'SecretUnreadable';
  readonly message: string;
}

export interface WebhookView {
  readonly name: string;
  /** Null if the key that sealed the webhook is missing. */
  readonly format: WebhookFormat | null;
  /** Scheme, host and port of the URL: its path may be a secret. */
  readonly origin: string | null;
  readonly hasSecret: boolean;
  /** Null for all. */
  readonly events: readonly EventType[] | null;
  readonly containers: readonly string[] | null;
  readonly version: number;
  /** RFC 3339. */
  readonly createdAt: string;
  readonly updatedAt: string;
  /** Id of the last event that was delivered, kept as dead or not wanted. */
  readonly cursor: number;
  /** Time of the last delivery since the start of Berth. */
  readonly deliveredAt: string | null;
  readonly conditions: readonly Delivering[];
}

export interface DeliveryView {
  readonly eventId: number;
  readonly type: EventType;
  readonly container: string;
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly error: string;
  /** RFC 3339. */
  readonly failedAt: string;
}

/** Outcome of a test delivery. */
export interface TestView {
  readonly delivered: boolean;
  /** Status of the target's answer; null if there was none. */
  readonly status: number | null;
  readonly error: string | null;
}

/** Number of deliveries that are sent again. */
export interface ResendView {
  readonly pending: number;
}

export interface WebhookService {
  listWebhooks(): readonly WebhookView[];
  /** @throws Problem `not-found` */
  getWebhook(name: string): WebhookView;
  /** @throws Problem `invalid-definition`, `policy-denied` */
  putWebhook(
    name: string,
    input: WebhookInput,
    requester: Requester,
  ): Promise<{ readonly kind: 'created' | 'updated'; readonly webhook: WebhookView }>;
  /** @throws Problem `not-found` */
  deleteWebhook(name: string, requester: Requester): Promise<void>;
  /** Lists deliveries that failed for good, oldest first. @throws Problem `not-found` */
  listDeliveries(
    name: string,
    query: { readonly state?: DeliveryState; readonly after: number; readonly limit: number },
  ): Promise<{ readonly items: readonly DeliveryView[]; readonly next: number | null }>;
  /** Sends dead deliveries again, or one of them. @throws Problem `not-found` */
  resendDeliveries(
    name: string,
    eventId: number | undefined,
    request: Requester & { readonly keyed?: KeyedRequest<ResendView> },
  ): Promise<ResendView>;
  /** Sends a test event once. @throws Problem `not-found`, `busy` */
  testWebhook(name: string, signal: AbortSignal): Promise<TestView>;
}

const KIND = 'webhook';

export function createWebhooks(options: {
  readonly store: Store;
  readonly vault: Vault;
  readonly policies: Pick<Policies, 'checkTarget'>;
  readonly dispatcher: Pick<Dispatcher, 'progressOf' | 'wake'>;
  readonly send: Sender['send'];
  readonly now: () => Date;
}): WebhookService {
  const { store, vault, policies, dispatcher, send, now } = options;
  const inTurn = createRequestLimiter({ places: 4, waiting: 16, what: 'test deliveries', retryAfterSeconds: 5 });

  function view(value: SealedValue): WebhookView {
    const { name, version, createdAt, updatedAt } = value;
    const text = vault.open(value);
    const webhook = text === null ? null : readWebhook(text);
    const progress = dispatcher.progressOf(name);
    return {
      name,
      format: webhook?.format ?? null,
      origin: webhook === null ? null : originOf(webhook.url),
      hasSecret: webhook?.secret !== undefined,
      events: webhook?.events ?? null,
      containers: webhook?.containers ?? null,
      version,
      createdAt: createdAt.toISOString(),
      updatedAt: updatedAt.toISOString(),
      cursor: store.webhookCursors().get(name) ?? store.events.newest,
      deliveredAt: progress.deliveredAt?.toISOString() ?? null,
      conditions: [conditionOf(name, webhook !== null, store.hold() !== null, progress)],
    };
  }

  const find = (state: Pick<StateReads, 'sealed'>, name: string): SealedValue => {
    const value = state.sealed(KIND, name);
    if (value !== undefined) return value;
    throw new Problem('not-found', `Webhook ${JSON.stringify(name)} not found. GET /v1/webhooks lists all webhooks.`);
  };

  return {
    listWebhooks: () =>
      store
        .allSealed()
        .filter(({ kind }) => kind === KIND)
        .toSorted((a, b) => naturalOrder(a.name, b.name))
        .map(view),
    getWebhook: (name) => view(find(store, name)),
    async putWebhook(name, input, requester) {
      if (!isWebhookName(name)) throw invalidName();
      const faults = webhookFaults(input);
      if (faults.length > 0) throw invalidDefinition(faults);
      policies.checkTarget(input.url);
      const place = { kind: KIND, name } as const;
      const stored = await store.transact(async (tx) => {
        const isNew = tx.sealed(KIND, name) === undefined;
        if (isNew && tx.allSealed().filter(({ kind }) => kind === KIND).length >= MOST_WEBHOOKS) throw tooMany();
        const sealed = vault.seal(place, storedWebhook(input));
        const value = await tx.putSealed({ ...place, username: null, sealed });
        // Events begin with this one; a changed webhook goes on where it was.
        if (isNew) await tx.setWebhookCursor(name, store.events.newest);
        tx.record(eventOf('SecretStored', value, requester));
        return value;
      });
      return { kind: stored.version === 1 ? 'created' : 'updated', webhook: view(stored) };
    },
    async deleteWebhook(name, requester) {
      await store.transact(async (tx) => {
        const value = find(tx, name);
        await tx.dropSealed(value);
        await tx.setWebhookCursor(name, null);
        for (const delivery of await store.deliveries(name, -1, MOST_DELIVERIES)) await tx.dropDelivery(delivery);
        tx.record(eventOf('SecretRemoved', value, requester));
      });
    },
    async listDeliveries(name, { state, after, limit }) {
      find(store, name);
      const all = await store.deliveries(name, after, MOST_DELIVERIES);
      const found = all.filter((one) => state === undefined || one.state === state);
      const items = found.slice(0, limit).map(deliveryView);
      return { items, next: found.length > limit ? (items.at(-1)?.eventId ?? null) : null };
    },
    async resendDeliveries(name, eventId, { keyed, ...requester }) {
      const outcome = await store.transact(async (tx) => {
        await checkUnanswered(tx, keyed);
        find(tx, name);
        const all = await store.deliveries(name, -1, MOST_DELIVERIES);
        const asked = all.filter((one) => eventId === undefined || one.eventId === eventId);
        if (eventId !== undefined && asked.length === 0) throw noSuchDelivery(name, eventId);
        for (const one of asked) await tx.putDelivery({ ...one, state: 'pending' });
        tx.record({
          ...{ ...byClient(requester), type: 'Requested', reason: 'DeliveriesResent' },
          message: `${asked.length} deliveries of the webhook ${name} are sent again`,
        });
        const done: ResendView = { pending: asked.length };
        await answer(tx, keyed, done);
        return done;
      });
      dispatcher.wake(name);
      return outcome;
    },
    async testWebhook(name, signal) {
      const text = vault.open(find(store, name));
      if (text === null) return { delivered: false, status: null, error: unreadable(name) };
      const webhook = readWebhook(text);
      const notice = { instance: store.instance(), event: testEvent(name, now()), isTest: true };
      return testView(await inTurn(() => send(webhook.url, messageFor(webhook, notice, now()), signal), signal));
    },
  };
}

function conditionOf(name: string, isReadable: boolean, isHeld: boolean, { failures, last }: Progress): Delivering {
  const condition = (status: ConditionStatus, reason: Delivering['reason'], message: string): Delivering => ({
    ...{ type: 'Delivering', status, reason, message },
  });
  if (!isReadable) return condition('False', 'SecretUnreadable', unreadable(name));
  if (isHeld) {
    const message = 'Berth is paused after a restore: events are sent once POST /v1/restore/release releases it';
    return condition('False', 'HeldAfterRestore', message);
  }
  if (last === null || last.kind === 'delivered') return condition('True', 'Delivering', '');
  if (last.kind === 'refused') return condition('False', 'TargetRefused', last.error);
  return condition('False', 'DeliveryFailed', `${failures} attempts in a row have failed; the last: ${last.error}`);
}

const unreadable = (name: string): string =>
  `the key that sealed this webhook is missing: declare it again with PUT /v1/webhooks/${name}`;

function testView(sent: Sent): TestView {
  if (sent.kind === 'delivered') return { delivered: true, status: sent.status, error: null };
  return { delivered: false, status: sent.kind === 'failed' ? sent.status : null, error: sent.error };
}

const deliveryView = ({ eventId, event, state, attempts, error, failedAt }: Delivery): DeliveryView => ({
  ...{ eventId, type: event.type, container: event.container, state, attempts, error },
  failedAt: failedAt.toISOString(),
});

/** An event that is not in the event log. Its id differs between tests, so that receivers take each for a new one. */
const testEvent = (name: string, at: Date): EventRecord => ({
  ...{ id: at.getTime(), at, type: 'Requested', container: '', uid: '', reason: 'WebhookTest' },
  message: `test delivery of the webhook ${name}`,
  ...{ by: 'client', actor: null, requestId: null, before: null, after: null },
});

const invalidName = (): Problem =>
  new Problem('invalid-definition', `/name: ${WEBHOOK_NAME_RULE}.`, {
    faults: [{ in: 'path', pointer: '/name', message: WEBHOOK_NAME_RULE }],
  });

const tooManyFault: FieldFault = {
  pointer: '',
  message: `at most ${MOST_WEBHOOKS} webhooks can be stored: delete one that is not used`,
};
const tooMany = (): Problem => invalidDefinition([tooManyFault]);

const noSuchDelivery = (name: string, eventId: number): Problem =>
  new Problem(
    'not-found',
    `The webhook ${name} has no kept delivery of event ${eventId}. GET /v1/webhooks/${name}/deliveries lists all.`,
  );

/** An event never has the URL or the secret. */
const eventOf = (type: 'SecretStored' | 'SecretRemoved', value: SealedValue, requester: Requester): NewEvent => {
  const { name: webhook, version } = value;
  const isStored = type === 'SecretStored';
  return {
    ...byClient(requester),
    ...{ type, reason: isStored ? 'WebhookStored' : 'WebhookRemoved' },
    message: `webhook ${webhook} ${isStored ? 'stored' : 'removed'}`,
    ...(isStored ? { after: { webhook, version } } : { before: { webhook, version } }),
  };
};
