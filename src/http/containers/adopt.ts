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
      description: 'The name or id of a container on the engine.',
    }),
    force: Type.Optional(
      Type.Boolean({
        default: false,
        description: 'Also when something of it would be lost at its first replacement.',
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
        field: Type.String({ description: 'As the engine calls it.', examples: ['HostConfig.Privileged'] }),
        value: Type.Unknown(),
        reason: Type.String(),
      }),
      { description: 'What its first replacement would be without.' },
    ),
    changed: Type.Array(
      Type.Object({
        field: Type.String({ description: 'As the engine calls it.', examples: ['HostConfig.PidsLimit'] }),
        value: Type.Unknown(),
        becomes: Type.Unknown(),
        reason: Type.String({ description: 'From when on, and what comes of it.' }),
      }),
      { description: 'What is otherwise on every container that Berth makes. Nothing of it is changed at once.' },
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
  summary: 'Take over a container that the engine already runs',
  description:
    'Derives the definition that describes it, keeps its host ports, and leaves it running as it is: no restart. What no definition can say (`would-interrupt`) would be lost at its first replacement: with `force` it is taken over all the same. Containers that it is linked to are to be adopted first. One that is down stays down. What every container that Berth makes has, and this one has not yet (`changed`: a limit of processes, rotated logs, `no-new-privileges`), comes with its first change or replacement, and needs no `force`.',
  query: Type.Object(
    {
      dryRun: Type.Optional(Type.Boolean({ default: false, description: 'Check and show, and store nothing.' })),
    },
    { additionalProperties: false },
  ),
  headers: Type.Object(idempotencyHeader),
  body: ref(AdoptBody),
  replies: { 201: adopted('Taken over.'), 200: adopted('Of a dry run: the definition that it would have.') },
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

/** Taking over what runs already. */
export function adoptRoutes(app: FastifyInstance, containers: AdoptService): void {
  route(app, adoptContainer, async ({ query, body, request, reply }) => {
    const { dryRun = false } = query;
    const keyed = keyedWrite(request, reply, render);
    const outcome = await containers.adopt(body as AdoptInput, {
      ...{ dryRun, ...requesterOf(request) },
      ...(keyed !== undefined && { keyed }),
    });
    return render(outcome, reply);
  });
}
