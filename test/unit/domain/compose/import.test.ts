import { describe, expect, test } from 'vitest';
import type { DefinitionInput } from '../../../../src/domain/definition/definition.js';
import { type ComposeInput, importCompose } from '../../../../src/domain/import-export/compose/import.js';

/** A file with one service `web` of these lines, beside a `db`. */
const file = (lines: string, rest = ''): string =>
  [
    'name: shop',
    'services:',
    '  db: { image: mysql, restart: always }',
    '  web:',
    '    image: x',
    ...lines.split('\n').map((line) => `    ${line}`),
    rest,
  ].join('\n');

function read(compose: string, over: Partial<ComposeInput> = {}) {
  const result = importCompose({ compose, ...over });
  if (!result.ok) throw new Error(result.faults.map(({ message }) => message).join('\n'));
  return result;
}

const web = (lines: string, rest?: string, over?: Partial<ComposeInput>): DefinitionInput =>
  read(file(lines, rest), over).containers.find(({ service }) => service === 'web') as DefinitionInput;

/** `unsupported /services/web/tty: …` */
const notesOf = (compose: string, over?: Partial<ComposeInput>): readonly string[] =>
  read(compose, over).left.map(({ effect, at, reason }) => `${effect} ${at}: ${reason}`);

const faultsOf = (compose: string, over: Partial<ComposeInput> = {}): readonly string[] => {
  const result = importCompose({ compose, ...over });
  return result.ok ? [] : result.faults.map(({ message }) => message);
};

const WEB = { name: 'shop-web', service: 'web', image: 'x', restartPolicy: 'no' };

