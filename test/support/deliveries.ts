import { systemClock } from '../../src/lib/clock.js';
import type { Vault } from '../../src/service/secrets/vault.js';
import { createDispatcher } from '../../src/service/webhooks/dispatcher.js';
import type { Sender } from '../../src/service/webhooks/sender.js';
import type { Store } from '../../src/store/types.js';

const send: Sender['send'] = async () => ({ kind: 'delivered', status: 204 });

/** Deliveries to webhooks for tests that are about something else: they are not started. */
export function idleDeliveries(store: Store, vault: Vault) {
  const warn = () => undefined;
  return { send, dispatcher: createDispatcher({ store, vault, send, warn, clock: systemClock, random: Math.random }) };
}
