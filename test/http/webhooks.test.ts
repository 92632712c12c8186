/** Webhooks over HTTP, against receivers that answer, fail, hang and go away. */

import { createHmac, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pino } from 'pino';
import { expect, it, onTestFinished, vi } from 'vitest';
import { type Json, type TestBerth, type TestBerthOptions, testBerth } from './berth.js';
import { type Received, type Receiver, startReceiver } from './receiver.js';

const CANARY = 'canary-webhook-7d20c1aa';
const SECRET = `whsec_${Buffer.from(`${CANARY} signs all of it`).toString('base64')}`;
const ALLOWED = { webhookTargets: ['127.0.0.0/8'] };

async function open(options: TestBerthOptions = {}): Promise<TestBerth> {
  const t = await testBerth({ policy: ALLOWED, ...options });
  onTestFinished(() => t.stop());
  return t;
}

async function receiver(port?: number): Promise<Receiver> {
  const made = await startReceiver(port);
  onTestFinished(() => made.close());
  return made;
}

async function declareHook(t: TestBerth, name: string, input: Json): Promise<Json> {
  const answer = await t.send('PUT', `/v1/webhooks/${name}`, {
    body: { format: 'cloudevents', secret: SECRET, ...input },
  });
  expect([200, 201], answer.text).toContain(answer.status);
  return answer.body;
}

const until = (check: () => void | Promise<void>) => vi.waitFor(check, { timeout: 20_000, interval: 20 });
const eventOf = ({ body }: Received): Json => JSON.parse(body);
const subjects = (to: Receiver) => to.received.map((one) => eventOf(one).subject);
const created = { events: ['Created'] };
const declare = (t: TestBerth, name: string) => t.declare({ name, image: 'training/webapp' });

it('sends signed CloudEvents in order, from the declaration of the webhook on', async () => {
  const [t, to] = [await open(), await receiver()];
  await declare(t, 'before');
  const made = await declareHook(t, 'alerts', { url: to.url, ...created });
  expect(made).toMatchObject({
    name: 'alerts',
    format: 'cloudevents',
    hasSecret: true,
    version: 1,
    events: ['Created'],
  });
  expect(made.origin).toBe(new URL(to.url).origin);
  for (const name of ['web-a', 'web-b', 'web-c']) await declare(t, name);
  await until(() => expect(subjects(to)).toEqual(['web-a', 'web-b', 'web-c']));
  const [first] = to.received as [Received];
  const event = eventOf(first);
  const stored = (await t.get('/v1/events?type=Created')).items;
  expect(event).toMatchObject({
    specversion: '1.0',
    type: 'io.berth.event.Created',
    datacontenttype: 'application/json',
  });
  expect(event.data).toEqual(stored.find((one: Json) => one.container === 'web-a'));
  expect(first.headers['content-type']).toBe('application/cloudevents+json; charset=utf-8');
  const { 'webhook-id': id, 'webhook-timestamp': at, 'webhook-signature': signature } = first.headers;
  expect(id).toBe(event.id);
  const key = Buffer.from(SECRET.slice('whsec_'.length), 'base64');
  const mac = createHmac('sha256', key).update(`${id}.${at}.${first.body}`).digest('base64');
  expect(signature).toBe(`v1,${mac}`);
});

it('sends only what a webhook wants', async () => {
  const [t, to] = [await open(), await receiver()];
  await declareHook(t, 'some', { url: to.url, containers: ['wanted'], ...created });
  for (const name of ['other', 'wanted', 'wanted-2']) await declare(t, name);
  await declareHook(t, 'some', { url: to.url, ...created });
  await declare(t, 'last');
  await until(() => expect(subjects(to).at(-1)).toBe('last'));
  expect(subjects(to).filter((name) => name !== 'wanted-2')).toEqual(['wanted', 'last']);
});

