import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DefinitionInput, Spec } from '../../../src/domain/definition/definition.js';
import { declare, toInput } from '../../../src/domain/definition/normalize.js';
import { MAX_PORTS } from '../../../src/domain/definition/validate-ports.js';
import { formatPortMapping } from '../../../src/domain/ports/parse.js';
import { specOf } from '../../support/definition.js';

/** `pointer: message`, one a fault. */
function faultsOf(input: Partial<DefinitionInput>): readonly string[] {
  const declared = declare({ image: 'training/webapp', ...input });
  return declared.ok ? [] : declared.faults.map((fault) => `${fault.pointer}: ${fault.message}`);
}

/** A volume with options. */
const mount = (options: object) => ({ volumes: [{ volume: 'data', target: '/d', ...options }] });
const bind = (device: string) => ({ driverOptions: { type: 'none', o: 'bind', device } });

describe('declare, of what is in order', () => {
  test('fills in every default, and leaves absent what is the image’s', () => {
    expect(specOf({})).toEqual({
      image: 'training/webapp',
      env: {},
      expose: [],
      publishAll: false,
      ports: [],
      links: [],
      network: 'bridge',
      volumes: [],
      labels: {},
      restartPolicy: 'always',
      resources: { pids: 4096 },
      pullPolicy: 'missing',
      stopTimeoutSeconds: 10,
      onLinkChange: 'recreate',
      state: 'running',
    });
  });

  test('leaves out every field that is at its default', () => {
    const defaults: Partial<DefinitionInput> = {
      ...{ init: false, tty: false, stdinOpen: false, readOnly: false, groupAdd: [], domainname: '', macAddress: '' },
      ...{ extraHosts: [], dns: [], dnsSearch: [], dnsOptions: [], memorySwap: -1, memoryReservation: 0, cpuShares: 0 },
      ...{ capDrop: [], capAdd: [], devices: [], deviceCgroupRules: [], pidMode: '', utsMode: '', usernsMode: '' },
      ...{ platform: '', runtime: 'runc' },
      ...{ privileged: false, securityOpt: ['no-new-privileges'], deviceRequests: [] },
      ...{
        ipcMode: 'private',
        oomScoreAdj: 0,
        cpusetCpus: '',
        cpusetMems: '',
        blkioWeight: 0,
        shmSize: 67_108_864,
        ulimits: [],
        sysctls: {},
      },
    };
    expect(specOf(defaults)).toEqual(specOf({}));
  });

  test('leaves out the name, which is not part of a spec', () => {
    expect(specOf({ name: 'db' })).not.toHaveProperty('name');
  });

  test('reads port texts and objects alike', () => {
    const { ports } = specOf({
      ports: [
        '80',
        '9000-9001:8000-8001/udp',
        { containerPort: 443 },
        { hostIp: '', hostPortRange: '08000-8010', containerPort: 1 },
        { hostIp: '2001:DB8::0:1', hostPort: 53, containerPort: 53, protocol: 'udp' },
        { hostPortRange: '70-70', containerPort: 7 },
      ],
    });
    expect(ports.map(formatPortMapping)).toEqual([
      '80',
      '9000:8000/udp',
      '9001:8001/udp',
      '443',
      '8000-8010:1',
      '[2001:db8::1]:53:53/udp',
      '70:7',
    ]);
  });

  test('expands what is exposed, each port once', () => {
    expect(specOf({ expose: ['8000-8002/UDP', '3306', '8001/udp', '3306/tcp'] }).expose).toEqual([
      '8000/udp',
      '8001/udp',
      '8002/udp',
      '3306/tcp',
    ]);
  });

  test('reads links', () => {
    expect(
      specOf({ links: ['db', 'mq:queue', { container: 'kv' }, { container: 'db', alias: 'x', env: 'none' }] }).links,
    ).toEqual([
      { container: 'db', alias: 'db', env: 'all' },
      { container: 'mq', alias: 'queue', env: 'all' },
      { container: 'kv', alias: 'kv', env: 'all' },
      { container: 'db', alias: 'x', env: 'none' },
    ]);
  });

  test.each<[string, Partial<DefinitionInput>, Partial<Spec>]>([
    ['capabilities', { capAdd: ['cap_net_admin', 'all'] }, { capAdd: ['NET_ADMIN', 'ALL'] }],
    [
      'devices',
      { devices: ['/dev/a', '/dev/b:r', '/dev//c/:/dev/d:rw'] },
      { devices: ['/dev/a:/dev/a:rwm', '/dev/b:/dev/b:r', '/dev/c:/dev/d:rw'] },
    ],
    ['extraHosts', { extraHosts: ['a=[::1]', 'b:192.0.2.1'] }, { extraHosts: ['a:::1', 'b:192.0.2.1'] }],
    ['ulimits', { ulimits: ['core=1', 'nofile=7', 'core=-1:-1'] }, { ulimits: ['core=-1:-1', 'nofile=7:7'] }],
    [
      'the usual swap',
      { memorySwap: 2e7, resources: { memoryBytes: 1e7 } },
      { resources: { memoryBytes: 1e7, pids: 4096 } },
    ],
    ['an image', { image: 'docker.io/library/mysql:8' }, { image: 'mysql:8' }],
    ['a signal', { stopSignal: 'term' }, { stopSignal: 'SIGTERM' }],
    ['a signal’s number', { stopSignal: '015' }, { stopSignal: '15' }],
    [
      'a target',
      { volumes: [{ volume: 'data', target: '/var//lib/./mysql/' }] },
      { volumes: [{ volume: 'data', target: '/var/lib/mysql', readOnly: false }] },
    ],
    [
      'a path of the host as it is written, for the policy to allow',
      { volumes: [{ volume: '/srv//data/', target: '/data' }] },
      { volumes: [{ volume: '/srv/data', target: '/data', readOnly: false }] },
    ],
  ])('writes %s in one way', (_, input, expected) => {
    expect(specOf(input)).toMatchObject(expected);
  });

  test.each<Partial<DefinitionInput>>([
    { ports: ['127.0.0.1:80:80', '[::1]:80:80', '127.0.0.2:80:80'] },
    { ports: ['0.0.0.0:80:80', '[::]:80:80'] },
    { ports: ['53:53/tcp', '53:53/udp'] },
    { ports: ['80', '80/udp', '127.0.0.1::80'] },
    { ports: ['8080:80', '8081:80'] },
    { ports: [`1-${MAX_PORTS}`] },
    { env: { 'WEIRD NAME-1.2': 'a=b\nc', EMPTY: '' } },
    { env: JSON.parse('{"__proto__": "x", "constructor": "y"}') },
    { labels: { 'com.example': '', 'io.berthold': 'x' } },
    { network: 'my-net_1.0' },
    { network: 'back', networkAliases: ['db', 'db.internal', '1'] },
    { networkAliases: [] },
    { networks: [], network: 'back' },
    {
      networks: [
        { name: 'front', aliases: ['db'] },
        { name: 'back', aliases: ['db'], ipv4Address: '10.2.0.9' },
      ],
    },
    { networks: Array.from({ length: 32 }, (_, index) => ({ name: `net${index}` })) },
    { hostname: 'db-1.example.com' },
    { hostname: 'wiki_db' },
    { hostname: 'mail.example.net.' },
    { hostname: 'mail.' },
    { hostname: '-a..b' },
    { hostname: 'a'.repeat(64) },
    { image: `sha256:${'0a'.repeat(32)}` },
    { links: [{ container: 'a'.repeat(70) }] },
    { links: [{ container: 'a'.repeat(70), alias: 'db' }], network: 'shop' },
    { network: 'shop', networkAliases: [`${'a'.repeat(63)}.${'b'.repeat(63)}`] },
    { user: '1000:1000' },
    { user: 'www-data' },
    { stopSignal: 'SIGRTMIN+3' },
    { stopSignal: '64' },
    { stopTimeoutSeconds: 0 },
    { command: [], entrypoint: [''] },
    { healthcheck: { command: [] } },
    {
      healthcheck: { command: ['true'], intervalSeconds: 0.001, timeoutSeconds: 0, retries: 0, startPeriodSeconds: 5 },
    },
    { resources: { memoryBytes: 6_291_456, cpus: 0.123456789, pids: 1 } },
    {
      volumes: [
        { volume: 'data', target: '/a' },
        { volume: 'data', target: '/a/b' },
      ],
    },
  ])('finds no fault in %j', (input) => {
    expect(faultsOf(input)).toEqual([]);
  });

  test('keeps variables whatever they are called', () => {
    const env = JSON.parse('{"__proto__": "x"}');
    expect(Object.entries(specOf({ env }).env)).toEqual([['__proto__', 'x']]);
  });
});

