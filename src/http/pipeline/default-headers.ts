/** The headers that every answer has, refusals included. */

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import helmet from 'helmet';

/** Security headers from helmet, computed once since they are the same for all responses. */
const security: Readonly<Record<string, string>> = (() => {
  const headers: Record<string, string> = {};
  const answer = {
    setHeader: (name: string, value: string) => Object.assign(headers, { [name.toLowerCase()]: value }),
    removeHeader: () => undefined,
  } as unknown as ServerResponse;
  const write = helmet({
    contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } },
    strictTransportSecurity: false,
  });
  write({} as IncomingMessage, answer, (error) => {
    if (error !== undefined) throw error;
  });
  return headers;
})();

export const ownHeaders = ({ id }: Pick<FastifyRequest, 'id'>): Record<string, string> => ({
  ...security,
  'x-request-id': id,
  'cache-control': 'no-store',
});

/** Gives every answer its headers. To be called before anything is refused. */
export function giveHeaders(app: FastifyInstance): void {
  app.addHook('onRequest', (request, reply, done) => {
    reply.headers(ownHeaders(request));
    done();
  });
}
