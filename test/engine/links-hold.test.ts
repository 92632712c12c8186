/** Whatever happens to a source, its recipients' variables, hosts and reachability are right again by themselves. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ContainerView } from '../../src/service/containers/views.js';
import { declaring, unique } from './declaring.js';
import { docker, eventually, IS_PODMAN, inside, RUN, sweep, TEST_LABEL, type TestBerth, testBerth } from './support.js';

let t: TestBerth;
beforeAll(async () => {
  t = await testBerth();
});
afterAll(async () => {
  await t.stop();
  await sweep(`${TEST_LABEL}=${RUN}`);
});
const { get, declare, change, ready } = declaring(() => t);

/** Without one the image ends at once, as MySQL's does. */
const PASSWORD = { MYSQL_ROOT_PASSWORD: 'old' };

/** Everything that a link promises, seen from inside the recipient: its first process, its hosts, the source itself. */
async function linkHolds(recipient: string, source: string): Promise<ContainerView> {
  return eventually(async () => {
    const view = await get(recipient);
    expect(view.status.ready, JSON.stringify(view.status)).toBe(true);
    const { container } = (await get(source)).status;
    expect(container?.names).toContain(`${recipient}/db`);
    const variables = (await inside(recipient, 'cat', '/proc/1/environ')).split('\0');
    expect(variables).toContain(`DB_PORT_3306_TCP_ADDR=${container?.ipAddress}`);
    expect(await inside(recipient, 'cat', '/etc/hosts')).toMatch(new RegExp(`^${container?.ipAddress}\\s+db\\b`, 'm'));
    expect(await inside(recipient, 'nc', 'db', '3306')).toContain('hello');
    return view;
  }, 60_000);
}

/** A source and a recipient that links to it as `db`. */
async function pair(options: object = {}): Promise<{ readonly db: string; readonly web: string }> {
  const [db, web] = [unique('db'), unique('web')];
  await declare({ name: db, image: 'mysql', env: PASSWORD });
  await declare({ name: web, image: 'training/webapp', links: [`${db}:db`], ...options });
  return { db, web };
}

/** How often containers of this definition have been started since. */
async function starts(name: string, since: number): Promise<number> {
  const until = Math.ceil(Date.now() / 1000) + 1;
  const stream = await docker.getEvents({ since, until, filters: { type: ['container'], event: ['start'] } });
  let text = '';
  for await (const chunk of stream) text += chunk.toString();
  const lines = text.split('\n').filter((line) => line !== '');
  return lines.filter((line) => JSON.parse(line).Actor.Attributes['io.berth.name'] === name).length;
}

const nextSecond = async (): Promise<number> => {
  const since = Math.floor(Date.now() / 1000) + 1;
  await eventually(() => expect(Date.now() / 1000).toBeGreaterThan(since));
  return since;
};

/** Takes the address that a stopped container had, so that it comes back with another. */
async function occupyAddress(): Promise<void> {
  const container = await docker.createContainer({ Image: 'training/webapp', Labels: { [TEST_LABEL]: RUN } });
  await container.start();
}

describe.skipIf(IS_PODMAN)('a link holds when its source', () => {
  it('is replaced: one start of the recipient', async () => {
    const { db, web } = await pair();
    await linkHolds(web, db);
    const since = await nextSecond();
    await change(db, { env: { MYSQL_ROOT_PASSWORD: 'new' } });
    await ready(db, (view) => view.status.observedGeneration === 2);
    await linkHolds(web, db);
    expect(await inside(web, 'env')).toContain('DB_ENV_MYSQL_ROOT_PASSWORD=new');
    expect(await starts(web, since)).toBe(1);
  });

  it('is removed and declared again: one start of the recipient', async () => {
    const { db, web } = await pair();
    const first = await linkHolds(web, db);
    const since = await nextSecond();
    await t.http.delete(`/v1/containers/${db}?force=true&wait=60`).expect(200);
    const alone = await eventually(async () => {
      const view = await get(web);
      expect(view.status.conditions.find((one) => one.type === 'LinksResolved')?.reason).toBe('SourceMissing');
      return view;
    });
    expect(alone.status.container).toMatchObject({ id: first.status.container?.id, state: 'running' });
    await declare({ name: db, image: 'mysql', env: PASSWORD });
    await linkHolds(web, db);
    expect(await starts(web, since)).toBe(1);
  });

  it('is stopped for a while, and comes back at another address: one start of the recipient', async () => {
    const { db, web } = await pair();
    await linkHolds(web, db);
    const since = await nextSecond();
    const address = (await get(db)).status.container?.ipAddress;
    await t.http.post(`/v1/containers/${db}/stop?wait=60`).expect(200);
    await occupyAddress();
    await occupyAddress();
    await t.http.post(`/v1/containers/${db}/start?wait=60`).expect(200);
    expect((await ready(db)).status.container?.ipAddress).not.toBe(address);
    await linkHolds(web, db);
    expect(await starts(web, since)).toBe(1);
  });

  it('is killed and renamed from outside: no start of the recipient but for another address', async () => {
    const { db, web } = await pair();
    await linkHolds(web, db);
    const killed = await nextSecond();
    const address = (await get(db)).status.container?.ipAddress;
    const startedAt = (await get(db)).status.container?.startedAt;
    await docker.getContainer(db).kill();
    const again = await ready(db, (view) => view.status.container?.startedAt !== startedAt);
    await linkHolds(web, db);
    expect(await starts(web, killed)).toBe(again.status.container?.ipAddress === address ? 0 : 1);
    const renamed = await nextSecond();
    await docker.getContainer(db).rename({ name: `${db}-elsewhere` });
    await eventually(async () => expect((await get(db)).status.container?.names[0]).toBe(db));
    await linkHolds(web, db);
    expect(await starts(web, renamed)).toBe(0);
  });
});

it.skipIf(IS_PODMAN)('a chain follows in order, and each of it starts once', async () => {
  const [a, b, c] = [unique('a'), unique('b'), unique('c')];
  await declare({ name: a, image: 'mysql', env: PASSWORD });
  await declare({ name: b, image: 'mysql', env: PASSWORD, links: [`${a}:db`] });
  await declare({ name: c, image: 'training/webapp', links: [`${b}:db`] });
  await linkHolds(c, b);
  const since = await nextSecond();
  await change(a, { env: { MYSQL_ROOT_PASSWORD: 'new' } });
  await ready(a, (view) => view.status.observedGeneration === 2);
  await linkHolds(b, a);
  await linkHolds(c, b);
  expect([await starts(a, since), await starts(b, since), await starts(c, since)]).toEqual([1, 1, 1]);
  const startedAt = async (name: string) => Date.parse((await get(name)).status.container?.startedAt ?? '');
  expect(await startedAt(a)).toBeLessThan(await startedAt(b));
  expect(await startedAt(b)).toBeLessThan(await startedAt(c));
});

it.skipIf(IS_PODMAN)('onLinkChange: ignore leaves the recipient as it is', async () => {
  const { db, web } = await pair({ onLinkChange: 'ignore' });
  const first = await get(web);
  await change(db, { env: { MYSQL_ROOT_PASSWORD: 'new' } });
  await ready(db, (view) => view.status.observedGeneration === 2);
  const stale = await eventually(async () => {
    const view = await get(web);
    expect(view.status.conditions.find((one) => one.type === 'LinksResolved')?.reason).toBe('Stale');
    return view;
  });
  expect(stale.status.container).toMatchObject({
    id: first.status.container?.id,
    startedAt: first.status.container?.startedAt,
  });
});
