/** Each field of a definition as the container itself sees it, and as an adoption reads it. */

import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { declare } from '../../src/domain/definition/normalize.js';
import { derive } from '../../src/engine/docker/containers/describe-container.js';
import { DOCKER, usualCgroupns } from '../../src/engine/docker/versions.js';
import { docker, eventually, IS_PODMAN, inside, type TestBerth, testBerth } from './support.js';

const MIB = 1_048_576;

const OPTIONS = ['no-new-privileges=false', 'seccomp=unconfined', 'systempaths=unconfined'];

/** Allows the fields that reach the host. */
const ALLOWING = {
  ...{
    capabilities: ['NET_ADMIN', 'CHOWN'],
    devices: ['/dev/null', 'c 1:3 rwm'],
    hostNamespaces: ['pid', 'ipc', 'uts', 'network'],
  },
  ...{ privileged: true, unlimitedPids: true, securityOptions: OPTIONS, deviceRequests: ['gpu'] },
  runtimes: ['berth-no-such-runtime'],
};

const volume = (options: object) => ({
  ...{ volume: `fields-${randomBytes(3).toString('hex')}`, target: '/data', readOnly: false },
  ...options,
});

/** Fields, a command in the container, and what it prints with them. */
const FIELDS: readonly (readonly [fields: object, command: string, printed: RegExp])[] = [
  [{ domainname: 'example.test' }, 'cat /proc/sys/kernel/domainname', /^example\.test$/],
  [{ groupAdd: ['1234'] }, 'cat /proc/1/status', /^Groups:.*\b1234\b/m],
  [{ tty: true, stdinOpen: true }, 'readlink /proc/1/fd/0', /^\/dev\/(pts\/\d+|console)$/],
  [{ readOnly: true }, 'touch /new', /Read-only file system/],
  [
    { extraHosts: ['printer=192.0.2.7', 'six:[2001:db8::7]'] },
    'cat /etc/hosts',
    /^192\.0\.2\.7\tprinter\n2001:db8::7\tsix$/m,
  ],
  [{ extraHosts: ['outside:host-gateway'] }, 'cat /etc/hosts', /^[\d.]+\toutside$/m],
  [{ dns: ['192.0.2.53'] }, 'cat /etc/resolv.conf', /^nameserver 192\.0\.2\.53$/m],
  [{ dnsSearch: ['lan'], dnsOptions: ['ndots:3'] }, 'cat /etc/resolv.conf', /^search lan\n(.*\n)*options .*ndots:3/m],
  [{ macAddress: '92:d0:c6:0a:29:33' }, 'cat /sys/class/net/eth0/address', /^92:d0:c6:0a:29:33$/],
  [{ shmSize: 8 * MIB }, 'df -k /dev/shm', /\b8192\b/],
  [{ ulimits: ['nofile=123:456'] }, 'cat /proc/1/limits', /^Max open files +123 +456 /m],
  [{ sysctls: { 'net.core.somaxconn': '321' } }, 'cat /proc/sys/net/core/somaxconn', /^321$/],
  [{ capDrop: ['ALL'], capAdd: ['NET_ADMIN', 'CHOWN'] }, 'cat /proc/1/status', /^CapBnd:\t0000000000001001$/m],
  [{ devices: ['/dev/null:/dev/other:rw'] }, 'echo x > /dev/other && echo written', /^written$/],
  [{ deviceCgroupRules: ['c 1:3 rwm'] }, 'mknod /tmp/n c 1 3 && echo x > /tmp/n && echo written', /^written$/],
  [{ securityOpt: ['no-new-privileges=false'] }, 'cat /proc/1/status', /^NoNewPrivs:\t0$/m],
  [{ securityOpt: ['seccomp=unconfined'] }, 'cat /proc/1/status', /^NoNewPrivs:\t1\n(?:.*\n)*Seccomp:\t0$/m],
  [{ securityOpt: ['systempaths=unconfined'] }, 'grep -c "^proc /proc/sys " /proc/mounts', /^0$/],
  [{ network: 'none' }, 'ls /sys/class/net', /^lo$/],
  [{ network: 'host', expose: ['5999'] }, 'ls /sys/class/net', /^(docker0|berth-\w+)$/m],
  [{ oomScoreAdj: 500 }, 'cat /proc/1/oom_score_adj', /^500$/],
  [{ tmpfs: ['/mem:size=1m,mode=1777'] }, 'grep " /mem " /proc/mounts', /^tmpfs \/mem tmpfs .*size=1024k/],
  [{ volumes: [volume({})] }, 'grep -c " /data " /proc/mounts', /^1$/],
  [
    { volumes: [volume({ noCopy: true, driverOptions: { type: 'tmpfs', device: 'tmpfs', o: 'size=2m' } })] },
    'grep " /data " /proc/mounts',
    /^tmpfs \/data tmpfs .*size=2048k/,
  ],
  [{ ipcMode: 'none' }, 'grep -c " /dev/shm " /proc/mounts', /^0$/],
  [{ cpusetCpus: '0', cpusetMems: '0' }, 'cat /proc/1/status', /^Cpus_allowed_list:\t0$/m],
];

