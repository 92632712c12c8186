/** The server as a process: killed, stopped, started twice, started without an engine. */

import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
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

  it('loses no acknowledged write and doubles no container over kill -9 at any moment', async () => {
    let current = await servers.start();
    const acknowledged = new Map<string, string>();
    for (let round = 0; round < 5; round++) {
      const name = `load-${round}-${randomBytes(3).toString('hex')}`;
      await post(`${current.url}/v1/containers`, { name, image: 'training/webapp', publishAll: true });
      acknowledged.set(name, '');
      const writes = Array.from({ length: 6 }, async (_, i) => {
        const value = `${round}-${i}`;
        const answer = await send('PATCH', `${current.url}/v1/containers/${name}`, { env: { VALUE: value } });
        if (answer.ok) acknowledged.set(name, value);
      }).map((write) => write.catch(() => undefined)); // the kill cuts some of them: those were not acknowledged
      await Promise.all(writes.slice(0, 1 + round));
      await killed(current.child);
      await Promise.all(writes);
      current = await servers.start();
      for (const [known, value] of acknowledged) {
        const stored = await view(current, known);
        // Writes ran at once, so a later one than the last acknowledged may have won: but one of that round has.
        const round = value === '' ? /^/ : new RegExp(`^${value.split('-')[0]}-`);
        expect(stored.env?.['VALUE'] ?? '').toMatch(round);
      }
    }
    for (const [name] of acknowledged) {
      await eventually(async () => {
        const { status, uid } = await view(current, name);
        expect(status.ready, JSON.stringify(status)).toBe(true);
        const own = (await servers.containers()).filter((one) => one.Labels['io.berth.uid'] === uid);
        expect(own.map((one) => one.Names[0])).toEqual([`/${name}`]);
      }, 40_000);
    }
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
