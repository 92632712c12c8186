/** Who gets in: every request passes here before anything of it is read. */

import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify';
import ipaddr from 'ipaddr.js';
import { isAtLeast, type Principal, type Role } from '../../domain/access/tokens.js';
import { Problem } from '../../domain/problems/problem.js';
import { problemResponses } from '../openapi/problem-schema.js';

/** Who may use a route: a role, or everybody, with a token or without one. */
export type Access = Role | 'everybody';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** By default viewers where it reads, operators where it does anything else. */
    access?: Access;
    /** Whether it is told in the record of what was asked for: what changes no definition, and is no reading either. */
    isAudited?: boolean;
  }
  interface FastifyRequest {
    /** Who it is from. Set before anything else of the request is looked at. */
    principal: Principal;
  }
}

export interface GateOptions {
  /** Whose a secret is; null where nobody is asked for one. */
  readonly authenticate: ((secret: string) => Principal | undefined) | null;
  /** The names, beside localhost and addresses, under which this server may be asked: see {@link isOwnHost}. */
  readonly hosts: ReadonlySet<string>;
}

/** Where nobody is asked for a token. */
export const OPEN: GateOptions = { authenticate: null, hosts: new Set() };

const ANYBODY: Principal = { id: 'anybody', name: 'anybody', role: 'admin' };
/** Whoever can open the Unix socket: its file mode is the guard. */
const SOCKET: Principal = { id: 'socket', name: 'socket', role: 'admin' };
/** Who was not asked: on the routes that are everybody's. */
export const NOBODY: Principal = { id: 'nobody', name: 'nobody', role: 'viewer' };

export const SECURITY_SCHEME = 'token';

const KNOWN = Symbol('principal');
type Known = FastifyRequest & { [KNOWN]: Principal | null };

/** Lets in who may. To be called before any route is made: each is documented with what it asks for. */
export function gate(app: FastifyInstance, { authenticate, hosts }: GateOptions): void {
  app.decorateRequest('principal', {
    getter() {
      return (this as Known)[KNOWN] ?? NOBODY;
    },
    setter(principal) {
      (this as Known)[KNOWN] = principal;
    },
  });
  app.decorateRequest(KNOWN, null);
  app.addHook('onRoute', describe);
  app.addHook('onRequest', (request, reply, done) => {
    const isLocal = isOfUnixSocket(request.raw.socket);
    if (!isLocal && !isOwnHost(request.headers.host, hosts)) throw misdirected(request);
    if (!isOwnOrigin(request)) throw foreignOrigin(request);
    const needed = neededBy(request);
    if (needed === 'everybody') return done();
    request.principal = isLocal
      ? SOCKET
      : authenticate === null
        ? ANYBODY
        : authenticated(request, reply, authenticate);
    const { name, role } = request.principal;
    if (isAtLeast(role, needed)) return done();
    const what = request.routeOptions.schema?.summary ?? `${request.method} ${request.url}`;
    throw new Problem(
      'forbidden',
      `${what}: this needs the role ${needed}, and the token ${name} has the role ${role}.`,
    );
  });
  if (authenticate !== null) lookAgain(app, authenticate);
}

/** A body may take its time: whoever was let in when its headers came may have been shut out when it is there. */
function lookAgain(app: FastifyInstance, authenticate: NonNullable<GateOptions['authenticate']>): void {
  app.addHook('preValidation', (request, reply, done) => {
    const { method, principal } = request;
    const isLetIn = method === 'GET' || method === 'HEAD' || principal === NOBODY || principal === SOCKET;
    if (!isLetIn) authenticated(request, reply, authenticate);
    done();
  });
}

const local = new WeakSet<Socket>();

/** Takes the connections of a server on a Unix socket for those of whoever may open that. */
export function trustUnixSocket(server: Server): void {
  server.on('connection', (socket) => local.add(socket));
}
const isOfUnixSocket = (socket: Socket): boolean => local.has(socket);

/** Everything asks for a token, save what says of itself that it is everybody's. */
const neededBy = ({ routeOptions: { config }, method, is404, url }: FastifyRequest): Access =>
  is404 ? (ASKED_UNASKED.test(url) ? 'everybody' : 'viewer') : (config.access ?? byMethod(method));

