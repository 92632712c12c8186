import { DEFAULT_SHM_BYTES } from '../../../domain/definition/fields/limits.js';
import { type EngineFields, isEmpty, plain } from './field.js';

interface RawUlimit {
  readonly Name: string;
  readonly Soft: number;
  readonly Hard: number;
}

/** Fields that limit what a container may use, beside `resources`. */
export const LIMITS = {
  memoryReservation: plain('HostConfig', 'MemoryReservation'),
  memorySwap: plain('HostConfig', 'MemorySwap', (value, { HostConfig: { Memory } }) =>
    isEmpty(Memory) ? value === -1 : value === Number(Memory) * 2,
  ),
  cpuShares: plain('HostConfig', 'CpuShares'),
  cpusetCpus: plain('HostConfig', 'CpusetCpus'),
  cpusetMems: plain('HostConfig', 'CpusetMems'),
  blkioWeight: plain('HostConfig', 'BlkioWeight'),
  shmSize: plain('HostConfig', 'ShmSize', (value) => value === DEFAULT_SHM_BYTES),
  ulimits: {
    part: 'HostConfig',
    name: 'Ulimits',
    write: (limits) =>
      limits.map((limit): RawUlimit => {
        const [Name = '', Soft, Hard] = limit.split(/[=:]/);
        return { Name, Soft: Number(Soft), Hard: Number(Hard) };
      }),
    read: (value) =>
      isEmpty(value)
        ? undefined
        : (value as readonly RawUlimit[]).map(({ Name, Soft, Hard }) => `${Name}=${Soft}:${Hard}`),
  },
  sysctls: plain('HostConfig', 'Sysctls'),
} as const satisfies EngineFields;
