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
  tags: Type.Array(Type.String(), { description: 'Tags of the image.' }),
  digests: Type.Array(Type.String(), { description: 'Digests of the image; empty if it came from no registry.' }),
  sizeBytes: Type.Integer({ description: 'Unpacked size in bytes, including layers shared with other images.' }),
  createdAt: Type.String({ format: 'date-time' }),
  usedBy: Type.Array(Type.String(), {
    description: 'Definitions that name the image, or whose container was made from it.',
  }),
});

const PullBody = Type.Object(
  { image: Type.String({ minLength: 1, description: 'Image reference; without a tag or digest it means :latest.' }) },
  { additionalProperties: false },
);

const Pulled = Type.Object({
  image: Type.String({ description: 'Image reference with its tag.' }),
  imageId: Type.String(),
  digest: nullable(Type.String({ description: 'Digest in the registry.' })),
});

const PROGRESS = { layer: '8b5a3b4b1c6e', status: 'Downloading', currentBytes: 1_048_576, totalBytes: 4_194_304 };

export const listImages = operation('GET', '/images', {
  id: 'listImages',
  tags,
  summary: 'List images',
  description: 'All images on the engine, newest first.',
  query: noQuery,
  replies: {
    200: {
      description: 'All images.',
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
    'You never need this: Berth pulls the images that definitions name. As text/event-stream each layer reports its progress in `progress` events (a slow client gets only the newest of each layer); the last event is `done`, or `error` with the problem. As application/json there is one answer once the image is present. The pull ends if the client disconnects; other pulls of the same image continue.',
  query: noQuery,
  headers: Headers,
  body: PullBody,
  replies: {
    200: {
      description: 'The image is present, or its progress follows.',
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

const size = (description: string) => Type.Integer({ description });
const sizeOrNull = (description: string) => nullable(Type.Integer({ description }));
const usedBy = Type.Array(Type.String(), { description: 'Definitions that use it.' });

const Disk = Type.Object({
  images: Type.Array(
    Type.Object({
      id: Type.String(),
      tags: Type.Array(Type.String()),
      digests: Type.Array(Type.String()),
      sizeBytes: size('Unpacked size in bytes, including layers shared with other images.'),
      sharedBytes: sizeOrNull('Part that other images have as well; null if the engine does not know it.'),
      usedBy,
    }),
    { description: 'Largest first.' },
  ),
  volumes: Type.Array(
    Type.Object({ name: Type.String(), sizeBytes: sizeOrNull('Null if the engine does not know it.'), usedBy }),
    { description: 'Largest first.' },
  ),
  containers: Type.Array(
    Type.Object({ name: Type.String(), writtenBytes: size('What it has written to its own file system.') }),
    { description: 'Containers of definitions.' },
  ),
  logs: Type.Array(
    Type.Object({
      name: Type.String(),
      maxBytes: sizeOrNull('Most bytes that the log takes on the engine; null if nothing bounds it.'),
    }),
    { description: 'Logs of definitions. Engines report no size of a log, only its bound is known.' },
  ),
});

const { createdAt: _, ...MEASURED } = IMAGE;

export const diskUsage = operation('GET', '/disk', {
  id: 'diskUsage',
  tags,
  summary: 'Show disk use',
  description: "Use of the engine's disk by images, volumes, containers and logs. Measuring volumes can take seconds.",
  query: noQuery,
  replies: {
    200: {
      description: 'Disk use.',
      content: {
        'application/json': {
          schema: Disk,
          examples: {
            one: {
              value: {
                images: [{ ...MEASURED, sharedBytes: 0 }],
                volumes: [{ name: 'data', sizeBytes: 48_211_331, usedBy: ['db'] }],
                containers: [{ name: 'web', writtenBytes: 4096 }],
                logs: [{ name: 'web', maxBytes: 31_457_280 }],
              },
            },
          },
        },
      },
    },
  },
  problems: ['invalid-body', 'engine-unavailable'],
});
