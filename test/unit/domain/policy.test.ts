import { describe, expect, it, test } from 'vitest';
import { allowingEntry, escapeOf } from '../../../src/domain/access/host-paths.js';
import { DEFAULT_POLICY, imageRefusal, type Policy, policyFaults } from '../../../src/domain/access/policy.js';
import type { DefinitionInput, VolumeMount } from '../../../src/domain/definition/definition.js';
import { specOf } from '../../support/definition.js';

/** `/ports/0 message`, one for each fault. */
const faultsOf = (input: Partial<DefinitionInput>, policy: Partial<Policy>): readonly string[] =>
  policyFaults(specOf(input), { ...DEFAULT_POLICY, ...policy }).map((fault) => `${fault.pointer} ${fault.message}`);

describe('published addresses', () => {
  const ALL = [
    '80',
    '8080:80',
    '0.0.0.0:1:80',
    '[::]:2:80',
    '127.0.0.1::80',
    '127.9.9.9:3:80',
    '[::1]:4:80',
    '10.0.0.5:5:80',
  ];
  test.each<[Policy['publish'], readonly string[]]>([
    ['any', []],
    ['loopback', ['80', '8080:80', '0.0.0.0:1:80', '[::]:2:80', '10.0.0.5:5:80']],
    [['10.0.0.5'], ALL.filter((port) => port !== '10.0.0.5:5:80')],
    [['0.0.0.0', '::1'], ALL.filter((port) => !/^(0\.0\.0\.0|\[::1\])/.test(port))],
    [[], ALL],
  ])('under %j', (publish, refused) => {
    expect(ALL.filter((port) => faultsOf({ ports: [port] }, { publish }).length > 0)).toEqual(refused);
    expect(faultsOf({ publishAll: true }, { publish })).toHaveLength(publish === 'any' ? 0 : 1);
  });

  test.each<[Partial<DefinitionInput>, Policy['publish'], string]>([
    [
      { ports: ['127.0.0.1:1:1', '8080:80/udp'] },
      'loopback',
      '/ports/1 publishes on all interfaces, but ports may be published on loopback only; write 127.0.0.1:8080:80/udp',
    ],
    [
      { ports: ['10.0.0.6::80'] },
      ['fd00::1', '10.0.0.5'],
      '/ports/0 publishes on 10.0.0.6, but ports may be published only on fd00::1 and 10.0.0.5; write [fd00::1]::80',
    ],
    [
      { publishAll: true },
      'loopback',
      '/publishAll publishes on all interfaces, but ports may be published on loopback only; list each port under ports instead, for example 127.0.0.1::80',
    ],
    [{ ports: ['80'] }, [], '/ports/0 publishes on all interfaces, but ports may be published nowhere; leave it out'],
  ])('%j says what to write', (input, publish, fault) => {
    expect(faultsOf(input, { publish })).toEqual([fault]);
  });

  it('an address of IPv6 that stands for one of IPv4 is that one', () => {
    expect(faultsOf({ ports: ['[::ffff:127.0.0.1]:1:1'] }, { publish: 'loopback' })).toEqual([]);
    expect(faultsOf({ ports: ['[::ffff:10.0.0.5]:1:1'] }, { publish: 'loopback' })).toHaveLength(1);
  });
});

