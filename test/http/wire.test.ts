import { once } from 'node:events';
import { get, type IncomingMessage, request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Json, type TestBerth, testBerth } from './berth.js';

let berth: TestBerth;
beforeAll(async () => {
  berth = await testBerth();
  await berth.declare({ name: 'web', image: 'x', ports: ['80'] });
});
afterAll(() => berth.stop());

/** A request whose path goes out exactly as it is written. */
async function exactly(method: string, path: string, body?: string): Promise<{ status: number; text: string }> {
  const headers = body === undefined ? {} : { 'content-type': 'application/json' };
  const sent = request(berth.url, { method, path, headers });
  sent.end(body);
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  return { status: answer.statusCode ?? 0, text: await text(answer) };
}

async function open(target: TestBerth): Promise<Socket> {
  const socket = connect(Number(new URL(target.url).port), '127.0.0.1');
  await once(socket, 'connect');
  return socket;
}

/** The first answer on a connection that the server ends. */
async function answerOn(socket: Socket): Promise<{ head: string; body: string }> {
  const [head = '', body = ''] = (await text(socket)).split('\r\n\r\n');
  return { head, body };
}

describe('odd paths', () => {
  const NAMES = [
    '%',
    '%zz',
    '%00',
    '%FF',
    '%c0%ae',
    '%2e%2e',
    '..',
    '..%2f..%2fetc',
    'a%2Fb',
    'a%5Cb',
    '%0d%0aX-Evil:%201',
    '__proto__',
    'constructor',
    'toString',
    'web%20',
    'WEB',
    'web;x=1',
    ':name',
    '*',
    '%F0%9F%90%B3',
    '',
    'a'.repeat(63),
    'a'.repeat(64),
    'a'.repeat(200),
    'a'.repeat(255),
    'a'.repeat(256),
    'a'.repeat(8000),
  ];

  it.each(NAMES.map((name) => [name.length > 20 ? `${name.slice(0, 8)}… (${name.length})` : name, name]))(
    '/v1/containers/%s is at worst a client error, whatever is asked of it',
    async (_, name) => {
      for (const suffix of ['', '/ports', '/ports/80', '/links', '/env', '/start', '/nope']) {
        for (const method of ['GET', 'HEAD', 'PATCH', 'DELETE', 'POST', 'OPTIONS']) {
          const { status } = await exactly(
            method,
            `/v1/containers/${name}${suffix}`,
            method === 'PATCH' ? '{}' : undefined,
          );
          expect([400, 404, 405, 422], `${method} ${suffix}`).toContain(status);
        }
      }
    },
  );

  it('that cannot be a name cannot be declared by PUT either', async () => {
    const body = '{"image":"x"}';
    for (const name of NAMES.filter((one) => !/^[a-zA-Z][\w.-]{1,254}$/.test(one))) {
      const { status } = await exactly('PUT', `/v1/containers/${name}`, body);
      expect(status, name).toBeGreaterThanOrEqual(400);
      expect(status, name).toBeLessThan(500);
    }
    expect((await berth.get('/v1/containers')).items).toHaveLength(1);
  });

  it.each([
    '//',
    '/v1//containers',
    '/v1/containers/web/',
    '/V1/containers',
    '/v1/containers/web/ports/80/tcp/',
    '/./v1/',
  ])('%s is not one of ours', async (path) => {
    expect((await exactly('GET', path)).status).toBe(404);
  });
});

describe('a path that the router does not take', () => {
  it.each(['a'.repeat(300), 'web%'])('is a 404 for a PUT as well, as its document says', async (name) => {
    await berth.refuse('not-found', 'PUT', `/v1/containers/${name}`, { body: { image: 'x' } });
  });

  it('is named without the fragment that it may have, and is not told to be used as it was', async () => {
    const { status, text: answer } = await exactly('POST', '/v1/containers/#a/exec', '{"command":["x"]}');
    expect([status, JSON.parse(answer).instance]).toEqual([404, '/v1/containers/']);
  });
});

