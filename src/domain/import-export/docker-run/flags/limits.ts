/** Flags for memory, CPUs and devices. */

import { becomes, type Flag, lacking, list, sets, WINDOWS } from './flag.js';

const NO_LIMIT = 'definitions limit only memory, CPUs and processes: use --memory, --cpus and --pids-limit';
const NO_DEVICE_LIMIT = "definitions don't limit the use of single devices: remove it";
const NO_CPU_SHARE = 'definitions limit CPUs by number: write --cpus, for example --cpus 0.5';
const NO_CPU_CHOICE = 'the engine schedules the CPUs: write --cpus for their number';

export const LIMITS_FLAGS: readonly Flag[] = [
  becomes('memory', 'bytes', 'memory', { short: 'm' }),
  sets('memory-swap', 'swap', { is: 'number', field: 'memorySwap' }),
  becomes('cpus', 'cpus', 'cpus'),
  becomes('pids-limit', 'integer', 'pids'),
  sets('sysctl', 'text', { is: 'pairs', field: 'sysctls' }, list),
  sets('ulimit', 'text', { is: 'ulimits', field: 'ulimits' }, list),
  sets('shm-size', 'bytes', { is: 'bytes', field: 'shmSize' }),
  lacking('oom-kill-disable', 'nothing', NO_LIMIT),
  sets('oom-score-adj', 'integer', { is: 'number', field: 'oomScoreAdj' }),
  sets('memory-reservation', 'bytes', { is: 'bytes', field: 'memoryReservation' }),
  lacking('memory-swappiness', 'integer', NO_LIMIT, { usual: ['-1'] }),
  lacking('kernel-memory', 'bytes', NO_LIMIT),
  sets('cpu-shares', 'integer', { is: 'number', field: 'cpuShares' }, { short: 'c' }),
  lacking('cpu-period', 'integer', NO_CPU_SHARE),
  lacking('cpu-quota', 'integer', NO_CPU_SHARE),
  lacking('cpu-rt-period', 'integer', NO_CPU_CHOICE),
  lacking('cpu-rt-runtime', 'integer', NO_CPU_CHOICE),
  sets('cpuset-cpus', 'text', { is: 'text', field: 'cpusetCpus' }),
  sets('cpuset-mems', 'text', { is: 'text', field: 'cpusetMems' }),
  lacking('cpu-count', 'integer', WINDOWS),
  lacking('cpu-percent', 'integer', WINDOWS),
  lacking('io-maxbandwidth', 'bytes', WINDOWS),
  lacking('io-maxiops', 'natural', WINDOWS),
  sets('blkio-weight', 'natural', { is: 'number', field: 'blkioWeight' }),
  lacking('blkio-weight-device', 'text', NO_DEVICE_LIMIT, list),
  lacking('device-read-bps', 'text', NO_DEVICE_LIMIT, list),
  lacking('device-read-iops', 'text', NO_DEVICE_LIMIT, list),
  lacking('device-write-bps', 'text', NO_DEVICE_LIMIT, list),
  lacking('device-write-iops', 'text', NO_DEVICE_LIMIT, list),
  becomes('device', 'text', 'device', list),
  sets('device-cgroup-rule', 'text', { is: 'texts', field: 'deviceCgroupRules' }, list),
  becomes('gpus', 'text', 'gpus', list),
];