describe('a service', () => {
  test('that says nothing is what Docker Compose makes of it', () => {
    expect(web('')).toEqual({ ...WEB, network: 'shop_default' });
  });

  test.each<[string, Partial<DefinitionInput>]>([
    ['command: python app.py --name "a b"', { command: ['python', 'app.py', '--name', 'a b'] }],
    ['command: [sh, -c, "echo $$HOME; sleep 1"]', { command: ['sh', '-c', 'echo $HOME; sleep 1'] }],
    ['command: [sleep, "30"]', { command: ['sleep', '30'] }],
    ['command: ""', { command: [] }],
    ['entrypoint: /x 1', { entrypoint: ['/x', '1'] }],
    [
      'environment: { A: 1, B: true, C: "", D: 1.10, E: 0777 }',
      { env: { A: '1', B: 'true', C: '', D: '1.1', E: '511' } },
    ],
    ['environment: [A=1, "B=x=y", "C="]', { env: { A: '1', B: 'x=y', C: '' } }],
    [
      'working_dir: /srv\nuser: "1000"\nhostname: h\nstop_signal: SIGINT',
      { workingDir: '/srv', user: '1000', hostname: 'h', stopSignal: 'SIGINT' },
    ],
    ['stop_grace_period: 1m30s', { stopTimeoutSeconds: 90 }],
    ['expose: [80, "81/udp", "90-91"]', { expose: ['80', '81/udp', '90-91'] }],
    [
      'ports: [80, "8080:81", "127.0.0.1::5000/udp", "9000-9001:90-91"]',
      { ports: ['80', '8080:81', '127.0.0.1::5000/udp', '9000-9001:90-91'] },
    ],
    ['ports: [{ target: 80 }]', { ports: [{ containerPort: 80, protocol: 'tcp' }] }],
    [
      'ports: [{ target: "80", published: "8080", host_ip: 127.0.0.1, protocol: UDP }]',
      { ports: [{ hostIp: '127.0.0.1', hostPort: 8080, containerPort: 80, protocol: 'udp' }] },
    ],
    [
      'ports: [{ target: 80, published: 8000-8009 }]',
      { ports: [{ hostPortRange: '8000-8009', containerPort: 80, protocol: 'tcp' }] },
    ],
    ['ports: [{ target: 80, published: 0, host_ip: "" }]', { ports: [{ containerPort: 80, protocol: 'tcp' }] }],
    ['labels: { a: 1, b: , c: "$$x" }', { labels: { a: '1', b: '', c: '$x' } }],
    ['labels: [a, b=c]', { labels: { a: '', b: 'c' } }],
    ['restart: "no"', { restartPolicy: 'no' }],
    ['restart: no', { restartPolicy: 'no' }],
    ['restart: always', { restartPolicy: 'always' }],
    ['deploy: { restart_policy: { condition: always } }', { restartPolicy: 'always' }],
    ['deploy: { restart_policy: { condition: unless-stopped } }', { restartPolicy: 'always' }],
    [
      'healthcheck: { test: x, start_period: 2d12h }',
      { healthcheck: { command: ['/bin/sh', '-c', 'x'], startPeriodSeconds: 216_000 } },
    ],
    ['tty: no\nread_only: "off"\ninit: "N"', {}],
    [
      'environment: [A=.inf, "B=1"]\ncommand: echo `date` $(ls -l)',
      { env: { A: '.inf', B: '1' }, command: ['echo', '`date`', '$(ls -l)'] },
    ],
    ['environment: { A: .inf, B: -.Inf, C: .NAN }', { env: { A: '+Inf', B: '-Inf', C: 'NaN' } }],
    ['ports: ["80:80", { target: 80, published: 80 }, "80:80/tcp"]', { ports: ['80:80/tcp'] }],
    ['expose: [80, "80"]', { expose: ['80'] }],
    ['links: [db, db]', { links: [{ container: 'shop-db', alias: 'db', env: 'none' }] }],
    ['restart: unless-stopped', { restartPolicy: 'always' }],
    [
      'logging: { driver: gelf, options: { gelf-address: "udp://192.0.2.1:12201", tag: } }',
      { logDriver: 'gelf', logOptions: { 'gelf-address': 'udp://192.0.2.1:12201', tag: '' } },
    ],
    ['logging: { options: { max-size: 5m, max-file: 2 } }', { logOptions: { 'max-size': '5m', 'max-file': '2' } }],
    ['tmpfs: /run', { tmpfs: ['/run'] }],
    ['tmpfs: [/run, "/tmp:size=64m"]', { tmpfs: ['/run', '/tmp:size=64m'] }],
    [
      'tmpfs: /run\nvolumes: [{ type: tmpfs, target: /cache, tmpfs: { size: 1m, mode: 01777 } }]',
      { tmpfs: ['/run', '/cache:size=1048576,mode=1777'] },
    ],
    ['restart: on-failure', { restartPolicy: 'on-failure' }],
    ['restart: on-failure:3', { restartPolicy: 'on-failure', restartMaxRetries: 3 }],
    [
      'deploy: { restart_policy: { condition: on-failure, max_attempts: 4 } }',
      { restartPolicy: 'on-failure', restartMaxRetries: 4 },
    ],
    [
      'healthcheck: { test: x, start_period: 1m, start_interval: 2s }',
      { healthcheck: { command: ['/bin/sh', '-c', 'x'], startPeriodSeconds: 60, startIntervalSeconds: 2 } },
    ],
    ['deploy: { restart_policy: { condition: on-failure } }', { restartPolicy: 'on-failure' }],
    ['deploy: { restart_policy: { condition: none } }', { restartPolicy: 'no' }],
    ['deploy: { restart_policy: {} }', { restartPolicy: 'always' }],
    ['mem_limit: 64m\ncpus: 0.5\npids_limit: 100', { resources: { memoryBytes: 67_108_864, cpus: 0.5, pids: 100 } }],
    [
      'deploy: { resources: { limits: { memory: 1.5gb, cpus: "0.25", pids: 9 } } }',
      { resources: { memoryBytes: 1_610_612_736, cpus: 0.25, pids: 9 } },
    ],
    [
      'mem_limit: 64m\ndeploy: { resources: { limits: { memory: 65536k } } }',
      { resources: { memoryBytes: 67_108_864 } },
    ],
    ['pull_policy: always', { pullPolicy: 'always' }],
    ['pull_policy: if_not_present', { pullPolicy: 'missing' }],
    ['scale: 0', { state: 'stopped' }],
    ['deploy: { replicas: 0 }', { state: 'stopped' }],
    [
      'healthcheck: { test: curl -f localhost, interval: 1m30s, timeout: 500ms, retries: 3, start_period: 5s }',
      {
        healthcheck: {
          command: ['/bin/sh', '-c', 'curl -f localhost'],
          ...{ intervalSeconds: 90, timeoutSeconds: 0.5, retries: 3, startPeriodSeconds: 5 },
        },
      },
    ],
    ['healthcheck: { test: [CMD, curl, localhost] }', { healthcheck: { command: ['curl', 'localhost'] } }],
    ['healthcheck: { test: [CMD-SHELL, "a || b"] }', { healthcheck: { command: ['/bin/sh', '-c', 'a || b'] } }],
    ['healthcheck: { test: [CMD, NONE] }', { healthcheck: { command: ['CMD', 'NONE'] } }],
    ['healthcheck: { test: NONE }', { healthcheck: { command: ['/bin/sh', '-c', 'NONE'] } }],
    ['healthcheck: { test: CMD curl }', { healthcheck: { command: ['/bin/sh', '-c', 'CMD curl'] } }],
    ['healthcheck: { test: "" }', {}],
    ['healthcheck: { test: [] }', {}],
    ['healthcheck: { test: [NONE] }', { healthcheck: { command: [] } }],
    ['healthcheck: { disable: true }', { healthcheck: { command: [] } }],
    ['network_mode: bridge', { network: 'bridge' }],
    ['network_mode: default', { network: 'bridge' }],
    ['network_mode: proxy', { network: 'proxy' }],
    ['container_name: front', { name: 'front' }],
    ['networks: { default: { aliases: [www, WEB, web] } }', { network: 'shop_default', networkAliases: ['www'] }],
    ['x-berth: { publishAll: true, onLinkChange: ignore }', { publishAll: true, onLinkChange: 'ignore' }],
    ['x-berth: { boot: held, onUnhealthy: restart }', { boot: 'held', onUnhealthy: 'restart' }],
    [
      'tty: true\nstdin_open: "yes"\ninit: true\nread_only: on',
      { tty: true, stdinOpen: true, init: true, readOnly: true },
    ],
    ['group_add: [audio, 5]\ndomainname: lan', { groupAdd: ['audio', '5'], domainname: 'lan' }],
    ['extra_hosts: { a: "::1", b: [192.0.2.1, 192.0.2.2] }', { extraHosts: ['a=::1', 'b=192.0.2.1', 'b=192.0.2.2'] }],
    ['extra_hosts: ["a:host-gateway"]\ndns: 192.0.2.1', { extraHosts: ['a:host-gateway'], dns: ['192.0.2.1'] }],
    ['dns_search: [lan]\ndns_opt: ["ndots:2"]', { dnsSearch: ['lan'], dnsOptions: ['ndots:2'] }],
    ['mac_address: "92:d0:c6:0a:29:33"', { macAddress: '92:d0:c6:0a:29:33' }],
    ['ulimits: { nofile: { soft: 1, hard: 2 }, core: -1 }', { ulimits: ['nofile=1:2', 'core=-1'] }],
    [
      'sysctls: ["net.core.somaxconn=9"]\nshm_size: 1g',
      { sysctls: { 'net.core.somaxconn': '9' }, shmSize: 1_073_741_824 },
    ],
    [
      'mem_reservation: 64m\ncpu_shares: 512\ncpuset: "0"',
      { memoryReservation: 67_108_864, cpuShares: 512, cpusetCpus: '0' },
    ],
    [
      'cap_add: [NET_ADMIN]\ncap_drop: [ALL]\noom_score_adj: -9',
      { capAdd: ['NET_ADMIN'], capDrop: ['ALL'], oomScoreAdj: -9 },
    ],
    [
      'devices: [/dev/snd, { source: /dev/a, target: /dev/b, permissions: r }]',
      { devices: ['/dev/snd', '/dev/a:/dev/b:r'] },
    ],
    [
      'device_cgroup_rules: ["c 1:2 r"]\npid: host\nipc: none',
      { deviceCgroupRules: ['c 1:2 r'], pidMode: 'host', ipcMode: 'none' },
    ],
    ['privileged: "true"\npids_limit: -1', { privileged: true, resources: { pids: -1 } }],
    [
      'security_opt: ["label:disable", "seccomp=unconfined", "no-new-privileges:true"]',
      { securityOpt: ['label:disable', 'seccomp=unconfined'] },
    ],
    ['gpus: all', { deviceRequests: [{ count: -1, capabilities: ['gpu'] }] }],
    [
      'gpus: [{ driver: nvidia, count: 2 }]\ndevices: [vendor.com/class=a, /dev/snd]',
      {
        devices: ['/dev/snd'],
        deviceRequests: [
          { driver: 'nvidia', count: 2, capabilities: ['gpu'] },
          { driver: 'cdi', deviceIds: ['vendor.com/class=a'] },
        ],
      },
    ],
    [
      'deploy: { resources: { reservations: { devices: [{ capabilities: [tpu], device_ids: ["0"], options: { a: b } }] } } }',
      { deviceRequests: [{ deviceIds: ['0'], capabilities: ['tpu'], options: { a: 'b' } }] },
    ],
    [
      'deploy: { resources: { reservations: { devices: [{ capabilities: [gpu] }] } } }',
      { deviceRequests: [{ count: -1, capabilities: ['gpu'] }] },
    ],
    ['runtime: nvidia\nplatform: linux/arm64', { runtime: 'nvidia', platform: 'linux/arm64' }],
    ['uts: host\nuserns_mode: host', { utsMode: 'host', usernsMode: 'host' }],
    ['mem_limit: 64m\nmemswap_limit: -1', { resources: { memoryBytes: 67_108_864 }, memorySwap: -1 }],
    ['tty: false\nprivileged: false\ncap_add: []\nread_only: false\ninit: false', {}],
    ['ipc: private\nshm_size: 64m\nsecurity_opt: ["no-new-privileges:true"]\nlogging: { driver: json-file }', {}],
  ])('with %j', (lines, expected) => {
    const result = read(file(lines));
    const found = result.containers.find(({ image }) => image === 'x');
    expect(found).toEqual({ ...WEB, network: 'shop_default', ...expected });
    expect(result.left).toEqual([]);
  });

  test.each<[string, string, DefinitionInput['volumes']]>([
    ['volumes: ["data:/a"]', 'volumes: { data: }', [{ volume: 'shop_data', target: '/a', readOnly: false }]],
    ['volumes: ["data:/a:ro"]', 'volumes: { data: {} }', [{ volume: 'shop_data', target: '/a', readOnly: true }]],
    [
      'volumes: ["data:/a:rw"]',
      'volumes: { data: { name: files } }',
      [{ volume: 'files', target: '/a', readOnly: false }],
    ],
    [
      'volumes: ["data:/a"]',
      'volumes: { data: { external: true } }',
      [{ volume: 'data', target: '/a', readOnly: false }],
    ],
    [
      'volumes: ["data:/a"]',
      'volumes: { data: { external: { name: old } } }',
      [{ volume: 'old', target: '/a', readOnly: false }],
    ],
    [
      'volumes: [{ type: volume, source: data, target: /a, read_only: true }]',
      'volumes: { data: { driver: local } }',
      [{ volume: 'shop_data', target: '/a', readOnly: true }],
    ],
    ['volumes: ["data:/a", "data:/a"]', 'volumes: { data: }', [{ volume: 'shop_data', target: '/a', readOnly: false }]],
    [
      'volumes: ["data:/a", { type: volume, source: data, target: /a/ }]',
      'volumes: { data: }',
      [{ volume: 'shop_data', target: '/a/', readOnly: false }],
    ],
  ])('mounts %s of %s', (lines, rest, expected) => {
    expect(web(lines, rest).volumes).toEqual(expected);
    expect(notesOf(file(lines, rest))).toEqual([]);
  });

  test.each<[string, string, string]>([
    ['networks: [back]', 'networks: { back: }', 'shop_back'],
    ['networks: { back: }', 'networks: { back: { name: rear, driver: bridge } }', 'rear'],
    ['networks: { front: { priority: 1 }, back: { priority: 9 } }', 'networks: { front: , back: }', 'shop_back'],
    ['networks: [front, back]', 'networks: { front: , back: }', 'shop_back'],
    ['networks: { b: { priority: 1 }, a: { priority: 1 }, c: }', 'networks: { a: , b: , c: }', 'shop_a'],
    ['networks: []', '', 'shop_default'],
    ['hostname: h', 'networks: { default: { name: own } }', 'own'],
    ['networks: [default]', 'networks: { default: { name: bridge, external: true } }', 'bridge'],
    ['networks: { front: { priority: 9 }, back: { gw_priority: 1 } }', 'networks: { front: , back: }', 'shop_back'],
  ])('with %j and %j is on the network %s first', (lines, rest, expected) => {
    const { network, networks } = web(lines, rest);
    expect(networks?.[0]?.name ?? network).toBe(expected);
  });

  test('is on several networks, with its aliases and addresses on each', () => {
    const lines = 'networks: { front: { aliases: [shop] }, back: { ipv4_address: 10.2.0.9, ipv6_address: "fd00::9" } }';
    expect(web(lines, 'networks: { front: , back: }')).toMatchObject({
      networks: [
        { name: 'shop_back', aliases: [], ipv4Address: '10.2.0.9', ipv6Address: 'fd00::9' },
        { name: 'shop_front', aliases: ['shop'] },
      ],
    });
  });

  test('links to a service with which it shares a network that is the first of neither', () => {
    const { containers } = read(
      'name: p\nservices:\n  web: { image: x, networks: [a, c], links: [db] }\n  db: { image: x, networks: [b, c] }\nnetworks: { a: , b: , c: }\n',
    );
    expect(containers[0]).toMatchObject({ links: [{ container: 'p-db', alias: 'db' }] });
  });

  test.each<[string, object[]]>([
    ['{ a: }', []],
    ['{ a: { internal: true, labels: [team=shop] } }', [{ internal: true, labels: { team: 'shop' } }]],
    ['{ a: { external: true, name: edge } }', [{ name: 'edge', external: true }]],
    [
      '{ a: { enable_ipv6: true, ipam: { config: [{ subnet: 10.2.0.0/24, gateway: 10.2.0.9, ip_range: 10.2.0.0/25 }] } } }',
      [{ subnet: '10.2.0.0/24', gateway: '10.2.0.9', ipv6: true }],
    ],
    ['{ a: { ipam: { config: [{ subnet: "fd00:2::/64" }] } } }', [{ ipv6: true, ipv6Subnet: 'fd00:2::/64' }]],
    [
      '{ a: { driver_opts: { com.docker.network.driver.mtu: "1400", com.docker.network.bridge.enable_icc: "false" } } }',
      [{ mtu: 1400, driverOptions: { 'com.docker.network.bridge.enable_icc': 'false' } }],
    ],
  ])('with the networks %s has these to declare', (networks, expected) => {
    const { networks: found } = read(file('networks: [a]', `networks: ${networks}`));
    const named = expected.map((one) => ({ name: 'shop_a', ...one }));
    expect(found.map(({ name, spec }) => ({ name, ...spec }))).toEqual(named);
  });

  test('is found by its service name on its network, whatever its container is called', () => {
    const { containers } = read('name: p\nservices:\n  a: { image: x }\n  db: { image: x, container_name: store }\n');
    expect(containers).toMatchObject([
      { name: 'p-a', service: 'a', network: 'p_default' },
      { name: 'store', service: 'db', network: 'p_default' },
    ]);
  });
});

