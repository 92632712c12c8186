import type { FastifyInstance } from 'fastify';
import { Problem } from '../../domain/problems/problem.js';
import { dotPieces } from '../../domain/topology/dot.js';
import type { Topology, TopologyFilter } from '../../domain/topology/graph.js';
import { mermaidPieces } from '../../domain/topology/mermaid.js';
import { inSlices } from '../../observability/slices.js';
import type { TopologyService } from '../../service/topology.js';
import { route } from '../openapi/operation.js';
import { preferred } from '../protocol/content-negotiation.js';
import { getTopology } from './contract.js';
import { createDrawing } from './graphviz.js';
import { topologyComponents } from './schemas.js';

/** Limit of nodes and edges together in a drawing. */
const DRAWN = 1000;

const FORMS = ['application/json', 'text/vnd.mermaid', 'text/vnd.graphviz', 'image/svg+xml'] as const;

/** A graph as JSON, in pieces. */
function* jsonPieces({ nodes, edges }: Topology): Generator<string> {
  yield '{"nodes":[';
  for (const [index, node] of nodes.entries()) yield `${index === 0 ? '' : ','}${JSON.stringify(node)}`;
  yield '],"edges":[';
  for (const [index, edge] of edges.entries()) yield `${index === 0 ? '' : ','}${JSON.stringify(edge)}`;
  yield ']}';
}

/** The graph of ports and links, in the form that the client asks for. */
export function topologyRoutes(app: FastifyInstance, topology: TopologyService): void {
  for (const schema of topologyComponents) app.addSchema(schema);
  const drawing = createDrawing();
  app.addHook('onClose', () => drawing.close());

  /** @throws Problem `too-large-to-draw` */
  async function draw(graph: Topology): Promise<string> {
    const size = graph.nodes.length + graph.edges.length;
    if (size <= DRAWN) return drawing.draw(await inSlices(dotPieces(graph)));
    const detail = `The graph has ${size} nodes and edges, and at most ${DRAWN} can be drawn. Select a part with ?set= or ?name=, or choose another format.`;
    throw new Problem('too-large-to-draw', detail);
  }

  route(app, getTopology, async ({ query, request, reply }) => {
    const type = preferred(request, FORMS);
    const { depth = 1, ...asked } = query;
    const filter: TopologyFilter = { ...asked, depth };
    const graph = await topology.graph(filter);
    switch (type) {
      case 'application/json':
        return reply
          .type(`${type}; charset=utf-8`)
          .serializer(String)
          .send(await inSlices(jsonPieces(graph)));
      case 'text/vnd.mermaid':
        return reply.type(`${type}; charset=utf-8`).send(await inSlices(mermaidPieces(graph)));
      case 'text/vnd.graphviz':
        return reply.type(`${type}; charset=utf-8`).send(await inSlices(dotPieces(graph)));
      case 'image/svg+xml':
        return reply.type(`${type}; charset=utf-8`).send(await draw(graph));
    }
  });
}
