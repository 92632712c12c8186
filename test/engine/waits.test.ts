/** Definitions that wait for each other, and what disappears meanwhile: no wait outlives its cause, and what served serves. */

import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { condition, declaring, namesLike, unique } from './declaring.js';
import { type Server, Servers, send, view } from './servers.js';
import {
  docker,
  eventually,
  IS_PODMAN,
  inside,
  RUN,
  sweep,
  TEST_LABEL,
  type TestBerth,
  testBerth,
  unlessAbsent,
} from './support.js';

let t: TestBerth;
beforeAll(async () => {
  t = await testBerth();
  await eventually(async () => expect((await t.http.get('/v1/engine')).body.reachable).toBe(true), 60_000);
});
afterAll(async () => {
  await t.stop();
  await sweep(`${TEST_LABEL}=${RUN}`);
});
const { get, declare, change, ready, because } = declaring(() => t);

const webapp = (name: string, over: object = {}) => ({
  ...{ name, image: 'training/webapp', env: { PROVIDER: name }, stopTimeoutSeconds: 1 },
  ...over,
});

interface Step {
  readonly container: string;
  readonly action: string;
}

async function post(path: string, body: object) {
  const answer = await t.http.post(path).send(body);
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer.body;
}

/** Applies a set and waits until every member is ready; returns the planned steps of one of its containers. */
async function apply(containers: readonly { readonly name: string }[]): Promise<(name: string) => readonly string[]> {
  const plan: { actions: readonly Step[] } = await post('/v1/plan', { containers });
  const applied = await post('/v1/apply?wait=60', { containers });
  for (const { container } of applied.results)
    expect(container.status, JSON.stringify(applied)).toMatchObject({ ready: true });
  return (name) => plan.actions.filter(({ container }) => container === name).map(({ action }) => action);
}

/** Host ports that nobody else in these tests has: those that were picked once, in a range of their own. */
async function freePorts(count: number): Promise<readonly number[]> {
  const name = unique('probe');
  const made = await declare(webapp(name, { ports: Array.from({ length: count }, (_, n) => `${6000 + n}`) }));
  const ports = [...new Set(made.status.ports.map(({ hostPort }) => hostPort + 1_500))];
  await t.http.delete(`/v1/containers/${name}?wait=60`).expect(200);
  return ports;
}

const portOf = async (name: string): Promise<readonly number[]> => [
  ...new Set((await ready(name)).status.ports.map(({ hostPort }) => hostPort)),
];

describe.skipIf(IS_PODMAN)('host ports among linked definitions', () => {
  it('a source and its recipient that exchange their ports are both ready on the other port, as planned', async () => {
    const [src, rec] = [unique('src'), unique('rec')];
    const [p = 0, q = 0] = await freePorts(2);
    const set = (first: number, second: number) => [
      webapp(src, { ports: [`${first}:5000`] }),
      webapp(rec, { ports: [`${second}:5000`], links: [`${src}:db`] }),
    ];
    await apply(set(p, q));
    const planned = await apply(set(q, p));
    expect(await Promise.all([src, rec].map(portOf))).toEqual([[q], [p]]);
    expect(planned(rec)).toEqual(['stop', 'rename', 'create', 'start', 'remove']);
    expect(planned(src)).toEqual(['stop', 'rename', 'create', 'start', 'remove']);
    expect((await inside(rec, 'nc', '-z', 'db', '5000', '-w', '2')).trim()).not.toContain('bad address');
    expect(await namesLike(src)).toEqual([src]);
    expect(await namesLike(rec)).toEqual([rec]);
  });

  it('three in a chain of links rotate their ports, in one apply and by single writes', async () => {
    const names = [unique('rot-a'), unique('rot-b'), unique('rot-c')];
    const ports = await freePorts(3);
    const set = (by: number) =>
      names.map((name, n) =>
        webapp(name, {
          ports: [`${ports[(n + by) % 3]}:5000`],
          ...(n > 0 && { links: [`${names[n - 1]}:db`] }),
        }),
      );
    await apply(set(0));
    await apply(set(1));
    expect(await Promise.all(names.map(portOf))).toEqual([[ports[1]], [ports[2]], [ports[0]]]);
    for (const one of set(2))
      await t.http
        .put(`/v1/containers/${one.name}`)
        .send({ ...one, ports: [] })
        .expect(200);
    for (const one of set(2)) await t.http.put(`/v1/containers/${one.name}`).send(one).expect(200);
    await eventually(
      async () => expect(await Promise.all(names.map(portOf))).toEqual([[ports[2]], [ports[0]], [ports[1]]]),
      60_000,
    );
  });

  it('a recipient hands its port over to its source', async () => {
    const [src, rec] = [unique('src'), unique('rec')];
    const [p = 0, q = 0] = await freePorts(2);
    const linked = { links: [`${src}:db`] };
    await apply([webapp(src, { ports: [`${p}:5000`] }), webapp(rec, { ports: [`${q}:5000`], ...linked })]);
    const planned = await apply([webapp(src, { ports: [`${q}:5000`] }), webapp(rec, linked)]);
    expect(await portOf(src)).toEqual([q]);
    expect(planned(rec)).toEqual(['stop', 'rename', 'create', 'start', 'remove']);
  });

  it('a swap with an image that can’t be had interrupts nobody, and goes on once the image is another', async () => {
    const [src, rec] = [unique('src'), unique('rec')];
    const [p = 0, q = 0] = await freePorts(2);
    const set = (first: number, second: number, image = 'training/webapp') => [
      webapp(src, { ports: [`${first}:5000`] }),
      webapp(rec, { ports: [`${second}:5000`], links: [`${src}:db`], image }),
    ];
    await apply(set(p, q));
    const started = async () =>
      Promise.all([src, rec].map(async (name) => (await docker.getContainer(name).inspect()).State.StartedAt));
    const before = await started();
    const missing = { image: `${unique('missing')}:1`, pullPolicy: 'never' };
    const [one, two] = set(q, p);
    await post('/v1/apply', { containers: [one, { ...two, ...missing }] });
    await because(rec, 'ImageAvailable', 'ImageAbsent');
    await because(src, 'PortsBound', 'HostPortChanging');
    expect(await started()).toEqual(before);
    await docker.getContainer(src).kill();
    await eventually(async () => expect((await docker.getContainer(src).inspect()).State.Running).toBe(true));
    await apply(set(q, p));
    expect(await Promise.all([src, rec].map(portOf))).toEqual([[q], [p]]);
  });
});

