/** Fields that limit what a container may use. */

import { Type } from 'typebox';
import { closed, textMap } from '../../../lib/schema.js';
import { type Fields, founding, optional, text, texts } from './field.js';

export const DEFAULT_PIDS = 4096;
/** `resources.pids` without a limit. */
export const UNLIMITED = -1;
/** The engine's own default, 64 MiB. */
export const DEFAULT_SHM_BYTES = 67_108_864;

const amount = (description: string, example: number) => Type.Integer({ description, examples: [example] });

const Limits = {
  memoryBytes: Type.Optional(Type.Integer({ description: 'At least 6 MiB, the minimum of the engine.' })),
  cpus: Type.Optional(Type.Number()),
};
const WrittenResources = Type.Object(
  {
    ...Limits,
    pids: Type.Optional(
      Type.Integer({ default: DEFAULT_PIDS, description: '--pids-limit; -1: no limit, if the policy allows it.' }),
    ),
  },
  { ...closed, examples: [{ memoryBytes: 67_108_864, cpus: 0.5, pids: 100 }] },
);
const StoredResources = Type.Object({ ...Limits, pids: Type.Integer() }, closed);
interface Limited {
  readonly memoryBytes?: number;
  readonly cpus?: number;
}
/** Returns true if a limit is removed: the engine can't take one away from a container. */
const removesLimit = (before: Limited, after: Limited): boolean =>
  (before.memoryBytes !== undefined && after.memoryBytes === undefined) ||
  (before.cpus !== undefined && after.cpus === undefined);

export const LIMIT_FIELDS = {
  resources: founding(
    WrittenResources,
    { applies: 'live', replaceIf: removesLimit, default: { pids: DEFAULT_PIDS }, policy: 'unlimitedPids' },
    { stored: StoredResources },
  ),
  memoryReservation: optional(
    amount('--memory-reservation, in bytes: what the kernel leaves the container when memory is short.', 33_554_432),
    { applies: 'replace' },
  ),
  memorySwap: optional(
    amount(
      '--memory-swap, in bytes: memory and swap together; -1: no limit of swap. Absent: twice resources.memoryBytes.',
      -1,
    ),
    { applies: 'replace' },
  ),
  cpuShares: optional(amount('--cpu-shares: relative weight from 1 to 262144; 1024 is the usual one.', 512), {
    applies: 'replace',
  }),
  cpusetCpus: optional(text('--cpuset-cpus: the CPUs that it may run on, as 0-3 or 0,1.', '0'), { applies: 'replace' }),
  cpusetMems: optional(text('--cpuset-mems: the memory nodes that it may use.', '0'), { applies: 'replace' }),
  blkioWeight: optional(amount('--blkio-weight: relative weight of its block I/O, from 10 to 1000.', 500), {
    applies: 'replace',
  }),
  shmSize: optional(
    Type.Integer({ default: DEFAULT_SHM_BYTES, description: '--shm-size: size of /dev/shm in bytes.' }),
    { applies: 'replace' },
  ),
  ulimits: optional(
    texts('--ulimit: limits of its processes, as name=soft:hard; the last of a name counts.', ['nofile=1024:2048'], 32),
    { applies: 'replace', default: [], sortedBy: (limit: string) => limit },
  ),
  sysctls: optional(
    textMap("--sysctl: kernel settings of the container's own namespaces; others if the policy lists them.", {
      examples: [{ 'net.core.somaxconn': '1024' }],
    }),
    { applies: 'replace', default: {}, policy: 'sysctls' },
  ),
} as const satisfies Fields;
