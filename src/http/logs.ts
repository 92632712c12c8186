import { Readable } from 'node:stream';
import { Type } from 'typebox';
import { Problem } from '../domain/problem.js';
import type { Service } from '../service/service.js';
import type { LogLine, LogOptions } from '../service/views.js';
import { preferred } from './negotiation.js';
import { problemResponses } from './problem.js';
import { goneSignal, NameParams } from './requests.js';
import { eventText } from './sse.js';
import type { Streams } from './streams.js';
import { moment } from './time.js';
import type { App } from './types.js';

const flag = (initial: boolean, description: string) => Type.Optional(Type.Boolean({ default: initial, description }));

const LogQuery = Type.Object(
  {
    follow: flag(false, 'Go on with what comes.'),
    stdout: flag(true, 'Take the standard output.'),
    stderr: flag(true, 'Take the standard error.'),
    timestamps: flag(false, "Begin each line with the engine's time."),
    tail: Type.Optional(
      Type.String({
        pattern: '^(all|[0-9]{1,9})$',
        default: 'all',
        description: 'So many lines from the end, or all.',
      }),
    ),
    since: Type.Optional(Type.String({ description: 'Unix seconds, an RFC 3339 time, or a span back as 10m.' })),
    until: Type.Optional(Type.String({ description: 'As since.' })),
  },
  { additionalProperties: false },
);

const example = ' * Running on http://0.0.0.0:5000/ (Press CTRL+C to quit)\n';

/** The log of a container, as text or as server-sent events that tell the streams apart. */
export function logRoutes(app: App, service: Service, streams: Streams): void {
  app.get(
    '/containers/:name/logs',
    {
      schema: {
        operationId: 'getLogs',
        tags: ['containers'],
        summary: 'The log of a container',
        description:
          '`docker logs`. As text/event-stream each line is an event called stdout or stderr, and the last one is called end. A line of more than 64 Ki characters comes in several.',
        params: NameParams,
        querystring: LogQuery,
        response: {
          200: {
            description: 'Both streams as they came.',
            content: {
              'text/plain': { schema: Type.String(), example },
              'text/event-stream': { schema: Type.String(), example: `event: stdout\ndata: ${example.trimEnd()}\n\n` },
            },
          },
          ...problemResponses('invalid-body', 'not-found', 'not-acceptable', 'engine-unavailable'),
        },
      },
    },
    async (request, reply) => {
      const type = preferred(request, ['text/plain', 'text/event-stream']);
      const signal = goneSignal(reply, streams);
      const frames = await service.logs(request.params.name, optionsOf(request.query), signal);
      const body = Readable.from(type === 'text/plain' ? chunks(frames) : events(frames), { objectMode: false });
      body.once('error', (err) => request.log.warn({ err }, 'a log stream ended early'));
      if (type === 'text/event-stream') reply.header('cache-control', 'no-cache, no-transform');
      return reply
        .type(type === 'text/plain' ? 'text/plain; charset=utf-8' : 'text/event-stream; charset=utf-8')
        .send(body as never);
    },
  );
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
    const message = 'can not be false together with stdout: there would be nothing to show';
    throw new Problem('invalid-body', `query /stderr ${message}.`, {
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

/** How many characters of a line wait for its end: one that never ends must not fill the memory. */
const MAX_LINE = 64 * 1024;

/**
 * Lines as events. What a frame ends in the middle of waits for the rest of its line, for each stream by itself; a line
 * that is too long to wait for comes in pieces.
 */
async function* events(frames: AsyncIterable<LogLine>): AsyncGenerator<string> {
  const decoders = { stdout: new TextDecoder(), stderr: new TextDecoder() };
  const rest = { stdout: '', stderr: '' };
  yield 'retry: 3000\n\n';
  for await (const { stream, chunk } of frames) {
    const lines = (rest[stream] + decoders[stream].decode(chunk, { stream: true })).split('\n');
    const open = lines.pop() ?? '';
    rest[stream] = open.length > MAX_LINE ? '' : open;
    for (const line of lines) yield lineEvent(stream, line);
    if (open.length > MAX_LINE) yield eventText({ event: stream, data: open });
  }
  for (const stream of ['stdout', 'stderr'] as const) {
    const last = rest[stream] + decoders[stream].decode();
    if (last !== '') yield lineEvent(stream, last);
  }
  yield eventText({ event: 'end', data: '' });
}

/** A terminal ends its lines with CR LF. */
const lineEvent = (stream: LogLine['stream'], line: string): string =>
  eventText({ event: stream, data: line.endsWith('\r') ? line.slice(0, -1) : line });
