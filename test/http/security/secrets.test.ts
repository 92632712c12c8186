/** Values of variables are for operators and admins; nothing that is written down has them, save the definitions. */

import { readFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import type { Response } from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exchange, type Json, type Sent, type TestBerth, testBerth } from '../berth.js';

/** Found nowhere by chance. */
const CANARY = 'canary-7d1e4c0b9a5f';

let t: TestBerth;
let admin: string;
let viewer: string;
const logged: string[] = [];
beforeAll(async () => {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'berth-secrets-'));
  const log = pino({ level: 'trace' }, { write: (line: string) => logged.push(line) });
  t = await testBerth({ auth: 'on', dataDir, log });
  admin = readFileSync(path.join(dataDir, 'token'), 'utf8').trim();
  const made = await as(admin, 'POST', '/v1/tokens', { body: { name: 'eyes', role: 'viewer' } });
  viewer = made.body.token;
});
afterAll(() => t.stop());

const as = (token: string, method: string, target: string, sent: Sent = {}): Promise<Response> =>
  exchange(t.url, method, target, { ...sent, headers: { authorization: `Bearer ${token}`, ...sent.headers } });

const define = (name: string, more: object = {}) => ({ name, image: 'any', env: { SECRET: CANARY }, ...more });

/** Every event that is kept, once so many of these are there. */
async function eventsOf(type: string, count: number): Promise<readonly Json[]> {
  let items: Json[] = [];
  await expect
    .poll(async () => {
      items = (await as(admin, 'GET', `/v1/events?type=${type}&limit=500`)).body.items;
      return items.length;
    })
    .toBeGreaterThanOrEqual(count);
  return items;
}

