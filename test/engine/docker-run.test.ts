/**
 * `docker run` lines: those of the chapter imported and running as it shows them, and others read as Docker's own command
 * line reads them.
 */

import { execFile, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { declare } from '../../src/domain/definition/normalize.js';
import { RUN_FLAGS } from '../../src/domain/import-export/docker-run/flags/run-flags.js';
import { readDockerRun } from '../../src/domain/import-export/docker-run/to-definition.js';
import { derive } from '../../src/engine/docker/containers/describe-container.js';
import { DOCKER, usualCgroupns } from '../../src/engine/docker/versions.js';
import type { ContainerView } from '../../src/service/containers/views.js';
import {
  docker,
  ENGINE_HOST,
  eventually,
  psPorts,
  RUN,
  sweep,
  TEST_LABEL,
  type TestBerth,
  testBerth,
} from './support.js';

/** A command of the chapter, with its prompt, and what it was answered. */
interface Step {
  readonly line: string;
  readonly output: readonly string[];
}

const CHAPTER: readonly Step[] = [
  ...readFileSync('test/fixtures/chapter-7.md', 'utf8').matchAll(/^```\n(.+)\n([\s\S]*?)^```$/gm),
].map(([, line = '', output = '']) => ({ line, output: output.trimEnd().split('\n') }));

const isRun = ({ line }: Step): boolean => line.includes('# docker run ');
/** Each `docker run`, with the first row of the `docker ps` that follows it. */
const LINES = CHAPTER.flatMap((step, index) => (isRun(step) ? [{ line: step.line, ps: CHAPTER[index + 1] }] : []));

/** `[49168->5000/tcp, …]` and the name, of the first row of `docker ps`; IPv6 as command lines write it today. */
function shown(ps: Step | undefined): { readonly ports: string; readonly name: string } {
  const [, row = ''] = ps?.output ?? [];
  const [ports = '', name = ''] = row.split(/ {2,}/).slice(-2);
  return { ports: ports.replaceAll(':::', '[::]:'), name };
}

const withoutPicked = (text: string): string => text.replaceAll(/\b(?:49\d{3}|32\d{3})(?=->)/g, 'PORT');

describe('the lines of the chapter', () => {
  let t: TestBerth;
  beforeAll(async () => {
    t = await testBerth();
  });
  afterAll(() => t.stop());

  async function run(line: string): Promise<ContainerView> {
    const answer = await t.http.post('/v1/import/docker-run?apply=true&wait=60').send({ command: line });
    expect(answer.status, JSON.stringify(answer.body, null, 1)).toBe(201);
    expect(answer.body.left).toEqual([]);
    const [{ container }] = answer.body.applied.results;
    expect(container.status).toMatchObject({ ready: true, container: { state: 'running' } });
    return container;
  }

  async function remove(...names: readonly string[]): Promise<void> {
    for (const name of names) await t.http.delete(`/v1/containers/${name}?wait=60&force=true`).expect(200);
  }

  it('are eight', () => {
    expect(LINES).toHaveLength(8);
  });

  it.each(LINES.filter(({ line }) => !line.includes('--name')))('$line', async ({ line, ps }) => {
    const container = await run(line);
    expect(withoutPicked(await psPorts(container))).toBe(withoutPicked(shown(ps).ports));
    expect(container.name).toMatch(/^[a-z]+_[a-z]+\d?$/);
    const { body } = await t.http.get(`/v1/containers/${container.name}/inspect`).expect(200);
    expect([body.Path, body.Args]).toEqual(['python', ['app.py']]);
    await remove(container.name);
  });

  it('link web to db, with the variables that the chapter shows', async () => {
    const named = LINES.filter(({ line }) => line.includes('--name'));
    expect(named.map(({ ps }) => shown(ps).name)).toEqual(['db', 'web']);
    const made: ContainerView[] = [];
    for (const { line, ps } of named) {
      const container = await run(line);
      expect(withoutPicked(await psPorts(container))).toBe(withoutPicked(shown(ps).ports));
      made.push(container);
    }
    const [db, web] = made as [ContainerView, ContainerView];
    expect([db.name, web.name]).toEqual(['db', 'web']);
    expect(web.status.links).toMatchObject([{ container: 'db', alias: 'db' }]);
    await eventually(async () => {
      const { body } = await t.http.get('/v1/containers/db').expect(200);
      expect(body.status.container.names).toEqual(['db', 'web/db']);
    });
    const theirs = CHAPTER.find(({ line }) => line.includes('docker exec web env'))?.output ?? [];
    const env = await t.http.get('/v1/containers/web/env').set('accept', 'text/plain').expect(200);
    const ours = env.text.trimEnd().split('\n');
    const normal = (variables: readonly string[]) =>
      variables.map((one) => one.replace(/172\.\d+\.\d+\.\d+/, 'ADDRESS').replace(/^HOSTNAME=.*/, 'HOSTNAME=ID'));
    expect(theirs.length).toBeGreaterThan(15);
    expect(normal(ours)).toEqual(normal(theirs));
    await remove('web', 'db');
  });
});

/** Docker's own command line, where there is one. */
const hasCli = spawnSync('docker', ['--version']).status === 0;
const cliMajor = Number(/version (\d+)/.exec(spawnSync('docker', ['--version']).stdout?.toString() ?? '')?.[1]);
/** The newest command line whose flags the table is of: a newer one may have more, and those are reported when given. */
const TABLE_MAJOR = 28;
const sh = (line: string) =>
  promisify(execFile)('/bin/sh', ['-c', line], { env: { ...process.env, DOCKER_HOST: ENGINE_HOST } });

/** The flags of a `docker create` that makes a container of ours; what it makes is known by the label. */
const LABEL = `${TEST_LABEL}=${RUN}`;

describe.skipIf(!hasCli)("Docker's own command line", () => {
  afterEach(async () => {
    await sweep(LABEL);
    const { Volumes } = await docker.listVolumes({ filters: JSON.stringify({ name: ['berth-cli-'] }) });
    await Promise.all(Volumes.map(({ Name }) => docker.getVolume(Name).remove()));
  });

  it('has no flag that is not in the table', async () => {
    const { stdout } = await sh('docker run --help');
    const names = [...stdout.matchAll(/^ {2,6}(?:-\w, )?--([\w-]+)/gm)].map(([, name]) => name as string);
    expect(names.length).toBeGreaterThan(90);
    const known = RUN_FLAGS.map(({ name }) => name);
    if (cliMajor <= TABLE_MAJOR) expect(names.filter((name) => !known.includes(name))).toEqual([]);
  });

  it.each([
    'docker create training/webapp',
    'docker create training/webapp python app.py -p 80',
    "docker create -P -p 8001:80 -p '[::1]:8002:81' -p 127.0.0.1::82/udp -p 8010-8012:90-92 training/webapp",
    'docker create -p published=8020,target=80,protocol=udp --expose 81 --expose 90-92/udp training/webapp',
    `docker create -e A=1 --env="B=x y" -e 'C=$HOME' -e D=a\\ b -e E= -e A=2 training/webapp`,
    'docker create -l one=1 --label two --label=three=a=b training/webapp',
    'docker create -w /srv -u 1000:1000 -h web.example.com --name berth-cli-named training/webapp',
    'docker create --entrypoint /bin/echo training/webapp a "b c" \'\'',
    'docker create -v berth-cli-a:/a -v berth-cli-b:/b:ro training/webapp',
    `docker create --mount 'type=volume,src=berth-cli-a,"dst=/a,b"' --mount source=berth-cli-b,target=/b,ro training/webapp`,
    'docker create --restart always training/webapp',
    'docker create --restart unless-stopped training/webapp',
    'docker create --restart on-failure training/webapp',
    'docker create -m 64m --cpus 0.25 --pids-limit 50 training/webapp',
    'docker create -m 0.5g --memory-swap 1g --cpus 1/4 --cpus=.5 training/webapp',
    'docker create --stop-signal INT --stop-timeout 3 training/webapp',
    'docker create -t --init --read-only --group-add 5 --group-add audio --domainname example.test training/webapp',
    "docker create --add-host a=192.0.2.1 --add-host 'b:[::1]' --add-host c:host-gateway training/webapp",
    'docker create --dns 192.0.2.53 --dns-search lan --dns-option ndots:2 training/webapp',
    'docker create -m 64m --memory-reservation 32m -c 512 --cpuset-cpus 0 --cpuset-mems 0 training/webapp',
    'docker create --shm-size 1g --ulimit nofile=9:10 --sysctl net.core.somaxconn=9 training/webapp',
    'docker create --health-cmd "test -e /x && true" --health-interval 1m30s --health-timeout 500ms training/webapp',
    'docker create --health-cmd true --health-retries 5 --health-start-period 1.5s training/webapp',
    'docker create --no-healthcheck training/webapp',
    'docker create --network default --privileged=f --init=0 --shm-size 64MB training/webapp',
    'docker create --hostname wiki_db -p 0:5432 training/webapp',
    'docker create --hostname mail.example.net. training/webapp',
    `docker create --name berth-cli-${'n'.repeat(60)} training/webapp`,
  ])('reads %s as it is read here', async (line) => {
    const labelled = line.replace('docker create', `docker create -l ${LABEL}`);
    const id = (await sh(labelled)).stdout.trim();
    const [raw, image, info] = await Promise.all([
      docker.getContainer(id).inspect(),
      docker.getImage('training/webapp').inspect(),
      docker.info(),
    ]);
    const derived = derive(raw as never, image.Config as never, DOCKER, usualCgroupns(info.CgroupVersion));
    const read = readDockerRun(labelled);
    if (!read.ok) throw new Error(read.faults.join('\n'));
    expect(derived.lost).toEqual([]);
    expect(read.left.filter(({ effect }) => effect === 'unsupported')).toEqual([]);
    const specs = [declare(derived.input), declare(read.input)].map((one) => (one.ok ? sorted(one.spec) : one.faults));
    expect(specs[1]).toEqual(specs[0]);
    if (read.input.name !== undefined) expect(`/${read.input.name}`).toBe(raw.Name);
  });

  /** What command lines from a major version on refuse; older ones left it to the engine, or took it. */
  const REFUSED_SINCE: Readonly<Record<string, number>> = {
    '--restart :3 training/webapp': 25,
    '--pull often training/webapp': 25,
    '--mount src=data,dst=/d,volume-nocopy=no training/webapp': 25,
    '--network name=a,alias=b --network-alias c training/webapp': 25,
    [`--label ' = ' training/webapp`]: 25,
  };

  it.each([
    ...Object.keys(REFUSED_SINCE),
    '-p 80x training/webapp',
    '-d=maybe training/webapp',
    '-m 12q training/webapp',
    '--cpus 1/3 training/webapp',
    '--health-interval 5 training/webapp',
    '--health-retries -1 --health-cmd true training/webapp',
    '--no-healthcheck --health-cmd true training/webapp',
    '--restart never training/webapp',
    '--restart always:3 training/webapp',
    '--rm --restart always training/webapp',
    '--mount src=data training/webapp',
    '--mount src=data,dst=/d,x=1 training/webapp',
    '--mount type=volume,src=data,dst=/d,tmpfs-size=1 training/webapp',
    '-v berth-cli-a:/a:what training/webapp',
    '-v a:b:c:d training/webapp',
    '-e =1 training/webapp',
    '--network "" training/webapp',
    '--network name=a,x=1 training/webapp',
    '--stop-signal NONE training/webapp',
    '-w srv training/webapp',
    '--name x training/webapp',
    '-m 5m training/webapp',
    '--mount src=/etc,dst=/d training/webapp',
    '--mount type=volume,src=/etc,dst=/d training/webapp',
    '--mount type=tmpfs,src=/etc,dst=/d training/webapp',
    '-a invalid training/webapp',
    '--add-host nowhere training/webapp',
    '--dns nowhere training/webapp',
    '--ulimit nofile=2:1 training/webapp',
    '--sysctl kernel.hostname=a training/webapp',
    '--device relative training/webapp',
    '--pid container: training/webapp',
    '--security-opt label training/webapp',
    '--tmpfs relative training/webapp',
    '-v berth-cli-a:/a:rshared training/webapp',
    '-v berth-cli-a:/a:ro,rw training/webapp',
    '-v :/a training/webapp',
    '-p',
    '',
  ])('refuses docker create %s, as it is refused here', async (rest) => {
    const line = `docker create -l ${LABEL} ${rest}`;
    const theirs = await sh(line).then(
      () => 'taken',
      (error: { stderr: string }) => error.stderr,
    );
    expect(readDockerRun(line).ok).toBe(false);
    if (cliMajor >= (REFUSED_SINCE[rest] ?? 0)) expect(theirs).not.toBe('taken');
  });
});

/** What has no order of its own, in one. */
const sorted = <
  T extends {
    readonly expose: readonly string[];
    readonly ports: readonly unknown[];
    readonly volumes: readonly unknown[];
  },
>(
  spec: T,
) => {
  const byText = (list: readonly unknown[]) =>
    list.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  return { ...spec, expose: spec.expose.toSorted(), ports: byText(spec.ports), volumes: byText(spec.volumes) };
};
