import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Answers, type DoubleApp, doubleApp, VIEW } from './double.js';

let t: DoubleApp;
beforeAll(async () => {
  t = await doubleApp();
});
beforeEach(() => t.given());
afterAll(() => t.close());

const PUBLISHED: Partial<Answers> = {
  bindings: () => [
    { hostIp: '0.0.0.0', hostPort: 5000, containerPort: 5000, protocol: 'tcp' },
    { hostIp: '::', hostPort: 5000, containerPort: 5000, protocol: 'tcp' },
    { hostIp: '127.0.0.1', hostPort: 5353, containerPort: 53, protocol: 'udp' },
  ],
};

describe('the list', () => {
  const rows: readonly [string, object][] = [
    ['', { limit: 100 }],
    ['?limit=1', { limit: 1 }],
    ['?limit=500&cursor=abc', { limit: 500, cursor: 'abc' }],
    ['?latest=true', { limit: 100, latest: true }],
    ['?name=web&image=training/webapp&state=running', { name: 'web', image: 'training/webapp', state: 'running' }],
    ['?ready=false&hostPort=5000&linkedTo=db', { ready: false, hostPort: 5000, linkedTo: 'db' }],
    ['?label=a=b', { label: ['a=b'] }],
    ['?label=a=b&label=c', { label: ['a=b', 'c'] }],
  ];
  it.each(rows)('%s asks for %j', async (query, expected) => {
    const r = await t.http.get(`/v1/containers${query}`).expect(200);
    expect(r.body).toEqual({ items: [VIEW], next: null, nextCursor: null });
    expect(t.calls[0]?.args[0]).toMatchObject(expected);
  });

  it.each([
    'limit=0',
    'limit=501',
    'limit=1.5',
    'limit=x',
    'limit=1&limit=2',
    'latest=yes',
    'ready=maybe',
    'hostPort=0',
    'hostPort=65536',
    'hostPort=',
    'nmae=web',
    '__proto__=x',
  ])('?%s is a 400 that names the parameter', async (query) => {
    const r = await t.http.get(`/v1/containers?${query}`);
    expect([r.status, r.body.code]).toEqual([400, 'invalid-parameter']);
    expect(r.body.errors).toMatchObject([{ in: 'query', pointer: `/${query.split('=')[0]}` }]);
    expect(t.calls).toEqual([]);
  });
});

describe('what takes no parameters refuses those that are sent', () => {
  it.each([
    '/v1/containers/web',
    '/v1/containers/web/ports',
    '/v1/containers/web/ports/5000',
    '/v1/containers/web/links',
    '/v1/containers/web/env',
    '/v1/containers/web/hosts',
    '/v1/containers/web/inspect',
    '/v1/engine',
    '/livez',
    '/readyz',
    '/problems',
    '/problems/in-use',
  ])('%s', async (path) => {
    const r = await t.http.get(`${path}?folow=true`);
    expect([r.status, r.body.code, r.body.errors?.[0]?.pointer]).toEqual([400, 'invalid-parameter', '/folow']);
  });
});

