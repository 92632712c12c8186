/**
 * What is taken over and then replaced is what it was, or its difference was told: containers as `docker run` makes them,
 * derived, made again by what is derived, and compared field by field.
 */

import { expect, it } from 'vitest';
import type { Reservation } from '../../../src/domain/definition/definition.js';
import { derive } from '../../../src/engine/docker/containers/describe-container.js';
import type { mountsBody } from '../../../src/engine/docker/containers/mounts.js';
import type { RawDerivable, RawImageConfig } from '../../../src/engine/docker/derive-shapes.js';
import { createBody } from '../../../src/engine/docker/to-docker.js';
import { DOCKER } from '../../../src/engine/docker/versions.js';
import type { Derivation } from '../../../src/engine/engine.js';
import { createRequest } from '../../../src/reconcile/loop/executor.js';
import { definition, specOf } from '../../support/definition.js';
import { input } from '../reconcile/builders.js';

const ID = 'b1a06b685070'.padEnd(64, '0');
const VOLUME = 'ab'.repeat(32);
const SECOND = 1e9;

const IMAGE: RawImageConfig = {
  ...{ Env: ['PATH=/bin', 'LANG=C'], Cmd: ['serve'], Entrypoint: ['/entry'], WorkingDir: '/app', User: 'app' },
  ...{ StopSignal: 'SIGQUIT', ExposedPorts: { '5000/tcp': {} }, Labels: { maintainer: 'somebody' } },
  Healthcheck: { Test: ['CMD', 'check'], Interval: 7 * SECOND, StartInterval: 2 * SECOND },
};

type Fields = Record<string, unknown>;
type Places = NonNullable<RawDerivable['NetworkSettings']['Ports']>;

/** What may be asked for, one of each row. */
interface Wish {
  readonly config?: Fields;
  readonly host?: Fields;
  readonly bound?: Places;
  readonly mounts?: RawDerivable['Mounts'];
}

const at = (HostPort: string, HostIp = '') => ({ HostIp, HostPort });
const everywhere = (port: string) => [at(port, '0.0.0.0'), at(port, '::')];

