import { once } from 'node:events';
import {
  existsSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import type { Server } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { SERVER } from '../../../src/http/pipeline/raw-http-errors.js';
import { listenOnSocket } from '../../../src/http/unix-socket.js';

let folder: string;
let at: string;
let app: FastifyInstance;
let made: Server[];
beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'berth-socket-'));
  at = path.join(folder, 'berth.sock');
  app = Fastify();
  await app.ready();
  made = [];
});
afterEach(async () => {
  for (const server of made) server.close();
  await app.close();
  rmSync(folder, { recursive: true });
});

async function listen(file = at): Promise<void> {
  made.push(await listenOnSocket(app, file));
}

/** Somebody else's, that answers. */
async function another(file: string) {
  const server = createServer((client) => client.end()).listen(file);
  await once(server, 'listening');
  return server;
}

it('a socket is for its owner alone, whatever the umask', async () => {
  const before = process.umask(0);
  try {
    await listen();
    expect(statSync(at).mode & 0o777).toBe(0o600);
    expect(process.umask(0)).toBe(0);
  } finally {
    process.umask(before);
  }
});

it('comes in the place of one that a killed server has left', async () => {
  const left = path.join(folder, 'left');
  const other = await another(left);
  // A closing takes away the file of the name that it was made with.
  renameSync(left, at);
  other.close();
  await listen();
  expect(made[0]?.listening).toBe(true);
});

it('never takes the place of one that is answered: that may be the engine', async () => {
  const other = await another(at);
  await expect(listen()).rejects.toThrow(/another server uses the Unix socket .*: stop it/);
  expect(existsSync(at)).toBe(true);
  other.close();
});

it('never takes the place of a file, or of a link', async () => {
  writeFileSync(at, 'mine');
  await expect(listen()).rejects.toThrow(/exists and is not a socket/);
  expect(readFileSync(at, 'utf8')).toBe('mine');
  const link = path.join(folder, 'link');
  symlinkSync(path.join(folder, 'nowhere'), link);
  await expect(listen(link)).rejects.toThrow(/exists and is not a socket/);
});

it('is not made somewhere else where its path is too long', async () => {
  const long = path.join(folder, 'b'.repeat(107 - folder.length));
  await expect(listen(long)).rejects.toThrow(/longer than 107 bytes.*set BERTH_SOCKET/);
  await listen(long.slice(0, 107));
  expect(existsSync(long.slice(0, 107))).toBe(true);
});

it('requests that take too long are looked for as often as over TCP', async () => {
  const tcp = Fastify({ http: SERVER });
  try {
    const local = await listenOnSocket(tcp, at);
    made.push(local);
    const often = (server: object): unknown => Reflect.get(server, 'connectionsCheckingInterval');
    expect(often(local)).toBe(5_000);
    expect(often(local)).toBe(often(tcp.server));
  } finally {
    await tcp.close();
  }
});