/** Settings of the control group: what the engine reports, since a container may not see its own. */
const CONTROLS: readonly (readonly [fields: object, reported: object])[] = [
  [{ cpuShares: 512 }, { CpuShares: 512 }],
  [{ resources: { memoryBytes: 64 * MIB }, memoryReservation: 32 * MIB }, { MemoryReservation: 32 * MIB }],
];

describe.skipIf(IS_PODMAN)('a field of a definition', () => {
  let t: TestBerth;
  beforeAll(async () => {
    t = await testBerth({ policy: ALLOWING });
  });
  afterAll(() => t.stop());

  it.each(['pid', 'ipc', 'uts'])(
    'shares the %s namespace with the host, as far as the policy allows it',
    async (kind) => {
      const { name } = await run({ [`${kind}Mode`]: 'host' });
      const link = (await inside(name, 'readlink', `/proc/self/ns/${kind}`)).trim();
      const plain = await run({});
      expect(link).not.toBe((await inside(plain.name, 'readlink', `/proc/self/ns/${kind}`)).trim());
      expect((await docker.getContainer(name).inspect()).HostConfig).toMatchObject({
        [kind === 'uts' ? 'UTSMode' : `${kind === 'pid' ? 'Pid' : 'Ipc'}Mode`]: 'host',
      });
    },
  );

  async function run(fields: object) {
    const name = `fields-${randomBytes(3).toString('hex')}`;
    const body = { name, image: 'training/webapp', ...fields };
    const answer = await t.http.post('/v1/containers?wait=60').send(body);
    expect([answer.status, answer.body.status?.ready], JSON.stringify(answer.body, null, 1)).toEqual([201, true]);
    return answer.body;
  }

  /** Declares a container that need not become ready, and returns its name. */
  async function declared(fields: object): Promise<string> {
    const name = `fields-${randomBytes(3).toString('hex')}`;
    await t.http
      .post('/v1/containers')
      .send({ name, image: 'training/webapp', ...fields })
      .expect(201);
    return name;
  }

  /** The definition that an adoption would make of the container, with the fields that were declared. */
  async function adopted({ name }: { readonly name: string }, fields: object) {
    const [raw, image, info] = await Promise.all([
      docker.getContainer(name).inspect(),
      docker.getImage('training/webapp').inspect(),
      docker.info(),
    ]);
    const { input, lost } = derive(raw as never, image.Config as never, DOCKER, usualCgroupns(info.CgroupVersion));
    expect(lost).toEqual([]);
    const declared = declare(input);
    const wanted = declare({ image: 'training/webapp', ...fields });
    if (!declared.ok || !wanted.ok) throw new Error(JSON.stringify([declared, wanted]));
    const names = Object.keys(fields) as readonly (keyof typeof declared.spec)[];
    return names.map((one) => [one, declared.spec[one], wanted.spec[one]] as const);
  }

  it.each(FIELDS)('%j: %s', async (fields, command, printed) => {
    const container = await run(fields);
    expect((await inside(container.name, '/bin/sh', '-c', command)).replaceAll('\r', '').trimEnd()).toMatch(printed);
    for (const [name, found, wanted] of await adopted(container, fields)) expect(found, name).toEqual(wanted);
  });

  it.each(CONTROLS)('%j is in force', async (fields, reported) => {
    const container = await run(fields);
    expect((await docker.getContainer(container.name).inspect()).HostConfig).toMatchObject(reported);
    for (const [name, found, wanted] of await adopted(container, fields)) expect(found, name).toEqual(wanted);
  });

  it('runs an image of the declared platform, and pulls none for it', async () => {
    const { Os, Architecture } = await docker.getImage('training/webapp').inspect();
    const { name } = await run({ platform: `${Os}/${Architecture}` });
    expect(await inside(name, '/bin/sh', '-c', 'echo up')).toContain('up');
  });

  it('creates nothing from an image of another platform', async () => {
    const name = await declared({ platform: 'linux/s390x', pullPolicy: 'never' });
    const { conditions } = await eventually(async () => {
      const { status } = (await t.http.get(`/v1/containers/${name}`).expect(200)).body;
      expect(JSON.stringify(status.conditions)).toContain('is not on the engine for linux/s390x');
      return status;
    });
    expect(conditions).toContainEqual(expect.objectContaining({ type: 'ImageAvailable', reason: 'ImageAbsent' }));
    expect((await docker.listContainers({ all: true })).flatMap(({ Names }) => Names)).not.toContain(`/${name}`);
  });

  it('refuses a runtime that the policy does not list', async () => {
    const body = { name: `fields-${randomBytes(3).toString('hex')}`, image: 'training/webapp', runtime: 'nvidia' };
    const { errors } = (await t.http.post('/v1/containers').send(body).expect(403)).body;
    expect(errors).toMatchObject([{ pointer: '/runtime' }]);
  });

  it('states that the engine does not know its runtime', async () => {
    const name = await declared({ runtime: 'berth-no-such-runtime' });
    await eventually(async () => {
      const { status } = (await t.http.get(`/v1/containers/${name}`).expect(200)).body;
      expect(JSON.stringify(status.conditions)).toContain('berth-no-such-runtime');
    });
  });

  it('keeps its swap when the limit of memory changes in place', async () => {
    const { name, status } = await run({ resources: { memoryBytes: 64 * MIB }, memorySwap: 96 * MIB });
    const before = (await docker.getContainer(name).inspect()).HostConfig.MemorySwap;
    const changed = await t.http
      .patch(`/v1/containers/${name}?wait=60`)
      .set('content-type', 'application/merge-patch+json')
      .send(JSON.stringify({ resources: { memoryBytes: 80 * MIB } }));
    expect([changed.status, changed.body.status.container.id]).toEqual([200, status.container.id]);
    const { Memory, MemorySwap } = (await docker.getContainer(name).inspect()).HostConfig;
    // Without a controller of swap the engine reports -1 of both.
    expect([Memory, MemorySwap]).toEqual([80 * MIB, before]);
  });

  it('changes the limit of processes in place, also to none', async () => {
    const { name, status } = await run({ resources: { pids: 50 } });
    for (const pids of [-1, 60]) {
      const changed = await t.http
        .patch(`/v1/containers/${name}?wait=60`)
        .set('content-type', 'application/merge-patch+json')
        .send(JSON.stringify({ resources: { pids } }));
      expect([changed.status, changed.body.status.container.id]).toEqual([200, status.container.id]);
      const { PidsLimit } = (await docker.getContainer(name).inspect()).HostConfig;
      expect(Number(PidsLimit ?? 0) > 0 ? PidsLimit : -1).toBe(pids);
    }
  });

  it('that makes a container privileged keeps no-new-privileges', async () => {
    // It may not run: a host may itself be a container, which can't hand on all that it lacks.
    const name = await declared({ privileged: true });
    await eventually(async () => {
      const { Privileged, SecurityOpt } = (await docker.getContainer(name).inspect()).HostConfig;
      expect([Privileged, SecurityOpt]).toEqual([true, ['no-new-privileges', 'label=disable']]);
    });
    for (const [field, found, wanted] of await adopted({ name }, { privileged: true })) {
      expect(found, field).toEqual(wanted);
    }
  });

  it('that requests a device without a driver for it says so, and the container is not ready', async () => {
    const name = await declared({ deviceRequests: [{ count: -1 }] });
    await eventually(async () => {
      const { status } = (await t.http.get(`/v1/containers/${name}`).expect(200)).body;
      expect(status.ready).toBe(false);
      expect(JSON.stringify(status.conditions)).toMatch(/could not select device driver/);
    });
    const { DeviceRequests } = (await docker.getContainer(name).inspect()).HostConfig as never as {
      readonly DeviceRequests: readonly object[];
    };
    expect(DeviceRequests).toMatchObject([{ Driver: '', Count: -1, Capabilities: [['gpu']] }]);
  });

  it('that the engine cannot fulfil is refused with its reason, and the container is not ready', async () => {
    const name = await declared({ cpusetCpus: '4000' });
    await eventually(async () => {
      const { status } = (await t.http.get(`/v1/containers/${name}`).expect(200)).body;
      expect(status.ready).toBe(false);
      expect(JSON.stringify(status.conditions)).toMatch(/CPUs are not available/);
    });
  });
});