describe('links', () => {
  const links = (lines: string, rest?: string) => web(lines, rest).links;

  test('have no variables on a network of their own, and those of the engine on the default bridge', () => {
    expect(links('links: [db, "db:mysql"]')).toEqual([
      { container: 'shop-db', alias: 'db', env: 'none' },
      { container: 'shop-db', alias: 'mysql', env: 'none' },
    ]);
    const both =
      'name: p\nservices:\n  db: { image: x, network_mode: bridge }\n  web: { image: x, network_mode: bridge, links: ["db:d1"] }';
    expect(read(both).containers[1]?.links).toEqual([{ container: 'p-db', alias: 'd1', env: 'all' }]);
  });

  test('lead to containers by their names, and to those outside of the file', () => {
    const renamed =
      'name: p\nservices:\n  db: { image: x, container_name: store }\n  web: { image: x, links: [db], external_links: [mq, "p1:q"] }';
    expect(read(renamed).containers[1]?.links).toEqual([
      { container: 'store', alias: 'db', env: 'none' },
      { container: 'mq', alias: 'mq', env: 'none' },
      { container: 'p1', alias: 'q', env: 'none' },
    ]);
  });

  test('have the order and the variables that x-berth gives them', () => {
    const lines =
      'links: [db]\nexternal_links: [mq]\nx-berth: { links: [{ alias: mq, env: address }, { alias: db, env: all }] }';
    expect(links(lines)).toEqual([
      { container: 'mq', alias: 'mq', env: 'address' },
      { container: 'shop-db', alias: 'db', env: 'all' },
    ]);
  });
});