describe('docker port', () => {
  const forms: readonly [string, string][] = [
    ['/ports', '5000/tcp -> 0.0.0.0:5000\n5000/tcp -> [::]:5000\n53/udp -> 127.0.0.1:5353\n'],
    ['/ports/5000', '0.0.0.0:5000\n[::]:5000\n'],
    ['/ports/5000/tcp', '0.0.0.0:5000\n[::]:5000\n'],
    ['/ports/53/udp', '127.0.0.1:5353\n'],
  ];
  it.each(forms)('%s as text, line by line', async (path, text) => {
    t.given(PUBLISHED);
    const r = await t.http.get(`/v1/containers/web${path}`).set('accept', 'text/plain').expect(200);
    expect(r.headers['content-type']).toBe('text/plain; charset=utf-8');
    expect(r.text.split('\n').sort()).toEqual(text.split('\n').sort());
  });

  it('of what publishes nothing is empty', async () => {
    const r = await t.http.get('/v1/containers/web/ports').set('accept', 'text/plain').expect(200);
    expect(r.text).toBe('');
    expect((await t.http.get('/v1/containers/web/ports').expect(200)).body).toEqual({ items: [] });
  });

  it.each([
    ['81', '81'],
    ['5000/udp', '5000/udp'],
    ['53', '53'],
  ])("of %s, which is not published, is docker's own sentence", async (asked, shown) => {
    t.given(PUBLISHED);
    const r = await t.http.get(`/v1/containers/web/ports/${asked}`);
    expect([r.status, r.body.code]).toEqual([404, 'port-not-published']);
    expect(r.body.detail).toContain(`Error: No public port '${shown}' published for web`);
  });

  it.each(['0', '65536', 'x', '80.5', '-1', '80/tcpp', '80/TCP', '1e9'])('of %s is a 400', async (asked) => {
    const r = await t.http.get(`/v1/containers/web/ports/${asked}`);
    expect([r.status, r.body.code, r.body.errors?.[0]?.in]).toEqual([400, 'invalid-parameter', 'path']);
  });
});

describe('the client says how it wants to read', () => {
  const JSON_TYPE = 'application/json; charset=utf-8';
  const TEXT = 'text/plain; charset=utf-8';
  const rows: readonly [string, string][] = [
    ['*/*', JSON_TYPE],
    ['application/*', JSON_TYPE],
    ['text/*', TEXT],
    ['text/plain', TEXT],
    ['TEXT/PLAIN', TEXT],
    ['text/plain, application/json;q=0.9', TEXT],
    ['text/plain;q=0.5, application/json', JSON_TYPE],
    ['text/plain;q=0, */*', JSON_TYPE],
    ['application/json;q=0, */*;q=0.1', TEXT],
    ['text/html, text/plain;q=0.1', TEXT],
    ['text/plain;charset=utf-8', TEXT],
  ];
  it.each(['ports', 'env', 'hosts'])('%s', async (part) => {
    for (const [accept, type] of rows) {
      const r = await t.http.get(`/v1/containers/web/${part}`).set('accept', accept);
      expect([r.status, r.headers['content-type']], accept).toEqual([200, type]);
    }
    for (const accept of ['text/html', 'application/json;q=0, text/plain;q=0', 'image/*']) {
      const r = await t.http.get(`/v1/containers/web/${part}`).set('accept', accept);
      expect([r.status, r.body.code], accept).toEqual([406, 'not-acceptable']);
    }
  });

  it('env as text is NAME=value, a line each', async () => {
    const r = await t.http.get('/v1/containers/web/env').set('accept', 'text/plain').expect(200);
    expect(r.text).toBe('PATH=/bin\nDB_PORT=tcp://172.17.0.2:3306\n');
  });

  it('hosts as text is the file to the letter', async () => {
    const text = '127.0.0.1\tlocalhost\n\n# 172.17.0.2\tdb\n';
    t.given({ hosts: async () => ({ text, entries: [] }) });
    expect((await t.http.get('/v1/containers/web/hosts').set('accept', 'text/plain').expect(200)).text).toBe(text);
  });
});

