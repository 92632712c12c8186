/** Definitions on several networks, and changes of them while their containers run. */

import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ContainerView } from '../../src/service/containers/views.js';
import { condition, declaring, unique } from './declaring.js';
import { docker, eventually, IS_PODMAN, inside, type TestBerth, testBerth } from './support.js';

let t: TestBerth;
beforeAll(async () => {
  t = await testBerth();
});
afterAll(() => t.stop());
const { declare, change, ready, get } = declaring(() => t);

const inspect = (name: string) => docker.getContainer(name).inspect();
const endpointsOf = async (name: string) => (await inspect(name)).NetworkSettings.Networks;
const runOf = async (name: string): Promise<readonly [string, string]> => {
  const { Id, State } = await inspect(name);
  return [Id, State.StartedAt];
};
/** The interface of the default route, by the kernel's table, and the networks by the interface. */
async function routeOf(name: string): Promise<string | undefined> {
  const gateway = /default via (\S+)/.exec(await inside(name, 'ip', 'route'))?.[1];
  return Object.entries(await endpointsOf(name)).find(([, { Gateway }]) => Gateway === gateway)?.[0];
}
const service = (name: string, networks: readonly object[], more: object = {}) => ({
  ...{ name, image: 'training/webapp', stopTimeoutSeconds: 1, networks, ...more },
});
const addressOn = ({ status }: ContainerView, network: string) =>
  status.addresses.find((one) => one.network === network)?.address;

it.skipIf(IS_PODMAN)('a definition is on several networks, with its addresses and aliases on each', async () => {
  const [name, other] = [unique('web'), unique('other')];
  const [front, back] = [unique('a-front'), unique('b-back')];
  await t.http.put(`/v1/networks/${back}`).send({ subnet: '10.77.30.0/24' }).expect(201);
  const networks = [
    { name: front, aliases: ['shop'] },
    { name: back, aliases: ['store'], ipv4Address: '10.77.30.9' },
  ];
  const view = await declare(service(name, networks));
  expect(view).toMatchObject({ networks });
  expect(view).not.toHaveProperty('network');
  const endpoints = await endpointsOf(name);
  expect(Object.keys(endpoints).sort()).toEqual([front, back].sort());
  expect(endpoints[front]?.IPAddress).toBe(addressOn(view, front));
  expect(endpoints[back]?.IPAddress).toBe('10.77.30.9');
  expect(view.status.addresses).toContainEqual({ network: back, address: '10.77.30.9', origin: 'fixed' });
  expect(await routeOf(name)).toBe(front);
  expect(condition(view, 'DefaultRoute')).toMatchObject({ status: 'True', reason: 'FirstNetwork' });
  await declare({ name: other, image: 'training/webapp', network: back, links: [name], stopTimeoutSeconds: 1 });
  for (const host of [name, 'store']) {
    expect(await inside(other, 'wget', '-q', '-O', '-', `http://${host}:5000/`)).toContain('Hello world!');
  }
  expect(await inside(other, 'cat', '/etc/hosts')).toContain(`10.77.30.9\t${name}`);
  await change(name, { env: { ROUND: '2' } });
  const again = await ready(name, ({ status }) => status.observedGeneration === 2);
  expect(again.status.addresses).toEqual(view.status.addresses);
  expect((await endpointsOf(name))[back]?.IPAddress).toBe('10.77.30.9');
});

it.skipIf(IS_PODMAN)('networks are connected and disconnected while the container runs', async () => {
  const [name, peer] = [unique('web'), unique('peer')];
  const [front, back, third] = [unique('a-front'), unique('b-back'), unique('c-third')];
  await declare({ name, image: 'training/webapp', network: front, stopTimeoutSeconds: 1 });
  await declare({ name: peer, image: 'training/webapp', network: back, stopTimeoutSeconds: 1 });
  const run = await runOf(name);
  const patch = { networks: [{ name: front }, { name: back, aliases: ['shop'] }, { name: third }] };
  const planned = (await t.http.patch(`/v1/containers/${name}?dryRun=true`).send(patch).expect(200)).body.plan;
  expect(planned.actions.map((one: { action: string }) => one.action)).toEqual(
    expect.arrayContaining(['connect', 'connect']),
  );
  expect(planned.actions.map((one: { action: string }) => one.action)).not.toContain('create');
  expect(planned.interrupted).toEqual([]);
  await t.http.patch(`/v1/containers/${name}?wait=30`).send(patch).expect(200);
  await ready(name);
  expect(Object.keys(await endpointsOf(name)).sort()).toEqual([front, back, third].sort());
  expect(await inside(peer, 'wget', '-q', '-O', '-', 'http://shop:5000/')).toContain('Hello world!');
  expect(await runOf(name)).toEqual(run);
  const fewer = { networks: [{ name: front }, { name: back, aliases: ['mall'] }] };
  const { plan } = (await t.http.patch(`/v1/containers/${name}?dryRun=true`).send(fewer).expect(200)).body;
  expect(plan.interrupted).toEqual([{ container: name, reason: expect.stringContaining('open connections') }]);
  await t.http.patch(`/v1/containers/${name}?wait=30`).send(fewer).expect(200);
  await ready(name);
  expect(Object.keys(await endpointsOf(name)).sort()).toEqual([front, back].sort());
  expect(await inside(peer, 'wget', '-q', '-O', '-', 'http://mall:5000/')).toContain('Hello world!');
  expect(await runOf(name)).toEqual(run);
  await eventually(async () => expect((await t.http.get(`/v1/networks/${third}`)).status).toBe(404));
  await t.http.delete(`/v1/containers/${peer}?wait=30`).expect(200);
  await t.http.delete(`/v1/containers/${name}?wait=30`).expect(200);
  for (const one of [front, back]) {
    await eventually(async () => expect((await t.http.get(`/v1/networks/${one}`)).status).toBe(404));
  }
});

