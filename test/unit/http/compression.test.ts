import { Readable } from 'node:stream';
import { gunzipSync } from 'node:zlib';
import Fastify from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { conditionalReads } from '../../../src/http/protocol/conditional.js';

const LONG = JSON.stringify({ items: Array.from({ length: 500 }, (_, i) => ({ name: `web${i}` })) });
const CACHED = Buffer.from(LONG);
const JSON_TYPE = 'application/json; charset=utf-8';

const app = Fastify();
beforeAll(async () => {
  conditionalReads(app);
  app.get('/text', async (_, reply) => reply.type(JSON_TYPE).send(LONG));
  app.get('/bytes', async (_, reply) => reply.type(JSON_TYPE).header('etag', '"3"').send(CACHED));
  app.get('/short', async () => ({ ok: true }));
  app.get('/stream', async (_, reply) => reply.type('text/event-stream').send(Readable.from([LONG])));
  app.get('/archive', async (_, reply) => reply.type('application/x-tar').send(CACHED));
  app.get('/refused', async (_, reply) => reply.code(404).type('application/problem+json').send(LONG));
  await app.ready();
});
afterAll(() => app.close());

const read = (url: string, headers: Readonly<Record<string, string>> = { 'accept-encoding': 'gzip, br' }) =>
  app.inject({ method: 'GET', url, headers });

describe('the answer to a read', () => {
  it.each(['/text', '/bytes'])('is compressed where it is long and the client accepts it: %s', async (url) => {
    for (const round of [1, 2]) {
      const answer = await read(url);
      expect(answer.headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'accept-encoding' });
      expect(answer.headers['content-length'], `round ${round}`).toBe(String(answer.rawPayload.length));
      expect(gunzipSync(answer.rawPayload).toString()).toBe(LONG);
      expect(answer.rawPayload.length).toBeLessThan(LONG.length / 2);
    }
  });

  it.each([
    {},
    { 'accept-encoding': 'identity' },
    { 'accept-encoding': 'gzip;q=0, br' },
    { 'accept-encoding': ';;,=' },
  ])('is sent as it is with the headers %j', async (headers) => {
    const answer = await read('/bytes', headers);
    expect([answer.body, answer.headers['content-encoding']]).toEqual([LONG, undefined]);
    expect(answer.headers['vary']).toBe('accept-encoding');
  });

  it.each(['/short', '/stream', '/archive', '/refused'])('is never compressed if it is %s', async (url) => {
    expect((await read(url)).headers['content-encoding']).toBeUndefined();
  });

  it('has another tag when compressed, behind the generation that If-Match compares, and 304 has the headers', async () => {
    const [plain, packed] = [await read('/bytes', {}), await read('/bytes')];
    const tag = String(packed.headers['etag']);
    expect(tag).toMatch(/^"3-[\w-]{22}-gzip"$/);
    expect(tag).not.toBe(plain.headers['etag']);
    const kept = await read('/bytes', { 'accept-encoding': 'gzip', 'if-none-match': tag });
    expect([kept.statusCode, kept.body, kept.headers['etag'], kept.headers['vary']]).toEqual([
      ...[304, '', tag, 'accept-encoding'],
    ]);
    expect(kept.headers['content-encoding']).toBeUndefined();
    expect((await read('/bytes', { 'if-none-match': tag })).statusCode).toBe(200);
  });

  it('to HEAD has the headers of the answer to GET', async () => {
    const headers = { 'accept-encoding': 'gzip' };
    const [get, head] = [await read('/bytes', headers), await app.inject({ method: 'HEAD', url: '/bytes', headers })];
    const shown = ({ headers: all }: typeof get) =>
      ['etag', 'content-length', 'content-encoding', 'vary'].map((one) => all[one]);
    expect(head.body).toBe('');
    expect(shown(head)).toEqual(shown(get));
  });
});
