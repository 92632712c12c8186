/** Documents that are the same for everybody: made once, kept as bytes, and answered from memory with a strong ETag. */

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import {
  acceptedEncoding,
  compress,
  type Encoding,
  encodedTag,
  FOR_DOCUMENTS,
  isCompressible,
} from '../protocol/compression.js';
import { hashTag, isNoneMatched } from '../protocol/etag.js';
import { pathOf } from '../protocol/request-helpers.js';

/** A document, and the headers that are its own. */
interface Prepared {
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string>> & { readonly etag: string };
  /** Compressed bytes, made for the first client that accepts them; null if the document is small or an image. */
  readonly compressed: Map<Encoding, Promise<Buffer>> | null;
}

/** Cache header of all documents except those named after their content: keep it, and check it each time. */
const REVALIDATE = 'no-cache';

const OWN_HEADERS = ['content-type', 'content-security-policy', 'cache-control', 'last-modified'] as const;

/** Bytes kept at most: well above what Swagger UI, the document and the page come to. */
const MOST_BYTES = 32 * 2 ** 20;

/**
 * Answers the GET and HEAD routes of a scope from memory after the first request for each path, whatever the query or
 * requested range. Call it before the routes are registered, and only if a response depends on the path alone.
 */
export function prepareAnswers(scope: FastifyInstance): void {
  /** Documents by path; null if the route itself has to answer. */
  const prepared = new Map<string, Prepared | null>();
  const underWay = new Map<string, Promise<void>>();
  let bytes = 0;

  /** Requests the document from its route once, by its path alone. */
  async function prepare(path: string): Promise<void> {
    const {
      statusCode,
      rawPayload: body,
      headers: all,
    } = await scope.inject({
      method: 'GET',
      url: path,
      headers: { host: 'localhost' },
    });
    if (statusCode >= 400) return;
    if (statusCode !== 200 || bytes + body.length > MOST_BYTES) {
      prepared.set(path, null);
      return;
    }
    const own = OWN_HEADERS.flatMap((name) => (all[name] === undefined ? [] : [[name, String(all[name])]]));
    const headers: Record<string, string> = Object.fromEntries(own);
    if (!headers['cache-control']?.includes('immutable')) headers['cache-control'] = REVALIDATE;
    const isVaried = isCompressible(headers['content-type'], body.length);
    if (isVaried) headers['vary'] = 'accept-encoding';
    bytes += body.length;
    const compressed = isVaried ? new Map<Encoding, Promise<Buffer>>() : null;
    prepared.set(path, { body, headers: { ...headers, etag: `"${hashTag(body)}"` }, compressed });
  }

  async function send({ body, headers, compressed }: Prepared, request: FastifyRequest, reply: FastifyReply) {
    const encoding = compressed && acceptedEncoding(request, FOR_DOCUMENTS);
    const etag = encodedTag(headers.etag, encoding);
    reply.headers({ ...headers, etag });
    if (isNoneMatched(request.headers['if-none-match'], etag)) return reply.code(304).send();
    if (compressed === null || encoding === null) return reply.send(body);
    const made = compressed.get(encoding) ?? compress(body, encoding, true);
    compressed.set(encoding, made);
    return reply.header('content-encoding', encoding).send(await made);
  }

  scope.addHook('onRequest', (request, reply, done) => {
    const path = pathOf(request);
    const known = prepared.get(path);
    if (known) send(known, request, reply).catch(done);
    // The route answers the request of `prepare` itself, among others.
    else if (known === null || underWay.has(path)) done();
    else {
      const work = prepare(path).finally(() => underWay.delete(path));
      underWay.set(path, work);
      work.then(() => {
        const made = prepared.get(path);
        if (made) send(made, request, reply).catch(done);
        else done();
      }, done);
    }
  });
}
