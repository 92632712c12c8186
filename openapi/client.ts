/**
 * A typed client of Berth, for Node.js and browsers: openapi-fetch on the types of the OpenAPI document, and what a
 * document can't say: refusals as errors, the token, and streams as something to iterate over.
 */

import createFetchClient from 'openapi-fetch';
import { problemOf } from './problem.js';
import { type FollowOptions, follow, readEvents, type ServerSentEvent } from './sse.js';
import type { Event, operations, paths } from './types.js';

export { BerthProblem, type Fault, type ProblemCode } from './problem.js';
export type { Connection, FollowOptions, ServerSentEvent } from './sse.js';
export type * from './types.js';

export interface ClientOptions {
  /** `http://localhost:8080`; by default, in a browser, where the page is from. */
  readonly baseUrl?: string;
  /**
   * Asked for before every request, and once more when the server refuses it: then with the token that it refused.
   * Without a token, or with the same, the request is not tried again.
   */
  readonly token?: (refused?: { readonly token: string | undefined }) => Token | Promise<Token>;
  /** By default the global one. */
  readonly fetch?: (request: Request) => Promise<Response>;
}
type Token = string | undefined;

/** What a call comes to. Whatever is not a 2xx is thrown as a BerthProblem. */
export interface Answer<T> {
  readonly data: T;
  readonly response: Response;
}

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';
type PathWith<M extends Method> = { [P in keyof paths]: paths[P][M] extends object ? P : never }[keyof paths];
type Operation<P extends keyof paths, M extends Method> = Extract<paths[P][M], object>;

// openapi-fetch infers its own types for these, which take a field too many and don't know readonly lists.
/** Left out where nothing in it is required. */
type Optional<Name extends string, T> =
  Partial<T> extends T ? { readonly [K in Name]?: T } : { readonly [K in Name]: T };
type Params<O> = O extends { readonly parameters: infer P } ? Optional<'params', P> : object;
type Content<B> = B extends { readonly content: infer C } ? C[keyof C] : never;
type Sent<O> = O extends { readonly requestBody: infer B }
  ? { readonly body: Content<B> }
  : O extends { readonly requestBody?: infer B }
    ? { readonly body?: Content<B> }
    : object;
type Init<P extends keyof paths, M extends Method> = Params<Operation<P, M>> &
  Sent<Operation<P, M>> & { readonly signal?: AbortSignal };
type InitArgument<T> = Partial<T> extends T ? [init?: T] : [init: T];
type Success<R> = R[keyof R & (200 | 201 | 202)];
type Data<O> = O extends { readonly responses: infer R } ? JsonOf<Success<R>> : never;
type JsonOf<R> = R extends { readonly content: { readonly 'application/json': infer T } } ? T : never;

type Call<M extends Method> = <P extends PathWith<M>>(
  path: P,
  ...init: InitArgument<Init<P, M>>
) => Promise<Answer<Data<Operation<P, M>>>>;

/** What happened, or that events between were dropped: then what they changed has to be read anew. */
export type EventSignal =
  | { readonly kind: 'event'; readonly event: Event }
  | { readonly kind: 'reset'; readonly oldest: number };

export interface LogLine {
  readonly stream: 'stdout' | 'stderr';
  readonly line: string;
}

type Query<Id extends keyof operations> = NonNullable<operations[Id]['parameters']['query']>;

export interface Client {
  readonly GET: Call<'get'>;
  readonly POST: Call<'post'>;
  readonly PUT: Call<'put'>;
  readonly PATCH: Call<'patch'>;
  readonly DELETE: Call<'delete'>;
  /**
   * What happens from now on, or after the event with the id `after`. Comes back by itself after a lost connection,
   * to where it was; ends only by its signal.
   */
  events(
    options?: FollowOptions & Pick<Query<'listEvents'>, 'after' | 'container' | 'type'>,
  ): AsyncGenerator<EventSignal>;
  /** A container's log, line by line. @throws Error when the connection is lost before the log has ended */
  logs(name: string, options?: Query<'getLogs'> & { readonly signal?: AbortSignal }): AsyncGenerator<LogLine>;
  /** Any answer that comes as server-sent events, as it comes. */
  stream<P extends PathWith<'get'>>(path: P, ...init: InitArgument<Init<P, 'get'>>): AsyncGenerator<ServerSentEvent>;
  /** Any answer in another media type that is text: `text('/v1/topology', 'image/svg+xml')`. */
  text<P extends PathWith<'get'>>(path: P, accept: string, ...init: InitArgument<Init<P, 'get'>>): Promise<string>;
  /** Reads an answer that is a file: `bytes('/v1/backup', 'application/vnd.sqlite3')`. */
  bytes<P extends PathWith<'get'>>(path: P, accept: string, ...init: InitArgument<Init<P, 'get'>>): Promise<Uint8Array>;
  /** Sends a file: `upload('/v1/restore', 'application/vnd.sqlite3', bytes)`. */
  upload<P extends PathWith<'post'>>(
    path: P,
    type: string,
    bytes: Uint8Array,
    init?: Params<Operation<P, 'post'>>,
  ): Promise<Answer<Data<Operation<P, 'post'>>>>;
}