const WISHES: readonly (readonly Wish[])[] = [
  [{}, { config: { Env: ['A=b=c', 'EMPTY='] } }, { config: { Env: ['LANG=de'] } }, { config: { Env: ['LANG'] } }],
  [{}, { config: { Cmd: ['sh'] } }, { config: { Entrypoint: ['/run'] } }, { config: { Entrypoint: ['/entry'] } }],
  [
    {},
    { config: { WorkingDir: '/' } },
    { config: { User: '0', Hostname: 'web' } },
    { config: { Tty: true, OpenStdin: true } },
  ],
  [{}, { config: { Domainname: 'lan', MacAddress: '92:d0:c6:0a:29:33' } }, { host: { GroupAdd: ['audio', '5'] } }],
  [
    {},
    { host: { ExtraHosts: ['a:::1', 'b:host-gateway'] } },
    { host: { Dns: ['192.0.2.1'], DnsSearch: ['.'], DnsOptions: ['ndots:2'] } },
  ],
  [
    {},
    { host: { MemoryReservation: 67108864, CpuShares: 512, CpusetCpus: '0', CpusetMems: '0' } },
    { host: { BlkioWeight: 100, Sysctls: { 'net.core.somaxconn': '9' } } },
    {
      host: {
        Ulimits: [
          { Name: 'core', Soft: -1, Hard: -1 },
          { Name: 'nofile', Soft: 1, Hard: 2 },
        ],
      },
    },
  ],
  [{}, { config: { StopTimeout: 0 } }, { config: { StopTimeout: 33 } }, { config: { StopSignal: 'SIGINT' } }],
  [
    {},
    { config: { Healthcheck: { Test: ['NONE'] } } },
    { config: { Healthcheck: { Test: ['CMD-SHELL', 'true'], Timeout: SECOND / 2, Retries: 3 } } },
    { config: { Healthcheck: { Test: ['CMD', 'NONE'] } } },
    { config: { Healthcheck: { Test: ['CMD', 'true'], StartPeriod: SECOND, StartInterval: SECOND } } },
  ],
  [{}, { config: { Labels: { team: 'shop' } } }, { config: { Labels: { maintainer: 'another' } } }],
  [{}, { config: { ExposedPorts: { '53/udp': {} } } }],
  [{}, { host: { PidsLimit: -1 } }, { host: { PidsLimit: 4096 } }, { host: { PidsLimit: 9 } }],
  [
    {},
    { host: { RestartPolicy: { Name: 'always', MaximumRetryCount: 0 } } },
    { host: { RestartPolicy: { Name: 'unless-stopped', MaximumRetryCount: 0 } } },
    { host: { RestartPolicy: { Name: 'on-failure', MaximumRetryCount: 5 } } },
  ],
  [
    {},
    { host: { LogConfig: { Type: 'json-file', Config: { 'max-file': '3', 'max-size': '10m' } } } },
    { host: { LogConfig: { Type: 'json-file', Config: { 'max-size': '1g' } } } },
    { host: { LogConfig: { Type: 'local', Config: {} } } },
    { host: { LogConfig: { Type: 'json-file', Config: { tag: 'x', 'max-file': '7' } } } },
    { host: { LogConfig: { Type: 'syslog', Config: { tag: 'x' } } } },
  ],
  [
    {},
    { host: { CapDrop: ['ALL'], CapAdd: ['NET_ADMIN', 'SYS_TIME'], OomScoreAdj: -500 } },
    {
      host: {
        Devices: [{ PathOnHost: '/dev/snd', PathInContainer: '/dev/x', CgroupPermissions: 'r' }],
        DeviceCgroupRules: ['c 10:200 rwm'],
      },
    },
    { host: { PidMode: 'host', IpcMode: 'host', UTSMode: 'host', UsernsMode: 'host' } },
  ],
  [
    {},
    { host: { SecurityOpt: ['no-new-privileges'] } },
    { host: { SecurityOpt: ['label=disable', 'seccomp:unconfined'] } },
    { host: { SecurityOpt: ['no-new-privileges=false'] } },
    { host: { MaskedPaths: [], ReadonlyPaths: [] } },
    { host: { Privileged: true } },
  ],
  [
    {},
    { host: { DeviceRequests: [{ Driver: '', Count: -1, DeviceIDs: null, Capabilities: [['gpu']] }] } },
    { host: { DeviceRequests: [{ Driver: 'cdi', DeviceIDs: ['nvidia.com/gpu=all'] }] } },
    { host: { DeviceRequests: [{ Capabilities: [['gpu'], ['tpu']] }] } },
  ],
  [{}, { host: { NetworkMode: 'host' } }, { host: { NetworkMode: 'none' } }],
  [{}, { host: { Memory: 67108864, MemorySwap: 134217728, NanoCpus: 5e8 } }, { host: { Memory: 1e8, MemorySwap: -1 } }],
  [
    {},
    { host: { CgroupnsMode: 'host' } },
    { host: { ReadonlyRootfs: true, Init: true } },
    { host: { ShmSize: 1048576 } },
  ],
  [
    {},
    { host: { PortBindings: { '80/tcp': [at('8080')] } }, bound: { '80/tcp': everywhere('8080') } },
    {
      host: { PortBindings: { '80/tcp': [at(''), at('8080'), at('0')] } },
      bound: { '80/tcp': ['8080', '49160', '49161'].flatMap(everywhere) },
    },
    {
      host: { PortBindings: { '80/tcp': [at(''), at('', '127.0.0.1'), at('8000-8010')] } },
      bound: { '80/tcp': [at('49170', '127.0.0.1'), ...everywhere('8003'), ...everywhere('49171')] },
    },
    { host: { PublishAllPorts: true }, bound: { '5000/tcp': everywhere('49180') } },
  ],
  [
    {},
    { mounts: [{ Type: 'volume', Name: 'data', Destination: '/data', RW: false }] },
    { host: { Tmpfs: { '/run': 'size=1m', '/tmp': '' } } },
    { mounts: [{ Type: 'volume', Name: VOLUME, Destination: '/data', RW: true }] },
    {
      host: { Mounts: [{ Type: 'bind', Source: '/srv', Target: '/data' }] },
      mounts: [{ Type: 'bind', Source: '/srv', Destination: '/data', RW: true, Propagation: 'rprivate' }],
    },
    {
      host: { Binds: ['/srv:/data:ro,rslave,z'] },
      mounts: [{ Type: 'bind', Source: '/srv', Destination: '/data', RW: false, Propagation: 'rslave' }],
    },
    {
      host: { Binds: ['/srv/a:/data'] },
      mounts: [{ Type: 'bind', Source: '/srv/a', Destination: '/data', RW: true, Propagation: 'rprivate' }],
    },
  ],
];

