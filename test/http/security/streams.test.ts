/** What is held open: counted, ended with its connection, and with the token that it was given to. */

import { once } from 'node:events';
import { mkdtempSync, readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { connectionUse } from '../../../src/http/pipeline/connections.js';
import { exchange, type TestBerth, testBerth } from '../berth.js';

let t: TestBerth;
let admin: string;
beforeAll(async () => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'berth-streams-'));
  t = await testBerth({ auth: 'on', dataDir });
  admin = readFileSync(path.join(dataDir, 'token'), 'utf8').trim();
});
afterAll(() => t.stop());

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

async function tokenOf(name: string, more: object = {}): Promise<{ readonly id: string; readonly token: string }> {
  const body = { name, role: 'operator', ...more };
  return (await exchange(t.url, 'POST', '/v1/tokens', { headers: bearer(admin), body })).body;
}

/** How many watch the events. */
async function watchers(): Promise<number> {
  const { text } = await exchange(t.url, 'GET', '/metrics', { headers: bearer(admin) });
  return Number(/^berth_event_watchers (\d+)$/m.exec(text)?.[1]);
}

async function watched(token: string): Promise<ReadableStreamDefaultReader<Uint8Array>> {
  const headers = { ...bearer(token), accept: 'text/event-stream' };
  const { body } = await fetch(`${t.url}/v1/events`, { headers });
  const reader = (body as ReadableStream<Uint8Array>).getReader();
  await reader.read();
  return reader;
}

async function open(): Promise<Socket> {
  const socket = connect(Number(new URL(t.url).port), '127.0.0.1');
  await once(socket, 'connect');
  return socket;
}

it('a stream that waits behind another on one connection does not begin, and none is left when the connection ends', async () => {
  const socket = await open();
  const request = `GET /v1/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${admin}\r\nAccept: text/event-stream\r\n\r\n`;
  socket.write(request.repeat(5));
  await expect.poll(() => connectionUse(t.berth.app).waitingRequests).toBe(4);
  expect(await watchers()).toBe(1);
  socket.destroy();
  await expect.poll(watchers).toBe(0);
});

it('end when their token expires', async () => {
  const { token } = await tokenOf('short', { expiresInSeconds: 1 });
  const reader = await watched(token);
  for (;;) if ((await reader.read()).done) break;
  expect((await exchange(t.url, 'GET', '/v1/ports', { headers: bearer(token) })).status).toBe(401);
});

it('and a body that comes when its token is revoked already changes nothing', async () => {
  const { id, token } = await tokenOf('slow');
  const socket = await open();
  const body = JSON.stringify({ name: 'late', image: 'any' });
  socket.write(
    `POST /v1/containers HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${token}\r\nExpect: 100-continue\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`,
  );
  // Its headers have been read: the server has asked for the rest.
  expect(String((await once(socket, 'data'))[0])).toContain('100 Continue');
  expect((await exchange(t.url, 'DELETE', `/v1/tokens/${id}`, { headers: bearer(admin) })).status).toBe(204);
  socket.write(body);
  expect(await text(socket)).toMatch(/^HTTP\/1.1 401 /);
  expect((await exchange(t.url, 'GET', '/v1/containers/late', { headers: bearer(admin) })).status).toBe(404);
});
