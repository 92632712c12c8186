/** Pieces of requests that several routes share. */

import type { FastifyReply } from 'fastify';
import { Type } from 'typebox';
import { READ_ONLY_FIELDS } from './schemas.js';
import type { Streams } from './streams.js';

export const NameParams = Type.Object({
  name: Type.String({ description: "The container's name.", examples: ['web'] }),
});

/** For what takes no parameters: one that is sent all the same is a mistake that should be heard of. */
export const noQuery = Type.Object({}, { additionalProperties: false });

const flag = (description: string) => Type.Optional(Type.Boolean({ default: false, description }));

/** The parameters of every write. */
export const writeQuery = {
  dryRun: flag('Run every check, store nothing, and answer with the steps that would follow.'),
  wait: Type.Optional(
    Type.Integer({
      minimum: 0,
      maximum: 300,
      default: 0,
      description: 'Seconds to wait for the definition to be ready.',
    }),
  ),
} as const;

export const WriteQuery = Type.Object(writeQuery, { additionalProperties: false });

/** Aborted when the client is gone before it was answered, and when the server closes. */
export function goneSignal(reply: FastifyReply, { closing }: Streams): AbortSignal {
  const gone = new AbortController();
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) gone.abort();
  });
  return AbortSignal.any([gone.signal, closing]);
}

const readOnly: ReadonlySet<string> = new Set(READ_ONLY_FIELDS);

/** A body without the fields that only Berth writes. */
export function withoutReadOnly<T extends object>(body: T): Omit<T, (typeof READ_ONLY_FIELDS)[number]> {
  return Object.fromEntries(Object.entries(body).filter(([key]) => !readOnly.has(key))) as never;
}
