import { negotiate } from '@fastify/accept-negotiator';
import type { FastifyRequest } from 'fastify';
import { Problem } from '../domain/problem.js';

/**
 * The media type that a client likes best of those there are; the first where it does not say.
 *
 * @throws Problem `not-acceptable`
 */
export function preferred<T extends string>(request: FastifyRequest, offered: readonly [T, ...T[]]): T {
  const { accept } = request.headers;
  if (accept === undefined) return offered[0];
  const chosen = negotiate(accept, [...offered]);
  if (chosen !== null) return chosen;
  throw new Problem('not-acceptable', `This can be had as ${offered.join(' or ')}, not as ${accept}: change Accept.`);
}
