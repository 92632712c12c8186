import type { FastifyInstance } from 'fastify';
import { type Static, Type } from 'typebox';
import type { PolicyService } from '../../service/access/policy.js';
import { operation, route } from '../openapi/operation.js';
import { noQuery } from '../openapi/parameters.js';
import { literals, nullable, ref } from '../openapi/schema-helpers.js';
import { idempotencyHeader, KEYED } from '../pipeline/idempotency.js';

const tags = ['operations'];
const texts = Type.Array(Type.String());

const orList = (word: string, description: string, ...words: readonly string[]) =>
  Type.Unsafe<string | readonly string[]>(Type.Union([literals(word, ...words), texts], { description }));

export const PolicyInForce = Type.Object(
  {
    file: nullable(Type.String({ description: 'Where it is read from; null for the default policy.' })),
    readAt: Type.String({ format: 'date-time', description: 'When it was last read.' }),
    policy: Type.Object({
      publish: orList('any', 'Host addresses that ports may be published on.', 'loopback'),
      images: Type.Object({ registries: orList('any', 'Registries that images may come from, as host[:port].') }),
      hostPaths: Type.Array(Type.String(), { description: 'Paths of the host that may be mounted.' }),
      linkEnv: Type.Unsafe<'all' | 'address'>({
        ...literals('all', 'address'),
        description: 'What links may hand on of their source.',
      }),
    }),
    violations: Type.Array(
      Type.Object({
        container: Type.String(),
        errors: Type.Array(
          Type.Object({
            pointer: Type.String({ description: 'JSON pointer into the definition.' }),
            message: Type.String(),
          }),
        ),
      }),
      { description: 'Definitions that it would refuse, and that were declared before. They are left as they are.' },
    ),
  },
  { $id: 'Policy', description: 'What definitions may ask for.' },
);

const EXAMPLE: Static<typeof PolicyInForce> = {
  file: '/etc/berth/policy.json',
  readAt: '2026-01-16T07:43:50.112Z',
  policy: { publish: 'loopback', images: { registries: ['docker.io'] }, hostPaths: [], linkEnv: 'all' },
  violations: [
    {
      container: 'web',
      errors: [
        {
          pointer: '/ports/0',
          message:
            'publishes on every interface, and ports may be published on loopback alone; write 127.0.0.1:5000:5000',
        },
      ],
    },
  ],
};

const inForce = (description: string) => ({
  description,
  content: { 'application/json': { schema: ref(PolicyInForce), examples: { loopback: { value: EXAMPLE } } } },
});

const getPolicy = operation('GET', '/policy', {
  id: 'getPolicy',
  tags,
  summary: 'The policy in force',
  description:
    'What definitions may ask for, and which of those that stand it would refuse: a policy that was tightened stops nothing, and the next change of such a definition has to heed it.',
  query: noQuery,
  replies: { 200: inForce('As it was last read.') },
  problems: ['invalid-body'],
});

const reloadPolicy = operation('POST', '/policy/reload', {
  id: 'reloadPolicy',
  tags,
  summary: 'Read the policy again',
  description:
    'From the file that Berth was started with, as SIGHUP does. Where that is wrong, the policy that was in force stays so. Without a file the default policy stays in force.',
  query: noQuery,
  headers: Type.Object(idempotencyHeader),
  replies: { 200: inForce('In force.') },
  problems: [
    'invalid-body',
    'invalid-policy',
    'payload-too-large',
    'unsupported-media-type',
    ...KEYED,
    'storage-unavailable',
  ],
  access: 'admin',
  isAudited: true,
});

/** What definitions may ask for, and reading it again. */
export function policyRoutes(app: FastifyInstance, policy: PolicyService): void {
  route(app, getPolicy, async () => policy.currentPolicy());

  route(app, reloadPolicy, async () => policy.reloadPolicy());
}