const name = (entry: string): string => entry.split('=', 1)[0] as string;
const set = (value: unknown): boolean => Array.isArray(value) && value.length > 0;

/** A container as the engine makes it of a body and an image. Rule: moby, `daemon/commit.go`, `merge`. */
function made(config: Fields, host: Fields, bound: Places, mounts: RawDerivable['Mounts']): RawDerivable {
  const own = (config['Env'] ?? []) as readonly string[];
  const check = config['Healthcheck'] as Fields | undefined;
  const isUnlabelled = host['Privileged'] === true || host['PidMode'] === 'host' || host['IpcMode'] === 'host';
  const options = (host['SecurityOpt'] ?? []) as readonly string[];
  const SecurityOpt = isUnlabelled ? [...new Set([...options, 'label=disable'])] : options;
  const filled = Object.entries(IMAGE.Healthcheck ?? {}).map(([key, value]) => [key, check?.[key] || value]);
  return {
    ...{ Id: ID, Name: '/web', Image: 'sha256:1', RestartCount: 0 },
    State: { Status: 'running', Error: '', ExitCode: 0, StartedAt: '2026-01-01T00:00:00Z', FinishedAt: '' },
    Config: {
      ...{ Image: 'webapp', Hostname: ID.slice(0, 12), Tty: false },
      ...config,
      ...{ User: config['User'] || IMAGE.User, WorkingDir: config['WorkingDir'] || IMAGE.WorkingDir },
      StopSignal: config['StopSignal'] || IMAGE.StopSignal,
      Env: [...own, ...(IMAGE.Env ?? []).filter((entry) => !own.map(name).includes(name(entry)))],
      Entrypoint: set(config['Entrypoint']) ? config['Entrypoint'] : IMAGE.Entrypoint,
      Cmd: set(config['Cmd']) || set(config['Entrypoint']) ? (config['Cmd'] ?? null) : IMAGE.Cmd,
      Labels: { ...IMAGE.Labels, ...(config['Labels'] as object) },
      ExposedPorts: {
        ...IMAGE.ExposedPorts,
        ...(config['ExposedPorts'] as object),
        ...(host['PortBindings'] as object | undefined),
      },
      Healthcheck:
        check === undefined ? IMAGE.Healthcheck : { ...check, ...(set(check['Test']) && Object.fromEntries(filled)) },
    },
    HostConfig: {
      ...{ Memory: 0, MemorySwap: 0, NanoCpus: 0, PidsLimit: null, SecurityOpt: null, NetworkMode: 'default' },
      ...{ RestartPolicy: { Name: 'no', MaximumRetryCount: 0 }, LogConfig: { Type: 'json-file', Config: {} } },
      ...{ CgroupnsMode: 'private', ShmSize: 67108864, ReadonlyRootfs: false, Init: null, PortBindings: {} },
      ...host,
      SecurityOpt,
    },
    Mounts: mounts ?? [],
    NetworkSettings: { Ports: bound, Networks: {} },
  } as never;
}

/** What the engine has when Berth replaces a container that it took over. */
function replaced({ input: derived, picked }: Derivation): RawDerivable {
  const spec = specOf(derived);
  const fixed = spec.ports.filter(({ hostPort }) => hostPort !== undefined);
  const reservations = [...fixed, ...picked].map((one) => ({ ...one, uid: 'u', confirmed: true }) as Reservation);
  const request = createRequest(input({ definition: definition({ spec }) }), reservations, 'i');
  const { HostConfig, NetworkingConfig: _, name: __, Labels, ...config } = createBody(request, 'c');
  const labels = Object.fromEntries(Object.entries(Labels).filter(([key]) => !key.startsWith('io.berth.')));
  const { Mounts, Links: ___, RestartPolicy, ...host } = HostConfig as typeof HostConfig & { Links?: unknown };
  const bound = Object.entries(host.PortBindings).map(([port, places]) => [
    port,
    places.flatMap(({ HostIp, HostPort }) => (HostIp === '' ? everywhere(HostPort) : [at(HostPort, HostIp)])),
  ]);
  const mounts = [...Mounts.map(mountOf), ...(host.Binds ?? []).map(bindOf)];
  return made({ ...config, Labels: labels }, { ...host, RestartPolicy }, Object.fromEntries(bound), mounts);
}

const mountOf = ({ Type, Source, Target, ReadOnly }: ReturnType<typeof mountsBody>['Mounts'][number]) => ({
  ...{ Type, Destination: Target, RW: !ReadOnly },
  ...(Type === 'volume' ? { Name: Source } : { Source, Propagation: 'rprivate' }),
});

