/** Networks and addresses over HTTP, on a server whose engine can't be reached. */

import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Json, type TestBerth, testBerth } from './berth.js';

let t: TestBerth;
beforeAll(async () => {
  t = await testBerth();
});
afterAll(() => t.stop());

const put = (name: string, body: Json, query = '') => t.send('PUT', `/v1/networks/${name}${query}`, { body });

it('declares a network with a picked subnet, keeps it, and shows what depends on the engine as unknown', async () => {
  const made = await put('picked', { labels: { team: 'shop' } });
  expect(made.status, made.text).toBe(201);
  expect(made.body.status.subnets[0]).toMatchObject({ gateway: expect.stringMatching(/^10\.2\d\d\.\d+\.1$/) });
  expect(made.body.status.conditions[0]).toMatchObject({ type: 'Ready', status: 'Unknown' });
  const again = await put('picked', { labels: { team: 'shop' } });
  expect([again.status, again.body.generation]).toEqual([200, 1]);
  const changed = await put('picked', { labels: { team: 'other' } });
  expect([changed.status, changed.body.generation]).toEqual([200, 2]);
  expect(changed.body.status.subnets).toEqual(made.body.status.subnets);
  expect((await t.get('/v1/networks')).items.map(({ name }: Json) => name)).toContain('picked');
  expect((await t.send('DELETE', '/v1/networks/picked')).status).toBe(202);
  await t.refuse('name-taken', 'PUT', '/v1/networks/picked', { body: {} });
});

it('reserves an address with a definition, releases it when the definition leaves, and keeps it over a restart', async () => {
  await put('lan', { subnet: '10.30.0.0/24' });
  const web = await t.declare({ name: 'web', image: 'a', network: 'lan' });
  expect(web.status.addresses).toEqual([{ network: 'lan', address: '10.30.0.2', origin: 'assigned' }]);
  const db = await t.declare({ name: 'db', image: 'a', network: 'lan' });
  expect(db.status.addresses[0].address).toBe('10.30.0.3');
  const row = {
    host: 'local',
    network: 'lan',
    address: '10.30.0.2',
    container: 'web',
    origin: 'assigned',
    inUse: false,
  };
  t = await t.restart();
  expect((await t.get('/v1/addresses?container=web')).items).toEqual([row]);
  const left = await t.send('PATCH', '/v1/containers/web', { body: { network: 'bridge' } });
  expect(left.body.status.addresses).toEqual([]);
  expect((await t.get('/v1/addresses?network=lan')).items.map(({ container }: Json) => container)).toEqual(['db']);
});

it('refuses subnets that overlap, a network in use, and a definition on a network that is full', async () => {
  await put('one', { subnet: '10.31.0.0/24' });
  await t.refuse('address-unavailable', 'PUT', '/v1/networks/two', { body: { subnet: '10.31.0.128/25' } });
  await t.refuse('invalid-definition', 'PUT', '/v1/networks/two', { body: { subnet: '10.31.0.1/24' } });
  await t.refuse('invalid-definition', 'PUT', '/v1/networks/bridge', { body: {} });
  await t.refuse('not-found', 'DELETE', '/v1/networks/nowhere');
  await put('tiny', { subnet: '10.32.0.0/29' });
  await t.declare({ name: 'first', image: 'a', network: 'tiny' });
  await t.declare({ name: 'second', image: 'a', network: 'tiny' });
  const third = { name: 'third', image: 'a', network: 'tiny' };
  const { errors } = await t.refuse('address-unavailable', 'POST', '/v1/containers', { body: third });
  expect(errors?.[0]).toMatchObject({ pointer: '/network', message: expect.stringContaining('is full') });
  const set = { containers: [{ ...third, image: 'b' }] };
  const refused = await t.refuse('address-unavailable', 'POST', '/v1/apply', { body: set });
  expect(refused.errors?.[0]?.pointer).toBe('/containers/0/network');
  await t.refuse('network-in-use', 'DELETE', '/v1/networks/tiny');
});

