/**
 * Conditional requests (RFC 9110, section 13). The ETag of a write's answer is the generation; that of a GET's is the
 * generation and a digest of what is sent. If-Match compares the generation, If-None-Match the whole.
 */

import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { Problem } from '../../domain/problems/problem.js';
import { acceptedEncoding, compress, type Encoding, encodedTag, FOR_ANSWERS, isCompressible } from './compression.js';
import { hashTag, isNoneMatched, readTags } from './etag.js';

export const etagOf = (generation: number): string => `"${generation}"`;

/** The headers of a write that guard it. */
export const WriteHeaders = Type.Object({
  'if-match': Type.Optional(
    Type.String({
      description:
        'Apply the change only if the definition is at this generation: an ETag of an earlier response, such as "3" or "3-Zk1x", or *. A change of the status alone does not count.',
    }),
  ),
  'if-none-match': Type.Optional(
    Type.String({
      description: 'With *: apply the change only if no definition with this name exists.',
      examples: ['*'],
    }),
  ),
});

const malformed = (header: string, message: string): Problem =>
  new Problem('invalid-parameter', `The header ${header} ${message}.`, {
    faults: [{ in: 'header', pointer: `/${header}`, message }],
  });

/** @throws Problem `invalid-parameter` for what is no precondition that a write can have */
export function preconditions(headers: { readonly 'if-match'?: string; readonly 'if-none-match'?: string }): {
  readonly ifMatch?: readonly number[] | 'any';
  readonly ifNoneMatch?: boolean;
} {
  const match = headers['if-match'];
  const noneMatch = headers['if-none-match'];
  if (noneMatch !== undefined && noneMatch.trim() !== '*') throw malformed('if-none-match', 'must be * on a write');
  return {
    ...(match !== undefined && { ifMatch: generations(match) }),
    ...(noneMatch !== undefined && { ifNoneMatch: true }),
  };
}

/**
 * `"3"`, `"3-Zk1…"` as a GET answers it, a list of these, or `*`. If-Match compares the generation, so that a change of the
 * status makes no write fail. A weak tag is well-formed and matches nothing, as If-Match compares strongly; so does a tag
 * that is none of ours.
 */
function generations(header: string): readonly number[] | 'any' {
  const tags = readTags(header);
  if (tags === '*') return 'any';
  if (tags === null) throw malformed('if-match', 'must be * or quoted generations, such as "3"');
  return tags.flatMap(({ isWeak, value }) => {
    const generation = /^(\d+)(?:-[\w-]{1,64})?$/.exec(value)?.[1];
    return isWeak || generation === undefined ? [] : [Number(generation)];
  });
}

/**
 * Longest response with a tag of its representation, in bytes: for a longer one, making it would cost more than it
 * saves.
 */
const MOST_TAGGED = 2 ** 20;

const NOT_MODIFIED = {
  description: 'Not modified: If-None-Match has the current ETag.',
  type: 'null',
};

const ReadHeaders = {
  type: 'object',
  properties: {
    'if-none-match': {
      type: 'string',
      description: 'ETag of an earlier response. If the response would be the same, the answer is 304 without a body.',
    },
  },
} as const;

/**
 * Gives every JSON answer to a GET of a scope an ETag of what is sent, behind the generation where there is one, and answers
 * 304 where the client has it. Compresses what is long, and keeps the compressed bytes as long as the answer itself is cached.
 * To be called before the routes are registered.
 *
 * BREACH needs an attacker who chooses a part of the answer and sends requests as somebody else. Tokens are in no cookie, so
 * no other site can send them, and a role that may declare definitions may also read the values beside them.
 */
export function conditionalReads(scope: FastifyInstance): void {
  const tags = new WeakMap<Buffer, string>();
  const compressed = new WeakMap<Buffer, Promise<Buffer>>();

  function compressedOf(payload: string | Buffer, encoding: Encoding): Promise<Buffer> {
    if (typeof payload === 'string') return compress(Buffer.from(payload), encoding, false);
    const made = compressed.get(payload) ?? compress(payload, encoding, false);
    compressed.set(payload, made);
    return made;
  }

  function tagOf(payload: string | Buffer): string {
    if (typeof payload === 'string') return hashTag(payload);
    const known = tags.get(payload) ?? hashTag(payload);
    tags.set(payload, known);
    return known;
  }

  scope.addHook('onRoute', (route) => {
    if (route.method !== 'GET' || route.schema === undefined) return;
    const { headers, response } = route.schema as { headers?: { properties?: object }; response?: object };
    route.schema = {
      ...route.schema,
      headers: { ...ReadHeaders, ...headers, properties: { ...headers?.properties, ...ReadHeaders.properties } },
      response: { ...response, 304: NOT_MODIFIED },
    };
  });
  scope.addHook('onSend', (request, reply, payload, done) => {
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    const isWhole = typeof payload === 'string' || Buffer.isBuffer(payload);
    if (!isRead || !isWhole || reply.statusCode !== 200 || payload.length > MOST_TAGGED) return done();
    const isVaried = isCompressible(reply.getHeader('content-type'), payload.length);
    if (isVaried) reply.header('vary', 'accept-encoding');
    const encoding = isVaried ? acceptedEncoding(request, FOR_ANSWERS) : null;
    const generation = String(reply.getHeader('etag') ?? '""').slice(1, -1);
    const plain = `"${[generation, tagOf(payload)].filter((part) => part !== '').join('-')}"`;
    const etag = encodedTag(plain, encoding);
    reply.header('etag', etag);
    if (!isNoneMatched(request.headers['if-none-match'], etag)) {
      if (encoding === null) return done();
      reply.header('content-encoding', encoding).removeHeader('content-length');
      compressedOf(payload, encoding).then((bytes) => done(null, bytes), done);
      return;
    }
    reply.code(304).removeHeader('content-type').removeHeader('content-length');
    // Fastify removes the body of a response to a HEAD, and needs one for that.
    if (request.method === 'HEAD') return done();
    done(null, null);
  });
}
