import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { toYaml } from '../../domain/import-export/compose/yaml/write-yaml.js';
import type { ExportCompose } from '../../service/import-export/export-compose.js';
import { EXPORTED_COMPOSE } from '../containers/examples.js';
import { operation, route } from '../openapi/operation.js';
import { ref } from '../openapi/schema-helpers.js';
import { preferred } from '../protocol/content-negotiation.js';
import { ComposeFile } from './schemas.js';

const ExportQuery = Type.Object(
  {
    set: Type.Optional(Type.String({ description: 'Only what belongs to this set.' })),
    name: Type.Optional(
      Type.Array(Type.String(), { description: 'Only the container of this name; may be given several times.' }),
    ),
  },
  { additionalProperties: false },
);

const exportCompose = operation('GET', '/export/compose', {
  id: 'exportCompose',
  tags: ['imports'],
  summary: 'Definitions as a Compose file',
  description:
    'A file that Docker Compose takes, and that an import reads back: services have their own names, and container names, networks and volumes are as they are on the engine, and host ports that were picked are written down, so that they stay. What Compose has no words for stands under `x-berth`. Values of variables are in it.',
  query: ExportQuery,
  replies: {
    200: {
      description: 'The file.',
      content: {
        'application/yaml': { schema: Type.String(), example: toYaml(EXPORTED_COMPOSE) },
        'application/json': { schema: ref(ComposeFile), examples: { shop: { value: EXPORTED_COMPOSE } } },
      },
    },
  },
  problems: ['invalid-body', 'not-found', 'not-acceptable', 'payload-too-large', 'busy'],
  access: 'operator',
});

/** What Berth has, for Docker Compose. */
export function exportComposeRoutes(app: FastifyInstance, exports: ExportCompose): void {
  route(app, exportCompose, async ({ query, request, reply }) => {
    const type = preferred(request, ['application/yaml', 'application/json']);
    const { set, name } = query;
    const chosen = { ...(set !== undefined && { set }), ...(name !== undefined && { names: name }) };
    if (type === 'application/json') return exports.exportCompose(chosen);
    const text = await exports.exportComposeText(chosen);
    return reply.type('application/yaml; charset=utf-8').send(text);
  });
}
