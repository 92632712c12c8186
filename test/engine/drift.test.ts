/** What is changed from outside is put right, and what is not ours is left alone. */

import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ContainerView } from '../../src/service/containers/views.js';
import { condition, declaring, namesLike, unique } from './declaring.js';
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
});
afterAll(async () => {
  await t.stop();
  await sweep(`${TEST_LABEL}=${RUN}`);
});

const { get, declare, ready } = declaring(() => t);

describe('a container that is changed from outside', () => {
  it('is put right, and keeps its port', async () => {
    const name = unique('drift');
    const first = await declare({ name, image: 'training/webapp', publishAll: true });
    const port = first.status.ports[0]?.hostPort;
    const id = first.status.container?.id ?? '';
    const engine = docker.getContainer(id);
    const again = (view: ContainerView) => view.status.container?.startedAt !== first.status.container?.startedAt;

    await engine.kill();
    await ready(name, again);
    const second = await get(name);
    await engine.stop({ t: 1 });
    await ready(name, (view) => view.status.container?.startedAt !== second.status.container?.startedAt);
    await engine.pause();
    await eventually(async () => expect((await engine.inspect()).State.Paused).toBe(false));
    await engine.rename({ name: `${name}-elsewhere` });
    await eventually(async () => expect((await engine.inspect()).Name).toBe(`/${name}`));
    if (!IS_PODMAN) {
      await engine.update({ RestartPolicy: { Name: 'no' } });
      await eventually(async () =>
        expect((await engine.inspect()).HostConfig.RestartPolicy?.Name).toBe('unless-stopped'),
      );
    }
    await engine.remove({ force: true });
    const remade = await ready(name, (view) => view.status.container?.id !== id);
    expect(remade.status.ports[0]?.hostPort).toBe(port);
    await docker
      .getNetwork(IS_PODMAN ? 'podman' : 'bridge')
      .disconnect({ Container: remade.status.container?.id ?? '' });
    const last = await ready(name, (view) => view.status.container?.id !== remade.status.container?.id);
    expect(last.status.ports[0]?.hostPort).toBe(port);
    await eventually(async () => expect(await namesLike(name)).toEqual([name]));
  });
});

