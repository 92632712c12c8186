/** Deliveries that outlast their server: kept as dead and sent again, and continued after SIGKILL. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it, onTestFinished, vi } from 'vitest';
import { systemClock } from '../../src/lib/clock.js';
import { openStore } from '../../src/store/store.js';
import { type Json, type TestBerth, testBerth } from './berth.js';
import { type Receiver, startReceiver } from './receiver.js';

const POLICY = { webhookTargets: ['127.0.0.0/8'] };
const SECRET = `whsec_${Buffer.alloc(32, 3).toString('base64')}`;

const until = (check: () => void | Promise<void>) => vi.waitFor(check, { timeout: 30_000, interval: 20 });

async function receiver(): Promise<Receiver> {
  const made = await startReceiver();
  onTestFinished(() => made.close());
  return made;
}

const hook = (url: string) => ({ url, format: 'cloudevents', secret: SECRET, events: ['Created'] });
const subjectsOf = (to: Receiver): readonly string[] => to.received.map(({ body }) => JSON.parse(body).subject);

/** A server with a webhook whose events of these containers are dead. */
async function withDead(url: string, names: readonly string[]): Promise<TestBerth> {
  const first = await testBerth({ policy: POLICY });
  for (const name of names) await first.declare({ name, image: 'training/webapp' });
  const put = await first.send('PUT', '/v1/webhooks/alerts', { body: hook(url) });
  expect(put.status, put.text).toBe(201);
  await first.berth.stop();
  const { dataDir } = first;
  const store = await openStore({
    ...{ dataDir, portRange: { from: 49_000, to: 49_010 }, now: systemClock.now, random: Math.random },
  });
  const page = await store.events.read(0, 100);
  const events = page.kind === 'page' ? page.events.filter(({ type }) => type === 'Created') : [];
  const failed = { webhook: 'alerts', state: 'dead', attempts: 15, error: 'the target answered 500' } as const;
  await store.transact(async (tx) => {
    for (const event of events) {
      await tx.putDelivery({ ...failed, eventId: event.id, event, failedAt: systemClock.now() });
    }
  });
  await store.close();
  const t = await testBerth({ policy: POLICY, dataDir });
  onTestFinished(() => t.stop());
  return t;
}

const deliveries = (t: TestBerth, query = '?state=dead'): Promise<Json> =>
  t.get(`/v1/webhooks/alerts/deliveries${query}`);

it('lists dead deliveries in pages, and sends them again', async () => {
  const to = await receiver();
  const t = await withDead(to.url, ['web-1', 'web-2', 'web-3']);
  const { items, next } = await deliveries(t, '?limit=2');
  expect(items.map(({ container }: Json) => container)).toEqual(['web-1', 'web-2']);
  expect(items[0]).toMatchObject({ state: 'dead', type: 'Created', attempts: 15, error: 'the target answered 500' });
  const rest = await deliveries(t, `?after=${next}`);
  expect(rest).toMatchObject({ items: [{ container: 'web-3' }], next: null });
  expect(to.received).toEqual([]);
  const one = await t.send('POST', `/v1/webhooks/alerts/resend?eventId=${items[1].eventId}`);
  expect([one.status, one.body]).toEqual([202, { pending: 1 }]);
  await until(async () => expect((await deliveries(t, '')).items).toHaveLength(2));
  expect(subjectsOf(to)).toEqual(['web-2']);
  await t.refuse('not-found', 'POST', `/v1/webhooks/alerts/resend?eventId=${items[1].eventId}`);
  const key = { headers: { 'idempotency-key': 'resend-all' } };
  expect((await t.send('POST', '/v1/webhooks/alerts/resend', key)).body).toEqual({ pending: 2 });
  expect((await t.send('POST', '/v1/webhooks/alerts/resend', key)).body).toEqual({ pending: 2 });
  await until(async () => expect((await deliveries(t, '')).items).toEqual([]));
  expect(subjectsOf(to)).toEqual(['web-2', 'web-1', 'web-3']);
});

