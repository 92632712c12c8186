/** What npm start says where no engine answers, and whether it may set one up. */

import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { type Found, obstacleText, stateOf } from '../../../scripts/engine.mjs';
import { fullDisk, lostNetwork, remedy, tooSmall } from '../../../scripts/remedy.mjs';

const BARE: Found = {
  ...{ socket: '/var/run/docker.sock', state: 'absent', isInstalled: false, isOurs: false, canInstall: true },
  ...{ user: 'root', startCommand: 'systemctl start docker' },
};
const USER = { canInstall: false, user: 'ann' };
const DENIED = { ...USER, state: 'denied', isInstalled: true } as const;
const STOPPED = 'Docker is installed, but its daemon is not running: start it';

it.each<[string, Partial<Found>, string | undefined]>([
  ['a bare Debian gets a private engine', {}, undefined],
  ['an engine that Berth installed is started again', { isInstalled: true, isOurs: true }, undefined],
  [
    'a socket of the group docker that the user may not open',
    { ...DENIED, group: 'docker' },
    'user ann has no permission to open /var/run/docker.sock: sudo usermod -aG docker ann, then log out and in again',
  ],
  [
    'a socket of root alone',
    DENIED,
    'user ann has no permission to open /var/run/docker.sock: run this as root, or set DOCKER_HOST to an engine that you may use',
  ],
  [
    'a stopped daemon, as root',
    { isInstalled: true, state: 'down' },
    `${STOPPED} (systemctl start docker), or set BERTH_ENGINE_SETUP=private to start a private engine beside it`,
  ],
  ['a stopped daemon, as a user', { ...USER, isInstalled: true }, `${STOPPED} (sudo systemctl start docker)`],
  ['a second engine that was asked for', { isInstalled: true, setup: 'private' }, undefined],
  [
    'setup switched off',
    { setup: 'off' },
    'no engine answers, and BERTH_ENGINE_SETUP=off: install Docker and start it, or set DOCKER_HOST to a running engine',
  ],
  [
    'another system, or no root',
    USER,
    'no engine answers, and Berth can set one up only as root on Debian or Ubuntu: install Docker and start it, or set DOCKER_HOST to a running engine',
  ],
  [
    'a DOCKER_HOST at which nothing answers',
    { dockerHost: 'unix:///x' },
    'no engine answers at DOCKER_HOST=unix:///x: start it, or unset DOCKER_HOST',
  ],
])('where no engine answers: %s', (_, found, text) => expect(obstacleText({ ...BARE, ...found })).toBe(text));

it('an engine is up, absent, or down with its socket left', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'berth-state-'));
  try {
    const socket = path.join(folder, 'engine.sock');
    expect(await stateOf(`unix://${socket}`)).toBe('absent');
    const server = createServer((_, answer) => answer.end('OK')).listen(socket);
    await once(server, 'listening');
    expect(await stateOf(`unix://${socket}`)).toBe('up');
    server.close();
    server.closeAllConnections();
    expect(await stateOf('tcp://127.0.0.1:1')).toBe('down');
  } finally {
    rmSync(folder, { recursive: true });
  }
});

it.each([
  ['npm error code ENOSPC', 'the disk is full'],
  ["E: You don't have enough free space in /var/cache/apt/archives/.", 'the disk is full'],
  ['dpkg: error processing archive: No space left on device', 'the disk is full'],
  [
    'npm error network request to https://registry/x failed, reason: getaddrinfo EAI_AGAIN registry',
    'the network is down',
  ],
  [
    'npm error code FETCH_ERROR\nnpm error request to https://x/y failed, reason: Proxy connection ended',
    'the network is down',
  ],
  ['E: Unable to locate package docker.io', 'the network is down'],
  ['E: Failed to fetch http://x  Temporary failure resolving', 'the network is down'],
  ['E: Could not get lock /var/lib/dpkg/lock-frontend', 'another program is installing packages'],
  ["E: dpkg was interrupted, you must manually run 'dpkg --configure -a'", 'an earlier installation was interrupted'],
  ["EACCES: permission denied, mkdir 'data'", 'this user may not write here'],
  ["EROFS: read-only file system, open 'x'", 'the file system is read-only'],
])('the remedy for %j begins with %j', (text, beginning) => expect(remedy(text)).toMatch(new RegExp(`^${beginning}`)));

it('a disk that is too small for the packages is named with what is needed and what is free', () => {
  expect(tooSmall('/srv/berth', 600, 599)).toBe(
    'the disk is full: /srv/berth needs 600 MB and has 599 MB free. Free some space and run the command again',
  );
  expect(tooSmall('/srv/berth', 600, 600)).toBeUndefined();
  expect(tooSmall(tmpdir(), 2 ** 40)).toMatch(/^the disk is full: /);
  expect(fullDisk([tmpdir()])).toBeUndefined();
});

it('npm that ends without a reason is explained by a registry that does not answer', async () => {
  const crash = 'npm error Exit handler never called!';
  const registry = createServer((_, answer) => answer.end()).listen(0);
  await once(registry, 'listening');
  const url = `http://127.0.0.1:${(registry.address() as AddressInfo).port}/`;
  expect(await lostNetwork(crash, url)).toBeUndefined();
  registry.close();
  registry.closeAllConnections();
  expect(await lostNetwork(crash, url)).toMatch(/^the network is down/);
  expect(await lostNetwork('npm error code 1', url)).toBeUndefined();
});

it('has no remedy for what it does not know', () => expect(remedy('SyntaxError: unexpected token')).toBeUndefined());