describe('declare, of what can’t work', () => {
  test.each<[Partial<DefinitionInput>, string, string]>([
    [{ image: 'MySQL' }, '/image', 'lower case'],
    [{ ports: ['80', 'x'] }, '/ports/1', 'neither a number nor a range'],
    [{ ports: [{ hostIp: '127.1', containerPort: 1 }] }, '/ports/0', 'not an IP address'],
    [{ ports: [{ hostIp: '[::1]', containerPort: 1 }] }, '/ports/0', 'not an IP address'],
    [{ ports: [{ hostPort: 1, hostPortRange: '1-2', containerPort: 1 }] }, '/ports/0', "can't be combined"],
    [{ ports: [{ hostPortRange: '2-1', containerPort: 1 }] }, '/ports/0', 'ends before it begins'],
    [{ ports: [{ hostPort: 1, containerPort: 0 }] }, '/ports/0', '0 is not a port'],
    [{ ports: [{ hostPort: -1, containerPort: 1 }] }, '/ports/0', '-1 is not a port'],
    [{ ports: [{ containerPort: 65536 }] }, '/ports/0', '65536 is not a port'],
    [{ ports: ['8080:80', '8080:81'] }, '/ports/1', 'same host port as 8080:80 in ports/0'],
    [{ ports: ['8080:80', '127.0.0.1:8080:80'] }, '/ports/1', 'same host port as 8080:80 in ports/0'],
    [{ ports: ['9:9', '8080-8081:80-81', '8081:1'] }, '/ports/2', 'same host port as 8081:81 in ports/1'],
    [{ ports: ['80', '80/tcp'] }, '/ports/1', '80 is already in ports/0'],
    [{ ports: ['8080:80', { hostPort: 8080, containerPort: 80 }] }, '/ports/1', '8080:80 is already in ports/0'],
    [{ ports: ['8000-8009', '8000-8009'] }, '/ports/1', '8000 is already in ports/0'],
    [{ ports: ['1-65535'] }, '/ports', `65535 ports, and at most ${MAX_PORTS}`],
    [{ expose: ['80:80'] }, '/expose/0', 'no host address or port'],
    [{ expose: ['1-65535'] }, '/expose', `at most ${MAX_PORTS}`],
    [{ links: ['a:b:c'] }, '/links/0', 'more than one colon'],
    [{ links: ['x:y', { container: 'db', alias: '-' }] }, '/links/0', 'not a container name'],
    [{ links: [{ container: 'db', alias: '' }] }, '/links/0', 'the alias is missing'],
    [{ links: ['db:x', 'a:b:c', 'mq:x'] }, '/links/2', 'links/0 already has the alias'],
    [{ env: { '': 'x' } }, '/env/', "can't be empty"],
    [{ env: { 'A=B': 'x' } }, '/env/A=B', 'equals sign'],
    [{ env: { 'A/B~C': '\0' } }, '/env/A~1B~0C', 'NUL'],
    [{ env: { 'A\0': 'x' } }, '/env/A\0', 'NUL'],
    [{ env: { A: '\ud800' } }, '/env/A', 'surrogate'],
    [{ env: { A: 'x'.repeat(131_070) } }, '/env/A', 'Linux allows at most 131071'],
    [{ env: { A: 'é'.repeat(65_535) } }, '/env/A', 'has 131072 bytes'],
    [{ command: ['sh', 'x'.repeat(131_072)] }, '/command/1', 'Linux allows at most 131071'],
    [{ entrypoint: ['x'.repeat(131_072)] }, '/entrypoint/0', 'Linux allows at most 131071'],
    [
      { healthcheck: { command: ['true', 'x'.repeat(131_072)] } },
      '/healthcheck/command/1',
      'Linux allows at most 131071',
    ],
    [{ labels: { '': 'x' } }, '/labels/', "can't be empty"],
    [{ labels: { 'io.berth.uid': 'x' } }, '/labels/io.berth.uid', 'reserved for Berth'],
    [{ network: 'container:' }, '/network', 'is not the name of a container'],
    [{ network: 'container:a/b' }, '/network', 'is not the name of a container'],
    [{ network: 'x' }, '/network', 'not a network name'],
    [{ network: '' }, '/network', 'not a network name'],
    [{ networks: [{ name: 'back' }], network: 'back' }, '/network', "can't be combined with networks"],
    [{ networks: [{ name: 'back' }], networkAliases: ['a'] }, '/networkAliases', "can't be combined with networks"],
    [{ networks: [{ name: 'bridge' }] }, '/networks/0/name', "none of the engine's own"],
    [{ networks: [{ name: 'back' }, { name: 'back' }] }, '/networks/1/name', 'networks/0 is back already'],
    [
      { networks: [{ name: 'back', aliases: ['a', 'A'] }] },
      '/networks/0/aliases/1',
      'A is already in networks/0/aliases/0',
    ],
    [{ networks: [{ name: 'back', aliases: ['-'] }] }, '/networks/0/aliases/0', 'an alias has letters'],
    [{ networks: [{ name: 'back', ipv4Address: 'fd00::1' }] }, '/networks/0/ipv4Address', 'is not an IPv4 address'],
    [{ networks: [{ name: 'back', ipv6Address: '10.0.0.1' }] }, '/networks/0/ipv6Address', 'is not an IPv6 address'],
    [{ networkAliases: ['db'] }, '/networkAliases', "the default bridge doesn't resolve names"],
    [{ network: 'back', networkAliases: ['db', 'DB'] }, '/networkAliases/1', 'is already in networkAliases/0'],
    [{ network: 'back', networkAliases: ['-db'] }, '/networkAliases/0', 'an alias has'],
    [{ volumes: [{ volume: '/srv/../etc', target: '/a' }] }, '/volumes/0/volume', 'must not contain ..'],
    [
      { volumes: [{ volume: 'v1', target: '/a', createHostPath: true }] },
      '/volumes/0/createHostPath',
      'is for host paths',
    ],
    [
      { volumes: [{ volume: 'v1', target: '/a', propagation: 'rslave' }] },
      '/volumes/0/propagation',
      'is for host paths',
    ],
    [{ volumes: [{ volume: '/v', target: '/a', selinux: 'z' }] }, '/volumes/0/selinux', 'add "createHostPath": true'],
    [
      { volumes: [{ volume: '/v:w', target: '/a', createHostPath: true }] },
      '/volumes/0/createHostPath',
      'no path with a colon',
    ],
    [{ volumes: [{ volume: '/srv\0', target: '/a' }] }, '/volumes/0/volume', 'NUL'],
    [{ volumes: [{ volume: '~/srv', target: '/a' }] }, '/volumes/0/volume', 'is a relative host path'],
    [{ volumes: [{ volume: './srv', target: '/a' }] }, '/volumes/0/volume', 'is a relative host path'],
    [{ volumes: [{ volume: '..', target: '/a' }] }, '/volumes/0/volume', 'not a volume name'],
    [{ volumes: [{ volume: 'v1', target: 'a' }] }, '/volumes/0/target', 'absolute path'],
    [{ volumes: [{ volume: 'v1', target: '/' }] }, '/volumes/0/target', 'root file system'],
    [{ volumes: [{ volume: 'v1', target: '//.' }] }, '/volumes/0/target', 'root file system'],
    [{ volumes: [{ volume: 'v1', target: '/a/../b' }] }, '/volumes/0/target', 'must not contain ..'],
    [{ volumes: [{ volume: 'v1', target: '/a:ro' }] }, '/volumes/0/target', 'colon'],
    [{ volumes: [{ volume: 'v1', target: '/a\0' }] }, '/volumes/0/target', 'NUL'],
    [
      {
        volumes: [
          { volume: 'v1', target: '/a' },
          { volume: 'v2', target: '/a/' },
        ],
      },
      '/volumes/1/target',
      '/a is already the target of volumes/0',
    ],
    [{ workingDir: 'srv' }, '/workingDir', 'absolute path'],
    [{ hostname: 'a b' }, '/hostname', 'contains white space, a control character or #'],
    [{ domainname: 'a b' }, '/domainname', 'contains white space'],
    [{ capAdd: ['NET'] }, '/capAdd/0', 'it is not a capability'],
    [{ capDrop: ['CHOWN', ''] }, '/capDrop/1', 'it is not a capability'],
    [{ devices: ['/dev/snd:x'] }, '/devices/0', 'is not an absolute path'],
    [{ devices: ['vendor.com/class=name'] }, '/devices/0', 'is not a path of the host'],
    [{ devices: ['/dev/../etc/x'] }, '/devices/0', 'is not a path of the host'],
    [{ devices: ['snd:/dev/snd'] }, '/devices/0', 'is not a path of the host'],
    [{ deviceCgroupRules: ['c 1'] }, '/deviceCgroupRules/0', 'write it as "c 10:200 rwm"'],
    [{ pidMode: 'container:db' }, '/pidMode', '"container:db" is not supported for pidMode; write host'],
    [{ ipcMode: 'container:db' }, '/ipcMode', 'write host or none, or leave it out'],
    [{ utsMode: 'x' }, '/utsMode', 'it is not one of host'],
    [{ utsMode: 'host', hostname: 'a' }, '/utsMode', "the host's names can't be changed"],
    [{ utsMode: 'host', domainname: 'a' }, '/utsMode', "the host's names can't be changed"],
    [{ runtime: '/usr/bin/runsc' }, '/runtime', 'write the name of a runtime'],
    [{ runtime: 'run c' }, '/runtime', 'write the name of a runtime'],
    [{ platform: 'linux/amd64/v2/x' }, '/platform', 'write it as linux/amd64'],
    [{ platform: 'linux amd64' }, '/platform', 'write it as linux/amd64'],
    [{ usernsMode: 'keep-id' }, '/usernsMode', 'it is not one of host'],
    [{ oomScoreAdj: 1001 }, '/oomScoreAdj', 'from -1000 to 1000'],
    [{ groupAdd: ['audio', 'a b'] }, '/groupAdd/1', 'write the group as a name or an id'],
    [{ extraHosts: ['db'] }, '/extraHosts/0', 'write it as name:address'],
    [{ dns: ['resolver'] }, '/dns/0', 'it is not an IP address'],
    [{ dnsSearch: ['a b'] }, '/dnsSearch/0', 'it is not a domain'],
    [{ dnsOptions: ['a\0'] }, '/dnsOptions/0', ''],
    [{ macAddress: 'x' }, '/macAddress', 'write it as 92:d0:c6:0a:29:33'],
    [{ memoryReservation: 1 }, '/memoryReservation', 'at least 6291456'],
    [{ memoryReservation: 2e7, resources: { memoryBytes: 1e7 } }, '/memoryReservation', "can't be more than the limit"],
    [{ memorySwap: 1e8 }, '/memorySwap', 'set resources.memoryBytes too'],
    [{ memorySwap: 1e7, resources: { memoryBytes: 2e7 } }, '/memorySwap', 'must be at least resources.memoryBytes'],
    [{ memorySwap: -2 }, '/memorySwap', 'or -1 for no limit'],
    [{ cpuShares: 300_000 }, '/cpuShares', 'from 1 to 262144'],
    [{ cpusetCpus: '1-0' }, '/cpusetCpus', 'write it as 0-3 or 0,1'],
    [{ cpusetMems: 'a' }, '/cpusetMems', 'write it as 0-3 or 0,1'],
    [{ blkioWeight: 9 }, '/blkioWeight', 'from 10 to 1000'],
    [{ shmSize: -1 }, '/shmSize', 'whole number of bytes'],
    [{ restartPolicy: 'on-failure', restartMaxRetries: -1 }, '/restartMaxRetries', 'whole number from 0'],
    [{ restartPolicy: 'on-failure', restartMaxRetries: 2 ** 31 }, '/restartMaxRetries', 'whole number from 0'],
    [{ tmpfs: ['run'] }, '/tmpfs/0', 'path must be absolute'],
    [{ tmpfs: ['/run:bind'] }, '/tmpfs/0', 'bind is no option of a file system in memory'],
    [{ tmpfs: ['/run:ro,rbind=1'] }, '/tmpfs/0', 'rbind=1 is no option'],
    [{ tmpfs: ['/run:frob'] }, '/tmpfs/0', 'not an option of it'],
    [{ tmpfs: ['/a/../b'] }, '/tmpfs/0', 'must not contain ..'],
    [{ tmpfs: ['/run', '/run/:size=1m'] }, '/tmpfs/1', 'already the target of tmpfs/0'],
    [{ tmpfs: ['/d'], volumes: [{ volume: 'data', target: '/d/' }] }, '/tmpfs/0', 'already the target of a volume'],
    [mount({ subpath: '/a' }), '/volumes/0/subpath', 'relative to the root of the volume'],
    [mount({ subpath: 'a/../..' }), '/volumes/0/subpath', 'relative to the root of the volume'],
    [mount({ driver: 'a b' }), '/volumes/0/driver', 'not a volume driver'],
    [mount({ driverOptions: { foo: 'a' } }), '/volumes/0/driverOptions/foo', 'not an option of the driver local'],
    [mount({ driverOptions: { o: 'bind' } }), '/volumes/0/driverOptions', 'needs both type and device'],
    [mount(bind('etc')), '/volumes/0/driverOptions/device', 'absolute path without ..'],
    [mount(bind('./etc')), '/volumes/0/driverOptions/device', 'absolute path without ..'],
    [mount(bind('')), '/volumes/0/driverOptions/device', 'absolute path without ..'],
    [mount(bind('/srv/../etc')), '/volumes/0/driverOptions/device', 'absolute path without ..'],
    [
      mount({ driverOptions: { type: 'tmpfs', device: 'etc', o: 'size=1m, RBIND' } }),
      '/volumes/0/driverOptions/device',
      'absolute',
    ],
    [
      mount({ driverOptions: { type: 'none', device: '/srv', o: 'bind,remount' } }),
      '/volumes/0/driverOptions/o',
      'remove remount',
    ],
    [{ volumes: [{ volume: '/srv', target: '/d', noCopy: true }] }, '/volumes/0/noCopy', 'is for volumes'],
    [{ volumes: [{ volume: '/srv', target: '/d', driverOptions: {} }] }, '/volumes/0/driverOptions', 'is for volumes'],
    [{ logDriver: 'a b' }, '/logDriver', 'not a log driver'],
    [{ logOptions: { size: '1m' } }, '/logOptions/size', 'not an option of the log driver json-file; write mode'],
    [{ logOptions: { 'max-size': 'big' } }, '/logOptions/max-size', 'a size such as 10m'],
    [{ logOptions: { 'max-size': '-1' } }, '/logOptions/max-size', 'at most 1g'],
    [{ logOptions: { 'max-size': '1025m' } }, '/logOptions/max-size', 'at most 1g'],
    [{ logOptions: { 'max-file': '0' } }, '/logOptions/max-file', 'from 1 to 100'],
    [{ logOptions: { 'max-file': '101' } }, '/logOptions/max-file', 'from 1 to 100'],
    [{ logOptions: { mode: 'non-blocking', 'max-buffer-size': '500g' } }, '/logOptions/max-buffer-size', 'at most 16m'],
    [{ logDriver: 'none', logOptions: { tag: 'a' } }, '/logOptions/tag', 'none has no options'],
    [{ logDriver: 'local', logOptions: { tag: 'a' } }, '/logOptions/tag', 'of the log driver local'],
    [
      { logDriver: 'x', logOptions: Object.fromEntries(Array.from({ length: 65 }, (_, at) => [`o${at}`, ''])) },
      '/logOptions',
      'at most 64',
    ],
    [{ restartMaxRetries: 3 }, '/restartMaxRetries', 'set "restartPolicy": "on-failure"'],
    [
      { healthcheck: { command: ['true'], startIntervalSeconds: 0.0001 } },
      '/healthcheck/startIntervalSeconds',
      'must be from 0.001',
    ],
    [{ ulimits: ['nofile=2:1'] }, '/ulimits/0', 'the soft limit is higher'],
    [{ sysctls: { 'vm/swappiness': '1' } }, '/sysctls/vm~1swappiness', 'is not the name of a kernel setting'],
    [
      { sysctls: { 'kernel.sem': '1' }, ipcMode: 'host' },
      '/sysctls/kernel.sem',
      "kernel.sem is not the container's own",
    ],
    [{ network: 'default' }, '/network', '"default" is not supported as a network'],
    [{ network: 'host', ports: ['80:80'] }, '/ports', 'list them under expose to claim them'],
    [{ network: 'host', publishAll: true }, '/publishAll', 'there is nothing to publish'],
    [{ network: 'host', links: ['db'] }, '/links', "can't have links"],
    [{ network: 'host', macAddress: '92:d0:c6:0a:29:33' }, '/macAddress', 'has no interface of its own'],
    [{ network: 'host', networkAliases: ['a'] }, '/networkAliases', "the network host doesn't resolve names"],
    [
      { network: 'host', sysctls: { 'net.ipv4.ip_forward': '1' } },
      '/sysctls/net.ipv4.ip_forward',
      "is not the container's own",
    ],
    [{ network: 'container:db', ports: ['80'] }, '/ports', 'it shares the network of db: set ports there'],
    [{ network: 'container:db', expose: ['80'] }, '/expose', 'set expose there, and leave it out here'],
    [{ network: 'container:db', links: ['x1'] }, '/links', 'set links there'],
    [{ network: 'container:db', hostname: 'a' }, '/hostname', 'set hostname there'],
    [{ network: 'container:db', dns: ['192.0.2.1'] }, '/dns', 'set dns there'],
    [{ network: 'container:db', extraHosts: ['a:192.0.2.1'] }, '/extraHosts', 'set extraHosts there'],
    [{ network: 'container:db', networkAliases: ['a'] }, '/networkAliases', "doesn't resolve names"],
    [{ network: 'container:db', sysctls: { 'net.a': '1' } }, '/sysctls/net.a', "is not the container's own"],
    [{ network: 'none', ports: ['80'] }, '/ports', 'has no ports to publish'],
    [{ network: 'none', links: ['db'] }, '/links', 'reaches no other'],
    [{ securityOpt: ['a=b'] }, '/securityOpt/0', '"a=b" is not a security option; write one of label'],
    [{ securityOpt: ['seccomp={}'] }, '/securityOpt/0', 'write seccomp=unconfined or seccomp=builtin'],
    [{ securityOpt: ['label=x'] }, '/securityOpt/0', '"x" is not a value of label; write for example label=disable'],
    [{ securityOpt: ['apparmor=a', 'apparmor:b'] }, '/securityOpt/1', 'apparmor is already in securityOpt/0'],
    [{ deviceRequests: [{ capabilities: ['gpu'] }] }, '/deviceRequests/0', 'write count, -1 for all'],
    [{ deviceRequests: [{ count: 0 }] }, '/deviceRequests/0', 'write count, -1 for all'],
    [
      { deviceRequests: [{ count: 1, deviceIds: ['0'] }] },
      '/deviceRequests/0',
      "count can't be combined with deviceIds",
    ],
    [{ deviceRequests: [{ count: 1, capabilities: [] }] }, '/deviceRequests/0', 'name a capability'],
    [{ deviceRequests: [{ count: 1, capabilities: ['a b'] }] }, '/deviceRequests/0/capabilities/0', 'must be a word'],
    [
      { deviceRequests: [{ driver: 'cdi', deviceIds: ['0'] }] },
      '/deviceRequests/0/deviceIds/0',
      'name of a CDI device',
    ],
    [{ deviceRequests: [{ driver: 'cdi', count: 1 }] }, '/deviceRequests/0', 'name the devices in deviceIds'],
    [{ deviceRequests: [{ deviceIds: ['a\nb'] }] }, '/deviceRequests/0/deviceIds/0', 'is not the name of a device'],
    [{ resources: { pids: -2 } }, '/resources/pids', 'or -1 for no limit'],
    [{ hostname: 'a\n10.0.0.1 db' }, '/hostname', 'contains white space'],
    [{ hostname: '' }, '/hostname', 'the host name has 0 bytes'],
    [{ hostname: 'a'.repeat(65) }, '/hostname', 'the host name has 65 bytes, and the kernel allows 1 to 64'],
    [{ hostname: 'ä'.repeat(33) }, '/hostname', 'the host name has 66 bytes'],
    [{ links: [{ container: 'a'.repeat(70) }], network: 'shop' }, '/links/0', 'give the link a shorter alias'],
    [{ network: 'shop', networkAliases: ['a'.repeat(64)] }, '/networkAliases/0', 'at most 63 characters between dots'],
    [{ user: '' }, '/user', 'write the user as'],
    [{ user: 'a:b:c' }, '/user', 'write the user as'],
    [{ user: 'a b' }, '/user', 'write the user as'],
    [{ stopSignal: 'SIGNOPE' }, '/stopSignal', 'not a signal'],
    [{ stopSignal: '0' }, '/stopSignal', 'not a signal'],
    [{ stopSignal: '65' }, '/stopSignal', 'not a signal'],
    [{ stopSignal: '' }, '/stopSignal', 'not a signal'],
    [{ stopSignal: 'RTMIN+16' }, '/stopSignal', 'not a signal'],
    [{ stopTimeoutSeconds: -1 }, '/stopTimeoutSeconds', '0 to 3600'],
    [{ stopTimeoutSeconds: 3601 }, '/stopTimeoutSeconds', '0 to 3600'],
    [{ command: ['ok', 'a\0b'] }, '/command/1', 'NUL'],
    [{ entrypoint: ['\0'] }, '/entrypoint/0', 'NUL'],
    [{ healthcheck: { command: [''] } }, '/healthcheck/command', 'is empty'],
    [{ healthcheck: { command: ['CMD', ''] } }, '/healthcheck/command', 'is empty'],
    [{ healthcheck: { command: ['CMD'] } }, '/healthcheck/command', 'CMD has no command to run'],
    [{ healthcheck: { command: ['CMD-SHELL'] } }, '/healthcheck/command', 'CMD-SHELL has no command to run'],
    [{ healthcheck: { command: ['x'], intervalSeconds: -1 } }, '/healthcheck/intervalSeconds', 'from 0.001'],
    [{ healthcheck: { command: ['x'], timeoutSeconds: 0.0001 } }, '/healthcheck/timeoutSeconds', 'from 0.001'],
    [{ healthcheck: { command: ['x'], startPeriodSeconds: 1e10 } }, '/healthcheck/startPeriodSeconds', 'from 0.001'],
    [{ healthcheck: { command: ['x'], retries: -1 } }, '/healthcheck/retries', 'whole number'],
    [{ resources: { memoryBytes: 6_291_455 } }, '/resources/memoryBytes', '6 MiB'],
    [{ resources: { cpus: 0 } }, '/resources/cpus', 'at least 0.01'],
    [{ resources: { cpus: 0.1234567891 } }, '/resources/cpus', '9 decimals'],
    [{ resources: { pids: 0 } }, '/resources/pids', 'from 1'],
  ])('finds the fault in %j', (input, pointer, message) => {
    expect(faultsOf(input)).toContainEqual(expect.stringContaining(message));
    expect(faultsOf(input).map((fault) => fault.slice(0, pointer.length + 1))).toContain(`${pointer}:`);
  });

  test('takes a variable and an argument of as many bytes as Linux hands to a process', () => {
    expect(faultsOf({ env: { A: 'x'.repeat(131_069) }, command: ['x'.repeat(131_071)] })).toEqual([]);
  });

  test('finds all faults at once', () => {
    const faults = faultsOf({
      image: '',
      ports: ['x', '8080:1', '8080:2'],
      links: ['a:b:c'],
      env: { '': '' },
      volumes: [{ volume: './x', target: 'y' }],
      resources: { cpus: -1, pids: 0 },
    });
    expect(faults.map((fault) => fault.slice(0, fault.indexOf(':')))).toEqual([
      '/image',
      '/env/',
      '/ports/0',
      '/ports/2',
      '/links/0',
      '/volumes/0/volume',
      '/volumes/0/target',
      '/resources/cpus',
      '/resources/pids',
    ]);
  });

  test('says once what a repeated range has wrong', () => {
    expect(faultsOf({ ports: ['8000-8009:8000-8009', '8000-8009:9000-9009'] })).toEqual([
      '/ports/1: 8000:9000 needs the same host port as 8000:8000 in ports/0; choose another host port or address',
    ]);
  });

  test('counts ranges before it expands them, so that a body of them costs nothing', () => {
    expect(faultsOf({ ports: Array.from({ length: 10_000 }, () => '1-65535') })).toHaveLength(1);
  });
});

