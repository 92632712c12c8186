import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type TestBerth, testBerth } from './berth.js';

let berth: TestBerth;
beforeAll(async () => {
  berth = await testBerth();
  await berth.declare({ name: 'elsewhere', image: 'x', network: 'backend' });
});
afterAll(() => berth.stop());

const at = (name: string) => `/v1/containers/${name}`;
const put = (name: string, body: object) => berth.send('PUT', at(name), { body: { image: 'x', ...body } });

/** web → app → db, all on the default bridge. */
beforeEach(async () => {
  for (const name of ['web', 'app', 'db']) await put(name, {});
  await put('app', { links: ['db'] });
  await put('web', { links: ['app:backend'] });
});

describe('links that cannot be', () => {
  it('are told at once with whatever else is wrong', async () => {
    const body = { image: 'NO', links: ['absent', 'db'], network: 'bridge' };
    const problem = await berth.refuse('invalid-definition', 'PUT', at('db'), { body });
    const pointers = (problem.errors ?? []).map((fault) => fault.pointer);
    expect(pointers.sort()).toEqual(['/image', '/links/0', '/links/1']);
  });

  it.each<[what: string, name: string, body: object, pointer: string, message: RegExp]>([
    ['to what is not there', 'new', { links: ['db', 'absent'] }, '/links/1', /container "absent" doesn't exist/],
    ['to itself', 'db', { links: ['db'] }, '/links/0', /db can't link to itself/],
    ['to itself, when it is new', 'fresh', { links: ['fresh:x'] }, '/links/0', /fresh can't link to itself/],
    ['round two', 'db', { links: ['app'] }, '/links/0', /cycle: db → app → db/],
    ['round three', 'db', { links: ['web'] }, '/links/0', /cycle: db → web → app → db/],
    ['with one alias twice', 'web', { links: ['db:x', 'app:x'] }, '/links/1', /links\/0 already has the alias "x"/],
    ['with one alias twice but for case', 'web', { links: ['db:X', 'app:x'] }, '/links/1', /links\/0/],
    ['with an alias and a name alike', 'web', { links: ['db', 'app:db'] }, '/links/1', /links\/0/],
    ['to another network', 'web', { links: ['elsewhere'] }, '/links/0', /the network "backend".*the default bridge/],
    ['from another network', 'elsewhere', { network: 'backend', links: ['db'] }, '/links/0', /put both on the same/],
    ['away from its recipients', 'db', { network: 'backend' }, '/network', /app links to db over the default bridge/],
    ['with an empty alias', 'web', { links: ['db:'] }, '/links/0', /alias is missing/],
    ['without a source', 'web', { links: [':db'] }, '/links/0', /name of the source container is missing/],
    ['of three parts', 'web', { links: ['a:b:c'] }, '/links/0', /more than one colon/],
  ])('%s: PUT %s is a 422 that says which', async (_, name, body, pointer, message) => {
    const sent = { body: { image: 'x', ...body } };
    const problem = await berth.refuse('invalid-definition', 'PUT', at(name), sent);
    expect(problem.errors).toEqual([{ in: 'body', pointer, message: expect.stringMatching(message) }]);
  });

  it('are refused in a patch, too', async () => {
    const sent = { body: { links: ['web'] } };
    const { errors } = await berth.refuse('invalid-definition', 'PATCH', at('db'), sent);
    expect(errors).toMatchObject([{ pointer: '/links/0', message: expect.stringContaining('form a cycle') }]);
  });

  it('are all named at once', async () => {
    const links = ['absent', 'elsewhere', 'db', 'new:me'];
    const sent = { body: { name: 'new', image: 'x', links } };
    const { errors } = await berth.refuse('invalid-definition', 'POST', '/v1/containers', sent);
    expect(errors?.map(({ pointer }) => pointer).toSorted()).toEqual(['/links/0', '/links/1', '/links/3']);
  });

  it('go to what is being deleted, as if it were not there', async () => {
    await put('leaving', {});
    await berth.send('DELETE', at('leaving'));
    const sent = { body: { image: 'x', links: ['leaving'] } };
    const { errors } = await berth.refuse('invalid-definition', 'POST', '/v1/containers', sent);
    expect(errors).toMatchObject([
      { pointer: '/links/0', message: expect.stringContaining('container "leaving" doesn\'t exist') },
    ]);
  });
});

describe('links that can be', () => {
  it.each<[what: string, body: object]>([
    ['to one source under two names', { links: ['db', 'db:second'] }],
    ['in the form in which the engine shows them', { links: ['/db:/web/db'] }],
    ['as objects', { links: [{ container: 'db' }, { container: 'app', alias: 'a', env: 'none' }] }],
  ])('%s', async (_, body) => {
    expect((await put('web', body)).status).toBe(200);
  });

  it('go on where the network is the same', async () => {
    const body = { image: 'x', network: 'backend', links: ['elsewhere'] };
    expect((await berth.send('PUT', at('beside'), { body })).status).toBe(201);
  });

  it('are shown both ways, with the prefix of their variables and no address while nothing runs', async () => {
    await put('web', { links: [{ container: 'app', alias: 'my-backend.1', env: 'address' }, 'db'] });
    expect(await berth.get(`${at('web')}/links`)).toEqual({
      outgoing: [
        { container: 'app', alias: 'my-backend.1', address: null, envPrefix: 'MY_BACKEND.1', env: 'address' },
        { container: 'db', alias: 'db', address: null, envPrefix: 'DB', env: 'all' },
      ],
      incoming: [],
    });
    const { outgoing, incoming } = await berth.get(`${at('db')}/links`);
    expect(outgoing).toEqual([]);
    expect(incoming).toEqual(
      expect.arrayContaining([
        { container: 'app', alias: 'db', env: 'all' },
        { container: 'web', alias: 'db', env: 'all' },
      ]),
    );
    expect((await berth.get(at('app'))).status.linkedBy).toEqual([{ container: 'web', alias: 'my-backend.1' }]);
  });
});
