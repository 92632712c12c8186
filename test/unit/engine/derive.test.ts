import { describe, expect, it } from 'vitest';
import { declare } from '../../../src/domain/definition/normalize.js';
import { derive } from '../../../src/engine/docker/containers/describe-container.js';
import type { RawDerivable, RawImageConfig } from '../../../src/engine/docker/derive-shapes.js';
import { DOCKER } from '../../../src/engine/docker/versions.js';

const IMAGE: RawImageConfig = {
  Env: ['PATH=/bin', 'LANG=C'],
  Cmd: ['python', 'app.py'],
  Entrypoint: null,
  WorkingDir: '/opt/webapp',
  User: '',
  ExposedPorts: { '5000/tcp': {} },
  Labels: { maintainer: 'somebody' },
};

type Parts = {
  readonly config?: object;
  readonly host?: object;
  readonly ports?: RawDerivable['NetworkSettings']['Ports'];
  readonly mounts?: RawDerivable['Mounts'];
};

/** What the engine says of `docker run -d --name web training/webapp` with more to it. */
function inspected({ config, host, ports, mounts }: Parts): RawDerivable {
  const id = 'b1a06b685070'.padEnd(64, '0');
  const state = { Status: 'running', Error: '', ExitCode: 0, StartedAt: '2026-01-01T00:00:00Z', FinishedAt: '' };
  return {
    ...{ Id: id, Name: '/web', Image: 'sha256:1', RestartCount: 0, State: state },
    Config: {
      ...{ Image: 'training/webapp', Hostname: id.slice(0, 12), User: '', Tty: false, OpenStdin: false, Volumes: null },
      ...{ Env: IMAGE.Env, Cmd: IMAGE.Cmd, WorkingDir: '/opt/webapp', Labels: IMAGE.Labels },
      ...{ ExposedPorts: { '5000/tcp': {} }, AttachStdout: true, ...config },
    },
    HostConfig: {
      ...{ Memory: 0, NanoCpus: 0, PidsLimit: null, RestartPolicy: { Name: 'no', MaximumRetryCount: 0 } },
      ...{
        NetworkMode: 'default',
        LogConfig: { Type: 'json-file', Config: {} },
        ShmSize: 67108864,
        IpcMode: 'private',
      },
      ...{
        Runtime: 'runc',
        MaskedPaths: ['/proc/acpi', '/proc/kcore', '/proc/scsi', '/sys/firmware'],
        ReadonlyPaths: ['/proc/bus', '/proc/fs', '/proc/irq', '/proc/sys', '/proc/sysrq-trigger'],
        ConsoleSize: [0, 0],
        Privileged: false,
        CapAdd: null,
        ...host,
      },
    },
    Mounts: mounts ?? [],
    NetworkSettings: { Ports: ports ?? {}, Networks: {} },
  } as RawDerivable;
}

const AS_OURS = {
  ...{ PidsLimit: 4096, SecurityOpt: ['no-new-privileges'] },
  LogConfig: { Type: 'json-file', Config: { 'max-file': '3', 'max-size': '10m' } },
};

const derived = (parts: Parts) => derive(inspected(parts), IMAGE, DOCKER, 'private');
const place = (HostPort: string, HostIp = '') => [{ HostIp, HostPort }];