describe('toInput', () => {
  const text = fc.string({ unit: 'grapheme' }).filter((value) => !value.includes('\0'));
  const name = fc.stringMatching(/^[a-zA-Z0-9][a-zA-Z0-9_.-]{1,20}$/);
  const port = fc.integer({ min: 1, max: 65535 });
  const protocol = fc.constantFrom('tcp' as const, 'udp' as const, 'sctp' as const);
  const record = (key: fc.Arbitrary<string>) => fc.dictionary(key, text, { maxKeys: 4 });
  const optional = <T extends object>(shape: { [K in keyof T]: fc.Arbitrary<T[K]> }) =>
    fc.record(shape, { requiredKeys: [] });
  const mapping = fc.oneof(
    fc.tuple(port, protocol).map(([containerPort, named]) => `${containerPort}/${named}`),
    fc.tuple(port, port).map(([host, containerPort]) => `127.0.0.1:${host}:${containerPort}`),
    fc.record({ hostIp: fc.ipV6(), hostPort: port, containerPort: port, protocol }),
    fc.record({ hostPortRange: fc.constantFrom('8000-8010', '0900-901', '7-7'), containerPort: port }),
  );
  const link = fc.oneof(
    name,
    fc.tuple(name, name).map(([container, alias]) => `${container}:${alias}`),
    fc.record(
      { container: name, alias: name, env: fc.constantFrom('all' as const, 'address' as const, 'none' as const) },
      { requiredKeys: ['container'] },
    ),
  );
  const input = fc.record(
    {
      image: fc.constantFrom('mysql', 'docker.io/library/mysql:8', '127.0.0.1:5001/a/b'),
      command: fc.array(text, { maxLength: 3 }),
      entrypoint: fc.array(text, { maxLength: 3 }),
      env: record(text.filter((key) => key !== '' && !key.includes('='))),
      workingDir: text.map((path) => `/${path}`),
      user: name,
      hostname: fc.constantFrom('web', 'db-1.example.com'),
      expose: fc.array(fc.tuple(port, protocol).map(([number, named]) => `${number}/${named.toUpperCase()}`)),
      publishAll: fc.boolean(),
      ports: fc.array(mapping, { maxLength: 5 }),
      links: fc.array(link, { maxLength: 3 }),
      network: fc.constantFrom('bridge', 'back'),
      networkAliases: fc.uniqueArray(fc.constantFrom('a', 'b.c', 'd-1'), { maxLength: 2 }),
      volumes: fc.array(
        fc.record(
          { volume: name, target: name.map((part) => `//${part}/./x/`), readOnly: fc.boolean() },
          {
            requiredKeys: ['volume', 'target'],
          },
        ),
        { maxLength: 3 },
      ),
      labels: record(text.filter((key) => key !== '' && !key.startsWith('io.berth.'))),
      healthcheck: fc.record(
        {
          command: fc.array(name, { maxLength: 2 }),
          intervalSeconds: fc.integer({ min: 0, max: 100 }),
          retries: fc.nat(),
        },
        { requiredKeys: ['command'] },
      ),
      restartPolicy: fc.constantFrom('always' as const, 'on-failure' as const, 'no' as const),
      resources: optional({
        memoryBytes: fc.integer({ min: 6_291_456 }),
        cpus: fc.constantFrom(0.5, 2, 0.123456789),
        pids: fc.integer({ min: 1, max: 9999 }),
      }),
      pullPolicy: fc.constantFrom('missing' as const, 'always' as const, 'never' as const),
      stopSignal: fc.constantFrom('TERM', 'sigkill', '9', '010', 'rtmin+1'),
      stopTimeoutSeconds: fc.integer({ min: 0, max: 3600 }),
      onLinkChange: fc.constantFrom('recreate' as const, 'ignore' as const),
      state: fc.constantFrom('running' as const, 'stopped' as const),
    },
    { requiredKeys: ['image'] },
  );

  test('gives back an input that declares the same spec, through JSON and back', () => {
    let declaredOnes = 0;
    fc.assert(
      fc.property(input, (given) => {
        const declared = declare(given);
        fc.pre(declared.ok);
        declaredOnes += 1;
        const again = declare(JSON.parse(JSON.stringify(toInput(declared.spec))));
        expect(again).toEqual({ ok: true, spec: declared.spec });
      }),
      { numRuns: 300 },
    );
    expect(declaredOnes).toBe(300);
  });

  test('shares nothing with the spec', () => {
    const spec = specOf({ env: { A: '1' } });
    expect(toInput(spec).env).not.toBe(spec.env);
  });
});

