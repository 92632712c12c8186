/** Podman's socket for Docker's clients: what works there, and what does not says so. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { condition, declaring, namesLike, unique } from './declaring.js';
import { staysIdle } from './faults/idle.js';
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

const WEBAPP = { image: 'training/webapp' };

describe.runIf(IS_PODMAN)('on Podman', () => {
  let proxy: FaultProxy;
  let t: TestBerth;
  beforeAll(async () => {
    proxy = await new FaultProxy(ENGINE_HOST).listen();
    t = await testBerth({ engine: proxy.host });
  });
  afterAll(async () => {
    await t.stop();
    await sweep(`${TEST_LABEL}=${RUN}`);
    await proxy.close();
  });
  const { get, declare, change, ready, because } = declaring(() => t);

  it('a link is a condition that says what to do instead, and nothing is made or asked for again and again', async () => {
    const [db, web] = [unique('db'), unique('web')];
    await declare({ name: db, ...WEBAPP });
    await t.http
      .post('/v1/containers')
      .send({ name: web, ...WEBAPP, links: [`${db}:db`] })
      .expect(201);
    const view = await because(web, 'LinksResolved', 'LinksUnsupported');
    expect(condition(view, 'LinksResolved')?.message).toMatch(/Podman [\d.]+ has no links: take them out/);
    expect(condition(view, 'Ready')).toMatchObject({ status: 'False', reason: 'LinksUnsupported' });
    const creations = () => proxy.count(({ path }) => path.startsWith('/containers/create'));
    const before = creations();
    await declare({ name: unique('another'), ...WEBAPP });
    expect(creations()).toBe(before + 1);
    expect(await namesLike(web)).toEqual([]);
    await change(web, { links: [] });
    await ready(web);
  });

  it('on a network of ours a container is found by its name, which is what the condition says', async () => {
    const [network, db, web] = [unique('net'), unique('db'), unique('web')];
    await declare({ name: db, image: 'mysql', network, env: { MYSQL_ROOT_PASSWORD: 'x' } });
    await declare({ name: web, ...WEBAPP, network });
    expect(await eventually(() => inside(web, 'nc', db, '3306'))).toContain('hello');
    await t.http.delete(`/v1/containers/${web}?wait=60`).expect(200);
    await t.http.delete(`/v1/containers/${db}?wait=60`).expect(200);
    expect((await docker.listNetworks()).map(({ Name }) => Name)).not.toContain(network);
  });

  it('a limit is changed by one replacement, at the same port', async () => {
    const name = unique('limits');
    const before = await declare({ name, ...WEBAPP, publishAll: true });
    await change(name, { resources: { pids: 77 }, restartPolicy: 'on-failure' });
    const after = await ready(name, (view) => view.status.observedGeneration === 2);
    expect(after.status.container?.id).not.toBe(before.status.container?.id);
    expect(after.status.ports).toEqual(before.status.ports);
    const { HostConfig } = await docker.getContainer(name).inspect();
    expect([HostConfig.PidsLimit, HostConfig.RestartPolicy?.Name]).toEqual([77, 'on-failure']);
    await eventually(async () => expect(await namesLike(name)).toEqual([name]));
  });

  it('what is removed from outside comes back, and is noticed by an event', async () => {
    const name = unique('gone');
    const { status } = await declare({ name, ...WEBAPP });
    const lists = () => proxy.count(({ path }) => path === '/containers/json?all=true');
    const before = lists();
    await docker.getContainer(name).remove({ force: true });
    await ready(name, (view) => view.status.container?.id !== status.container?.id);
    expect(lists()).toBe(before);
  });

  it('a name that is taken is a condition', async () => {
    const name = unique('taken');
    const foreign = await docker.createContainer({ name, Image: 'training/webapp', Labels: { [TEST_LABEL]: RUN } });
    await t.http
      .post('/v1/containers')
      .send({ name, ...WEBAPP })
      .expect(201);
    const view = await because(name, 'Ready', 'NameTaken');
    expect(condition(view, 'Ready')?.message).toMatch(/Rename or remove it|rename or remove the container/);
    await foreign.remove();
    await ready(name);
  });

  it('what runs is taken over as it is, once its owner has read what Podman adds to it', async () => {
    const name = unique('adopted');
    const options = { name, Image: 'training/webapp', Labels: { [TEST_LABEL]: RUN }, Env: ['PROVIDER=Podman'] };
    const HostConfig = { PortBindings: { '5000/tcp': [{ HostPort: '5999' }] } };
    const foreign = await docker.createContainer({ ...options, HostConfig });
    await foreign.start();
    const told = await t.http.post('/v1/adopt').send({ container: name }).expect(409);
    expect(told.body.errors.map(({ message }: { message: string }) => message).join()).toContain('HostConfig.CapDrop');
    const { body } = await t.http.post('/v1/adopt').send({ container: name, force: true }).expect(201);
    expect(body.container).toMatchObject({ ports: [{ hostPort: 5999, containerPort: 5000 }], network: 'bridge' });
    expect((await ready(name)).status.container?.id).toBe(foreign.id);
    await t.http.delete(`/v1/containers/${name}?wait=60`).expect(200);
  });

  it('is left in peace when nothing is to be done', async () => {
    const { body } = await t.http.get('/v1/containers');
    for (const { name } of body.items) await t.http.delete(`/v1/containers/${name}?force=true&wait=60`).expect(200);
    await staysIdle(t, proxy, { definitions: 2, ms: 28_000 });
    // No event has come for longer than any other answer is waited for, and the connection is the first one still.
    expect(proxy.count(({ path }) => path === '/version')).toBe(1);
    expect((await get((await t.http.get('/v1/containers')).body.items[0].name)).status.ready).toBe(true);
  });
});
