import { groupBy } from '../../lib/multimap.js';
import { CLASS_OF_READY, isNode, isWhole, linesOf, type Topology, type TopologyNode, textOf } from './graph.js';

/** The characters that end a text, begin an entity or a tag in Mermaid's flowcharts, as its entities: `#35;` is `#`. */
const quote = (text: string): string =>
  `"${text.replace(/[^\p{L}\p{N} _.,:;/()@+=*~-]/gu, (char) => `#${char.codePointAt(0)};`)}"`;

const label = (lines: readonly string[]): string => `"${lines.map((line) => quote(line).slice(1, -1)).join('<br/>')}"`;

/** Brackets are shapes: a box, a rounded box, a stadium. */
function shape(node: TopologyNode): string {
  const text = label(linesOf(node));
  switch (node.kind) {
    case 'host-port':
      return `([${text}])`;
    case 'container':
      return `(${text}):::${CLASS_OF_READY[node.ready]}`;
    default:
      return `[${text}]:::${node.kind}`;
  }
}

const CLASSES = [
  'classDef ready stroke-width:2px',
  'classDef not-ready stroke-width:2px,stroke-dasharray:6 3',
  'classDef unknown stroke-dasharray:2 3',
  'classDef foreign stroke-dasharray:2 3',
  'classDef missing stroke-dasharray:6 3',
];

/**
 * A topology as a Mermaid flowchart, the same text for the same graph. Ids are numbers in its order: Mermaid takes
 * neither dashes nor its own words (`end`) in all places.
 */
export const mermaid = (graph: Topology): string => [...mermaidPieces(graph)].join('');

/** The same text in pieces. */
export function* mermaidPieces({ nodes, edges }: Topology): Generator<string> {
  yield 'flowchart LR\n';
  const ids = new Map(nodes.map(({ id }, index) => [id, `n${index}`]));
  const line = (node: TopologyNode): string => `${ids.get(node.id)}${shape(node)}\n`;
  const members = groupBy(nodes.filter(isNode('container')), ({ network }) => network);
  for (const network of nodes.filter(isNode('network'))) {
    yield `  subgraph ${ids.get(network.id)}[${label(linesOf(network))}]\n`;
    for (const node of members.get(network.name) ?? []) yield `    ${line(node)}`;
    yield '  end\n';
  }
  for (const node of nodes) if (node.kind !== 'network' && node.kind !== 'container') yield `  ${line(node)}`;
  for (const edge of edges) {
    const arrow = isWhole(edge) ? '-->' : '-.->';
    yield `  ${ids.get(edge.from)} ${arrow}|${quote(textOf(edge))}| ${ids.get(edge.to)}\n`;
  }
  for (const text of CLASSES) yield `  ${text}\n`;
}