describe('registries', () => {
  const may = (image: string, registries: Policy['images']['registries']): boolean =>
    imageRefusal(image, { ...DEFAULT_POLICY, images: { registries } }) === undefined;

  const NAMED = [
    'mysql',
    'training/webapp:1',
    'docker.io/library/mysql',
    'ghcr.io/a/b',
    'r.example.com:5000/a',
    'Registry/a',
  ];
  const OURS = [
    ...['localhost/a', 'localhost:5000/a', 'LOCALHOST:5000/a', 'Localhost/a', 'registry.localhost:5000/a'],
    ...['localhost.localdomain/a', 'ip6-localhost:5000/a', 'localhost6:5000/a'],
  ];
  const ADDRESSES = [
    ...[
      '127.0.0.1/a',
      '127.0.0.1:5000/a',
      '10.0.0.5:5000/a',
      '8.8.8.8/a',
      '[::1]/a',
      '[::1]:5000/a',
      '[fe80::1]:5000/a',
    ],
    ...[
      '[::ffff:7f00:1]:5000/a',
      '[0:0:0:0:0:0:0:1]:5000/a',
      '127.1:5000/a',
      '127.0.1/a',
      '0.0.0.0:5000/a',
      '0:5000/a',
    ],
    ...['2130706433:5000/a', '0x7f000001:5000/a', '0X7F000001:5000/a', '0x7f.1:5000/a', '0177.0.0.1:5000/a'],
    ...['017700000001:5000/a', '127.0.0.0x1/a', '999.1.1.1/a', 'example.1:5000/a'],
  ];

  test.each(NAMED)('%s is of a registry with a name', (image) => {
    expect([may(image, 'any'), may(image, ['any', 'localhost:5000']), may(image, ['other.example.com'])]).toEqual([
      ...[true, true, false],
    ]);
  });

  test.each([...OURS, ...ADDRESSES])('%s is of an address, or of the host itself', (image) => {
    expect([may(image, 'any'), may(image, ['any']), may(image, ['docker.io'])]).toEqual([false, false, false]);
    const [registry = ''] = image.split('/');
    expect(may(image, [registry])).toBe(true);
  });

  it('a listed address is that in whatever form, with its port and no other', () => {
    const forms = ['127.0.0.1:5000', '127.1:5000', '0x7f000001:5000', '2130706433:5000', '[::ffff:7f00:1]:5000'];
    for (const listed of forms) {
      for (const form of forms) expect(may(`${form}/a`, [listed]), `${form} by ${listed}`).toBe(true);
      for (const other of ['127.0.0.1', '127.0.0.1:5001', '127.0.0.2:5000', 'localhost:5000']) {
        expect(may(`${other}/a`, [listed]), `${other} by ${listed}`).toBe(false);
      }
    }
  });

  test.each([
    ['docker.io', 'mysql', true],
    ['docker.io', 'index.docker.io/a/b', true],
    ['docker.io', 'registry-1.docker.io/a/b', false],
    ['r.example.com', 'R.Example.com/a', true],
    ['r.example.com', 'r.example.com:443/a', false],
    ['r.example.com', 'r.example.com.evil.test/a', false],
    ['r.example.com', 'evil.test/r.example.com/a', false],
    ['r.example.com', 'xr.example.com/a', false],
    ['r.example.com', `r.example.com/a@sha256:${'a'.repeat(64)}`, true],
    ['r.example.com', `evil.test/a@sha256:${'a'.repeat(64)}`, false],
  ])('%s listed: may %s be had? %s', (listed, image, expected) => {
    expect(may(image, [listed])).toBe(expected);
  });

  test.each([`sha256:${'a'.repeat(64)}`, 'sha256:abcdef', 'abcdef012345', 'cafe'])(
    '%s can be an id, which says nothing of a registry',
    (image) => {
      expect([may(image, 'any'), may(image, ['any', 'localhost']), may(image, ['docker.io'])]).toEqual([
        ...[true, true, false],
      ]);
    },
  );

  it('an id with a tag is a name', () => expect(may('cafe:latest', ['docker.io'])).toBe(true));

  test.each<[string, Policy['images']['registries'], string]>([
    [
      'ghcr.io/a',
      ['docker.io', 'r.example.com:5000'],
      '/image the image comes from ghcr.io, which is not listed; use an image from docker.io and r.example.com:5000, or have ghcr.io added to images.registries in the policy',
    ],
    [
      '0x7f000001:5000/a',
      'any',
      '/image the image comes from 0x7f000001:5000, which is an address: addresses must be listed; use an image from a registry with a name, or have 127.0.0.1:5000 added to images.registries in the policy',
    ],
    [
      'mysql',
      [],
      '/image the image comes from docker.io, which is not listed; no registry is allowed, or have docker.io added to images.registries in the policy',
    ],
  ])('%s says what to do', (image, registries, fault) => {
    expect(faultsOf({ image }, { images: { registries } })).toEqual([fault]);
  });
});

