import { type Static, type TSchema, Type } from 'typebox';
import { EngineError } from '../../errors.js';
import type { LiveEngine, Usage } from '../../streaming.js';
import { checker } from '../response-schemas.js';
import { type Calls, openStream, orNull } from '../transport/calls.js';
import type { Clients } from '../transport/client.js';
import { ndjson } from '../transport/streams.js';

const count = Type.Number({ minimum: 0 });
const perhaps = <T extends TSchema>(schema: T) => Type.Optional(Type.Union([schema, Type.Null()]));

const Cpu = Type.Object({
  cpu_usage: Type.Object({
    total_usage: count,
    usage_in_kernelmode: count,
    usage_in_usermode: count,
    percpu_usage: perhaps(Type.Array(count)),
  }),
  system_cpu_usage: Type.Optional(count),
  online_cpus: Type.Optional(count),
  throttling_data: Type.Optional(Type.Object({ throttled_time: count })),
});

const Interface = Type.Object({
  rx_bytes: count,
  tx_bytes: count,
  rx_packets: count,
  tx_packets: count,
  rx_dropped: count,
  tx_dropped: count,
});

const Stats = Type.Object({
  read: Type.String(),
  cpu_stats: Cpu,
  precpu_stats: Cpu,
  memory_stats: Type.Object({
    usage: Type.Optional(count),
    limit: Type.Optional(count),
    stats: perhaps(Type.Record(Type.String(), Type.Number())),
  }),
  networks: perhaps(Type.Record(Type.String(), Interface)),
  blkio_stats: Type.Object({
    io_service_bytes_recursive: perhaps(Type.Array(Type.Object({ op: Type.String(), value: count }))),
  }),
  pids_stats: Type.Object({ current: Type.Optional(count), limit: Type.Optional(count) }),
});

type Stats = Static<typeof Stats>;
const asStats = checker('stats', Stats);

/** Resource usage of containers on Docker. */
export function dockerUsage(clients: Clients, calls: Calls): Pick<LiveEngine, 'usage' | 'followUsage'> {
  return {
    async usage(id) {
      const answer: unknown = await orNull(
        calls.ask('stats', (abortSignal) =>
          clients.streams.getContainer(id).stats({ stream: false, abortSignal } as { stream: false }),
        ),
      );
      if (answer === null) return null;
      const usage = toUsage(answer);
      if (usage === null) throw new EngineError('not-running', 'the container is not running');
      return usage;
    },

    async followUsage(id, signal) {
      const stream = await calls.ask('stats', (late) =>
        openStream(clients.streams, `/containers/${id}/stats`, { stream: true }, AbortSignal.any([signal, late])),
      );
      return readings();

      async function* readings(): AsyncGenerator<Usage> {
        try {
          for await (const line of ndjson(stream)) {
            const usage = toUsage(line);
            if (usage === null) return;
            yield usage;
          }
        } catch (error) {
          if (!signal.aborted) throw calls.failure('stats', error);
        } finally {
          stream.destroy();
        }
      }
    },
  };
}

/**
 * One answer of the engine's as a reading; null for a container that does not run, of which engines tell zeros.
 * Rules: docker/cli, `container/stats_helpers.go`, whose figures these are.
 *
 * @throws EngineError `malformed`
 */
export function toUsage(answer: unknown): Usage | null {
  const stats = asStats(answer);
  if (stats.read.startsWith('0001-')) return null;
  const { cpu_usage: used, throttling_data: throttling } = stats.cpu_stats;
  const { current = 0, limit = 0 } = stats.pids_stats;
  return {
    readAt: stats.read,
    cpu: {
      percent: cpuPercent(stats),
      onlineCpus: onlineCpus(stats),
      usedNanoseconds: used.total_usage,
      kernelNanoseconds: used.usage_in_kernelmode,
      userNanoseconds: used.usage_in_usermode,
      throttledNanoseconds: throttling?.throttled_time ?? 0,
    },
    memory: memoryOf(stats),
    network: networkOf(stats),
    blockIo: { readBytes: blockBytes(stats, 'r'), writtenBytes: blockBytes(stats, 'w') },
    // Without a limit engines say 0, or the greatest number of 64 bits.
    pids: { current, limit: limit === 0 || limit > Number.MAX_SAFE_INTEGER ? null : limit },
  };
}

const onlineCpus = ({ cpu_stats: { online_cpus = 0, cpu_usage } }: Stats): number =>
  online_cpus > 0 ? online_cpus : (cpu_usage.percpu_usage?.length ?? 0);

/**
 * Returns the container's share of the host's processor time in the interval, times the number of processors, in
 * percent; null if the host's time is unknown.
 */
function cpuPercent(stats: Stats): number | null {
  const { cpu_stats: now, precpu_stats: before } = stats;
  if (now.system_cpu_usage === undefined || before.system_cpu_usage === undefined) return null;
  const system = now.system_cpu_usage - before.system_cpu_usage;
  const used = now.cpu_usage.total_usage - before.cpu_usage.total_usage;
  return system > 0 && used > 0 ? (used / system) * onlineCpus(stats) * 100 : 0;
}

/** The cache that can be dropped at once is `total_inactive_file` with cgroup v1, `inactive_file` with v2. */
function memoryOf({ memory_stats: { usage, limit = 0, stats } }: Stats): Usage['memory'] {
  if (usage === undefined) return null;
  const cache = stats?.['total_inactive_file'] ?? stats?.['inactive_file'] ?? 0;
  const usedBytes = cache < usage ? usage - cache : usage;
  return { usedBytes, withCacheBytes: usage, limitBytes: limit, percent: limit > 0 ? (usedBytes / limit) * 100 : 0 };
}

function networkOf({ networks }: Stats): Usage['network'] {
  if (networks === undefined || networks === null) return null;
  const sum = (key: keyof Static<typeof Interface>): number =>
    Object.values(networks).reduce((total, one) => total + one[key], 0);
  return {
    receivedBytes: sum('rx_bytes'),
    sentBytes: sum('tx_bytes'),
    receivedPackets: sum('rx_packets'),
    sentPackets: sum('tx_packets'),
    receivedDropped: sum('rx_dropped'),
    sentDropped: sum('tx_dropped'),
  };
}

/** Operations are `Read` and `Write` with cgroup v1, `read` and `write` with v2. */
const blockBytes = ({ blkio_stats }: Stats, letter: 'r' | 'w'): number =>
  (blkio_stats.io_service_bytes_recursive ?? [])
    .filter(({ op }) => op[0]?.toLowerCase() === letter)
    .reduce((total, { value }) => total + value, 0);
