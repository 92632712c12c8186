/** What leads to the host, or to others' containers, and needs an engine to be tried: docs/security.md has the whole list. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { condition, declaring, unique } from './declaring.js';
import { docker, eventually, IS_PODMAN, RUN, sweep, TEST_LABEL, type TestBerth, testBerth } from './support.js';

let t: TestBerth;
beforeAll(async () => {
  t = await testBerth();
});
afterAll(async () => {
  await t.stop();
  await sweep(`${TEST_LABEL}=${RUN}`);
});
const { declare, get } = declaring(() => t);

/** Somebody else's container. */
async function made(HostConfig: object, Labels: Record<string, string> = {}): Promise<string> {
  const name = unique('foreign');
  await docker.createContainer({
    ...{ name, Image: 'training/webapp', Cmd: ['python', 'app.py'], Env: ['SECRET=of-somebody-else'] },
    ...{ Labels: { [TEST_LABEL]: RUN, ...Labels }, HostConfig },
  });
  return name;
}

/** One that runs. */
async function foreign(labels: Record<string, string> = {}): Promise<string> {
  const name = await made({}, labels);
  await docker.getContainer(name).start();
  return name;
}

describe('a container that is not ours', () => {
  it('is not looked into, not by its name, its id or a way round', async () => {
    const name = await foreign();
    const { Id } = await docker.getContainer(name).inspect();
    for (const target of [name, Id, Id.slice(0, 12), `..%2f${name}`, `x%2f..%2f${name}`, `${name}%3f`]) {
      for (const part of ['', '/env', '/hosts', '/inspect', '/logs', '/stats', '/ports', '/links']) {
        const answer = await t.http.get(`/v1/containers/${target}${part}`);
        expect(answer.status, `${target}${part}`).toBe(404);
        expect(answer.text).not.toContain('of-somebody-else');
      }
      const exec = await t.http.post(`/v1/containers/${target}/exec`).send({ command: ['env'] });
      expect(exec.status, target).toBe(404);
      expect((await t.http.delete(`/v1/containers/${target}`)).status, target).toBe(404);
    }
    expect((await docker.getContainer(name).inspect()).State.Running).toBe(true);
  });

  it('is not linked to for its environment', async () => {
    const answer = await t.http
      .post('/v1/containers')
      .send({ name: unique('thief'), image: 'training/webapp', links: [`${await foreign()}:db`] });
    expect([answer.status, answer.body.code]).toEqual([422, 'invalid-definition']);
  });

  it('with forged owner labels is neither taken for ours, replaced nor removed', async () => {
    const { uid } = await declare({ name: unique('own'), image: 'training/webapp' });
    const labels = { 'io.berth.instance': t.berth.instance(), 'io.berth.name': 'forged', 'io.berth.generation': '7' };
    const name = await foreign({ ...labels, 'io.berth.uid': '00000000-0000-4000-8000-000000000000' });
    expect((await t.http.get('/v1/containers/forged')).status).toBe(404);
    const { Id } = await docker.getContainer(name).inspect();
    await declare({ name: unique('another'), image: 'training/webapp' });
    expect((await docker.getContainer(name).inspect()).Id).toBe(Id);
    expect(uid).not.toBe('');
  });
});

it('a volume that leads to the host is not mounted by its bare name', async () => {
  const [volume, name] = [unique('bound'), unique('bare')];
  const DriverOpts = { type: 'none', o: 'bind', device: '/etc' };
  await docker.createVolume({ Name: volume, Labels: { [TEST_LABEL]: RUN }, DriverOpts });
  try {
    const body = { name, image: 'training/webapp', volumes: [{ volume, target: '/mnt/etc' }] };
    expect((await t.http.post('/v1/containers').send(body)).status).toBe(201);
    await eventually(async () => {
      expect(condition(await get(name), 'Ready')).toMatchObject({
        ...{ status: 'False', reason: 'CreateFailed', message: expect.stringContaining('the host path "/etc" is not') },
      });
    });
  } finally {
    await docker.getVolume(volume).remove();
  }
});

/** Without a name: it goes with its container. */
const BOUND_VOLUME = {
  ...{ Type: 'volume', Target: '/mnt/etc' },
  VolumeOptions: {
    NoCopy: true,
    DriverConfig: { Name: 'local', Options: { type: 'none', o: 'bind', device: '/etc' } },
  },
};

/** Each takes a wall down between a container and its host. Podman knows some by other names. */
const REACHING: readonly [string, object][] = [
  ['privileged', { Privileged: true }],
  ['an added capability', { CapAdd: ['SYS_ADMIN'] }],
  ['a device', { Devices: [{ PathOnHost: '/dev/null', PathInContainer: '/dev/x', CgroupPermissions: 'rwm' }] }],
  ["the host's processes", { PidMode: 'host' }],
  ["the host's shared memory", { IpcMode: 'host' }],
  ["the host's names", { UTSMode: 'host' }],
  ['no seccomp', { SecurityOpt: ['seccomp=unconfined'] }],
  ['what every container is kept from', { MaskedPaths: [], ReadonlyPaths: [] }],
  ['a path of the host', { Binds: ['/etc:/mnt/etc:ro'] }],
  ["the engine's socket", { Binds: ['/var/run:/mnt/run'] }],
  ['a mount of the host', { Mounts: [{ Type: 'bind', Source: '/etc', Target: '/mnt/etc' }] }],
  ['a volume that is a path of the host', { Mounts: [BOUND_VOLUME] }],
];

describe.skipIf(IS_PODMAN)('what reaches the host is not taken over, forced or not', () => {
  it.each(REACHING)('%s', async (_, hostConfig) => {
    // Not started: a host may itself be a container, which can't hand on all that it lacks.
    const container = await made(hostConfig);
    for (const force of [false, true]) {
      const answer = await t.http.post('/v1/adopt').send({ container, force });
      expect([answer.status, answer.body.code], JSON.stringify(answer.body)).toEqual([403, 'policy-denied']);
      expect(answer.body.errors[0]).toMatchObject({ in: 'body', pointer: '/container' });
    }
    expect((await t.http.get(`/v1/containers/${container}`)).status).toBe(404);
  });
});

it('a definition cannot make what reaches the host: what the engine has of it is within the walls', async () => {
  const { name } = await declare({ name: unique('plain'), image: 'training/webapp', command: ['python', 'app.py'] });
  const { HostConfig, Mounts } = await docker.getContainer(name).inspect();
  expect(HostConfig).toMatchObject({ Privileged: false, PidMode: '', UTSMode: '' });
  for (const field of ['CapAdd', 'Devices', 'Binds', 'VolumesFrom', 'DeviceRequests', 'Sysctls'] as const) {
    expect((HostConfig as unknown as Record<string, unknown>)[field] ?? [], field).toHaveLength(0);
  }
  expect(Mounts).toEqual([]);
});
