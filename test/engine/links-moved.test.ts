/** Links without the engine's own: definitions on the default bridge run on a network of Berth's where an engine has none. */

import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ContainerView } from '../../src/service/containers/views.js';
import type { EventView } from '../../src/service/events.js';
import { condition, declaring, unique } from './declaring.js';
import { ENGINE_29, ENGINE_29_6, ENGINE_30, type Played, PlayedEngine } from './played-engine.js';
import {
  docker,
  ENGINE_HOST,
  eventually,
  inside,
  RUN,
  sweep,
  TEST_LABEL,
  type TestBerth,
  testBerth,
} from './support.js';

const NETWORK = 'berth-links';

let engine: PlayedEngine;
let t: TestBerth;
beforeEach(async () => {
  engine = await new PlayedEngine(ENGINE_HOST, ENGINE_29).listen();
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

const DB = { image: 'mysql', env: { MYSQL_ROOT_PASSWORD: 'one' } };
const WEB = { image: 'training/webapp' };

/** Waits until a recipient has a source's name, line and variables, and reaches it. */
const linked = (web: string, db: string, alias: string): Promise<readonly [ContainerView, ContainerView]> =>
  eventually(async () => {
    const [recipient, source] = [await get(web), await get(db)];
    expect([recipient.status.ready, source.status.ready]).toEqual([true, true]);
    expect(condition(recipient, 'LinksResolved')).toMatchObject({ status: 'True' });
    const address = source.status.container?.ipAddress;
    const hostname = source.status.container?.id.slice(0, 12);
    expect(source.status.container?.names).toEqual([db, `${web}/${alias}`]);
    const prefix = alias.toUpperCase();
    const env = (await inside(web, 'env')).split('\n');
    expect(env).toContain(`${prefix}_PORT=tcp://${address}:3306`);
    expect(env).toContain(`${prefix}_NAME=/${web}/${alias}`);
    expect(env).toContain(`${prefix}_ENV_MYSQL_ROOT_PASSWORD=${source.env['MYSQL_ROOT_PASSWORD']}`);
    expect(await inside(web, 'cat', '/etc/hosts')).toContain(`${address}\t${alias} ${hostname} ${db}\n`);
    expect(await inside(web, 'nc', alias, '3306')).not.toBe('');
    return [recipient, source];
  });

/** The starts and creations that the event log has of a definition. */
async function stepsOf(name: string, ...reasons: readonly string[]): Promise<readonly string[]> {
  const { body } = await t.http.get(`/v1/events?container=${name}&type=Step&limit=500`).expect(200);
  return body.items.map(({ reason }: EventView) => reason).filter((reason: string) => reasons.includes(reason));
}

describe('an engine without links on the default bridge', () => {
  it('runs linked definitions on a network of their own, with the same names, lines and variables', async () => {
    await playing(ENGINE_30);
    const [db, web] = [unique('db'), unique('web')];
    await declare({ name: db, ...DB });
    expect((await get(db)).status.runsOn).toBeUndefined();
    await declare({ name: web, ...WEB, links: [`${db}:db`] });
    const [recipient, source] = await linked(web, db, 'db');
    for (const view of [recipient, source]) {
      expect(view).toMatchObject({ network: 'bridge', generation: 1, status: { runsOn: NETWORK } });
      expect(condition(view, 'LinksDeprecated')).toBeUndefined();
    }
    expect(await stepsOf(web, 'Create')).toEqual(['Create']);
  });

  it('moves a source for its first recipient, keeps it there, and removes the network with the last definition', async () => {
    await playing(ENGINE_30);
    const [db, web] = [unique('db'), unique('web')];
    const before = await declare({ name: db, ...DB });
    const { body: preview } = await t.http
      .post('/v1/containers?dryRun=true')
      .send({ name: web, ...WEB, links: [`${db}:db`] })
      .expect(200);
    const steps = preview.status === undefined ? [] : preview.plan.actions;
    const shown = steps.map(({ container, action }: { container: string; action: string }) => `${action} ${container}`);
    expect(shown).toEqual([
      ...[`create-network ${db}`, `stop ${db}`, `rename ${db}`, `create ${db}`, `start ${db}`, `remove ${db}`],
      ...[`create ${web}`, `start ${web}`],
    ]);
    expect(preview.plan.interrupted).toEqual([
      {
        container: db,
        reason: `moves from the default bridge to the network ${NETWORK} with the containers that link to it`,
      },
    ]);
    expect((await get(db)).status.container?.id).toBe(before.status.container?.id);

    await declare({ name: web, ...WEB, links: [`${db}:db`] });
    const [, source] = await linked(web, db, 'db');
    await change(web, { links: [] });
    await ready(web, (view) => view.status.observedGeneration === 2);
    await eventually(async () => expect((await get(db)).status.container?.names).toEqual([db]));
    expect((await get(db)).status).toMatchObject({ runsOn: NETWORK, container: { id: source.status.container?.id } });
    for (const name of [web, db]) {
      await t.http.delete(`/v1/containers/${name}`).expect(202);
      await eventually(() => t.http.get(`/v1/containers/${name}`).expect(404));
    }
    expect(await docker.listNetworks({ filters: { name: [NETWORK] } })).toEqual([]);
  });
});

describe('an upgrade to an engine without links on the default bridge', () => {
  const PAIRS = 5;

  it('moves five linked pairs: sources first, and each recipient once', async () => {
    await playing(ENGINE_29_6);
    const pairs = Array.from({ length: PAIRS }, () => [unique('db'), unique('web')] as const);
    const all = pairs.flat();
    for (const [db, web] of pairs) {
      await declare({ name: db, ...DB });
      await declare({ name: web, ...WEB, publishAll: true, links: [`${db}:db`] });
    }
    for (const [db, web] of pairs) {
      const [recipient] = await linked(web, db, 'db');
      expect(recipient.status.runsOn).toBeUndefined();
      expect(condition(recipient, 'LinksDeprecated')).toMatchObject({ status: 'True', reason: 'EngineRemovesLinks' });
      expect(condition(await get(db), 'LinksDeprecated')).toBeUndefined();
    }
    const before = new Map(await Promise.all(all.map(async (name) => [name, await get(name)] as const)));
    engine.become(ENGINE_30);
    await Promise.all(
      pairs.map(async ([db, web]) => {
        await ready(web, (view) => view.status.runsOn === NETWORK);
        await linked(web, db, 'db');
      }),
    );
    for (const name of all) {
      const view = await get(name);
      expect(view).toMatchObject({ network: 'bridge', generation: 1, status: { runsOn: NETWORK } });
      expect(view.status.ports).toEqual(before.get(name)?.status.ports);
      expect(condition(view, 'LinksDeprecated')).toBeUndefined();
      expect(await stepsOf(name, 'Create', 'Start', 'Restart')).toEqual(['Create', 'Start', 'Create', 'Start']);
    }
    t = await t.restart();
    for (const [db, web] of pairs) {
      await linked(web, db, 'db');
      expect(await stepsOf(web, 'Create')).toHaveLength(2);
    }
  });

  it('moves a chain of links in its order, once each', async () => {
    await playing(ENGINE_29);
    const [db, api, web] = [unique('db'), unique('api'), unique('web')];
    await declare({ name: db, ...DB });
    await declare({ name: api, ...DB, links: [`${db}:db`] });
    await declare({ name: web, ...WEB, links: [`${api}:api`] });
    await linked(web, api, 'api');
    engine.become(ENGINE_30);
    await ready(web, (view) => view.status.runsOn === NETWORK);
    await linked(api, db, 'db');
    await linked(web, api, 'api');
    for (const name of [db, api, web]) expect(await stepsOf(name, 'Create')).toHaveLength(2);
  });

  it('is recognised by the refusal where the version does not tell, for good', async () => {
    const unversioned = { ...ENGINE_30, version: 'dev' };
    await playing(ENGINE_29);
    const [db, web] = [unique('db'), unique('web')];
    await declare({ name: db, ...DB });
    await declare({ name: web, ...WEB, links: [`${db}:db`] });
    await linked(web, db, 'db');
    engine.become(unversioned);
    await change(web, { env: { PROVIDER: 'Berth' } });
    await ready(web, (view) => view.status.runsOn === NETWORK && view.status.observedGeneration === 2);
    await linked(web, db, 'db');
    const { body } = await t.http.get('/v1/events?type=LinksMoved').expect(200);
    expect(body.items).toMatchObject([{ reason: 'EngineRefused', by: 'berth' }]);
    const ids = [(await get(db)).status.container?.id, (await get(web)).status.container?.id];
    t = await t.restart();
    await linked(web, db, 'db');
    expect([(await get(db)).status.container?.id, (await get(web)).status.container?.id]).toEqual(ids);
  });
});
