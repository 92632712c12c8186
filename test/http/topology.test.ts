import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Json, type TestBerth, testBerth } from './berth.js';

const AT = '/v1/topology';
let berth: TestBerth;
beforeAll(async () => {
  berth = await testBerth();
  const containers = [
    { name: 'web', image: 'team/web', ports: ['127.0.0.1:5000:80', '53/udp'], links: ['app:backend', 'old'] },
    { name: 'app', image: 'team/app', links: [{ container: 'db', env: 'none' }] },
    { name: 'db', image: 'mysql' },
    { name: 'old', image: 'mysql' },
    { name: 'apart', image: 'x', network: 'backend' },
  ];
  const answer = await berth.send('POST', '/v1/apply', { body: { set: 'shop', containers: containers.slice(0, 4) } });
  expect(answer.status, answer.text).toBe(200);
  await berth.declare(containers[4]);
});
afterAll(() => berth.stop());

const as = (accept: string, query = '') => berth.send('GET', `${AT}${query}`, { headers: { accept } });
const names = ({ nodes }: Json): readonly string[] =>
  nodes.filter(({ kind }: Json) => kind === 'container').map(({ name }: Json) => name);

describe('GET /v1/topology', () => {
  it('has networks, containers and host ports as nodes, links and published ports as edges, without an engine', async () => {
    const { nodes, edges } = await berth.get(AT);
    expect(nodes.map(({ id }: Json) => id)).toEqual([
      ...['network:backend', 'network:bridge'],
      ...['container:apart', 'container:app', 'container:db', 'container:old', 'container:web'],
      ...['port:127.0.0.1:5000/tcp', expect.stringMatching(/^port:49\d{3}\/udp$/)],
    ]);
    expect(nodes[6]).toMatchObject({ name: 'web', image: 'team/web', set: 'shop', state: 'absent', ready: 'Unknown' });
    expect(edges).toMatchObject([
      { id: 'link:app/db', from: 'container:app', to: 'container:db', env: 'none', state: 'unknown' },
      { id: 'link:web/backend', from: 'container:web', to: 'container:app', alias: 'backend', env: 'all' },
      { id: 'link:web/old', to: 'container:old' },
      { id: 'published:127.0.0.1:5000/tcp/web', from: 'port:127.0.0.1:5000/tcp', containerPort: 80, bound: null },
      { to: 'container:web', containerPort: 53, protocol: 'udp', bound: null },
    ]);
  });

  it.each<[query: string, shown: string, edges: number]>([
    ['?name=db', 'app db', 1],
    ['?name=db&depth=2', 'app db web', 4],
    ['?name=db&depth=0', 'db', 0],
    ['?set=shop&depth=0', 'app db old web', 5],
    ['?set=none', '', 0],
    ['?name=nobody', '', 0],
  ])('%s shows a part: %s', async (query, shown, edges) => {
    const graph = await berth.get(`${AT}${query}`);
    expect(names(graph).join(' ')).toBe(shown);
    expect(graph.edges).toHaveLength(edges);
  });

  it.each<[accept: string, begin: RegExp]>([
    ['text/vnd.mermaid', /^flowchart LR\n/],
    ['text/vnd.graphviz', /^digraph topology \{\n/],
    ['image/svg+xml', /^<svg /],
  ])('is the same %s for the same state', async (accept, begin) => {
    const [first, second] = [await as(accept), await as(accept)];
    expect(first.headers['content-type']).toBe(`${accept}; charset=utf-8`);
    const text = first.text ?? first.body.toString();
    expect(text).toMatch(begin);
    expect(second.text ?? second.body.toString()).toBe(text);
  });

  it('is drawn with an id, a class and an address for every container', async () => {
    const answer = await as('image/svg+xml', '?set=shop');
    const svg = answer.text ?? answer.body.toString();
    for (const name of ['web', 'app', 'db', 'old']) {
      expect(svg).toContain(`<g id="container:${name}" class="node unknown">`);
      expect(svg).toContain(`xlink:href="#/containers/${name}"`);
    }
  });

  it.each(['depth=-1', 'depth=101', 'depth=x', 'depth=1.5', 'label=a', 'name=a&name=b'])(
    '?%s is a 400',
    async (query) => {
      await berth.refuse('invalid-parameter', 'GET', `${AT}?${query}`);
    },
  );

  it('can be had in four forms, and in no other', async () => {
    const { detail } = await berth.refuse('not-acceptable', 'GET', AT, { headers: { accept: 'image/png' } });
    for (const form of ['application/json', 'text/vnd.mermaid', 'text/vnd.graphviz', 'image/svg+xml']) {
      expect(detail).toContain(form);
    }
  });

  it('has a source for as long as its removal is not done', async () => {
    expect((await berth.send('DELETE', '/v1/containers/old?force=true')).status).toBe(202);
    const { nodes, edges } = await berth.get(AT);
    expect(nodes.find(({ name }: Json) => name === 'old')).toMatchObject({ kind: 'container' });
    expect(edges.find(({ alias }: Json) => alias === 'old')).toMatchObject({ to: 'container:old' });
  });
});

describe('too much to be drawn', () => {
  it('is told so, and can be had as text', async () => {
    const many = await testBerth();
    for (const part of ['a', 'b', 'c']) {
      const containers = Array.from({ length: 340 }, (_, index) => ({ name: `${part}${index}-x`, image: 'x' }));
      expect((await many.send('POST', '/v1/apply', { body: { set: part, containers } })).status).toBe(200);
    }
    const headers = { accept: 'image/svg+xml' };
    const { detail } = await many.refuse('too-large-to-draw', 'GET', AT, { headers });
    expect(detail).toContain('The graph has 1021 nodes and edges, and at most 1000 can be drawn');
    expect((await many.send('GET', AT, { headers: { accept: 'text/vnd.mermaid' } })).status).toBe(200);
    expect((await many.send('GET', `${AT}?set=a`, { headers })).status).toBe(200);
    await many.stop();
  });
});
