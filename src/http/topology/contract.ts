import { Type } from 'typebox';
import { dot } from '../../domain/topology/dot.js';
import { mermaid } from '../../domain/topology/mermaid.js';
import { operation } from '../openapi/operation.js';
import { ref } from '../openapi/schema-helpers.js';
import { TOPOLOGY, TOPOLOGY_SCHEMA } from './schemas.js';

export const getTopology = operation('GET', '/topology', {
  id: 'getTopology',
  tags: ['topology'],
  summary: 'Ports and links as a graph',
  description:
    'From what Berth knows itself: it is there while the engine is not. Links lead from the recipient to its source, host ports to the container. With `set` or `name` only what they name and what is at most `depth` links away from it. By Accept as JSON, Mermaid, Graphviz or SVG. The SVG has the `id`s of the nodes and edges, the classes `ready`, `not-ready`, `unknown`, `foreign`, `missing` (nodes), `resolved`, `stale`, `waiting`, `missing`, `bound`, `unbound`, `unknown` (edges), links to `#/containers/NAME`, and the colour of the text around it.',
  query: Type.Object(
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
  replies: {
    200: {
      description: 'The same text for the same state.',
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
