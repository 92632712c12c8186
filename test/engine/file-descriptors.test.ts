/** A server whose process may have few file descriptors. */

import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Servers, send } from './servers.js';

let servers: Servers;
const clients: Socket[] = [];
beforeEach(() => {
  servers = new Servers();
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.destroy();
  await servers.end();
});

/** A client that connects and, if anything, sends this. */
async function client(url: string, bytes = ''): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  clients.push(socket);
  socket.on('error', () => undefined).resume();
  await Promise.race([once(socket, 'connect'), once(socket, 'close')]);
  if (bytes !== '') socket.write(bytes);
  return socket;
}

it('a server with 128 file descriptors serves others while 300 clients connect, and keeps what it needs itself', async () => {
  const { url, child } = await servers.start({
    ...{ engine: 'unix:///nowhere/docker.sock', under: ['prlimit', '--nofile=128:128'] },
  });
  for (let n = 0; n < 300; n++) await client(url);
  await expect.poll(() => clients.filter((one) => !one.destroyed).length, { timeout: 30_000 }).toBeLessThan(20);
  expect((await send('GET', `${url}/livez`)).status).toBe(200);
  expect((await send('PUT', `${url}/v1/containers/web`, { image: 'webapp' })).status).toBe(201);
  const backup = await send('GET', `${url}/v1/backup`);
  expect([backup.status, (await backup.arrayBuffer()).byteLength > 4096]).toEqual([200, true]);
  expect(child.exitCode).toBeNull();
});

it('a server with 128 file descriptors refuses a connection while all are in use, and takes one once they are not', async () => {
  const { url } = await servers.start({
    ...{ engine: 'unix:///nowhere/docker.sock', under: ['prlimit', '--nofile=128:128'] },
  });
  const stream = 'GET /v1/events HTTP/1.1\r\nhost: localhost\r\naccept: text/event-stream\r\n\r\n';
  for (let n = 0; n < 16; n++) {
    const one = await client(url, stream);
    await once(one, 'data');
  }
  const late = await client(url);
  if (!late.destroyed) await once(late, 'close');
  for (const one of clients.slice(0, 16)) expect(one.destroyed).toBe(false);
  for (const one of clients.splice(0)) one.destroy();
  await expect
    .poll(async () => (await send('GET', `${url}/livez`).catch(() => undefined))?.status, { timeout: 30_000 })
    .toBe(200);
});
