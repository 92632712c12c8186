/** User-defined networks: made once, removed with their last container, and names for all that are on them. */

import { afterAll, beforeAll, expect, it } from 'vitest';
import { declaring, unique } from './declaring.js';
import { docker, eventually, inside, type TestBerth, testBerth } from './support.js';

let t: TestBerth;
beforeAll(async () => {
  t = await testBerth();
});
afterAll(() => t.stop());
const { declare, change, ready } = declaring(() => t);

it('an alias on a network leads to its container, and to the one that replaces it', async () => {
  const [network, alias] = [unique('net'), unique('store')];
  const names = { networkAliases: [alias, 'Other.Name'], stopTimeoutSeconds: 1 };
  const source = await declare({ name: unique('db'), image: 'training/postgres', network, ...names });
  const other = await declare({ name: unique('web'), image: 'training/webapp', network });
  const address = (name: string) => inside(other.name, 'ping', '-c', '1', name);
  expect(await address(alias)).toContain(`(${source.status.container?.ipAddress})`);
  expect(await address('other.name')).toContain(`(${source.status.container?.ipAddress})`);

  await change(source.name, { env: { CHANGED: 'yes' } });
  const replaced = await ready(source.name, (view) => view.status.observedGeneration === 2);
  await eventually(async () => expect(await address(alias)).toContain(`(${replaced.status.container?.ipAddress})`));
});

it('eight containers of a network that is not there yet are on one of that name, which goes with the last of them', async () => {
  const [set, network] = [unique('set'), unique('net')];
  const containers = Array.from({ length: 8 }, (_, index) => ({
    ...{ name: `${set}-${index}`, image: 'training/webapp', network, stopTimeoutSeconds: 1 },
  }));
  const named = async () => (await docker.listNetworks({ filters: { name: [network] } })).length;
  const answer = await t.http.post('/v1/apply?wait=120').send({ set, containers });
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  expect(await named()).toBe(1);
  await t.http.post('/v1/apply?wait=120').send({ set, prune: true, containers: [] }).expect(200);
  expect(await named()).toBe(0);
});
