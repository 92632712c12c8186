import { describe, expect, it } from 'vitest';
import { toUsage } from '../../../src/engine/docker/containers/usage.js';
import { EngineError } from '../../../src/engine/errors.js';

/** What 20.10.24 answered on a host with cgroup v1, of a container that works: as it came, without what is never read. */
const V1 = {
  read: '2026-11-24T18:26:19.321357809Z',
  preread: '2026-11-24T18:26:18.308375262Z',
  pids_stats: { current: 6 },
  blkio_stats: {
    io_service_bytes_recursive: [
      { major: 253, minor: 0, op: 'Read', value: 614_400 },
      { major: 253, minor: 0, op: 'Write', value: 8_192 },
      { major: 253, minor: 0, op: 'Sync', value: 622_592 },
      { major: 253, minor: 0, op: 'Async', value: 0 },
      { major: 253, minor: 0, op: 'Total', value: 622_592 },
      { major: 253, minor: 16, op: 'Read', value: 600 },
    ],
    io_serviced_recursive: [],
  },
  num_procs: 0,
  storage_stats: {},
  cpu_stats: {
    cpu_usage: {
      total_usage: 593_915_543,
      percpu_usage: [279_012_951, 314_902_592],
      usage_in_kernelmode: 310_000_000,
      usage_in_usermode: 280_000_000,
    },
    system_cpu_usage: 1_786_020_000_000,
    online_cpus: 2,
    throttling_data: { periods: 0, throttled_periods: 0, throttled_time: 7 },
  },
  precpu_stats: {
    cpu_usage: {
      total_usage: 93_915_543,
      percpu_usage: [79_012_951, 14_902_592],
      usage_in_kernelmode: 50_000_000,
      usage_in_usermode: 40_000_000,
    },
    system_cpu_usage: 1_784_020_000_000,
    online_cpus: 2,
    throttling_data: { periods: 0, throttled_periods: 0, throttled_time: 0 },
  },
  memory_stats: {
    usage: 692_224,
    max_usage: 4_132_864,
    stats: { cache: 4096, inactive_file: 1, total_cache: 4096, total_inactive_file: 92_224 },
    limit: 25_276_026_880,
  },
  networks: {
    eth0: {
      ...{ rx_bytes: 1112, rx_packets: 12, rx_errors: 0, rx_dropped: 1 },
      ...{ tx_bytes: 300, tx_packets: 3, tx_errors: 0, tx_dropped: 0 },
    },
    eth1: {
      ...{ rx_bytes: 88, rx_packets: 2, rx_errors: 0, rx_dropped: 0 },
      ...{ tx_bytes: 40, tx_packets: 1, tx_errors: 0, tx_dropped: 2 },
    },
  },
};

/** The same of engine 28 and 29 on cgroup v2, by the API's reference: no processors one by one, other names, no limit as the greatest number. */
const V2 = {
  ...V1,
  os_type: 'linux',
  pids_stats: { current: 6, limit: Number(2n ** 64n - 1n) },
  blkio_stats: {
    io_service_bytes_recursive: [
      { major: 259, minor: 0, op: 'read', value: 1_000 },
      { major: 259, minor: 0, op: 'write', value: 50 },
    ],
    io_serviced_recursive: null,
  },
  cpu_stats: { ...V1.cpu_stats, cpu_usage: { ...V1.cpu_stats.cpu_usage, percpu_usage: undefined } },
  memory_stats: { usage: 692_224, stats: { anon: 102_400, file: 500_000, inactive_file: 192_224 }, limit: 1_000_000 },
};

/** What both answer of a container that does not run. */
const STOPPED = {
  read: '0001-01-01T00:00:00Z',
  preread: '0001-01-01T00:00:00Z',
  pids_stats: {},
  blkio_stats: { io_service_bytes_recursive: null },
  cpu_stats: { cpu_usage: { total_usage: 0, usage_in_kernelmode: 0, usage_in_usermode: 0 }, throttling_data: {} },
  precpu_stats: { cpu_usage: { total_usage: 0, usage_in_kernelmode: 0, usage_in_usermode: 0 } },
  memory_stats: {},
};