describe('a canary in a variable', () => {
  beforeAll(async () => {
    const key = { headers: { 'idempotency-key': 'the-key' } };
    const created = await as(admin, 'POST', '/v1/containers', { ...key, body: define('bird') });
    expect(created.body.env).toEqual({ SECRET: CANARY });
    const again = await as(admin, 'POST', '/v1/containers', { ...key, body: define('bird') });
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect(again.text).toBe(created.text);
    const merge = { 'content-type': 'application/merge-patch+json' };
    await as(admin, 'PATCH', '/v1/containers/bird', { headers: merge, body: { env: { OTHER: `${CANARY}-2` } } });
    await as(admin, 'POST', '/v1/apply', { body: { set: 'cage', containers: [define('nest', { links: ['bird'] })] } });
    const compose = `name: den\nservices:\n  fox:\n    container_name: fox\n    image: any\n    secrets: [key]\nsecrets: { key: { environment: KEY } }\n`;
    const imported = await as(admin, 'POST', '/v1/import/compose?apply=true', {
      body: { compose, env: { KEY: CANARY } },
    });
    expect(imported.status, imported.text).toBe(200);
    const files = [{ path: '/run/secrets/key', content: `${CANARY}-2` }];
    await as(admin, 'PATCH', '/v1/containers/fox', { headers: merge, body: { files } });
    // Refused, with the canary in every place.
    await as(admin, 'POST', '/v1/containers', { body: define('bird') });
    await as(admin, 'POST', '/v1/containers', { body: define('other', { env: { SECRET: [CANARY] } }) });
    await as(admin, 'POST', '/v1/containers', {
      body: define('other', { ports: [CANARY], labels: { 'io.berth.x': '1' } }),
    });
    await as(admin, 'POST', '/v1/containers', { body: `{"image":"${CANARY}` });
    await as(admin, 'POST', '/v1/containers/bird/exec', { body: { command: ['x'], env: { SECRET: CANARY } } });
    await as(admin, 'POST', '/v1/import/docker-run', {
      body: { command: `docker run -e SECRET=${CANARY} --gpus all x` },
    });
  });

  it('is seen by operators, and by viewers nowhere', async () => {
    expect((await as(admin, 'GET', '/v1/containers')).text).toContain(CANARY);
    const targets = [
      '/v1/containers',
      '/v1/containers/bird',
      '/v1/containers/nest',
      '/v1/containers/fox',
      '/v1/events?limit=500',
      '/v1/ports',
    ];
    for (const target of [
      ...targets,
      '/v1/topology',
      '/v1/containers/nest/links',
      '/metrics',
      '/v1/restore',
      '/v1/engine',
    ]) {
      const answer = await as(viewer, 'GET', target);
      expect(answer.status, target).toBe(200);
      expect(answer.text, target).not.toContain(CANARY);
    }
    const { env } = (await as(viewer, 'GET', '/v1/containers/bird')).body;
    expect(env).toEqual({ SECRET: '(hidden)', OTHER: '(hidden)' });
    const { files } = (await as(viewer, 'GET', '/v1/containers/fox')).body;
    expect(files).toMatchObject([{ path: '/run/secrets/key', content: '(hidden)' }]);
    for (const target of ['/v1/export/compose', '/v1/backup'])
      expect((await as(viewer, 'GET', target)).status).toBe(403);
  });

  it('is in no line of the log, at whatever level', () => {
    expect(logged.length).toBeGreaterThan(20);
    expect(logged.filter((line) => line.includes(CANARY))).toEqual([]);
    expect(logged.filter((line) => line.includes(admin) || line.includes(viewer))).toEqual([]);
  });

  it('is in no line of the log when the database fails either, nor in the answer', async () => {
    const { default: sqlite } = await import('@photostructure/sqlite');
    const db = new sqlite.DatabaseSync(path.join(t.dataDir, 'berth.db'));
    const before = logged.length;
    try {
      db.exec('ALTER TABLE Definition RENAME TO Lost');
      const answer = await as(admin, 'POST', '/v1/containers', { body: define('lost') });
      expect(answer.status).toBeGreaterThanOrEqual(500);
      expect(answer.text).not.toContain(CANARY);
    } finally {
      db.exec('ALTER TABLE Lost RENAME TO Definition');
      db.close();
    }
    const lines = logged.slice(before);
    expect(lines.filter((line) => line.includes('request failed'))).toHaveLength(1);
    expect(lines.filter((line) => line.includes(CANARY))).toEqual([]);
  });

  it('is known to viewers by the name of its variable, on a page of events as in their stream', async () => {
    const page = (await as(viewer, 'GET', '/v1/events?limit=500')).body.items as Json[];
    expect(page.find(({ type }) => type === 'Updated').after.env).toEqual(['OTHER']);
    const ends = new AbortController();
    const headers = { authorization: `Bearer ${viewer}`, accept: 'text/event-stream' };
    const stream = await fetch(`${t.url}/v1/events?after=0`, { headers, signal: ends.signal });
    let text = '';
    for await (const part of (stream.body ?? []) as AsyncIterable<Uint8Array>) {
      text += Buffer.from(part).toString();
      if (text.includes(`id: ${page.at(-1).id}\n`) && text.endsWith('\n\n')) break;
    }
    ends.abort();
    const told = [...text.matchAll(/^data: (.*)$/gm)].map(([, data]) => JSON.parse(data as string));
    expect(told.slice(0, page.length)).toEqual(page);
  });

  it('is in no event', async () => {
    await eventsOf('Refused', 4);
    expect((await as(admin, 'GET', '/v1/events?limit=500')).text).not.toContain(CANARY);
  });

  it('is in no answer that is kept for an Idempotency-Key, and the key in no row', async () => {
    const copy = (await as(admin, 'GET', '/v1/backup', { headers: { accept: '*/*' } })) as Response;
    expect(copy.status).toBe(200);
    const { default: sqlite } = await import('@photostructure/sqlite');
    const db = new sqlite.DatabaseSync(path.join(t.dataDir, 'berth.db'), { readOnly: true });
    try {
      const rows = JSON.stringify(db.prepare('SELECT * FROM Response').all());
      expect(rows.length).toBeGreaterThan(100);
      expect(rows).not.toContain(CANARY);
      expect(rows).not.toContain('the-key');
      expect(JSON.stringify(db.prepare('SELECT * FROM Event').all())).not.toContain(CANARY);
      expect(JSON.stringify(db.prepare('SELECT * FROM Definition').all())).toContain(CANARY);
    } finally {
      db.close();
    }
  });

  it('is not told to another token by the same Idempotency-Key', async () => {
    const made = await as(admin, 'POST', '/v1/tokens', { body: { name: 'other', role: 'operator' } });
    const headers = { 'idempotency-key': 'the-key' };
    const answer = await as(made.body.token, 'POST', '/v1/containers', { headers, body: define('bird') });
    expect(answer.headers['idempotency-replayed']).toBeUndefined();
    expect(answer.body.code).toBe('name-taken');
  });
});