it('makes a network for the first definition that names it, which a backup carries', async () => {
  const made = await t.declare({ name: 'solo', image: 'a', network: 'implicit' });
  const network = await t.get('/v1/networks/implicit');
  expect(network).toMatchObject({ declared: false, status: { containers: ['solo'] } });
  const backup = await fetch(`${t.url}/v1/backup`);
  const headers = { 'content-type': 'application/vnd.sqlite3' };
  const restored = await t.send('POST', '/v1/restore', { body: Buffer.from(await backup.arrayBuffer()), headers });
  expect(restored.status, restored.text).toBe(200);
  expect((await t.get('/v1/containers/solo')).status.addresses).toEqual(made.status.addresses);
  expect((await t.get('/v1/networks/implicit')).status.subnets).toEqual(network.status.subnets);
});

it('keeps a definition on several networks in the form in which it was declared', async () => {
  await put('front', { subnet: '10.40.0.0/24' });
  await put('back', { subnet: '10.41.0.0/24' });
  const networks = [
    { name: 'front', aliases: [] },
    { name: 'back', aliases: ['store'], ipv4Address: '10.41.0.9' },
  ];
  const made = await t.declare({ name: 'several', image: 'a', networks });
  expect(made).toMatchObject({ networks });
  expect(made).not.toHaveProperty('network');
  expect(made.status.addresses).toEqual([
    { network: 'front', address: '10.40.0.2', origin: 'assigned' },
    { network: 'back', address: '10.41.0.9', origin: 'fixed' },
  ]);
  const again = await t.send('PUT', '/v1/containers/several', { body: made });
  expect([again.status, again.body.generation]).toEqual([200, 1]);
  const short = await t.send('PATCH', '/v1/containers/several', { body: { network: 'front' } });
  expect(short.body).toMatchObject({ network: 'front' });
  expect(short.body).not.toHaveProperty('networks');
  expect(short.body.status.addresses).toHaveLength(1);
  const long = await t.send('PATCH', '/v1/containers/several', { body: { networks } });
  expect(long.body).toMatchObject({ networks });
  expect(long.body.status.addresses[0].address).toBe('10.40.0.2');
  const both = { name: 'both', image: 'a', network: 'front', networks };
  await t.refuse('invalid-definition', 'POST', '/v1/containers', { body: both });
});

it.each([
  ['outside the subnet', '10.43.0.9', 'is not in 10.42.0.0/24'],
  ["the gateway's", '10.42.0.1', 'is the gateway'],
  ["in the engine's half", '10.42.0.200', 'from which the engine allocates'],
  ['taken', '10.42.0.9', 'belongs to holder'],
])('refuses an address that is %s, with its place', async (_, ipv4Address, message) => {
  await put('fixed', { subnet: '10.42.0.0/24' });
  const holder = { image: 'a', networks: [{ name: 'fixed', ipv4Address: '10.42.0.9' }] };
  await t.send('PUT', '/v1/containers/holder', { body: holder });
  const body = { name: 'late', image: 'a', networks: [{ name: 'other' }, { name: 'fixed', ipv4Address }] };
  const { errors } = await t.refuse('address-unavailable', 'POST', '/v1/containers', { body });
  expect(errors).toMatchObject([{ pointer: '/networks/1/ipv4Address', message: expect.stringContaining(message) }]);
  expect((await t.send('GET', '/v1/networks/other')).status).toBe(404);
});

it('refuses a link between definitions that share no network, and a change that would leave a recipient', async () => {
  await t.declare({ name: 'source', image: 'a', networks: [{ name: 'left' }, { name: 'middle' }] });
  const link = { image: 'a', links: ['source'] };
  const alone = { name: 'alone', ...link, networks: [{ name: 'right' }] };
  const { detail } = await t.refuse('invalid-definition', 'POST', '/v1/containers', { body: alone });
  expect(detail).toContain('add left to the networks of alone');
  await t.declare({ name: 'recipient', ...link, networks: [{ name: 'right' }, { name: 'middle' }] });
  const left = { networks: [{ name: 'left' }] };
  const refused = await t.refuse('invalid-definition', 'PATCH', '/v1/containers/source', { body: left });
  expect(refused.detail).toContain('recipient links to source');
});

