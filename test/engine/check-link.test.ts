/** A link is tried from inside its recipient, whatever the recipient's image holds. */

import { readFileSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { pack } from 'tar-stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { busybox } from '../../scripts/images.mjs';
import type { LinkCheckView, PortCheck } from '../../src/service/check-link.js';
import { declaring, unique } from './declaring.js';
import { FaultProxy } from './faults/proxy.js';
import {
  docker,
  ENGINE_HOST,
  eventually,
  IS_PODMAN,
  inside,
  RUN,
  sweep,
  TEST_LABEL,
  type TestBerth,
  testBerth,
} from './support.js';

/** An image of one static program: no shell, no libraries, no folder but those that the engine makes. */
const BARE = 'berth-test-bare';
const FOREVER = { image: BARE, command: ['sleep', '2147483647'] } as const;
const MYSQL = { image: 'mysql', env: { MYSQL_ROOT_PASSWORD: 'x' } } as const;

/** Has 7000/udp, and never answers. */
const MUTE =
  '$SIG{TERM} = sub { exit }; socket(S, 2, 2, 0); bind(S, pack("S n a4 x8", 2, 7000, "\\0" x 4)) or die; sleep 1 while 1';

const PROBE = 'io.berth.probe';

let t: TestBerth;
beforeAll(async () => {
  const archive = pack();
  archive.entry({ name: 'busybox', mode: 0o755 }, readFileSync(busybox()));
  archive.finalize();
  const changes = ['ENTRYPOINT ["/busybox"]', `LABEL ${TEST_LABEL}=${RUN}`];
  const imported = await docker.importImage(archive as never, { repo: BARE, tag: 'latest', changes });
  expect(await text(imported as Readable)).not.toContain('"error"');
  t = await testBerth();
});
afterAll(async () => {
  await t.stop();
  await sweep(`${TEST_LABEL}=${RUN}`);
  await docker.getImage(BARE).remove({ force: true });
});
const { declare, get } = declaring(() => t);

const at = (name: string, alias = 'db') => `/v1/containers/${name}/links/${alias}/check`;

async function check(name: string, alias = 'db'): Promise<LinkCheckView> {
  const answer = await t.http.post(at(name, alias));
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer.body;
}

const port = ({ ports }: LinkCheckView, containerPort: number): PortCheck => {
  const found = ports.find((one) => one.containerPort === containerPort);
  if (found === undefined) throw new Error(`${containerPort} is not among ${JSON.stringify(ports)}`);
  return found;
};

/** The probes of an instance that are there. */
const probesOf = (instance: string) =>
  docker.listContainers({ all: true, filters: { label: [`${PROBE}=container`, `io.berth.instance=${instance}`] } });

/** A source, and a recipient that links to it as `db`. */
async function pair(source: object, recipient: object = {}): Promise<{ readonly db: string; readonly web: string }> {
  const [db, web] = [unique('db'), unique('web')];
  await declare({ name: db, ...source });
  await declare({ name: web, ...FOREVER, links: [`${db}:db`], ...recipient });
  return { db, web };
}

describe.skipIf(IS_PODMAN)('from inside a recipient whose image holds nothing', () => {
  it('a port that is listened on is reachable, another one is not', async () => {
    const { db, web } = await pair({ ...MYSQL, expose: ['9999'] });
    expect(await inside(web, 'sh')).toMatch(/no such file|not found/);
    const found = await check(web);
    const { ipAddress } = (await get(db)).status.container ?? {};
    expect(found).toMatchObject({
      container: web,
      source: db,
      state: 'resolved',
      address: ipAddress,
      reachable: false,
    });
    expect(found.resolved.addresses).toEqual([ipAddress]);
    expect(found.message).toBe('not reachable: 9999/tcp');
    for (const open of [3306, 33_060]) {
      const one = port(found, open);
      expect(one).toMatchObject({ protocol: 'tcp', reachable: true, outcome: 'open', message: '' });
      expect(one.milliseconds).toBeGreaterThan(0);
    }
    expect(port(found, 9999)).toMatchObject({
      reachable: false,
      outcome: 'refused',
      message: 'nothing listens on this port',
    });
    expect(found.ports).toHaveLength(3);
    expect(await probesOf(t.berth.instance())).toEqual([]);
  });

  it('the alias is resolved on a network of its own, too', async () => {
    const network = unique('net');
    const { db, web } = await pair({ ...MYSQL, network }, { network });
    const found = await check(web);
    expect(found).toMatchObject({ state: 'resolved', reachable: true, message: '', source: db });
    expect(found.resolved.addresses).toContain(found.address);
    expect(port(found, 3306)).toMatchObject({ reachable: true });
  });

  it('a UDP port that answers is reachable, a closed one is not, and of a silent one nothing can be told', async () => {
    const echo = await pair({ image: 'udp-echo', expose: ['5001/udp'] });
    const found = await check(echo.web);
    expect(port(found, 5000)).toMatchObject({ protocol: 'udp', reachable: true, outcome: 'open' });
    expect(port(found, 5001)).toMatchObject({ protocol: 'udp', reachable: false, outcome: 'refused' });
    const mute = await pair({ image: 'udp-echo', command: ['perl', '-e', MUTE], expose: ['7000/udp'] });
    const silent = await check(mute.web);
    expect(port(silent, 7000)).toMatchObject({ reachable: null, outcome: 'no-answer', milliseconds: null });
    expect(silent).toMatchObject({ state: 'resolved' });
  });

  it('a source that was stopped is told so, and its ports are not tried', async () => {
    const { db, web } = await pair(MYSQL);
    await t.http.post(`/v1/containers/${db}/stop?wait=60`).expect(200);
    const found = await check(web);
    expect(found).toMatchObject({ state: 'waiting', address: null, reachable: false });
    expect(found.message).toContain(`${db} is not running`);
    expect(port(found, 3306)).toMatchObject({ reachable: false, outcome: 'not-tried' });
  });

  it('a source that has gone for good is told so', async () => {
    const { db, web } = await pair(MYSQL);
    await t.http.delete(`/v1/containers/${db}?force=true&wait=60`).expect(200);
    expect(await check(web)).toMatchObject({ state: 'missing', reachable: false, address: null, ports: [] });
  });

  it('a recipient that was stopped can not be looked out of', async () => {
    const { web } = await pair(MYSQL);
    await t.http.post(`/v1/containers/${web}/stop?wait=60`).expect(200);
    const { status, body } = await t.http.post(at(web));
    expect({ status, code: body.code }).toEqual({ status: 409, code: 'not-running' });
    expect(body.detail).toContain(`${web} is exited`);
  });

  it('many links are checked at once', async () => {
    const { db, web } = await pair(MYSQL, {});
    const found = await Promise.all(Array.from({ length: 6 }, () => check(web)));
    for (const one of found) expect(port(one, 3306), db).toMatchObject({ reachable: true });
    expect(await probesOf(t.berth.instance())).toEqual([]);
  });
});

describe.skipIf(IS_PODMAN)('a probe', () => {
  it('may do nothing but look, and is none of the containers that Berth observes', async () => {
    // Silence is waited for, so that the probe is there long enough to be looked at.
    const mute = await pair({ image: 'udp-echo', command: ['perl', '-e', MUTE], expose: ['7000/udp'] });
    const checked = check(mute.web);
    const raw = await eventually(async () => {
      const [found] = await probesOf(t.berth.instance());
      const one = await docker.getContainer(found?.Id ?? 'none').inspect();
      expect(one.State.Running).toBe(true);
      return one;
    });
    const recipient = (await get(mute.web)).status.container?.id;
    expect(raw.Name).toMatch(/^\/berth-probe-[0-9a-f]{12}$/);
    expect(raw.Config).toMatchObject({ User: '65534:65534', Labels: { 'io.berth.instance': t.berth.instance() } });
    expect(raw.HostConfig).toMatchObject({
      ...{ NetworkMode: `container:${recipient}`, CapDrop: ['ALL'], ReadonlyRootfs: true, Privileged: false },
      ...{ SecurityOpt: ['no-new-privileges'], PidsLimit: 32, Memory: 128 * 2 ** 20, AutoRemove: false },
    });
    expect(raw.Mounts).toEqual([]);
    const adopted = await t.http.post('/v1/adopt').send({ container: raw.Name.slice(1) });
    expect(adopted.status).toBeGreaterThanOrEqual(400);
    await checked;
    expect(await probesOf(t.berth.instance())).toEqual([]);
    const { items } = (await t.http.get('/v1/events?limit=500')).body;
    expect(items.filter((event: { container: string }) => event.container.startsWith('berth-probe'))).toEqual([]);
  });

  it('that a crash has left is removed when Berth starts again, and nobody else’s', async () => {
    const leave = (instance: string) =>
      docker.createContainer({
        Image: BARE,
        Labels: { [PROBE]: 'container', 'io.berth.instance': instance, [TEST_LABEL]: RUN },
      });
    const crashed = await testBerth();
    const instance = crashed.berth.instance();
    await crashed.close();
    await leave(instance);
    await leave(`${instance}-other`);
    const again = await testBerth({ dataDir: crashed.dataDir });
    await eventually(async () => expect(await probesOf(instance)).toEqual([]));
    expect(await probesOf(`${instance}-other`)).toHaveLength(1);
    await again.stop();
  });

  it('whose creation was not heard of is removed all the same', async () => {
    const proxy = await new FaultProxy(ENGINE_HOST).listen();
    const behind = await testBerth({ engine: proxy.host });
    const { declare: declareThere } = declaring(() => behind);
    const [db, web] = [unique('db'), unique('web')];
    await declareThere({ name: db, ...MYSQL });
    await declareThere({ name: web, ...FOREVER, links: [`${db}:db`] });
    proxy.break(({ path }) => path.startsWith('/containers/create?name=berth-probe'), { kind: 'lose-answer' }, 1);
    const { status, body } = await behind.http.post(at(web));
    expect({ status, code: body.code }).toEqual({ status: 503, code: 'engine-unavailable' });
    expect(await probesOf(behind.berth.instance())).toEqual([]);
    const second = await behind.http.post(at(web));
    expect({ status: second.status, body: second.status === 200 ? undefined : second.body }).toEqual({ status: 200 });
    await behind.stop();
    await proxy.close();
  });

  it('is made of an image that is made again where it has gone, and only once', async () => {
    const { web } = await pair(MYSQL);
    await check(web);
    const images = () => docker.listImages({ filters: { label: [`${PROBE}=image`] } });
    const before = await images();
    expect(before.map(({ RepoTags }) => RepoTags)).toEqual([[expect.stringMatching(/^berth-probe:[0-9a-f]{16}$/)]]);
    for (const { Id } of before) await docker.getImage(Id).remove({ force: true });
    const found = await Promise.all([check(web), check(web)]);
    for (const one of found) expect(one.reachable).toBe(true);
    expect((await images()).map(({ RepoTags }) => RepoTags)).toEqual(before.map(({ RepoTags }) => RepoTags));
  });
});
