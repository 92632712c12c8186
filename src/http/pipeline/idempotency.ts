/** `Idempotency-Key` on every POST: a repeated request takes effect once, and gets the same response again. */

import { createHmac } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { Problem } from '../../domain/problems/problem.js';
import { canonicalJson } from '../../lib/canonical-json.js';
import type { AnswerService } from '../../service/core/kept-answer.js';
import type { KeptAnswer, KeyedRequest } from '../../service/core/options.js';
import { JSON_TYPE } from '../protocol/content-negotiation.js';
import { type Seal, sealOf } from './idempotency-cipher.js';

const HEADER = 'idempotency-key';

/** Header that marks a replayed response. */
const REPLAYED = 'idempotency-replayed';

/** Headers of a response that are kept beside its status and its body. */
const KEPT_HEADERS = ['content-type', 'etag', 'location', 'retry-after'] as const;

/** Statuses of refusals that say nothing about the request itself, and may differ the next time. */
const NOT_KEPT: ReadonlySet<number> = new Set([401, 403, 408, 421, 429]);

export const idempotencyHeader = {
  [HEADER]: Type.Optional(
    Type.String({
      pattern: '^[!-~]{1,255}$',
      description:
        'Makes the request safe to retry: the same key with the same request gets the same answer for 24 hours, even after a crash.',
    }),
  ),
} as const;

/** Problems that a key may cause. */
export const KEYED = ['idempotency-in-flight', 'idempotency-mismatch'] as const;

interface Keyed {
  readonly seal: Seal;
  readonly request: string;
  /** True if the answer is in the database already. */
  isKept: boolean;
}

const keyedRequests = new WeakMap<FastifyRequest, Keyed>();

/** Answers every POST with a key once. To be called before the routes are made. */
export function idempotency(app: FastifyInstance, answers: AnswerService): void {
  const inFlight = new Map<string, string>();
  const finished = new WeakMap<FastifyRequest, () => void>();

  async function replay(key: string, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    const seal = sealOf(request.principal.id, key);
    const what = identityOf(request, seal);
    const other = inFlight.get(seal.id);
    if (other !== undefined) throw other === what ? stillInFlight(key) : mismatch(key);
    const done = (): void => void inFlight.delete(seal.id);
    inFlight.set(seal.id, what);
    finished.set(request, done);
    reply.raw.once('close', done);
    const answer = await answers.answerTo(seal.id);
    if (answer === null) {
      keyedRequests.set(request, { seal, request: what, isKept: false });
      return undefined;
    }
    if (answer.request !== what) throw mismatch(key);
    return send(reply.header(REPLAYED, 'true'), { ...answer, body: seal.open(answer.body) });
  }

  async function keep(keyed: Keyed, reply: FastifyReply, payload: unknown): Promise<void> {
    const { statusCode: status } = reply;
    if (keyed.isKept || !(typeof payload === 'string' || Buffer.isBuffer(payload))) return;
    if (status >= 500 || NOT_KEPT.has(status) || reply.getHeader('retry-after') !== undefined) return;
    keyed.isKept = true;
    const { seal } = keyed;
    const body = seal.close(String(payload));
    await answers.keepAnswer(seal.id, keyed.request, { status, headers: keptHeaders(reply), body });
  }

  app.addHook('preValidation', (request, reply, done) => {
    const key = request.headers[HEADER];
    if (request.method !== 'POST' || typeof key !== 'string' || !/^[!-~]{1,255}$/.test(key)) return done();
    return replay(key, request, reply);
  });
  app.addHook('onSend', (request, reply, payload, done) => {
    const keyed = keyedRequests.get(request);
    return keyed === undefined ? done() : keep(keyed, reply, payload);
  });
  // The end of the connection is not enough: Node reports none for a pipelined response whose client has gone.
  app.addHook('onSend', (request, _, __, done) => {
    finished.get(request)?.();
    done();
  });
}

/**
 * Returns the key of a write, so that the service stores its response with its changes; undefined if there is none.
 *
 * @param answer sets the status, and returns the body as an object or as JSON
 */
export function keyedWrite<T>(
  request: FastifyRequest,
  reply: FastifyReply,
  answer: (outcome: T, reply: FastifyReply) => object | Promise<Buffer>,
): KeyedRequest<T> | undefined {
  const keyed = keyedRequests.get(request);
  if (keyed === undefined) return undefined;
  return {
    key: keyed.seal.id,
    request: keyed.request,
    async answer(outcome) {
      const value = await answer(outcome, reply);
      reply.type(JSON_TYPE);
      const body = Buffer.isBuffer(value)
        ? value.toString()
        : String(reply.serializeInput({ ...value }, String(reply.statusCode), 'application/json'));
      keyed.isKept = true;
      return { status: reply.statusCode, headers: keptHeaders(reply), body: keyed.seal.close(body) };
    },
  };
}

/** Identifies a request by a keyed digest: without the key, the stored digest reveals nothing of the body. */
const identityOf = ({ method, url, body }: FastifyRequest, { secret }: Seal): string =>
  createHmac('sha256', secret)
    .update(`${method} ${url} ${canonicalJson(body ?? null)}`)
    .digest('hex');

const keptHeaders = (reply: FastifyReply): Readonly<Record<string, string>> =>
  Object.fromEntries(
    KEPT_HEADERS.flatMap((name) => {
      const value = reply.getHeader(name);
      return value === undefined ? [] : [[name, String(value)]];
    }),
  );

const send = (reply: FastifyReply, { status, headers, body }: KeptAnswer): FastifyReply =>
  reply
    .code(status)
    .headers({ ...headers })
    .serializer(String)
    .send(body);

const stillInFlight = (key: string): Problem =>
  new Problem('idempotency-in-flight', `The request with the Idempotency-Key ${key} is still in progress. Try again.`, {
    retryAfterSeconds: 1,
  });

const mismatch = (key: string): Problem =>
  new Problem(
    'idempotency-mismatch',
    `The Idempotency-Key ${key} was used for another request. Use a new key for this one.`,
    { faults: [{ in: 'header', pointer: '/Idempotency-Key', message: 'was used for another request' }] },
  );
