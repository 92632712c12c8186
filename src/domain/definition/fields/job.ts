/** Fields of jobs: containers that run to completion, once or by a schedule. */

import { Type } from 'typebox';
import { closed, literals } from '../../../lib/schema.js';
import { type Fields, optional } from './field.js';

export const MAX_RETRIES = 100;
export const DEFAULT_KEEP_SECONDS = 86_400;
const MAX_DEADLINE_SECONDS = 31_536_000;

const Concurrency = literals('allow', 'forbid', 'replace');
const scheduleFields = {
  cron: Type.String({
    maxLength: 200,
    description: 'Minute, hour, day of month, month and day of week.',
    examples: ['30 2 * * *'],
  }),
  startingDeadlineSeconds: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: MAX_DEADLINE_SECONDS,
      description: 'A run that is later than this is missed instead of caught up. Absent: the latest one is caught up.',
    }),
  ),
};
const WrittenSchedule = Type.Object(
  {
    ...scheduleFields,
    timeZone: Type.Optional(
      Type.String({ default: 'UTC', maxLength: 100, description: 'IANA name.', examples: ['Europe/Berlin'] }),
    ),
    concurrency: Type.Optional(
      Type.Unsafe<'allow' | 'forbid' | 'replace'>({
        ...Concurrency,
        default: 'forbid',
        description:
          'When a run is due while another is under way. allow: both run. forbid: the new one is missed. replace: the old one is stopped.',
      }),
    ),
    suspend: Type.Optional(Type.Boolean({ default: false, description: 'true: no scheduled run starts.' })),
  },
  {
    ...closed,
    description: 'Times at which a job runs. Absent: it runs once for each generation.',
    examples: [{ cron: '30 2 * * *', timeZone: 'Europe/Berlin', concurrency: 'forbid' }],
  },
);
const StoredSchedule = Type.Object(
  { ...scheduleFields, timeZone: Type.String(), concurrency: Concurrency, suspend: Type.Boolean() },
  closed,
);

export const JOB_FIELDS = {
  kind: optional(
    Type.Unsafe<'service' | 'job'>({
      ...literals('service', 'job'),
      default: 'service',
      description: 'service: it keeps running. job: it runs to completion, each run in a container of its own.',
    }),
    { applies: 'replace' },
  ),
  retries: optional(
    Type.Integer({
      default: 0,
      minimum: 0,
      maximum: MAX_RETRIES,
      description: 'Times that a failed run of a job is tried again; the first after 10 s, then ever later.',
      examples: [2],
    }),
    { applies: 'never', policy: 'jobs' },
  ),
  deadlineSeconds: optional(
    Type.Integer({
      minimum: 1,
      maximum: MAX_DEADLINE_SECONDS,
      description: 'Time that a run of a job may take, retries included. Absent: any.',
      examples: [3600],
    }),
    { applies: 'never' },
  ),
  keepSeconds: optional(
    Type.Integer({
      default: DEFAULT_KEEP_SECONDS,
      minimum: 0,
      maximum: MAX_DEADLINE_SECONDS,
      description: 'Time that the container of an ended run is kept. Of each job at most ten are kept.',
      examples: [3600],
    }),
    { applies: 'never' },
  ),
  schedule: optional(WrittenSchedule, { applies: 'never', policy: 'jobs' }, { stored: StoredSchedule }),
} as const satisfies Fields;