it('speaks the formats of Slack, Discord and ntfy', async () => {
  const [t, to] = [await open(), await receiver()];
  for (const format of ['slack', 'discord', 'ntfy']) {
    const secret = format === 'ntfy' ? { secret: CANARY } : { secret: undefined };
    await declareHook(t, format, { url: `${to.url}/${format}`, format, ...secret, ...created });
  }
  await declare(t, 'web');
  await until(() => expect(to.received).toHaveLength(3));
  const by = (format: string) => to.received.find((one) => one.path === `/hook/${format}`) as Received;
  expect(JSON.parse(by('slack').body)).toEqual({ text: 'web: Created, Declared: definition created' });
  expect(JSON.parse(by('discord').body)).toEqual({
    content: 'web: Created, Declared: definition created',
    allowed_mentions: { parse: [] },
  });
  expect(by('ntfy').body).toBe('web: Created, Declared: definition created');
  expect(by('ntfy').headers).toMatchObject({ title: 'web: Created, Declared', authorization: `Bearer ${CANARY}` });
});

it('tries again with the same id until the receiver accepts, and lets nothing else wait', async () => {
  const [t, to, other] = [await open(), await receiver(), await receiver()];
  let failures = 0;
  to.answer((_, reply) => {
    if (failures++ === 0) reply.socket?.destroy();
    else reply.writeHead(failures === 2 ? 500 : 200).end('x'.repeat(100_000));
  });
  other.answer(() => undefined);
  await declareHook(t, 'flaky', { url: to.url, ...created });
  await declareHook(t, 'hanging', { url: other.url, ...created });
  await declare(t, 'web-a');
  await until(async () => expect((await t.get('/v1/webhooks/flaky')).conditions[0].reason).toBe('DeliveryFailed'));
  await declare(t, 'web-b');
  await until(() => expect(subjects(to)).toEqual(['web-a', 'web-a', 'web-a', 'web-b']));
  expect(new Set(to.received.slice(0, 3).map((one) => one.headers['webhook-id'])).size).toBe(1);
  await until(async () => {
    const view = await t.get('/v1/webhooks/flaky');
    expect(view.conditions).toEqual([{ type: 'Delivering', status: 'True', reason: 'Delivering', message: '' }]);
  });
  expect(subjects(other)).toEqual(['web-a']);
  expect((await t.send('GET', '/metrics')).text).toMatch(/berth_webhook_deliveries_total\{outcome="failed"\} [2-9]/);
});

it('does not follow redirects', async () => {
  const [t, to, elsewhere] = [await open(), await receiver(), await receiver()];
  to.answer((_, reply) => void reply.writeHead(307, { location: elsewhere.url }).end());
  await declareHook(t, 'moved', { url: to.url });
  const tested = await t.send('POST', '/v1/webhooks/moved/test');
  expect(tested.body).toMatchObject({ delivered: false, status: 307 });
  expect(tested.body.error).toContain('redirects are not followed');
  expect(elsewhere.received).toEqual([]);
});

it('continues after a restart where it was, and loses nothing that was recorded meanwhile', async () => {
  const [t, to] = [await open(), await receiver()];
  await declareHook(t, 'alerts', { url: to.url, ...created });
  await declare(t, 'web-a');
  await until(() => expect(subjects(to)).toEqual(['web-a']));
  await to.close();
  await declare(t, 'web-b');
  const again = await t.restart();
  onTestFinished(() => again.stop());
  await declare(again, 'web-c');
  const back = await receiver(to.port);
  await until(() => expect(subjects(back)).toEqual(['web-b', 'web-c']));
});

