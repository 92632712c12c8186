/** Rejects requests for other hosts and requests from pages of other origins. */

import type { FastifyInstance, FastifyRequest } from 'fastify';
import ipaddr from 'ipaddr.js';
import { Problem } from '../../../domain/problems/problem.js';
import { isFromUnixSocket } from './local-sockets.js';

/** @param names the names, beside localhost and addresses, under which this server may be addressed */
export function checkHostAndOrigin(app: FastifyInstance, names: ReadonlySet<string>): void {
  app.addHook('onRequest', (request, _, done) => {
    if (!isFromUnixSocket(request) && !isOwnHost(request.headers.host, names)) throw misdirected(request);
    if (!isOwnOrigin(request)) throw foreignOrigin(request);
    done();
  });
}

/**
 * True if a request is meant for this server. A page whose own name resolves to this server (DNS rebinding) sends that
 * name; no name makes a browser send an address, or localhost.
 */
export function isOwnHost(host: string | undefined, names: ReadonlySet<string>): boolean {
  const [, name = ''] = /^(\[[0-9a-f:.]+\]|[^:]+)(?::\d{1,5})?$/i.exec(host ?? '') ?? [];
  const bare = name.replace(/^\[(.*)\]$/, '$1').toLowerCase();
  if (bare === 'localhost' || names.has(bare)) return true;
  return bare === name.toLowerCase() ? ipaddr.IPv4.isValidFourPartDecimal(bare) : ipaddr.IPv6.isValid(bare);
}

/**
 * Browsers say from which page a request comes. Other clients say nothing. Where we speak TLS ourselves, a page that came
 * without is somebody else's; where a proxy does so before us, we can't tell.
 */
function isOwnOrigin({ headers: { origin, host }, protocol }: FastifyRequest): boolean {
  if (origin === undefined) return true;
  const [, scheme, of] = /^(https?):\/\/([^/]+)$/i.exec(origin) ?? [];
  if (protocol === 'https' && scheme?.toLowerCase() !== 'https') return false;
  return of !== undefined && host !== undefined && of.toLowerCase() === host.toLowerCase();
}

const misdirected = ({ headers: { host = '' } }: FastifyRequest): Problem =>
  new Problem(
    'misdirected',
    `${JSON.stringify(host)} is not a name of this server. Use localhost or an IP address, or add the name to BERTH_ALLOWED_HOSTS.`,
    { faults: [{ in: 'header', pointer: '/Host', message: 'is not a name of this server' }] },
  );

const foreignOrigin = ({ headers: { origin = '' } }: FastifyRequest): Problem =>
  new Problem(
    'foreign-origin',
    `A page from ${JSON.stringify(origin)} may not call this server; only its own pages may.`,
    {
      faults: [{ in: 'header', pointer: '/Origin', message: 'is not the origin of this server' }],
    },
  );
