/** The npm package: packed, installed in an empty folder without a compiler or a build, and run from there. */

import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, it } from 'vitest';

/** Largest package, in bytes. */
const MAX_BYTES = 8 * 1024 * 1024;

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly dependencies: Record<string, string>;
  readonly bin: Record<string, string>;
}

interface Locked {
  readonly dev?: boolean;
}

let folder: string;
let berth: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'berth-package-'));
  berth = path.join(folder, 'node_modules/.bin/berth');
  // What `npm ci` and `npm run build` of this checkout made is packed.
  execFileSync('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], { stdio: 'ignore' });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Writes a project that has the package, and each of its dependencies in the version that this checkout has. */
function lockDependencies(file: string): void {
  const { name, version, dependencies, bin } = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, Locked> };
  const project = { private: true, dependencies: { [name]: `file:${file}` } };
  const installed = Object.entries(packages).filter(([place, { dev }]) => place !== '' && dev !== true);
  const berth = { version, resolved: `file:${file}`, dependencies, bin };
  const locked = { '': project, ...Object.fromEntries(installed), [`node_modules/${name}`]: berth };
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify(project));
  writeFileSync(path.join(folder, 'package-lock.json'), JSON.stringify({ lockfileVersion: 3, packages: locked }));
}

it('is small, installs without scripts, and its command starts a server and talks to it', async () => {
  const [file = ''] = readdirSync(folder);
  expect(statSync(path.join(folder, file)).size).toBeLessThan(MAX_BYTES);
  lockDependencies(file);
  // Without a network the packages come from npm's cache, where `npm ci` of this checkout has put them.
  const ci = ['ci', '--ignore-scripts', '--omit=optional', '--prefer-offline', '--fetch-retries=0'];
  execFileSync('npm', [...ci, '--no-audit', '--no-fund'], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });

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
