/** Sets of definitions: all of one, or nothing. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { faultsOf, type Json, type TestBerth, testBerth } from './berth.js';

let berth: TestBerth;
beforeEach(async () => {
  berth = await testBerth();
});
afterEach(() => berth.stop());

const web = (over: object = {}) => ({ name: 'web', image: 'training/webapp', ...over });
const db = (over: object = {}) => ({ name: 'db', image: 'training/postgres', ...over });
const apply = (body: object, query = '') => berth.send('POST', `/v1/apply${query}`, { body });
const results = ({ body }: Json) => body.results.map((one: Json) => `${one.name} ${one.result}`);
const names = async (query = ''): Promise<readonly string[]> =>
  (await berth.get(`/v1/containers${query}`)).items.map((one: Json) => one.name).sort();

describe('POST /v1/apply', () => {
  it('stores all in one, in whatever order, and changes nothing the second time', async () => {
    const body = { set: 'shop', containers: [web({ links: ['db'] }), db()] };
    const first = await apply(body);
    expect([first.status, first.body.set, results(first)]).toEqual([200, 'shop', ['web created', 'db created']]);
    expect(await names('?set=shop')).toEqual(['db', 'web']);
    const second = await apply(body);
    expect(results(second)).toEqual(['web unchanged', 'db unchanged']);
    expect(second.body.results[0].container).toMatchObject({ set: 'shop', generation: 1 });
    const third = await apply({ ...body, containers: [db({ env: { A: 'b' } }), web({ links: ['db'] })] });
    expect(results(third)).toEqual(['db updated', 'web unchanged']);
  });

  it('lets two swap their host ports', async () => {
    await apply({ containers: [web({ ports: ['7001:80'] }), db({ ports: ['7002:80'] })] });
    const swapped = await apply({ containers: [web({ ports: ['7002:80'] }), db({ ports: ['7001:80'] })] });
    expect(results(swapped)).toEqual(['web updated', 'db updated']);
    const { items } = await berth.get('/v1/ports');
    expect(items.map((claim: Json) => `${claim.container} ${claim.hostPort}`)).toEqual(['db 7001', 'web 7002']);
  });

  it('keeps the ports that Berth picked', async () => {
    await apply({ containers: [web({ ports: ['80'] })] });
    const { items: before } = await berth.get('/v1/ports');
    await apply({ containers: [web({ ports: ['80', '7003:81'] })] });
    const { items: after } = await berth.get('/v1/ports');
    expect(after.map((claim: Json) => claim.hostPort)).toContain(before[0].hostPort);
  });

  it('gives what is named before what is to be picked, in whichever order they come', async () => {
    await apply({ containers: [web({ ports: ['80'] })] });
    const [{ hostPort }] = (await berth.get('/v1/ports')).items;
    const wants = db({ ports: [`${hostPort}:80`] });
    const swapped = await apply({ containers: [wants, web({ ports: [] })] });
    expect(results(swapped)).toEqual(
      ['db updated', 'web updated'].map((one) => one.replace('db updated', 'db created')),
    );
    for (let turn = 0; turn < 20; turn++) {
      const pair = [
        { name: 'range', image: 'training/webapp', ports: ['49100-49101:80'] },
        { name: 'named', image: 'training/webapp', ports: ['49100:80'] },
      ];
      expect((await apply({ containers: pair }, '?dryRun=true')).status).toBe(200);
    }
  });

  it('removes what belongs to the set and is not declared any more, and nothing else', async () => {
    await berth.declare({ name: 'alone', image: 'training/webapp' });
    await apply({ set: 'other', containers: [{ name: 'theirs', image: 'training/webapp' }] });
    await apply({ set: 'shop', containers: [web({ ports: ['7001:80'] }), db()] });
    const kept = await apply({ set: 'shop', containers: [db()] });
    expect(results(kept)).toEqual(['db unchanged']);
    const pruned = await apply({ set: 'shop', prune: true, containers: [db({ ports: ['7001:80'] })] });
    expect(results(pruned)).toEqual(['db updated', 'web deleted']);
    const all = (await berth.get('/v1/containers')).items;
    const going = all.filter((one: Json) => one.deletionRequestedAt !== null).map((one: Json) => one.name);
    expect([going, all.length]).toEqual([['web'], 4]);
  });

  it('takes into the set what belongs to none', async () => {
    await berth.declare(web());
    expect(results(await apply({ set: 'shop', containers: [web()] }))).toEqual(['web updated']);
    expect(await berth.get('/v1/containers/web')).toMatchObject({ set: 'shop', generation: 1 });
  });

  it('is answered alike with a key and without', async () => {
    const body = { set: 'shop "1"', containers: [db({ env: { A: '"\u2028é' } }), web({ links: ['db'] })] };
    await apply(body);
    const headers = { 'idempotency-key': 'alike' };
    const [plain, keyed] = [await apply(body), await berth.send('POST', '/v1/apply', { body, headers })];
    expect(plain.body).toEqual(keyed.body);
    expect(plain.headers['content-type']).toEqual(keyed.headers['content-type']);
    expect((await apply({ set: 'shop', prune: true, containers: [] })).body).toEqual({ set: 'shop', results: [] });
  });

  it('is done once for a key', async () => {
    const send = () =>
      berth.send('POST', '/v1/apply', { body: { containers: [web()] }, headers: { 'idempotency-key': 'apply' } });
    const first = await send();
    expect((await send()).text).toBe(first.text);
    expect(results(first)).toEqual(['web created']);
  });

  it('answers 202 while not all are ready', async () => {
    const answer = await apply({ containers: [web(), db()] }, '?wait=1');
    expect([answer.status, results(answer)]).toEqual([202, ['web created', 'db created']]);
  });

  it('changes nothing in a dry run', async () => {
    const answer = await apply({ containers: [web()] }, '?dryRun=true');
    expect([answer.status, results(answer)]).toEqual([200, ['web created']]);
    expect(await names()).toEqual([]);
  });
});

describe('a set that cannot be', () => {
  const refuse = (body: object, code: 'invalid-definition' | 'port-claimed' | 'in-use' | 'invalid-body') =>
    berth.refuse(code, 'POST', '/v1/apply', { body });

  it('is told every fault of every definition', async () => {
    const problem = await refuse(
      {
        containers: [
          { image: 'x' },
          web({ ports: ['99999:80'] }),
          web(),
          { name: 'a', image: 'x', links: [{ container: 'b', alias: 'b ad' }] },
        ],
      },
      'invalid-definition',
    );
    expect(faultsOf(problem).map((fault) => fault.split(' ')[0])).toEqual(
      expect.arrayContaining(['/containers/0/name', '/containers/1/ports/0', '/containers/2/name']),
    );
  });

  it('is told of links that lead nowhere, or round in a circle', async () => {
    const nowhere = await refuse({ containers: [web({ links: ['nobody'] })] }, 'invalid-definition');
    expect(faultsOf(nowhere)[0]).toMatch(/^\/containers\/0\/links\/0 .*nobody/);
    const circle = await refuse({ containers: [web({ links: ['db'] }), db({ links: ['web'] })] }, 'invalid-definition');
    expect(faultsOf(circle)[0]).toMatch(/cycle: web → db → web/);
  });

  it('is told of a link that another of it would break, though the recipient does not change', async () => {
    await apply({ containers: [web({ links: ['db'] }), db()] });
    const apart = await refuse(
      { containers: [web({ links: ['db'] }), db({ network: 'elsewhere' })] },
      'invalid-definition',
    );
    expect(faultsOf(apart)[0]).toMatch(/^\/containers\/0\/links\/0 /);
  });

  it('is told of ports that others hold, or that two of it want', async () => {
    await berth.declare({ name: 'holder', image: 'training/webapp', ports: ['7001:80'] });
    const held = await refuse({ containers: [db(), web({ ports: ['7001:80'] })] }, 'port-claimed');
    expect(faultsOf(held)[0]).toMatch(/^\/containers\/1\/ports\/0 .*holder/);
    await refuse({ containers: [db({ ports: ['7005:80'] }), web({ ports: ['7005:80'] })] }, 'port-claimed');
  });

  it('is told what belongs to another set, what is linked to, and that pruning needs bounds', async () => {
    await apply({ set: 'shop', containers: [db()] });
    const theirs = await refuse({ set: 'other', containers: [db()] }, 'invalid-definition');
    expect(faultsOf(theirs)[0]).toMatch(/^\/containers\/0\/name .*shop/);
    await berth.declare(web({ links: ['db'] }));
    await refuse({ set: 'shop', prune: true, containers: [] }, 'in-use');
    await refuse({ prune: true, containers: [] }, 'invalid-definition');
    await refuse({ containers: [{ name: 'x', image: 'y', color: 'red' }] }, 'invalid-body');
  });
});

it('POST /v1/plan needs the engine, and checks before that', async () => {
  await berth.refuse('engine-unavailable', 'POST', '/v1/plan', { body: { containers: [web()] } });
  await berth.refuse('invalid-definition', 'POST', '/v1/plan', { body: { containers: [web({ links: ['x'] })] } });
});
