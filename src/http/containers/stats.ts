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
    follow: Type.Optional(Type.Boolean({ default: false, description: 'A reading a second, as text/event-stream.' })),
  },
  { additionalProperties: false },
);

const count = (description?: string) => Type.Number({ minimum: 0, ...(description !== undefined && { description }) });

const Stats = Type.Object({
  readAt: Type.String({ format: 'date-time', description: 'When the engine read it.' }),
  cpu: Type.Object({
    percent: nullable(count()),
    onlineCpus: Type.Integer({ minimum: 0 }),
    usedNanoseconds: count('Since the container was started, as all that is counted.'),
    kernelNanoseconds: count(),
    userNanoseconds: count(),
    throttledNanoseconds: count('How long it had to wait for its limit of processors.'),
  }),
  memory: nullable(
    Type.Object({
      usedBytes: count('Without the cache that can be dropped at once.'),
      withCacheBytes: count(),
      limitBytes: count("Its limit; the host's memory where it has none."),
      percent: count('usedBytes of limitBytes.'),
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
  summary: 'What a container uses',
  description:
    "`docker stats`: processor time, memory, network, block devices, processes. `cpu.percent` is of one processor, as there: 200 is two of them; it is null in a stream's first event, which has nothing to compare with. One reading takes the engine a second or two. With follow each second brings an event called stats, and the last one is called end: the container stopped. `memory` and `network` are null where the host does not count them.",
  params: NameParams,
  query: StatsQuery,
  replies: {
    200: {
      description: 'A reading, or one after the other.',
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

/** What a container uses, once or as server-sent events. */
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
