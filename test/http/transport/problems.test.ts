import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { PROBLEMS, Problem, type ProblemCode } from '../../../src/domain/problems/problem.js';
import { type DoubleApp, doubleApp } from './double.js';

let t: DoubleApp;
beforeAll(async () => {
  t = await doubleApp();
});
beforeEach(() => t.given());
afterAll(() => t.close());

const CODES = Object.keys(PROBLEMS) as ProblemCode[];
const failing = (error: unknown) => ({
  get: () => {
    throw error;
  },
});

describe('every problem', () => {
  it.each(CODES)('%s is answered with all that RFC 9457 and the contract ask for', async (code) => {
    const faults = [{ in: 'body', pointer: '/ports/0', message: 'is claimed' }] as const;
    t.given(failing(new Problem(code, 'What is wrong, and what to do.', { faults })));
    const r = await t.http.get('/v1/containers/web?').set('x-request-id', 'abc_1-2');
    expect(r.status).toBe(PROBLEMS[code].status);
    expect(r.headers['content-type']).toBe('application/problem+json');
    expect(r.body).toEqual({
      type: `/problems/${code}`,
      title: PROBLEMS[code].title,
      status: PROBLEMS[code].status,
      detail: 'What is wrong, and what to do.',
      instance: '/v1/containers/web',
      code,
      requestId: 'abc_1-2',
      errors: faults,
    });
  });

  it.each(CODES)('%s is explained where its type leads', async (code) => {
    const r = await t.http.get(`/problems/${code}`).expect(200);
    expect(r.body).toEqual({ code, ...PROBLEMS[code] });
    expect(r.body.help.length).toBeGreaterThan(20);
  });

  it('is in the catalogue, and no other is', async () => {
    const r = await t.http.get('/problems').expect(200);
    expect(r.body.items.map((one: { code: string }) => one.code)).toEqual(CODES);
    expect((await t.http.get('/problems/no-such').expect(404)).body.code).toBe('not-found');
    expect((await t.http.get('/problems/toString').expect(404)).body.code).toBe('not-found');
  });

  it('of the 503s says when to try again', async () => {
    t.given(failing(new Problem('storage-unavailable', 'The disk is full.', { retryAfterSeconds: 7 })));
    expect((await t.http.get('/v1/containers/web').expect(503)).headers['retry-after']).toBe('7');
    t.given(failing(new Problem('engine-unavailable', 'No engine.')));
    expect((await t.http.get('/v1/containers/web').expect(503)).headers['retry-after']).toMatch(/^[1-9]\d*$/);
    t.given(failing(new Problem('not-found', 'No.')));
    expect((await t.http.get('/v1/containers/web').expect(404)).headers['retry-after']).toBeUndefined();
  });
});

describe('a fault of ours', () => {
  const secret = 'ENOENT /var/lib/secret.db';

  it('says nothing of the inside to the client, and all of it to the log under the request id', async () => {
    t.given(failing(new Error(secret)));
    const r = await t.http.get('/v1/containers/web').set('x-request-id', 'find-me');
    expect([r.status, r.body.code, r.body.requestId]).toEqual([500, 'internal', 'find-me']);
    expect(r.text).not.toContain('secret');
    const line = t.logged.find((one) => Number(one['level']) >= 50);
    expect(line).toMatchObject({ reqId: 'find-me', err: { message: secret } });
  });

  it.each([
    ['a thrown text', 'text'],
    ['a thrown object', { statusCode: 200 }],
    ['an error with a status of success', Object.assign(new Error('x'), { statusCode: 204 })],
    ['an error with a code of another', Object.assign(new Error('x'), { code: 'toString' })],
  ])('%s is one', async (_, thrown) => {
    t.given(failing(thrown));
    const r = await t.http.get('/v1/containers/web');
    expect([r.status, r.body.code]).toEqual([500, 'internal']);
  });

  it('is not what a client did wrong: that is not logged as an error', async () => {
    await t.http.get('/v1/nothing').expect(404);
    await t.http.post('/v1/containers').send({}).expect(400);
    expect(t.logged.filter((one) => Number(one['level']) >= 50)).toEqual([]);
  });
});

describe('a path that there is not', () => {
  it.each([
    '/nope',
    '/v1',
    '/v1/',
    '/v1/container',
    '/v1/containers/web/ports/5000/tcp/x',
    '/v1/containers/web/exec/x',
    '/v1/containers/%zz',
    `/v1/containers/${'a'.repeat(300)}`,
    '/v2/containers',
    '/docs/nope.js',
    '/..%2f..%2fetc/passwd',
    '/docs/static/..%2f..%2fpackage.json',
  ])('%s is a 404 in our words', async (path) => {
    const r = await t.http.get(path);
    expect([r.status, r.body.code, r.headers['content-type']]).toEqual([404, 'not-found', 'application/problem+json']);
    expect(r.body.requestId).toBe(r.headers['x-request-id']);
    expect(r.headers['x-content-type-options']).toBe('nosniff');
    expect(t.calls).toEqual([]);
  });
});

describe('a method that a path does not have is a 405 that says which it has', () => {
  it.each([
    ['put', '/v1/containers', 'GET, HEAD, POST'],
    ['post', '/v1/containers/web', 'GET, HEAD, PUT, PATCH, DELETE'],
    ['get', '/v1/containers/web/start', 'POST'],
    ['delete', '/v1/containers/web/ports/5000', 'GET, HEAD'],
    ['post', '/v1/ports', 'GET, HEAD'],
    ['post', '/livez', 'GET, HEAD'],
    ['delete', '/openapi.json', 'GET, HEAD'],
    ['options', '/v1/containers', 'GET, HEAD, POST'],
  ] as const)('%s %s: %s', async (method, path, allow) => {
    const r = await t.http[method](path);
    expect([r.status, r.body.code, r.headers['allow']]).toEqual([405, 'method-not-allowed', allow]);
  });
});

describe('the request id', () => {
  it.each(['a', 'A-Za_9', 'x'.repeat(64)])("is the caller's own: %s", async (id) => {
    const r = await t.http.get('/livez').set('x-request-id', id);
    expect(r.headers['x-request-id']).toBe(id);
  });

  it.each(['', 'a b', 'a;b', 'x'.repeat(65), 'ä', '../x'])('is made here instead of %j', async (id) => {
    const r = await t.http.get('/livez').set('x-request-id', Buffer.from(id).toString('latin1'));
    expect(r.headers['x-request-id']).toMatch(/^[0-9a-f]{8}-[0-9a-f-]{27}$/);
  });

  it('is another one each time', async () => {
    const ids = await Promise.all([1, 2, 3].map(async () => (await t.http.get('/livez')).headers['x-request-id']));
    expect(new Set(ids).size).toBe(3);
  });
});

describe('headers', () => {
  it('lock a browser out of everything but /docs', async () => {
    const r = await t.http.get('/v1/containers').set('origin', 'http://evil.example').expect(403);
    expect(r.headers['content-security-policy']).toContain("default-src 'none'");
    expect(r.headers['x-content-type-options']).toBe('nosniff');
    expect(r.headers['cache-control']).toBe('no-store');
    expect(r.headers['strict-transport-security']).toBeUndefined();
    expect(Object.keys(r.headers).filter((name) => name.startsWith('access-control-'))).toEqual([]);
  });

  it('of a log line never hold the token', async () => {
    await t.http.get('/v1/containers').set('authorization', 'Bearer canary').expect(200);
    expect(t.logged.length).toBeGreaterThan(0);
    expect(JSON.stringify(t.logged)).not.toContain('canary');
  });
});
