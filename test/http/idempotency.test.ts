/** A POST with a key is done once and answered alike, however often it is sent, also after a crash. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestBerth, testBerth } from './berth.js';

let berth: TestBerth;
beforeAll(async () => {
  berth = await testBerth();
});
afterAll(() => berth.stop());

const keyed = (key: string, body: unknown, query = '') =>
  berth.send('POST', `/v1/containers${query}`, { body, headers: { 'idempotency-key': key } });
const count = async (): Promise<number> => (await berth.get('/v1/containers?limit=500')).items.length;

describe('the same key and request', () => {
  it('gets the same answer, to the letter, and changes nothing the second time', async () => {
    const body = { image: 'training/webapp', ports: ['80'] };
    const first = await keyed('once', body);
    expect(first.status).toBe(201);
    const before = await count();
    const second = await keyed('once', { ports: ['80'], image: 'training/webapp' });
    expect([second.status, second.text]).toEqual([201, first.text]);
    for (const header of ['location', 'etag', 'content-type']) {
      expect(second.headers[header]).toBe(first.headers[header]);
    }
    expect([first.headers['idempotency-replayed'], second.headers['idempotency-replayed']]).toEqual([
      undefined,
      'true',
    ]);
    expect(await count()).toBe(before);
  });

  it('gets the same answer after the server was started again, as if it had died before answering', async () => {
    const first = await keyed('across', { image: 'training/webapp' });
    berth = await berth.restart();
    const second = await keyed('across', { image: 'training/webapp' });
    expect([second.status, second.text]).toEqual([201, first.text]);
  });

  it('gets what the wait came to', async () => {
    const first = await keyed('waited', { image: 'training/webapp' }, '?wait=1');
    expect(first.status).toBe(202);
    const second = await keyed('waited', { image: 'training/webapp' }, '?wait=1');
    expect([second.status, second.text]).toEqual([202, first.text]);
  });

  it('gets the same refusal', async () => {
    const first = await keyed('refused', { image: 'training/webapp', links: ['nobody'] });
    expect(first.status).toBe(422);
    await berth.declare({ name: 'nobody', image: 'training/webapp' });
    const second = await keyed('refused', { image: 'training/webapp', links: ['nobody'] });
    expect([second.status, second.text]).toEqual([422, first.text]);
  });

  it('sent fifty times at once makes one container', async () => {
    const before = await count();
    const answers = await Promise.all(Array.from({ length: 50 }, () => keyed('crowd', { image: 'training/webapp' })));
    const kinds = new Set(answers.map(({ status, body }) => (status === 201 ? body.name : body.code)));
    const [one] = answers.filter(({ status }) => status === 201);
    expect([...kinds].filter((kind) => kind !== 'idempotency-in-flight')).toEqual([one?.body.name]);
    const after = await keyed('crowd', { image: 'training/webapp' });
    expect([after.status, after.text]).toEqual([201, one?.text]);
    expect(await count()).toBe(before + 1);
  });

  it('works for what has no body', async () => {
    await berth.declare({ name: 'verb', image: 'training/webapp' });
    const stop = () => berth.send('POST', '/v1/containers/verb/stop', { headers: { 'idempotency-key': 'stop-it' } });
    const first = await stop();
    expect(first.body).toMatchObject({ state: 'stopped', generation: 2 });
    await berth.send('POST', '/v1/containers/verb/start');
    expect((await stop()).text).toBe(first.text);
    expect(await berth.get('/v1/containers/verb')).toMatchObject({ state: 'running', generation: 3 });
  });
});

describe('a key', () => {
  it('stands for one request', async () => {
    await keyed('mine', { name: 'mine', image: 'training/webapp' });
    for (const [body, query] of [
      [{ name: 'mine', image: 'other' }, ''],
      [{ name: 'mine', image: 'training/webapp' }, '?dryRun=true'],
    ] as const) {
      const problem = await berth.refuse('idempotency-mismatch', 'POST', `/v1/containers${query}`, {
        body,
        headers: { 'idempotency-key': 'mine' },
      });
      expect(problem.detail).toContain('mine');
    }
  });

  it.each(['with space', 'ä', 'x'.repeat(256)])('is text that can be printed: %s', async (key) => {
    const answer = await berth.send('POST', '/v1/containers', {
      body: { image: 'training/webapp' },
      headers: { 'idempotency-key': key },
    });
    expect(answer.status).toBe(400);
  });

  it('means nothing on what is no POST', async () => {
    const put = () =>
      berth.send('PUT', '/v1/containers/put', {
        body: { image: 'training/webapp' },
        headers: { 'idempotency-key': 'put' },
      });
    expect([(await put()).status, (await put()).status]).toEqual([201, 200]);
  });
});
