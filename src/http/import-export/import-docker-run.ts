import type { FastifyInstance, FastifyReply } from 'fastify';
import { Type } from 'typebox';
import type { ImportDockerRun } from '../../service/import-export/import-docker-run.js';
import type { ImportOutcome } from '../../service/import-export/outcome.js';
import { IMPORTED, IMPORTED_APPLIED } from '../containers/examples.js';
import { operation, route } from '../openapi/operation.js';
import { ref } from '../openapi/schema-helpers.js';
import { requesterOf } from '../pipeline/auth/auth.js';
import { idempotencyHeader, KEYED, keyedWrite } from '../pipeline/idempotency.js';
import { JSON_TYPE } from '../protocol/content-negotiation.js';
import { patience } from '../protocol/request-helpers.js';
import type { Streams } from '../protocol/streaming.js';
import { importedJson } from './imported-json.js';
import { DockerRunBody, IMPORT_LIMIT_BYTES, Imported, ImportQuery } from './schemas.js';

const imported = (description: string, value: object) => ({
  description,
  content: { 'application/json': { schema: ref(Imported), examples: { web: { value } } } },
});

const STATUS = { read: 200, applied: 201, accepted: 202 } as const;

function render({ kind, imported: view }: ImportOutcome, reply: FastifyReply): Promise<Buffer> {
  const [made] = view.applied?.results ?? [];
  if (kind !== 'read' && made !== undefined) reply.header('location', `/v1/containers/${made.name}`);
  reply.code(STATUS[kind]);
  return importedJson(view, reply);
}

const importDockerRun = operation('POST', '/import/docker-run', {
  id: 'importDockerRun',
  tags: ['imports'],
  summary: 'Import a docker run command',
  description:
    'Returns the definition for the command line. `unsupported` lists every unsupported flag with the reason. The line is split as a POSIX shell splits it, with the variables in `env`; anything that a shell would execute is rejected, and the error gives its position. podman and nerdctl commands follow the same rules. With `apply` the definition is stored as by POST /v1/containers; without --name Berth generates a name.',
  query: ImportQuery,
  headers: Type.Object(idempotencyHeader),
  body: ref(DockerRunBody),
  bodyLimit: IMPORT_LIMIT_BYTES,
  replies: {
    200: imported('Imported but not stored. With apply and dryRun: the result and its `plan`.', IMPORTED),
    201: imported('Stored; with ?wait it is ready.', IMPORTED_APPLIED),
    202: imported('Stored, but not ready when the wait ended.', IMPORTED_APPLIED),
  },
  problems: [
    'invalid-body',
    'invalid-definition',
    'payload-too-large',
    'unsupported-media-type',
    'not-importable',
    'name-taken',
    'port-claimed',
    'storage-unavailable',
    'busy',
    'policy-denied',
    ...KEYED,
  ],
});

/** Registers the import of a `docker run` line. */
export function importDockerRunRoutes(app: FastifyInstance, imports: ImportDockerRun, streams: Streams): void {
  route(app, importDockerRun, async ({ query, body, request, reply }) => {
    const { apply = false, force = false, dryRun = false, wait = 0 } = query;
    const keyed = keyedWrite(request, reply, render);
    const outcome = await imports.importDockerRun(body, {
      apply,
      force,
      dryRun,
      ...patience(wait, reply, streams),
      ...requesterOf(request),
      ...(keyed !== undefined && { keyed }),
    });
    const json = await render(outcome, reply);
    return reply.type(JSON_TYPE).send(json);
  });
}