describe('dependencies', () => {
  const dependsOn = (lines: string) => read(file(lines)).containers.find(({ service }) => service === 'web')?.dependsOn;

  test.each<[string, string, object]>([
    ['a list', 'depends_on: [db]', { condition: 'started' }],
    ['a condition', 'depends_on: { db: { condition: service_healthy } }', { condition: 'healthy' }],
    [
      'what need not be there',
      'depends_on: { db: { condition: service_started, required: false } }',
      { condition: 'started', required: false },
    ],
  ])('are read from %s', (_, lines, expected) => {
    expect(dependsOn(lines)).toEqual([{ container: 'shop-db', ...expected }]);
  });

  test('are read from what has to complete', () => {
    const job =
      'name: p\nservices:\n  job: { image: x }\n  web: { image: x, depends_on: { job: { condition: service_completed_successfully } } }';
    expect(read(job).containers[1]?.dependsOn).toEqual([{ container: 'p-job', condition: 'completed' }]);
  });

  test('may be on containers beyond the file, by x-berth', () => {
    expect(dependsOn('x-berth: { dependsOn: [{ container: mq, condition: healthy, required: false }] }')).toEqual([
      { container: 'mq', condition: 'healthy', required: false },
    ]);
    expect(faultsOf(file('x-berth: { dependsOn: [{ container: mq, condition: up }] }'))[0]).toContain(
      'condition is one of started, healthy, completed',
    );
  });

  test('are beside links to the same service', () => {
    expect(read(file('links: ["db:sql"]\ndepends_on: [db]')).containers[1]).toMatchObject({
      links: [{ container: 'shop-db', alias: 'sql', env: 'none' }],
      dependsOn: [{ container: 'shop-db', condition: 'started' }],
    });
  });
});

