import { once } from 'node:events';
import { mkdtempSync, readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { declaredOf, type Json, type TestBerth, type TestBerthOptions, testBerth } from './berth.js';

const SQLITE = { 'content-type': 'application/vnd.sqlite3' };

async function open(options: TestBerthOptions = {}): Promise<TestBerth> {
  const berth = await testBerth(options);
  onTestFinished(() => berth.stop());
  return berth;
}

async function taken({ url }: TestBerth): Promise<Buffer> {
  const answer = await fetch(`${url}/v1/backup`);
  expect(answer.status).toBe(200);
  return Buffer.from(await answer.arrayBuffer());
}

const restore = (t: TestBerth, body: Buffer, query = '', headers = {}) =>
  t.send('POST', `/v1/restore${query}`, { body, headers: { ...SQLITE, ...headers } });

const declared = async (t: TestBerth): Promise<Json> =>
  (await t.get('/v1/containers?limit=500')).items.map((one: Json) => [declaredOf(one), one.uid]);

const everything = async (t: TestBerth): Promise<Json> => ({
  ...{ containers: await declared(t), ports: await t.get('/v1/ports') },
  links: await t.get('/v1/containers/web/links'),
});

/** A source, a recipient with ports, and a set. */
async function populate(t: TestBerth): Promise<void> {
  await t.declare({ name: 'db', image: 'mysql', env: { MYSQL_ROOT_PASSWORD: 'my-secret-pw' } });
  await t.declare({ name: 'web', image: 'training/webapp', ports: ['5000', '8080:80'], links: ['db'] });
  const containers = [{ name: 'shop', image: 'training/webapp', volumes: [{ volume: 'data', target: '/data' }] }];
  expect((await t.send('POST', '/v1/apply', { body: { set: 'shop', containers } })).status).toBe(200);
}

describe('GET /v1/backup', () => {
  it('gives one file with the time in its name, while definitions are written', async () => {
    const t = await open();
    await populate(t);
    const [answer, ...writes] = await Promise.all([
      fetch(`${t.url}/v1/backup`),
      ...Array.from({ length: 20 }, (_, i) =>
        t.send('PUT', `/v1/containers/busy-${i}`, { body: { image: 'training/webapp' } }),
      ),
    ]);
    expect(writes.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 201));
    expect(answer.headers.get('content-type')).toBe('application/vnd.sqlite3');
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="berth-\d{8}T\d{6}Z\.db"$/);
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect(bytes.length).toBe(Number(answer.headers.get('content-length')));
    expect(bytes.subarray(0, 15).toString()).toBe('SQLite format 3');
    expect((await restore(t, bytes, '?dryRun=true')).body).toMatchObject({ replaced: 23, dryRun: true });
  });
});