it.each([
  ['PUT', {}, 200],
  ['DELETE', undefined, 202],
] as const)('%s is guarded by If-Match and If-None-Match', async (method, body, status) => {
  const path = `/v1/networks/guarded-${method.toLowerCase()}`;
  const made = await t.send('PUT', path, { body: {}, headers: { 'if-none-match': '*' } });
  expect([made.status, made.headers['etag']]).toEqual([201, '"1"']);
  const changed = await t.send('PUT', path, { body: { internal: true }, headers: { 'if-match': '"1"' } });
  expect([changed.status, changed.headers['etag']]).toEqual([200, '"2"']);
  for (const headers of [{ 'if-match': '"1"' }, { 'if-none-match': '*' }]) {
    const { detail } = await t.refuse('stale-generation', method, path, { body, headers });
    expect(detail).toContain('is at generation 2');
  }
  await t.refuse('invalid-parameter', method, path, { body, headers: { 'if-match': 'two' } });
  const { etag = '' } = (await t.send('GET', path)).headers;
  expect(etag).toMatch(/^"2-/);
  expect((await t.get(path)).generation).toBe(2);
  expect((await t.send(method, path, { body, headers: { 'if-match': etag } })).status).toBe(status);
  const nowhere = { body: {}, headers: { 'if-match': '*' } };
  await t.refuse('stale-generation', 'PUT', '/v1/networks/guards-nothing', nowhere);
});

it.each([
  ['PUT', { internal: true }],
  ['DELETE', undefined],
] as const)(
  '%s with wait answers 202 with the network as far as it got, when the time is over',
  async (method, body) => {
    const path = `/v1/networks/waits-${method.toLowerCase()}`;
    await t.send('PUT', path, { body: {} });
    const dry = await t.send(method, `${path}?wait=300&dryRun=true`, { body });
    expect(dry.status, dry.text).toBe(200);
    const answer = await t.send(method, `${path}?wait=1`, { body });
    expect([answer.status, answer.body.status.conditions[0].status]).toEqual([202, 'Unknown']);
    expect(answer.body.deletionRequestedAt === null).toBe(method === 'PUT');
    await t.refuse('invalid-parameter', method, `${path}?wait=301`, { body });
  },
);

it('puts a definition on 32 networks, each with an address, and on no more', async () => {
  const networks = Array.from({ length: 33 }, (_, index) => ({ name: `many-${index}` }));
  const body = { name: 'connected', image: 'a', networks: networks.slice(0, 32) };
  const { status } = await t.declare(body);
  expect(status.addresses.map(({ network }: Json) => network)).toEqual(networks.slice(0, 32).map(({ name }) => name));
  expect(new Set(status.addresses.map(({ address }: Json) => address)).size).toBe(32);
  const { errors } = await t.refuse('invalid-definition', 'POST', '/v1/containers', { body: { ...body, networks } });
  expect(errors?.[0]).toMatchObject({ pointer: '/networks' });
  expect((await t.send('GET', '/v1/networks/many-32')).status).toBe(404);
});

it('refuses an alias that is on one network twice, in any case, and takes the same one on two networks', async () => {
  const on = (...lists: readonly (readonly string[])[]) => ({
    ...{ name: 'aliased', image: 'a' },
    networks: lists.map((aliases, index) => ({ name: `aliases-${index}`, aliases })),
  });
  const { errors } = await t.refuse('invalid-definition', 'POST', '/v1/containers', {
    body: on(['a'], ['b', 'c', 'B']),
  });
  expect(errors).toMatchObject([{ pointer: '/networks/1/aliases/2', message: expect.stringContaining('already in') }]);
  expect(await t.declare(on(['shop'], ['shop']))).toMatchObject(on(['shop'], ['shop']));
});

it('reserves an address of each family on a network with IPv6, and keeps a declared one', async () => {
  await put('dual', { subnet: '10.45.0.0/24', ipv6: true, ipv6Subnet: 'fd45::/64' });
  const networks = [{ name: 'dual', ipv6Address: 'fd45:0:0::9' }];
  const { status } = await t.declare({ name: 'both-families', image: 'a', networks });
  expect(status.addresses).toEqual([
    { network: 'dual', address: '10.45.0.2', origin: 'assigned' },
    { network: 'dual', address: 'fd45::9', origin: 'fixed' },
  ]);
  const other = { name: 'late-family', image: 'a', networks };
  await t.refuse('address-unavailable', 'POST', '/v1/containers', { body: other });
});
