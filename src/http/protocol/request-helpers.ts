/** Helpers for requests that several routes share. */

import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '../../domain/problems/problem.js';
import type { Streams } from './streaming.js';

/**
 * Returns a signal that aborts when the response has ended, the client has left, the server closes, or the caller's
 * token is no longer valid. @throws Problem `too-many-requests`
 */
export const goneSignal = (reply: FastifyReply, streams: Streams): AbortSignal => streams.hold(reply);

/** Returns how long a write waits, with the signal that ends the wait early; a write without a wait needs no signal. */
export const patience = (wait: number, reply: FastifyReply, streams: Streams) => ({
  waitSeconds: wait,
  ...(wait > 0 && { signal: goneSignal(reply, streams) }),
});

/** Returns the path that the router matches: without a fragment, which no client should send. */
export const pathOf = ({ url }: FastifyRequest): string => url.split(/[?#]/, 1)[0] ?? '/';

/**
 * Checks that a body is present, before its schema is applied: a schema does not apply to a missing body. @throws
 * Problem `invalid-body`
 */
export async function needsBody({ body }: FastifyRequest): Promise<void> {
  if (body !== undefined) return;
  throw new Problem('invalid-body', 'The body is missing. Send a JSON object with the Content-Type application/json.', {
    faults: [{ in: 'body', pointer: '', message: 'is missing' }],
  });
}

/**
 * Rejects a body that has content, since it is a mistake of the client: the operation takes none. @throws Problem
 * `invalid-body`
 */
export async function onlyEmptyBody(request: FastifyRequest): Promise<void> {
  const { body: sent } = request;
  if (sent === undefined || sent === null) return;
  if (typeof sent === 'object' && Object.keys(sent).length === 0) return;
  throw new Problem('invalid-body', 'The body must be empty: this operation takes its parameters in the query.', {
    faults: [{ in: 'body', pointer: '', message: 'must be empty' }],
  });
}

/** Accepts any body and ignores it: an operation that once did so can't begin to refuse one. */
export async function ignoreBody(): Promise<void> {}