describe('HEAD', () => {
  it.each([
    '/v1/containers',
    '/v1/containers/web',
    '/v1/containers/web/ports',
    '/v1/containers/web/links',
    '/v1/ports',
    '/v1/engine',
    '/livez',
    '/readyz',
    '/problems',
    '/openapi.json',
    '/v1/containers/absent',
    '/v1/containers/web/env',
  ])('%s has the status and headers of GET, and no body', async (path) => {
    const sent = { headers: { 'accept-encoding': 'gzip' } };
    const [head, got] = [await berth.send('HEAD', path, sent), await berth.send('GET', path, sent)];
    const { date: _, 'x-request-id': _i, connection: _c, 'keep-alive': _k, ...headers } = got.headers;
    const length = head.status < 400 ? {} : { 'content-length': head.headers['content-length'] };
    expect(head.status).toBe(got.status);
    expect(head.headers).toMatchObject({ ...headers, ...length });
    expect(head.text ?? '').toBe('');
  });
});

describe('405', () => {
  it.each<[method: string, path: string, allow: string]>([
    ['PUT', '/v1/containers', 'GET, HEAD, POST'],
    ['PROPFIND', '/v1/containers', 'GET, HEAD, POST'],
    ['POST', '/v1/containers/web', 'GET, HEAD, PUT, PATCH, DELETE'],
    ['GET', '/v1/containers/web/restart', 'POST'],
    ['DELETE', '/v1/containers/web/ports/80/udp', 'GET, HEAD'],
    ['PATCH', '/v1/engine', 'GET, HEAD'],
    ['POST', '/problems/internal', 'GET, HEAD'],
  ])('%s %s names what can be done instead', async (method, path, allow) => {
    const sent = request(berth.url, { method, path });
    sent.end();
    const [answer] = (await once(sent, 'response')) as [IncomingMessage];
    expect([answer.statusCode, answer.headers.allow]).toEqual([405, allow]);
    expect(JSON.parse(await text(answer))).toMatchObject({ code: 'method-not-allowed', instance: path });
  });
});

describe('406', () => {
  it.each<[path: string, accept: string]>([
    ['/v1/containers/web/ports', 'text/html'],
    ['/v1/containers/web/ports/80', 'image/png, text/css'],
    ['/v1/containers/web/ports/80/tcp', 'application/xml'],
    ['/v1/containers/web/ports', 'text/plain;q=0, application/json;q=0'],
    ['/v1/containers/web/env', 'text/html'],
    ['/v1/containers/web/hosts', 'text/html'],
    ['/v1/containers/web/logs', 'application/json'],
  ])('%s can not be had as %s, and the answer says as what it can', async (path, accept) => {
    const { detail } = await berth.refuse('not-acceptable', 'GET', path, { headers: { accept } });
    expect(detail).toContain('text/plain');
  });
});

describe('the request id', () => {
  it('of a client is that of the answer and of a problem', async () => {
    const headers = { 'x-request-id': 'my-id_1' };
    expect((await berth.send('GET', '/livez', { headers })).headers['x-request-id']).toBe('my-id_1');
    expect((await berth.send('GET', '/v1/nope', { headers })).body.requestId).toBe('my-id_1');
  });

  it.each(['a\tb', 'x\r\n y', 'a"b', '<script>', 'a'.repeat(65)])(
    '%j is not taken over, and adds no header',
    async (id) => {
      const socket = await open(berth);
      socket.write(`GET /v1/nope HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-Request-Id: ${id}\r\n\r\n`);
      const { head, body } = await answerOn(socket);
      const given = /\r\nx-request-id: (.*)(\r\n|$)/i.exec(head)?.[1];
      if (head.startsWith('HTTP/1.1 404')) expect(given).toMatch(/^[0-9a-f-]{36}$/);
      else expect(head).toMatch(/^HTTP\/1\.1 400 /);
      expect(JSON.parse(body).requestId).toBe(given);
    },
  );
});

