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

/** An operation as data. The type parameters are the schemas of path, query, headers and body. */
export interface Operation<
  P extends TSchema = TSchema,
  Q extends TSchema = TSchema,
  H extends TSchema = TSchema,
  B extends TSchema = TSchema,
> extends Contract<P, Q, H, B> {
  readonly method: HTTPMethods;
  /** Path with `:name` for a parameter. */
  readonly path: string;
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
): Operation<P, Q, H, B> => ({ method, path, ...contract });

/** A validated request, typed by the schemas of its operation. */
export interface Input<P extends TSchema, Q extends TSchema, H extends TSchema, B extends TSchema> {
  readonly params: Static<P>;
  readonly query: Static<Q>;
  readonly headers: Static<H>;
  readonly body: Static<B>;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** Registers an operation. The handler returns the payload, or the result of `reply.send` if it has set more than that. */
export function route<P extends TSchema, Q extends TSchema, H extends TSchema, B extends TSchema>(
  app: FastifyInstance,
  operation: Operation<P, Q, H, B>,
  handle: (input: Input<P, Q, H, B>) => unknown,
): void {
  const { method, path, access, isAudited, isRedacted, checkBody = defaultCheck(operation) } = operation;
  app.route({
    method,
    url: path,
    ...(checkBody !== undefined && { preValidation: checkBody }),
    config: {
      ...(access !== undefined && { access }),
      ...(isAudited !== undefined && { isAudited }),
      ...(isRedacted !== undefined && { isRedacted }),
    },
    schema: schemaOf(operation),
    handler: (request, reply) =>
      handle({
        params: request.params as Static<P>,
        query: request.query as Static<Q>,
        headers: request.headers as Static<H>,
        body: request.body as Static<B>,
        request,
        reply,
      }),
  });
}

function defaultCheck({ method, body }: Operation): Operation['checkBody'] {
  if (body !== undefined) return needsBody;
  return method === 'GET' ? undefined : onlyEmptyBody;
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
    response: { ...replies, ...problemResponses(...problems) },
  };
}
