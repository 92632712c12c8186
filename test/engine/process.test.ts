/** The server as a process: killed, stopped, started twice, started without an engine. */

import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { seeded } from '../sim/world.js';
import { killCycles } from './faults/kill-cycles.js';
import { killed, post, Servers, send, view } from './servers.js';
import { ENGINE_HOST, eventually } from './support.js';

let servers: Servers;
beforeEach(() => {
  servers = new Servers();
});
afterEach(() => servers.end());

describe('the server process', () => {
  it('has everything that it acknowledged after kill -9, and converges', async () => {
    const first = await servers.start();
    const names = Array.from({ length: 5 }, (_, i) => `kill-${i}-${randomBytes(3).toString('hex')}`);
    const answers = await Promise.all(
      names.map((name) => post(`${first.url}/v1/containers`, { name, image: 'training/webapp', publishAll: true })),
    );
    expect(answers.map((answer) => answer.status)).toEqual(names.map(() => 201));
    await killed(first.child);

    const second = await servers.start();
    for (const name of names) {
      await eventually(async () => {
        const { status } = await view(second, name);
        expect(status.ready, JSON.stringify(status)).toBe(true);
      }, 40_000);
    }
    const uids = (await servers.containers()).map((one) => one.Labels['io.berth.uid']);
    expect(new Set(uids).size).toBe(names.length);
    expect(uids.length).toBe(names.length);
  });

  it('loses no acknowledged write and doubles no container over kill -9 at any moment', {
    timeout: 900_000,
  }, async () => {
    const seed = Math.floor(Math.random() * 1e9);
    const outcome = await killCycles(servers, { cycles: 6, clients: 8, random: seeded(seed) });
    expect(outcome.acknowledged).toBeGreaterThan(50);
  });

  it('ends in order on SIGTERM in the middle of a replacement, which is brought to its end at the next start', async () => {
    const first = await servers.start();
    const name = `replaced-${randomBytes(3).toString('hex')}`;
    const body = { name, image: 'training/webapp', publishAll: true };
    expect((await send('POST', `${first.url}/v1/containers?wait=30`, body)).status).toBe(201);
    const { ports } = (await view(first, name)).status;
    const exit = once(first.child, 'exit');
    await send('PATCH', `${first.url}/v1/containers/${name}`, { env: { PROVIDER: 'another' } });
    await eventually(async () => expect((await servers.containers()).length).toBe(2));
    first.child.kill('SIGTERM');
    // After 10 s main.ts gives up, and says so with another code.
    expect(await exit).toEqual([0, null]);
    const second = await servers.start();
    await eventually(async () => {
      const { status, env } = await view(second, name);
      expect([status.ready, status.ports, env]).toEqual([true, ports, { PROVIDER: 'another' }]);
      expect(await servers.containers()).toHaveLength(1);
    }, 40_000);
  });

  it('ends in order on SIGTERM, also while a log is followed and a client waits', async () => {
    const { child, url } = await servers.start();
    const name = `term-${randomBytes(3).toString('hex')}`;
    await post(`${url}/v1/containers?wait=30`, { name, image: 'training/webapp' });
    const log = await fetch(`${url}/v1/containers/${name}/logs?follow=true`);
    const waiting = post(`${url}/v1/containers?wait=300`, { image: 'no-such/image', pullPolicy: 'never' });
    const end = log.text();
    await eventually(async () => {
      const list = (await (await fetch(`${url}/v1/containers`)).json()) as { readonly items: readonly unknown[] };
      expect(list.items).toHaveLength(2);
    });
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
    expect((await waiting).status).toBe(202);
    expect(await end).toContain('Running on');
  });

  it('is the only one on its data folder', async () => {
    await servers.start();
    const second = servers.begin();
    let said = '';
    second.child.stderr?.on('data', (part) => {
      said += String(part);
    });
    expect(await once(second.child, 'exit')).toEqual([1, null]);
    expect(said).toContain('another Berth is running on');
  });

  it('serves without an engine, and converges when one appears', async () => {
    const socket = path.join(servers.dataDir, 'late.sock');
    const server = await servers.start({ engine: `unix://${socket}` });
    const name = `late-${randomBytes(3).toString('hex')}`;
    expect((await post(`${server.url}/v1/containers`, { name, image: 'training/webapp' })).status).toBe(201);
    expect(JSON.stringify((await view(server, name)).status)).toContain('"type":"EngineReachable","status":"False"');
    const proxy = createServer((client) => {
      const upstream = connect(new URL(ENGINE_HOST).pathname);
      client.pipe(upstream).pipe(client);
      for (const one of [client, upstream])
        one.on('error', () => [client, upstream].forEach((each) => void each.destroy()));
    }).listen(socket);
    await eventually(async () => {
      const { status } = await view(server, name);
      expect(status.ready, JSON.stringify(status)).toBe(true);
    }, 40_000);
    await killed(server.child);
    proxy.close();
  });
});
