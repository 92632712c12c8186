/** Operations as data, and their registration with Fastify. */

import type { FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods } from 'fastify';
import type { Static, TSchema, TUnknown } from 'typebox';
import type { ProblemCode } from '../../domain/problems/problem.js';
import type { Access } from '../pipeline/auth/auth.js';
import { needsBody, onlyEmptyBody } from '../protocol/request-helpers.js';
import { problemResponses } from './problem-schema.js';

/** The contract of one operation, except its method and path. */
interface Contract<P extends TSchema, Q extends TSchema, H extends TSchema, B extends TSchema> {
  /** `operationId` in the document, and the name in generated clients. */
  readonly id: string;
  readonly tags: readonly string[];
  readonly summary: string;
  readonly description?: string;
  readonly params?: P;
  readonly query?: Q;
  readonly headers?: H;
  readonly body?: B;
  /** Media types of the body, where they aren't `application/json` alone. */
  readonly consumes?: readonly string[];
  /** Largest body, in bytes. Default: that of the app. */
  readonly bodyLimit?: number;
  /** Replies by status, except problems. */
  readonly replies: Readonly<Record<number, object>>;
  /** Problem codes, those of one status in the order of the document. */
  readonly problems: readonly ProblemCode[];
  /** Access that the operation needs. Default: viewers for reads, operators for everything else. */
  readonly access?: Access;
  /** True if the audit log records it although it changes no definition. */
  readonly isAudited?: boolean;
  /** True if its handler hides the values of variables from viewers itself. */
  readonly isRedacted?: boolean;
  /** Checks that a body is present or absent. Default: required if there is a schema for it, else it must be empty. */
  readonly checkBody?: (request: FastifyRequest) => Promise<void>;
}

/** The validated parts of a request. */
interface Parts<P, Q, H, B> {
  readonly params: P;
  readonly query: Q;
  readonly headers: H;
  readonly body: B;
}

/**
 * An operation as data. The type parameters are the types of path, query, headers and body, not their schemas: comparing
 * two operations by their schemas took the compiler a third of its time.
 */
export interface Operation<P = unknown, Q = unknown, H = unknown, B = unknown>
  extends Contract<TSchema, TSchema, TSchema, TSchema> {
  readonly method: HTTPMethods;
  /** Path with `:name` for a parameter. */
  readonly path: string;
  /** Never set: carries the types to the handler. */
  readonly parts?: Parts<P, Q, H, B>;
}

export const operation = <
  P extends TSchema = TUnknown,
  Q extends TSchema = TUnknown,
  H extends TSchema = TUnknown,
  B extends TSchema = TUnknown,
>(
  method: HTTPMethods,
  path: string,
  contract: Contract<P, Q, H, B>,
): Operation<Static<P>, Static<Q>, Static<H>, Static<B>> => ({ method, path, ...contract });

/** A validated request, typed by the schemas of its operation. */
interface Input<P, Q, H, B> extends Parts<P, Q, H, B> {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** Registers an operation. The handler returns the payload, or the result of `reply.send` if it has set more than that. */
export function route<P, Q, H, B>(
  app: FastifyInstance,
  operation: Operation<P, Q, H, B>,
  handle: (input: Input<P, Q, H, B>) => unknown,
): void {
  const { method, path, access, isAudited, isRedacted, bodyLimit, checkBody = defaultCheck(operation) } = operation;
  app.route({
    method,
    url: path,
    ...(checkBody !== undefined && { preValidation: checkBody }),
    ...(bodyLimit !== undefined && { bodyLimit }),
    config: {
      ...(access !== undefined && { access }),
      ...(isAudited !== undefined && { isAudited }),
      ...(isRedacted !== undefined && { isRedacted }),
    },
    schema: schemaOf(operation),
    handler: (request, reply) =>
      handle({
        params: request.params as P,
        query: request.query as Q,
        headers: request.headers as H,
        body: request.body as B,
        request,
        reply,
      }),
  });
}

function defaultCheck({ method, body }: Operation): Operation['checkBody'] {
  if (body !== undefined) return needsBody;
  return method === 'GET' ? undefined : onlyEmptyBody;
}

/**
 * Adds the problems that need no entry of their own: what can have a malformed request can have a wrong parameter, since each
 * operation checks its query, if only for being empty; and a path whose parameter can't be read belongs to no operation.
 */
function withGeneral(problems: readonly ProblemCode[], hasPathParameters: boolean): readonly ProblemCode[] {
  const all = problems.flatMap((code): ProblemCode[] =>
    code === 'invalid-body' ? [code, 'invalid-parameter'] : [code],
  );
  return hasPathParameters && !all.includes('not-found') ? [...all, 'not-found'] : all;
}

/** The schema by which Fastify validates and serialises, and from which the document is made. */
function schemaOf({ id, tags, summary, description, params, query, headers, body, ...rest }: Operation): object {
  const { consumes, replies, problems } = rest;
  const optional = { description, consumes, params, querystring: query, headers, body };
  return {
    operationId: id,
    tags,
    summary,
    ...Object.fromEntries(Object.entries(optional).filter(([, part]) => part !== undefined)),
    response: { ...replies, ...problemResponses(...withGeneral(problems, params !== undefined)) },
  };
}