it.skipIf(IS_PODMAN)(
  'a recipient that goes down while its source’s change can’t be made is started against its current container',
  async () => {
    const [src, rec] = [unique('src'), unique('rec')];
    await declare(webapp(src, { env: { PROVIDER: src, VERSION: '1' } }));
    await declare(webapp(rec, { links: [{ container: src, alias: 'db', env: 'all' }] }));
    await change(src, { image: `${unique('missing')}:1`, pullPolicy: 'never', env: { OTHER: '2' } });
    await because(src, 'ImageAvailable', 'ImageAbsent');
    const before = (await docker.getContainer(rec).inspect()).State.StartedAt;
    await docker.getContainer(rec).kill();
    await eventually(async () => {
      const { State, Id } = await docker.getContainer(rec).inspect();
      expect(State.Running && State.StartedAt !== before, Id).toBe(true);
    });
    const again = (await docker.getContainer(rec).inspect()).Id;
    expect(again).toBe((await get(rec)).status.container?.id);
    await change(src, { image: 'training/webapp', pullPolicy: 'missing' });
    await ready(src);
    await ready(rec, ({ status }) => status.container?.id !== again);
  },
);

describe('names that outsiders exchanged', () => {
  const rename = async (from: string, to: string) => docker.getContainer(from).rename({ name: to });

  it('two containers that were swapped while Berth was down get their names back', async () => {
    const [aa, bb] = [unique('aa'), unique('bb')];
    const made = [await declare(webapp(aa)), await declare(webapp(bb))];
    await t.close();
    await rename(aa, `${aa}-tmp`);
    await rename(bb, aa);
    await rename(`${aa}-tmp`, bb);
    t = await testBerth({ dataDir: t.dataDir });
    for (const one of made) {
      const back = await ready(one.name, ({ status }) => status.container?.names[0] === one.name);
      expect(back.status.container).toMatchObject({
        id: one.status.container?.id,
        startedAt: one.status.container?.startedAt,
      });
    }
  });

  it('of three that were rotated, one of whose names a stranger has, only that one waits', async () => {
    const names = [unique('aa'), unique('bb'), unique('cc')] as const;
    for (const name of names) await declare(webapp(name));
    const [aa, bb, cc] = names;
    await t.close();
    await rename(aa, `${aa}-tmp`);
    await rename(bb, aa);
    await rename(cc, bb);
    await rename(`${aa}-tmp`, cc);
    await rename(aa, `${aa}-tmp`);
    const stranger = await docker.createContainer({
      name: aa,
      Image: 'training/webapp',
      Labels: { [TEST_LABEL]: RUN },
    });
    t = await testBerth({ dataDir: t.dataDir });
    for (const name of [bb, cc]) await ready(name, ({ status }) => status.container?.names[0] === name);
    const waiting = await because(aa, 'Ready', 'NameTaken');
    expect(waiting.status.container?.state).toBe('running');
    await stranger.remove({ force: true });
    await ready(aa, ({ status }) => status.container?.names[0] === aa);
  });
});

