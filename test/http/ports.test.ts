import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exchange, type Json, type TestBerth, testBerth } from './berth.js';

const RANGE = { from: 49_000, to: 49_003 };
let berth: TestBerth;
beforeAll(async () => {
  berth = await testBerth({ portRange: RANGE });
});
afterAll(() => berth.stop());

const ALL = '/v1/containers';
const at = (name: string) => `/v1/containers/${name}`;
const clear = async () => {
  const { items } = await berth.get(`${ALL}?limit=500`);
  for (const { name } of items) await berth.send('PATCH', at(name), { body: { ports: [] } });
};
const claims = async (name: string): Promise<readonly Json[]> =>
  (await berth.get('/v1/ports')).items.filter(({ container }: Json) => container === name);

describe('GET {name}/ports', () => {
  it.each(['application/json', 'application/*', '*/*', 'text/plain;q=0.5, application/json'])(
    'has the bindings of now as JSON for Accept: %s',
    async (accept) => {
      await berth.send('PUT', at('web'), { body: { image: 'x', ports: ['5000:5000'] } });
      const answer = await berth.send('GET', `${at('web')}/ports`, { headers: { accept } });
      expect(answer.headers['content-type']).toMatch(/^application\/json/);
      expect(answer.body).toEqual({ items: [] });
    },
  );

  it('is no text at all where nothing is bound, as docker port is', async () => {
    await berth.send('PUT', at('web'), { body: { image: 'x', ports: ['5000:5000'] } });
    const answer = await berth.send('GET', `${at('web')}/ports`, { headers: { accept: 'text/plain' } });
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toBe('text/plain; charset=utf-8');
    expect(answer.text).toBe('');
  });

  it.each<[path: string, asked: string]>([
    ['/ports/7890', '7890'],
    ['/ports/7890/tcp', '7890/tcp'],
    ['/ports/7890/udp', '7890/udp'],
  ])("%s that is not published is a 404 in docker port's words", async (path, asked) => {
    await berth.send('PUT', at('web'), { body: { image: 'x', ports: ['5000:5000'] } });
    for (const accept of ['application/json', 'text/plain']) {
      const { detail } = await berth.refuse('port-not-published', 'GET', `${at('web')}${path}`, {
        headers: { accept },
      });
      expect(detail).toContain(`Error: No public port '${asked}' published for web`);
    }
  });

  it.each<[path: string, pointer: string]>([
    ['/ports/0', '/port'],
    ['/ports/65536', '/port'],
    ['/ports/http', '/port'],
    ['/ports/80%2Ftcp', '/port'],
    ['/ports/80/icmp', '/protocol'],
    ['/ports/80/TCP', '/protocol'],
  ])('%s is no port: 400', async (path, pointer) => {
    await berth.send('PUT', at('web'), { body: { image: 'x' } });
    const { errors } = await berth.refuse('invalid-parameter', 'GET', `${at('web')}${path}`);
    expect(errors).toMatchObject([{ in: 'path', pointer }]);
  });
});

