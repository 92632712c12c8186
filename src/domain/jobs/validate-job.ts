/** Checks the fields of jobs. */

import { checked, type DefinitionInput, type Rules } from '../definition/definition.js';
import { DEFAULT_KEEP_SECONDS } from '../definition/fields/job.js';
import type { FieldFault } from '../problems/result.js';
import { cronFault, timeZoneFault } from './cron.js';

export const JOB_RULES = {
  kind: checked(kindFaults),
  retries: checked((retries, input) => (retries === 0 ? [] : jobOnly('/retries', input))),
  deadlineSeconds: checked((_, input) => jobOnly('/deadlineSeconds', input)),
  keepSeconds: checked((seconds, input) => (seconds === DEFAULT_KEEP_SECONDS ? [] : jobOnly('/keepSeconds', input))),
  schedule: (schedule, input) => {
    const { timeZone = 'UTC', concurrency = 'forbid', suspend = false, cron, ...rest } = schedule;
    const faults = [
      ...jobOnly('/schedule', input),
      ...fault('/schedule/cron', cronFault(cron)),
      ...fault('/schedule/timeZone', timeZoneFault(timeZone)),
    ];
    return { value: { cron: cron.trim().split(/\s+/).join(' '), ...rest, timeZone, concurrency, suspend }, faults };
  },
} satisfies Partial<Rules>;

const fault = (pointer: string, message: string | undefined): readonly FieldFault[] =>
  message === undefined ? [] : [{ pointer, message }];

const jobOnly = (pointer: string, { kind }: DefinitionInput): readonly FieldFault[] =>
  kind === 'job' ? [] : [{ pointer, message: 'applies to jobs only; add "kind": "job", or leave it out' }];

/** Faults of a job's fields that only a container that stays can have. */
function kindFaults(kind: 'service' | 'job', input: DefinitionInput): readonly FieldFault[] {
  if (kind !== 'job') return [];
  const { restartPolicy = 'no', ports = [], publishAll = false, boot = 'engine', networks = [] } = input;
  const isFixed = networks.some(({ ipv4Address, ipv6Address }) => ipv4Address ?? ipv6Address);
  return [
    ...fault('/restartPolicy', restartPolicy === 'no' ? undefined : 'a job runs once; leave it out, and use retries'),
    ...fault('/ports', ports.length === 0 ? undefined : 'several runs of a job can exist at once; leave ports out'),
    ...fault('/publishAll', publishAll ? 'several runs of a job can exist at once; leave it out' : undefined),
    ...fault('/boot', boot === 'held' ? 'only Berth starts jobs; leave it out' : undefined),
    ...fault('/networks', isFixed ? 'several runs of a job can exist at once; leave fixed addresses out' : undefined),
    ...fault(
      '/macAddress',
      input.macAddress === undefined ? undefined : 'several runs can exist at once; leave it out',
    ),
  ];
}