describe("a health check in Docker's array form", () => {
  test.each<[string, readonly string[], readonly string[]]>([
    ['CMD is an argument vector', ['CMD', 'curl', '-f', 'http://localhost'], ['curl', '-f', 'http://localhost']],
    [
      'CMD-SHELL is a text for the shell',
      ['CMD-SHELL', 'curl -f x || exit 1'],
      ['/bin/sh', '-c', 'curl -f x || exit 1'],
    ],
    ['NONE switches it off', ['NONE'], []],
    ['a program of another name is that program', ['cmd', 'x'], ['cmd', 'x']],
    ['CMD-SHELL hands further texts to the shell', ['CMD-SHELL', 'echo $0', 'x'], ['/bin/sh', '-c', 'echo $0', 'x']],
    ['CMD before NONE runs a program of that name', ['CMD', 'NONE'], ['CMD', 'NONE']],
    ['CMD before CMD runs a program of that name', ['CMD', 'CMD', 'x'], ['CMD', 'CMD', 'x']],
  ])('%s', (_, command, expected) => {
    const declared = declare({ image: 'x', healthcheck: { command, retries: 3 } });
    if (!declared.ok) throw new Error(JSON.stringify(declared.faults));
    expect(declared.spec.healthcheck).toEqual({ command: expected, retries: 3 });
    expect(declare(toInput(declared.spec))).toEqual(declared);
  });
});

test('takes an option of another log driver by a name that every object has', () => {
  const names = ['__defineGetter__', 'toString', 'constructor'];
  const logOptions = Object.fromEntries(names.map((name) => [name, 'y']));
  expect(specOf({ logDriver: 'x', logOptions })).toMatchObject({ logOptions });
});