describe('claims', () => {
  // What is there, what is wanted, and whether both can be.
  it.each<[there: string, wanted: string, fits: boolean]>([
    ['6000:80', '6000:80', false],
    ['6000:80', '6000:81', false],
    ['6000:80', '6001:80', true],
    ['6000:80', '6000:80/udp', true],
    ['6000:80/udp', '6000:80/udp', false],
    ['6000:80', '127.0.0.1:6000:80', false],
    ['127.0.0.1:6000:80', '6000:80', false],
    ['127.0.0.1:6000:80', '127.0.0.1:6000:80', false],
    ['127.0.0.1:6000:80', '127.0.0.2:6000:80', true],
    ['127.0.0.1:6000:80', '0.0.0.0:6000:80', false],
    ['127.0.0.1:6000:80', '[::]:6000:80', true],
    ['127.0.0.1:6000:80', '[::1]:6000:80', true],
    ['[::]:6000:80', '0.0.0.0:6000:80', true],
    ['[::]:6000:80', '[::1]:6000:80', false],
    ['[::]:6000:80', '6000:80', false],
    ['6000:80', '[::1]:6000:80', false],
    ['[::1]:6000:80', '[0:0:0:0:0:0:0:1]:6000:80', false],
    ['6000-6003:80-83', '6003:80', false],
    ['6003:80', '6000-6003:80-83', false],
    ['6000-6003:80-83', '6004:80', true],
  ])('%s is there, and %s with it: %s', async (there, wanted, fits) => {
    await clear();
    await berth.send('PUT', at('holder'), { body: { image: 'x', ports: [there] } });
    const sent = { body: { image: 'x', ports: [wanted] } };
    if (fits) {
      expect([200, 201]).toContain((await berth.send('PUT', at('rival'), sent)).status);
      return;
    }
    await berth.send('PUT', at('rival'), { body: { image: 'x' } });
    const { detail, errors } = await berth.refuse('port-claimed', 'PUT', at('rival'), sent);
    expect(detail).toContain('holder');
    expect(errors).toEqual([expect.objectContaining({ in: 'body', message: expect.stringContaining('holder') })]);
  });

  it('are refused with every one that is taken, each naming its holder', async () => {
    await clear();
    await berth.send('PUT', at('h1'), { body: { image: 'x', ports: ['6000:80'] } });
    await berth.send('PUT', at('h2'), { body: { image: 'x', ports: ['6001:80'] } });
    const body = { image: 'x', ports: ['6000:80', '6002:81', '6001:82'] };
    const { errors } = await berth.refuse('port-claimed', 'POST', ALL, { body });
    expect(errors).toMatchObject([
      { pointer: '/ports/0', message: expect.stringContaining('h1') },
      { pointer: '/ports/2', message: expect.stringContaining('h2') },
    ]);
  });

  it('can not be swapped: each stands in the way of the other', async () => {
    await clear();
    await berth.send('PUT', at('left'), { body: { image: 'x', ports: ['6000:80'] } });
    await berth.send('PUT', at('right'), { body: { image: 'x', ports: ['6001:80'] } });
    await berth.refuse('port-claimed', 'PATCH', at('left'), { body: { ports: ['6001:80'] } });
    await berth.refuse('port-claimed', 'PATCH', at('right'), { body: { ports: ['6000:80'] } });
  });

  it('can change places inside one definition', async () => {
    await clear();
    await berth.send('PUT', at('both'), { body: { image: 'x', ports: ['6000:80', '6001:81'] } });
    const answer = await berth.send('PATCH', at('both'), { body: { ports: ['6001:80', '6000:81'] } });
    expect(answer.status).toBe(200);
    expect((await claims('both')).map(({ hostPort, containerPort }) => [hostPort, containerPort])).toEqual([
      [6000, 81],
      [6001, 80],
    ]);
  });

  it('are free for others as soon as the mapping is out of the definition', async () => {
    await clear();
    await berth.send('PUT', at('first'), { body: { image: 'x', ports: ['6000:80'] } });
    await berth.refuse('port-claimed', 'POST', ALL, { body: { image: 'x', ports: ['6000:80'] } });
    await berth.send('PATCH', at('first'), { body: { ports: [] } });
    expect((await berth.send('PUT', at('second'), { body: { image: 'x', ports: ['6000:80'] } })).status).toBe(201);
  });

  it('stay while the definition is being deleted', async () => {
    await clear();
    await berth.declare({ name: 'leaving', image: 'x', ports: ['6010:80'] });
    await berth.send('DELETE', at('leaving'));
    const { detail } = await berth.refuse('port-claimed', 'POST', ALL, { body: { image: 'x', ports: ['6010:80'] } });
    expect(detail).toContain('leaving');
  });

  it('on one port by many at once go to one of them', async () => {
    await clear();
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, i) => berth.send('PUT', at(`r${i}`), { body: { image: 'x', ports: ['6020:80'] } })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409, 409]);
    expect((await berth.get('/v1/ports?hostPort=6020')).items).toHaveLength(1);
  });
});