/** A client for one server. */
export function createClient(options: ClientOptions = {}): Client {
  const { baseUrl = '', token, fetch: send = (request) => fetch(request) } = options;
  const api = createFetchClient<paths>({ baseUrl, fetch: withToken(send, token) });
  api.use({
    async onResponse({ response }) {
      if (!response.ok) throw await problemOf(response);
    },
  });
  const get = async (
    path: string,
    parseAs: 'stream' | 'text' | 'arrayBuffer',
    accept: string,
    init: object = {},
  ): Promise<unknown> => {
    const { data } = await api.GET(path as '/v1/events', { ...init, parseAs, headers: { accept } } as never);
    return data;
  };
  const open = async (path: string, init?: object) =>
    (await get(path, 'stream', 'text/event-stream', init)) as ReadableStream<Uint8Array>;
  const stream = async function* (path: string, init?: object): AsyncGenerator<ServerSentEvent> {
    yield* readEvents(await open(path, init), { lastEventId: '', retryMs: 0 });
  };
  const { GET, POST, PUT, PATCH, DELETE } = api as unknown as Client;
  return {
    ...{ GET, POST, PUT, PATCH, DELETE, stream },
    text: async (path: string, accept: string, init?: object) =>
      ((await get(path, 'text', accept, init)) ?? '') as string,
    bytes: async (path: string, accept: string, init?: object) =>
      new Uint8Array((await get(path, 'arrayBuffer', accept, init)) as ArrayBuffer),
    upload: async (path: string, type: string, bytes: Uint8Array, init: object = {}) => {
      const body = { body: bytes, bodySerializer: (same: Uint8Array) => same, headers: { 'content-type': type } };
      return (await api.POST(path as '/v1/restore', { ...init, ...body } as never)) as never;
    },

    async *events({ signal, connection, silenceMs, ...query } = {}) {
      const told = follow(
        ({ lastEventId }, attempt) => {
          const header = lastEventId === '' ? {} : { 'last-event-id': lastEventId };
          return open('/v1/events', { params: { query, header }, signal: attempt });
        },
        { ...(signal && { signal }), ...(connection && { connection }), ...(silenceMs && { silenceMs }) },
      );
      for await (const { event, data } of told) {
        if (event === 'reset') yield { kind: 'reset', ...(JSON.parse(data) as { oldest: number }) };
        else yield { kind: 'event', event: JSON.parse(data) as Event };
      }
    },

    async *logs(name, { signal, ...query } = {}) {
      const init = { params: { path: { name }, query }, ...(signal && { signal }) };
      for await (const { event, data } of stream('/v1/containers/{name}/logs', init)) {
        if (event === 'end') return;
        if (event === 'stdout' || event === 'stderr') yield { stream: event, line: data };
      }
      throw new Error(`The connection was lost before the log of ${name} had ended: ask for it again.`);
    },
  };
}

/** Sends the token along, and asks for another once where it is refused. */
function withToken(send: (request: Request) => Promise<Response>, token: ClientOptions['token']) {
  if (token === undefined) return send;
  const sendWith = (request: Request, value: Token): Promise<Response> => {
    if (value !== undefined) request.headers.set('authorization', `Bearer ${value}`);
    return send(request);
  };
  return async (request: Request): Promise<Response> => {
    const first = await token();
    const answer = await sendWith(request.clone(), first);
    if (answer.status !== 401) return answer;
    const other = await token({ token: first });
    if (other === undefined || other === first) return answer;
    await answer.body?.cancel();
    return sendWith(request, other);
  };
}
