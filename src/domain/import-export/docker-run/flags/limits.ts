/** Flags of what a container may use: memory, CPUs, devices. */

import { becomes, type Flag, lacking, list, WINDOWS } from './flag.js';

const NO_LIMIT = 'definitions limit only memory, CPUs and processes: use --memory, --cpus and --pids-limit';
const NO_DEVICE_LIMIT = "definitions don't limit the use of single devices: remove it";
const NO_CPU_SHARE = 'definitions limit CPUs by number: write --cpus, for example --cpus 0.5';
const NO_CPU_CHOICE = 'the engine schedules the CPUs: write --cpus for their number';
const NO_DEVICES = "containers can't use devices of the host: run this one on the engine without Berth";

export const LIMITS_FLAGS: readonly Flag[] = [
  becomes('memory', 'bytes', 'memory', { short: 'm' }),
  becomes('memory-swap', 'swap', 'memorySwap'),
  becomes('cpus', 'cpus', 'cpus'),
  becomes('pids-limit', 'integer', 'pids'),
  lacking('sysctl', 'text', "containers use the engine's kernel settings: remove it", list),
  lacking('ulimit', 'text', 'process limits are set on the engine: set default-ulimits in its configuration', list),
  lacking('shm-size', 'bytes', "/dev/shm always has the engine's default of 64 MiB: remove it", {
    usual: ['0', '67108864'],
  }),
  lacking('oom-kill-disable', 'nothing', NO_LIMIT),
  lacking('oom-score-adj', 'integer', NO_LIMIT),
  lacking('memory-reservation', 'bytes', NO_LIMIT),
  lacking('memory-swappiness', 'integer', NO_LIMIT, { usual: ['-1'] }),
  lacking('kernel-memory', 'bytes', NO_LIMIT),
  lacking('cpu-shares', 'integer', NO_CPU_SHARE, { short: 'c' }),
  lacking('cpu-period', 'integer', NO_CPU_SHARE),
  lacking('cpu-quota', 'integer', NO_CPU_SHARE),
  lacking('cpu-rt-period', 'integer', NO_CPU_CHOICE),
  lacking('cpu-rt-runtime', 'integer', NO_CPU_CHOICE),
  lacking('cpuset-cpus', 'text', NO_CPU_CHOICE),
  lacking('cpuset-mems', 'text', NO_CPU_CHOICE),
  lacking('cpu-count', 'integer', WINDOWS),
  lacking('cpu-percent', 'integer', WINDOWS),
  lacking('io-maxbandwidth', 'bytes', WINDOWS),
  lacking('io-maxiops', 'natural', WINDOWS),
  lacking('blkio-weight', 'natural', NO_DEVICE_LIMIT),
  lacking('blkio-weight-device', 'text', NO_DEVICE_LIMIT, list),
  lacking('device-read-bps', 'text', NO_DEVICE_LIMIT, list),
  lacking('device-read-iops', 'text', NO_DEVICE_LIMIT, list),
  lacking('device-write-bps', 'text', NO_DEVICE_LIMIT, list),
  lacking('device-write-iops', 'text', NO_DEVICE_LIMIT, list),
  lacking('device', 'text', NO_DEVICES, list),
  lacking('device-cgroup-rule', 'text', NO_DEVICES, list),
  lacking('gpus', 'text', NO_DEVICES, list),
];
