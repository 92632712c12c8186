/** The npm package: packed, installed in an empty folder without a compiler or a build, and run from there. */

import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, it } from 'vitest';

/** Largest package, in bytes. */
const MAX_BYTES = 8 * 1024 * 1024;

let folder: string;
let berth: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'berth-package-'));
  berth = path.join(folder, 'node_modules/.bin/berth');
  // What `npm ci` and `npm run build` of this checkout made is packed.
  execFileSync('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], { stdio: 'ignore' });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('is small, installs without scripts, and its command starts a server and talks to it', async () => {
  const [file = ''] = readdirSync(folder);
  expect(statSync(path.join(folder, file)).size).toBeLessThan(MAX_BYTES);
  writeFileSync(path.join(folder, 'package.json'), '{ "private": true }');
  const install = ['install', '--ignore-scripts', '--omit=optional', '--prefer-offline', '--no-audit', '--no-fund'];
  execFileSync('npm', [...install, `./${file}`], { cwd: folder, stdio: 'ignore' });

  const env = { PATH: process.env['PATH'], HOME: folder, DOCKER_HOST: `unix://${folder}/none.sock` };
  const run = (...args: readonly string[]) => execFileSync(berth, args, { cwd: folder, env, encoding: 'utf8' });
  expect(run('--version')).toMatch(/^\d+\.\d+\.\d+\n$/);
  const server = spawn(berth, ['serve', '--port', '0', '--log-format', 'json'], { cwd: folder, env });
  try {
    const lines = createInterface({ input: server.stdout });
    let url: string | undefined;
    for await (const line of lines) {
      url = (JSON.parse(line) as { address?: string }).address;
      if (url !== undefined) break;
    }
    lines.close();
    server.stdout.resume();
    expect((await fetch(`${url}/`)).headers.get('content-type')).toContain('text/html');
    expect((await fetch(`${url}/docs/`)).status).toBe(200);
    writeFileSync(path.join(folder, 'compose.yaml'), 'services: { web: { image: training/webapp } }');
    expect(run('up', '--yes', '--no-wait', '--project', 'shop')).toBe('shop is up\n');
    expect(run('get', '-o', 'name')).toBe('shop-web\n');
  } finally {
    const ended = once(server, 'exit');
    server.kill('SIGTERM');
    await ended;
  }
  expect(server.exitCode).toBe(0);
});
