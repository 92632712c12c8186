/** Clients that read nothing, or hold more than they need: what they take up is bounded, and others are served. */

import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ConnectionLimits, connectionUse } from '../../../src/http/pipeline/connections.js';
import { listenOnSocket } from '../../../src/http/unix-socket.js';
import { type DoubleApp, doubleApp, moment, VIEW } from './double.js';
import { wire } from './reading.js';

const PACE = { heartbeat: 15_000, stuck: 60_000 };
/** More than the kernel takes of a response that nobody reads. */
const LARGE = 16_000_000;
const LIST = 'GET /v1/containers/web/inspect HTTP/1.1\r\nhost: localhost\r\n\r\n';
const large = { inspect: async () => ({ text: 'x'.repeat(LARGE) }) };

let t: DoubleApp;
let dir: string;
let local: Server;
let port: number;
let file: string;
const clients: Socket[] = [];

async function open(limits: Partial<ConnectionLimits> = {}): Promise<void> {
  t = await doubleApp({}, PACE, limits);
  ({ port } = await t.listen());
  dir = mkdtempSync(path.join(tmpdir(), 'berth-unread-'));
  file = path.join(dir, 'berth.sock');
  local = await listenOnSocket(t.app, file);
}
afterEach(async () => {
  for (const client of clients.splice(0)) client.destroy();
  const closed = once(local, 'close');
  local.close();
  local.closeAllConnections();
  await Promise.all([closed, t.close()]);
  rmSync(dir, { recursive: true });
});

/** A client that writes and reads nothing until it is told to. */
async function silent(bytes: string, at: number | string = port): Promise<Socket> {
  const socket = typeof at === 'string' ? connect(at) : connect(at, '127.0.0.1');
  clients.push(socket);
  socket.on('error', () => {});
  socket.pause();
  await once(socket, 'connect');
  socket.write(bytes);
  return socket;
}

const asked = () => t.calls.filter(({ method }) => method === 'inspect').length;
const use = () => connectionUse(t.app);
/** A busy machine takes its time. */
const eventually = <T>(value: () => T) => expect.poll(value);
/** Waits for a line of the log. */
const logs = (message: string): Promise<void> =>
  eventually(() => t.logged.some(({ msg }) => String(msg).startsWith(message))).toBe(true);
/** Reads what there is. @returns how many bytes came until the server had closed the connection */
const rest = (socket: Socket): Promise<number> =>
  new Promise((resolve) => {
    let bytes = 0;
    socket.on('data', (chunk) => {
      bytes += chunk.length;
    });
    socket.once('close', () => resolve(bytes));
    socket.resume();
  });

describe.each(['tcp', 'unix'] as const)('over %s', (over) => {
  beforeEach(() => open());
  const at = () => (over === 'tcp' ? port : file);

  it('a client that sends five hundred requests and reads nothing has one response in memory, and others are served', async () => {
    t.given(large);
    for (let client = 0; client < 4; client++) await silent(LIST.repeat(500), at());
    await eventually(() => use().queuedBytes).toBeGreaterThan(4 * (LARGE / 2));
    expect((await t.http.get('/v1/containers')).status).toBe(200);
    expect(asked()).toBe(4);
    expect(use().queuedBytes).toBeLessThan(5 * LARGE);
  });

  it('what such a client takes up is free once it has gone', async () => {
    t.given(large);
    const client = await silent(LIST.repeat(500), at());
    await eventually(() => use().queuedBytes).toBeGreaterThan(0);
    client.destroy();
    await eventually(use).toMatchObject({ connections: 0, addresses: 0, waitingRequests: 0, queuedBytes: 0 });
  });

  it('five hundred requests in one write are answered in their order, each once the one before was', async () => {
    let running = 0;
    let most = 0;
    t.given({
      async inspect(name) {
        most = Math.max(most, ++running);
        await Promise.resolve();
        running--;
        return { name };
      },
    });
    const names = Array.from({ length: 500 }, (_, index) => `c${index}`);
    const requests = names.map((name) => `GET /v1/containers/${name}/inspect HTTP/1.1\r\nhost: localhost\r\n\r\n`);
    const client = wire(
      at(),
      `${requests.join('')}GET /livez HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n`,
    );
    const answer = await client.ended();
    expect([...answer.matchAll(/\{"name":"(\w+)"\}/g)].map(([, name]) => name)).toEqual(names);
    expect(answer).toMatch(/\{"status":"ok"\}$/);
    expect(most).toBe(1);
  });

  it('requests that come while others of their connection wait are read once there is room', async () => {
    t.given({ inspect: async () => ({}) });
    const client = wire(at(), LIST);
    for (let piece = 0; piece < 40; piece++) {
      client.socket.write(LIST.repeat(40));
      await new Promise((resolve) => setImmediate(resolve));
    }
    await eventually(asked).toBe(40 * 40 + 1);
    expect(use().waitingRequests).toBe(0);
    client.socket.destroy();
  });

  it('a client that begins to read late gets every response', async () => {
    const count = 40;
    t.given({ inspect: async () => ({ text: 'x'.repeat(1_000_000) }) });
    const client = await silent(LIST.repeat(count), at());
    await eventually(() => use().queuedBytes).toBeGreaterThan(0);
    const begun = asked();
    expect(begun).toBeLessThan(count);
    let bytes = 0;
    client.on('data', (chunk) => {
      bytes += chunk.length;
    });
    client.resume();
    await eventually(() => bytes).toBeGreaterThan(count * 1_000_000);
    expect(asked()).toBe(count);
  });

  it('a request with a body that comes behind a long wait is read when its turn comes', async () => {
    const released = moment();
    t.given({
      async inspect() {
        await released.when;
        return {};
      },
    });
    const body = JSON.stringify({ name: 'web', image: 'a'.repeat(100_000) });
    const head = `POST /v1/containers HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n`;
    const client = wire(at(), `${LIST}${head}${body}`);
    await eventually(() => use().waitingRequests).toBe(1);
    expect(t.calls.map(({ method }) => method)).toEqual(['inspect']);
    released.happens();
    expect([...(await client.ended()).matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status)).toEqual([
      '200',
      '201',
    ]);
  });
});

