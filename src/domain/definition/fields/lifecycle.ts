/** Fields of how a container is created, stopped and replaced. */

import { Type } from 'typebox';
import { literals } from '../../../lib/schema.js';
import { type Fields, founding, optional } from './field.js';

export const DEFAULT_STOP_TIMEOUT_SECONDS = 10;

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
  state: founding(Type.Unsafe<'running' | 'stopped'>({ ...literals('running', 'stopped'), default: 'running' }), {
    applies: 'power',
  }),
} as const satisfies Fields;
