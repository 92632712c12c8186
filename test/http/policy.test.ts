/** What a policy refuses, wherever it is declared; the policy itself; and that it stops nothing. */

import { rmSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { faultsOf, type Json, MERGE_PATCH, type TestBerth, testBerth } from './berth.js';

const STRICT = {
  publish: 'loopback',
  images: { registries: ['docker.io'] },
  hostPaths: ['/srv/www'],
  linkEnv: 'address',
};

let berth: TestBerth;
beforeAll(async () => {
  berth = await testBerth({ policy: {} });
  await berth.declare({ name: 'db', image: 'mysql' });
});
afterAll(() => berth.stop());

/** Names that no test before had, and a host port likewise. */
let [web, there, hostPort, count] = ['', '', 0, 0];
beforeEach(async () => {
  count++;
  [web, there, hostPort] = [`web-${count}`, `there-${count}`, 8000 + count];
  await inForce({});
});

const rewrite = (policy: unknown): void =>
  writeFileSync(`${berth.dataDir}/policy.json`, typeof policy === 'string' ? policy : JSON.stringify(policy));
const reload = () => berth.send('POST', '/v1/policy/reload');
async function inForce(policy: object): Promise<void> {
  rewrite(policy);
  expect((await reload()).status).toBe(200);
}
const at = (name: string) => `/v1/containers/${name}`;
const violationsOf = async (name: string): Promise<readonly Json[]> =>
  (await berth.get('/v1/policy')).violations.filter(({ container }: Json) => container === name);

/** Everything in it is refused by {@link STRICT}. */
const FORBIDDEN = {
  image: 'ghcr.io/team/app',
  publishAll: true,
  ports: ['127.0.0.1:7000:80', '7001:80'],
  links: ['db'],
  volumes: [
    { volume: 'data', target: '/data' },
    { volume: '/etc', target: '/etc' },
    { volume: 'etc', target: '/bound', driverOptions: { type: 'none', o: 'bind', device: '/etc' } },
    {
      volume: 'nfs',
      target: '/nfs',
      driver: 'local',
      driverOptions: { type: 'nfs', o: 'addr=192.0.2.1', device: ':/' },
    },
  ],
  ...{ capAdd: ['SYS_ADMIN'], devices: ['/dev/sda'], deviceCgroupRules: ['a *:* rwm'], oomScoreAdj: -1000 },
  logDriver: 'syslog',
  ...{ pidMode: 'host', ipcMode: 'host', utsMode: 'host', usernsMode: 'host' },
  ...{ privileged: true, securityOpt: ['no-new-privileges=false'], resources: { pids: -1 } },
  ...{ sysctls: { 'vm.overcommit_memory': '1' }, deviceRequests: [{ count: -1 }], runtime: 'nvidia' },
};
const POINTERS = [
  ...['/image', '/publishAll', '/ports/1', '/links/0/env', '/volumes/1/volume'],
  ...['/volumes/2/driverOptions/device', '/volumes/3/driverOptions/type'],
  ...['/resources/pids', '/sysctls/vm.overcommit_memory', '/privileged', '/securityOpt/0', '/deviceRequests/0'],
  '/runtime',
  '/logDriver',
  ...['/capAdd/0', '/devices/0', '/deviceCgroupRules/0', '/pidMode', '/ipcMode', '/utsMode', '/usernsMode'],
  '/oomScoreAdj',
];

/** A volume whose driver mounts a path of the host, as a flag and in a Compose file. */
const MOUNT = '--mount source=bound,target=/bound,volume-opt=type=none,volume-opt=o=bind,volume-opt=device=/etc';
const VOLUMES = 'volumes: { bound: { driver_opts: { type: none, o: bind, device: /etc } } }\n';

const pointersOf = ({ errors = [] }: { readonly errors?: readonly { readonly pointer: string }[] }) =>
  errors.map(({ pointer }) => pointer);

/** A way of declaring: its path (NEW and THERE are names), its body for a definition, and where in that the definition is. */
type Way = readonly [method: string, path: string, bodyOf: (definition: object) => object, prefix: string];

const ALONE: readonly Way[] = [
  ['POST', '/v1/containers', (one) => ({ ...one, name: web }), ''],
  ['POST', '/v1/containers?dryRun=true', (one) => ({ ...one, name: web }), ''],
  ['PUT', '/v1/containers/NEW', (one) => one, ''],
  ['PUT', '/v1/containers/THERE', (one) => one, ''],
  ['PATCH', '/v1/containers/THERE', (one) => one, ''],
  ['PATCH', '/v1/containers/THERE?dryRun=true', (one) => one, ''],
];
const TOGETHER = ['/v1/plan', '/v1/apply', '/v1/apply?dryRun=true'].map(
  (path): Way => [
    ...(['POST', path] as const),
    (one) => ({
      containers: [
        { name: there, image: 'x' },
        { ...one, name: web },
      ],
    }),
    '/containers/1',
  ],
);

/** What happened to a definition, beside that something was refused. */
async function changesOf(name: string): Promise<readonly Json[]> {
  const { items } = await berth.get(`/v1/events?container=${name}`);
  return items.filter(({ type }: Json) => type !== 'Refused');
}

describe('what the policy does not allow', () => {
  it.each([...ALONE, ...TOGETHER])('by %s %s is refused with every fault, and changes nothing', async (...way) => {
    const [method, path, bodyOf, prefix] = way;
    await berth.declare({ name: there, image: 'x' });
    await inForce(STRICT);
    const headers = method === 'PATCH' ? { headers: MERGE_PATCH } : {};
    const problem = await berth.refuse('policy-denied', method, path.replace('NEW', web).replace('THERE', there), {
      ...{ body: bodyOf(FORBIDDEN), ...headers },
    });
    expect(pointersOf(problem)).toEqual(POINTERS.map((pointer) => `${prefix}${pointer}`));
    expect(problem.detail).toContain('ghcr.io');
    expect(await changesOf(web)).toEqual([]);
    expect(await changesOf(there)).toHaveLength(1);
  });

  it('is told for every member of a set', async () => {
    await inForce(STRICT);
    const containers = [
      { name: `${web}-a`, image: 'x', ports: ['80'] },
      { name: `${web}-b`, image: 'x' },
      { name: `${web}-c`, image: 'r.example.com/x' },
    ];
    const problem = await berth.refuse('policy-denied', 'POST', '/v1/apply', { body: { containers } });
    expect(pointersOf(problem)).toEqual(['/containers/0/ports/0', '/containers/2/image']);
  });

  it('is not imported from a docker run line: the flag is named that it is about', async () => {
    await inForce(STRICT);
    const body = { command: `docker run -d --name ${web} -p 7000:80 nginx` };
    expect((await berth.send('POST', '/v1/import/docker-run', { body })).status).toBe(200);
    const problem = await berth.refuse('policy-denied', 'POST', '/v1/import/docker-run?apply=true', { body });
    expect(problem.errors).toMatchObject([{ pointer: '/command', message: expect.stringContaining('-p 7000:80') }]);
  });

  it('is neither imported from a line nor from a Compose file where it reaches the host', async () => {
    const flags = '--cap-add SYS_ADMIN --device /dev/sda --device-cgroup-rule "a *:* rwm" --pid host --ipc host';
    const more =
      '--network host --privileged --security-opt seccomp=unconfined --log-driver gelf --gpus all --device nvidia.com/gpu=0 --pids-limit -1';
    const body = {
      command: `docker run ${flags} ${more} ${MOUNT} --uts host --userns host --oom-score-adj -1 --name ${web} nginx`,
    };
    const line = await berth.refuse('policy-denied', 'POST', '/v1/import/docker-run?apply=true', { body });
    expect(line.errors).toHaveLength(16);
    const keys = [
      ...[
        'cap_add: [SYS_ADMIN]',
        'devices: [/dev/sda]',
        'device_cgroup_rules: ["a *:* rwm"]',
        'pid: host',
        'ipc: host',
      ],
      ...[
        'uts: host',
        'userns_mode: host',
        'oom_score_adj: -1',
        'network_mode: host',
        'privileged: true',
        'gpus: all',
        'pids_limit: -1',
        'logging: { driver: gelf }',
        'volumes: ["bound:/bound"]',
      ],
      ...['security_opt: ["systempaths=unconfined"]', 'sysctls: { kernel.core_pattern: "|/x" }'],
      'deploy: { resources: { reservations: { devices: [{ capabilities: [gpu] }] } } }',
    ];
    const compose = `name: shop\n${VOLUMES}services:\n  front:\n    image: nginx\n${keys.map((key) => `    ${key}\n`).join('')}`;
    const file = await berth.refuse('policy-denied', 'POST', '/v1/import/compose?apply=true', { body: { compose } });
    expect(file.errors).toHaveLength(17);
    expect(await changesOf(web)).toEqual([]);
  });

  it('is not imported from a Compose file: the line is named that it is about', async () => {
    await inForce(STRICT);
    const compose = 'name: shop\nservices:\n  front:\n    image: nginx\n    ports: ["7000:80"]\n';
    const problem = await berth.refuse('policy-denied', 'POST', '/v1/import/compose?apply=true', { body: { compose } });
    expect(problem.errors).toMatchObject([{ message: expect.stringContaining('line 5') }]);
  });

  it('is not pulled, and that needs no engine', async () => {
    const pull = (image: string) => berth.send('POST', '/v1/images/pull', { body: { image } });
    const refused = await pull('127.1:5000/x');
    expect([refused.status, refused.body.code, faultsOf(refused.body)[0]]).toEqual([
      ...[403, 'policy-denied', expect.stringContaining('/image the image comes from 127.1:5000')],
    ]);
    expect((await pull('nginx')).body.code).toBe('engine-unavailable');
  });

  it('may be allowed the next time, also under the same Idempotency-Key', async () => {
    await inForce(STRICT);
    const sent = { body: { name: web, image: 'x', ports: ['80'] }, headers: { 'idempotency-key': web } };
    expect((await berth.send('POST', '/v1/containers', sent)).status).toBe(403);
    await inForce({});
    expect((await berth.send('POST', '/v1/containers', sent)).status).toBe(201);
  });

  it('takes nothing from what it allows', async () => {
    await inForce(STRICT);
    const view = await berth.declare({
      ...{ name: web, image: 'team/app', ports: [`127.0.0.1:${hostPort}:80`] },
      links: [{ container: 'db', env: 'address' }],
      volumes: [{ volume: '/srv/www', target: '/www' }],
    });
    expect(view.volumes).toEqual([{ volume: '/srv/www', target: '/www', readOnly: false }]);
    const exposed = view.status.conditions.find(({ type }: Json) => type === 'Exposed');
    expect(exposed).toMatchObject({ status: 'False', reason: 'LoopbackOnly' });
  });
});

describe('by default', () => {
  it.each([
    ['/etc', 403],
    ['/var/run/docker.sock', 403],
    ['/proc', 403],
    ['/proc/self/root', 403],
    ['/srv/../etc', 422],
    ['//etc', 403],
    ['/', 403],
    ['~', 422],
    ['../etc', 422],
    ['./', 422],
  ])('the path %s of the host is refused', async (volume, status) => {
    const body = { name: web, image: 'x', volumes: [{ volume, target: '/data' }] };
    const code = status === 403 ? 'policy-denied' : 'invalid-definition';
    const problem = await berth.refuse(code, 'POST', '/v1/containers', { body });
    expect(pointersOf(problem)).toEqual(['/volumes/0/volume']);
  });

  it.each([
    ['127.0.0.1:5000/x', 403],
    ['0x7f.1/x', 403],
    ['[::1]:5000/x', 403],
    ['2130706433:5000/x', 403],
    ['localhost:5000/x', 403],
    ['localhost./x', 422],
  ])('the image %s of a registry inside is refused', async (image, status) => {
    const code = status === 403 ? 'policy-denied' : 'invalid-definition';
    const problem = await berth.refuse(code, 'POST', '/v1/containers', { body: { name: web, image } });
    expect(pointersOf(problem)).toEqual(['/image']);
  });

  it('everything else is as Docker has it, and there is no file', async () => {
    const other = await testBerth();
    try {
      const { file, policy, violations } = await other.get('/v1/policy');
      expect({ file, policy, violations }).toEqual({
        ...{ file: null, violations: [] },
        policy: {
          publish: 'any',
          images: { registries: 'any' },
          ...{ hostPaths: [], sharedMounts: false, volumeDrivers: [] },
          projectDirectory: null,
          linkEnv: 'all',
          logDrivers: [],
          ...{ capabilities: [], devices: [], hostNamespaces: [], oomScoreAdj: 0 },
          ...{ privileged: false, securityOptions: [], sysctls: [], unlimitedPids: false, deviceRequests: [] },
          webhookTargets: [],
          runtimes: [],
          jobs: { maxRetries: 100, minIntervalSeconds: 60 },
        },
      });
      await other.declare({ name: 'web', image: 'ghcr.io/team/app', ports: ['80'], publishAll: true });
      expect((await other.send('POST', '/v1/policy/reload')).body.policy).toEqual(policy);
    } finally {
      await other.stop();
    }
  });
});

describe('the policy', () => {
  it('is read again when it is asked for, and lists what it would refuse by now', async () => {
    const declared = { name: web, image: 'x', ports: [`${hostPort}:80`] };
    await berth.declare(declared);
    await berth.declare({ name: there, image: 'x' });
    const before = await berth.get('/v1/policy');
    expect(await violationsOf(web)).toEqual([]);
    rewrite({ publish: 'loopback' });
    expect(await berth.get('/v1/policy')).toEqual(before);
    const { status, body } = await reload();
    expect([status, body.policy.publish, body.file]).toEqual([200, 'loopback', `${berth.dataDir}/policy.json`]);
    expect(Date.parse(body.readAt)).toBeGreaterThanOrEqual(Date.parse(before.readAt));
    expect(await berth.get('/v1/policy')).toEqual(body);
    const message = expect.stringContaining(`127.0.0.1:${hostPort}:80`);
    expect(await violationsOf(web)).toEqual([{ container: web, errors: [{ pointer: '/ports/0', message }] }]);
    expect(await violationsOf(there)).toEqual([]);
  });

  it('that is tightened stops nothing: what stands goes on, and its next change heeds it', async () => {
    const declared = await berth.declare({ name: web, image: 'x', ports: [`${hostPort}:80`] });
    await inForce({ publish: 'loopback' });
    expect(await berth.get(at(web))).toMatchObject({ generation: 1, state: 'running' });
    const { status: _, ...asItWas } = declared;
    const same = await berth.send('PUT', at(web), { body: asItWas });
    expect([same.status, same.body.generation]).toEqual([200, 1]);
    for (const verb of ['stop', 'start', 'restart']) {
      expect((await berth.send('POST', `${at(web)}/${verb}`)).status, verb).toBe(200);
    }
    expect((await berth.send('PATCH', at(web), { body: { state: 'stopped' } })).status).toBe(200);
    await berth.refuse('policy-denied', 'PATCH', at(web), { body: { env: { A: '1' } } });
    const mended = { env: { A: '1' }, ports: [`127.0.0.1:${hostPort}:80`] };
    expect((await berth.send('PATCH', at(web), { body: mended })).status).toBe(200);
    expect(await violationsOf(web)).toEqual([]);
    const { conditions } = (await berth.get(at(web))).status;
    expect(conditions.find(({ type }: Json) => type === 'Exposed')).toMatchObject({ reason: 'LoopbackOnly' });
    expect(JSON.stringify(await berth.get(`/v1/events?container=${web}`))).not.toContain('Exposed');
  });

  it('that is tightened does not keep what stands from being removed', async () => {
    await berth.declare({ name: web, image: 'x', ports: [`${hostPort}:80`] });
    await inForce({ publish: 'loopback' });
    expect(await violationsOf(web)).toHaveLength(1);
    expect((await berth.send('DELETE', at(web))).status).toBe(202);
    expect(await violationsOf(web)).toEqual([]);
  });

  it.each<[string, unknown, readonly string[]]>([
    ['is not JSON any more', '{', [' is not JSON']],
    ['has keys and values that are not known', { publsh: 1, linkEnv: 'none' }, ['/publsh', '/linkEnv']],
    ['is gone', undefined, [" can't be read: ENOENT"]],
  ])('stays in force when its file %s', async (_, written, faults) => {
    await inForce({ publish: 'loopback' });
    const before = await berth.get('/v1/policy');
    if (written === undefined) rmSync(`${berth.dataDir}/policy.json`);
    else rewrite(written);
    const problem = await berth.refuse('invalid-policy', 'POST', '/v1/policy/reload');
    expect(faultsOf(problem)).toEqual(faults.map((fault) => expect.stringContaining(fault)));
    for (const { in: where } of problem.errors ?? []) expect(where).toBe('file');
    expect(await berth.get('/v1/policy')).toEqual(before);
    await berth.refuse('policy-denied', 'POST', '/v1/containers', { body: { image: 'x', ports: ['80'] } });
  });

  it('takes no body to be read again', async () => {
    await berth.refuse('invalid-body', 'POST', '/v1/policy/reload', { body: { publish: 'any' } });
  });

  it('that is wrong at the start ends it, with a sentence', async () => {
    await expect(testBerth({ policy: { publsh: 'any' } })).rejects.toThrow(/policy\.json is not valid: \/publsh is /);
  });
});
