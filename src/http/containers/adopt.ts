import type { FastifyInstance, FastifyReply } from 'fastify';
import { Type } from 'typebox';
import type { AdoptInput, AdoptOutcome, AdoptService } from '../../service/containers/adopt.js';
import { operation, route } from '../openapi/operation.js';
import { closed, ref } from '../openapi/schema-helpers.js';
import { requesterOf } from '../pipeline/auth/auth.js';
import { idempotencyHeader, KEYED, keyedWrite } from '../pipeline/idempotency.js';
import { Container } from './container.js';
import { ADOPTED } from './examples.js';

export const AdoptBody = Type.Object(
  {
    container: Type.String({
      minLength: 1,
      maxLength: 255,
      description: 'Name or id of a container on the engine.',
    }),
    force: Type.Optional(
      Type.Boolean({
        default: false,
        description: 'Adopt the container even if its first replacement would lose settings.',
      }),
    ),
  },
  { $id: 'Adopt', ...closed },
);

export const Adopted = Type.Object(
  {
    container: ref(Container),
    lost: Type.Array(
      Type.Object({
        field: Type.String({ description: 'Name of the setting on the engine.', examples: ['HostConfig.Privileged'] }),
        value: Type.Unknown(),
        reason: Type.String(),
      }),
      { description: 'Settings that the first replacement would lose.' },
    ),
    changed: Type.Array(
      Type.Object({
        field: Type.String({ description: 'Name of the setting on the engine.', examples: ['HostConfig.PidsLimit'] }),
        value: Type.Unknown(),
        becomes: Type.Unknown(),
        reason: Type.String({ description: 'When the setting changes, and what the effect is.' }),
      }),
      { description: 'Settings that every container of Berth has and this one gets later. Nothing changes now.' },
    ),
  },
  { $id: 'Adopted' },
);

const adopted = (description: string) => ({
  description,
  content: { 'application/json': { schema: ref(Adopted), examples: { web: { value: ADOPTED } } } },
});

const STATUS = { adopted: 201, 'dry-run': 200 } as const;

function render({ kind, container, lost, changed }: AdoptOutcome, reply: FastifyReply) {
  if (kind === 'adopted') reply.header('location', `/v1/containers/${container.name}`);
  reply.code(STATUS[kind]);
  return { container, lost, changed };
}

const adoptContainer = operation('POST', '/adopt', {
  id: 'adoptContainer',
  tags: ['containers'],
  summary: 'Adopt a container',
  description:
    'Takes over a container that already runs on the engine, without restarting it: derives a definition that describes it, and keeps its host ports. Settings that a definition does not support would be lost at the first replacement (`would-interrupt`); `force` adopts the container anyway. First adopt the containers that it links to. A stopped container stays stopped. `changed` lists settings that every container of Berth has (a process limit, log rotation, `no-new-privileges`): this one gets them at its next change or replacement, and they need no `force`.',
  query: Type.Object(
    {
      dryRun: Type.Optional(
        Type.Boolean({ default: false, description: 'Check and show the definition without storing it.' }),
      ),
    },
    { additionalProperties: false },
  ),
  headers: Type.Object(idempotencyHeader),
  body: ref(AdoptBody),
  replies: { 201: adopted('Adopted.'), 200: adopted('With dryRun: the definition that the container would get.') },
  problems: [
    'invalid-body',
    'invalid-definition',
    'payload-too-large',
    'unsupported-media-type',
    'not-found',
    'name-taken',
    'port-claimed',
    'not-adoptable',
    'would-interrupt',
    'storage-unavailable',
    'engine-unavailable',
    'policy-denied',
    ...KEYED,
  ],
});

/** Registers the adoption of a running container. */
export function adoptRoutes(app: FastifyInstance, containers: AdoptService): void {
  route(app, adoptContainer, async ({ query, body, request, reply }) => {
    const { dryRun = false } = query;
    const keyed = keyedWrite(request, reply, render);
    const outcome = await containers.adopt(body as AdoptInput, {
      dryRun,
      ...requesterOf(request),
      ...(keyed !== undefined && { keyed }),
    });
    return render(outcome, reply);
  });
}
