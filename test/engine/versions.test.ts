/** Engines of other versions than the one that is here: too old, too new, replaced while Berth runs, and engine 29. */

import Docker from 'dockerode';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { condition, declaring, unique } from './declaring.js';
import { ENGINE_29, type Played, PlayedEngine } from './played-engine.js';
import { ENGINE_HOST, eventually, inside, RUN, sweep, TEST_LABEL, type TestBerth, testBerth } from './support.js';

const ENGINE_19: Played = { version: '19.03.15', api: '1.40', minApi: '1.12' };
const ENGINE_20: Played = { version: '20.10.24', api: '1.41', minApi: '1.12' };
const ENGINE_TO_COME: Played = { version: '40.0.0', api: '1.90', minApi: '1.80' };

let engine: PlayedEngine;
let t: TestBerth;
beforeEach(async () => {
  engine = await new PlayedEngine(ENGINE_HOST, ENGINE_20).listen();
});
afterEach(async () => {
  await t.stop();
  await engine.close();
});
afterAll(() => sweep(`${TEST_LABEL}=${RUN}`));

const { get, change, declare, ready } = declaring(() => t);

async function playing(plays: Played): Promise<void> {
  engine.plays = plays;
  t = await testBerth({ engine: engine.host });
}

const reachable = async (name: string) => condition(await get(name), 'EngineReachable');

describe('an engine that Berth does not understand', () => {
  it.each([
    ['too old', ENGINE_19, /19\.03\.15 supports the Docker API up to 1\.40, but Berth needs 1\.41: upgrade the engine/],
    [
      'too new',
      ENGINE_TO_COME,
      /40\.0\.0 supports the Docker API from 1\.80, but Berth supports it up to [\d.]+: upgrade Berth/,
    ],
  ])(
    'is %s: that is a condition that says what to do, and heals when another takes its place',
    async (_, plays, told) => {
      await playing(plays);
      const name = unique('waits');
      await t.http.post('/v1/containers').send({ name, image: 'training/webapp' }).expect(201);
      await eventually(async () => {
        const found = await reachable(name);
        expect(found).toMatchObject({ status: 'False', reason: 'EngineUnsupported' });
        expect(found?.message).toMatch(told);
      });
      const view = await get(name);
      expect(condition(view, 'Ready')).toMatchObject({ status: 'Unknown', reason: 'EngineUnsupported' });
      const asked = await t.http.get('/v1/engine').expect(200);
      expect(asked.body).toMatchObject({ reachable: false, version: null });
      expect(asked.body.message).toMatch(told);
      // It is asked who it is, now and then, and for nothing else.
      expect(engine.asked.every((version) => version === null)).toBe(true);
      engine.become(ENGINE_20);
      await ready(name);
      expect((await t.http.get('/v1/engine')).body).toMatchObject({ version: '20.10.24', apiVersion: '1.41' });
    },
  );
});

describe('an engine that is replaced while Berth runs', () => {
  it.each([
    ['by a newer one', ENGINE_20, ENGINE_29, '1.51'],
    ['by an older one', ENGINE_29, ENGINE_20, '1.41'],
  ])('%s is spoken to in its own version, and nothing is replaced', async (_, first, second, spoken) => {
    await playing(first);
    const name = unique('stays');
    const { status } = await declare({ name, image: 'training/webapp', publishAll: true });
    engine.become(second);
    await eventually(async () => {
      const { body } = await t.http.get('/v1/engine');
      expect(body).toMatchObject({ reachable: true, version: second.version, apiVersion: spoken });
    });
    await change(name, { resources: { pids: 77 } });
    const after = await ready(name, (view) => view.status.observedGeneration === 2);
    expect(after.status.container).toMatchObject({ id: status.container?.id, startedAt: status.container?.startedAt });
    expect(engine.asked.at(-1)).toBe(spoken);
  });

  it('behind a connection that outlives it is noticed by its refusals, which condemn nothing', async () => {
    await playing(ENGINE_20);
    const name = unique('stays');
    const { status } = await declare({ name, image: 'training/webapp' });
    engine.plays = ENGINE_29;
    await change(name, { env: { PROVIDER: 'Berth' } });
    const after = await ready(name, (view) => view.status.observedGeneration === 2 && view.env['PROVIDER'] === 'Berth');
    expect(after.status.container?.id).not.toBe(status.container?.id);
    expect((await t.http.get('/v1/engine')).body).toMatchObject({ version: '29.0.0', apiVersion: '1.51' });
  });
});

