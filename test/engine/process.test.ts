/** The server as a process: killed, stopped, started twice, started without an engine. */

import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { docker, ENGINE_HOST, eventually, sweep } from './support.js';

let dataDir: string;
const running = new Set<ChildProcess>();
const instances = new Set<string>();

beforeEach(() => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'berth-process-'));
});
afterEach(async () => {
  for (const child of running) child.kill('SIGKILL');
  await Promise.all([...running].map((child) => child.exitCode ?? child.signalCode ?? once(child, 'exit')));
  running.clear();
  for (const instance of instances) await sweep(`io.berth.instance=${instance}`);
  instances.clear();
  rmSync(dataDir, { recursive: true, force: true });
});

interface Server {
  readonly child: ChildProcess;
  readonly url: string;
}

function start(engine: string, instance: string): { readonly child: ChildProcess; readonly url: Promise<string> } {
  instances.add(instance);
  const child = spawn(process.execPath, ['dist/main.js', '--port', '0', '--log-format', 'json'], {
    env: { PATH: process.env['PATH'], BERTH_DATA_DIR: dataDir, BERTH_INSTANCE: instance, DOCKER_HOST: engine },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  const url = new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout as NodeJS.ReadableStream }).on('line', (line) => {
      const { address } = JSON.parse(line) as { address?: string };
      if (address !== undefined) resolve(address);
    });
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
  });
  url.catch(() => undefined);
  return { child, url };
}

async function server(
  engine = ENGINE_HOST,
  instance = `test-${randomBytes(4).toString('hex')}`,
): Promise<Server & { instance: string }> {
  const { child, url } = start(engine, instance);
  return { child, url: await url, instance };
}

const json = { 'content-type': 'application/json' };
const post = (url: string, body: object) => fetch(url, { method: 'POST', headers: json, body: JSON.stringify(body) });
const get = async (url: string) => (await (await fetch(url)).json()) as Record<string, never>;

async function killed(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  await once(child, 'exit');
}

const ofInstance = (instance: string) =>
  docker.listContainers({ all: true, filters: { label: [`io.berth.instance=${instance}`] } });

describe('the server process', () => {
  it('has everything that it acknowledged after kill -9, and converges', async () => {
    const first = await server();
    const names = Array.from({ length: 5 }, (_, i) => `kill-${i}-${randomBytes(3).toString('hex')}`);
    const answers = await Promise.all(
      names.map((name) => post(`${first.url}/v1/containers`, { name, image: 'training/webapp', publishAll: true })),
    );
    expect(answers.map((answer) => answer.status)).toEqual(names.map(() => 201));
    await killed(first.child);

    const second = await server(ENGINE_HOST, first.instance);
    for (const name of names) {
      await eventually(async () => {
        const view = await get(`${second.url}/v1/containers/${name}`);
        expect(view['status'], JSON.stringify(view)).toMatchObject({ ready: true });
      }, 40_000);
    }
    const uids = (await ofInstance(first.instance)).map((one) => one.Labels['io.berth.uid']);
    expect(new Set(uids).size).toBe(names.length);
    expect(uids.length).toBe(names.length);
  });

  it('loses no acknowledged write and doubles no container over kill -9 at any moment', async () => {
    let current = await server();
    const { instance } = current;
    const acknowledged = new Map<string, string>();
    for (let round = 0; round < 5; round++) {
      const name = `load-${round}-${randomBytes(3).toString('hex')}`;
      await post(`${current.url}/v1/containers`, { name, image: 'training/webapp', publishAll: true });
      acknowledged.set(name, '');
      const writes = Array.from({ length: 6 }, async (_, i) => {
        const value = `${round}-${i}`;
        const answer = await fetch(`${current.url}/v1/containers/${name}`, {
          method: 'PATCH',
          headers: json,
          body: JSON.stringify({ env: { VALUE: value } }),
        });
        if (answer.ok) acknowledged.set(name, value);
      }).map((write) => write.catch(() => undefined)); // the kill cuts some of them: those were not acknowledged
      await Promise.all(writes.slice(0, 1 + round));
      await killed(current.child);
      await Promise.all(writes);
      current = await server(ENGINE_HOST, instance);
      for (const [known, value] of acknowledged) {
        const stored = await get(`${current.url}/v1/containers/${known}`);
        // Writes ran at once, so a later one than the last acknowledged may have won: but one of that round has.
        const round = value === '' ? /^/ : new RegExp(`^${value.split('-')[0]}-`);
        expect((stored['env'] as Record<string, string> | undefined)?.['VALUE'] ?? '').toMatch(round);
      }
    }
    for (const [name] of acknowledged) {
      await eventually(async () => {
        const view = await get(`${current.url}/v1/containers/${name}`);
        expect(view['status'], JSON.stringify(view)).toMatchObject({ ready: true });
        const own = (await ofInstance(instance)).filter((one) => one.Labels['io.berth.uid'] === view['uid']);
        expect(own.map((one) => one.Names[0])).toEqual([`/${name}`]);
      }, 40_000);
    }
  });

  it('ends in order on SIGTERM, also while a log is followed and a client waits', async () => {
    const { child, url } = await server();
    const name = `term-${randomBytes(3).toString('hex')}`;
    await post(`${url}/v1/containers?wait=30`, { name, image: 'training/webapp' });
    const log = await fetch(`${url}/v1/containers/${name}/logs?follow=true`);
    const waiting = post(`${url}/v1/containers?wait=300`, { image: 'no-such/image', pullPolicy: 'never' });
    const end = log.text();
    await eventually(async () => expect((await get(`${url}/v1/containers`))['items']).toHaveLength(2));
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
    expect((await waiting).status).toBe(202);
    expect(await end).toContain('Running on');
  });

  it('is the only one on its data folder', async () => {
    const first = await server();
    const second = start(ENGINE_HOST, first.instance);
    let said = '';
    second.child.stderr?.on('data', (part) => {
      said += String(part);
    });
    expect(await once(second.child, 'exit')).toEqual([1, null]);
    expect(said).toContain('another Berth is running on');
  });

  it('serves without an engine, and converges when one appears', async () => {
    const socket = path.join(dataDir, 'late.sock');
    const { url } = await server(`unix://${socket}`);
    const name = `late-${randomBytes(3).toString('hex')}`;
    expect((await post(`${url}/v1/containers`, { name, image: 'training/webapp' })).status).toBe(201);
    const before = await get(`${url}/v1/containers/${name}`);
    expect(JSON.stringify(before['status'])).toContain('"type":"EngineReachable","status":"False"');
    const proxy = createServer((client) => {
      const upstream = connect(new URL(ENGINE_HOST).pathname);
      client.pipe(upstream).pipe(client);
      for (const one of [client, upstream])
        one.on('error', () => [client, upstream].forEach((each) => void each.destroy()));
    }).listen(socket);
    await eventually(async () => {
      const view = await get(`${url}/v1/containers/${name}`);
      expect(view['status'], JSON.stringify(view)).toMatchObject({ ready: true });
    }, 40_000);
    for (const child of running) await killed(child);
    proxy.close();
  });
});
