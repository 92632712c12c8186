import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { PullSignal, Service } from '../../service/service.js';
import { IMAGE, PULLED } from '../containers/live-examples.js';
import { problemResponses } from '../openapi/problem-schema.js';
import { nullable } from '../openapi/schema-helpers.js';
import type { App } from '../openapi/typed-app.js';
import { problemBody, toProblem } from '../pipeline/errors.js';
import { idempotencyHeader, KEYED } from '../pipeline/idempotency.js';
import { preferred } from '../protocol/content-negotiation.js';
import { goneSignal, needsBody, noQuery } from '../protocol/request-helpers.js';
import { eventStream, eventText } from '../protocol/sse.js';
import type { Streams } from '../protocol/streaming.js';

const tags = ['images'];
const Headers = Type.Object(idempotencyHeader);

const Image = Type.Object({
  id: Type.String(),
  tags: Type.Array(Type.String(), { description: 'Its names.' }),
  digests: Type.Array(Type.String(), { description: 'Its names by content; none where it came from no registry.' }),
  sizeBytes: Type.Integer({ description: 'Unpacked, layers that it shares with others included.' }),
  createdAt: Type.String({ format: 'date-time' }),
  usedBy: Type.Array(Type.String(), {
    description: 'The definitions that name it, or whose container was made from it.',
  }),
});

const PullBody = Type.Object(
  { image: Type.String({ minLength: 1, description: 'The reference; without a tag or digest it is :latest.' }) },
  { additionalProperties: false },
);

const Pulled = Type.Object({
  image: Type.String({ description: 'The reference, with its tag.' }),
  imageId: Type.String(),
  digest: nullable(Type.String({ description: 'What the registry has it under.' })),
});

const PROGRESS = { layer: '8b5a3b4b1c6e', status: 'Downloading', currentBytes: 1_048_576, totalBytes: 4_194_304 };

/** The images on the engine. */
export function imageRoutes(app: App, service: Service, streams: Streams): void {
  app.get(
    '/images',
    {
      schema: {
        operationId: 'listImages',
        tags,
        summary: 'The images on the engine',
        description: 'Whoever brought them there. Newest first, as the engine has them.',
        querystring: noQuery,
        response: {
          200: {
            description: 'All of them.',
            content: {
              'application/json': {
                schema: Type.Object({ items: Type.Array(Image) }),
                examples: { one: { value: { items: [IMAGE] } } },
              },
            },
          },
          ...problemResponses('invalid-body', 'engine-unavailable'),
        },
      },
    },
    async () => ({ items: await service.images() }) as never,
  );

  app.post(
    '/images/pull',
    {
      preValidation: needsBody,
      config: { isAudited: true },
      schema: {
        operationId: 'pullImage',
        tags,
        summary: 'Pull an image',
        description:
          'Definitions need none of this: Berth pulls what they name. As text/event-stream each layer tells how it gets on in events called progress (a slow client hears the newest of each, and holds nothing up); the last event is done, or error with the problem. As application/json there is one answer when the image is there. The pull ends when its client goes; another one of the same image goes on.',
        querystring: noQuery,
        headers: Headers,
        body: PullBody,
        response: {
          200: {
            description: 'It is there, or on its way.',
            content: {
              'text/event-stream': {
                schema: Type.String(),
                example: [
                  eventText({ event: 'progress', data: JSON.stringify(PROGRESS) }),
                  eventText({ event: 'done', data: JSON.stringify(PULLED) }),
                ].join(''),
              },
              'application/json': { schema: Pulled, examples: { alpine: { value: PULLED } } },
            },
          },
          ...problemResponses(
            ...(['invalid-body', 'payload-too-large', 'unsupported-media-type', 'not-acceptable', ...KEYED] as const),
            ...(['image-not-found', 'pull-failed', 'engine-unavailable'] as const),
            ...(['invalid-definition', 'policy-denied', 'storage-unavailable'] as const),
          ),
        },
      },
    },
    async (request, reply) => {
      const type = preferred(request, ['text/event-stream', 'application/json']);
      const signals = await service.pull(request.body.image, goneSignal(reply, streams));
      if (type === 'application/json') return reply.send((await resultOf(signals)) as never);
      return streams.send(reply, type, eventStream(events(signals, request), streams.pace.heartbeat));
    },
  );
}

async function resultOf(signals: AsyncIterable<PullSignal>) {
  for await (const { kind, ...signal } of signals) if (kind === 'done') return signal;
  throw new Error('a pull ended without what it came to');
}

/** A pull that fails under way has answered 200 already: its problem comes as the last event. */
async function* events(signals: AsyncIterable<PullSignal>, request: FastifyRequest): AsyncGenerator<string> {
  try {
    for await (const { kind, ...signal } of signals) yield eventText({ event: kind, data: JSON.stringify(signal) });
  } catch (error) {
    const problem = toProblem(error as Error);
    request.log.warn({ err: problem.cause ?? problem, code: problem.code }, 'a pull failed');
    yield eventText({ event: 'error', data: JSON.stringify(problemBody(problem, request)) });
  }
}
