/** Secrets over HTTP, on a server whose engine can't be reached. */

import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pino } from 'pino';
import { expect, it, onTestFinished } from 'vitest';
import { type Json, MERGE_PATCH, type TestBerth, type TestBerthOptions, testBerth } from './berth.js';

/** Found nowhere by chance. */
const CANARY = 'canary-secret-3f9d2b7a';

async function open(options: TestBerthOptions = {}): Promise<TestBerth> {
  const berth = await testBerth(options);
  onTestFinished(() => berth.stop());
  return berth;
}

const put = (t: TestBerth, name: string, value: string, query = '') =>
  t.send('PUT', `/v1/secrets/${name}${query}`, { body: { value } });
const shop = (secret: string) => ({ name: 'shop', image: 'a', secretEnv: { PASSWORD: secret } });

it('stores a secret, shows all but its value, and counts a version for each other value', async () => {
  const t = await open();
  const made = await put(t, 'db.password', CANARY);
  expect(made.status, made.text).toBe(201);
  expect(made.body).toMatchObject({ name: 'db.password', version: 1, usedBy: [] });
  expect((await put(t, 'db.password', CANARY)).body.version).toBe(1);
  const changed = await put(t, 'db.password', `${CANARY}-2`);
  expect([changed.status, changed.body.version]).toEqual([200, 2]);
  const again = await t.restart();
  onTestFinished(() => again.stop());
  expect((await again.get('/v1/secrets')).items).toEqual([changed.body]);
  expect((await again.send('DELETE', '/v1/secrets/db.password')).status).toBe(204);
  await again.refuse('not-found', 'GET', '/v1/secrets/db.password');
});

it('refuses what is no name or no value, without repeating the value', async () => {
  const t = await open();
  for (const [name, value] of [
    ['-x', CANARY],
    ['x'.repeat(129), CANARY],
    ['x', `${CANARY}\0`],
    ['x', `${CANARY}\ud800`],
    ['x', CANARY.repeat(4000)],
  ] as const) {
    const { detail } = await t.refuse('invalid-definition', 'PUT', `/v1/secrets/${name}`, { body: { value } });
    expect(detail).not.toContain(CANARY);
  }
  await t.refuse('invalid-body', 'PUT', '/v1/secrets/x', { body: { value: [CANARY] } });
  await t.refuse('invalid-body', 'PUT', '/v1/secrets/x', { body: { value: CANARY, version: 1 } });
  expect((await t.get('/v1/secrets')).items).toEqual([]);
});

it('declares variables from secrets that exist, through every way in, and keeps those in use', async () => {
  const t = await open();
  const missing = { in: 'body', message: expect.stringContaining('PUT /v1/secrets/absent') };
  const refused = await t.refuse('invalid-definition', 'POST', '/v1/containers', { body: shop('absent') });
  expect(refused.errors).toEqual([{ ...missing, pointer: '/secretEnv/PASSWORD' }]);
  const set = { set: 'all', containers: [{ ...shop('absent'), name: 'other' }] };
  const applied = await t.refuse('invalid-definition', 'POST', '/v1/apply', { body: set });
  expect(applied.errors).toEqual([{ ...missing, pointer: '/containers/0/secretEnv/PASSWORD' }]);
  const both = { ...shop('absent'), env: { PASSWORD: 'x' } };
  await t.refuse('invalid-definition', 'POST', '/v1/containers', { body: both });
  await put(t, 'present', CANARY);
  expect((await t.declare(shop('present'))).secretEnv).toEqual({ PASSWORD: 'present' });
  const patch = { body: { secretEnv: { OTHER: 'absent' } }, headers: MERGE_PATCH };
  await t.refuse('invalid-definition', 'PATCH', '/v1/containers/shop', patch);
  expect((await t.get('/v1/secrets/present')).usedBy).toEqual(['shop']);
  const { detail } = await t.refuse('in-use', 'DELETE', '/v1/secrets/present');
  expect(detail).toContain('shop uses the secret present');
  await t.send('PATCH', '/v1/containers/shop', { body: { secretEnv: null }, headers: MERGE_PATCH });
  expect((await t.send('DELETE', '/v1/secrets/present')).status).toBe(204);
});

