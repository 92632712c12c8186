/** Fields of how a container is created, stopped and replaced. */

import { Type } from 'typebox';
import { closed, literals } from '../../../lib/schema.js';
import { type Fields, founding, optional } from './field.js';

export const DEFAULT_STOP_TIMEOUT_SECONDS = 10;

/** Maximum number of dependencies of a definition. */
const MAX_DEPENDENCIES = 256;

const Condition = literals('started', 'healthy', 'completed');
export const WrittenDependency = Type.Object(
  {
    container: Type.String({ description: 'The container that this one waits for at each start.' }),
    condition: Type.Optional(
      Type.Unsafe<'started' | 'healthy' | 'completed'>({
        ...Condition,
        default: 'started',
        description:
          'started: it runs, or has run to its end. healthy: its health check passes. completed: it exited with code 0, as it is declared now.',
      }),
    ),
    required: Type.Optional(
      Type.Boolean({
        default: true,
        description: "false: start without it if it is not defined or can't meet the condition.",
      }),
    ),
  },
  { $id: 'Dependency', ...closed, description: 'A container that has to meet a condition before this one starts.' },
);
const StoredDependency = Type.Object(
  { container: Type.String(), condition: Condition, required: Type.Boolean() },
  closed,
);

export const LIFECYCLE_FIELDS = {
  pullPolicy: founding(
    Type.Unsafe<'missing' | 'always' | 'never'>({ ...literals('missing', 'always', 'never'), default: 'missing' }),
    { applies: 'never' },
  ),
  stopSignal: optional(Type.String({ examples: ['SIGTERM'] }), { applies: 'replace' }),
  stopTimeoutSeconds: founding(Type.Integer({ default: DEFAULT_STOP_TIMEOUT_SECONDS }), { applies: 'replace' }),
  onLinkChange: founding(
    Type.Unsafe<'recreate' | 'ignore'>({
      ...literals('recreate', 'ignore'),
      default: 'recreate',
      description: "What happens to this container when a link's source is replaced or gets another address.",
    }),
    { applies: 'never' },
  ),
  dependsOn: optional(
    Type.Array(WrittenDependency, {
      maxItems: MAX_DEPENDENCIES,
      description:
        'Containers that have to meet a condition before Berth starts this one. One that runs is never stopped for them.',
      examples: [[{ container: 'db', condition: 'healthy' }]],
    }),
    { applies: 'never', default: [] },
    { stored: Type.Array(StoredDependency), shown: Type.Array(WrittenDependency) },
  ),
  boot: optional(
    Type.Unsafe<'engine' | 'held'>({
      ...literals('engine', 'held'),
      default: 'engine',
      description:
        'engine: the engine starts it at boot, without waiting for dependsOn. held: only Berth starts it, in order; it stays down while Berth is down.',
    }),
    { applies: 'live' },
  ),
  state: founding(Type.Unsafe<'running' | 'stopped'>({ ...literals('running', 'stopped'), default: 'running' }), {
    applies: 'power',
  }),
} as const satisfies Fields;
