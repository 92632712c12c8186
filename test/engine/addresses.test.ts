/** Networks as a resource, and addresses that stay on them. */

import { afterAll, beforeAll, expect, it } from 'vitest';
import { condition, declaring, unique } from './declaring.js';
import { docker, eventually, IS_PODMAN, inside, type TestBerth, testBerth } from './support.js';

let t: TestBerth;
beforeAll(async () => {
  t = await testBerth();
});
afterAll(() => t.stop());
const { declare, change, ready, get } = declaring(() => t);

const put = (name: string, body: object, query = '') => t.http.put(`/v1/networks/${name}${query}`).send(body);
const networkOf = async (name: string) => (await t.http.get(`/v1/networks/${name}`)).body;
const onEngine = async (name: string) => {
  const [found] = (await docker.listNetworks({ filters: { name: [name] } })).filter(({ Name }) => Name === name);
  return found;
};
const isReady = (name: string) =>
  eventually(async () => {
    const network = await networkOf(name);
    expect(network.status.conditions[0], JSON.stringify(network)).toMatchObject({ type: 'Ready', status: 'True' });
    return network;
  });
const startedAt = async (name: string): Promise<string> => (await docker.getContainer(name).inspect()).State.StartedAt;

it.skipIf(IS_PODMAN)(
  'a recipient keeps running, with true names and variables, while its source is replaced twenty times',
  async () => {
    const network = unique('net');
    const [db, web] = [unique('db'), unique('web')];
    await declare({ name: db, image: 'training/webapp', network, stopTimeoutSeconds: 1 });
    await declare({ name: web, image: 'training/webapp', network, links: [`${db}:store`], stopTimeoutSeconds: 1 });
    const began = await startedAt(web);
    const [address] = (await get(db)).status.addresses.map((one) => one.address);
    const hosts = await inside(web, 'cat', '/etc/hosts');
    expect(hosts.split('\n').filter((line) => /\bstore$/.test(line))).toEqual([`${address}\tstore`]);
    for (let round = 1; round <= 20; round++) {
      await change(db, { env: {}, labels: { round: String(round) } });
      const replaced = await ready(db, (view) => view.status.observedGeneration === round + 1);
      expect(replaced.status.container?.ipAddress).toBe(address);
      expect(await inside(web, 'wget', '-q', '-O', '-', 'http://store:5000/')).toContain('Hello world!');
      expect(await inside(web, 'sh', '-c', 'echo $STORE_PORT_5000_TCP_ADDR')).toContain(address);
    }
    expect([await startedAt(web), (await docker.getContainer(web).inspect()).RestartCount]).toEqual([began, 0]);
    await eventually(async () => expect((await ready(web)).status.links).toMatchObject([{ alias: 'store', address }]));
  },
);

it.skipIf(IS_PODMAN)(
  'an address stays over stop, start, restart and crash, is in the ledger, and goes with its definition',
  async () => {
    const network = unique('net');
    const name = unique('web');
    const view = await declare({ name, image: 'training/webapp', network, stopTimeoutSeconds: 1 });
    const [reserved] = view.status.addresses;
    const address = reserved?.address ?? '';
    const isSame = async () => expect((await ready(name)).status.container?.ipAddress).toBe(address);
    await t.http.post(`/v1/containers/${name}/stop?wait=30`).expect(200);
    await t.http.post(`/v1/containers/${name}/start?wait=30`).expect(200);
    await isSame();
    await t.http.post(`/v1/containers/${name}/restart?wait=30`).expect(200);
    await isSame();
    await docker.getContainer(name).kill();
    await isSame();
    const ledger = await t.http.get(`/v1/addresses?network=${network}`).expect(200);
    expect(ledger.body.items).toEqual([
      { host: 'local', network, address, container: name, origin: 'assigned', inUse: true },
    ]);
    await t.http.delete(`/v1/containers/${name}?wait=30`).expect(200);
    expect((await t.http.get(`/v1/addresses?network=${network}`)).body.items).toEqual([]);
    await eventually(async () => expect((await t.http.get(`/v1/networks/${network}`)).status).toBe(404));
  },
);

it.skipIf(IS_PODMAN)('a rollback takes the address back', async () => {
  const name = unique('web');
  const network = unique('net');
  const { status } = await declare({ name, image: 'training/webapp', network, stopTimeoutSeconds: 1 });
  await change(name, { command: ['/no/such/command'] });
  await eventually(async () => {
    const view = await get(name);
    expect(condition(view, 'Ready')?.reason, JSON.stringify(view.status)).toBe('RolledBack');
    expect(view.status.container).toMatchObject({ state: 'running', ipAddress: status.addresses[0]?.address });
  });
});

