/** Pieces of requests that several routes share. */

import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '../../domain/problems/problem.js';
import type { Streams } from './streaming.js';

/**
 * Aborted when the answer is over, whether it was read or the client is gone, when the server closes, and when whoever
 * asked is not let in any more. @throws Problem `too-many-requests`
 */
export const goneSignal = (reply: FastifyReply, streams: Streams): AbortSignal => streams.hold(reply);

/** How long a write waits, and until when at most: one that does not wait is over before anybody could leave. */
export const patience = (wait: number, reply: FastifyReply, streams: Streams) => ({
  waitSeconds: wait,
  ...(wait > 0 && { signal: goneSignal(reply, streams) }),
});

/** What the router looks for: a fragment, which no client should send, is no part of it. */
export const pathOf = ({ url }: FastifyRequest): string => url.split(/[?#]/, 1)[0] ?? '/';

/** To be run before a body is checked: a schema is only applied to a body that is there. @throws Problem `invalid-body` */
export async function needsBody({ body }: FastifyRequest): Promise<void> {
  if (body !== undefined) return;
  throw new Problem('invalid-body', 'The body is missing. Send a JSON object with the Content-Type application/json.', {
    faults: [{ in: 'body', pointer: '', message: 'is missing' }],
  });
}

/** A body has no meaning here; one that says something is a mistake that should be heard of. @throws Problem `invalid-body` */
export async function onlyEmptyBody(request: FastifyRequest): Promise<void> {
  const { body: sent } = request;
  if (sent === undefined || sent === null) return;
  if (typeof sent === 'object' && Object.keys(sent).length === 0) return;
  throw new Problem('invalid-body', 'The body must be empty: this operation takes its parameters in the query.', {
    faults: [{ in: 'body', pointer: '', message: 'must be empty' }],
  });
}

/** Accepts any body and ignores it: an operation that has done so can't begin to refuse one. */
export async function ignoreBody(): Promise<void> {}
