/** The real server on a port that another process has. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { holderOf } from '../../../src/port-holder.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'berth-port-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A listener in this process, on any free port. */
async function listening() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, port: (server.address() as AddressInfo).port };
}

describe.runIf(existsSync('/proc/net/tcp'))('a port in use', () => {
  it('is reported with the process that listens on it', async () => {
    const { server, port } = await listening();
    expect(holderOf(port)).toMatch(new RegExp(`\\(process ${process.pid}\\)$`));
    server.close();
    await once(server, 'close');
    expect(holderOf(port)).toBeUndefined();
  });

  it('ends the server with status 1, naming BERTH_PORT and the process', async () => {
    const { server, port } = await listening();
    const env = {
      PATH: process.env['PATH'],
      BERTH_PORT: String(port),
      BERTH_DATA_DIR: folder,
      DOCKER_HOST: `unix://${folder}/none`,
    };
    const child = spawn(process.execPath, ['dist/main.js'], { env, stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.on('data', (part) => {
      said += String(part);
    });
    expect(await once(child, 'close')).toEqual([1, null]);
    expect(said).toContain(`port ${port} on 127.0.0.1 is in use by `);
    expect(said).toContain(`(process ${process.pid}): stop that process, or choose another port with BERTH_PORT`);
    server.close();
  });
});

it('a port is not ascribed to a process that only has a connection on it, or that can not be seen', () => {
  const line = (state: string) =>
    `  0: 0100007F:1F90 00000000:0000 ${state} 00000000:00000000 00:00000000 00000000  0  0 77 1\n`;
  mkdirSync(path.join(folder, 'net'));
  mkdirSync(path.join(folder, '42/fd'), { recursive: true });
  symlinkSync('socket:[77]', path.join(folder, '42/fd/3'));
  writeFileSync(path.join(folder, '42/cmdline'), 'nginx\0-g\0daemon off;\0');
  writeFileSync(path.join(folder, 'net/tcp'), line('01'));
  expect(holderOf(8080, folder)).toBeUndefined();
  writeFileSync(path.join(folder, 'net/tcp'), line('0A'));
  expect(holderOf(8080, folder)).toBe('nginx -g daemon off; (process 42)');
  rmSync(path.join(folder, '42/fd/3'));
  expect(holderOf(8080, folder)).toBeUndefined();
});