/** Paths that browsers and crawlers ask for automatically: they are told that there is nothing, not to log in. */
const ASKED_UNASKED = /^\/(?:favicon\.ico|robots\.txt|apple-touch-icon[\w-]*\.png|\.well-known\/[^?#]*)(?:[?#]|$)/;

/** Makes everybody's what is registered in a scope from now on: for files of ours, which hold nothing of anybody. */
export function forEverybody(scope: FastifyInstance): void {
  scope.addHook('onRoute', (route) => {
    route.config = { ...route.config, access: 'everybody' };
  });
}

const byMethod = (method: string): Access => (method === 'GET' || method === 'HEAD' ? 'viewer' : 'operator');

/** What any request may be refused with, whatever it asks for. */
const REFUSALS = ['misdirected', 'foreign-origin', 'too-many-requests', 'shutting-down'] as const;

/** Says in the document of a route what the gate asks for, and how it refuses. */
function describe(route: RouteOptions): void {
  const { schema, config } = route;
  if (schema?.operationId === undefined) return;
  const access = config?.access ?? byMethod([route.method].flat()[0] ?? '');
  const refusals = problemResponses(...REFUSALS) as Record<number, object>;
  if (access === 'everybody') {
    Object.assign(schema, { security: [] });
  } else {
    const note = `Needs the role ${access === 'admin' ? 'admin' : `${access} or more`}.`;
    Object.assign(schema, {
      description: schema.description === undefined ? note : `${schema.description} ${note}`,
      security: [{ [SECURITY_SCHEME]: [] }],
    });
    Object.assign(refusals, problemResponses('unauthenticated'), problemResponses('forbidden', 'foreign-origin'));
  }
  const responses = (schema.response ?? {}) as Record<number, object>;
  route.schema = { ...schema, response: merged(refusals, responses) };
}

type Refusal = { readonly description: string; readonly content: object };

/** The refusals of the gate beside a route's own of the same status. They are alike everywhere: without examples. */
function merged(refusals: Record<number, object>, own: Record<number, object>): Record<number, object> {
  const all = Object.entries(refusals as Record<number, Refusal>).map(([status, { description, content }]) => {
    const bare = Object.fromEntries(Object.entries(content).map(([type, { schema }]) => [type, { schema }]));
    const there = own[Number(status)] as Refusal | undefined;
    if (there === undefined) return [status, { description, content: bare }];
    return [
      status,
      { ...there, description: `${there.description} ${description}`, content: { ...bare, ...there.content } },
    ];
  });
  return { ...own, ...Object.fromEntries(all) };
}

/** @throws Problem `unauthenticated`, with what RFC 6750 wants to be said */
function authenticated(
  { headers: { authorization } }: FastifyRequest,
  reply: FastifyReply,
  authenticate: NonNullable<GateOptions['authenticate']>,
): Principal {
  const challenge = (text: string): void => void reply.header('www-authenticate', `Bearer realm="berth"${text}`);
  if (authorization === undefined) {
    challenge('');
    throw new Problem('unauthenticated', `A token is missing: ${HOW}.`);
  }
  const [, secret] = /^Bearer +([\w.~+/=-]{1,512}) *$/i.exec(authorization) ?? [];
  const principal = secret === undefined ? undefined : authenticate(secret);
  if (principal !== undefined) return principal;
  challenge(', error="invalid_token"');
  const why =
    secret === undefined
      ? 'The header Authorization is not "Bearer" and a token'
      : 'The token is not known, was revoked, or has expired';
  throw new Problem('unauthenticated', `${why}: ${HOW}.`);
}

const HOW = 'send the header "Authorization: Bearer TOKEN"; the first token is in the file `token` of the data folder';

/**
 * Whether a request is meant for this server. A page that has its own name lead here (DNS rebinding) asks under that name;
 * no name can lead a browser to ask under an address, or under localhost.
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
    `This server is not ${JSON.stringify(host)}: ask under localhost or an address, or name it in BERTH_ALLOWED_HOSTS.`,
    { faults: [{ in: 'header', pointer: '/Host', message: 'is none of the names of this server' }] },
  );

const foreignOrigin = ({ headers: { origin = '' } }: FastifyRequest): Problem =>
  new Problem(
    'foreign-origin',
    `A page of ${JSON.stringify(origin)} may not use this server: only its own pages may.`,
    {
      faults: [{ in: 'header', pointer: '/Origin', message: 'is another than that of this server' }],
    },
  );
