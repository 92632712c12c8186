/** Documents that are the same for everybody: made once, kept as bytes, and answered from memory with a strong ETag. */

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { hashTag, isNoneMatched } from '../protocol/etag.js';
import { pathOf } from '../protocol/request-helpers.js';

/** A document, and the headers that are its own. */
interface Prepared {
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string>> & { readonly etag: string };
}

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
    bytes += body.length;
    prepared.set(path, { body, headers: { ...Object.fromEntries(own), etag: `"${hashTag(body)}"` } });
  }

  function send({ body, headers }: Prepared, request: FastifyRequest, reply: FastifyReply): void {
    reply.headers(headers);
    if (isNoneMatched(request.headers['if-none-match'], headers.etag)) reply.code(304).send();
    else reply.send(body);
  }

  scope.addHook('onRequest', (request, reply, done) => {
    const path = pathOf(request);
    const known = prepared.get(path);
    if (known) send(known, request, reply);
    // The route answers the request of `prepare` itself, among others.
    else if (known === null || underWay.has(path)) done();
    else {
      const work = prepare(path).finally(() => underWay.delete(path));
      underWay.set(path, work);
      work.then(() => {
        const made = prepared.get(path);
        if (made) send(made, request, reply);
        else done();
      }, done);
    }
  });
}
