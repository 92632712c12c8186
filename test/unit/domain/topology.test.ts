import { instance } from '@viz-js/viz';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dot } from '../../../src/domain/topology/dot.js';
import {
  type ContainerNode,
  type LinkEdge,
  neighbourhood,
  type PublishedEdge,
  type Topology,
} from '../../../src/domain/topology/graph.js';
import { mermaid } from '../../../src/domain/topology/mermaid.js';

const node = (name: string, over: Partial<ContainerNode> = {}): ContainerNode => ({
  ...{ kind: 'container', id: `container:${name}`, name, image: 'x', network: 'bridge', set: null, state: 'running' },
  ...{ ready: 'True', reason: 'Running', message: '' },
  ...over,
});
const link = (from: string, to: string, state: LinkEdge['state'] = 'resolved'): LinkEdge => ({
  ...{ kind: 'link', id: `link:${from}/a`, from: `container:${from}`, to, alias: 'a', env: 'all', state },
});
const published = (hostPort: number, to: string, bound: boolean | null): PublishedEdge => ({
  ...{ kind: 'published', id: `published:${hostPort}/tcp/${to}`, from: `port:${hostPort}/tcp`, to: `container:${to}` },
  ...{ containerPort: 80, protocol: 'tcp', bound },
});

/** Every kind of node, and edges that hold and that do not. */
const GRAPH: Topology = {
  nodes: [
    { kind: 'network', id: 'network:bridge', name: 'bridge' },
    { kind: 'network', id: 'network:end', name: 'end' },
    node('end', { network: 'end' }),
    node('web', { ready: 'False', reason: 'Stopped', state: 'exited', message: 'he said "no\\"\u001b' }),
    { kind: 'host-port', id: 'port:5000/tcp', hostIp: null, hostPort: 5000, protocol: 'tcp' },
    { kind: 'host-port', id: 'port:[::1]:53/udp', hostIp: '::1', hostPort: 53, protocol: 'udp' },
    { kind: 'foreign', id: 'foreign:web', name: 'theirs', state: 'running' },
    { kind: 'missing', id: 'missing:gone', name: 'gone' },
  ],
  edges: [
    link('web', 'container:end'),
    link('end', 'missing:gone', 'missing'),
    published(5000, 'web', true),
    { ...published(53, 'end', null), from: 'port:[::1]:53/udp' },
  ],
};

describe('a neighbourhood', () => {
  /** a → b → c → d, and e → c; a and e are of one set. */
  const all = [
    { name: 'a', set: 's', links: [{ container: 'b' }] },
    { name: 'b', set: null, links: [{ container: 'c' }] },
    { name: 'c', set: null, links: [{ container: 'd' }, { container: 'gone' }] },
    { name: 'd', set: null, links: [] },
    { name: 'e', set: 's', links: [{ container: 'c' }] },
    { name: 'f', set: null, links: [] },
  ];
  it.each<[filter: object, names: string]>([
    [{}, 'abcdef'],
    [{ name: 'f' }, 'f'],
    [{ name: 'c', depth: 0 }, 'c'],
    [{ name: 'c' }, 'bcde'],
    [{ name: 'c', depth: 2 }, 'abcde'],
    [{ name: 'a', depth: 100 }, 'abcde'],
    [{ set: 's', depth: 0 }, 'ae'],
    [{ set: 's' }, 'abce'],
    [{ set: 's', name: 'e', depth: 0 }, 'e'],
    [{ set: 's', name: 'c' }, ''],
    [{ name: 'nobody' }, ''],
  ])('of %j is %s', (filter, names) => {
    const found = neighbourhood(all, { depth: 1, ...filter });
    expect(all.map(({ name }) => name).filter((name) => found.has(name))).toEqual([...names]);
  });
});

describe('as Mermaid', () => {
  it('is a flowchart whose ids are none of its words', () => {
    expect(mermaid(GRAPH).split('\n').slice(0, 15)).toEqual([
      'flowchart LR',
      '  subgraph n0["default bridge"]',
      '    n3("web<br/>x<br/>exited, Stopped"):::not-ready',
      '  end',
      '  subgraph n1["network end"]',
      '    n2("end<br/>x<br/>running"):::ready',
      '  end',
      '  n4(["5000"])',
      '  n5(["#91;::1#93;:53/udp"])',
      '  n6["theirs<br/>unmanaged<br/>running"]:::foreign',
      '  n7["gone<br/>not defined"]:::missing',
      '  n3 -->|"a"| n2',
      '  n2 -.->|"a (missing)"| n7',
      '  n4 -->|"80/tcp"| n3',
      '  n5 -.->|"80/tcp"| n2',
    ]);
  });

  it('keeps every text inside its quotes, on its line', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (image) => {
        const [, , line = ''] = mermaid({ nodes: [GRAPH.nodes[0] as never, node('a', { image })], edges: [] }).split(
          '\n',
        );
        expect(line).toMatch(/^ {4}n1\("a<br\/>[\p{L}\p{N} _.,/()@+=*~#;-]*<br\/>running"\):::ready$/u);
        const text = line.slice('    n1("a<br/>'.length, -'<br/>running"):::ready'.length);
        const read = text.replace(/#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)));
        expect(read).toBe(image);
      }),
      { numRuns: 50 },
    );
  });
});

describe('as DOT', () => {
  const viz = instance();

  it('says what each thing is, where it leads, and how it stands', () => {
    const lines = dot(GRAPH).split('\n');
    const having = (text: string) => lines.filter((line) => line.includes(text));
    expect(having('id="container:web"')).toEqual([
      expect.stringMatching(
        /^ {4}"web" \[id="container:web".*class="not-ready".*URL="#\/containers\/web".*style="rounded,dashed"/,
      ),
    ]);
    expect(having('"web" -> "end"')).toEqual(['  "web" -> "end" [id="link:web/a", class="link resolved", label="a"]']);
    expect(having('"end" -> "missing gone"')).toEqual([expect.stringContaining('style="dashed"')]);
    expect(having('"host port [::1]:53/udp" -> "end"')).toEqual([expect.stringContaining('class="published unknown"')]);
  });

  it('is taken by Graphviz without a warning, whatever the texts', async () => {
    const graphviz = await viz;
    const readable = (graph: Topology) => graphviz.renderFormats(dot(graph), ['svg', 'json0']);
    expect(readable(GRAPH)).toMatchObject({ status: 'success', errors: [] });
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (image, message) => {
        const { status, errors } = readable({ nodes: [node('a', { image, message, ready: 'Unknown' })], edges: [] });
        expect({ status, errors }).toEqual({ status: 'success', errors: [] });
      }),
      { numRuns: 50 },
    );
  });
});