describe('paths of the host', () => {
  const spec = specOf({});
  const refused = (volume: string, hostPaths: readonly string[]): boolean =>
    policyFaults({ ...spec, volumes: [{ volume, target: '/data', readOnly: false }] }, { ...DEFAULT_POLICY, hostPaths })
      .length > 0;

  test.each([
    ...[
      '/',
      '/etc',
      '/srv/data',
      '/srv/data/',
      '/srv//data',
      '//srv/data',
      '/srv/./data',
      '/srv/data/.',
      '/srv/x/../data',
    ],
    ...[
      '/srv/data/..',
      '/srv/data/sub',
      '/srv/dat',
      '/SRV/DATA',
      '/srv/data ',
      ' /srv/data',
      '/srv/data\0',
      '/srv/data\n',
    ],
    ...[
      '/var/run/docker.sock',
      '/run/docker.sock',
      '/proc',
      '/proc/1/root',
      '/proc/self/cwd',
      '/sys',
      '/dev',
      '/var/lib/docker',
    ],
    ...[
      '~',
      '~/data',
      '~root',
      '.',
      '..',
      './data',
      '../data',
      'srv/data',
      'C:\\data',
      '\\\\host\\share',
      '',
      '$HOME',
      'file:///srv',
    ],
  ])('%j is refused', (volume) => {
    expect(refused(volume, [])).toBe(true);
    expect(refused(volume, ['/srv/data'])).toBe(volume !== '/srv/data');
  });

  test.each(['data', 'a.b_c-d', 'docker.sock'])('%j is a volume', (volume) => {
    expect(refused(volume, [])).toBe(false);
  });

  it('says what to write', () => {
    const volumes = [
      { volume: 'data', target: '/a' },
      { volume: '/srv//data/', target: '/b' },
      { volume: '/etc', target: '/c' },
    ];
    expect(faultsOf({ volumes }, { hostPaths: ['/srv/data'] })).toEqual([
      `/volumes/2/volume the host path "/etc" is not in the policy's list; mount a named volume, or have this path, or a directory above it with /**, added to hostPaths in the policy`,
    ]);
  });
});

describe('what is below a directory of the host', () => {
  const allowed = (volume: string, ...list: readonly string[]): boolean => allowingEntry(volume, list) !== undefined;

  test.each(['/srv/apps/one', '/srv/apps/one/config', '/srv/apps/**', '/srv/apps/.x', '/srv/apps/ '])(
    '%j is allowed by /srv/apps/**',
    (volume) => expect(allowed(volume, '/srv/apps/**')).toBe(true),
  );

  test.each([
    ...['/srv/apps', '/srv/apps/', '/srv/appsx', '/srv/apps.d/x', '/srv', '/', '', 'data', './one'],
    ...[
      '/srv/apps/../x',
      '/srv/apps/..',
      '/srv/apps/one/../../x',
      '/srv/apps//one',
      '/srv//apps/one',
      '//srv/apps/one',
    ],
    ...['/srv/apps/./one', '/srv/apps/.', '/SRV/apps/one', '/proc/1/root/srv/apps/one', '/srv/apps/one/'],
  ])('%j is not', (volume) => expect(allowed(volume, '/srv/apps/**', '/home/x')).toBe(false));

  it('is everything, except for the root itself, with /**', () => {
    expect(['/etc', '/a/b/c', '/'].map((volume) => allowed(volume, '/**'))).toEqual([true, true, false]);
    expect(allowed('/', '/', '/**')).toBe(true);
  });

  describe('seen through symbolic links', () => {
    const links: Readonly<Record<string, string>> = {
      '/srv/apps': '/data/apps',
      '/srv/apps/one': '/data/apps/one',
      '/srv/apps/out': '/etc',
      '/srv/apps/self': '/data/apps',
      '/srv/apps/near': '/data/apps2/one',
      '/srv/apps/home': '/home/x',
    };
    const wayOut = (volume: string, known = links) =>
      escapeOf(volume, ['/srv/apps/**', '/home/x', '/srv/apps/out/listed'], async (path) => known[path]);

    test.each<[string, string | undefined]>([
      ['/srv/apps/one', undefined],
      ['/srv/apps/out', '/etc'],
      ['/srv/apps/self', '/data/apps'],
      ['/srv/apps/near', '/data/apps2/one'],
      ['/srv/apps/home', undefined],
      ['/srv/apps/unknown', undefined],
      ['/srv/apps/out/listed', undefined],
      ['/elsewhere', undefined],
    ])('%s leads out to %j', async (volume, place) => expect(await wayOut(volume)).toBe(place));

    it('is not judged where the root is not known', async () => {
      expect(await wayOut('/srv/apps/out', { '/srv/apps/out': '/etc' })).toBeUndefined();
    });
  });
});