describe('what is left out is told:', () => {
  test.each<[string, string]>([
    ['lables: {}', 'unsupported /services/web/lables: "lables" is not a known key of a service: did you mean labels?'],
    ['nonsense: 1', 'unsupported /services/web/nonsense: "nonsense" is not a known key of a service: remove it'],
    [
      'x-berth: { onlinkchange: ignore }',
      'unsupported /services/web/x-berth/onlinkchange: "onlinkchange" is not a known key',
    ],
    ['extends: { file: a.yaml, service: db }', 'unsupported /services/web/extends: the file a.yaml was not sent'],
    ['pre_start: [{ command: x }]', 'unsupported /services/web/pre_start: Berth runs no commands'],
    ['pid: "container:x"', 'unsupported /services/web/pid: '],
    ['security_opt: ["seccomp:./chrome.json"]', "unsupported /services/web/security_opt/0: profiles of one's own"],
    ['oom_kill_disable: "true"', 'unsupported /services/web/oom_kill_disable: '],
    ['env_file: [a.env]', 'unsupported /services/web/env_file/0: the file a.env was not sent: send its text in files'],
    ['build: .', "unsupported /services/web/build: images can't be built here"],
    [
      'network_mode: host\nports: ["80:80"]',
      "ignored /services/web/ports: Docker discards published ports on the host's",
    ],
    ['volumes: [./conf:/etc/conf]', 'unsupported /services/web/volumes/0: ./conf is relative to the directory'],
    [
      'volumes: [~/conf:/etc/conf]',
      'unsupported /services/web/volumes/0: ~ is a home directory: send projectDirectory',
    ],
    ['volumes: ["C:/conf:/etc/conf"]', 'unsupported /services/web/volumes/0: it is a path on a Windows host'],
    [
      'volumes: [{ type: bind, source: /a, target: /a, bind: { recursive: disabled } }]',
      'unsupported /services/web/volumes/0/bind/recursive: a path is mounted with everything',
    ],
    ['volumes: [/cache]', 'unsupported /services/web/volumes/0: anonymous volumes are not created'],
    [
      'volumes: [{ type: volume, target: /cache }]',
      'unsupported /services/web/volumes/0: anonymous volumes are not created',
    ],
    [
      'volumes: [{ type: bind, source: ., target: /a }]',
      'unsupported /services/web/volumes/0: . is relative to the directory where it is written',
    ],
    ['environment: [TOKEN]', 'ignored /services/web/environment/0: TOKEN has no value'],
    ['environment: { TOKEN: }', 'ignored /services/web/environment/TOKEN: TOKEN has no value'],
    ['environment: [A=1, A=2]', 'ignored /services/web/environment/0: A occurs again later, and the last one counts'],
    [
      'restart: on-failure:3\ndeploy: { restart_policy: { condition: any } }',
      'ignored /services/web/restart: deploy has a restart_policy, which takes precedence',
    ],
    [
      'deploy: { restart_policy: { condition: any, max_attempts: 3 } }',
      'unsupported /services/web/deploy/restart_policy/max_attempts: only restarts after failures can be limited',
    ],
    ['scale: 3', 'unsupported /services/web/scale: a definition is one container'],
    [
      'healthcheck: { interval: 5s }',
      "unsupported /services/web/healthcheck: the image's health check can't be changed in part",
    ],
    [
      'depends_on: { db: { condition: service_completed_successfully } }',
      'unsupported /services/web/depends_on/db: db never completes, because it is always restarted',
    ],
    [
      'depends_on: { db: { condition: service_started, restart: true } }',
      'ignored /services/web/depends_on/db/restart: it reaches the replacement by the same name',
    ],
    ['stop_grace_period: 2d12h', 'unsupported /services/web/stop_grace_period: the stop timeout is at most 3600 s'],
    ['stop_grace_period: 1500ms', 'ignored /services/web/stop_grace_period: durations are whole seconds: 2'],
    ['ports: [{ target: 80, mode: host, name: http }]', 'ignored /services/web/ports/0/mode: '],
    ['hostname: "a${B}"', 'ignored /services/web/hostname: B is not set'],
    [
      'deploy: { mode: global, placement: { constraints: [] } }',
      'unsupported /services/web/deploy/mode: it is for Swarm',
    ],
    [
      'networks: { default: { link_local_ips: [169.254.1.1] } }',
      'unsupported /services/web/networks/default/link_local',
    ],
    ['pull_policy: daily', 'ignored /services/web/pull_policy: '],
    ['profiles: [debug]', 'ignored /services/web/profiles: it only starts with the profile debug'],
  ])('%s', (lines, expected) => {
    expect(notesOf(file(lines))[0]).toContain(expected);
  });

  test.each<[string, string, string]>([
    [
      'volumes: [{ type: volume, source: v, target: /a, bind: { propagation: shared } }]',
      'volumes: { v: }',
      'ignored /services/web/volumes/0/bind: it is for mounts of type bind',
    ],
    [
      'networks: [a]',
      'networks: { a: { driver_opts: { com.docker.network.bridge.name: docker0 } } }',
      'unsupported /networks/a/driver_opts/com.docker.network.bridge.name: ',
    ],
    [
      'networks: [a]',
      'networks: { a: { ipam: { config: [{ subnet: 10.2.0.0/24 }, { subnet: 10.3.0.0/24 }] } } }',
      'unsupported /networks/a/ipam/config/1: ',
    ],
    ['networks: [a]', 'networks: { a: { enable_ipv4: false } }', 'unsupported /networks/a/enable_ipv4: '],
    ['networks: [a]', 'networks: { a: { driver: overlay } }', 'unsupported /networks/a/driver: '],
    ['hostname: h', 'networks: { a: }', 'ignored /networks/a: no imported service'],
    ['hostname: h', 'volumes: { v: }', 'ignored /volumes/v: no imported service'],
    ['hostname: h', 'secrets: { s: { file: ./s } }', 'ignored /secrets/s: no imported service uses it'],
    ['hostname: h', 'version: "3.8"', 'ignored /version: '],
  ])('%s with %s', (lines, rest, expected) => {
    expect(notesOf(file(lines, rest))[0]).toContain(expected);
  });

  test('a restart_policy counts before restart, as with Docker Compose', () => {
    const definition = web('restart: always\ndeploy: { restart_policy: { condition: on-failure } }');
    expect(definition.restartPolicy).toBe('on-failure');
  });

  test('an image that is built has the name that Docker Compose gives it, and is never pulled', () => {
    const built = read('name: shop\nservices: { web: { build: . } }');
    expect(built.containers).toEqual([{ ...WEB, image: 'shop-web', pullPolicy: 'never', network: 'shop_default' }]);
    expect(built.left).toMatchObject([{ at: '/services/web/build', effect: 'unsupported' }]);
  });

  test('what was written is repeated on one line, and not at any length', () => {
    const [note] = read(file(`storage_opt: { a: ${'1'.repeat(500)} }`)).left;
    expect(note?.value).toMatch(/^\{"a":"1{190,}…$/);
  });
});

describe('variables', () => {
  test('come from the body, and so do values that the file leaves open', () => {
    const definition = web('hostname: "${HOST:-none}"\nenvironment: [TOKEN, "A=$B"]', '', {
      env: { HOST: 'h1', TOKEN: 's3cret', B: '1' },
    });
    expect(definition).toMatchObject({ hostname: 'h1', env: { TOKEN: 's3cret', A: '1' } });
  });

  test('are put in before types are looked at', () => {
    const lines = 'ports: [{ target: "${PORT}", published: "${PORT}" }]\ntty: "${NO}"\nmem_limit: ${MEM}\nscale: ${N}';
    const definition = web(lines, '', { env: { PORT: '80', NO: 'false', MEM: '8m', N: '0' } });
    expect(definition).toMatchObject({
      ports: [{ hostPort: 80, containerPort: 80 }],
      resources: { memoryBytes: 8_388_608 },
      state: 'stopped',
    });
  });

  test('in what stands under x- matter where it is used', () => {
    const compose = 'x-env: &env { A: "${NEEDED:?x}" }\nname: p\nservices: { web: { image: x } }';
    expect(read(compose).left).toEqual([]);
    const used = 'x-env: &env { A: "${NEEDED:?why}" }\nname: p\nservices: { web: { image: x, environment: *env } }';
    expect(faultsOf(used)).toEqual([
      'line 1, column 15, /services/web/environment/A: the file requires the variable NEEDED: why; send it in env',
    ]);
  });
});

describe('profiles', () => {
  const compose =
    'name: p\nservices:\n  web: { image: x }\n  debug: { image: x, profiles: [debug, all] }\n  trace: { image: x, profiles: [trace] }';
  test.each<[readonly string[], readonly string[]]>([
    [[], ['web']],
    [['debug'], ['web', 'debug']],
    [
      ['all', 'trace'],
      ['web', 'debug', 'trace'],
    ],
    [['*'], ['web', 'debug', 'trace']],
  ])('%j', (profiles, expected) => {
    expect(read(compose, { profiles }).containers.map(({ service }) => service)).toEqual(expected);
  });

  test('that are not asked for are a fault where a service needs one of theirs, unless it says that it need not', () => {
    const needs = (how: string) =>
      `${compose}\n  app: { image: x, depends_on: { debug: { condition: service_started${how} } } }`;
    expect(faultsOf(needs(''))[0]).toContain('/services/app/depends_on/debug: debug is not imported');
    expect(faultsOf(needs(', required: false'))).toEqual([]);
  });
});

describe('the set', () => {
  const services = 'services: { web: { image: x } }';
  test.each<[string, Partial<ComposeInput>, string | null]>([
    [`name: shop\n${services}`, {}, 'shop'],
    [`name: shop\n${services}`, { project: 'other' }, 'other'],
    [services, { project: 'Some.Set_1' }, 'Some.Set_1'],
    [`name: shop\nx-berth: { set: Shop.1 }\n${services}`, {}, 'Shop.1'],
    [`name: "\${P}"\n${services}`, { env: { P: 'prod' } }, 'prod'],
    ['x-berth: { set: null }\nservices: { web: { image: x, network_mode: bridge } }', {}, null],
  ])('of %j with %j is %j', (compose, over, expected) => {
    expect(read(compose, over).set).toBe(expected);
  });
});

describe('is refused, with its line and column:', () => {
  test.each<[string, string]>([
    ['', 'line 1, column 1: must be a map'],
    ['[]', 'line 1, column 1: must be a map'],
    ['name: p', 'line 1, column 1: has no services'],
    ['name: p\nservices: []', 'line 2, column 1, /services: must be a map'],
    ['services: { web: { image: x } }', 'line 1, column 1: the file has no project name: send project'],
    ['name: "a b"\nservices: {}', 'line 1, column 1, /name: "a b" is not a valid set name'],
    ['name: p\nservices: { web: { } }', 'line 2, column 13, /services/web: has no image'],
    ['name: p\nservices: { web: x }', 'line 2, column 13, /services/web: must be a map'],
    ['name: p\nservices: { "a b": { image: x } }', '/services/a b: "a b" is not a service name'],
    ['name: p\nserivces: {}', 'line 1, column 1: has no services'],
    ['name: p\nservices: { web: { image: x\n', 'line 3, column 1: not YAML'],
    ['name: p\nname: q\nservices: {}', 'line 2, column 1, /name: "name" occurs twice'],
    ['name: p\n---\n- q', 'line 3, column 1: must be a map'],
    [
      'name: p\nservices: { a1: { image: x, links: [b1] }, b1: { image: x, links: [a1] } }',
      'the links form a cycle: p-a1 → p-b1 → p-a1',
    ],
    [
      'name: p\nservices: { a1: { image: x, container_name: p-b1 }, b1: { image: x } }',
      '/services/b1: a1 already has the name p-b1',
    ],
    [
      'name: p\nservices: { a1: { image: x, links: [b1], networks: [n1] }, b1: { image: x } }\nnetworks: { n1: }',
      'p-b1 is on the network "p_default", but p-a1 is on the network "p_n1"',
    ],
  ])('%j', (compose, expected) => {
    expect(faultsOf(compose).join('\n')).toContain(expected);
  });

  test.each<[string, string]>([
    ['ports: ["70000:80"]', 'line 6, column 13, /services/web/ports/0: "70000:80": the host port'],
    [
      'ports:\n  - "8080:80"\n  - "8080:81"',
      'line 8, column 9, /services/web/ports/1: 8080:81 needs the same host port',
    ],
    ['ports: [{ published: 80 }]', '/services/web/ports/0: target is missing'],
    ['ports: [{ target: x }]', '/services/web/ports/0/target: "x" is not a whole number'],
    ['ports: [{ target: 80, protocol: icmp }]', '/services/web/ports/0/protocol: "icmp" is not a protocol'],
    ['ports: { a: b }', '/services/web/ports: must be a list'],
    ['command: { a: b }', '/services/web/command: is a map, and must be a string'],
    ['command: echo a; echo b', '/services/web/command: has ;, which only a shell understands'],
    ['command: echo "a', '/services/web/command: has an unclosed quotation mark "'],
    ['environment: { A: [1] }', '/services/web/environment/A: is a list, and must be a string'],
    ['environment: { "A=B": x }', '/services/web/environment/A=B: the variable name'],
    ['working_dir: here', 'line 6, column 5, /services/web/working_dir: the working directory'],
    ['mem_limit: 1k', '/services/web/mem_limit: memoryBytes must be a whole number of bytes'],
    ['mem_limit: lots', '/services/web/mem_limit: "lots" is not a size'],
    [
      'mem_limit: 64m\ndeploy: { resources: { limits: { memory: 32m } } }',
      '/services/web/deploy/resources/limits/memory: is 33554432, and on line 6 it is 67108864',
    ],
    ['healthcheck: { interval: "5", test: x }', '/services/web/healthcheck/interval: "5" is not a duration'],
    ['healthcheck: { interval: 5, test: x }', '/services/web/healthcheck/interval: 5 is a number and must be a string'],
    ['healthcheck: { test: [curl, x] }', '/services/web/healthcheck/test: begins with "curl" and is not a test'],
    ['restart: sometimes', '/services/web/restart: "sometimes" is not a restart policy'],
    ['restart: always:3', '/services/web/restart: "always:3" is not a restart policy'],
    ['pull_policy: maybe', '/services/web/pull_policy: "maybe" is not a pull_policy'],
    ['depends_on: [nope]', '/services/web/depends_on/0: there is no service "nope"'],
    ['depends_on: { db: { condition: soon } }', '/services/web/depends_on/db: "soon" is not a condition'],
    ['links: [nope]', '/services/web/links/0: there is no service "nope"'],
    ['links: ["db:a", "db:A"]', '/services/web/links/1: links/0 already has the alias "A"'],
    ['networks: back', '/services/web/networks: must be a list'],
    ['container_name: a b', 'line 6, column 5, /services/web/container_name: "a b": a name has 2 to 255 letters'],
    ['networks: [nope]', '/services/web/networks/0: there is no network "nope" in the file'],
    [
      'network_mode: bridge\nnetworks: [default]',
      "/services/web/network_mode: network_mode and networks can't be combined",
    ],
    ['volumes: ["nope:/a"]', '/services/web/volumes/0: there is no volume "nope" in the file'],
    ['hostname: "${A"', '/services/web/hostname: ${A has no closing brace'],
    ['hostname: "${1}"', '/services/web/hostname: ${1} is not a variable'],
    ['tty: maybe\nscale: -1', '/services/web/scale: is the number of containers'],
    ['labels: { io.berth.uid: x }', '/services/web/labels/io.berth.uid: labels that begin with io.berth.'],
    ['x-berth: { links: [{ alias: no, env: all }] }', '/services/web/x-berth/links/0: there is no such link'],
  ])('a service with %j', (lines, expected) => {
    expect(faultsOf(file(lines)).join('\n')).toContain(expected);
  });

  test('every fault at once', () => {
    expect(faultsOf(file('user: 1\nports: 1\nrestart: x', 'volumes: { v: x }'))).toHaveLength(4);
  });

  test('lists and services beyond all measure', () => {
    const ports = Array.from({ length: 1025 }, (_, index) => index + 1).join(', ');
    expect(faultsOf(file(`ports: [${ports}]`))[0]).toContain('/services/web/ports: has 1025 entries');
    const services = Array.from({ length: 501 }, (_, index) => `  s${index}: { image: x }`).join('\n');
    expect(faultsOf(`name: p\nservices:\n${services}`)[0]).toContain('has 501 services, and at most 500');
  });

  test('text that a few long variables come to', () => {
    const env = { A: 'x'.repeat(50_000) };
    const much = 'the file has more than 1048576 characters';
    expect(faultsOf(file(`hostname: "${'$A'.repeat(50_000)}"`), { env })[0]).toContain(much);
    const each = Array.from({ length: 30 }, (_, index) => `K${index}: $A`).join(', ');
    expect(faultsOf(file(`environment: { ${each} }`), { env })[0]).toContain(`/services/web/environment/K20: with its`);
  });

  test('circles of links among hundreds of services', () => {
    const to = (from: number) => Array.from({ length: 40 }, (_, index) => `s${(from + index + 1) % 500}x`).join(', ');
    const services = Array.from(
      { length: 500 },
      (_, index) => `  s${index}x: { image: x, depends_on: [${to(index)}] }`,
    );
    const faults = faultsOf(`name: p\nservices:\n${services.join('\n')}`);
    expect(faults).toHaveLength(100);
    expect(faults[0]).toContain(
      '/services/s0x/depends_on/0: the links and dependencies form a cycle: p-s0x → p-s1x → ',
    );
  });

  test('a file without services, whatever stands for them', () => {
    const none = [
      'line 1, column 1: has no services; each service is a container, for example services: { web: { image: … } }',
    ];
    expect(faultsOf('name: p')).toEqual(none);
    expect(faultsOf('name: p\nservices:')).toEqual(none);
    expect(faultsOf('name: p\nservices: ~')).toEqual(none);
  });
});

describe('what variables stand for is in no message', () => {
  const SECRET = 's3cret-Canary';
  const messages = (lines: string): string => {
    const result = importCompose({
      compose: `name: p\nservices:\n  web:\n    image: x\n    ${lines}\n  db: { image: x }\nvolumes: { data: }\n`,
      env: { S: SECRET },
    });
    const texts = result.ok ? result.left.map(({ reason }) => reason) : result.faults.map(({ message }) => message);
    expect(texts.length).toBeGreaterThan(0);
    return texts.join('\n');
  };

  test.each([
    ...['restart', 'mem_limit', 'cpus', 'scale', 'stop_signal', 'stop_grace_period', 'pull_policy', 'extends'].map(
      (key) => `${key}: "$S"`,
    ),
    ...['ports: ["$S:80"]', 'ports: ["80:80/$S"]', 'ports: [{ target: "$S" }]', 'ports: [{ target: 80, host_ip: $S }]'],
    ...['volumes: ["$S:/x"]', 'volumes: ["a:/x:$S:y"]', 'volumes: [{ type: "$S", target: /x }]'],
    ...['links: ["$S"]', 'external_links: ["$S!"]', 'depends_on: ["$S"]', 'depends_on: { db: { condition: "$S" } }'],
    ...['networks: ["$S"]', 'network_mode: "$S $S"', 'hostname: "$S $S"', 'container_name: "$S $S"', 'expose: ["$S"]'],
    ...['deploy: { replicas: "$S" }', 'deploy: { restart_policy: { condition: "$S" } }', 'cgroup: { a: "$S" }'],
    ...['healthcheck: { test: ["$S"] }', 'healthcheck: { interval: "$S" }', 'x-berth: { onLinkChange: "$S" }'],
    ...['secrets: ["$S"]', 'gpus: { a: "$S" }', 'profiles: ["$S"]', 'environment: { A: "${X:?say $S}" }'],
  ])('sent in env: %s', (lines) => {
    expect(messages(lines).toLowerCase()).not.toContain(SECRET.toLowerCase());
  });

  test('but the name of the variable is', () => {
    expect(messages('ports: ["$S:80"]')).toContain('the host port "${S}" is neither a number nor a range');
  });

  test.each([
    ...['A: "s3cret-Canary${"', 'A: "x${s3cret-Canary"', 'A: "${9s3cret-Canary}"', 'A: *s3cret-Canary'],
    ...['A: !s3cret-Canary x', 'A: |s3cret-Canary', 'A: [s3cret-Canary]', 'A: { b: s3cret-Canary }'],
    ...['- A s3cret-Canary', '- A:s3cret-Canary', '- "A B=s3cret-Canary"', '- [s3cret-Canary]', '- "=s3cret-Canary"'],
  ])('written in the file: %s', (line) => {
    expect(messages(`environment:\n      ${line}`)).not.toContain('s3cret');
  });
});