it('gives the containers that use a secret their next generation with each of its versions', async () => {
  const t = await open();
  await put(t, 'one', CANARY);
  await t.declare(shop('one'));
  await t.declare({ name: 'other', image: 'a' });
  const generations = async () => (await t.get('/v1/containers')).items.map((one: Json) => [one.name, one.generation]);
  await put(t, 'one', CANARY);
  await put(t, 'one', `${CANARY}-2`, '?dryRun=true');
  expect(await generations()).toEqual([
    ['other', 1],
    ['shop', 1],
  ]);
  expect((await t.get('/v1/secrets/one')).version).toBe(1);
  await put(t, 'one', `${CANARY}-2`);
  expect(await generations()).toEqual([
    ['other', 1],
    ['shop', 2],
  ]);
  const { items } = await t.get('/v1/events?container=shop&type=Updated');
  expect(items.at(-1)).toMatchObject({ reason: 'SecretChanged', after: { secret: 'one', version: 2 } });
});

it('refuses a value that would make a new container which the policy no longer allows', async () => {
  const t = await open({ policy: { hostPaths: ['/srv/www'] } });
  await put(t, 'one', CANARY);
  await t.declare({ ...shop('one'), volumes: [{ volume: '/srv/www', target: '/www' }] });
  writeFileSync(path.join(t.dataDir, 'policy.json'), '{}');
  expect((await t.send('POST', '/v1/policy/reload')).status).toBe(200);
  for (const query of ['', '?dryRun=true']) {
    const body = { value: `${CANARY}-2` };
    const { errors, detail } = await t.refuse('policy-denied', 'PUT', `/v1/secrets/one${query}`, { body });
    expect(errors).toMatchObject([
      { in: 'body', pointer: '/value', message: expect.stringContaining('container shop') },
    ]);
    expect(detail).not.toContain(CANARY);
  }
  expect((await t.get('/v1/secrets/one')).version).toBe(1);
  expect((await t.get('/v1/containers/shop')).generation).toBe(1);
  expect((await put(t, 'one', CANARY)).status).toBe(200);
});

it('is in a Compose file by its name', async () => {
  const t = await open();
  await put(t, 'one', CANARY);
  await t.declare(shop('one'));
  const file = (await t.send('GET', '/v1/export/compose', { headers: { accept: 'application/yaml' } })).text;
  expect(file).toContain('PASSWORD: one');
  expect(file).not.toContain(CANARY);
  const read = await t.send('POST', '/v1/import/compose', { body: { compose: file } });
  expect(read.body.containers?.[0]?.secretEnv, read.text).toEqual({ PASSWORD: 'one' });
});

it('leaves a value in no file, log, event, answer or backup, and restores one without its key', async () => {
  const logged: string[] = [];
  const t = await open({ log: pino({ level: 'trace' }, { write: (line: string) => logged.push(line) }) });
  const answers = [(await put(t, 'one', CANARY)).text, (await put(t, 'one', `${CANARY}-2`)).text];
  await t.declare(shop('one'));
  answers.push((await put(t, 'one', `${CANARY}-3`, '?dryRun=true')).text);
  await put(t, 'one', `${CANARY}\0`);
  await t.send('PUT', '/v1/secrets/one', { body: `{"value":"${CANARY}` });
  const urls = ['/v1/secrets', '/v1/secrets/one', '/v1/containers', '/v1/events?limit=500', '/v1/topology', '/metrics'];
  for (const url of urls) answers.push((await t.send('GET', url)).text);
  const backup = Buffer.from(await (await fetch(`${t.url}/v1/backup`)).arrayBuffer());
  expect(backup.includes('secret/one')).toBe(true);
  expect(backup.includes(CANARY)).toBe(false);
  expect(answers.join()).not.toContain(CANARY);
  expect(logged.join()).not.toContain(CANARY);
  const files = readdirSync(t.dataDir, { withFileTypes: true }).filter((one) => one.isFile());
  for (const { name } of files) expect(readFileSync(path.join(t.dataDir, name)).includes(CANARY), name).toBe(false);

  const other = await open();
  const headers = { 'content-type': 'application/vnd.sqlite3' };
  const restored = await other.send('POST', '/v1/restore', { body: backup, headers });
  expect(restored.body, restored.text).toMatchObject({ unreadable: [{ kind: 'secret', name: 'one' }] });
  expect((await other.get('/v1/secrets/one')).conditions[0]).toMatchObject({ reason: 'SecretUnreadable' });
  await put(other, 'one', CANARY);
  expect((await other.get('/v1/secrets/one')).conditions[0]).toMatchObject({ status: 'True', reason: 'Stored' });
  rmSync(path.join(t.dataDir, 'secrets.key'));
});
