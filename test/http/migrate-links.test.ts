/** Links that a client moves off the default bridge, ahead of an engine that has none there. */

import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Json, type TestBerth, testBerth } from './berth.js';

let t: TestBerth;
beforeEach(async () => {
  t = await testBerth();
  await t.declare({ name: 'db', image: 'mysql' });
  await t.declare({ name: 'api', image: 'training/webapp', links: ['db'] });
  await t.declare({ name: 'web', image: 'training/webapp', links: ['api:api'] });
  await t.declare({ name: 'alone', image: 'training/webapp' });
  await t.declare({ name: 'there', image: 'mysql', network: 'lan' });
  await t.declare({ name: 'here', image: 'training/webapp', network: 'lan', links: ['there'] });
});
afterEach(() => t.stop());

const migrate = (query = '', headers: Readonly<Record<string, string>> = {}) =>
  t.send('POST', `/v1/migrate/links${query}`, { headers });
const events = async (): Promise<readonly Json[]> => (await t.get('/v1/events?type=LinksMoved')).items;
const runsOn = async (name: string): Promise<string | undefined> =>
  (await t.get(`/v1/containers/${name}`)).status.runsOn;

const CONTAINERS = ['db', 'api', 'web'];

it('names the linked definitions on the default bridge, sources first, and stores nothing in a dry run', async () => {
  const answer = await migrate('?dryRun=true');
  expect([answer.status, answer.body]).toEqual([
    200,
    { dryRun: true, network: 'berth-links', containers: CONTAINERS, plan: null },
  ]);
  expect(await events()).toEqual([]);
  for (const name of CONTAINERS) expect(await runsOn(name)).toBeUndefined();
});

it('moves them once, keeps their generations, and remembers it over a start', async () => {
  expect((await migrate()).body).toMatchObject({ dryRun: false, containers: CONTAINERS });
  expect((await migrate()).status).toBe(200);
  const [event, ...more] = await events();
  expect(event).toMatchObject({ reason: 'Requested', by: 'client', container: '' });
  expect(more).toEqual([]);
  t = await t.restart();
  for (const name of CONTAINERS) {
    expect(await t.get(`/v1/containers/${name}`)).toMatchObject({
      ...{ network: 'bridge', generation: 1 },
      status: { runsOn: 'berth-links' },
    });
  }
  for (const name of ['alone', 'there', 'here']) expect(await runsOn(name)).toBeUndefined();
});

it('moves a definition that gets its first recipient later', async () => {
  await migrate();
  expect(await runsOn('alone')).toBeUndefined();
  await t.declare({ name: 'late', image: 'training/webapp', links: ['alone'] });
  expect([await runsOn('late'), await runsOn('alone')]).toEqual(['berth-links', 'berth-links']);
});

it('gives a repeated request with a key the same answer', async () => {
  const first = await migrate('', { 'idempotency-key': 'move' });
  await t.declare({ name: 'later', image: 'training/webapp', links: ['db'] });
  const again = await migrate('', { 'idempotency-key': 'move' });
  expect([again.status, again.body]).toEqual([200, first.body]);
  expect(again.headers['idempotency-replayed']).toBe('true');
});

it('refuses parameters that it does not know', async () => {
  await t.refuse('invalid-parameter', 'POST', '/v1/migrate/links?force=true');
  await t.refuse('invalid-parameter', 'POST', '/v1/migrate/links?dryRun=perhaps');
  expect(await events()).toEqual([]);
});
