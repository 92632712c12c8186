/** An engine that is reached through ssh. The ssh is a program of ours: it joins its two streams to the engine's socket. */

import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it, onTestFinished, vi } from 'vitest';
import { declaring, unique } from './declaring.js';
import { docker, ENGINE_HOST, eventually, type TestBerth, testBerth } from './support.js';

const HOST = 'ssh://me@there:2222';
const folder = mkdtempSync(path.join(tmpdir(), 'berth-ssh-'));
const heard = path.join(folder, 'arguments');
const program = path.join(folder, 'ssh');

function playSsh(body: string): void {
  writeFileSync(program, `#!${process.execPath}\n${body}\n`);
  chmodSync(program, 0o700);
}

const JOINED = `
require('node:fs').appendFileSync(${JSON.stringify(heard)}, process.argv.slice(2).join(' ') + '\\n');
const socket = require('node:net').connect(${JSON.stringify(new URL(ENGINE_HOST).pathname)});
process.stdin.pipe(socket).pipe(process.stdout);
socket.on('close', () => process.exit());
`;

let t: TestBerth;
beforeAll(async () => {
  playSsh(JOINED);
  vi.stubEnv('PATH', `${folder}:${process.env['PATH']}`);
  t = await testBerth({ engine: HOST });
  vi.unstubAllEnvs();
});
afterAll(async () => {
  await t.stop();
  rmSync(folder, { recursive: true, force: true });
});
const { declare, ready } = declaring(() => t);

it('is asked, followed and kept to what is declared as any other', async () => {
  vi.stubEnv('PATH', `${folder}:${process.env['PATH']}`);
  const name = unique('far');
  await declare({ name, image: 'training/webapp', ports: ['5000'] });
  const { status } = await ready(name);
  const ran = await t.http
    .post(`/v1/containers/${name}/exec`)
    .send({ command: ['echo', 'from there'] })
    .expect(200);
  expect(ran.body.stdout ?? JSON.stringify(ran.body)).toContain('from there');
  await docker.getContainer(status.container?.id ?? '').kill();
  await eventually(async () => {
    const { body } = await t.http.get(`/v1/containers/${name}`);
    expect(body.status.ready).toBe(true);
    expect(body.status.container.startedAt).not.toBe(status.container?.startedAt);
  });
  expect(readFileSync(heard, 'utf8').split('\n')[0]).toBe(
    '-T -o BatchMode=yes -o ConnectTimeout=15 -l me -p 2222 -- there docker system dial-stdio',
  );
  await t.http.delete(`/v1/containers/${name}?wait=30`).expect(200);
});

it('that ssh does not lead to is away, with what ssh says', async () => {
  vi.stubEnv('PATH', `${folder}:${process.env['PATH']}`);
  playSsh("console.error('Host key verification failed.'); process.exit(255);");
  const away = await testBerth({ engine: HOST });
  onTestFinished(() => away.stop());
  await eventually(async () => {
    const { body } = await away.http.get('/v1/engine');
    expect(body).toMatchObject({ reachable: false });
    expect(body.message).toBe(`no engine answers at ${HOST}: Host key verification failed.`);
  });
  playSsh(JOINED);
  await eventually(async () => expect((await away.http.get('/v1/engine')).body.reachable).toBe(true));
});