describe('a reading', () => {
  it('is what docker stats shows, of cgroup v1', () => {
    expect(toUsage(V1)).toEqual({
      readAt: '2026-11-24T18:26:19.321357809Z',
      cpu: {
        // 0.5 s of the 2 s that two processors had: half of one.
        percent: 50,
        onlineCpus: 2,
        usedNanoseconds: 593_915_543,
        kernelNanoseconds: 310_000_000,
        userNanoseconds: 280_000_000,
        throttledNanoseconds: 7,
      },
      memory: {
        usedBytes: 600_000,
        withCacheBytes: 692_224,
        limitBytes: 25_276_026_880,
        percent: (600_000 / 25_276_026_880) * 100,
      },
      network: {
        receivedBytes: 1200,
        sentBytes: 340,
        receivedPackets: 14,
        sentPackets: 4,
        receivedDropped: 1,
        sentDropped: 2,
      },
      blockIo: { readBytes: 615_000, writtenBytes: 8_192 },
      pids: { current: 6, limit: null },
    });
  });

  it('and of cgroup v2', () => {
    expect(toUsage(V2)).toMatchObject({
      cpu: { percent: 50, onlineCpus: 2 },
      memory: { usedBytes: 500_000, withCacheBytes: 692_224, percent: 50 },
      blockIo: { readBytes: 1_000, writtenBytes: 50 },
      pids: { current: 6, limit: null },
    });
  });

  it('counts processors by those that are listed where the engine gives no number of them', () => {
    const { online_cpus: _, ...cpu_stats } = V1.cpu_stats;
    expect(toUsage({ ...V1, cpu_stats })?.cpu).toMatchObject({ onlineCpus: 2, percent: 50 });
  });

  it('has no percentage where there was no reading before', () => {
    const { system_cpu_usage: _, ...precpu_stats } = V1.precpu_stats;
    expect(toUsage({ ...V1, precpu_stats })?.cpu.percent).toBeNull();
  });

  it.each([
    ['no time has passed', V1.precpu_stats.cpu_usage.total_usage, V1.cpu_stats.system_cpu_usage],
    ['a restart has set the counter back', 9e15, V1.precpu_stats.system_cpu_usage],
  ])('is of 0 percent where %s', (_, total_usage, system_cpu_usage) => {
    const precpu_stats = { ...V1.precpu_stats, cpu_usage: { ...V1.precpu_stats.cpu_usage, total_usage } };
    expect(toUsage({ ...V1, precpu_stats: { ...precpu_stats, system_cpu_usage } })?.cpu.percent).toBe(0);
  });

  it('takes no more cache away than there is memory', () => {
    const memory_stats = { usage: 100, limit: 1000, stats: { inactive_file: 500 } };
    expect(toUsage({ ...V2, memory_stats })?.memory).toMatchObject({ usedBytes: 100, percent: 10 });
  });

  it('has no network and no memory where the engine counts none', () => {
    const { networks: _, ...rest } = V2;
    expect(toUsage({ ...rest, memory_stats: {} })).toMatchObject({ network: null, memory: null });
  });

  it('keeps a limit of processes that is one', () => {
    expect(toUsage({ ...V2, pids_stats: { current: 1, limit: 4096 } })?.pids).toEqual({ current: 1, limit: 4096 });
  });

  it('is none of a container that does not run', () => {
    expect(toUsage({ ...STOPPED, cpu_stats: { cpu_usage: STOPPED.cpu_stats.cpu_usage } })).toBeNull();
  });

  it('of another shape is malformed, not zero', () => {
    expect(() => toUsage({ ...V1, cpu_stats: {} })).toThrow(EngineError);
    expect(() => toUsage('nonsense')).toThrow(EngineError);
  });
});