describe('POST /v1/restore', () => {
  it('brings back what was declared, to the letter', async () => {
    const t = await open();
    await populate(t);
    const before = await everything(t);
    const backup = await taken(t);
    await t.send('PATCH', '/v1/containers/web', { body: { ports: ['5001'], links: [] } });
    await t.send('DELETE', '/v1/containers/db');
    await t.declare({ name: 'thief', image: 'training/webapp', ports: ['8080:80'] });
    const answer = await restore(t, backup);
    expect(answer.status, answer.text).toBe(200);
    expect(answer.body).toMatchObject({ restored: 3, replaced: 4, dryRun: false });
    expect(answer.body.instance).toBe(t.berth.instance());
    expect(await everything(t)).toEqual(before);
    const again = await t.restart();
    onTestFinished(() => again.stop());
    expect(await everything(again)).toEqual(before);
  });

  it('is a change: what becomes another gets a generation that nobody has seen, the rest keeps its own', async () => {
    const t = await open();
    await populate(t);
    const backup = await taken(t);
    const change = (VERSION: string, etag: string) =>
      t.send('PATCH', '/v1/containers/web', { body: { env: { VERSION } }, headers: { 'if-match': etag } });
    const seen = (await change('2', '"1"')).headers['etag'] ?? '';
    expect(seen).toBe('"2"');
    await restore(t, backup);
    const generations = (await t.get('/v1/containers')).items.map((one: Json) => [one.name, one.generation]);
    expect(Object.fromEntries(generations)).toEqual({ web: 3, db: 1, shop: 1 });
    expect((await change('3', seen)).status).toBe(412);
    expect((await change('3', '"3"')).status).toBe(200);
  });

  it('is told as an event and a measure, keeps the history, and is held also after a start', async () => {
    const t = await open();
    await populate(t);
    const backup = await taken(t);
    await t.declare({ name: 'later', image: 'training/webapp' });
    const measure = async (of: TestBerth) => /^berth_held (\d)$/m.exec((await of.send('GET', '/metrics')).text)?.[1];
    expect([await t.get('/v1/restore'), await measure(t)]).toMatchObject([{ held: false, reason: null }, '0']);
    const { body } = await restore(t, backup);
    const { items } = await t.get('/v1/events');
    expect(items.map((one: Json) => [one.id, one.type])).toEqual([
      ...['Created', 'Created', 'Created', 'Created'].map((type, i) => [i + 1, type]),
      [5, 'Restored'],
    ]);
    expect(items.at(-1)).toMatchObject({
      ...{ container: '', by: 'client', before: { definitions: 4 } },
      after: { definitions: 3, takenAt: body.takenAt },
    });
    const again = await t.restart();
    onTestFinished(() => again.stop());
    const held = { held: true, reason: 'restored', takenAt: body.takenAt, plan: null };
    expect([await again.get('/v1/restore'), await measure(again)]).toMatchObject([held, '1']);
  });

  it('with ?dryRun checks the file and changes nothing', async () => {
    const t = await open();
    await populate(t);
    const backup = await taken(t);
    await t.declare({ name: 'later', image: 'training/webapp' });
    const before = await everything(t);
    expect((await restore(t, backup, '?dryRun=true')).body).toMatchObject({
      restored: 3,
      replaced: 4,
      dryRun: true,
    });
    expect([await everything(t), (await t.get('/v1/restore')).held]).toEqual([before, false]);
  });

  it('with a key is done once, and another file is another request', async () => {
    const t = await open();
    await populate(t);
    const backup = await taken(t);
    const key = { 'idempotency-key': 'night' };
    const first = await restore(t, backup, '', key);
    await t.declare({ name: 'later', image: 'training/webapp' });
    const second = await restore(t, backup, '', key);
    expect([second.text, second.headers['idempotency-replayed']]).toEqual([first.text, 'true']);
    expect(await t.get('/v1/containers/later')).toMatchObject({ name: 'later' });
    expect((await restore(t, await taken(t), '', key)).body.code).toBe('idempotency-mismatch');
  });

  it.each([
    ['invalid-body', undefined, {}],
    ['unsupported-media-type', Buffer.from('SQLite format 3\0'), { 'content-type': 'application/octet-stream' }],
    ['unsupported-media-type', Buffer.from('{}'), { 'content-type': 'application/json' }],
    ['invalid-backup', Buffer.from('SQLite format 3\0'), SQLITE],
    ['invalid-backup', Buffer.from('no database'), SQLITE],
    ['invalid-backup', Buffer.alloc(0), SQLITE],
  ] as const)('refuses what is none: %s', async (code, body, headers) => {
    const t = await open();
    await populate(t);
    await t.refuse(code, 'POST', '/v1/restore', { body, headers });
    await t.refuse('invalid-parameter', 'POST', '/v1/restore?force=true', { body: await taken(t), headers: SQLITE });
    expect((await t.get('/v1/restore')).held).toBe(false);
  });

  it('refuses what is larger than it may be before it is sent, and tells so', async () => {
    const t = await open();
    const { port, hostname } = new URL(t.url);
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    const head = ['POST /v1/restore HTTP/1.1', 'Host: localhost', 'Content-Type: application/vnd.sqlite3'];
    socket.write([...head, `Content-Length: ${2 ** 30}`, '', 'SQLite'].join('\r\n'));
    const answer = (await buffer(socket)).toString();
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(answer).toMatch(/connection: close/i);
    expect(answer).toContain('256 MiB');
  });

  it.each(['', '?force=true'])(
    'keeps nothing of what was sent when its client leaves before the answer (%s)',
    async (query) => {
      const dataDir = mkdtempSync(path.join(tmpdir(), 'berth-http-'));
      const t = await open({ dataDir });
      await populate(t);
      const backup = await taken(t);
      const { port, hostname } = new URL(t.url);
      const socket = connect(Number(port), hostname);
      await once(socket, 'connect');
      const transfer = path.join(dataDir, 'transfer');
      const head = [`POST /v1/restore${query} HTTP/1.1`, 'Host: localhost', 'Content-Type: application/vnd.sqlite3'];
      const answered = once(t.berth.app.server, 'request').then(([, raw]) => once(raw, 'close'));
      socket.write([...head, `Content-Length: ${backup.length}`, '', ''].join('\r\n'));
      socket.write(backup.subarray(0, -1));
      await vi.waitFor(() => expect(readdirSync(transfer)).toHaveLength(1), 60_000);
      socket.write(backup.subarray(-1), () => socket.destroy());
      await answered;
      await vi.waitFor(() => expect(readdirSync(transfer)).toEqual([]), 60_000);
    },
  );

  it('takes a backup of another instance only where nothing is defined and nothing else was asked for', async () => {
    const [old, other] = [await open(), await open()];
    await populate(old);
    const backup = await taken(old);
    await other.declare({ name: 'mine', image: 'training/webapp' });
    const refused = await other.refuse('other-instance', 'POST', '/v1/restore', { body: backup, headers: SQLITE });
    expect(refused.detail).toContain(old.berth.instance());
    const asking = await open({ instance: 'asked-for' });
    const asked = await asking.refuse('other-instance', 'POST', '/v1/restore', { body: backup, headers: SQLITE });
    expect(asked.detail).toContain('BERTH_INSTANCE is asked-for');
    const empty = await open();
    expect((await restore(empty, backup)).body).toMatchObject({ instance: old.berth.instance(), replaced: 0 });
    expect([empty.berth.instance(), await declared(empty)]).toEqual([old.berth.instance(), await declared(old)]);
  });
});

describe('POST /v1/restore/release', () => {
  it('has nothing to do where nothing is held, and needs the engine to be seen', async () => {
    const t = await open();
    await populate(t);
    const backup = await taken(t);
    await restore(t, backup);
    const answer = await t.send('POST', '/v1/restore/release');
    expect([answer.status, answer.body.code]).toEqual([503, 'engine-unavailable']);
    expect((await t.get('/v1/restore')).held).toBe(true);
    await t.refuse('invalid-body', 'POST', '/v1/restore/release', { body: { strays: 'burn' } });
    await t.refuse('invalid-body', 'POST', '/v1/restore/release', { body: { stray: 'keep' } });
  });
});
