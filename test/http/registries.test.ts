/** Credentials of registries over HTTP, and the keys that seal them, on a server whose engine can't be reached. */

import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { expect, it, onTestFinished } from 'vitest';
import { type Json, type TestBerth, type TestBerthOptions, testBerth } from './berth.js';

/** Found nowhere by chance. */
const CANARY = 'canary-registry-5b1c9e7d';
const HOST = 'registry.example.com:5000';
const URL = `/v1/registries/${HOST}`;

async function open(options: TestBerthOptions = {}): Promise<TestBerth> {
  const berth = await testBerth(options);
  onTestFinished(() => berth.stop());
  return berth;
}

const put = (t: TestBerth, body: Json = { username: 'ci', password: CANARY }, url = URL) =>
  t.send('PUT', url, { body });
const conditionOf = async (t: TestBerth) => (await t.get(URL)).conditions[0];
const keyFile = (t: TestBerth) => path.join(t.dataDir, 'secrets.key');

it('stores credentials, shows all but their secret, and removes them', async () => {
  const t = await open();
  await t.declare({ name: 'shop', image: `${HOST}/team/shop` });
  const made = await put(t);
  expect(made.status, made.text).toBe(201);
  expect(made.body).toMatchObject({ host: HOST, username: 'ci', version: 1, usedBy: ['shop'] });
  expect(made.body.conditions).toEqual([{ type: 'Usable', status: 'True', reason: 'Stored', message: '' }]);
  const changed = await put(t, { identityToken: CANARY });
  expect([changed.status, changed.body.version, changed.body.username]).toEqual([200, 2, null]);
  const again = await t.restart();
  onTestFinished(() => again.stop());
  expect((await again.get('/v1/registries')).items).toEqual([changed.body]);
  expect((await again.send('DELETE', URL)).status).toBe(204);
  await again.refuse('not-found', 'GET', URL);
  await again.refuse('not-found', 'DELETE', URL);
});

it('shows no user name that is the password too, in an event either', async () => {
  const t = await open();
  const made = await put(t, { username: CANARY, password: CANARY });
  expect([made.status, made.body.username]).toEqual([201, null]);
  await t.send('DELETE', URL);
  const events = await t.send('GET', '/v1/events?limit=500');
  expect(events.text).toContain('RegistryRemoved');
  expect(made.text + events.text).not.toContain(CANARY);
});

it('knows Docker Hub by each of its names', async () => {
  const t = await open();
  expect((await put(t, undefined, '/v1/registries/index.docker.io')).body.host).toBe('docker.io');
  expect((await put(t, undefined, '/v1/registries/registry-1.docker.io')).body.version).toBe(2);
  expect((await t.get('/v1/registries/docker.io')).version).toBe(2);
});

it('refuses what is no registry or no credentials, at its place and without the value', async () => {
  const t = await open();
  const about = async (url: string, body: Json) => {
    const { errors, detail } = await t.refuse('invalid-definition', 'PUT', url, { body });
    expect(detail).not.toContain(CANARY);
    return errors?.map((fault) => `${fault.in} ${fault.pointer}`);
  };
  const login = { username: 'ci', password: CANARY };
  expect(await about('/v1/registries/https:%2F%2Fr.example', login)).toEqual(['path /host']);
  expect(await about('/v1/registries/registry', login)).toEqual(['path /host']);
  expect(await about(URL, { username: CANARY })).toEqual(['body /password']);
  expect(await about(URL, { ...login, password: `${CANARY}\n` })).toEqual(['body /password']);
  expect(await about(URL, { ...login, identityToken: CANARY })).toEqual(['body /username', 'body /password']);
  await t.refuse('invalid-body', 'PUT', URL, { body: { ...login, token: CANARY } });
  await t.refuse('invalid-body', 'PUT', URL);
  expect((await t.get('/v1/registries')).items).toEqual([]);
});

it('says of credentials that last only hours when they expire', async () => {
  const t = await open();
  const ecr = (at: number) => ({
    username: 'AWS',
    password: Buffer.from(JSON.stringify({ expiration: Math.floor(at / 1000) })).toString('base64'),
  });
  await put(t, ecr(Date.now() + 3_600_000));
  expect(await conditionOf(t)).toMatchObject({ status: 'True', reason: 'CredentialsExpire' });
  await put(t, ecr(Date.now() - 1000));
  expect(await conditionOf(t)).toMatchObject({ status: 'False', reason: 'CredentialsExpired' });
});

it('shows what a config.json has, without its passwords', async () => {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'berth-docker-')), 'config.json');
  onTestFinished(() => rmSync(path.dirname(file), { recursive: true }));
  const t = await open({ dockerConfig: file });
  const shown = async () => (await t.get('/v1/registries')).dockerConfig;
  expect(await shown()).toEqual({ file, fault: "can't be read (ENOENT)", registries: [] });
  const auths = { [HOST]: { auth: Buffer.from(`ci:${CANARY}`).toString('base64') } };
  writeFileSync(file, JSON.stringify({ auths, credHelpers: { 'r.example': 'berth-test-missing' } }));
  expect(await shown()).toMatchObject({
    fault: null,
    registries: [
      { host: 'r.example', helper: 'berth-test-missing', conditions: [{ status: 'False', reason: 'HelperMissing' }] },
      { host: HOST, username: 'ci', helper: null, conditions: [{ status: 'True', reason: 'Configured' }] },
    ],
  });
  expect(JSON.stringify(await shown())).not.toContain(CANARY);
});