describe('a limit of restarts', () => {
  let t: TestBerth;
  beforeAll(async () => {
    t = await testBerth();
  });
  afterAll(() => t.stop());

  it('leaves a container down after that many failures, and Berth does too', async () => {
    const name = `fields-${randomBytes(3).toString('hex')}`;
    const fails = { name, image: 'training/webapp', command: ['/bin/sh', '-c', 'exit 3'] };
    const body = { ...fails, restartPolicy: 'on-failure', restartMaxRetries: 2 };
    await t.http.post('/v1/containers').send(body).expect(201);
    await eventually(async () => {
      const { status } = (await t.http.get(`/v1/containers/${name}`).expect(200)).body;
      expect(JSON.stringify(status.conditions)).toMatch(/"Failed","message":"[^"]*on-failure:2/);
      expect(status.container).toMatchObject({ state: 'exited', exitCode: 3, restartCount: 2 });
    }, 30_000);
  });
});

describe('the interval of health checks during the start', () => {
  let t: TestBerth;
  beforeAll(async () => {
    t = await testBerth();
  });
  afterAll(() => t.stop());

  it.skipIf(IS_PODMAN)('reaches the engine, or a condition says that it has none', async () => {
    const name = `fields-${randomBytes(3).toString('hex')}`;
    const healthcheck = { command: ['true'], intervalSeconds: 3, startPeriodSeconds: 60, startIntervalSeconds: 0.5 };
    const body = { name, image: 'training/webapp', healthcheck };
    const { status } = (await t.http.post('/v1/containers?wait=90').send(body).expect(201)).body;
    expect(status.ready).toBe(true);
    const { Healthcheck } = (await docker.getContainer(name).inspect()).Config;
    const told = status.conditions.find(({ type }: { readonly type: string }) => type === 'FieldsApplied');
    const isApplied = (Healthcheck as { readonly StartInterval?: number }).StartInterval === 5e8;
    expect([isApplied, told?.reason]).toEqual(told === undefined ? [true, undefined] : [false, 'NotSupportedByEngine']);
  });
});

describe.skipIf(IS_PODMAN)("the engine's init", () => {
  let t: TestBerth;
  beforeAll(async () => {
    t = await testBerth();
  });
  afterAll(() => t.stop());

  it('is process 1, or the condition says that the engine has none', async () => {
    const name = `fields-${randomBytes(3).toString('hex')}`;
    const body = { name, image: 'training/webapp', init: true };
    await t.http.post('/v1/containers').send(body).expect(201);
    await eventually(async () => {
      const { status } = (await t.http.get(`/v1/containers/${name}`).expect(200)).body;
      if (status.ready) expect(await inside(name, 'cat', '/proc/1/cmdline')).toMatch(/docker-init|tini/);
      else expect(JSON.stringify(status.conditions)).toMatch(/docker-init/);
    });
  });
});
