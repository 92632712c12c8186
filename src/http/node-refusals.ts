/** What Node refuses in its own words, without a request id and without a problem, before a route is asked: in ours. */

import type { FastifyInstance } from 'fastify';
import { Problem } from '../domain/problem.js';

/** For the HTTP server: a missing Host is looked for by {@link refuseAsWeDo}. */
export const LEFT_TO_US = { requireHostHeader: false } as const;

/**
 * A request has one Host, and every HTTP/1.1 one has to (RFC 9112, section 3.2). An expectation other than 100-continue
 * may be refused, and may be passed over (RFC 9110, section 10.1.1): it is passed over. To be called before the routes
 * are made, and after the hooks that give every answer its headers.
 */
export function refuseAsWeDo(app: FastifyInstance): void {
  app.server.on('checkExpectation', (request, response) => app.server.emit('request', request, response));
  app.addHook('onRequest', async ({ raw }) => {
    const hosts = raw.rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === 'host').length;
    if (hosts === 1 || (hosts === 0 && raw.httpVersion !== '1.1')) return;
    const detail =
      hosts === 0 ? 'The Host header is missing: send it.' : `There are ${hosts} Host headers: send one of them.`;
    const message = hosts === 0 ? 'is missing' : 'is there more than once';
    throw new Problem('invalid-body', detail, { faults: [{ in: 'header', pointer: '/Host', message }] });
  });
}