describe('the environment of a source', () => {
  const links = ['aa', { container: 'bb', env: 'address' as const }, { container: 'cc', env: 'none' as const }];
  it('may be handed on by default', () => expect(faultsOf({ links }, {})).toEqual([]));
  it('may not be where linkEnv is address', () => {
    expect(faultsOf({ links }, { linkEnv: 'address' })).toEqual([
      '/links/0/env passes on the environment of aa, including its secrets, which the policy forbids; write "env": "address"',
    ]);
  });
});

describe('what a volume reaches through its driver', () => {
  const options = (type: string | undefined, o: string | undefined, device: string | undefined) =>
    Object.fromEntries(Object.entries({ type, o, device }).filter(([, value]) => value !== undefined));
  const faults = (driver: object, policy: Partial<Policy> = {}) => {
    const mount = { volume: 'data', target: '/d', readOnly: false, ...driver } as VolumeMount;
    return policyFaults({ ...specOf(), volumes: [mount] }, { ...DEFAULT_POLICY, ...policy }).map(
      (fault) => fault.pointer,
    );
  };
  const DEVICE = '/volumes/0/driverOptions/device';
  const TYPE = '/volumes/0/driverOptions/type';

  test.each<[type: string | undefined, o: string | undefined, device: string | undefined, pointer: string]>([
    ['none', 'bind', '/etc', DEVICE],
    ['none', 'rbind', '/etc', DEVICE],
    ['none', 'ro,bind', '/etc', DEVICE],
    ['NONE', 'BIND', '/etc', DEVICE],
    ['none', undefined, '/etc', DEVICE],
    ['', 'bind', '/etc', DEVICE],
    ['bind', undefined, '/etc', DEVICE],
    [undefined, 'bind', '/etc', DEVICE],
    ['none', ' bind ,ro', '/etc', DEVICE],
    ['none', 'bind', 'etc', DEVICE],
    ['none', 'bind', '', DEVICE],
    ['none', 'bind', '/srv/../etc', DEVICE],
    ['none', 'bind', undefined, DEVICE],
    ['tmpfs', 'bind', '/etc', DEVICE],
    ['nfs', 'rbind', '/etc', DEVICE],
    ['tmpfs', 'remount', '/etc', DEVICE],
    ['nfs', 'addr=192.0.2.1,rw', ':/export', TYPE],
    ['nfs4', 'addr=192.0.2.1', ':/export', TYPE],
    ['cifs', 'username=a,password=b', '//192.0.2.1/share', TYPE],
    ['ext4', undefined, '/dev/sda1', TYPE],
    ['overlay', 'lowerdir=/etc,upperdir=/a,workdir=/b', 'overlay', TYPE],
    ['proc', undefined, 'proc', TYPE],
  ])(
    'type %j, o %j, device %j is refused by default, whether the driver is named or not',
    (type, o, device, pointer) => {
      const driverOptions = options(type, o, device);
      expect(faults({ driverOptions })).toEqual([pointer]);
      expect(faults({ driver: 'local', driverOptions })).toEqual([pointer === TYPE ? '/volumes/0/driver' : pointer]);
    },
  );

  test.each([
    [{}],
    [{ driver: 'local' }],
    [{ driverOptions: { size: '1g' } }],
    [{ driverOptions: options('tmpfs', 'size=100m,uid=1000', 'tmpfs') }],
  ])('%j reaches nothing', (driver) => {
    expect(faults(driver)).toEqual([]);
  });

  test('a path is allowed as one that is mounted itself', () => {
    const bind = (device: string) => ({ driverOptions: options('none', 'bind', device) });
    expect(faults(bind('/srv/apps/a'), { hostPaths: ['/srv/apps/**'] })).toEqual([]);
    expect(faults(bind('/srv/apps'), { hostPaths: ['/srv/apps/**'] })).toEqual([DEVICE]);
    expect(faults(bind('/srv/apps/../../etc'), { hostPaths: ['/srv/apps/**'] })).toEqual([DEVICE]);
    expect(faults(bind('etc'), { hostPaths: ['/', '/**'] })).toEqual([DEVICE]);
  });

  test('a file system and another driver are allowed by their names', () => {
    const nfs = { driverOptions: options('nfs', 'addr=192.0.2.1', ':/export') };
    expect(faults(nfs, { volumeDrivers: ['local:nfs'] })).toEqual([]);
    expect(faults(nfs, { volumeDrivers: ['local', 'nfs', 'local:nfs4'], hostPaths: ['/', '/**'] })).toEqual([TYPE]);
    expect(faults({ driver: 'rexray/ebs' })).toEqual(['/volumes/0/driver']);
    expect(faults({ driver: 'rexray/ebs' }, { volumeDrivers: ['rexray/ebs'] })).toEqual([]);
  });

  test('mounts of the container appear on the host only if the policy allows it', () => {
    const volumes = (propagation: 'rslave' | 'rshared') => [{ volume: '/srv', target: '/d', propagation }];
    const may = (propagation: 'rslave' | 'rshared', sharedMounts: boolean) =>
      faultsOf({ volumes: volumes(propagation) }, { hostPaths: ['/srv'], sharedMounts });
    expect([may('rslave', false), may('rshared', true)]).toEqual([[], []]);
    expect(may('rshared', false)).toEqual([expect.stringContaining('/volumes/0/propagation with rshared, mounts')]);
  });
});