describe('a derivation', () => {
  it('of a container as its image has it is a name and an image, and can be declared', () => {
    const { input, lost, picked, links } = derived({});
    expect(input).toMatchObject({ name: 'web', image: 'training/webapp', env: {}, expose: [], labels: {}, ports: [] });
    expect(Object.keys(input)).not.toEqual(expect.arrayContaining(['command', 'workingDir', 'user', 'hostname']));
    expect([lost, picked, links]).toEqual([[], [], []]);
    expect(declare(input).ok).toBe(true);
  });

  it.each<[string, Parts, object, RawImageConfig?]>([
    ['-e', { config: { Env: ['PATH=/bin', 'LANG=C', 'A=b=c', 'EMPTY='] } }, { env: { A: 'b=c', EMPTY: '' } }],
    ['-e over the image', { config: { Env: ['PATH=/bin', 'LANG=de'] } }, { env: { LANG: 'de' } }],
    ['a command', { config: { Cmd: ['sh'] } }, { command: ['sh'] }],
    [
      'a command of the image after an entrypoint of its own',
      { config: { Entrypoint: ['/run'] } },
      { entrypoint: ['/run'], command: ['python', 'app.py'] },
    ],
    ['--entrypoint', { config: { Entrypoint: ['/run'] } }, { entrypoint: ['/run'] }],
    ['-w', { config: { WorkingDir: '/' } }, { workingDir: '/' }],
    ['-u', { config: { User: '1000' } }, { user: '1000' }],
    ['-h', { config: { Hostname: 'web' } }, { hostname: 'web' }],
    ['-l', { config: { Labels: { maintainer: 'somebody', mine: '1' } } }, { labels: { mine: '1' } }],
    ['--expose', { config: { ExposedPorts: { '5000/tcp': {}, '53/udp': {} } } }, { expose: ['53/udp'] }],
    ['--restart always', { host: { RestartPolicy: { Name: 'always' } } }, { restartPolicy: 'always' }],
    ['--restart unless-stopped', { host: { RestartPolicy: { Name: 'unless-stopped' } } }, { restartPolicy: 'always' }],
    ['--restart on-failure', { host: { RestartPolicy: { Name: 'on-failure' } } }, { restartPolicy: 'on-failure' }],
    [
      '--restart on-failure:3',
      { host: { RestartPolicy: { Name: 'on-failure', MaximumRetryCount: 3 } } },
      { restartPolicy: 'on-failure', restartMaxRetries: 3 },
    ],
    ['--tmpfs', { host: { Tmpfs: { '/run': '', '/tmp': 'size=64m' } } }, { tmpfs: ['/run', '/tmp:size=64m'] }],
    [
      '--mount type=tmpfs',
      {
        host: {
          Mounts: [{ Type: 'tmpfs', Target: '/run', ReadOnly: true, TmpfsOptions: { SizeBytes: 5, Mode: 511 } }],
        },
        mounts: [{ Type: 'tmpfs', Destination: '/run', RW: false }],
      },
      { tmpfs: ['/run:ro,size=5,mode=777'] },
    ],
    [
      '--mount with options of the volume',
      {
        host: {
          Mounts: [
            {
              Type: 'volume',
              Source: 'vol',
              Target: '/in/',
              VolumeOptions: { NoCopy: true, Subpath: 'a', Labels: { b: '' } },
            },
          ],
        },
        mounts: [{ Type: 'volume', Name: 'vol', Destination: '/in', RW: true }],
      },
      { volumes: [{ volume: 'vol', target: '/in', readOnly: false, noCopy: true, subpath: 'a', labels: { b: '' } }] },
    ],
    ['--log-driver local', { host: { LogConfig: { Type: 'local', Config: {} } } }, { logDriver: 'local' }],
    [
      '--log-opt max-size',
      { host: { LogConfig: { Type: 'json-file', Config: { 'max-size': '1g' } } } },
      { logOptions: { 'max-size': '1g' } },
    ],
    ['--log-driver', { host: { LogConfig: { Type: 'syslog' } } }, { logDriver: 'syslog' }],
    [
      '--health-start-interval',
      { config: { Healthcheck: { Test: ['CMD', 'true'], StartInterval: 1e9 } } },
      { healthcheck: { command: ['true'], startIntervalSeconds: 1 } },
    ],
    [
      '-m, --cpus, --pids-limit',
      { host: { Memory: 67108864, MemorySwap: 134217728, NanoCpus: 5e8, PidsLimit: 9 } },
      { resources: { memoryBytes: 67108864, cpus: 0.5, pids: 9 } },
    ],
    [
      '--stop-signal, --stop-timeout',
      { config: { StopSignal: 'SIGINT', StopTimeout: 3 } },
      { stopSignal: 'SIGINT', stopTimeoutSeconds: 3 },
    ],
    [
      '--health-cmd',
      { config: { Healthcheck: { Test: ['CMD-SHELL', 'true'], Interval: 5e9, Retries: 2 } } },
      { healthcheck: { command: ['/bin/sh', '-c', 'true'], intervalSeconds: 5, retries: 2 } },
    ],
    ['--stop-timeout 0', { config: { StopTimeout: 0 } }, { stopTimeoutSeconds: 0 }],
    [
      "the image's entrypoint, asked for without its command",
      { config: { Cmd: null, Entrypoint: ['/entry'] } },
      { entrypoint: ['/entry'] },
      { ...IMAGE, Entrypoint: ['/entry'] },
    ],
    ['--no-healthcheck', { config: { Healthcheck: { Test: ['NONE'] } } }, { healthcheck: { command: [] } }],
    [
      'a health check that runs a program',
      { config: { Healthcheck: { Test: ['CMD', 'curl', '-f', 'x'] } } },
      { healthcheck: { command: ['curl', '-f', 'x'] } },
    ],
    [
      'a health check that runs a program named NONE',
      { config: { Healthcheck: { Test: ['CMD', 'NONE'] } } },
      { healthcheck: { command: ['CMD', 'NONE'] } },
    ],
    [
      'a health check of a kind that the engine does not know, which it never runs',
      { config: { Healthcheck: { Test: ['curl', '-f', 'x'] } } },
      { healthcheck: { command: [] } },
    ],
    ["the image's own health check", { config: { Healthcheck: { Test: [] } } }, {}],
    [
      '-v',
      {
        host: { Binds: ['data:/data:ro'] },
        mounts: [{ Type: 'volume', Name: 'data', Destination: '/data', RW: false }],
      },
      { volumes: [{ volume: 'data', target: '/data', readOnly: true }] },
    ],
    [
      '-v of a host path',
      {
        host: { Binds: ['/srv/a:/a', '/srv/b:/b/:ro,rslave,Z'] },
        mounts: [
          { Type: 'bind', Source: '/srv/a', Destination: '/a', RW: true, Propagation: 'rprivate' },
          { Type: 'bind', Source: '/srv/b', Destination: '/b', RW: false, Propagation: 'rslave' },
        ],
      },
      {
        volumes: [
          { volume: '/srv/a', target: '/a', readOnly: false, createHostPath: true },
          {
            ...{ volume: '/srv/b', target: '/b', readOnly: true, createHostPath: true },
            ...{ propagation: 'rslave', selinux: 'Z' },
          },
        ],
      },
    ],
    [
      '--mount type=bind',
      {
        host: { Mounts: [{ Type: 'bind', Source: '/srv', Target: '/in', ReadOnly: true }] },
        mounts: [{ Type: 'bind', Source: '/srv', Destination: '/in', RW: false, Propagation: 'rprivate' }],
      },
      { volumes: [{ volume: '/srv', target: '/in', readOnly: true }] },
    ],
    [
      '-p 127.0.0.1:5000:5000/udp',
      { host: { PortBindings: { '5000/udp': place('5000', '127.0.0.1') } } },
      { ports: [{ hostIp: '127.0.0.1', hostPort: 5000, containerPort: 5000, protocol: 'udp' }] },
    ],
    [
      '-p 8000-8010:80',
      { host: { PortBindings: { '80/tcp': place('8000-8010') } }, ports: { '80/tcp': place('8003', '0.0.0.0') } },
      { ports: [{ hostPortRange: '8000-8010', containerPort: 80, protocol: 'tcp' }] },
    ],
  ])('has a field for %s', (_, parts, expected, image = IMAGE) => {
    const { input, lost } = derive(inspected(parts), image, DOCKER, 'private');
    expect(input).toMatchObject(expected);
    expect(lost).toEqual([]);
    expect(declare(input)).toMatchObject({ ok: true });
  });

  it('keeps the ports that the engine has picked: of -P, of -p without a host port, of a range', () => {
    const all = derived({ host: { PublishAllPorts: true }, ports: { '5000/tcp': place('49155', '0.0.0.0') } });
    expect(all.input.publishAll).toBe(true);
    expect(all.picked).toEqual([{ hostPort: 49155, containerPort: 5000, protocol: 'tcp', origin: 'publishAll' }]);
    const one = derived({
      host: { PortBindings: { '5000/tcp': place('', '127.0.0.1') } },
      ports: { '5000/tcp': place('49160', '127.0.0.1') },
    });
    expect(one.picked).toEqual([
      { hostIp: '127.0.0.1', hostPort: 49160, containerPort: 5000, protocol: 'tcp', origin: 'assigned' },
    ]);
  });

  it('keeps each of several host ports of one container port, whatever else it would fit', () => {
    const everywhere = (port: string) => [...place(port, '0.0.0.0'), ...place(port, '::')];
    const asked = ['', '', '8080', '8000-8010'].map((HostPort) => ({ HostIp: '', HostPort }));
    const bound = [...everywhere('8080'), ...everywhere('8001'), ...everywhere('49160'), ...everywhere('49161')];
    const all = derived({
      host: { PortBindings: { '80/tcp': [...asked, ...place('', '127.0.0.2'), ...place('0', '127.0.0.1')] } },
      ports: { '80/tcp': [...place('49170', '127.0.0.1'), ...bound, ...place('49171', '127.0.0.2')] },
    });
    expect(all.picked.map(({ hostIp, hostPort }) => [hostIp, hostPort])).toEqual([
      [undefined, 49160],
      [undefined, 8001],
      ['127.0.0.2', 49171],
      ['127.0.0.1', 49170],
    ]);
    expect(all.input.ports?.slice(0, 2)).toMatchObject([{ containerPort: 80 }, { hostPort: 49161, containerPort: 80 }]);
    expect(declare(all.input)).toMatchObject({ ok: true });
  });

  it.each<[string, Parts, object[]]>([
    [
      'a limit of processes',
      { host: { PidsLimit: -1 } },
      [{ field: 'HostConfig.PidsLimit', value: -1, becomes: 4096 }],
    ],
    [
      'another restart policy than --restart always',
      { host: { RestartPolicy: { Name: 'always' } } },
      [{ field: 'HostConfig.RestartPolicy.Name', value: 'always', becomes: 'unless-stopped' }],
    ],
    [
      'no-new-privileges',
      { host: { SecurityOpt: null } },
      [{ field: 'HostConfig.SecurityOpt', value: null, becomes: ['no-new-privileges'] }],
    ],
    [
      'logs of a limited size',
      { host: { LogConfig: { Type: 'json-file', Config: {} } } },
      [
        {
          field: 'HostConfig.LogConfig',
          value: { Type: 'json-file', Config: {} },
          becomes: { Type: 'json-file', Config: { 'max-size': '10m', 'max-file': '3' } },
        },
      ],
    ],
  ])('says that a replacement has %s, and calls it no loss', (_, { host }, expected) => {
    const { changed, lost } = derived({ host: { ...AS_OURS, ...host } });
    expect(changed).toMatchObject(expected);
    expect([changed.length, lost]).toEqual([expected.length, []]);
  });

  it('of a container that is made as ours are changes nothing', () => {
    expect(derived({ host: AS_OURS }).changed).toEqual([]);
    expect(derived({ host: { ...AS_OURS, SecurityOpt: ['no-new-privileges:true'] } })).toMatchObject({
      ...{ changed: [], lost: [] },
    });
  });

  it('keeps no-new-privileges off where it was switched off, which the policy has to allow', () => {
    const { input, changed } = derived({ host: { ...AS_OURS, SecurityOpt: ['no-new-privileges:false'] } });
    expect([input.securityOpt, changed]).toEqual([['no-new-privileges=false'], []]);
  });

  it('names its links by their sources and aliases', () => {
    expect(derived({ host: { Links: ['/db:/web/db', '/cache:/web/fast'] } }).links).toEqual([
      { container: 'db', alias: 'db' },
      { container: 'cache', alias: 'fast' },
    ]);
  });

  it('says that an entrypoint that was taken away would come back', () => {
    const raw = inspected({ config: { Entrypoint: null } });
    expect(derive(raw, { ...IMAGE, Entrypoint: ['/entry'] }, DOCKER, 'private').lost.map(({ field }) => field)).toEqual(
      ['Config.Entrypoint'],
    );
  });

  it('of a container that is down leaves it so', () => {
    const raw = inspected({});
    const down = { ...raw, State: { ...(raw as { State?: object }).State, Status: 'exited' } } as RawDerivable;
    expect([
      derive(down, IMAGE, DOCKER, 'private').input.state,
      derive(raw, IMAGE, DOCKER, 'private').input.state,
    ]).toEqual(['stopped', undefined]);
  });

  it.each<[string, Parts, string]>([
    [
      'a request of devices with alternatives',
      { host: { DeviceRequests: [{ Count: 1, Capabilities: [['gpu'], ['tpu']] }] } },
      'HostConfig.DeviceRequests',
    ],
    ['--rm', { host: { AutoRemove: true } }, 'HostConfig.AutoRemove'],
    ['--network container:…', { host: { NetworkMode: 'container:db' } }, 'HostConfig.NetworkMode'],
    ['--cgroupns host, where that is not the default', { host: { CgroupnsMode: 'host' } }, 'HostConfig.CgroupnsMode'],
    ['-e LANG, which takes it away', { config: { Env: ['PATH=/bin', 'LANG'] } }, 'Config.Env.LANG'],
    [
      '--mount type=bind,bind-recursive=disabled',
      {
        host: { Mounts: [{ Type: 'bind', Source: '/host', Target: '/in', BindOptions: { NonRecursive: true } }] },
        mounts: [{ Type: 'bind', Source: '/host', Destination: '/in', RW: true }],
      },
      'HostConfig.Mounts./in.BindOptions.NonRecursive',
    ],
    ['what is not known yet', { host: { SomethingNew: 'x' } }, 'HostConfig.SomethingNew'],
  ])('says that %s would be lost', (_, parts, field) => {
    expect(derived(parts).lost.map((one) => one.field)).toEqual([field]);
  });
});

