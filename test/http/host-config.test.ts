/** What Docker could be asked for, and Berth never asks: every field of a creation that is not ours is refused by name. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FIELD_NAMES } from '../../src/domain/definition/definition.js';
import { type TestBerth, testBerth } from './berth.js';

let berth: TestBerth;
beforeAll(async () => {
  berth = await testBerth();
});
afterAll(() => berth.stop());

/** Source: the Engine API v1.51, `HostConfig` with `Resources`, without those fields that a definition has by their names. */
const HOST_CONFIG: Readonly<Record<string, unknown>> = {
  ...{ AutoRemove: true, Binds: ['/:/host'], BlkioDeviceReadBps: [], BlkioDeviceReadIOps: [], BlkioDeviceWriteBps: [] },
  ...{ BlkioDeviceWriteIOps: [], BlkioWeight: 10, BlkioWeightDevice: [], CapAdd: ['ALL'], CapDrop: [] },
  ...{ Cgroup: 'container:x', CgroupParent: '/', CgroupnsMode: 'host', ConsoleSize: [1, 1], ContainerIDFile: '/etc/x' },
  ...{ CpuCount: 1, CpuPercent: 1, CpuPeriod: 1, CpuQuota: 1, CpuRealtimePeriod: 1, CpuRealtimeRuntime: 1 },
  ...{ CpuShares: 1, CpusetCpus: '0', CpusetMems: '0', DeviceCgroupRules: ['a *:* rwm'] },
  ...{ DeviceRequests: [{ Count: -1 }], Devices: [{ PathOnHost: '/dev/sda', PathInContainer: '/dev/sda' }] },
  ...{ Dns: ['1.1.1.1'], DnsOptions: [], DnsSearch: [], ExtraHosts: ['a:127.0.0.1'], GroupAdd: ['docker'] },
  ...{ IOMaximumBandwidth: 1, IOMaximumIOps: 1, Init: true, IpcMode: 'host', Isolation: 'default', KernelMemory: 1 },
  ...{
    KernelMemoryTCP: 1,
    LogConfig: { Type: 'syslog' },
    MaskedPaths: [],
    Memory: 1,
    MemoryReservation: 1,
    MemorySwap: 1,
  },
  ...{
    MemorySwappiness: 1,
    Mounts: [{ Type: 'bind', Source: '/', Target: '/host' }],
    NanoCpus: 1,
    NetworkMode: 'host',
  },
  ...{ OomKillDisable: true, OomScoreAdj: -1000, PidMode: 'host', PidsLimit: -1, PortBindings: {}, Privileged: true },
  ...{ PublishAllPorts: true, ReadonlyPaths: [], ReadonlyRootfs: true, RestartPolicy: { Name: 'always' } },
  ...{ Runtime: 'other', SecurityOpt: ['apparmor=unconfined'], ShmSize: 1, StorageOpt: {}, Sysctls: { 'a.b': '1' } },
  ...{ Tmpfs: { '/tmp': '' }, UTSMode: 'host', Ulimits: [], UsernsMode: 'host', VolumeDriver: 'local' },
  ...{ VolumesFrom: ['x'], Links: ['/db:/web/db'], Annotations: {} },
};

const camelCase = (name: string): string =>
  name.replace(/^[A-Z]+(?=[A-Z][a-z])|^[A-Z]+/, (start) => start.toLowerCase());

const isOurs = (name: string): boolean => (FIELD_NAMES as readonly string[]).includes(name);
const flat = Object.entries(HOST_CONFIG).flatMap(([name, value]) => [
  ...[[name, value] as const],
  ...(isOurs(camelCase(name)) ? [] : [[camelCase(name), value] as const]),
]);

/** As `docker run`, Compose and the engine's creation have them beside those. */
const OTHERS: readonly (readonly [string, unknown])[] = [
  ...[['HostConfig', HOST_CONFIG] as const, ['hostConfig', { privileged: true }] as const],
  ...[['NetworkingConfig', {}] as const, ['networkMode', 'host'] as const, ['pid', 'host'] as const],
  ...[['cap_add', ['ALL']] as const, ['security_opt', []] as const, ['userns_mode', 'host'] as const],
  ...[['gpus', 'all'] as const, ['device', '/dev/sda'] as const, ['mount', []] as const],
  ...[['pidsLimit', -1] as const, ['logging', {}] as const, ['adopted', { id: 'x' }] as const],
];

describe('a field of the engine that is not ours', () => {
  it.each([...flat, ...OTHERS])('%s is refused by its name', async (name, value) => {
    const body = { name: 'web', image: 'x', [name]: value };
    const problem = await berth.refuse('invalid-body', 'POST', '/v1/containers', { body });
    const message = expect.stringMatching(/^is not a known field(: did you mean "\w+"\?)?$/);
    expect(problem.errors).toContainEqual({ in: 'body', pointer: `/${name}`, message });
  });

  it('is refused by every way of declaring', async () => {
    await berth.declare({ name: 'there', image: 'x' });
    const body = { image: 'x', Privileged: true };
    const { Privileged } = body;
    await berth.refuse('invalid-body', 'PUT', '/v1/containers/web', { body });
    await berth.refuse('invalid-body', 'PATCH', '/v1/containers/there', { body: { Privileged } });
    for (const path of ['/v1/apply', '/v1/plan']) {
      const problem = await berth.refuse('invalid-body', 'POST', path, {
        body: { containers: [{ ...body, name: 'web' }] },
      });
      expect(problem.errors?.[0]?.pointer).toBe('/containers/0/Privileged');
    }
  });

  it.each([
    ['volumes', [{ volume: 'v', target: '/v', options: { device: '/' } }], '/volumes/0/options'],
    ['volumes', [{ volume: 'v', target: '/v', Type: 'bind' }], '/volumes/0/Type'],
    ['ports', [{ containerPort: 80, HostIp: '' }], '/ports/0/HostIp'],
    ['resources', { pids: 1, devices: [] }, '/resources/devices'],
    ['healthcheck', { command: [], Test: [] }, '/healthcheck/Test'],
    ['links', [{ container: 'there', network: 'host' }], '/links/0/network'],
  ])('is refused inside %s too: %j', async (field, value, pointer) => {
    const body = { name: 'web', image: 'x', [field]: value };
    const problem = await berth.refuse('invalid-body', 'POST', '/v1/containers', { body });
    const message = expect.stringMatching(/^is not a known field(: did you mean "\w+"\?)?$/);
    expect(problem.errors).toContainEqual({ in: 'body', pointer, message });
  });
});

describe('what a field of ours could say of the host', () => {
  it.each<[string, object, string]>([
    ...['default', 'nat', 'container:', 'ns:/proc/1/ns/net'].map((network): [string, object, string] => [
      `network ${network}`,
      { network },
      '/network',
    ]),
    ...['io.berth.', 'io.berth.uid', 'io.berth.instance', 'io.berth.generation'].map(
      (label): [string, object, string] => [`label ${label}`, { labels: { [label]: 'x' } }, `/labels/${label}`],
    ),
    ['none at all', { resources: { pids: 0 } }, '/resources/pids'],
  ])('%s is refused', async (_, fields, pointer) => {
    const body = { name: 'web', image: 'x', ...fields };
    const problem = await berth.refuse('invalid-definition', 'POST', '/v1/containers', { body });
    expect(problem.errors?.map((fault) => fault.pointer)).toEqual([pointer]);
  });
});
