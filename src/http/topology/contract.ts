import { Type } from 'typebox';
import { dot } from '../../domain/topology/dot.js';
import { mermaid } from '../../domain/topology/mermaid.js';
import { operation } from '../openapi/operation.js';
import { ref } from '../openapi/schema-helpers.js';
import { TOPOLOGY, TOPOLOGY_SCHEMA } from './schemas.js';

export const getTopology = operation('GET', '/topology', {
  id: 'getTopology',
  tags: ['topology'],
  summary: 'Get the topology',
  description:
    "Ports and links as a graph, built from Berth's own state, so it works while the engine is not reachable. Edges lead from a recipient to its source, and from a host port to its container. `set` or `name` selects containers, together with everything at most `depth` links away. The Accept header selects JSON, Mermaid, Graphviz or SVG. The SVG has the `id`s of the nodes and edges, links to `#/containers/NAME`, the text colour of its surroundings, and these classes: `ready`, `not-ready`, `unknown`, `foreign`, `missing` on nodes; `resolved`, `stale`, `waiting`, `missing`, `bound`, `unbound`, `unknown` on edges.",
  query: Type.Object(
    {
      set: Type.Optional(Type.String({ description: 'Only containers of this set.' })),
      name: Type.Optional(Type.String({ description: 'Only the container with this name.' })),
      depth: Type.Optional(
        Type.Integer({
          minimum: 0,
          maximum: 100,
          default: 1,
          description: 'Number of links to follow from the selected containers.',
        }),
      ),
    },
    { additionalProperties: false },
  ),
  replies: {
    200: {
      description: 'The same state gives the same text.',
      content: {
        'application/json': { schema: ref(TOPOLOGY_SCHEMA), examples: { linked: { value: TOPOLOGY } } },
        'text/vnd.mermaid': { schema: Type.String(), example: mermaid(TOPOLOGY) },
        'text/vnd.graphviz': { schema: Type.String(), example: dot(TOPOLOGY) },
        'image/svg+xml': { schema: Type.String(), example: '<svg xmlns="http://www.w3.org/2000/svg">…</svg>' },
      },
    },
  },
  problems: ['invalid-body', 'not-acceptable', 'too-large-to-draw', 'busy'],
});
