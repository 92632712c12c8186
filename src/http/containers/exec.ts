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

/** Limit of each output stream in a reply that is sent in one piece. */
const MAX_OUTPUT_BYTES = 1024 * 1024;

const ExecBody = Type.Object(
  {
    command: Type.Array(Type.String(), {
      maxItems: 1024,
      description: 'Argument vector, run without a shell. To use a shell, send ["sh", "-c", "…"].',
    }),
    timeoutSeconds: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: MAX_EXEC_SECONDS,
        default: 10,
        description: 'Time after which the command is killed.',
      }),
    ),
    user: Type.Optional(Type.String({ description: "-u. Default: the container's user." })),
    workingDir: Type.Optional(Type.String({ description: "-w. Default: the container's working directory." })),
    env: Type.Optional(
      Type.Unsafe<Record<string, string>>({
        type: 'object',
        additionalProperties: { type: 'string' },
        description: "-e: added to the container's own variables.",
      }),
    ),
    encoding: Type.Optional(
      Type.Unsafe<'utf8' | 'base64'>({
        type: 'string',
        enum: ['utf8', 'base64'],
        default: 'utf8',
        description: 'Encoding of stdout and stderr. utf8 replaces invalid bytes by U+FFFD; base64 keeps every byte.',
      }),
    ),
  },
  { additionalProperties: false },
);

const Executed = Type.Object({
  exitCode: nullable(
    Type.Integer({
      description: 'null if there is none: the command was killed at its time limit, or its container was removed.',
    }),
  ),
  stdout: Type.String(),
  stderr: Type.String(),
  truncated: Type.Boolean({ description: 'True if stdout or stderr exceeded 1 MiB; the rest was dropped.' }),
  timedOut: Type.Boolean(),
  stillRunning: Type.Boolean({
    description: 'True if the command could not be killed, because its image has no shell.',
  }),
});

const Headers = Type.Object(idempotencyHeader);

const execInContainer = operation('POST', '/containers/:name/exec', {
  id: 'execInContainer',
  tags: ['containers'],
  summary: 'Run a command in a container',
  description:
    "Like `docker exec`, without input. The response keeps 1 MiB of each stream and drops the rest. As text/event-stream nothing is dropped: each line is an event `stdout` or `stderr`, and the last event is `exit`. When the time limit is reached or the client disconnects, Berth kills the command and its child processes. Engines can't do this, so the container's own shell does it, and finds them by the variable BERTH_EXEC in their environment. In an image without a shell the command keeps running (`stillRunning`). A user that the container lacks is a 422. If a command can't be started for another reason, the exit code is 126 or 127 and stdout has the engine's reason. Changes that a command makes inside the container are lost at the next replacement; they don't count as drift. An Idempotency-Key is not exact here: if the server dies before it replies, the same request runs the command again.",
  params: NameParams,
  query: noQuery,
  headers: Headers,
  body: ExecBody,
  replies: {
    200: {
      description: 'The command has ended.',
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