describe('what reaches the host, though its field may look empty', () => {
  const options = { type: 'none', o: 'bind', device: '/' };
  const mounted = (DriverConfig: object) => ({
    Mounts: [{ Type: 'volume', Source: 'v', Target: '/in', VolumeOptions: { DriverConfig } }],
  });
  it.each<[string, object, string[]]>([
    ['no masked paths', { MaskedPaths: [] }, ['HostConfig.MaskedPaths']],
    ['a list without /proc/sys', { ReadonlyPaths: ['/proc/bus'] }, ['HostConfig.ReadonlyPaths']],
  ])('%s', (_, host, fields) => {
    const reaching = derived({ host }).lost.filter(({ reach }) => reach?.path === null);
    expect(reaching.map(({ field }) => field)).toEqual(fields);
  });

  it.each<[string, object, object]>([
    ["a volume of the driver's options", { Name: 'local', Options: options }, { driverOptions: options }],
    ["a volume of the usual driver's options", { Options: options }, { driverOptions: options }],
    ['a volume of another driver', { Name: 'nfs' }, { driver: 'nfs' }],
  ])('%s is in the definition, where the policy sees it', (_, config, expected) => {
    const mounts = [{ Type: 'volume', Name: 'v', Destination: '/in', RW: true }];
    const { input } = derived({ host: mounted(config), mounts });
    expect(input.volumes).toEqual([{ volume: 'v', target: '/in', readOnly: false, ...expected }]);
  });

  it('is nothing that an engine says of every container, or does not say', () => {
    expect(derived({ host: { MaskedPaths: null, ReadonlyPaths: undefined } }).lost).toEqual([]);
    expect(derived({ host: mounted({}) }).lost).toEqual([]);
    expect(derived({ host: { Runtime: 'oci' } })).toMatchObject({
      lost: [],
      input: expect.not.objectContaining({ runtime: 'oci' }),
    });
    expect(derived({ host: { Runtime: 'nvidia' } })).toMatchObject({ lost: [], input: { runtime: 'nvidia' } });
    const shared = inspected({ host: { CgroupnsMode: 'host' } });
    expect(derive(shared, IMAGE, DOCKER, 'host').lost).toEqual([]);
    expect(derived({ host: mounted({ Name: 'local', Options: null }) }).lost).toEqual([]);
  });
});