describe('engine 29', () => {
  const WEBAPP = { image: 'training/webapp' };
  const docker = () => new Docker({ socketPath: new URL(engine.host).pathname, version: 'v1.52' });

  it('as it is played gives a linked container no variables, and an inspect no address but the networks’', async () => {
    await playing(ENGINE_29);
    const db = unique('db');
    await declare({ name: db, image: 'mysql', env: { MYSQL_ROOT_PASSWORD: 'x' } });
    const plain = await docker().createContainer({
      name: unique('plain'),
      Image: 'training/webapp',
      Env: ['OWN=1'],
      Labels: { [TEST_LABEL]: RUN },
      HostConfig: { Links: [`${db}:db`] },
    });
    await plain.start();
    const { NetworkSettings, Config } = await plain.inspect();
    expect(Object.keys(NetworkSettings).sort()).toEqual(['Networks', 'Ports', 'SandboxID', 'SandboxKey']);
    expect(NetworkSettings.Networks['bridge']?.IPAddress).toMatch(/^172\./);
    expect(Config.Env.filter((entry) => !entry.startsWith('PATH='))).toEqual(['OWN=1']);
    expect(await inside(plain.id, 'env')).not.toMatch(/^DB_/m);
    expect(await inside(plain.id, 'cat', '/etc/hosts')).toMatch(/\tdb /);
    const old = new Docker({ socketPath: new URL(engine.host).pathname, version: 'v1.41' });
    await expect(old.listContainers()).rejects.toThrow(
      'client version 1.41 is too old. Minimum supported API version is 1.44',
    );
  });

  it('sets no variables for links: Berth does, all of them, and follows the source', async () => {
    await playing(ENGINE_29);
    const [db, web] = [unique('db'), unique('web')];
    await declare({ name: db, image: 'mysql', env: { MYSQL_ROOT_PASSWORD: 'one' } });
    await declare({ name: web, ...WEBAPP, links: [`${db}:db`] });
    const linked = () =>
      eventually(async () => {
        const source = (await get(db)).status.container;
        expect(source?.names).toContain(`${web}/db`);
        const env = (await inside(web, 'env')).split('\n');
        const address = source?.ipAddress;
        expect(address).toMatch(/^172\./);
        expect(env).toContain(`DB_PORT=tcp://${address}:3306`);
        expect(env).toContain(`DB_PORT_33060_TCP_ADDR=${address}`);
        expect(env).toContain(`DB_NAME=/${web}/db`);
        expect(await inside(web, 'cat', '/etc/hosts')).toContain(`${address}\tdb `);
        return env;
      }, 60_000);
    expect(await linked()).toContain('DB_ENV_MYSQL_ROOT_PASSWORD=one');
    await change(db, { env: { MYSQL_ROOT_PASSWORD: 'two' } });
    await ready(db, (view) => view.status.observedGeneration === 2);
    await ready(web, (view) => condition(view, 'LinksResolved')?.status === 'True');
    expect(await linked()).toContain('DB_ENV_MYSQL_ROOT_PASSWORD=two');
    const { container } = (await ready(web)).status;
    t = await t.restart();
    expect((await ready(web)).status.container).toMatchObject({ id: container?.id, startedAt: container?.startedAt });
  });

  it('takes nothing away that nobody sets: env "none" and "address" bring no more than they say', async () => {
    await playing(ENGINE_29);
    const [db, none, some] = [unique('db'), unique('none'), unique('some')];
    await declare({ name: db, image: 'mysql', env: { MYSQL_ROOT_PASSWORD: 'x' } });
    await declare({ name: none, ...WEBAPP, links: [{ container: db, alias: 'db', env: 'none' }] });
    await declare({ name: some, ...WEBAPP, links: [{ container: db, alias: 'db', env: 'address' }] });
    expect(await inside(none, 'env')).not.toMatch(/^DB_/m);
    expect(await inside(some, 'env')).toMatch(/^DB_PORT_3306_TCP_PORT=3306$/m);
    expect(await inside(some, 'env')).not.toMatch(/^DB_ENV_/m);
  });

  it('takes containers over as they are, and tells of their changes by events in their present shape', async () => {
    await playing(ENGINE_29);
    const name = unique('taken');
    const plain = await docker().createContainer({
      name,
      Image: 'training/webapp',
      Labels: { [TEST_LABEL]: RUN },
      HostConfig: { PublishAllPorts: true, RestartPolicy: { Name: 'no' } },
    });
    await plain.start();
    const adopted = await t.http.post('/v1/adopt').send({ container: name });
    expect([adopted.status, adopted.body.lost]).toEqual([201, []]);
    const { status } = await ready(name);
    expect(status.container?.id).toBe(plain.id);
    await plain.kill();
    await eventually(async () => expect((await get(name)).status.container?.state).toBe('exited'));
  });
});
