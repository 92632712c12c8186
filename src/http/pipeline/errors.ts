/** Problem details (RFC 9457): every error leaves through here, and every one is in the catalogue. */

import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Static } from 'typebox';
import { PROBLEMS, Problem, type ProblemCode } from '../../domain/problems/problem.js';
import { MEDIA_TYPE, type ProblemDetails } from '../openapi/problem-schema.js';
import { pathOf } from '../protocol/request-helpers.js';
import { refusedWith } from './audit.js';
import { schemaProblem } from './validation-errors.js';

/** Default `Retry-After` of a 503, in seconds. */
const RETRY_AFTER_SECONDS = 5;

type Body = Static<typeof ProblemDetails>;

/** Renders a problem as a response body. */
export function problemBody(problem: Problem, request: FastifyRequest): Body {
  const { status, title } = PROBLEMS[problem.code];
  return {
    type: `/problems/${problem.code}`,
    title,
    status,
    detail: problem.message,
    instance: pathOf(request),
    code: problem.code,
    requestId: request.id,
    ...(problem.faults.length > 0 && { errors: problem.faults.map((fault) => ({ ...fault })) }),
  };
}

export function sendProblem(problem: Problem, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const body = problemBody(problem, request);
  const retryAfter = problem.retryAfterSeconds ?? (body.status === 503 ? RETRY_AFTER_SECONDS : undefined);
  if (retryAfter !== undefined) reply.header('retry-after', retryAfter);
  return reply.code(body.status).type(MEDIA_TYPE).serializer(JSON.stringify).send(body);
}

/** Problems for Fastify's own refusals, by its error codes. */
const FASTIFY: Readonly<Record<string, readonly [ProblemCode, string]>> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: ['unsupported-media-type', 'Send the body with the Content-Type application/json.'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: ['invalid-body', 'The length of the body does not match Content-Length.'],
  FST_ERR_BAD_URL: ['not-found', 'The path cannot be decoded. Check its percent-encoding.'],
  FST_ERR_MAX_PARAM_LENGTH: ['not-found', 'The path contains a name that is too long.'],
};

/**
 * Returns the problem that was thrown; any unexpected error becomes `internal`, without its details.
 *
 * @param bodyLimit the largest body of the route, in bytes
 */
export function toProblem(error: FastifyError | Problem | Error, bodyLimit = 0): Problem {
  if (error instanceof Problem) return error;
  const { code = '', validation, validationContext, statusCode = 500 } = error as FastifyError;
  if (validation !== undefined) return schemaProblem(validation, validationContext ?? 'body');
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
    const detail = `The body is larger than ${bodyLimit / 1024} KiB. Send less.`;
    return new Problem('payload-too-large', detail, { cause: error });
  }
  const known = Object.hasOwn(FASTIFY, code) ? FASTIFY[code] : undefined;
  if (known !== undefined) return new Problem(known[0], known[1], { cause: error });
  if (statusCode >= 400 && statusCode < 500) return new Problem('invalid-body', error.message, { cause: error });
  return new Problem('internal', 'An internal error occurred. The log has more under this request id.', {
    cause: error,
  });
}

/** Turns every error and every unknown path of an app into a problem. */
export function problems(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const problem = toProblem(error, request.routeOptions.bodyLimit);
    refusedWith(request, problem);
    const { status } = PROBLEMS[problem.code];
    // Nothing failed if the client has gone: its request was ended.
    if (status >= 500 && !reply.raw.destroyed)
      request.log.error({ err: problem.cause ?? problem, code: problem.code }, 'request failed');
    return sendProblem(problem, request, reply);
  });
  app.setNotFoundHandler((request, reply) => {
    const path = pathOf(request);
    const allowed = methodsOf(app, path);
    if (allowed.length === 0) {
      const detail = `${request.method} ${path} does not exist. /docs lists all paths.`;
      return sendProblem(new Problem('not-found', detail), request, reply);
    }
    reply.header('allow', allowed.join(', '));
    const detail = `${path} does not support ${request.method}. Use ${allowed.join(' or ')}.`;
    return sendProblem(new Problem('method-not-allowed', detail), request, reply);
  });
}

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

/** The methods of the routes that take this path. */
const methodsOf = (app: FastifyInstance, path: string): readonly string[] =>
  METHODS.filter((method) => routes(app).some((route) => route.method === method && route.pattern.test(path)));

interface Route {
  readonly method: string;
  readonly pattern: RegExp;
}
const known = new WeakMap<object, Route[]>();
const routes = (app: FastifyInstance): Route[] => known.get(app.server) ?? [];

/** Remembers every route, to distinguish a wrong method from a wrong path. Call it before the routes are registered. */
export function rememberRoutes(app: FastifyInstance): void {
  known.set(app.server, []);
  app.addHook('onRoute', ({ method, url }) => {
    const text = url.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/:[A-Za-z]+/g, '[^/]+');
    for (const one of [method].flat()) routes(app).push({ method: one, pattern: new RegExp(`^${text}$`) });
  });
}