it('leaves a password in no file, log, event, answer or backup', async () => {
  const logged: string[] = [];
  const t = await open({ log: pino({ level: 'trace' }, { write: (line: string) => logged.push(line) }) });
  const answers = [(await put(t)).text, (await put(t, { username: 'ci', password: `${CANARY}-2` })).text];
  await put(t, { username: 'ci', password: [CANARY] });
  await put(t, { username: CANARY, password: `${CANARY}\0` });
  await t.send('PUT', URL, { body: `{"password":"${CANARY}` });
  for (const url of [URL, '/v1/registries', '/v1/secrets-key', '/v1/events?limit=500', '/v1/restore', '/metrics']) {
    answers.push((await t.send('GET', url)).text);
  }
  const backup = Buffer.from(await (await fetch(`${t.url}/v1/backup`)).arrayBuffer());
  expect(backup.includes('SealedValue')).toBe(true);
  expect(backup.includes(CANARY)).toBe(false);
  expect(backup.includes(readFileSync(keyFile(t), 'utf8').trim())).toBe(false);
  expect(answers.join()).not.toContain(CANARY);
  expect(logged.length).toBeGreaterThan(10);
  expect(logged.join()).not.toContain(CANARY);
  const files = readdirSync(t.dataDir, { withFileTypes: true }).filter((one) => one.isFile());
  expect(files.map(({ name }) => name)).toEqual(expect.arrayContaining(['berth.db', 'berth.db-wal', 'secrets.key']));
  for (const { name } of files) expect(readFileSync(path.join(t.dataDir, name)).includes(CANARY), name).toBe(false);
});

it('seals everything with a new key, and needs the old one no more', async () => {
  const t = await open();
  await put(t);
  await put(t, { identityToken: CANARY }, '/v1/registries/other.example');
  const before = await t.get('/v1/secrets-key');
  expect(before.keys).toEqual([{ id: before.current, values: 2 }]);
  const old = readFileSync(keyFile(t), 'utf8');
  writeFileSync(keyFile(t), 'no key\n');
  await t.refuse('invalid-secrets-key', 'POST', '/v1/secrets-key/rotate');
  writeFileSync(keyFile(t), `${randomBytes(32).toString('base64')}\n${old}`);
  const rotated = await t.send('POST', '/v1/secrets-key/rotate');
  expect(rotated.status, rotated.text).toBe(200);
  expect(rotated.body).toMatchObject({ resealed: 2, unreadable: [] });
  expect(rotated.body.keys).toEqual([
    { id: rotated.body.current, values: 2 },
    { id: before.current, values: 0 },
  ]);
  expect((await t.get(URL)).version).toBe(1);
  writeFileSync(keyFile(t), readFileSync(keyFile(t), 'utf8').replace(old, ''));
  const again = await t.restart();
  onTestFinished(() => again.stop());
  expect(await conditionOf(again)).toMatchObject({ status: 'True', reason: 'Stored' });
  expect((await again.get('/v1/events?type=SecretsResealed')).items[0]).toMatchObject({ after: { resealed: 2 } });
});

it('rotates to a file that no longer has the key in use', async () => {
  const t = await open();
  await put(t);
  writeFileSync(keyFile(t), `${randomBytes(32).toString('base64')}\n`);
  expect((await t.send('POST', '/v1/secrets-key/rotate')).body).toMatchObject({ resealed: 1, unreadable: [] });
});

it('restores a backup without its key, and names what has to be set again', async () => {
  const t = await open();
  await put(t);
  await t.declare({ name: 'shop', image: `${HOST}/team/shop` });
  const backup = Buffer.from(await (await fetch(`${t.url}/v1/backup`)).arrayBuffer());
  const other = await open();
  const headers = { 'content-type': 'application/vnd.sqlite3' };
  const restored = await other.send('POST', '/v1/restore', { body: backup, headers });
  expect(restored.status, restored.text).toBe(200);
  expect(restored.body).toMatchObject({ restored: 1, unreadable: [{ kind: 'registry', name: HOST }] });
  expect((await other.get('/v1/events?type=Restored')).items[0].message).toContain(`registry ${HOST}`);
  expect((await other.get('/v1/secrets-key')).unreadable).toEqual([{ kind: 'registry', name: HOST }]);
  expect(await conditionOf(other)).toMatchObject({ status: 'False', reason: 'SecretUnreadable' });
  await put(other);
  expect(await conditionOf(other)).toMatchObject({ status: 'True', reason: 'Stored' });
});

it('starts without a lost key, and names what has to be set again', async () => {
  const t = await open();
  await put(t);
  rmSync(keyFile(t));
  const again = await t.restart();
  onTestFinished(() => again.stop());
  expect(await conditionOf(again)).toMatchObject({ reason: 'SecretUnreadable', message: expect.stringContaining(URL) });
});
