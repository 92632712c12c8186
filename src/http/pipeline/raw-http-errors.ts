/** Turns errors that Node and Fastify answer before routing into problem details. */

import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { PROBLEMS, Problem, type ProblemCode } from '../../domain/problems/problem.js';
import { ownHeaders } from './default-headers.js';
import { repliesUnderWay } from './in-flight-replies.js';

/** Interval at which Node looks for requests that take too long, in milliseconds. */
const TIMEOUT_CHECK_MS = 5_000;
/** Silence on a connection after which TCP keep-alive probes it, in milliseconds. */
const KEEP_ALIVE_MS = 60_000;

/** Bytes that may wait on a connection before its stream is paused. */
const HIGH_WATER_BYTES = 16 * 1024;

/** Options of every server of an app: over TCP, with TLS, or on a Unix socket. */
export const SERVER = {
  // The hook of refuseAsWeDo checks for a missing Host.
  requireHostHeader: false,
  connectionsCheckingInterval: TIMEOUT_CHECK_MS,
  // A client whose machine has vanished doesn't close its connection: its streams would stay open.
  keepAlive: true,
  keepAliveInitialDelay: KEEP_ALIVE_MS,
  // The same on every Node version: it bounds the data that waits in memory for a slow client.
  highWaterMark: HIGH_WATER_BYTES,
} as const;

const refused = (detail: string, message: string): Problem =>
  new Problem('invalid-body', detail, { faults: [{ in: 'header', pointer: '/Host', message }] });

/**
 * Refuses requests during the shutdown, invalid Host headers and invalid request lines, with problem details. A request
 * has one Host, and every HTTP/1.1 one must have it (RFC 9112, section 3.2). Node reads a request line without a
 * version as HTTP/0.9: it comes from a line break in a path. An expectation other than 100-continue may be ignored (RFC
 * 9110, section 10.1.1), and is. Call it before the routes are registered, and after the hooks that set the default
 * headers.
 */
export function refuseAsWeDo(app: FastifyInstance): void {
  takeAsWeDo(app.server);
  let isClosing = false;
  app.addHook('preClose', async () => {
    isClosing = true;
  });
  // For requests on open connections; Fastify closes the connection with the response.
  app.addHook('onRequest', (_, __, done) => {
    if (isClosing) throw new Problem('shutting-down', 'Berth is shutting down. Try again once it is running.');
    done();
  });
  app.addHook('onRequest', ({ raw: { httpVersion, httpVersionMajor, rawHeaders } }, _, done) => {
    if (httpVersionMajor !== 1)
      throw new Problem(
        'invalid-body',
        `The request was parsed as HTTP/${httpVersion}. Send HTTP/1.1 with the path on one line.`,
      );
    const hosts = rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === 'host').length;
    if (hosts > 1) throw refused(`The request has ${hosts} Host headers. Send one.`, 'occurs more than once');
    if (hosts === 0 && httpVersion === '1.1') throw refused('The Host header is missing. Send it.', 'is missing');
    done();
  });
}

/**
 * Sets up a server of an app beyond the app's hooks: it handles a request with an unknown expectation like any other.
 */
export function takeAsWeDo(server: Server): void {
  server.on('checkExpectation', (request, response) => server.emit('request', request, response));
}

/** Refusals by Node's error code: the reason phrase, the problem code, and the detail. */
const REFUSALS: Readonly<Record<string, readonly [string, ProblemCode, string]>> = {
  HPE_HEADER_OVERFLOW: [
    'Request Header Fields Too Large',
    'headers-too-large',
    'The headers are larger than 16 KiB. Send less.',
  ],
  ERR_HTTP_REQUEST_TIMEOUT: [
    'Request Timeout',
    'request-timeout',
    'The request took longer than 30 seconds to arrive. Send it again.',
  ],
};

/** True if the whole response has been handed to its connection. */
const isWritten = ({ raw }: FastifyReply): boolean =>
  raw.writableFinished || (raw.writableEnded && raw.socket !== null);

/**
 * Answers data that is not valid HTTP, in place of the response to the request whose body it is, if any. While another
 * response is under way, the client would take it for a part of that one: then the connection ends instead.
 */
export function refuse(this: FastifyInstance, error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const { remoteAddress } = socket;
  const underWay = repliesUnderWay(socket);
  const last = underWay.at(-1);
  const requestId = last?.request.id ?? randomUUID();
  this.log.info({ reqId: requestId, code: error.code, remoteAddress }, 'received data that is not valid HTTP');
  const isItsAnswer = underWay.length === 1 && last?.request.raw.complete === false && !last.raw.headersSent;
  if (underWay.length > 0 && !isItsAnswer) {
    if (underWay.every(isWritten)) socket.end();
    else socket.destroy();
    return;
  }
  const [phrase, code, detail] = REFUSALS[error.code ?? ''] ?? [
    'Bad Request',
    'invalid-body',
    'The request is not valid HTTP/1.1. Check how it is written.',
  ];
  const { status, title } = PROBLEMS[code];
  const body = JSON.stringify({
    type: `/problems/${code}`,
    title,
    status,
    detail,
    instance: '*',
    code,
    requestId,
  });
  const head = [
    `HTTP/1.1 ${status} ${phrase}`,
    'Content-Type: application/problem+json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    ...Object.entries(ownHeaders({ id: requestId })).map(([name, value]) => `${name}: ${value}`),
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