it('refuses targets on this host and its links, by address and after a name is resolved', async () => {
  const t = await open({ policy: {} });
  const body = (url: string) => ({ body: { url, format: 'slack' } });
  const addresses = [
    ...['127.0.0.1', '[::1]', '0x7f000001', '2130706433', '127.1', '0.0.0.0', '[::]', '[::ffff:127.0.0.1]'],
    ...['169.254.169.254', '[fe80::1]', '[fd00:ec2::254]', '100.100.100.200', '168.63.129.16', '[64:ff9b::7f00:1]'],
    ...['224.0.0.1', '255.255.255.255'],
  ];
  for (const address of addresses) {
    const refused = await t.refuse('policy-denied', 'PUT', '/v1/webhooks/x', body(`http://${address}:9/hook`));
    expect(
      refused.errors?.map(({ pointer }) => pointer),
      address,
    ).toEqual(['/url']);
  }
  const to = await receiver();
  await declareHook(t, 'named', { url: `http://localhost:${to.port}/`, ...created });
  const tested = await t.send('POST', '/v1/webhooks/named/test');
  expect(tested.body).toMatchObject({ delivered: false, status: null });
  expect(tested.body.error).toContain('webhookTargets in the policy');
  await declare(t, 'web');
  await until(async () => expect((await t.get('/v1/webhooks/named')).conditions[0].reason).toBe('TargetRefused'));
  expect(to.received).toEqual([]);
});

it('refuses a webhook that could not work, and says where it is wrong', async () => {
  const t = await open();
  const faults = async (input: Json, name = 'x') => {
    const { errors, detail } = await t.refuse('invalid-definition', 'PUT', `/v1/webhooks/${name}`, { body: input });
    expect(detail).not.toContain(CANARY);
    return errors?.map((fault) => `${fault.in} ${fault.pointer}`);
  };
  const url = 'https://hooks.example.com/x';
  expect(await faults({ url: 'hooks', format: 'slack' })).toEqual(['body /url']);
  expect(await faults({ url: 'ftp://h.example/', format: 'slack' })).toEqual(['body /url']);
  expect(await faults({ url: `https://u:${CANARY}@h.example/`, format: 'slack' })).toEqual(['body /url']);
  expect(await faults({ url, format: 'slack', secret: CANARY })).toEqual(['body /secret']);
  expect(await faults({ url, format: 'cloudevents' })).toEqual(['body /secret']);
  expect(await faults({ url, format: 'cloudevents', secret: `whsec_${CANARY}` })).toEqual(['body /secret']);
  expect(await faults({ url, format: 'ntfy', secret: `${CANARY}\n` })).toEqual(['body /secret']);
  expect(await faults({ url, format: 'slack', events: [] })).toEqual(['body /events']);
  expect(await faults({ url, format: 'slack', containers: ['a b'] })).toEqual(['body /containers/0']);
  expect(await faults({ url, format: 'slack' }, '-x')).toEqual(['path /name']);
  await t.refuse('invalid-body', 'PUT', '/v1/webhooks/x', { body: { url, format: 'slack', events: ['Born'] } });
  await t.refuse('not-found', 'GET', '/v1/webhooks/x');
  await t.refuse('not-found', 'POST', '/v1/webhooks/x/test');
  await t.refuse('not-found', 'POST', '/v1/webhooks/x/resend');
  await t.refuse('not-found', 'GET', '/v1/webhooks/x/deliveries');
  expect((await t.get('/v1/webhooks')).items).toEqual([]);
});

it('leaves neither URL nor secret in a file, log, event, answer or backup', async () => {
  const logged: string[] = [];
  const log = pino({ level: 'trace' }, { write: (line: string) => logged.push(line) });
  const [t, to] = [await open({ log }), await receiver()];
  to.answer((_, reply) => void reply.writeHead(500).end(CANARY));
  const put = await t.send('PUT', '/v1/webhooks/x', { body: { url: `${to.url}/${CANARY}`, format: 'slack' } });
  const answers = [put.text, (await t.send('POST', '/v1/webhooks/x/test')).text];
  await until(async () => expect((await t.get('/v1/webhooks/x')).conditions[0].reason).toBe('DeliveryFailed'));
  for (const url of ['/v1/webhooks', '/v1/webhooks/x/deliveries', '/v1/events?limit=500', '/metrics']) {
    answers.push((await t.send('GET', url)).text);
  }
  const backup = Buffer.from(await (await fetch(`${t.url}/v1/backup`)).arrayBuffer());
  expect(backup.includes('webhook/x')).toBe(true);
  expect([backup.includes(CANARY), answers.join().includes(CANARY), logged.join().includes(CANARY)]).toEqual([
    false,
    false,
    false,
  ]);
  for (const { name } of readdirSync(t.dataDir, { withFileTypes: true }).filter((one) => one.isFile())) {
    expect(readFileSync(path.join(t.dataDir, name)).includes(CANARY), name).toBe(false);
  }
});