describe('every answer', () => {
  it.each(['/v1/containers', '/v1/containers/absent', '/v1/containers/%zz', '/nope', '/livez', '/openapi.json'])(
    'of %s keeps browsers of other origins out',
    async (path) => {
      const [answer] = (await once(
        get(berth.url + path, { headers: { origin: 'http://evil.example' } }),
        'response',
      )) as [IncomingMessage];
      answer.resume();
      expect(answer.headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' });
      expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
      expect(answer.headers).not.toHaveProperty('x-powered-by');
    },
  );
});

describe('through a real socket', () => {
  it.each<[what: string, bytes: string, status: number, code: string]>([
    [
      'headers of more than 16 KiB',
      `GET /livez HTTP/1.1\r\nHost: localhost\r\nX: ${'a'.repeat(17_000)}\r\n\r\n`,
      431,
      'headers-too-large',
    ],
    [
      'a path of more than 16 KiB',
      `GET /${'a'.repeat(17_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n`,
      431,
      'headers-too-large',
    ],
    [
      'a path of more than 16 KiB',
      `GET /${'a'.repeat(17_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n`,
      431,
      'headers-too-large',
    ],
    ['no Host', 'GET /livez HTTP/1.1\r\nConnection: close\r\n\r\n', 400, 'invalid-body'],
    [
      'a line break in the path',
      'DELETE /v1/containers/web\n?dryRun=true HTTP/1.1\r\nHost: localhost\r\n\r\n',
      400,
      'invalid-body',
    ],
    ['no version', 'GET /livez\r\nHost: localhost\r\nConnection: close\r\n\r\n', 400, 'invalid-body'],
    [
      'two Hosts',
      'GET /livez HTTP/1.1\r\nHost: localhost\r\nHost: y\r\nConnection: close\r\n\r\n',
      400,
      'invalid-body',
    ],
    ['what is not HTTP', 'SSH-2.0-OpenSSH_9.2\r\n\r\n', 400, 'invalid-body'],
    [
      'a length and chunks',
      'POST /v1/containers HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      400,
      'invalid-body',
    ],
  ])('%s: a problem, and the end of the connection', async (_, bytes, status, code) => {
    const socket = await open(berth);
    socket.write(bytes);
    const { head, body } = await answerOn(socket);
    expect(head).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(head).toMatch(/\r\nX-Content-Type-Options: nosniff/i);
    const id = /\r\nX-Request-Id: (\S+)/i.exec(head)?.[1];
    expect(JSON.parse(body)).toMatchObject({ type: `/problems/${code}`, code, status, requestId: id });
  });

  it('an expectation that is none of ours is passed over, as if it were not there', async () => {
    const socket = await open(berth);
    socket.write('GET /livez HTTP/1.1\r\nHost: localhost\r\nExpect: 200-ok\r\nConnection: close\r\n\r\n');
    const { head } = await answerOn(socket);
    expect(head).toMatch(/^HTTP\/1\.1 200 /);
    expect(head).toMatch(/\r\nx-request-id: /i);
  });

  it('a body that holds a request does not become one', async () => {
    const socket = await open(berth);
    const smuggled = 'DELETE /v1/containers/web HTTP/1.1\r\nHost: localhost\r\n\r\n';
    const body = `{"image":"x"}`;
    const head = `POST /v1/nope HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ${body.length + smuggled.length}\r\nConnection: close\r\n\r\n`;
    socket.write(head + body + smuggled);
    expect((await answerOn(socket)).head).toMatch(/^HTTP\/1\.1 4\d\d /);
    expect((await berth.get('/v1/containers/web')).deletionRequestedAt).toBeNull();
  });
});

describe('a request that takes too long to arrive', () => {
  let quick: TestBerth;
  beforeAll(async () => {
    quick = await testBerth({ patience: { requestMs: 300, checkMs: 50 } });
  });
  afterAll(() => quick.stop());

  it.each<[what: string, bytes: string]>([
    ['in the middle of its headers', 'GET /livez HTTP/1.1\r\nHost: localhost\r\n'],
    [
      'in the middle of its body',
      'POST /v1/containers HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{"ima',
    ],
  ])('%s is a 408', async (_, bytes) => {
    const socket = await open(quick);
    socket.write(bytes);
    const { head, body } = await answerOn(socket);
    expect(head).toMatch(/^HTTP\/1\.1 408 /);
    expect(JSON.parse(body)).toMatchObject({ code: 'request-timeout', status: 408 });
    const { items } = await quick.get('/v1/containers');
    expect(items.filter(({ name }: Json) => name !== 'patient')).toEqual([]);
  });

  it('is not one that waits long for its answer', async () => {
    const answer = await quick.send('POST', '/v1/containers?wait=1', { body: { name: 'patient', image: 'x' } });
    expect(answer.status).toBe(202);
  });
});
