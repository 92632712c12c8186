import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance } from 'fastify';
import { Problem } from '../../domain/problems/problem.js';
import { NOBODY } from './auth/auth.js';

/** Lets each token send so many requests a second. @param perSecond 0: as many as it likes */
export async function limitRate(app: FastifyInstance, perSecond: number): Promise<void> {
  if (perSecond === 0) return;
  await app.register(rateLimit, {
    max: perSecond,
    timeWindow: 1000,
    keyGenerator: ({ principal }) => principal.id,
    // Open routes, such as the page's files and the liveness check, cost no more than a refusal.
    allowList: ({ principal }) => principal === NOBODY,
    addHeadersOnExceeding: { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false },
    addHeaders: {
      'x-ratelimit-limit': false,
      'x-ratelimit-remaining': false,
      'x-ratelimit-reset': false,
      'retry-after': false,
    },
    errorResponseBuilder: ({ principal }) =>
      new Problem(
        'too-many-requests',
        `The token ${principal.name} has sent more than ${perSecond} requests within a second. Wait and try again.`,
        { retryAfterSeconds: 1 },
      ),
  });
}
