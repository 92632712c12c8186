/** Authentication and authorisation, before anything else of a request is read. */

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isAtLeast, type Principal, type Role } from '../../../domain/access/tokens.js';
import { Problem } from '../../../domain/problems/problem.js';
import { isFromUnixSocket } from './local-sockets.js';

/** The role that a route needs; `everybody` needs no token. */
export type Access = Role | 'everybody';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Access that the route needs. Default: viewers for reads, operators for everything else. */
    access?: Access;
    /** True if the audit log records it although it changes no definition. */
    isAudited?: boolean;
  }
  interface FastifyRequest {
    /** The sender. Set before anything else of the request is read. */
    principal: Principal;
  }
}

/** Returns the owner of a secret; undefined where it is unknown or expired. */
export type Authenticate = (secret: string) => Principal | undefined;

const ANYBODY: Principal = { id: 'anybody', name: 'anybody', role: 'admin' };
/** Anyone who can open the Unix socket: its file mode is the guard. */
const SOCKET: Principal = { id: 'socket', name: 'socket', role: 'admin' };
/** Requests to open routes, which carry no token. */
export const NOBODY: Principal = { id: 'nobody', name: 'nobody', role: 'viewer' };

const KNOWN = Symbol('principal');
type Known = FastifyRequest & { [KNOWN]: Principal | null };

/** Authenticates and authorises requests. @param authenticate null: anyone may do anything, without a token */
export function authorise(app: FastifyInstance, authenticate: Authenticate | null): void {
  app.decorateRequest('principal', {
    getter() {
      return (this as Known)[KNOWN] ?? NOBODY;
    },
    setter(principal) {
      (this as Known)[KNOWN] = principal;
    },
  });
  app.decorateRequest(KNOWN, null);
  app.addHook('onRequest', (request, reply, done) => {
    const needed = neededBy(request);
    if (needed === 'everybody') return done();
    request.principal = isFromUnixSocket(request)
      ? SOCKET
      : authenticate === null
        ? ANYBODY
        : authenticated(request, reply, authenticate);
    const { name, role } = request.principal;
    if (isAtLeast(role, needed)) return done();
    const what = request.routeOptions.schema?.summary ?? `${request.method} ${request.url}`;
    throw new Problem(
      'forbidden',
      `${what}: this needs the role ${needed}, but the token ${name} has the role ${role}.`,
    );
  });
  if (authenticate !== null) authenticateAgain(app, authenticate);
}

/** Authenticates again once the body is there: the token may have been revoked while it arrived. */
function authenticateAgain(app: FastifyInstance, authenticate: Authenticate): void {
  app.addHook('preValidation', (request, reply, done) => {
    const { method, principal } = request;
    const isLetIn = method === 'GET' || method === 'HEAD' || principal === NOBODY || principal === SOCKET;
    if (!isLetIn) authenticated(request, reply, authenticate);
    done();
  });
}

/** Every route needs a token, except those that declare themselves open to everybody. */
const neededBy = ({ routeOptions: { config }, method, is404, url }: FastifyRequest): Access =>
  is404 ? (ASKED_UNASKED.test(url) ? 'everybody' : 'viewer') : (config.access ?? defaultAccess(method));

/** Paths that browsers and crawlers request automatically: the reply is 404, not a request to log in. */
const ASKED_UNASKED = /^\/(?:favicon\.ico|robots\.txt|apple-touch-icon[\w-]*\.png|\.well-known\/[^?#]*)(?:[?#]|$)/;

/** Opens every route registered in a scope from now on: for static files, which hold no data. */
export function forEverybody(scope: FastifyInstance): void {
  scope.addHook('onRoute', (route) => {
    route.config = { ...route.config, access: 'everybody' };
  });
}

/** The access of a route that names none. */
export const defaultAccess = (method: string): Access =>
  method === 'GET' || method === 'HEAD' ? 'viewer' : 'operator';

/** @throws Problem `unauthenticated`, with what RFC 6750 wants to be said */
function authenticated(
  { headers: { authorization } }: FastifyRequest,
  reply: FastifyReply,
  authenticate: Authenticate,
): Principal {
  const challenge = (text: string): void => void reply.header('www-authenticate', `Bearer realm="berth"${text}`);
  if (authorization === undefined) {
    challenge('');
    throw new Problem('unauthenticated', `The request has no token: ${HOW}.`);
  }
  const [, secret] = /^Bearer +([\w.~+/=-]{1,512}) *$/i.exec(authorization) ?? [];
  const principal = secret === undefined ? undefined : authenticate(secret);
  if (principal !== undefined) return principal;
  challenge(', error="invalid_token"');
  const why =
    secret === undefined
      ? 'The Authorization header must be "Bearer" and a token'
      : 'The token is unknown, revoked or expired';
  throw new Problem('unauthenticated', `${why}: ${HOW}.`);
}

const HOW = 'send the header "Authorization: Bearer TOKEN"; the first token is in the file `token` in the data folder';

/** The sender of a request, for the event log and the audit log. */
export const requesterOf = ({ id, principal }: FastifyRequest) => ({ requestId: id, actor: principal.name });
