/** What a dry run says of one container is what is then done, to it and to what links to it. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ContainerView } from '../../src/service/containers/views.js';
import type { PlannedAction } from '../../src/service/core/plan-view.js';
import { declaring, unique } from './declaring.js';
import { Registry } from './faults/registry.js';
import { docker, eventually, IS_PODMAN, type TestBerth, testBerth } from './support.js';

let registry: Registry;
let t: TestBerth;
beforeAll(async () => {
  registry = await new Registry().listen();
  t = await testBerth({ policy: { images: { registries: ['any', registry.host] } } });
});
afterAll(async () => {
  await t.stop();
  await registry.close();
});
const { declare, ready } = declaring(() => t);

const marks = unique('marks');
const PASSWORD = { MYSQL_ROOT_PASSWORD: 'old' };

/** The steps on the engine that were recorded for these containers after an event, as a plan names them. */
async function stepsSince(after: number, names: readonly string[]): Promise<readonly string[]> {
  const { items } = (await t.http.get(`/v1/events?limit=500&type=Step&after=${after}`)).body;
  return items
    .filter(({ container }: { container: string }) => names.includes(container))
    .map(({ container, reason }: { container: string; reason: string }) => {
      const action = reason.replace(/(?<=.)[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
      return `${container} ${action}`;
    });
}

/** Makes one more container and waits until that is recorded: so is then whatever was done before. @returns its event */
async function recorded(): Promise<number> {
  const name = unique('mark');
  // On a network of its own, so that it takes no address that a container that is down is to have again.
  await declare({ name, image: 'training/webapp', network: marks });
  return eventually(async () => {
    const { items } = (await t.http.get(`/v1/events?container=${name}&type=Step`)).body;
    expect(items.map(({ reason }: { reason: string }) => reason)).toContain('Start');
    return items.at(-1).id;
  });
}

/** Plans a request, sends it, waits until what it is about and the recipient are ready, and sees that the plan was kept. */
async function asPlanned(
  names: readonly string[],
  send: (query: string) => Promise<{ readonly status: number; readonly body: ContainerView }>,
): Promise<readonly PlannedAction[]> {
  const dry = await send('?dryRun=true');
  expect(dry.status, JSON.stringify(dry.body)).toBe(200);
  const planned = dry.body.plan?.actions ?? [];
  const before = await recorded();
  expect((await send('?wait=60')).status).toBe(200);
  for (const name of names) await ready(name);
  await recorded();
  expect(await stepsSince(before, names)).toEqual(planned.map(({ container, action }) => `${container} ${action}`));
  return planned;
}

const post = (path: string) => (query: string) => t.http.post(`${path}${query}`);
const kinds = (planned: readonly PlannedAction[]) => planned.map(({ container, action }) => `${container} ${action}`);

describe.skipIf(IS_PODMAN)('the plan', () => {
  it('of a restart of a source, and of its start after a stop, is what is done', async () => {
    const [db, web] = [unique('db'), unique('web')];
    await declare({ name: db, image: 'mysql', env: PASSWORD });
    await declare({ name: web, image: 'training/webapp', links: [`${db}:db`] });
    const restart = await asPlanned([db, web], post(`/v1/containers/${db}/restart`));
    expect(kinds(restart)).toEqual([`${db} restart`]);
    expect(restart[0]?.reason).toContain(`if the engine gives it another address, ${web} is replaced`);
    await t.http.post(`/v1/containers/${db}/stop?wait=60`).expect(200);
    const start = await asPlanned([db, web], post(`/v1/containers/${db}/start`));
    expect(kinds(start)).toEqual([`${db} start`]);
  });

  it('of a change of a source on a network of ours, where the recipient finds it by its name, is what is done', async () => {
    const [db, web, network] = [unique('db'), unique('web'), unique('net')];
    const body = { name: db, image: 'mysql', env: PASSWORD, network };
    await declare(body);
    const links = [{ container: db, alias: 'db', env: 'address' }];
    await declare({ name: web, image: 'training/webapp', network, links });
    const change = (query: string) =>
      t.http.put(`/v1/containers/${db}${query}`).send({ ...body, env: { MYSQL_ROOT_PASSWORD: 'new' } });
    const planned = await asPlanned([db, web], change);
    expect(planned.map(({ container }) => container)).not.toContain(web);
  });

  it('of a change with publishAll and pullPolicy always is what is done', async () => {
    const [name, image] = [unique('all'), registry.reference('berth-test/all:1')];
    try {
      await registry.put('berth-test/all:1', 'training/webapp', 'first');
      const body = { name, image, publishAll: true, pullPolicy: 'always' };
      const { status } = await declare(body);
      expect(status.ports).not.toEqual([]);
      const change = (query: string) =>
        t.http.put(`/v1/containers/${name}${query}`).send({ ...body, env: { PROVIDER: 'new' } });
      const planned = await asPlanned([name], change);
      expect(kinds(planned).slice(0, 2)).toEqual([`${name} pull-image`, `${name} stop`]);
      expect((await ready(name)).status.ports).toEqual(status.ports);
    } finally {
      await t.http.delete(`/v1/containers/${name}?wait=60`);
      await docker.getImage(image).remove({ force: true });
    }
  });
});
