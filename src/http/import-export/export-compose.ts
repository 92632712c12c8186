import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { toYaml } from '../../domain/import-export/compose/yaml/write-yaml.js';
import { inSlices } from '../../observability/slices.js';
import type { ExportCompose } from '../../service/import-export/export-compose.js';
import { EXPORTED_COMPOSE } from '../containers/examples.js';
import { operation, route } from '../openapi/operation.js';
import { ref } from '../openapi/schema-helpers.js';
import { preferred } from '../protocol/content-negotiation.js';
import { ComposeFile } from './schemas.js';

const ExportQuery = Type.Object(
  {
    set: Type.Optional(Type.String({ description: 'Only containers of this set.' })),
    name: Type.Optional(Type.Array(Type.String(), { description: 'Only the container with this name; repeatable.' })),
  },
  { additionalProperties: false },
);

const exportCompose = operation('GET', '/export/compose', {
  id: 'exportCompose',
  tags: ['imports'],
  summary: 'Export definitions as a Compose file',
  description:
    "The file works with Docker Compose and can be imported again. Services have their definitions' names; container names, networks, volumes and picked host ports are written out, so that they stay the same. Settings that Compose does not support are under `x-berth`. The file contains the values of variables.",
  query: ExportQuery,
  replies: {
    200: {
      description: 'The Compose file.',
      content: {
        'application/yaml': { schema: Type.String(), example: toYaml(EXPORTED_COMPOSE) },
        'application/json': { schema: ref(ComposeFile), examples: { shop: { value: EXPORTED_COMPOSE } } },
      },
    },
  },
  problems: ['invalid-body', 'not-found', 'not-acceptable', 'payload-too-large', 'busy'],
  access: 'operator',
});

/** Registers the export as a Compose file. */
export function exportComposeRoutes(app: FastifyInstance, exports: ExportCompose): void {
  route(app, exportCompose, async ({ query, request, reply }) => {
    const type = preferred(request, ['application/yaml', 'application/json']);
    const { set, name } = query;
    const chosen = { ...(set !== undefined && { set }), ...(name !== undefined && { names: name }) };
    const json = await inSlices(exports.exportComposeJson(chosen));
    if (type === 'application/json') {
      return reply.type(`${type}; charset=utf-8`).serializer(String).send(json);
    }
    const text = await exports.exportComposeText(json);
    return reply.type('application/yaml; charset=utf-8').send(text);
  });
}
