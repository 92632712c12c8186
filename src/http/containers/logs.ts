import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { Problem } from '../../domain/problems/problem.js';
import type { LogLine, LogOptions, RuntimeService } from '../../service/containers/runtime.js';
import { operation, route } from '../openapi/operation.js';
import { NameParams } from '../openapi/parameters.js';
import { preferred } from '../protocol/content-negotiation.js';
import { lineEvents } from '../protocol/line-events.js';
import { goneSignal } from '../protocol/request-helpers.js';
import { moment } from '../protocol/since-until.js';
import { eventStream, eventText } from '../protocol/sse.js';
import type { Streams } from '../protocol/streaming.js';

const flag = (initial: boolean, description: string) => Type.Optional(Type.Boolean({ default: initial, description }));

const LogQuery = Type.Object(
  {
    follow: flag(false, 'Keep the stream open and send new lines.'),
    stdout: flag(true, 'Include stdout.'),
    stderr: flag(true, 'Include stderr.'),
    timestamps: flag(false, "Prefix each line with the engine's timestamp."),
    tail: Type.Optional(
      Type.String({
        pattern: '^(all|[0-9]{1,9})$',
        default: 'all',
        description: 'Number of lines from the end, or all.',
      }),
    ),
    since: Type.Optional(
      Type.String({ description: 'Unix seconds, an RFC 3339 time, or a duration before now such as 10m.' }),
    ),
    until: Type.Optional(Type.String({ description: 'Same formats as since.' })),
  },
  { additionalProperties: false },
);

const example = ' * Running on http://0.0.0.0:5000/ (Press CTRL+C to quit)\n';

const getLogs = operation('GET', '/containers/:name/logs', {
  id: 'getLogs',
  tags: ['containers'],
  summary: 'Get the logs of a container',
  description:
    'Like `docker logs`. As text/event-stream each line is an event `stdout` or `stderr`, and the last event is `end`: the container stopped or was replaced. A line of more than 64 Ki characters is split.',
  params: NameParams,
  query: LogQuery,
  replies: {
    200: {
      description: 'Both streams in their order of arrival.',
      content: {
        'text/plain': { schema: Type.String(), example },
        'text/event-stream': { schema: Type.String(), example: `event: stdout\ndata: ${example.trimEnd()}\n\n` },
      },
    },
  },
  problems: ['invalid-body', 'not-found', 'logs-unavailable', 'not-acceptable', 'engine-unavailable'],
});

/** The log of a container, as text or as server-sent events that tell the streams apart. */
export function logRoutes(app: FastifyInstance, runtime: RuntimeService, streams: Streams): void {
  route(app, getLogs, async ({ params, query, request, reply }) => {
    const type = preferred(request, ['text/plain', 'text/event-stream']);
    const signal = goneSignal(reply, streams);
    const frames = await runtime.logs(params.name, optionsOf(query), signal);
    if (type === 'text/plain') return streams.send(reply, type, chunks(frames));
    return streams.send(reply, type, eventStream(events(frames), streams.pace.heartbeat));
  });
}

interface Query {
  readonly follow?: boolean;
  readonly stdout?: boolean;
  readonly stderr?: boolean;
  readonly timestamps?: boolean;
  readonly tail?: string;
  readonly since?: string;
  readonly until?: string;
}

function optionsOf(query: Query): LogOptions {
  const { follow = false, stdout = true, stderr = true, timestamps = false, tail = 'all', since, until } = query;
  if (!stdout && !stderr) {
    const message = "can't be false together with stdout: there would be no output";
    throw new Problem('invalid-parameter', `query /stderr ${message}.`, {
      faults: [{ in: 'query', pointer: '/stderr', message }],
    });
  }
  const now = new Date();
  return {
    follow,
    stdout,
    stderr,
    timestamps,
    tail: tail === 'all' ? 'all' : Number(tail),
    ...(since !== undefined && { since: moment('since', since, now) }),
    ...(until !== undefined && { until: moment('until', until, now) }),
  };
}

async function* chunks(frames: AsyncIterable<LogLine>): AsyncGenerator<Uint8Array> {
  for await (const { chunk } of frames) yield chunk;
}

async function* events(frames: AsyncIterable<LogLine>): AsyncGenerator<string> {
  const lines = lineEvents();
  for await (const { stream, chunk } of frames) yield lines.of(stream, chunk);
  yield lines.last();
  yield eventText({ event: 'end', data: '' });
}
