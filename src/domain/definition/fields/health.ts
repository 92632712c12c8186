/** Fields of health, restarts and logs. */

import { Type } from 'typebox';
import { closed, literals } from '../../../lib/schema.js';
import { type Fields, founding, MAX_ARGUMENTS, optional } from './field.js';

const Healthcheck = Type.Object(
  {
    command: Type.Array(Type.String(), {
      maxItems: MAX_ARGUMENTS,
      description:
        "Argument vector; an empty list disables the image's health check. Docker's array forms work too: ['CMD', program, …], ['CMD-SHELL', command] or ['NONE'].",
    }),
    intervalSeconds: Type.Optional(Type.Number()),
    timeoutSeconds: Type.Optional(Type.Number()),
    retries: Type.Optional(Type.Integer()),
    startPeriodSeconds: Type.Optional(Type.Number()),
  },
  {
    ...closed,
    description:
      'With a health check, here or in the image, a replacement must become healthy before it is kept. Without one it must run for a second; a later failure is not rolled back.',
    examples: [{ command: ['true'], intervalSeconds: 5, timeoutSeconds: 2, retries: 3, startPeriodSeconds: 1 }],
  },
);

export const HEALTH_FIELDS = {
  healthcheck: optional(Healthcheck, { applies: 'replace' }),
  restartPolicy: founding(
    Type.Unsafe<'always' | 'on-failure' | 'no'>({ ...literals('always', 'on-failure', 'no'), default: 'always' }),
    { applies: 'live' },
  ),
  onUnhealthy: optional(
    Type.Unsafe<'none' | 'restart'>({
      ...literals('none', 'restart'),
      default: 'none',
      description:
        'restart: Berth restarts the container while its health check fails, with a growing wait between restarts.',
    }),
    { applies: 'never' },
  ),
} as const satisfies Fields;
