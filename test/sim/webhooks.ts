/**
 * One run of deliveries to webhooks in virtual time: receivers that fail, accept without an answer, or stay away for
 * hours, and a server that dies at any moment and starts again on the same disk.
 */

import type { NewEvent } from '../../src/domain/event.js';
import { storedWebhook, type WebhookInput } from '../../src/domain/webhooks/webhook.js';
import { createDispatcher, MOST_ATTEMPTS } from '../../src/service/webhooks/dispatcher.js';
import type { Sender, Sent } from '../../src/service/webhooks/sender.js';
import { createStore } from '../../src/store/store.js';
import type { Store, StoreTransaction } from '../../src/store/types.js';
import { testVault } from '../support/vault.js';
import { createDisk } from './disk.js';
import { createLife, createWorld, type Life } from './world.js';

const HOUR_MS = 3_600_000;
const INSTANCE = 'simulated';
const SECRET = `whsec_${Buffer.alloc(32, 1).toString('base64')}`;

/** `steady` always accepts, so whatever it lacks is the fault of another one or of the server. */
const HOOKS: Readonly<Record<string, Partial<WebhookInput>>> = {
  steady: {},
  flaky: {},
  choosy: { containers: ['web-1'] },
};

/** A fault that is planted in the server. */
export interface WebhookMutation {
  readonly send?: (send: Sender['send'], name: (url: string) => string, store: Store) => Sender['send'];
  readonly store?: (store: Store) => Store;
}

export interface WebhookRun {
  readonly faults: readonly string[];
  readonly received: number;
  readonly repeated: number;
  readonly dead: number;
  readonly crashes: number;
}

const urlOf = (name: string): string => `https://${name}.example.com/`;
const nameOf = (url: string): string => new URL(url).hostname.replace('.example.com', '');
const idOf = (headers: Readonly<Record<string, string>>): number => Number(headers['webhook-id']?.split('_').at(-1));

const silent = () => undefined;

