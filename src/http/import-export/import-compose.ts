import type { FastifyInstance, FastifyReply } from 'fastify';
import { Type } from 'typebox';
import type { ComposeInput } from '../../domain/import-export/compose/import.js';
import type { ImportCompose } from '../../service/import-export/import-compose.js';
import type { ImportOutcome } from '../../service/import-export/outcome.js';
import { APPLY, IMPORTED_COMPOSE } from '../containers/examples.js';
import { operation, route } from '../openapi/operation.js';
import { ref } from '../openapi/schema-helpers.js';
import { requesterOf } from '../pipeline/auth/auth.js';
import { idempotencyHeader, KEYED, keyedWrite } from '../pipeline/idempotency.js';
import { JSON_TYPE } from '../protocol/content-negotiation.js';
import { patience } from '../protocol/request-helpers.js';
import type { Streams } from '../protocol/streaming.js';
import { importedJson } from './imported-json.js';
import { ComposeBody, IMPORT_LIMIT_BYTES, Imported, ImportQuery } from './schemas.js';

const imported = (description: string, value: object) => ({
  description,
  content: { 'application/json': { schema: ref(Imported), examples: { shop: { value } } } },
});

const IMPORTED_APPLIED = { ...IMPORTED_COMPOSE, unsupported: [], left: [], applied: APPLY };

const ImportComposeQuery = Type.Object(
  {
    ...ImportQuery.properties,
    prune: Type.Optional(
      Type.Boolean({
        default: false,
        description: 'Remove definitions that belong to the set but are missing from the file.',
      }),
    ),
  },
  { additionalProperties: false },
);

const STATUS = { read: 200, applied: 200, accepted: 202 } as const;

function render({ kind, imported: view }: ImportOutcome, reply: FastifyReply): Promise<Buffer> {
  reply.code(STATUS[kind]);
  return importedJson(view, reply);
}

const importCompose = operation('POST', '/import/compose', {
  id: 'importCompose',
  tags: ['imports'],
  summary: 'Import a Compose file',
  description:
    'Returns the definitions for the file, following the Compose specification. `unsupported` lists every unsupported setting with its place and the reason. Faults have a line and column. Containers are named after the set and the service (`shop-db`), unless `container_name` is set or the set already has a definition for the service. Services reach each other by their service names on a network of the project, as with Docker Compose. With `apply` all definitions are stored in one transaction, in the set of the project.',
  query: ImportComposeQuery,
  headers: Type.Object(idempotencyHeader),
  body: ref(ComposeBody),
  bodyLimit: IMPORT_LIMIT_BYTES,
  replies: {
    200: imported(
      'Imported. With `apply` they are stored; with ?wait all are ready. With dryRun there is a `plan`.',
      IMPORTED_COMPOSE,
    ),
    202: imported('Stored, but not all were ready when the wait ended.', IMPORTED_APPLIED),
  },
  problems: [
    'invalid-body',
    'invalid-definition',
    'payload-too-large',
    'unsupported-media-type',
    'not-importable',
    'port-claimed',
    'in-use',
    'storage-unavailable',
    'busy',
    'policy-denied',
    ...KEYED,
  ],
});

/** Registers the import of a Compose file. */
export function importComposeRoutes(app: FastifyInstance, imports: ImportCompose, streams: Streams): void {
  route(app, importCompose, async ({ query, body, request, reply }) => {
    const { apply = false, force = false, prune = false, dryRun = false, wait = 0 } = query;
    const keyed = keyedWrite(request, reply, render);
    const outcome = await imports.importCompose(body as ComposeInput, {
      apply,
      force,
      prune,
      dryRun,
      ...patience(wait, reply, streams),
      ...requesterOf(request),
      ...(keyed !== undefined && { keyed }),
    });
    const json = await render(outcome, reply);
    return reply.type(JSON_TYPE).send(json);
  });
}
