import { expect, it } from 'vitest';
import { createBody } from '../../../src/engine/docker/to-docker.js';
import type { CreateRequest } from '../../../src/engine/engine.js';

const REQUEST: CreateRequest = {
  ...{ name: 'web', image: 'webapp', env: [], labels: { team: 'shop' }, exposed: [], bindings: [], links: [] },
  ...{ addresses: [] },
  ...{ network: 'bridge', restartPolicy: 'always', resources: { pids: 100 }, stopTimeoutSeconds: 10 },
  volumes: [
    { volume: 'data', target: '/data', readOnly: false },
    { volume: '/srv/www', target: '/www', readOnly: true },
  ],
  owner: { instance: 'i', uid: 'u', name: 'web', generation: 1, hash: 'h' },
};

const body = (request = REQUEST) => createBody(request, 'creation-1');

it('sets no-new-privileges, a limit of processes and rotated logs on every container', () => {
  expect(body().HostConfig).toMatchObject({
    SecurityOpt: ['no-new-privileges'],
    PidsLimit: 100,
    LogConfig: { Type: 'json-file', Config: { 'max-size': '10m', 'max-file': '3' } },
  });
});

it('mounts volumes by name, and paths of the host as what they are, without making those that are not there', () => {
  expect(body().HostConfig.Mounts).toEqual([
    { Type: 'volume', Source: 'data', Target: '/data', ReadOnly: false },
    { Type: 'bind', Source: '/srv/www', Target: '/www', ReadOnly: true },
  ]);
});

it('makes paths of the host that are not there, and relabels them, only where that is declared', () => {
  const host = { readOnly: false, createHostPath: true } as const;
  const volumes = [
    { ...host, volume: '/srv/a', target: '/a' },
    { ...host, volume: '/srv/b', target: '/b', readOnly: true, propagation: 'rslave', selinux: 'z' },
    { volume: '/srv/c', target: '/c', readOnly: false, propagation: 'shared' },
  ] as const;
  expect(body({ ...REQUEST, volumes }).HostConfig).toMatchObject({
    Binds: ['/srv/a:/a', '/srv/b:/b:ro,rslave,z'],
    Mounts: [{ Type: 'bind', Source: '/srv/c', Target: '/c', BindOptions: { Propagation: 'shared' } }],
  });
});

it.each([
  ['off', [], ['NONE']],
  ['a program', ['curl', 'x'], ['CMD', 'curl', 'x']],
  ['a text for the shell', ['/bin/sh', '-c', 'a || b'], ['CMD', '/bin/sh', '-c', 'a || b']],
  ['a program named NONE', ['CMD', 'NONE'], ['CMD', 'NONE']],
])('writes a health check in the array form of Docker: %s', (_, command, expected) => {
  expect(body({ ...REQUEST, healthcheck: { command } }).Healthcheck).toMatchObject({ Test: expected });
});

it('takes from a request what it knows, and nothing else', () => {
  const more = { Privileged: true, Runtime: 'x', CapAdd: ['ALL'], HostConfig: { Privileged: true } };
  const asked: CreateRequest = { ...REQUEST, ...more };
  expect(body(asked)).toEqual(body());
});

it('lets no label of a definition take the place of an owner label', () => {
  const forged = body({ ...REQUEST, labels: { 'io.berth.uid': 'another', 'io.berth.creation': 'c' } });
  expect(forged.Labels).toMatchObject({ 'io.berth.uid': 'u', 'io.berth.creation': 'creation-1' });
});

it('writes lines for the hosts file so that the engine keeps the order of their names', () => {
  const hostsLines = [{ address: '172.18.0.2', names: ['data', '6e5cdeb2d300', 'db'] }];
  expect(body({ ...REQUEST, network: 'berth-links', hostsLines }).HostConfig).toMatchObject({
    ExtraHosts: ['data 6e5cdeb2d300 db:172.18.0.2'],
  });
  expect(body().HostConfig).not.toHaveProperty('ExtraHosts');
});

it('gives a container its fixed address, and the lines of its links beside its own', () => {
  const made = body({
    ...REQUEST,
    ...{
      network: 'backend',
      addresses: ['10.20.0.2', 'fd00:20::2'],
      hostsLines: [{ address: '10.20.0.3', names: ['db'] }],
    },
    extraHosts: ['printer:192.0.2.7'],
  });
  expect(made.HostConfig).toMatchObject({ ExtraHosts: ['printer:192.0.2.7', 'db:10.20.0.3'] });
  expect(made.NetworkingConfig?.EndpointsConfig['backend']).toMatchObject({
    IPAMConfig: { IPv4Address: '10.20.0.2', IPv6Address: 'fd00:20::2' },
  });
});

it('names the platform of the image only if the definition does, and the runtime likewise', () => {
  expect(body()).not.toHaveProperty('platform');
  expect(body().HostConfig).not.toHaveProperty('Runtime');
  const made = body({ ...REQUEST, platform: 'linux/arm64', runtime: 'nvidia' });
  expect(made).toMatchObject({ platform: 'linux/arm64', HostConfig: { Runtime: 'nvidia' } });
});