it('a client that sends on while its first request is worked on is read no further, and gets every answer', async () => {
  await open({ waitingRequests: 5_000 });
  const released = moment();
  t.given({
    async inspect() {
      await released.when;
      return {};
    },
  });
  const sockets: Socket[] = [];
  t.app.server.on('connection', (socket: Socket) => sockets.push(socket));
  const count = 12_000;
  const client = wire(port, LIST.repeat(count));
  await eventually(() => sockets[0]?.isPaused()).toBe(true);
  expect(use().waitingRequests).toBeLessThan(5_000);
  released.happens();
  await eventually(asked).toBe(count);
  expect(use()).toMatchObject({ connections: 1, waitingRequests: 0 });
  client.socket.destroy();
});

it('the connection that has been the slowest is closed when more waits to be taken than there may', async () => {
  await open({ queuedBytes: 2.5 * LARGE });
  t.given(large);
  const first = await silent(LIST);
  await eventually(() => use().queuedBytes).toBeGreaterThan(0);
  for (let client = 0; client < 3; client++) await silent(LIST);
  await logs('closed the slowest connection');
  expect(await rest(first)).toBeLessThan(LARGE);
  expect(use().queuedBytes).toBeLessThanOrEqual(2.5 * LARGE);
  expect((await t.http.get('/livez')).status).toBe(200);
});

it('the connection with the most requests that wait is closed when more wait than there may', async () => {
  await open({ waitingRequests: 300 });
  t.given(large);
  const few = await silent(LIST.repeat(10));
  await eventually(() => use().waitingRequests).toBe(9);
  const many = await silent(LIST.repeat(500));
  await logs('closed the connection with the most waiting requests');
  expect(await rest(many)).toBeLessThan(LARGE);
  expect(few.destroyed).toBe(false);
  expect(use().waitingRequests).toBe(9);
  // What came in the same piece as the last request that was too many belongs to no connection any more.
  expect(use()).toMatchObject({ connections: 1, addresses: 1 });
});

it('a connection whose client takes nothing for the time that it has is closed', async () => {
  await open({ stuckMs: 50 });
  t.given(large);
  const client = await silent(LIST);
  await logs("closed a connection: its client doesn't read the response");
  expect(use()).toMatchObject({ connections: 0, queuedBytes: 0 });
  expect(await rest(client)).toBeLessThan(LARGE);
});

it('a request that waits longer than that for its answer keeps its connection', async () => {
  await open({ stuckMs: 10 });
  const released = moment();
  t.given({
    async inspect() {
      await released.when;
      return {};
    },
  });
  const client = wire(port, LIST);
  await eventually(asked).toBe(1);
  setTimeout(released.happens, 100);
  await client.seen(/HTTP\/1\.1 200 /);
  client.socket.destroy();
});

it('the oldest unused connection of an address makes room for a new one', async () => {
  await open({ perAddress: 3, all: 10 });
  const [first] = await Promise.all([silent(''), silent(''), silent('')]);
  await eventually(() => use().connections).toBe(3);
  const late = wire(port, 'GET /livez HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n');
  expect(await late.ended()).toMatch(/^HTTP\/1\.1 200 /);
  expect(await rest(first as Socket)).toBe(0);
});

it('where every connection of an address is in use a new one is refused, and another address is served', async () => {
  await open({ perAddress: 3, all: 10 });
  const released = moment();
  t.given({
    async inspect() {
      await released.when;
      return {};
    },
  });
  for (let client = 0; client < 3; client++) await silent(LIST);
  await eventually(asked).toBe(3);
  expect(await wire(port, LIST).ended()).toBe('');
  expect(asked()).toBe(3);
  const other = wire(file, 'GET /livez HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n');
  expect(await other.ended()).toMatch(/^HTTP\/1\.1 200 /);
  released.happens();
});

it('a definition that is read takes up no connection longer than its answer', async () => {
  await open({ perAddress: 3, all: 3 });
  for (let round = 0; round < 20; round++) {
    const { status, body } = await t.http.get('/v1/containers/web');
    expect([status, body.name]).toEqual([200, VIEW.name]);
  }
});