it('keeps a delivery as dead that fails again, and holds up no newer event', async () => {
  const to = await receiver();
  const t = await withDead(to.url, ['web-1']);
  to.answer(({ body }, reply) => void reply.writeHead(JSON.parse(body).subject === 'web-1' ? 500 : 200).end());
  await t.send('POST', '/v1/webhooks/alerts/resend');
  await until(async () => expect((await deliveries(t)).items).toMatchObject([{ attempts: 16 }]));
  await t.declare({ name: 'web-9', image: 'training/webapp' });
  await until(() => expect(subjectsOf(to)).toEqual(['web-1', 'web-9']));
  expect((await t.send('DELETE', '/v1/webhooks/alerts')).status).toBe(204);
  await t.send('PUT', '/v1/webhooks/alerts', { body: hook(to.url) });
  expect((await deliveries(t, '')).items).toEqual([]);
});

it('sends after SIGKILL what was recorded and not accepted before it', async () => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'berth-killed-'));
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
  const policyFile = path.join(dataDir, 'policy.json');
  writeFileSync(policyFile, JSON.stringify(POLICY));
  const to = await receiver();

  async function start() {
    const child = spawn(process.execPath, ['--import', 'tsx', 'src/main.ts', '--port', '0', '--log-format', 'json'], {
      env: {
        ...{ PATH: process.env['PATH'], BERTH_DATA_DIR: dataDir, BERTH_POLICY_FILE: policyFile, BERTH_AUTH: 'off' },
        DOCKER_HOST: `unix://${dataDir}/none.sock`,
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const exit = once(child, 'exit');
    const kill = async () => {
      child.kill('SIGKILL');
      await exit;
    };
    onTestFinished(kill);
    let address: string | undefined;
    for await (const line of createInterface({ input: child.stdout })) {
      address = JSON.parse(line).address;
      if (address !== undefined) break;
    }
    child.stdout.resume();
    const send = (method: string, url: string, body: object) =>
      fetch(`${address}${url}`, {
        method,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    return { kill, send };
  }

  const first = await start();
  expect((await first.send('PUT', '/v1/webhooks/alerts', hook(to.url))).status).toBe(201);
  await first.send('POST', '/v1/containers', { name: 'web-1', image: 'training/webapp' });
  await until(() => expect(subjectsOf(to)).toEqual(['web-1']));
  // The receiver has the event, and the server dies before it knows so.
  to.answer(() => undefined);
  await first.send('POST', '/v1/containers', { name: 'web-2', image: 'training/webapp' });
  await first.send('POST', '/v1/containers', { name: 'web-3', image: 'training/webapp' });
  await until(() => expect(subjectsOf(to)).toEqual(['web-1', 'web-2']));
  await first.kill();
  to.answer((_, reply) => void reply.writeHead(200).end());
  await start();
  await until(() => expect(subjectsOf(to)).toEqual(['web-1', 'web-2', 'web-2', 'web-3']));
  const ids = to.received.map(({ headers }) => headers['webhook-id']);
  expect(new Set(ids).size).toBe(3);
});

it('sends nothing that a copied database has not sent: the original may have', async () => {
  const to = await receiver();
  to.answer((_, reply) => void reply.writeHead(500).end());
  const t = await testBerth({ policy: POLICY });
  await t.send('PUT', '/v1/webhooks/alerts', { body: hook(to.url) });
  await t.declare({ name: 'web-1', image: 'training/webapp' });
  await until(() => expect(subjectsOf(to)).toContain('web-1'));
  const behind = (await t.get('/v1/webhooks/alerts')).cursor;
  const backup = Buffer.from(await (await fetch(`${t.url}/v1/backup`)).arrayBuffer());
  await t.berth.stop();
  for (const part of ['berth.db', 'berth.db-wal', 'berth.db-shm']) rmSync(path.join(t.dataDir, part), { force: true });
  writeFileSync(path.join(t.dataDir, 'berth.db'), backup);
  const again = await testBerth({ policy: POLICY, dataDir: t.dataDir });
  onTestFinished(() => again.stop());
  const [restored] = (await again.get('/v1/events?type=Restored')).items;
  expect(restored.reason).toBe('DatabaseReplaced');
  const view = await again.get('/v1/webhooks/alerts');
  expect(view.conditions[0].reason).toBe('HeldAfterRestore');
  expect(behind).toBeLessThan(restored.id - 1);
  expect(view.cursor).toBeGreaterThanOrEqual(restored.id);
});