describe('the record of what was asked for', () => {
  it('has who, what, on which object, with what outcome, for a change', async () => {
    const headers = { 'x-request-id': 'audited-1' };
    await as(admin, 'PUT', '/v1/containers/seen', { headers, body: { image: 'any' } });
    const { items } = (await as(admin, 'GET', '/v1/events?container=seen')).body;
    expect(items[0]).toMatchObject({
      type: 'Created',
      by: 'client',
      actor: 'admin',
      requestId: 'audited-1',
      container: 'seen',
    });
  });

  it('for a refusal', async () => {
    await as(viewer, 'DELETE', '/v1/containers/seen', { headers: { 'x-request-id': 'audited-2' } });
    await expect
      .poll(async () => (await eventsOf('Refused', 1)).find(({ requestId }) => requestId === 'audited-2'))
      .toMatchObject({
        ...{ by: 'client', actor: 'eyes', container: 'seen', reason: 'Forbidden' },
        message: 'DELETE /v1/containers/seen: forbidden',
        after: { operation: 'deleteContainer', status: 403, code: 'forbidden' },
      });
  });

  it('for what changes no definition', async () => {
    const made = await as(admin, 'POST', '/v1/tokens', { body: { name: 'short-lived', role: 'viewer' } });
    await as(admin, 'DELETE', `/v1/tokens/${made.body.id}`);
    const created = await eventsOf('TokenCreated', 1);
    expect(created.at(-1)).toMatchObject({ actor: 'admin', after: { name: 'short-lived', role: 'viewer' } });
    expect((await eventsOf('TokenRevoked', 1)).at(-1)).toMatchObject({ before: { name: 'short-lived' }, after: null });
    expect(JSON.stringify(created)).not.toContain(made.body.token);
  });

  it('not for reading, nor of whoever is not known', async () => {
    const before = (await as(admin, 'GET', '/v1/events?limit=500')).body.next;
    await as(viewer, 'GET', '/v1/containers/none');
    await exchange(t.url, 'POST', '/v1/containers', { body: { image: 'any' } });
    await exchange(t.url, 'POST', '/v1/containers', { headers: { origin: 'http://evil.example' } });
    await exchange(t.url, 'POST', '/v1/containers', { headers: { host: 'evil.example' } });
    await as(admin, 'PUT', '/v1/containers/last', { body: { image: 'any' } });
    await expect
      .poll(async () => (await as(admin, 'GET', `/v1/events?after=${before}`)).body.items[0])
      .toMatchObject({ container: 'last' });
  });

  it('is not pushed out by a token that may change nothing: what it is refused too often is counted', async () => {
    const made = await as(admin, 'POST', '/v1/tokens', { body: { name: 'noisy', role: 'viewer' } });
    for (let i = 0; i < 60; i++) await as(made.body.token, 'DELETE', '/v1/containers/seen');
    // Recorded in the order of what was asked for: with this one all of them are.
    await as(viewer, 'DELETE', '/v1/containers/after');
    await expect
      .poll(async () => (await eventsOf('Refused', 1)).some(({ container }) => container === 'after'))
      .toBe(true);
    const told = (await eventsOf('Refused', 1)).filter(({ actor }) => actor === 'noisy');
    expect(told.length).toBe(30);
  });
});