describe('what is not ours', () => {
  it('keeps the name that it has: a condition says so, until the name is free', async () => {
    const name = unique('taken');
    const foreign = await docker.createContainer({ name, Image: 'training/webapp', Labels: { [TEST_LABEL]: RUN } });
    await t.http.post('/v1/containers').send({ name, image: 'training/webapp' }).expect(201);
    await eventually(async () => expect(condition(await get(name), 'Ready')?.reason).toBe('NameTaken'));
    expect((await foreign.inspect()).Name).toBe(`/${name}`);
    await foreign.rename({ name: unique('freed') });
    await ready(name);
    await foreign.remove({ force: true });
  });

  it('is not touched though it carries owner labels, of another instance or of no definition', async () => {
    const owner = (instance: string) => ({
      [TEST_LABEL]: RUN,
      'io.berth.instance': instance,
      'io.berth.uid': 'no-such-definition',
      'io.berth.name': 'nobody',
      'io.berth.generation': '1',
      'io.berth.hash': '1:x',
    });
    const make = (instance: string) =>
      docker.createContainer({ name: unique('orphan'), Image: 'training/webapp', Labels: owner(instance) });
    const made = [await make('another-instance'), await make(t.berth.instance())];
    for (const one of made) await one.start();
    await declare({ name: unique('other'), image: 'training/webapp' });
    for (const one of made) expect((await one.inspect()).State.Running).toBe(true);
    for (const one of made) await one.remove({ force: true });
  });

  it('is not touched though its image was committed from a container of ours, with all its labels', async () => {
    const name = unique('committed');
    const repo = unique('copy-of');
    const first = await declare({ name, image: 'training/webapp' });
    await docker.getContainer(name).commit({ repo });
    const copy = await docker.createContainer({ name: `${repo}-running`, Image: repo });
    try {
      expect((await copy.inspect()).Config.Labels).toMatchObject({ 'io.berth.name': name });
      await copy.start();
      const { State: started } = await copy.inspect();
      await t.http
        .patch(`/v1/containers/${name}`)
        .send({ env: { A: '1' } })
        .expect(200);
      const second = await ready(name, ({ status }) => status.container?.id !== first.status.container?.id);
      t = await t.restart();
      await ready(name);
      expect((await copy.inspect()).State).toMatchObject({ Running: true, StartedAt: started.StartedAt });

      // Its name is another's to a definition, and a container of ours may be made of its image.
      await t.http
        .post('/v1/containers')
        .send({ name: `${repo}-running`, image: 'training/webapp' })
        .expect(201);
      await eventually(async () => expect(condition(await get(`${repo}-running`), 'Ready')?.reason).toBe('NameTaken'));
      await t.http.delete(`/v1/containers/${repo}-running?wait=60`).expect(200);
      await t.http.patch(`/v1/containers/${name}`).send({ image: repo }).expect(200);
      await ready(name, ({ status }) => status.container?.id !== second.status.container?.id);

      const adopted = await t.http.post('/v1/adopt').send({ container: `${repo}-running` });
      expect(adopted.status, JSON.stringify(adopted.body)).toBe(201);
      const own = await ready(`${repo}-running`);
      expect(own.status.container).toMatchObject({ id: copy.id, startedAt: started.StartedAt });
      expect((await get(name)).status.ready).toBe(true);
    } finally {
      await t.http.delete(`/v1/containers/${repo}-running?wait=60`);
      await copy.remove({ force: true }).catch(unlessAbsent);
      await t.http.delete(`/v1/containers/${name}?wait=60`);
      await docker.getImage(repo).remove({ force: true });
    }
  });

  it('keeps the host port that it holds: a condition, then healed by itself', async () => {
    const foreign = createServer().listen(0, '0.0.0.0');
    await once(foreign, 'listening');
    const { port } = foreign.address() as { port: number };
    const name = unique('port');
    await t.http
      .post('/v1/containers')
      .send({ name, image: 'training/webapp', ports: [`${port}:5000`] })
      .expect(201);
    await eventually(async () =>
      expect(condition(await get(name), 'PortsBound')).toMatchObject({ status: 'False', reason: 'HostPortInUse' }),
    );
    await new Promise((resolve) => foreign.close(resolve));
    const healed = await ready(name);
    expect(healed.status.ports.map((one) => one.hostPort)).toContain(port);
  });
});

describe.skipIf(IS_PODMAN)('links', () => {
  it('follow a source that is removed from outside, replaced, and renamed from outside', async () => {
    const [db, web] = [unique('db'), unique('web')];
    await declare({ name: db, image: 'mysql', env: { MYSQL_ROOT_PASSWORD: 'one' } });
    await declare({ name: web, image: 'training/webapp', links: [`${db}:db`] });
    const holds = (password: string) =>
      eventually(async () => {
        const view = await ready(web);
        const source = await get(db);
        expect(source.status.container?.names).toEqual([db, `${web}/db`]);
        const environ = (await inside(web, 'cat', '/proc/1/environ')).split('\0');
        expect(environ).toContain(`DB_ENV_MYSQL_ROOT_PASSWORD=${password}`);
        expect(environ).toContain(`DB_PORT_3306_TCP_ADDR=${source.status.container?.ipAddress}`);
        expect(await inside(web, 'nc', 'db', '3306')).toContain('hello');
        return view;
      }, 40_000);
    await holds('one');
    await docker.getContainer(db).remove({ force: true });
    await holds('one');
    await t.http
      .patch(`/v1/containers/${db}`)
      .send({ env: { MYSQL_ROOT_PASSWORD: 'two' } })
      .expect(200);
    await holds('two');
    await docker.getContainer(db).rename({ name: `${db}-elsewhere` });
    await holds('two');
  });
});
