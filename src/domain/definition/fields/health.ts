/** Fields of health, restarts and logs. */

import { Type } from 'typebox';
import { closed, literals, textMap } from '../../../lib/schema.js';
import { type Fields, founding, MAX_ARGUMENTS, optional } from './field.js';

export const DEFAULT_LOG_DRIVER = 'json-file';
/** Bound of a log in files whose definition gives none. */
export const LOG_BOUND = { 'max-size': '10m', 'max-file': '3' } as const;

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
    startIntervalSeconds: Type.Optional(
      Type.Number({
        description: 'Interval during the start period. Needs version 1.44 of the Docker API (Docker 25).',
      }),
    ),
  },
  {
    ...closed,
    description:
      'With a health check, here or in the image, a replacement must become healthy before it is kept. Without one it must run for a second; a later failure is not rolled back.',
    examples: [
      {
        command: ['true'],
        intervalSeconds: 5,
        timeoutSeconds: 2,
        retries: 3,
        startPeriodSeconds: 1,
        startIntervalSeconds: 0.5,
      },
    ],
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
  restartMaxRetries: optional(
    Type.Integer({
      default: 0,
      description: '--restart=on-failure:5: restarts after which the engine leaves the container down; 0: no limit.',
      examples: [5],
    }),
    { applies: 'live' },
  ),
  logDriver: optional(
    Type.String({
      default: DEFAULT_LOG_DRIVER,
      description:
        '--log-driver: json-file, local and none are always allowed, others as far as the policy lists them (`logDrivers`). Without a log, GET …/logs answers with logs-unavailable.',
      examples: ['local'],
    }),
    { applies: 'replace', policy: 'logDrivers' },
  ),
  logOptions: optional(
    textMap(
      '--log-opt: options of the driver. Without max-size, json-file keeps three files of 10 MB. Viewers see no values.',
      { examples: [{ 'max-size': '50m', 'max-file': '5' }] },
    ),
    { applies: 'replace', default: {}, secret: true },
  ),
} as const satisfies Fields;
