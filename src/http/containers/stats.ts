import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import type { RuntimeService, Usage } from '../../service/containers/runtime.js';
import { operation, route } from '../openapi/operation.js';
import { NameParams } from '../openapi/parameters.js';
import { nullable } from '../openapi/schema-helpers.js';
import { preferred } from '../protocol/content-negotiation.js';
import { goneSignal } from '../protocol/request-helpers.js';
import { eventStream, eventText } from '../protocol/sse.js';
import type { Streams } from '../protocol/streaming.js';
import { USAGE } from './live-examples.js';

const StatsQuery = Type.Object(
  {
    follow: Type.Optional(
      Type.Boolean({ default: false, description: 'Stream one reading per second as text/event-stream.' }),
    ),
  },
  { additionalProperties: false },
);

const count = (description?: string) => Type.Number({ minimum: 0, ...(description !== undefined && { description }) });

const Stats = Type.Object({
  readAt: Type.String({ format: 'date-time', description: 'Time of the reading, by the clock of the engine.' }),
  cpu: Type.Object({
    percent: nullable(count()),
    onlineCpus: Type.Integer({ minimum: 0 }),
    usedNanoseconds: count('Since the start of the container, like all counters.'),
    kernelNanoseconds: count(),
    userNanoseconds: count(),
    throttledNanoseconds: count('Time for which the container was throttled by its CPU limit.'),
  }),
  memory: nullable(
    Type.Object({
      usedBytes: count('Excludes cache that the kernel can drop immediately.'),
      withCacheBytes: count(),
      limitBytes: count("The memory limit, or the host's memory if there is no limit."),
      percent: count('usedBytes as a percentage of limitBytes.'),
    }),
  ),
  network: nullable(
    Type.Object({
      receivedBytes: count(),
      sentBytes: count(),
      receivedPackets: count(),
      sentPackets: count(),
      receivedDropped: count(),
      sentDropped: count(),
    }),
  ),
  blockIo: Type.Object({ readBytes: count(), writtenBytes: count() }),
  pids: Type.Object({ current: count(), limit: nullable(count()) }),
});

const getStats = operation('GET', '/containers/:name/stats', {
  id: 'getStats',
  tags: ['containers'],
  summary: 'Get the resource usage of a container',
  description:
    'Like `docker stats`: CPU, memory, network, block I/O and processes. `cpu.percent` counts one CPU as 100, so 200 means two CPUs; it is null in the first event of a stream. The engine needs one to two seconds for a reading. With follow an event `stats` comes every second, and the last event is `end`: the container stopped. `memory` and `network` are null if the host does not count them.',
  params: NameParams,
  query: StatsQuery,
  replies: {
    200: {
      description: 'One reading, or a stream of them.',
      content: {
        'application/json': { schema: Stats, examples: { web: { value: USAGE } } },
        'text/event-stream': {
          schema: Type.String(),
          example: eventText({ event: 'stats', data: JSON.stringify(USAGE) }),
        },
      },
    },
  },
  problems: ['invalid-body', 'not-found', 'not-acceptable', 'not-running', 'engine-unavailable'],
});

/** Registers the container statistics, read once or followed as server-sent events. */
export function statsRoutes(app: FastifyInstance, runtime: RuntimeService, streams: Streams): void {
  route(app, getStats, async ({ params, query, request, reply }) => {
    const { name } = params;
    if (query.follow !== true) {
      preferred(request, ['application/json']);
      return await runtime.usage(name);
    }
    const type = preferred(request, ['text/event-stream']);
    const readings = await runtime.followUsage(name, goneSignal(reply, streams));
    return streams.send(reply, type, eventStream(events(readings), streams.pace.heartbeat));
  });
}

async function* events(readings: AsyncIterable<Usage>): AsyncGenerator<string> {
  for await (const usage of readings) yield eventText({ event: 'stats', data: JSON.stringify(usage) });
  yield eventText({ event: 'end', data: '' });
}
