import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Json, MERGE_PATCH, type TestBerth, testBerth } from './berth.js';

let berth: TestBerth;
beforeAll(async () => {
  berth = await testBerth();
  for (const body of [
    { name: 'db', image: 'mysql', labels: { tier: 'data', empty: '' }, ports: ['3306:3306'] },
    { name: 'cache', image: 'redis', labels: { tier: 'data', note: 'a=b' } },
    {
      name: 'web',
      image: 'nginx',
      labels: { tier: 'front' },
      links: ['db', 'cache:c'],
      ports: ['8080:80', '53:53/udp'],
    },
    { name: 'web2', image: 'nginx', links: ['db'], state: 'stopped' },
  ]) {
    await berth.declare(body);
  }
});
afterAll(() => berth.stop());

const names = async (query: string): Promise<readonly string[]> =>
  (await berth.get(`/v1/containers${query}`)).items.map(({ name }: Json) => name);

describe('GET /v1/containers', () => {
  it.each<[query: string, found: readonly string[]]>([
    ['', ['web2', 'web', 'cache', 'db']],
    ['?limit=500', ['web2', 'web', 'cache', 'db']],
    ['?latest=false', ['web2', 'web', 'cache', 'db']],
    ['?latest=true', ['web2']],
    ['?latest=true&limit=3', ['web2']],
    ['?latest=true&image=redis', ['cache']],
    ['?name=web', ['web']],
    ['?name=we', []],
    ['?name=', []],
    ['?image=nginx', ['web2', 'web']],
    ['?label=tier', ['web', 'cache', 'db']],
    ['?label=tier=data', ['cache', 'db']],
    ['?label=tier=', []],
    ['?label=empty=', ['db']],
    ['?label=note=a=b', ['cache']],
    ['?label=tier=data&label=note', ['cache']],
    ['?label=constructor', []],
    ['?state=absent', ['web2', 'web', 'cache', 'db']],
    ['?state=running', []],
    ['?ready=false', ['web2', 'web', 'cache', 'db']],
    ['?ready=true', []],
    ['?hostPort=3306', ['db']],
    ['?hostPort=53', ['web']],
    ['?hostPort=80', []],
    ['?linkedTo=db', ['web2', 'web']],
    ['?linkedTo=cache', ['web']],
    ['?linkedTo=c', []],
    ['?linkedTo=db&image=nginx&ready=false&name=web', ['web']],
    ['?name=%FF', []],
    ['?name=%27%3B--', []],
  ])('%s has, newest first, %j', async (query, found) => {
    expect(await names(query)).toEqual(found);
  });

  it.each<[query: string, pointer: string]>([
    ['?limit=0', '/limit'],
    ['?limit=501', '/limit'],
    ['?limit=-1', '/limit'],
    ['?limit=ten', '/limit'],
    ['?limit=', '/limit'],
    ['?limit=1&limit=2', '/limit'],
    ['?latest=yes', '/latest'],
    ['?ready=1', '/ready'],
    ['?ready=', '/ready'],
    ['?hostPort=0', '/hostPort'],
    ['?hostPort=65536', '/hostPort'],
    ['?hostPort=http', '/hostPort'],
    ['?name=a&name=b', '/name'],
    ['?cursor=zzz', '/cursor'],
    ['?cursor=', '/cursor'],
    ['?Limit=1', '/Limit'],
    ['?label[]=a', '/label[]'],
    ['?__proto__=1', '/__proto__'],
    ['?constructor=1', '/constructor'],
    ['?follow=true', '/follow'],
  ])('%s is refused, and the answer says where', async (query, pointer) => {
    const { errors } = await berth.refuse('invalid-parameter', 'GET', `/v1/containers${query}`);
    expect(errors).toMatchObject([{ in: 'query', pointer }]);
  });

  it('names every wrong parameter at once', async () => {
    const { errors } = await berth.refuse('invalid-parameter', 'GET', '/v1/containers?limit=0&hostPort=x&nope=1');
    expect(errors?.map(({ pointer }) => pointer).sort()).toEqual(['/hostPort', '/limit', '/nope']);
  });
});

describe('paging', () => {
  it('neither skips nor repeats what stays, while others come and go', async () => {
    const other = await testBerth();
    for (let i = 0; i < 10; i += 1) await other.declare({ name: `c${i}`, image: 'x' });
    const seen: string[] = [];
    let cursor: string | null = '';
    for (let turn = 0; cursor !== null; turn += 1) {
      const next: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const page: Json = await other.get(`/v1/containers?limit=3${next}`);
      seen.push(...page.items.map(({ name }: Json) => name));
      cursor = page.next;
      await other.declare({ name: `new${turn}`, image: 'x' });
      await other.send('DELETE', `/v1/containers/${seen.at(-1)}`);
    }
    await other.stop();
    expect(seen).toEqual(['c9', 'c8', 'c7', 'c6', 'c5', 'c4', 'c3', 'c2', 'c1', 'c0']);
  });

  it('shows each change at once, wherever a page was read before', async () => {
    const other = await testBerth();
    for (const name of ['aa', 'bb', 'cc']) await other.declare({ name, image: 'x' });
    const shown = async (query = ''): Promise<readonly Json[]> =>
      (await other.get(`/v1/containers${query}`)).items.map(({ name, image, labels }: Json) => ({
        name,
        image,
        labels,
      }));
    const plain = (name: string) => ({ name, image: 'x', labels: {} });
    expect(await shown()).toEqual(['cc', 'bb', 'aa'].map(plain));
    expect(await shown('?limit=2')).toEqual(['cc', 'bb'].map(plain));
    await other.send('PATCH', '/v1/containers/bb', { body: { labels: { n: '1' } }, headers: MERGE_PATCH });
    const changed = { ...plain('bb'), labels: { n: '1' } };
    expect(await shown('?limit=2')).toEqual([plain('cc'), changed]);
    expect(await shown()).toEqual([plain('cc'), changed, plain('aa')]);
    await other.send('DELETE', '/v1/containers/cc');
    expect((await shown()).slice(-2)).toEqual([changed, plain('aa')]);
    await other.stop();
  });

  it('goes by what passes the filters', async () => {
    const first = await berth.get('/v1/containers?limit=1&image=nginx');
    expect(first.items.map(({ name }: Json) => name)).toEqual(['web2']);
    const second = await berth.get(`/v1/containers?limit=1&image=nginx&cursor=${first.nextCursor}`);
    expect(second.items.map(({ name }: Json) => name)).toEqual(['web']);
    expect([second.next, second.nextCursor]).toEqual([null, null]);
  });

  it('has no cursor when the last page is exactly full', async () => {
    expect((await berth.get('/v1/containers?limit=4')).nextCursor).toBeNull();
    expect((await berth.get('/v1/containers?limit=3')).nextCursor).toEqual(expect.any(String));
  });
});
