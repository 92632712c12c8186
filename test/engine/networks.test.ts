/** User-defined networks: made once, removed with their last container, and names for all that are on them. */

import { afterAll, beforeAll, expect, it } from 'vitest';
import { declaring, unique } from './declaring.js';
import { docker, eventually, IS_PODMAN, inside, type TestBerth, testBerth } from './support.js';

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

it.skipIf(IS_PODMAN)('a write of a network with wait answers when the engine has made it, or removed it', async () => {
  const network = unique('net');
  const there = async () => (await docker.listNetworks({ filters: { name: [network] } })).length;
  const path = `/v1/networks/${network}?wait=60`;
  const made = await t.http.put(path).send({}).expect(201);
  expect(made.body.status.conditions[0]).toMatchObject({ type: 'Ready', status: 'True' });
  expect([made.body.status.id, await there()]).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/), 1]);
  const changed = await t.http.put(path).send({ internal: true }).expect(200);
  expect((await docker.getNetwork(changed.body.status.id).inspect()).Internal).toBe(true);
  await t.http.delete(path).expect(200);
  expect(await there()).toBe(0);
  await t.http.put(path).send({}).expect(201);
  await t.http.delete(`/v1/networks/${network}`).expect(202);
  expect((await t.http.put(path).send({}).expect(201)).body.generation).toBe(1);
  await t.http.delete(path).expect(200);
});