describe.skipIf(IS_PODMAN)('a network that was removed from outside', () => {
  const networksOf = async (name: string) =>
    (await docker.listNetworks({ filters: { name: [name] } })).filter((one) => one.Name === name);

  it('is made again for a container that is started after a stop', async () => {
    const [name, network] = [unique('on'), unique('net')];
    await declare(webapp(name, { network }));
    await t.http.post(`/v1/containers/${name}/stop?wait=60`).expect(200);
    await docker.getNetwork(network).remove();
    await t.http.post(`/v1/containers/${name}/start?wait=60`).expect(200);
    const after = await ready(name);
    expect(after.status.container?.state).toBe('running');
    expect(await networksOf(network)).toHaveLength(1);
    const { items } = (await t.http.get(`/v1/events?container=${name}&type=Step&limit=100`)).body;
    expect(items.filter(({ reason }: { reason: string }) => reason === 'CreateNetwork')).toHaveLength(2);
  });

  it('is made again for a job that is run again', async () => {
    const [name, network] = [unique('job'), unique('net')];
    const job = webapp(name, { network, restartPolicy: 'no', command: ['true'], entrypoint: [] });
    await t.http.post('/v1/containers').send(job).expect(201);
    await because(name, 'Ready', 'Completed');
    const before = (await get(name)).status.container?.id;
    await docker.getNetwork(network).remove();
    await t.http.post(`/v1/containers/${name}/start`).expect((answer) => expect([200, 202]).toContain(answer.status));
    await eventually(async () => {
      const after = await get(name);
      expect(after.status.container?.id, JSON.stringify(after.status)).not.toBe(before);
      expect(condition(after, 'Ready')?.reason).toBe('Completed');
    }, 30_000);
  });
});

describe('after a kill -9', () => {
  let servers = new Servers();
  afterEach(async () => {
    await servers.end();
    servers = new Servers();
  });

  /** A server with one container, that dies at the fail point of the change. */
  async function diesAt(failPoint: string, name: string, body: object): Promise<void> {
    const first = await servers.start({ failPoint });
    const exit = once(first.child, 'exit');
    expect((await send('POST', `${first.url}/v1/containers?wait=60`, body)).status).toBe(201);
    await send('PATCH', `${first.url}/v1/containers/${name}`, { env: { CHANGED: 'yes' } }).catch(() => undefined);
    expect(await exit).toEqual([null, 'SIGKILL']);
  }

  const isReady = (server: Server, name: string) =>
    eventually(async () => {
      const one = await view(server, name);
      expect(one.status.ready && one.status.observedGeneration === 2, JSON.stringify(one.status)).toBe(true);
      return one;
    }, 40_000);

  it.skipIf(IS_PODMAN)(
    'between create and start, and a network that is gone by then: the replacement runs',
    async () => {
      const [name, network] = [unique('netb'), unique('net')];
      await diesAt('before-start:2', name, webapp(name, { network }));
      await docker.getNetwork(network).remove();
      const server = await servers.start();
      await isReady(server, name);
      const url = `${server.url}/v1/events?container=${name}&type=RolledBack&limit=100`;
      expect(((await (await fetch(url)).json()) as { items: unknown[] }).items).toEqual([]);
      await eventually(async () => expect(await namesLike(name)).toEqual([name]));
    },
  );

  it('between rename and create, and a stranger who has the name by then: the previous container runs until it is free', async () => {
    const name = unique('web');
    await diesAt('after-rename', name, webapp(name));
    const stranger = await docker.createContainer({ name, Image: 'training/webapp', Labels: { [TEST_LABEL]: RUN } });
    try {
      const server = await servers.start();
      await eventually(async () => {
        const one = await view(server, name);
        expect(condition(one, 'Ready')?.reason, JSON.stringify(one.status)).toBe('NameTaken');
        expect(one.status.container?.state).toBe('running');
      }, 40_000);
      await stranger.remove({ force: true });
      await isReady(server, name);
    } finally {
      await stranger.remove({ force: true }).catch(unlessAbsent);
    }
  });
});