it.skipIf(IS_PODMAN)(
  'a declared network is there without containers, comes back when it is removed, and goes when it is deleted',
  async () => {
    const name = unique('net');
    const labels = { team: 'shop' };
    const body = { subnet: '10.77.8.0/24', internal: true, mtu: 1400, ipv6: true, labels };
    expect((await put(name, body, '?dryRun=true')).body.plan.actions).toMatchObject([{ action: 'create-network' }]);
    expect((await networkOf(name)).status).toBe(404);
    await put(name, body).expect(201);
    const made = await isReady(name);
    const found = await docker.getNetwork(made.status.id).inspect();
    expect(found).toMatchObject({ Internal: true, EnableIPv6: true, Labels: labels });
    expect(found.IPAM?.Config?.[0]).toMatchObject({
      Subnet: '10.77.8.0/24',
      Gateway: '10.77.8.1',
      IPRange: '10.77.8.128/25',
    });
    expect(found.Options).toMatchObject({ 'com.docker.network.driver.mtu': '1400' });
    await docker.getNetwork(made.status.id).remove();
    const again = await eventually(async () => {
      const network = await isReady(name);
      expect(network.status.id).not.toBe(made.status.id);
      return network;
    });
    expect(again.status.subnets).toEqual(made.status.subnets);
    const user = unique('web');
    await declare({ name: user, image: 'training/webapp', network: name, stopTimeoutSeconds: 1 });
    expect((await t.http.delete(`/v1/networks/${name}`)).body).toMatchObject({ code: 'network-in-use' });
    await t.http.delete(`/v1/containers/${user}?wait=30`).expect(200);
    expect(await onEngine(name)).toBeDefined();
    await t.http.delete(`/v1/networks/${name}`).expect(202);
    await eventually(async () => expect((await t.http.get(`/v1/networks/${name}`)).status).toBe(404));
    expect(await onEngine(name)).toBeUndefined();
  },
);

it.skipIf(IS_PODMAN)('a change of a network in use is made on request, with one interruption', async () => {
  const [name, db, web] = [unique('net'), unique('db'), unique('web')];
  await declare({ name: db, image: 'training/webapp', network: name, stopTimeoutSeconds: 1 });
  await declare({ name: web, image: 'training/webapp', network: name, links: [db], stopTimeoutSeconds: 1 });
  expect((await put(name, { subnet: '10.77.9.0/24' })).body).toMatchObject({ code: 'network-in-use' });
  const { plan } = (await put(name, { subnet: '10.77.9.0/24' }, '?recreate=true&dryRun=true')).body;
  expect(plan.interrupted.map((one: { container: string }) => one.container).sort()).toEqual([db, web].sort());
  await put(name, { subnet: '10.77.9.0/24' }, '?recreate=true').expect(201);
  await eventually(async () => {
    for (const one of [db, web]) {
      const view = await ready(one);
      expect(view.status.container?.ipAddress).toMatch(/^10\.77\.9\./);
    }
  });
  expect(await inside(web, 'wget', '-q', '-O', '-', `http://${db}:5000/`)).toContain('Hello world!');
});

it.skipIf(IS_PODMAN)('the next subnet of the pool is taken where the engine has a network that overlaps', async () => {
  const [name, other] = [unique('net'), unique('net')];
  await put(name, {}).expect(201);
  const { status } = await isReady(name);
  await t.http.delete(`/v1/networks/${name}`).expect(202);
  await eventually(async () => expect(await onEngine(name)).toBeUndefined());
  const subnet = status.subnets[0].subnet;
  const foreign = await docker.createNetwork({
    Name: unique('foreign'),
    IPAM: { Driver: 'default', Config: [{ Subnet: subnet }] },
  });
  try {
    await put(other, {}).expect(201);
    const { status: now } = await isReady(other);
    expect(now.subnets[0].subnet).not.toBe(subnet);
  } finally {
    await foreign.remove();
  }
});

it.skipIf(IS_PODMAN)('an external network is used and never changed', async () => {
  const name = unique('ext');
  const made = await docker.createNetwork({ Name: name });
  try {
    await put(name, { external: true }).expect(201);
    const user = unique('web');
    const view = await declare({ name: user, image: 'training/webapp', network: name, stopTimeoutSeconds: 1 });
    expect([view.status.container?.ipAddress !== null, view.status.addresses]).toEqual([true, []]);
    await t.http.delete(`/v1/containers/${user}?wait=30`).expect(200);
    await t.http.delete(`/v1/networks/${name}`).expect(202);
    await eventually(async () => expect((await t.http.get(`/v1/networks/${name}`)).status).toBe(404));
    expect((await onEngine(name))?.Id).toBe(made.id);
  } finally {
    await made.remove();
  }
});