describe('picked ports', () => {
  const picked = async (name: string): Promise<readonly number[]> =>
    (await claims(name)).map(({ hostPort }) => hostPort);

  it('are of the range, stay over every other change, and over a restart of the server', async () => {
    const dataBerth = await testBerth({ portRange: RANGE });
    await dataBerth.declare({ name: 'stays', image: 'x', ports: ['80', '81/udp'] });
    const ledger = await dataBerth.get('/v1/ports');
    const numbers = ledger.items.map(({ hostPort }: Json) => hostPort);
    expect(numbers).toHaveLength(2);
    for (const number of numbers) expect(number >= RANGE.from && number <= RANGE.to).toBe(true);
    for (const body of [{ image: 'y' }, { env: { A: '1' } }, { ports: ['81/udp', '80'] }, { state: 'stopped' }]) {
      expect((await dataBerth.send('PATCH', at('stays'), { body })).status).toBe(200);
    }
    await dataBerth.send('PUT', at('stays'), { body: { image: 'z', ports: ['80', '81/udp'] } });
    expect(await dataBerth.get('/v1/ports')).toEqual(ledger);
    const again = await dataBerth.restart();
    expect(await again.get('/v1/ports')).toEqual(ledger);
    expect(await again.get(at('stays'))).toMatchObject({ image: 'z', generation: 6 });
    await again.stop();
  });

  it.each<[asked: string, declare: (one: TestBerth) => Promise<Json>]>([
    [
      '{"hostPort":0}',
      (one) => one.declare({ name: 'zero', image: 'x', ports: [{ hostPort: 0, containerPort: 5432 }] }),
    ],
    ['"0:5432"', (one) => one.declare({ name: 'zero', image: 'x', ports: ['0:5432'] })],
    [
      'docker run -p 0:5432',
      (one) =>
        one.send('POST', '/v1/import/docker-run?apply=true', {
          body: { command: 'docker run -p 0:5432 --name zero x' },
        }),
    ],
  ])('are what host port 0 asks for, and stay: %s', async (_, declare) => {
    const first = await testBerth({ portRange: RANGE });
    await declare(first);
    const ledger = await first.get('/v1/ports');
    expect(ledger.items).toEqual([expect.objectContaining({ containerPort: 5432, origin: 'assigned' })]);
    const [{ hostPort }] = ledger.items;
    expect(hostPort >= RANGE.from && hostPort <= RANGE.to).toBe(true);
    expect((await first.send('PATCH', at('zero'), { body: { env: { A: '1' } } })).status).toBe(200);
    expect(await first.get('/v1/ports')).toEqual(ledger);
    const again = await first.restart();
    expect(await again.get('/v1/ports')).toEqual(ledger);
    expect(await again.get(at('zero'))).toMatchObject({ env: { A: '1' }, generation: 2 });
    await again.stop();
  });

  it('are used up at the end of the range, per protocol', async () => {
    await clear();
    await berth.send('PUT', at('many'), { body: { image: 'x', ports: ['80', '81', '82', '83'] } });
    expect((await picked('many')).toSorted()).toEqual([49_000, 49_001, 49_002, 49_003]);
    const { detail, errors } = await berth.refuse('port-claimed', 'POST', ALL, { body: { image: 'x', ports: ['80'] } });
    expect(detail).toContain('49000 to 49003');
    expect(errors).toMatchObject([{ in: 'body', pointer: '/ports/0' }]);
    expect((await berth.send('PUT', at('udp'), { body: { image: 'x', ports: ['80/udp'] } })).status).toBe(201);
    await berth.send('PATCH', at('many'), { body: { ports: ['80', '81', '82'] } });
    expect((await berth.send('PUT', at('late'), { body: { image: 'x', ports: ['80'] } })).status).toBe(201);
  });

  it('go round what is fixed, in the same definition and in others', async () => {
    await clear();
    await berth.send('PUT', at('fixed'), { body: { image: 'x', ports: ['49000:80', '49002:81'] } });
    await berth.send('PUT', at('round'), { body: { image: 'x', ports: ['80', '49001:81'] } });
    expect((await picked('round')).toSorted()).toEqual([49_001, 49_003]);
  });

  it('come from the range that a mapping names', async () => {
    await clear();
    await berth.send('PUT', at('ranged'), { body: { image: 'x', ports: ['7000-7001:80'] } });
    const [port] = await picked('ranged');
    expect([7000, 7001]).toContain(port);
    await berth.send('PUT', at('ranged2'), { body: { image: 'x', ports: ['7000-7001:80'] } });
    expect([...(await picked('ranged')), ...(await picked('ranged2'))].toSorted()).toEqual([7000, 7001]);
  });
});

describe('GET /v1/ports', () => {
  it('has every claim by number, by whom and why, and whether it is bound', async () => {
    await clear();
    await berth.send('PUT', at('ledger'), {
      body: { image: 'x', ports: ['[::1]:7100:81', '7100:80/udp', '7050:82', '83'] },
    });
    const items = await claims('ledger');
    expect(items).toEqual([
      {
        hostIp: null,
        hostPort: 7050,
        protocol: 'tcp',
        containerPort: 82,
        container: 'ledger',
        origin: 'fixed',
        bound: false,
      },
      {
        hostIp: '::1',
        hostPort: 7100,
        protocol: 'tcp',
        containerPort: 81,
        container: 'ledger',
        origin: 'fixed',
        bound: false,
      },
      {
        hostIp: null,
        hostPort: 7100,
        protocol: 'udp',
        containerPort: 80,
        container: 'ledger',
        origin: 'fixed',
        bound: false,
      },
      expect.objectContaining({ hostIp: null, containerPort: 83, origin: 'assigned' }),
    ]);
  });

  it.each<[query: string, claimed: number, free: boolean | undefined]>([
    ['?hostPort=7200', 1, false],
    ['?hostPort=7200&protocol=tcp', 1, false],
    ['?hostPort=7200&protocol=udp', 0, true],
    ['?hostPort=7201', 1, true],
    ['?hostPort=7201&protocol=udp', 1, false],
    ['?hostPort=7202', 0, true],
    ['?protocol=sctp', 0, undefined],
  ])('%s says whether it is free', async (query, claimed, free) => {
    await clear();
    await berth.send('PUT', at('asked'), { body: { image: 'x', ports: ['127.0.0.1:7200:80', '7201:81/udp'] } });
    const answer = await berth.get(`/v1/ports${query}`);
    expect(answer.items).toHaveLength(claimed);
    expect(answer.free).toBe(free);
  });
});

it('a resource is what the database has after the server was ended and begun again', async () => {
  const before = await testBerth();
  const made = await before.declare({ name: 'lasting', image: 'x', ports: ['7300:80'], env: { A: 'ü' } });
  await before.send('DELETE', at('lasting'));
  const { deletionRequestedAt } = await before.get(at('lasting'));
  const after = await before.restart();
  const { status: _, ...declared } = made;
  expect(await after.get(at('lasting'))).toMatchObject({ ...declared, deletionRequestedAt });
  expect((await exchange(after.url, 'GET', '/v1/ports')).body.items).toHaveLength(1);
  await after.stop();
});