/** Runs one seed and returns what it found. */
export async function runWebhooks(seed: number, mutation: WebhookMutation = {}): Promise<WebhookRun> {
  const world = createWorld(seed);
  const disk = createDisk(world, silent);
  const received = new Map(Object.keys(HOOKS).map((name) => [name, [] as number[]]));
  const attempts = new Map<string, number>();
  const awayUntil = new Map<string, number>();
  let [crashes, isQuiet] = [0, false];
  let uids = 0;
  const heldFaults: string[] = [];

  const sendIn =
    (life: Life, store: Store): Sender['send'] =>
    async (url, { headers }, signal): Promise<Sent> => {
      const [name, id] = [nameOf(url), idOf(headers)];
      if (store.hold() !== null) heldFaults.push(`${name} got event ${id} while Berth was paused`);
      attempts.set(`${name}/${id}`, (attempts.get(`${name}/${id}`) ?? 0) + 1);
      await life.sleep(world.between(1, 300));
      const isAway = name !== 'steady' && !isQuiet && world.now < (awayUntil.get(name) ?? 0);
      if (isAway || signal.aborted) return { kind: 'failed', status: 500, error: 'the target answered 500' };
      received.get(name)?.push(id);
      await life.sleep(world.between(1, 300));
      const isLost = name !== 'steady' && !isQuiet && world.chance(0.1);
      return isLost
        ? { kind: 'failed', status: null, error: 'the connection failed' }
        : { kind: 'delivered', status: 204 };
    };

  async function open() {
    const life = createLife(world, (ms) => ms);
    const made = await createStore(disk.open(life), {
      ...{ portRange: { from: 49_000, to: 49_010 }, instance: INSTANCE, random: world.random },
      ...{ now: life.clock.now, newUid: () => `uid-${uids++}` },
    });
    const store = mutation.store?.(made) ?? made;
    const vault = testVault(store);
    const send = mutation.send?.(sendIn(life, store), nameOf, store) ?? sendIn(life, store);
    const dispatcher = createDispatcher({
      store,
      vault,
      send,
      clock: life.clock,
      random: world.random,
      warn: silent,
    });
    dispatcher.start();
    return { life, store, vault };
  }

  let server = await open();
  const pass = (ms: number): Promise<void> => world.runUntil(world.now + ms, silent);

  /** Begins a transaction; a crash may come before its end. */
  function begin(work: Parameters<Store['transact']>[0]): void {
    void server.store.transact(work).catch(silent);
  }

  async function release(tx: StoreTransaction): Promise<void> {
    if (tx.hold() === null) return;
    await tx.setHold(null);
    tx.record(eventOf('web-0'));
  }

  const { vault } = server;
  begin(async (tx) => {
    for (const [name, more] of Object.entries(HOOKS)) {
      const place = { kind: 'webhook', name } as const;
      const input: WebhookInput = { url: urlOf(name), format: 'cloudevents', secret: SECRET, ...more };
      await tx.putSealed({ ...place, username: null, sealed: vault.seal(place, storedWebhook(input)) });
      await tx.setWebhookCursor(name, 0);
    }
    tx.record(eventOf('web-0'));
  });
  await pass(1000);

  for (let step = 0; step < 60; step++) {
    if (world.chance(0.8)) {
      const count = Math.ceil(world.between(0, 4));
      begin(async (tx) => {
        for (let one = 0; one < count; one++) tx.record(eventOf(`web-${Math.floor(world.between(0, 3))}`));
      });
    }
    if (world.chance(0.1)) awayUntil.set(world.pick(Object.keys(HOOKS)), world.now + world.between(0, 4 * HOUR_MS));
    await pass(world.chance(0.1) ? world.between(0, 2 * HOUR_MS) : world.between(0, 2000));
    if (world.chance(0.05)) begin((tx) => tx.setHold({ reason: 'restored', since: new Date(0), takenAt: null }));
    if (world.chance(0.3)) begin(release);
    if (world.chance(0.25)) {
      crashes++;
      server.life.end();
      server = await open();
    }
  }
  isQuiet = true;
  begin(release);
  await pass(10 * HOUR_MS);
  server.life.end();

  const dead = new Set(disk.state.deliveries.keys());
  const faults = Object.entries(HOOKS).flatMap(([name, { containers }]) => {
    const got = received.get(name) ?? [];
    const wanted = disk.state.events
      .filter((event) => containers?.includes(event.container) ?? true)
      .map(({ id }) => id);
    const missing = wanted.filter((id) => !got.includes(id) && !dead.has(`${name}/${id}`));
    const extra = got.filter((id) => !wanted.includes(id));
    const first = got.filter((id, at) => got.indexOf(id) === at);
    const early = wanted.filter(
      (id) => dead.has(`${name}/${id}`) && (attempts.get(`${name}/${id}`) ?? 0) < MOST_ATTEMPTS,
    );
    const disordered = first.filter((id, at) => id < (first[at - 1] ?? 0));
    return [
      ...missing.map((id) => `${name} never got event ${id}`),
      ...extra.map((id) => `${name} got event ${id}, which it did not want or which was not stored`),
      ...disordered.map((id) => `${name} got event ${id} after a later one`),
      ...early.map((id) => `event ${id} was kept as dead before ${name} had its attempts`),
    ];
  });
  const all = [...received.values()];
  const total = all.reduce((sum, { length }) => sum + length, 0);
  const repeated = total - all.reduce((sum, got) => sum + new Set(got).size, 0);
  faults.push(...heldFaults);
  if ([...dead].some((key) => key.startsWith('steady/')))
    faults.push('an event is dead for the webhook that always accepts');
  return { faults, received: total, repeated, dead: dead.size, crashes };
}

const eventOf = (container: string): NewEvent => ({
  ...{ type: 'Step', container, uid: container, reason: 'Started', message: 'started', by: 'berth' },
  ...{ actor: null, requestId: null, before: null, after: null },
});
