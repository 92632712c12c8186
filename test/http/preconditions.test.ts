import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type TestBerth, testBerth } from './berth.js';

let berth: TestBerth;
beforeAll(async () => {
  berth = await testBerth();
});
afterAll(() => berth.stop());

/** A definition at its second generation, another one each time. */
let name = '';
let count = 0;
beforeEach(async () => {
  count += 1;
  name = `guarded${count}`;
  await berth.declare({ name, image: 'x' });
  await berth.send('PATCH', `/v1/containers/${name}`, { body: { image: 'y' } });
});

const WRITES: readonly [method: string, suffix: string, body: object | undefined, status: number][] = [
  ['PUT', '', { image: 'z' }, 200],
  ['PATCH', '', { image: 'z' }, 200],
  ['DELETE', '', undefined, 202],
  ['POST', '/start', undefined, 200],
  ['POST', '/stop', undefined, 200],
  ['POST', '/restart', undefined, 200],
];

describe.each(WRITES)('%s {name}%s', (method, suffix, body, status) => {
  const target = () => `/v1/containers/${name}${suffix}`;

  it.each(['"2"', '*', '"1", "2"', ' "2" ', '"7","2"', ',"2",', 'W/"1", "2"', '"a,b", "2"'])(
    'is done with If-Match: %s at generation 2',
    async (match) => {
      expect((await berth.send(method, target(), { body, headers: { 'if-match': match } })).status).toBe(status);
    },
  );

  it.each(['"1"', '"3"', '"1", "3"', 'W/"2"', '"02x"', '"two"', '""'])(
    'is refused with If-Match: %s, and the answer says which generation there is',
    async (match) => {
      const { detail } = await berth.refuse('stale-generation', method, target(), {
        body,
        headers: { 'if-match': match },
      });
      expect(detail).toContain('"2"');
    },
  );

  it.each(['2', '"2', '2"', 'w/"2"', '"1" "2"', '*, "2"', 'null', ','])(
    'does not understand If-Match: %s',
    async (match) => {
      const { errors } = await berth.refuse('invalid-parameter', method, target(), {
        body,
        headers: { 'if-match': match },
      });
      expect(errors).toMatchObject([{ in: 'header', pointer: '/if-match' }]);
    },
  );

  it('is refused with If-None-Match: *, as there is one', async () => {
    await berth.refuse('stale-generation', method, target(), { body, headers: { 'if-none-match': '*' } });
  });

  it.each(['"2"', 'W/"2"', 'x'])('does not understand If-None-Match: %s', async (none) => {
    const { errors } = await berth.refuse('invalid-parameter', method, target(), {
      body,
      headers: { 'if-none-match': none },
    });
    expect(errors).toMatchObject([{ in: 'header', pointer: '/if-none-match' }]);
  });

  it('keeps the conditions in a dry run', async () => {
    await berth.refuse('stale-generation', method, `${target()}?dryRun=true`, { body, headers: { 'if-match': '"1"' } });
  });
});

describe('where there is none yet', () => {
  it.each<[method: string, path: () => string]>([
    ['PUT', () => `/v1/containers/new${count}`],
    ['POST', () => '/v1/containers'],
  ])('%s creates with If-None-Match: *', async (method, path) => {
    const body = { name: `new${count}`, image: 'x' };
    expect((await berth.send(method, path(), { body, headers: { 'if-none-match': '*' } })).status).toBe(201);
  });

  it.each<[method: string, path: () => string, match: string]>([
    ['PUT', () => `/v1/containers/none${count}`, '"1"'],
    ['PUT', () => `/v1/containers/none${count}`, '*'],
    ['POST', () => '/v1/containers', '"1"'],
    ['POST', () => '/v1/containers', '*'],
  ])('%s %s is refused with If-Match: %s', async (method, path, match) => {
    const body = { name: `none${count}`, image: 'x' };
    await berth.refuse('stale-generation', method, path(), { body, headers: { 'if-match': match } });
  });
});

it('lets one of many writers with the same ETag through', async () => {
  const answers = await Promise.all(
    Array.from({ length: 8 }, (_, i) =>
      berth.send('PATCH', `/v1/containers/${name}`, { body: { env: { A: `${i}` } }, headers: { 'if-match': '"2"' } }),
    ),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(7).fill(412)]);
  expect((await berth.get(`/v1/containers/${name}`)).generation).toBe(3);
});