function bindOf(text: string) {
  const [Source = '', Destination = '', options = ''] = text.split(':');
  const Propagation = options.split(',').find((one) => one.endsWith('slave')) ?? 'rprivate';
  return { Type: 'bind', Source, Destination, RW: !options.split(',').includes('ro'), Propagation };
}

/** What a container comes to, field by field, in one spelling. */
function facts({ Config, HostConfig, Mounts, NetworkSettings }: RawDerivable): Readonly<Record<string, unknown>> {
  const { Cmd, Env, StopTimeout, Image: _, ...config } = Config as Fields & typeof Config;
  const { PortBindings: __, PublishAllPorts: ___, Mounts: ____, MemorySwap, ...host } = HostConfig;
  const check = config.Healthcheck;
  const places = Object.entries(NetworkSettings.Ports ?? {}).flatMap(([port, all]) =>
    (all ?? []).map(({ HostIp, HostPort }) => `${HostIp}:${HostPort}->${port}`),
  );
  const parts = {
    Config: {
      ...config,
      ...{ Cmd: Cmd ?? null, Env: (Env ?? []).filter((entry) => entry.includes('=')).sort() },
      StopTimeout: StopTimeout ?? 10,
      ExposedPorts: Object.keys(config.ExposedPorts ?? {}).sort(),
      Healthcheck: {
        ...check,
        Test: check?.Test?.[0] === 'CMD-SHELL' ? ['CMD', '/bin/sh', '-c', ...check.Test.slice(1)] : check?.Test,
      },
    },
    HostConfig: { ...host, MemorySwap: MemorySwap || Number(host['Memory']) * 2, PidsLimit: host['PidsLimit'] ?? -1 },
    Mounts: Object.fromEntries((Mounts ?? []).map((mount) => [mount.Destination, mount])),
    Ports: { bound: places.sort() },
  };
  return Object.fromEntries(
    Object.entries(parts).flatMap(([part, fields]) =>
      Object.entries(fields).map(([field, value]) => [`${part}.${field}`, sorted(value)]),
    ),
  );
}

/** As text, in which neither the order of keys counts nor what is empty. */
const sorted = (value: unknown): string =>
  JSON.stringify(value ?? null, (_, one) =>
    typeof one === 'object' && one !== null && !Array.isArray(one)
      ? Object.fromEntries(
          Object.entries(one)
            .filter(([, v]) => v !== null && v !== 0 && v !== false)
            .sort(),
        )
      : one,
  );

/** Wishes that any seed draws again. */
function drawn(seed: number): Wish {
  let state = seed;
  const below = (count: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * count);
  };
  const all = WISHES.map((row) => row[below(row.length)] as Wish);
  const host = Object.assign({}, ...all.map((wish) => wish.host));
  const config = Object.assign({}, ...all.map((wish) => wish.config));
  // The engine refuses names of a container's own in the host's namespace.
  if (host.UTSMode === 'host') for (const name of ['Hostname', 'Domainname']) delete config[name];
  const isBound = host.NetworkMode === undefined;
  // It refuses a hardware address without an interface, and publishes nothing there.
  if (!isBound) delete config.MacAddress;
  if (host.NetworkMode === 'host') delete host.Sysctls;
  return {
    config,
    host,
    bound: isBound ? Object.assign({}, ...all.map(({ bound }) => bound)) : {},
    mounts: all.flatMap(({ mounts }) => mounts ?? []),
  };
}

function check({ config = {}, host = {}, bound = {}, mounts = [] }: Wish): void {
  const before = made(config, host, bound, mounts);
  const first = derive(before, IMAGE, DOCKER, 'private');
  const after = replaced(first);
  const told = [...first.lost, ...first.changed].map(({ field }) => field);
  const [was, is] = [facts(before), facts(after)];
  const silent = [...new Set([...Object.keys(was), ...Object.keys(is)])].filter(
    (field) => was[field] !== is[field] && !told.some((one) => one === field || one.startsWith(`${field}.`)),
  );
  expect(silent.map((field) => [field, was[field], is[field]])).toEqual([]);
  const again = derive(after, IMAGE, DOCKER, 'private');
  expect([again.lost, again.changed]).toEqual([[], []]);
}

it.each(WISHES.flat())('%j is kept, or told', (wish) => check(wish));

it('so is what is asked for together', () => {
  for (let seed = 1; seed <= 300; seed++) check(drawn(seed));
});
