import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import type { LinkMigration, MigrateLinks } from '../../service/migrate-links.js';
import { Plan } from '../containers/plan.js';
import { operation, route } from '../openapi/operation.js';
import { nullable, ref } from '../openapi/schema-helpers.js';
import { requesterOf } from '../pipeline/auth/auth.js';
import { idempotencyHeader, KEYED, keyedWrite } from '../pipeline/idempotency.js';
import { ignoreBody } from '../protocol/request-helpers.js';

const Migration = Type.Object(
  {
    dryRun: Type.Boolean({ description: 'True if this was a dry run and nothing was changed.' }),
    network: Type.String({ description: 'The network that linked definitions run on from then on.' }),
    containers: Type.Array(Type.String(), {
      description: 'The linked definitions on the default bridge, sources before their recipients.',
    }),
    plan: nullable(ref(Plan)),
  },
  {
    $id: 'LinkMigration',
    description:
      'Links that move off the default bridge. `plan` has the steps that are left; null while the engine is not reachable.',
  },
);

const step = (container: string, action: string, target: string, reason: string) => ({
  ...{ container, action, target, reason },
});
const MOVES = 'moves from the default bridge to the network berth-links with';
const TO_RECIPIENTS = `${MOVES} the containers that link to it`;

const MOVED: LinkMigration = {
  dryRun: true,
  network: 'berth-links',
  containers: ['db', 'web'],
  plan: {
    actions: [
      step('db', 'create-network', 'berth-links', 'the network is not on the engine'),
      step('db', 'stop', 'db (0d4bb0b57f2b)', TO_RECIPIENTS),
      step('db', 'rename', 'db (0d4bb0b57f2b) → db.retired-0d4bb0b57f2b', 'frees the name for its replacement'),
      step('db', 'create', 'db', TO_RECIPIENTS),
      step('db', 'start', 'db (new)', 'the desired state is running'),
      step('db', 'remove', 'db.retired-0d4bb0b57f2b (0d4bb0b57f2b)', 'its replacement runs'),
    ],
    interrupted: [{ container: 'db', reason: TO_RECIPIENTS }],
    obstacles: [],
    changes: [],
  },
};

const migrateLinks = operation('POST', '/migrate/links', {
  id: 'migrateLinks',
  tags: ['links'],
  summary: 'Move links off the default bridge',
  description:
    "Docker announces that version 30 removes links on the default bridge. From this request on, definitions on `bridge` that have links, or that others link to, run on the network `berth-links`, with the same names, lines in `/etc/hosts` and variables. Sources are replaced first, then each recipient once. The definitions stay as they are, and `status.runsOn` shows the network. Berth does the same by itself when the engine is upgraded. The move is stored, can be repeated without effect, and can't be undone.",
  query: Type.Object(
    {
      dryRun: Type.Optional(
        Type.Boolean({ default: false, description: 'Return the plan without storing or changing anything.' }),
      ),
    },
    { additionalProperties: false },
  ),
  headers: Type.Object(idempotencyHeader),
  replies: {
    200: {
      description: 'Stored; the steps follow in the background. With dryRun: what would be done.',
      content: { 'application/json': { schema: ref(Migration), examples: { dryRun: { value: MOVED } } } },
    },
  },
  problems: [
    ...(['invalid-body', 'payload-too-large', 'unsupported-media-type', 'links-unsupported'] as const),
    ...(['storage-unavailable', ...KEYED] as const),
  ],
  checkBody: ignoreBody,
});

/** Registers the route that moves links off the default bridge. */
export function migrateLinksRoutes(app: FastifyInstance, links: MigrateLinks): void {
  app.addSchema(Migration);

  route(app, migrateLinks, async ({ query, request, reply }) => {
    const keyed = keyedWrite(request, reply, (migration: LinkMigration) => migration);
    return links.migrateLinks({
      dryRun: query.dryRun ?? false,
      ...requesterOf(request),
      ...(keyed !== undefined && { keyed }),
    });
  });
}