it.skipIf(IS_PODMAN)('the default route is where the engine puts it, and a condition says so', async () => {
  const name = unique('web');
  const [late, early] = [unique('z-late'), unique('a-early')];
  const view = await declare(service(name, [{ name: late }, { name: early }]));
  const has = await routeOf(name);
  const isChosen = has !== late;
  expect(condition(view, 'DefaultRoute')).toMatchObject({
    status: isChosen ? 'False' : 'True',
    reason: isChosen ? 'ChosenByEngine' : 'FirstNetwork',
  });
  if (isChosen) expect(condition(view, 'DefaultRoute')?.message).toContain(`${early} has the default route`);
});

it.skipIf(IS_PODMAN)('a link uses the first network that both are on, with its lines and variables', async () => {
  const [db, web] = [unique('db'), unique('web')];
  const [one, two, three] = [unique('n1'), unique('n2'), unique('n3')];
  const source = await declare(service(db, [{ name: three }, { name: two }]));
  await declare(service(web, [{ name: one }, { name: two }, { name: three }], { links: [`${db}:store`] }));
  const address = addressOn(source, two);
  expect(await inside(web, 'sh', '-c', 'echo $STORE_PORT_5000_TCP_ADDR')).toContain(address);
  expect(await inside(web, 'cat', '/etc/hosts')).toContain(`${address}\tstore`);
  expect((await get(web)).status.links).toMatchObject([{ alias: 'store', address }]);
  const alone = await t.http.put(`/v1/containers/${web}`).send(service(web, [{ name: one }], { links: [db] }));
  expect(alone.body).toMatchObject({ code: 'invalid-definition' });
  expect(alone.body.detail).toContain(`add ${three} to the networks of ${web}`);
});

it.skipIf(IS_PODMAN)(
  'a container that is disconnected from outside is connected again, without a replacement',
  async () => {
    const [name, peer] = [unique('web'), unique('peer')];
    const [front, back] = [unique('a-front'), unique('b-back')];
    const ports = { ports: ['5000'] };
    const view = await declare(service(name, [{ name: front, aliases: ['shop'] }, { name: back }], ports));
    await declare({ name: peer, image: 'training/webapp', network: front, links: [name], stopTimeoutSeconds: 1 });
    const [run, peerRun] = [await runOf(name), await runOf(peer)];
    for (const network of [front, back]) {
      await docker.getNetwork(network).disconnect({ Container: name });
      await eventually(async () => {
        const endpoint = (await endpointsOf(name))[network];
        expect(endpoint?.IPAddress).toBe(addressOn(view, network));
      });
    }
    await ready(name);
    for (const host of [name, 'shop']) {
      expect(await inside(peer, 'wget', '-q', '-O', '-', `http://${host}:5000/`)).toContain('Hello world!');
    }
    expect(await routeOf(name)).toBe(front);
    expect((await get(name)).status.ports).toEqual(view.status.ports);
    expect(condition(await get(name), 'PortsBound')?.status).toBe('True');
    await ready(peer);
    expect([await runOf(name), await runOf(peer)]).toEqual([run, peerRun]);
  },
);

it.skipIf(IS_PODMAN)(
  'networks that somebody connected are named before they are dropped, and kept on request',
  async () => {
    const [name, network] = [unique('web'), unique('net')];
    const extra = await docker.createNetwork({ Name: unique('extra') });
    const { Name: extraName } = await extra.inspect();
    try {
      await declare({ name, image: 'training/webapp', network, stopTimeoutSeconds: 1 });
      await extra.connect({ Container: name, EndpointConfig: { Aliases: ['byhand'] } });
      await eventually(async () => {
        const found = condition(await get(name), 'NetworksKept');
        expect(found).toMatchObject({ status: 'False', reason: 'AttachedOutside' });
        expect(found?.message).toContain(extraName);
      });
      const env = { env: { ROUND: '2' } };
      const { plan } = (await t.http.patch(`/v1/containers/${name}?dryRun=true`).send(env).expect(200)).body;
      const made = plan.actions.find((one: { action: string }) => one.action === 'create');
      expect(made.reason).toContain(`drops ${extraName}`);
      const run = await runOf(name);
      await change(name, { keepNetworks: true });
      await eventually(async () => expect(condition(await get(name), 'NetworksKept')?.reason).toBe('Kept'));
      expect(await runOf(name)).toEqual(run);
      await change(name, env);
      await ready(name, ({ status }) => status.observedGeneration === 3);
      expect((await endpointsOf(name))[extraName]?.Aliases).toContain('byhand');
      await change(name, { env: { ROUND: '3' }, keepNetworks: false });
      const last = await ready(name, ({ status }) => status.observedGeneration === 4);
      expect(Object.keys(await endpointsOf(name))).toEqual([network]);
      expect(condition(last, 'NetworksKept')).toBeUndefined();
    } finally {
      await t.http.delete(`/v1/containers/${name}?wait=30`);
      await extra.remove();
    }
  },
);
