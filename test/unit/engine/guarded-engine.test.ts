/** Volumes by their names: what they reach is compared with the policy, as the engine has them. */

import { describe, expect, it } from 'vitest';
import type { CreateRequest, Engine, EngineVolume } from '../../../src/engine/engine.js';
import { guardedEngine } from '../../../src/engine/guarded-engine.js';
import { openPolicies } from '../../../src/service/access/policy.js';

const POLICY = { hostPaths: ['/srv/apps/**', '/srv/one'], volumeDrivers: ['local:nfs'] };
const LINKS: Readonly<Record<string, string>> = { '/srv/apps/link': '/' };

const bound = (device: string): EngineVolume => ({
  driver: 'local',
  driverOptions: { type: 'none', o: 'bind', device },
});
const STORAGE: EngineVolume = { driver: 'local', driverOptions: {} };
const NFS: EngineVolume = { driver: 'local', driverOptions: { type: 'nfs', o: 'addr=192.0.2.1', device: ':/' } };
const PLUGIN: EngineVolume = { driver: 'vieux/sshfs', driverOptions: {} };

/** Creates, starts and restarts a container with a volume, and returns the refusal of each, and the calls that passed. */
async function mounting(volume: EngineVolume | undefined, declared: Partial<EngineVolume>, policy: object = POLICY) {
  const policies = openPolicies({
    file: 'policy.json',
    readFile: () => JSON.stringify(policy),
    now: () => new Date(0),
    followLinks: async (path) => LINKS[path] ?? path,
  });
  const passed: string[] = [];
  const config = { Name: declared.driver, Options: declared.driverOptions };
  const engine = guardedEngine(
    {
      inspectVolumes: async ([name = '']) => new Map(volume === undefined ? [] : [[name, volume]]),
      inspectRaw: async () => ({
        Mounts: [{ Type: 'volume', Name: 'v', Source: '/var/lib/docker/volumes/v/_data', Destination: '/h' }],
        HostConfig: {
          Mounts: [{ Type: 'volume', Source: 'v', Target: '/h', VolumeOptions: { DriverConfig: config } }],
        },
      }),
      async create() {
        passed.push('create');
        return 'id';
      },
      async start() {
        passed.push('start');
      },
      async restart() {
        passed.push('restart');
      },
    } as Partial<Engine> as Engine,
    policies,
  );
  const mount = { volume: 'v', target: '/h', readOnly: false, ...declared };
  const refusals: string[] = [];
  for (const call of [
    () => engine.create({ volumes: [mount] } as Partial<CreateRequest> as CreateRequest),
    () => engine.start('id'),
    () => engine.restart('id', 1),
  ]) {
    await call().catch((error: Error) => refusals.push(error.message));
  }
  return { passed, refusals };
}

const ALL = ['create', 'start', 'restart'];

describe('a volume that is named without options', () => {
  it.each<[string, EngineVolume, object, string]>([
    ['a path that the policy does not list', bound('/etc'), POLICY, 'the host path "/etc" is not'],
    ['a path that became a link', bound('/srv/apps/link'), POLICY, 'leads through a symbolic link to "/"'],
    ['a path, under a policy without any', bound('/srv/one'), {}, 'the host path "/srv/one" is not'],
    ['a file system, under a policy without any', NFS, {}, 'the volume driver local:nfs is not'],
    ['a plugin', PLUGIN, POLICY, 'the volume driver vieux/sshfs is not'],
  ])('is mounted by nothing if it leads to %s', async (_, volume, policy, message) => {
    const { passed, refusals } = await mounting(volume, {}, policy);
    expect(passed).toEqual([]);
    expect(refusals).toEqual(ALL.map(() => expect.stringContaining(message)));
    expect(refusals[0]).toMatch(/^the volume v leads out of the engine's storage: /);
  });

  it.each<[string, EngineVolume | undefined]>([
    ['is in the storage of the engine', STORAGE],
    ['is made with the container', undefined],
    ['leads to a path that the policy lists', bound('/srv/one')],
    ['leads below a directory that the policy lists', bound('/srv/apps/x')],
    ['has a file system that the policy lists', NFS],
    ['is in memory', { driver: 'local', driverOptions: { type: 'tmpfs', device: 'tmpfs' } }],
  ])('is mounted if it %s', async (_, volume) => {
    expect(await mounting(volume, {})).toEqual({ passed: ALL, refusals: [] });
  });
});

describe('a volume with options', () => {
  it('is mounted under a stricter policy, which stops nothing that it let through', async () => {
    for (const volume of [bound('/srv/one'), NFS, PLUGIN]) {
      expect(await mounting(volume, volume, {})).toEqual({ passed: ALL, refusals: [] });
    }
  });

  it('is refused if the engine has it with others', async () => {
    const { passed, refusals } = await mounting(bound('/etc'), bound('/srv/one'));
    expect(passed).toEqual([]);
    expect(refusals).toEqual(ALL.map(() => expect.stringContaining('the host path "/etc" is not')));
  });

  it('is refused once its path leads out, before it is made too', async () => {
    for (const volume of [undefined, bound('/srv/apps/link')]) {
      const { passed, refusals } = await mounting(volume, bound('/srv/apps/link'));
      expect(passed).toEqual([]);
      expect(refusals).toEqual(ALL.map(() => expect.stringContaining('leads through a symbolic link')));
    }
  });
});
