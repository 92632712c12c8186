import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Json, type TestBerth, testBerth } from './berth.js';

let berth: TestBerth;
beforeAll(async () => {
  berth = await testBerth();
});
afterAll(() => berth.stop());

const at = (name: string) => `/v1/containers/${name}`;

describe('a dry run', () => {
  it.each<[method: string, path: string, body?: object]>([
    ['POST', '/v1/containers', { name: 'rehearsed', image: 'x', ports: ['6000:80', '81'] }],
    ['PUT', '/v1/containers/rehearsed', { image: 'x', ports: ['6000:80'] }],
    ['PUT', '/v1/containers/kept', { image: 'y', ports: ['6000:80'] }],
    ['PATCH', '/v1/containers/kept', { image: 'y', ports: [] }],
    ['DELETE', '/v1/containers/kept'],
    ['POST', '/v1/containers/kept/stop'],
    ['POST', '/v1/containers/kept/restart'],
  ])('of %s %s answers 200 with what would be, and stores nothing', async (method, path, body) => {
    await berth.send('PUT', at('kept'), { body: { image: 'x', ports: ['80'] } });
    const before = [await berth.get('/v1/containers?limit=500'), await berth.get('/v1/ports')];
    const answer = await berth.send(method, `${path}?dryRun=true`, { body });
    expect(answer.status, answer.text).toBe(200);
    expect(answer.headers).not.toHaveProperty('location');
    if (method === 'PUT' || method === 'PATCH') expect(answer.body).toMatchObject({ image: (body as Json).image });
    expect([await berth.get('/v1/containers?limit=500'), await berth.get('/v1/ports')]).toEqual(before);
  });

  it.each<[code: Parameters<TestBerth['refuse']>[0], method: string, path: string, body?: object]>([
    ['invalid-body', 'POST', '/v1/containers', { image: 1 }],
    ['invalid-definition', 'POST', '/v1/containers', { image: 'x', ports: ['x'] }],
    ['name-taken', 'POST', '/v1/containers', { name: 'held', image: 'x' }],
    ['port-claimed', 'POST', '/v1/containers', { image: 'x', ports: ['6100:80'] }],
    ['in-use', 'DELETE', '/v1/containers/held'],
    ['not-found', 'DELETE', '/v1/containers/absent'],
  ])('is refused as the real one is: %s', async (code, method, path, body) => {
    await berth.send('PUT', at('held'), { body: { image: 'x', ports: ['6100:80'] } });
    await berth.send('PUT', at('holds'), { body: { image: 'x', links: ['held'] } });
    const real = await berth.refuse(code, method, path, { body });
    const dry = await berth.refuse(code, method, `${path}?dryRun=true`, { body });
    expect({ ...dry, requestId: '' }).toEqual({ ...real, requestId: '' });
  });
});

describe('wait', () => {
  it.each<[method: string, path: string, body?: object]>([
    ['POST', '/v1/containers', { name: 'waited', image: 'x' }],
    ['PUT', '/v1/containers/waited-put', { image: 'x' }],
    ['PATCH', '/v1/containers/waits-patch', { env: { A: '1' } }],
    ['POST', '/v1/containers/waits-stop/stop'],
    ['DELETE', '/v1/containers/waits-delete'],
  ])('%s %s answers 202 with the status as far as it got, when the time is over', async (method, path, body) => {
    const existing = /waits-\w+/.exec(path)?.[0];
    if (existing !== undefined) await berth.declare({ name: existing, image: 'x' });
    const start = performance.now();
    const answer = await berth.send(method, `${path}?wait=1`, { body });
    expect(performance.now() - start).toBeGreaterThan(950);
    expect(answer.status).toBe(202);
    expect(answer.body.status.ready).toBe(false);
    if (method === 'POST' && path === '/v1/containers') expect(answer.headers['location']).toBe(at('waited'));
  });

  it('of 0 does not wait', async () => {
    expect((await berth.send('POST', '/v1/containers?wait=0', { body: { image: 'x' } })).status).toBe(201);
  });

  it.each(['301', '-1', '1.5', 'x', ''])('of %j is refused', async (wait) => {
    const { errors } = await berth.refuse('invalid-parameter', 'POST', `/v1/containers?wait=${wait}`, {
      body: { image: 'x' },
    });
    expect(errors).toMatchObject([{ in: 'query', pointer: '/wait' }]);
  });

  it('ends when the server stops', async () => {
    const other = await testBerth();
    const waiting = other.send('POST', '/v1/containers?wait=300', { body: { name: 'cut', image: 'x' } });
    await expect.poll(async () => (await other.get('/v1/containers')).items.length).toBe(1);
    await other.stop();
    // The wait itself would last longer than the test may.
    expect((await waiting).status).toBe(202);
  });
});
