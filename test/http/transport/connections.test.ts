/** What is written over a connection where no request should be, or not this one: over TCP and over the Unix socket. */

import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { listenOnSocket } from '../../../src/http/unix-socket.js';
import { type DoubleApp, doubleApp, pendingCreation } from './double.js';
import { wire } from './reading.js';

const folder = () => mkdtempSync(path.join(tmpdir(), 'berth-wire-'));

describe.each(['tcp', 'unix'] as const)('over %s', (over) => {
  let t: DoubleApp;
  let dir: string;
  let local: Server;
  let at: number | string;
  beforeEach(async () => {
    t = await doubleApp();
    const { port } = await t.listen();
    dir = folder();
    const file = path.join(dir, 'berth.sock');
    local = await listenOnSocket(t.app, file);
    at = over === 'tcp' ? port : file;
  });
  afterEach(async () => {
    try {
      const closed = once(local, 'close');
      local.close();
      local.closeAllConnections();
      await Promise.all([closed, t.close()]);
    } finally {
      rmSync(dir, { recursive: true });
    }
  });

  const exchange = (bytes: string): Promise<string> => wire(at, bytes).ended();
  const statuses = (answer: string) => [...answer.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));
  const refusals = () => t.logged.filter(({ code }) => code !== undefined);

  const rows: readonly [string, string, number, string, string][] = [
    ['garbage', 'NOPE\r\n\r\n', 400, 'invalid-body', 'HPE_INVALID_METHOD'],
    ['a TLS hello', '\x16\x03\x01\x02\x00\x01\x00', 400, 'invalid-body', 'HPE_INVALID_METHOD'],
    [
      'two lengths',
      'POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n',
      400,
      'invalid-body',
      'HPE_UNEXPECTED_CONTENT_LENGTH',
    ],
    [
      'a header too large',
      `GET / HTTP/1.1\r\nhost: x\r\na: ${'x'.repeat(20_000)}\r\n\r\n`,
      431,
      'headers-too-large',
      'HPE_HEADER_OVERFLOW',
    ],
  ];
  it.each(rows)(
    '%s is answered with a problem, told in the log, and the connection ends',
    async (_, bytes, status, code, why) => {
      const answer = await exchange(bytes);
      expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} .*\r\n`));
      expect(answer).toMatch(/\r\nContent-Type: application\/problem\+json\r\n/i);
      const problem = JSON.parse(answer.split('\r\n\r\n')[1] ?? '');
      const { headers } = await t.http.get('/nowhere');
      const own = Object.keys(headers).filter((name) => !['date', 'connection', 'keep-alive'].includes(name));
      expect(own.length).toBeGreaterThan(10);
      for (const name of own) expect(answer.toLowerCase()).toContain(`\r\n${name}: `);
      expect(problem).toMatchObject({ status, code, type: `/problems/${code}` });
      const remote = over === 'tcp' ? { remoteAddress: '127.0.0.1' } : {};
      expect(refusals()).toMatchObject([{ level: 30, reqId: problem.requestId, code: why, ...remote }]);
      expect((await t.http.get('/livez')).status).toBe(200);
    },
  );

  it.each([
    ['POST /v1/containers/web/links/db/check HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: W/"\r\n\r\n', 'a head'],
    ['GET /nowhere HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: chunked\r\n\r\nno length\r\n', 'a body'],
  ])('%j, which breaks in %s that was answered already, is not answered a second time', async (bytes) => {
    expect(statuses(await exchange(bytes))).toHaveLength(1);
  });

  it('a body that breaks while it is waited for is answered, under the id of its request', async () => {
    const head =
      'POST /v1/apply HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\nx-request-id: mine\r\n';
    const answer = await exchange(`${head}transfer-encoding: chunked\r\n\r\nno length\r\n`);
    expect(statuses(answer)).toEqual([400]);
    expect(JSON.parse(answer.split('\r\n\r\n')[1] ?? '').requestId).toBe('mine');
    expect(refusals()).toMatchObject([{ reqId: 'mine' }]);
  });

  it('garbage is answered where all that came before was asked and answered to its end', async () => {
    const client = wire(at, 'GET /nowhere HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: chunked\r\n\r\n');
    await client.seen(/HTTP\/1\.1 404 .*\}$/s);
    client.socket.write('0\r\n\r\nNOPE\r\n\r\n');
    expect(statuses(await client.ended())).toEqual([404, 400]);
  });

  it('garbage in the middle of a stream ends the connection, and is no part of the stream', async () => {
    t.given({
      async *followEvents(_, signal) {
        yield { kind: 'silence' };
        await once(signal, 'abort');
      },
    });
    const client = wire(at, 'GET /v1/events HTTP/1.1\r\nhost: localhost\r\naccept: text/event-stream\r\n\r\n');
    await client.seen(/retry: \d+\n\n/);
    client.socket.write('NOPE\r\n\r\n');
    expect(statuses(await client.ended())).toEqual([200]);
  });

  const DECLARE =
    'POST /v1/containers?wait=30 HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 26\r\n\r\n{"name":"web","image":"a"}';

  it.each([
    ['garbage', 'NOPE\r\n\r\n'],
    [
      'a request that is refused at once, and whose body breaks',
      'GET /nowhere HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: chunked\r\n\r\nno length\r\n',
    ],
  ])('%s is not the answer to what is still worked on before it', async (_, bytes) => {
    const { asked, answer } = pendingCreation(t);
    const client = wire(at, DECLARE);
    await asked;
    client.socket.write(bytes);
    expect(statuses(await client.ended())).toEqual([]);
    answer();
  });

  it('what comes while the server closes is told to come again, and the connection ends', async () => {
    const { asked, answer } = pendingCreation(t);
    const client = wire(at, DECLARE);
    await asked;
    const closed = t.close();
    await vi.waitFor(() => expect(t.app.server.listening).toBe(false), 60_000);
    client.socket.write('GET /v1/containers HTTP/1.1\r\nhost: localhost\r\nx-request-id: late\r\n\r\n');
    answer();
    const written = await client.ended();
    await closed;
    expect(statuses(written)).toEqual([201, 503]);
    const [head = '', body = ''] = written.slice(written.indexOf('HTTP/1.1 503')).split('\r\n\r\n');
    for (const header of ['retry-after: 5', 'x-request-id: late', 'connection: close', 'x-frame-options: sameorigin']) {
      expect(head.toLowerCase().split('\r\n')).toContain(header);
    }
    expect(JSON.parse(body)).toMatchObject({ status: 503, code: 'shutting-down', requestId: 'late' });
  });

  it('an answer that has been given before garbage comes is written to its end', async () => {
    const text = 'x'.repeat(16_000_000);
    t.given({ inspect: async () => ({ text }) });
    const client = wire(at, 'GET /v1/containers/web/inspect HTTP/1.1\r\nhost: localhost\r\n\r\n');
    client.socket.pause();
    await once(client.socket, 'readable');
    client.socket.write('NOPE\r\n\r\n');
    await vi.waitFor(() => expect(refusals()).toHaveLength(1), 60_000);
    client.socket.resume();
    const answer = await client.ended();
    expect(statuses(answer)).toEqual([200]);
    expect(answer.endsWith('x"}')).toBe(true);
  });
});
