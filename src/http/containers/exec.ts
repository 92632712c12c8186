import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { MAX_EXEC_SECONDS } from '../../domain/definition/exec.js';
import { collected, type ExecSignal } from '../../service/containers/exec.js';
import type { RuntimeService } from '../../service/containers/runtime.js';
import { operation, route } from '../openapi/operation.js';
import { NameParams, noQuery } from '../openapi/parameters.js';
import { nullable } from '../openapi/schema-helpers.js';
import { idempotencyHeader, KEYED } from '../pipeline/idempotency.js';
import { preferred } from '../protocol/content-negotiation.js';
import { lineEvents } from '../protocol/line-events.js';
import { goneSignal } from '../protocol/request-helpers.js';
import { eventStream, eventText } from '../protocol/sse.js';
import type { Streams } from '../protocol/streaming.js';
import { EXECUTED } from './live-examples.js';

/** So much of each stream is kept for an answer in one piece. */
const MAX_OUTPUT_BYTES = 1024 * 1024;

const ExecBody = Type.Object(
  {
    command: Type.Array(Type.String(), {
      maxItems: 1024,
      description: 'The argument vector. No shell takes it apart: for one, send ["sh", "-c", "…"].',
    }),
    timeoutSeconds: Type.Optional(
      Type.Integer({ minimum: 1, maximum: MAX_EXEC_SECONDS, default: 10, description: 'Then the command is killed.' }),
    ),
    user: Type.Optional(Type.String({ description: "-u: by default the container's." })),
    workingDir: Type.Optional(Type.String({ description: "-w: by default the container's." })),
    env: Type.Optional(
      Type.Unsafe<Record<string, string>>({
        type: 'object',
        additionalProperties: { type: 'string' },
        description: "-e: beside the container's own.",
      }),
    ),
    encoding: Type.Optional(
      Type.Unsafe<'utf8' | 'base64'>({
        type: 'string',
        enum: ['utf8', 'base64'],
        default: 'utf8',
        description:
          'How stdout and stderr are written. As utf8, bytes that are none become U+FFFD; base64 keeps every byte.',
      }),
    ),
  },
  { additionalProperties: false },
);

const Executed = Type.Object({
  exitCode: nullable(
    Type.Integer({ description: 'Null where it has none: it was killed at its time limit, or its container went.' }),
  ),
  stdout: Type.String(),
  stderr: Type.String(),
  truncated: Type.Boolean({ description: 'It wrote more than 1 MiB to one of them: what came after is left out.' }),
  timedOut: Type.Boolean(),
  stillRunning: Type.Boolean({ description: 'It could not be killed, since its image has no shell.' }),
});

const Headers = Type.Object(idempotencyHeader);

const execInContainer = operation('POST', '/containers/:name/exec', {
  id: 'execInContainer',
  tags: ['containers'],
  summary: 'Run a command inside a container',
  description:
    "`docker exec`, without input. Of each stream 1 MiB is kept; the command goes on and the rest is dropped. When its time is over, or its client is gone, it is killed with all that it has started: engines can't do that, so the shell of the container's image does it, as the same user; what runs is found by a variable BERTH_EXEC in its environment. In an image without a shell it goes on, and `stillRunning` says so. A command that can't be started has exit code 126 or 127 and the engine's reason as its stdout, as docker exec has it. As text/event-stream nothing is dropped: each line is an event called stdout or stderr, and the last event, exit, says how it ended. What a command changes inside the container is gone at its next replacement, and is no drift. An Idempotency-Key can't be exact here as it is elsewhere: where the server dies before it has answered, the same request runs the command again.",
  params: NameParams,
  query: noQuery,
  headers: Headers,
  body: ExecBody,
  replies: {
    200: {
      description: 'It was run.',
      content: {
        'application/json': { schema: Executed, examples: { hosts: { value: EXECUTED } } },
        'text/event-stream': {
          schema: Type.String(),
          example: [
            eventText({ event: 'stdout', data: EXECUTED.stdout.trimEnd() }),
            eventText({
              event: 'exit',
              data: JSON.stringify({ exitCode: 0, timedOut: false, stillRunning: false }),
            }),
          ].join(''),
        },
      },
    },
  },
  problems: [
    'invalid-body',
    'payload-too-large',
    'unsupported-media-type',
    'not-acceptable',
    ...KEYED,
    'not-found',
    'not-running',
    'invalid-definition',
    'engine-unavailable',
    'storage-unavailable',
  ],
  isAudited: true,
});

/** Commands inside containers. */
export function execRoutes(app: FastifyInstance, runtime: RuntimeService, streams: Streams): void {
  route(app, execInContainer, async ({ params, body, request, reply }) => {
    const { encoding = 'utf8', timeoutSeconds = 10, ...rest } = body;
    const type = preferred(request, ['application/json', 'text/event-stream']);
    const signal = goneSignal(reply, streams);
    const signals = await runtime.exec(params.name, { ...rest, timeoutSeconds }, signal);
    if (type === 'text/event-stream') {
      return streams.send(reply, type, eventStream(events(signals), streams.pace.heartbeat));
    }
    const { stdout, stderr, ...result } = await collected(signals, MAX_OUTPUT_BYTES, signal);
    const texts = { stdout: stdout.toString(encoding), stderr: stderr.toString(encoding) };
    return { ...result, ...texts };
  });
}

async function* events(signals: AsyncIterable<ExecSignal>): AsyncGenerator<string> {
  const lines = lineEvents();
  for await (const signal of signals) {
    if (signal.kind === 'output') {
      yield lines.of(signal.stream, signal.chunk);
      continue;
    }
    const { kind: _, ...exit } = signal;
    yield lines.last();
    yield eventText({ event: 'exit', data: JSON.stringify(exit) });
  }
}