describe('what is read', () => {
  it('of inspect is as the engine says it, also what nobody has heard of', async () => {
    const raw = { Id: 'a', Nested: { Deep: [1, null, { X: 'y' }] }, 'odd key': true };
    t.given({ inspect: async () => raw });
    expect((await t.http.get('/v1/containers/web/inspect').expect(200)).body).toEqual(raw);
  });

  it('has another ETag when the status changes, and the generation in it', async () => {
    const first = (await t.http.get('/v1/containers/web').expect(200)).headers['etag'] ?? '';
    const again = await t.http.get('/v1/containers/web').set('if-none-match', first).expect(304);
    expect([again.text, again.headers['etag'], again.headers['content-type']]).toEqual(['', first, undefined]);
    t.given({ get: () => ({ ...VIEW, status: { ...VIEW.status, ready: false } }) });
    const changed = await t.http.get('/v1/containers/web').set('if-none-match', first).expect(200);
    expect(changed.headers['etag']).not.toBe(first);
    expect(changed.headers['etag']).toMatch(/^"3-/);
    await t.http.put('/v1/containers/web').set('if-match', first).send({ image: 'x' }).expect(200);
    expect(t.calls.at(-1)?.args[2]).toMatchObject({ ifMatch: [3] });
  });

  it.each(['/v1/containers', '/v1/ports', '/v1/events', '/v1/topology', '/v1/policy', '/v1/containers/web/links'])(
    '%s is not sent again to who has it',
    async (target) => {
      const { etag = '' } = (await t.http.get(target).expect(200)).headers;
      expect((await t.http.head(target).expect(200)).headers['etag']).toBe(etag);
      await t.http.get(target).set('if-none-match', etag).expect(304);
      await t.http.head(target).set('if-none-match', etag).expect(304);
      await t.http.get(target).set('if-none-match', '"other"').expect(200);
    },
  );

  it('of a container has its ETag, and no answer may be kept', async () => {
    const r = await t.http.get('/v1/containers/web').expect(200);
    expect([r.headers['etag'], r.headers['cache-control']]).toEqual([
      expect.stringMatching(/^"3-[\w-]+"$/),
      'no-store',
    ]);
  });

  it('has every field of the resource, and none that is not declared', async () => {
    t.given({ get: () => ({ ...VIEW, seq: 7, restartOf: 'x' }) as never });
    expect((await t.http.get('/v1/containers/web').expect(200)).body).toEqual(VIEW);
  });

  it('of the ledger is asked for by number and protocol', async () => {
    const claim = {
      hostIp: null,
      hostPort: 80,
      protocol: 'tcp',
      containerPort: 80,
      container: 'web',
      origin: 'fixed',
    } as const;
    t.given({ ledger: () => ({ items: [{ ...claim, bound: false }], free: false }) });
    const r = await t.http.get('/v1/ports?hostPort=80&protocol=udp').expect(200);
    expect(r.body).toEqual({ items: [{ ...claim, bound: false }], free: false });
    expect(t.calls[0]?.args[0]).toMatchObject({ hostPort: 80, protocol: 'udp' });
    await t.http.get('/v1/ports?protocol=icmp').expect(400);
  });

  it('of the links is both ways', async () => {
    const links = {
      outgoing: [{ container: 'db', alias: 'db', address: null, envPrefix: 'DB', env: 'all' }],
      incoming: [{ container: 'app', alias: 'www', env: 'none' }],
    } as const;
    t.given({ links: () => links });
    expect((await t.http.get('/v1/containers/web/links').expect(200)).body).toEqual(links);
  });

  it('of a name is the name as it is written, decoded once', async () => {
    await t.http.get('/v1/containers/a%2Fb%252F').expect(200);
    expect(t.calls[0]?.args).toEqual(['a/b%2F']);
  });

  it.each(['/v1/containers', '/v1/containers/web', '/v1/ports', '/livez', '/openapi.json'])(
    'of HEAD %s is the head alone',
    async (path) => {
      const read = (method: 'get' | 'head') => t.http[method](path).set('accept-encoding', 'gzip');
      const [head, get] = [await read('head'), await read('get')];
      expect([head.status, head.text ?? '']).toEqual([200, '']);
      expect(head.headers['content-length']).toBe(get.headers['content-length']);
    },
  );
});

describe('health', () => {
  it('livez asks nobody', async () => {
    expect((await t.http.get('/livez').expect(200)).body).toEqual({ status: 'ok' });
    expect(t.calls).toEqual([]);
  });

  it('readyz is 503 when the database does not answer, and 200 without an engine', async () => {
    const noEngine = { ready: true, storage: 'ok', engine: 'connect ENOENT' };
    t.given({ readiness: async () => noEngine });
    expect((await t.http.get('/readyz').expect(200)).body).toEqual(noEngine);
    const noStorage = { ready: false, storage: 'disk I/O error', engine: 'ok' };
    t.given({ readiness: async () => noStorage });
    expect((await t.http.get('/readyz').expect(503)).body).toEqual(noStorage);
  });
});