/** Each reaches the host, and is refused by default. */
const REACHING: Partial<DefinitionInput> = {
  ...{ capAdd: ['cap_net_admin'], devices: ['/dev/snd'], deviceCgroupRules: ['c 10:200 rwm'] },
  ...{ pidMode: 'host', ipcMode: 'host', utsMode: 'host', usernsMode: 'host', oomScoreAdj: -1 },
  ...{ privileged: true, securityOpt: ['no-new-privileges=false', 'seccomp:unconfined'], resources: { pids: -1 } },
  ...{ network: 'host', sysctls: { 'vm.max_map_count': '262144', 'vm.swappiness': '1' } },
  deviceRequests: [{ count: -1 }, { driver: 'cdi', deviceIds: ['nvidia.com/gpu=0', 'nvidia.com/gpu=1'] }],
  ...{ logDriver: 'journald', runtime: 'nvidia' },
};

describe('what reaches the host', () => {
  test.each<[Partial<Policy>, readonly string[]]>([
    [{ capabilities: ['NET_ADMIN'] }, ['/capAdd/0']],
    [{ capabilities: ['ALL', 'NET_RAW'] }, []],
    [{ devices: ['/dev/snd'] }, ['/devices/0']],
    [{ devices: ['/dev', '/dev/snd0', 'c 10:200 r'] }, []],
    [{ devices: ['c 10:200 rwm'] }, ['/deviceCgroupRules/0']],
    [{ hostNamespaces: ['pid'] }, ['/pidMode']],
    [{ hostNamespaces: ['network'] }, ['/network']],
    [{ hostNamespaces: ['ipc', 'uts', 'userns'] }, ['/ipcMode', '/utsMode', '/usernsMode']],
    [{ oomScoreAdj: -1 }, ['/oomScoreAdj']],
    [{ privileged: true }, ['/privileged']],
    [{ unlimitedPids: true }, ['/resources/pids']],
    [{ securityOptions: ['seccomp=unconfined'] }, ['/securityOpt/1']],
    [{ securityOptions: ['no-new-privileges', 'seccomp'] }, []],
    [{ sysctls: ['vm.max_map_count'] }, ['/sysctls/vm.max_map_count']],
    [{ sysctls: ['vm'] }, []],
    [{ deviceRequests: ['gpu'] }, ['/deviceRequests/0']],
    [{ deviceRequests: ['nvidia.com/gpu=1', 'nvidia.com/gpu=2'] }, ['/deviceRequests/1/deviceIds/1']],
    [{ runtimes: ['nvidia'] }, ['/runtime']],
    [{ runtimes: ['nvidia-legacy', 'NVIDIA'] }, []],
    [{ logDrivers: ['journald'] }, ['/logDriver']],
    [{ logDrivers: ['syslog', 'json-file'] }, []],
  ])('under %j is allowed by its own entry alone', (policy, allowed) => {
    const pointers = (one: Partial<Policy>) => faultsOf(REACHING, one).map((fault) => fault.split(' ', 1)[0]);
    expect(pointers({})).toHaveLength(20);
    expect(pointers({}).filter((pointer) => !pointers(policy).includes(pointer))).toEqual(allowed);
  });

  test('is nothing that every container may have', () => {
    const free = { capDrop: ['ALL'], ipcMode: 'none', oomScoreAdj: 500, sysctls: { 'kernel.sem': '1' } };
    expect(faultsOf(free, {})).toEqual([]);
    for (const logDriver of ['json-file', 'local', 'none']) expect(faultsOf({ logDriver }, {})).toEqual([]);
  });

  test.each<[Partial<DefinitionInput>, string]>([
    [
      { capAdd: ['ALL'] },
      `/capAdd/0 the capability ALL is not in the policy's list; leave it out, or have "ALL" added`,
    ],
    [{ devices: ['/dev/sda:/dev/x:r'] }, `/devices/0 the host's device /dev/sda is not in the policy's list`],
    [{ pidMode: 'host' }, '/pidMode shares the pid namespace of the host, which the policy forbids; leave it out'],
    [{ oomScoreAdj: -500 }, '/oomScoreAdj -500 spares the container before processes of the host; write at least 0'],
  ])('%j says what to do', (input, message) => {
    expect(faultsOf(input, {})).toEqual([expect.stringContaining(message)]);
  });
});

