import type { FastifyRequest } from 'fastify';
import Negotiator from 'negotiator';
import { Problem } from '../../domain/problems/problem.js';

/** The media type of JSON, as Fastify writes it. */
export const JSON_TYPE = 'application/json; charset=utf-8';

/** Charset of all our responses: a client may request it, and need not. */
const CHARSET = ';charset=utf-8';

/**
 * The media type that a client likes best of those there are (RFC 9110, section 12.5.1); the first where it does not say.
 *
 * @throws Problem `not-acceptable`
 */
export function preferred<T extends string>(request: FastifyRequest, offered: readonly [T, ...T[]]): T {
  const chosen = new Negotiator(request.raw).mediaType(offered.map((type) => `${type}${CHARSET}`));
  const found = offered.find((type) => `${type}${CHARSET}` === chosen);
  if (found !== undefined) return found;
  const { accept } = request.headers;
  throw new Problem(
    'not-acceptable',
    `This resource is available as ${offered.join(' or ')}, not as ${accept}. Change the Accept header.`,
  );
}