it('sends nothing of before a restore, and waits for its release', async () => {
  const [t, to] = [await open(), await receiver()];
  await declareHook(t, 'alerts', { url: to.url, ...created });
  await declare(t, 'web-a');
  await until(() => expect(subjects(to)).toEqual(['web-a']));
  const backup = Buffer.from(await (await fetch(`${t.url}/v1/backup`)).arrayBuffer());
  await declare(t, 'web-b');
  await until(() => expect(subjects(to)).toEqual(['web-a', 'web-b']));
  const restored = await t.send('POST', '/v1/restore', {
    body: backup,
    headers: { 'content-type': 'application/vnd.sqlite3' },
  });
  expect(restored.status, restored.text).toBe(200);
  expect((await t.get('/v1/webhooks/alerts')).conditions[0].reason).toBe('HeldAfterRestore');
  await declare(t, 'web-c');
  // A backup of another server, whose webhook is new here: it begins with the restore.
  const other = await open({ instance: (await t.get('/v1/restore')).instance });
  const elsewhere = await other.send('POST', '/v1/restore', {
    body: backup,
    headers: { 'content-type': 'application/vnd.sqlite3' },
  });
  expect(elsewhere.status, elsewhere.text).toBe(200);
  expect(elsewhere.body.unreadable).toEqual([{ kind: 'webhook', name: 'alerts' }]);
  expect(await other.get('/v1/webhooks/alerts')).toMatchObject({ format: null, origin: null });
  expect((await other.get('/v1/webhooks/alerts')).conditions[0].reason).toBe('SecretUnreadable');
  expect((await other.send('POST', '/v1/webhooks/alerts/test')).body).toMatchObject({ delivered: false });
  expect(subjects(to)).toEqual(['web-a', 'web-b']);
});

it('seals webhooks with a new key, and goes on', async () => {
  const [t, to] = [await open(), await receiver()];
  await declareHook(t, 'alerts', { url: to.url, ...created });
  const file = path.join(t.dataDir, 'secrets.key');
  writeFileSync(file, `${randomBytes(32).toString('base64')}\n${readFileSync(file, 'utf8')}`);
  expect((await t.send('POST', '/v1/secrets-key/rotate')).body).toMatchObject({ resealed: 1 });
  await declare(t, 'web-a');
  await until(() => expect(subjects(to)).toEqual(['web-a']));
});

it('sends nothing more once a webhook is removed', async () => {
  const [t, to, witness] = [await open(), await receiver(), await receiver()];
  await declareHook(t, 'gone', { url: to.url, ...created });
  expect((await t.send('DELETE', '/v1/webhooks/gone')).status).toBe(204);
  await declareHook(t, 'stays', { url: witness.url, ...created });
  await declare(t, 'web-a');
  await until(() => expect(subjects(witness)).toEqual(['web-a']));
  expect(to.received).toEqual([]);
  await t.refuse('not-found', 'DELETE', '/v1/webhooks/gone');
});

it('is for admins only', async () => {
  const t = await open({ auth: 'on' });
  for (const [method, url] of [
    ['GET', '/v1/webhooks'],
    ['PUT', '/v1/webhooks/x'],
    ['POST', '/v1/webhooks/x/test'],
  ] as const) {
    expect((await t.send(method, url)).status).toBe(401);
  }
});
