/** The engine dies, or freezes: what was declared is there again, at the same ports, and nothing was done in between. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { demux } from '../../../src/engine/docker/transport/streams.js';
import { condition, declaring, unique } from '../declaring.js';
import { eventually, type TestBerth, testBerth } from '../support.js';
import { CAN_RUN_ENGINE, OwnEngine } from './own-engine.js';

const PASSWORD = { MYSQL_ROOT_PASSWORD: 'my-secret-pw' };

/** What a command prints inside a container of an engine of one's own. */
async function inside({ docker }: OwnEngine, container: string, ...command: readonly string[]): Promise<string> {
  const exec = await docker.getContainer(container).exec({ Cmd: [...command], AttachStdout: true, AttachStderr: true });
  let text = '';
  const stream = await exec.start({ hijack: true, stdin: false });
  for await (const frame of demux(stream as AsyncIterable<Buffer>)) text += frame.data.toString();
  return text;
}

describe.skipIf(!CAN_RUN_ENGINE)('an engine', () => {
  let engine: OwnEngine;
  let t: TestBerth;
  beforeEach(async () => {
    engine = await new OwnEngine().start();
    t = await testBerth({ engine: engine.host, deadlines: { ask: 2_000, change: 5_000, pullSilence: 5_000 } });
  });
  afterEach(async () => {
    await t.close();
    await engine.remove();
  });
  const { get, declare, ready } = declaring(() => t);

  async function chapter() {
    const [db, web] = [unique('db'), unique('web')];
    await declare({ name: db, image: 'mysql', env: PASSWORD });
    await declare({ name: web, image: 'training/webapp', publishAll: true, links: [`${db}:db`] });
    return { db, web, before: await get(web) };
  }
  const owned = async () => (await engine.docker.listContainers({ all: true })).map((one) => one.Names.length);

  it('that is killed and started again has its containers running at the ports that they had', async () => {
    const { db, web, before } = await chapter();
    await engine.kill();
    const during = await eventually(async () => {
      const view = await get(web);
      expect(condition(view, 'EngineReachable')?.status).toBe('False');
      return view;
    });
    expect([condition(during, 'Ready')?.status, during.status.ready]).toEqual(['Unknown', false]);
    const name = unique('meanwhile');
    await t.http
      .post('/v1/containers')
      .send({ name, image: 'training/webapp', links: [`${db}:db`] })
      .expect(201);
    await engine.start();
    const after = await ready(web);
    expect(after.status.ports).toEqual(before.status.ports);
    await ready(name);
    const source = (await get(db)).status.container;
    for (const recipient of [web, name]) {
      const { Config } = await engine.docker.getContainer(recipient).inspect();
      expect(Config.Labels['io.berth.name']).toBe(recipient);
      expect(source?.names).toContain(`${recipient}/db`);
      expect(await inside(engine, recipient, 'env')).toContain(`DB_PORT_3306_TCP_ADDR=${source?.ipAddress}\n`);
      const hosts = await inside(engine, recipient, 'cat', '/etc/hosts');
      expect(hosts).toMatch(new RegExp(`^${source?.ipAddress}\\s+db\\b`, 'm'));
    }
    expect(await owned()).toHaveLength(3);
  });

  it.each([
    ['connects', 1, 2],
    ['disconnects', 2, 1],
  ])('that is killed while Berth %s containers has them on their networks, and no others', async (_, before, after) => {
    const networks = [unique('front'), unique('back')].map((name) => ({ name }));
    const names = Array.from({ length: 6 }, () => unique('nets'));
    await Promise.all(
      names.map((name) => declare({ name, image: 'training/webapp', networks: networks.slice(0, before) })),
    );
    const addresses = await Promise.all(names.map(async (name) => (await get(name)).status.addresses));
    await Promise.all(
      names.map((name) =>
        t.http
          .patch(`/v1/containers/${name}`)
          .send({ networks: networks.slice(0, after) })
          .expect(200),
      ),
    );
    await engine.kill();
    await eventually(async () => {
      for (const name of names) expect(condition(await get(name), 'EngineReachable')?.status).toBe('False');
    });
    await engine.start();
    await eventually(async () => {
      for (const [index, name] of names.entries()) {
        const { status } = await ready(name);
        const endpoints = (await engine.docker.getContainer(name).inspect()).NetworkSettings.Networks;
        const has = Object.entries(endpoints).map(([network, { IPAddress }]) => [network, IPAddress]);
        expect(Object.fromEntries(has)).toEqual(
          Object.fromEntries(status.addresses.map(({ network, address }) => [network, address])),
        );
        expect(status.addresses).toHaveLength(after);
        expect(status.addresses[0]).toEqual(addresses[index]?.[0]);
      }
    }, 60_000);
  });

  it('that freezes leaves the API answering, conditions Unknown, and everything in its place', async () => {
    const { db, web } = await chapter();
    const source = (await get(db)).status.container;
    engine.freeze();
    await t.http
      .patch(`/v1/containers/${web}`)
      .send({ env: { PROVIDER: 'frozen' } })
      .expect(200);
    await t.http.delete(`/v1/containers/${web}?force=true`).expect(202);
    const during = await eventually(async () => {
      const view = await get(web);
      expect(condition(view, 'EngineReachable')?.status).toBe('False');
      return view;
    });
    expect(condition(during, 'Ready')?.status).toBe('Unknown');
    expect((await t.http.get('/v1/containers')).body.items).toHaveLength(2);
    const name = unique('meanwhile');
    await t.http.post('/v1/containers').send({ name, image: 'training/webapp' }).expect(201);
    engine.thaw();
    await ready(name);
    await eventually(async () => expect((await t.http.get(`/v1/containers/${web}`)).status).toBe(404), 60_000);
    await eventually(async () => expect(await owned()).toHaveLength(2));
    expect((await get(db)).status.container).toMatchObject({ id: source?.id, startedAt: source?.startedAt });
  });
});
