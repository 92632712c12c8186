import { Type } from 'typebox';
import { Problem } from '../../domain/problems/problem.js';
import { dot } from '../../domain/topology/dot.js';
import type { Topology, TopologyFilter } from '../../domain/topology/graph.js';
import { mermaid } from '../../domain/topology/mermaid.js';
import type { Service } from '../../service/service.js';
import { problemResponses } from '../openapi/problem-schema.js';
import { ref } from '../openapi/schema-helpers.js';
import type { App } from '../openapi/typed-app.js';
import { preferred } from '../protocol/content-negotiation.js';
import { createDrawing } from './graphviz.js';
import { TOPOLOGY, TOPOLOGY_SCHEMA, topologyComponents } from './schemas.js';

/** What a drawing may have of nodes and edges together. */
const DRAWN = 1000;

const FORMS = ['application/json', 'text/vnd.mermaid', 'text/vnd.graphviz', 'image/svg+xml'] as const;

/** The graph of ports and links, in the form that the client asks for. */
export function topologyRoutes(app: App, service: Service): void {
  for (const schema of topologyComponents) app.addSchema(schema);
  const drawing = createDrawing();
  app.addHook('onClose', () => drawing.close());

  /** @throws Problem `too-large-to-draw` */
  async function draw(graph: Topology): Promise<string> {
    const size = graph.nodes.length + graph.edges.length;
    if (size <= DRAWN) return drawing.draw(dot(graph));
    const detail = `There are ${size} nodes and edges, and ${DRAWN} can be drawn: ask for a part with ?set= or ?name=, or for another form.`;
    throw new Problem('too-large-to-draw', detail);
  }

  app.get(
    '/topology',
    {
      schema: {
        operationId: 'getTopology',
        tags: ['topology'],
        summary: 'Ports and links as a graph',
        description:
          'From what Berth knows itself: it is there while the engine is not. Links lead from the recipient to its source, host ports to the container. With `set` or `name` only what they name and what is at most `depth` links away from it. By Accept as JSON, Mermaid, Graphviz or SVG. The SVG has the `id`s of the nodes and edges, the classes `ready`, `not-ready`, `unknown`, `foreign`, `missing` (nodes), `resolved`, `stale`, `waiting`, `missing`, `bound`, `unbound`, `unknown` (edges), links to `#/containers/NAME`, and the colour of the text around it.',
        querystring: Type.Object(
          {
            set: Type.Optional(Type.String({ description: 'Containers of this set.' })),
            name: Type.Optional(Type.String({ description: 'The container of this name.' })),
            depth: Type.Optional(
              Type.Integer({
                minimum: 0,
                maximum: 100,
                default: 1,
                description: 'How many links away from those others are shown.',
              }),
            ),
          },
          { additionalProperties: false },
        ),
        response: {
          200: {
            description: 'The same text for the same state.',
            content: {
              'application/json': { schema: ref(TOPOLOGY_SCHEMA), examples: { linked: { value: TOPOLOGY } } },
              'text/vnd.mermaid': { schema: Type.String(), example: mermaid(TOPOLOGY) },
              'text/vnd.graphviz': { schema: Type.String(), example: dot(TOPOLOGY) },
              'image/svg+xml': { schema: Type.String(), example: '<svg xmlns="http://www.w3.org/2000/svg">…</svg>' },
            },
          },
          ...problemResponses('invalid-body', 'not-acceptable', 'too-large-to-draw', 'busy'),
        },
      },
    },
    async (request, reply) => {
      const type = preferred(request, FORMS);
      const { depth = 1, ...asked } = request.query;
      const filter: TopologyFilter = { ...asked, depth };
      const graph = service.topology(filter);
      switch (type) {
        case 'application/json':
          return reply
            .type(`${type}; charset=utf-8`)
            .serializer(JSON.stringify)
            .send(graph as never);
        case 'text/vnd.mermaid':
          return reply.type(`${type}; charset=utf-8`).send(mermaid(graph) as never);
        case 'text/vnd.graphviz':
          return reply.type(`${type}; charset=utf-8`).send(dot(graph) as never);
        case 'image/svg+xml':
          return reply.type(`${type}; charset=utf-8`).send((await draw(graph)) as never);
      }
    },
  );
}
