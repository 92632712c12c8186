/** What Node refuses in its own words, without a request id and without a problem, before a route is asked: in ours. */

import type { FastifyInstance } from 'fastify';
import { Problem } from '../domain/problem.js';

/** For the HTTP server: a missing Host is looked for by {@link refuseAsWeDo}. */
export const LEFT_TO_US = { requireHostHeader: false } as const;

const refused = (detail: string, message: string): Problem =>
  new Problem('invalid-body', detail, { faults: [{ in: 'header', pointer: '/Host', message }] });

/**
 * A request has one Host, and every HTTP/1.1 one has to (RFC 9112, section 3.2). A request line without a version is
 * read by Node as HTTP/0.9: it is what is left where a line break has got into a path. An expectation other than
 * 100-continue may be refused, and may be passed over (RFC 9110, section 10.1.1): it is passed over. To be called before
 * the routes are made, and after the hooks that give every answer its headers.
 */
export function refuseAsWeDo(app: FastifyInstance): void {
  app.server.on('checkExpectation', (request, response) => app.server.emit('request', request, response));
  app.addHook('onRequest', async ({ raw: { httpVersion, httpVersionMajor, rawHeaders } }) => {
    if (httpVersionMajor !== 1)
      throw new Problem('invalid-body', `This is read as HTTP/${httpVersion}: send HTTP/1.1, the path in one line.`);
    const hosts = rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === 'host').length;
    if (hosts > 1) throw refused(`There are ${hosts} Host headers: send one of them.`, 'is there more than once');
    if (hosts === 0 && httpVersion === '1.1') throw refused('The Host header is missing: send it.', 'is missing');
  });
}
