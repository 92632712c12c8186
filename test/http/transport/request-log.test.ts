/** Every request has one line in the log, whatever becomes of it. */

import { once } from 'node:events';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type DoubleApp, doubleApp, pendingCreation } from './double.js';
import { type Wire, wire } from './reading.js';

let t: DoubleApp;
let port: number;
beforeEach(async () => {
  t = await doubleApp();
  port = (await t.listen()).port;
  t.given();
});
afterEach(() => t.close());

const ask = (request: string, more = ''): Wire => wire(port, `${request} HTTP/1.1\r\nhost: localhost\r\n${more}\r\n`);
const JSON_BODY = 'content-type: application/json\r\ncontent-length: 26\r\n';
const DEFINITION = '{"name":"web","image":"a"}';

/** The lines of requests, once there are so many. */
async function lines(count = 1) {
  const requests = () => t.logged.filter(({ req }) => req !== undefined);
  await vi.waitFor(() => expect(requests().length).toBeGreaterThanOrEqual(count), 60_000);
  return requests();
}

const UUID = /^[0-9a-f]{8}-[0-9a-f-]{27}$/;
const request = (method: string, url: string) => ({
  level: 30,
  reqId: expect.stringMatching(UUID),
  req: { method, url, host: 'localhost', remoteAddress: '127.0.0.1' },
  responseTime: expect.any(Number),
});
const completed = { msg: 'request completed' };
const aborted = { msg: 'request aborted', aborted: true };

it.each([
  ['that is answered', 'GET', '/v1/containers?limit=1', 200],
  ['for what is not there', 'GET', '/nowhere', 404],
  ['whose path can not be decoded', 'GET', '/v1/%zz', 404],
  ['whose path is too long', 'GET', `/v1/containers/${'x'.repeat(900)}`, 404],
  ['that is refused', 'POST', '/v1/containers', 400],
])('one %s', async (_, method, url, statusCode) => {
  await ask(`${method} ${url}`, 'connection: close\r\n').ended();
  expect(await lines()).toMatchObject([{ ...request(method, url), ...completed, res: { statusCode } }]);
  expect((await lines())[0]).not.toHaveProperty('aborted');
});

it("none for the health check of Berth's own image while it passes", async () => {
  const check = 'user-agent: berth-healthcheck\r\nconnection: close\r\n';
  expect(await ask('GET /livez', check).ended()).toMatch(/^HTTP\/1\.1 200 /);
  await ask('GET /v1/none', check).ended();
  await ask('GET /livez', 'connection: close\r\n').ended();
  const all = await lines(2);
  expect(all.map(({ req, res }) => [(req as { url: string }).url, (res as { statusCode: number }).statusCode])).toEqual(
    [
      ['/v1/none', 404],
      ['/livez', 200],
    ],
  );
});

it('one whose client leaves before there is an answer', async () => {
  const { asked, answer } = pendingCreation(t);
  const client = ask('POST /v1/containers?wait=30', JSON_BODY);
  client.socket.write(DEFINITION);
  await asked;
  client.socket.destroy();
  const [line] = await lines();
  expect(line).toMatchObject({ ...request('POST', '/v1/containers?wait=30'), ...aborted });
  expect(line).not.toHaveProperty('res');
  answer();
  await ask('GET /livez', 'connection: close\r\n').ended();
  expect(await lines(2)).toHaveLength(2);
});

it('those that wait behind it on its connection', async () => {
  const { asked, answer } = pendingCreation(t);
  const client = ask('POST /v1/containers', JSON_BODY);
  client.socket.write(`${DEFINITION}GET /livez HTTP/1.1\r\nhost: localhost\r\n\r\n`);
  await asked;
  client.socket.destroy();
  expect(await lines(2)).toMatchObject([
    { ...request('POST', '/v1/containers'), ...aborted },
    { ...request('GET', '/livez'), ...aborted },
  ]);
  answer();
});

it('a stream whose client leaves', async () => {
  t.given({
    async *followEvents(_, signal) {
      yield { kind: 'silence' };
      await once(signal, 'abort');
    },
  });
  const client = ask('GET /v1/events', 'accept: text/event-stream\r\n');
  await client.seen(/retry/);
  client.socket.destroy();
  expect(await lines()).toMatchObject([{ ...request('GET', '/v1/events'), ...aborted, res: { statusCode: 200 } }]);
  expect(t.logged).toHaveLength(1);
});

it('one whose answer its client does not take to the end', async () => {
  t.given({ inspect: async () => ({ text: 'x'.repeat(16_000_000) }) });
  const client = ask('GET /v1/containers/web/inspect');
  client.socket.pause();
  await once(client.socket, 'readable');
  client.socket.destroy();
  const url = '/v1/containers/web/inspect';
  expect(await lines()).toMatchObject([{ ...request('GET', url), ...aborted, res: { statusCode: 200 } }]);
});

it('one whose body is cut off', async () => {
  const client = ask('POST /v1/containers', JSON_BODY);
  client.socket.write('{"name":');
  client.socket.end();
  await client.ended();
  expect(await lines()).toMatchObject([{ ...request('POST', '/v1/containers'), ...aborted }]);
});

it('one whose body breaks, and why it was refused, under one id', async () => {
  const client = ask('POST /v1/containers', 'content-type: application/json\r\ntransfer-encoding: chunked\r\n');
  client.socket.write('no length\r\n');
  await client.ended();
  const [line, ...others] = await lines();
  expect([line, others]).toMatchObject([{ ...request('POST', '/v1/containers'), ...aborted }, []]);
  const why = t.logged.filter(({ reqId }) => reqId === line?.['reqId']).map(({ code }) => code);
  expect(why).toEqual(['HPE_INVALID_CHUNK_SIZE', undefined]);
});