it('every fault of a definition is told at once', () => {
  const input = {
    ...{ image: 'ghcr.io/a', publishAll: true, ports: ['80'], links: ['db'] },
    volumes: [{ volume: '/etc', target: '/etc' }],
    ...REACHING,
    network: 'shop',
  };
  const policy: Policy = {
    ...DEFAULT_POLICY,
    ...{ publish: [], images: { registries: ['docker.io'] }, hostPaths: [], linkEnv: 'address' },
  };
  expect(policyFaults(specOf(input), policy).map(({ pointer }) => pointer)).toEqual([
    ...['/image', '/publishAll', '/ports/0', '/links/0/env', '/volumes/0/volume'],
    ...[
      '/resources/pids',
      '/sysctls/vm.max_map_count',
      '/sysctls/vm.swappiness',
      '/privileged',
      '/securityOpt/0',
      '/securityOpt/1',
    ],
    ...[
      '/deviceRequests/0',
      '/deviceRequests/1/deviceIds/0',
      '/deviceRequests/1/deviceIds/1',
      '/runtime',
      '/logDriver',
    ],
    ...['/capAdd/0', '/devices/0', '/deviceCgroupRules/0', '/pidMode', '/ipcMode', '/utsMode', '/usernsMode'],
    '/oomScoreAdj',
  ]);
});
