import { Type } from 'typebox';
import { IMAGE, PULLED } from '../containers/live-examples.js';
import { operation } from '../openapi/operation.js';
import { noQuery } from '../openapi/parameters.js';
import { nullable } from '../openapi/schema-helpers.js';
import { idempotencyHeader, KEYED } from '../pipeline/idempotency.js';
import { eventText } from '../protocol/sse.js';

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

export const listImages = operation('GET', '/images', {
  id: 'listImages',
  tags,
  summary: 'The images on the engine',
  description: 'Whoever brought them there. Newest first, as the engine has them.',
  query: noQuery,
  replies: {
    200: {
      description: 'All of them.',
      content: {
        'application/json': {
          schema: Type.Object({ items: Type.Array(Image) }),
          examples: { one: { value: { items: [IMAGE] } } },
        },
      },
    },
  },
  problems: ['invalid-body', 'engine-unavailable'],
});

export const pullImage = operation('POST', '/images/pull', {
  id: 'pullImage',
  tags,
  summary: 'Pull an image',
  description:
    'Definitions need none of this: Berth pulls what they name. As text/event-stream each layer tells how it gets on in events called progress (a slow client hears the newest of each, and holds nothing up); the last event is done, or error with the problem. As application/json there is one answer when the image is there. The pull ends when its client goes; another one of the same image goes on.',
  query: noQuery,
  headers: Headers,
  body: PullBody,
  replies: {
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
  },
  problems: [
    'invalid-body',
    'payload-too-large',
    'unsupported-media-type',
    'not-acceptable',
    ...KEYED,
    'image-not-found',
    'pull-failed',
    'engine-unavailable',
    'invalid-definition',
    'policy-denied',
    'storage-unavailable',
  ],
  isAudited: true,
});
