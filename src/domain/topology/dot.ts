import { groupBy } from '../../lib/multimap.js';
import {
  CLASS_OF_READY,
  hostPortText,
  isNode,
  isWhole,
  linesOf,
  type Topology,
  type TopologyEdge,
  type TopologyNode,
  textOf,
} from './graph.js';

/**
 * Rule: graphviz.org/doc/info/lang.html, a quoted string; the backslash would begin an escape of a label. Messages of an
 * engine may have control characters, which XML has no form for.
 */
const quote = (text: string): string =>
  `"${text
    .replaceAll(/[\p{Cc}\p{Surrogate}]+/gu, ' ')
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')}"`;

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (char) => ENTITIES[char] ?? char);

/** The first line in bold, the others smaller below. Rule: graphviz.org/doc/info/shapes.html, HTML-like labels. */
function label([first = '', ...more]: readonly string[]): string {
  const rest = more.map((line) => `<br/><font point-size="11">${escaped(line)}</font>`);
  return `<<b>${escaped(first)}</b>${rest.join('')}>`;
}

const attributes = (all: Readonly<Record<string, string>>): string =>
  `[${Object.entries(all)
    .map(([name, value]) => `${name}=${name === 'label' && value.startsWith('<<') ? value : quote(value)}`)
    .join(', ')}]`;

/**
 * Returns a node's name in the graph, which screen readers read out too. Container names have no space, so no prefixed
 * name equals one.
 */
function nameOf(node: TopologyNode): string {
  switch (node.kind) {
    case 'host-port':
      return `host port ${hostPortText(node)}/${node.protocol}`;
    case 'container':
      return node.name;
    default:
      return `${node.kind} ${node.name}`;
  }
}

function looks(node: TopologyNode): Readonly<Record<string, string>> {
  const lines = linesOf(node);
  const common = { id: node.id, tooltip: lines.join(', '), label: label(lines) };
  switch (node.kind) {
    case 'host-port':
      return { ...common, class: 'host-port', shape: 'plaintext' };
    case 'container': {
      const isReady = node.ready === 'True';
      return {
        ...common,
        class: CLASS_OF_READY[node.ready],
        URL: `#/containers/${node.name}`,
        ...(!isReady && { style: node.ready === 'False' ? 'rounded,dashed' : 'rounded,dotted' }),
        ...(!isReady && node.message !== '' && { tooltip: `${lines.join(', ')}: ${node.message}` }),
      };
    }
    default:
      return { ...common, class: node.kind, style: node.kind === 'missing' ? 'dashed' : 'dotted' };
  }
}

function standing(edge: TopologyEdge): string {
  if (edge.kind === 'link') return edge.state;
  return edge.bound === null ? 'unknown' : edge.bound ? 'bound' : 'unbound';
}

const HEAD = [
  'digraph topology {\n',
  '  graph [id="topology", rankdir=LR, bgcolor=transparent, ranksep=0.7, nslimit=1, nslimit1=1, mclimit=0.3]\n',
  '  graph [fontname="Courier", fontsize=12]\n',
  '  node [shape=box, style=rounded, fontname="Courier", fontsize=13]\n',
  '  edge [fontname="Courier", fontsize=11, arrowsize=0.7]\n',
];

/**
 * A topology in Graphviz's DOT, the same text for the same graph. Ids, classes and addresses are for the drawing. The
 * limits bound how long the best places are looked for: a hundred containers take a tenth of a second, not many. In the
 * font every letter is as wide in all its likenesses, so that texts fit their boxes whatever is installed.
 */
export const dot = (graph: Topology): string => [...dotPieces(graph)].join('');

/** The same text in pieces. */
export function* dotPieces({ nodes, edges }: Topology): Generator<string> {
  yield* HEAD;
  const names = new Map(nodes.map((node) => [node.id, quote(nameOf(node))]));
  const line = (node: TopologyNode): string => `${names.get(node.id)} ${attributes(looks(node))}\n`;
  const members = groupBy(nodes.filter(isNode('container')), ({ network }) => network);
  for (const [index, network] of nodes.filter(isNode('network')).entries()) {
    const look = { id: network.id, class: 'network', style: 'rounded', label: linesOf(network)[0] ?? '' };
    yield `  subgraph cluster_${index} {\n    graph ${attributes(look)}\n`;
    for (const node of members.get(network.name) ?? []) yield `    ${line(node)}`;
    yield '  }\n';
  }
  for (const node of nodes) if (node.kind !== 'network' && node.kind !== 'container') yield `  ${line(node)}`;
  for (const edge of edges) {
    const classes = `${edge.kind} ${standing(edge)}`;
    const look = { id: edge.id, class: classes, label: textOf(edge), ...(!isWhole(edge) && { style: 'dashed' }) };
    yield `  ${names.get(edge.from)} -> ${names.get(edge.to)} ${attributes(look)}\n`;
  }
  yield '}\n';
}
