/** Every error a client can meet, by its stable code. The one catalogue: HTTP answers and `/problems` are made from it. */
export const PROBLEMS = {
  'invalid-body': {
    status: 400,
    title: 'The request is malformed',
    help: 'The body is not JSON, has a field that is not known or of the wrong type, or a parameter is none of its kind. Nothing is converted: "8080" is not 8080. `errors` names every fault and its place; nothing was changed.',
  },
  unauthenticated: {
    status: 401,
    title: 'A token is needed',
    help: 'Send the header "Authorization: Bearer TOKEN". The first token is made at the first start, in the file `token` of the data folder; an admin makes others by POST /v1/tokens. On the host itself the Unix socket needs none.',
  },
  forbidden: {
    status: 403,
    title: 'The token may not do this',
    help: 'Each token has a role: a viewer reads, an operator declares and looks inside containers, an admin does all. GET /v1/tokens/self says which it is; an admin makes tokens by POST /v1/tokens.',
  },
  'foreign-origin': {
    status: 403,
    title: 'The request comes from a page of another server',
    help: 'The Origin header names another server than the Host header: only the pages of this server may use it from a browser.',
  },
  misdirected: {
    status: 421,
    title: 'The request is meant for another server',
    help: 'The Host header has a name that is none of this server: ask under localhost, under an address, or under a name that is listed in BERTH_ALLOWED_HOSTS.',
  },
  'too-many-requests': {
    status: 429,
    title: 'Too many requests',
    help: 'Each token may send so many requests a second (BERTH_RATE_LIMIT), and hold so many streams open at once. Send it again after Retry-After seconds.',
  },
  'invalid-definition': {
    status: 422,
    title: 'The definition cannot work',
    help: 'Every field is of its type, and together they are impossible: a port text that cannot be read, a link to something missing, to itself or round in a circle, an alias or a host port twice. `errors` names every fault; nothing was changed.',
  },
  'not-importable': {
    status: 422,
    title: 'Not all of it can be taken over',
    help: 'What was imported has what no definition can say. It can be read and applied by itself, and what is left out is listed under `left`; to store it all the same, without those, add ?force=true. `errors` names each; nothing was changed.',
  },
  'invalid-backup': {
    status: 422,
    title: 'This is no backup that can be restored',
    help: 'It is no database of Berth, it is damaged, or a later version of Berth has made it. Nothing was changed.',
  },
  'not-found': {
    status: 404,
    title: 'There is no such thing',
    help: 'The path names a container, or a part of one, that does not exist. GET /v1/containers lists those that do.',
  },
  'policy-denied': {
    status: 403,
    title: 'The policy does not allow it',
    help: 'What the definition asks for is possible, and this server does not allow it. `errors` names each place and what to write instead; GET /v1/policy shows what is allowed. Nothing was changed.',
  },
  'invalid-policy': {
    status: 422,
    title: 'The policy cannot be read',
    help: 'The policy file is not there, is not JSON, or has a key or a value that is not known. `errors` names every fault and its place in the file. The policy that was in force before stays so.',
  },
  'image-not-found': {
    status: 404,
    title: 'No registry gives the image',
    help: "There is no such image, or it may not be had without logging in: registries do not tell which. Check its name and tag; the detail has the registry's words.",
  },
  'port-not-published': {
    status: 404,
    title: 'The port is not published',
    help: 'The container publishes no host port for the container port asked for. GET /v1/containers/{name}/ports lists what it publishes.',
  },
  'idempotency-mismatch': {
    status: 422,
    title: 'The key was used for another request',
    help: 'An Idempotency-Key stands for one request: its method, its path and its body. Use a new key for another one.',
  },
  'method-not-allowed': {
    status: 405,
    title: 'The method is not allowed here',
    help: 'The path exists, with other methods: see the Allow header.',
  },
  'not-acceptable': {
    status: 406,
    title: 'No such representation',
    help: 'The Accept header asks for a media type that this resource does not have; the detail names those that it has.',
  },
  'request-timeout': {
    status: 408,
    title: 'The request took too long to arrive',
    help: 'Headers and body have to arrive within 30 seconds.',
  },
  'name-taken': {
    status: 409,
    title: 'The name is taken',
    help: 'A definition of that name exists, or is still being deleted. Choose another name, wait until it is gone, or PUT to change the one that is there.',
  },
  'port-claimed': {
    status: 409,
    title: 'The host port is claimed by another definition',
    help: 'A host port has one owner. `errors` names the definition that has it; GET /v1/ports lists all claims.',
  },
  'in-use': {
    status: 409,
    title: 'Other containers link to this one',
    help: 'Delete the recipients or take their links out first, or add ?force=true: their links are then broken until the source is declared again.',
  },
  'not-running': {
    status: 409,
    title: 'The container does not run',
    help: 'What was asked for needs its container to run: it is stopped, paused, or between two starts. Start it, or see its conditions for what is in its way.',
  },
  'not-adoptable': {
    status: 409,
    title: 'The container cannot be taken over',
    help: 'It is managed already, or no definition can describe it: its name, its network, or what it is linked to. `errors` says what.',
  },
  'would-interrupt': {
    status: 409,
    title: 'Something of the container would be lost',
    help: 'The container has what no definition can say. It would run on, and its first replacement would be without. `errors` names each; send "force": true to take it over all the same.',
  },
  'other-instance': {
    status: 409,
    title: 'The backup is of another Berth',
    help: 'Containers are known by the instance that made them. A backup of another instance can only be restored where nothing is defined yet, and where BERTH_INSTANCE does not say otherwise. Nothing was changed.',
  },
  'not-held': {
    status: 409,
    title: 'Nothing is held',
    help: 'There is nothing to release: no backup has been restored since the last release. GET /v1/restore says how it stands.',
  },
  'idempotency-in-flight': {
    status: 409,
    title: 'The same request is still being answered',
    help: 'Another request with this Idempotency-Key is under way. Send it again after Retry-After seconds: it gets the same answer.',
  },
  'cursor-expired': {
    status: 410,
    title: 'The cursor is no longer valid',
    help: 'The place that it names is older than what is kept, or of another database. Begin again without it.',
  },
  'stale-generation': {
    status: 412,
    title: 'The definition has changed since',
    help: 'If-Match names another generation than the present one, or If-None-Match: * met a definition. GET it, apply the change to that, and send its ETag.',
  },
  'payload-too-large': {
    status: 413,
    title: 'The body is too large',
    help: 'A body has at most 256 KiB, a backup that is restored 256 MiB.',
  },
  'unsupported-media-type': {
    status: 415,
    title: 'The media type is not supported',
    help: 'Bodies are application/json; a PATCH may also be application/merge-patch+json, and a backup is application/vnd.sqlite3.',
  },
  'too-large-to-draw': {
    status: 422,
    title: 'The graph is too large to be drawn',
    help: 'A drawing has at most 1,000 nodes and edges, and takes at most 10 seconds. Ask for a part, with ?set= or ?name= and ?depth=, or for the whole as JSON, Mermaid or Graphviz.',
  },
  'headers-too-large': {
    status: 431,
    title: 'The headers are too large',
    help: 'The headers of a request have at most 16 KiB.',
  },
  internal: {
    status: 500,
    title: 'A fault of ours',
    help: 'This is a bug: please report it with the request id, by which the log says more.',
  },
  'probe-unavailable': {
    status: 501,
    title: 'Nothing can look out of a container here',
    help: "A link is checked by a short-lived container with the Node.js that Berth itself runs on: that has to be a Linux build for the architecture of the engine. Run Berth on a machine like the engine's.",
  },
  busy: {
    status: 503,
    title: 'Too much of this is under way',
    help: 'What takes long is done a few at a time, and enough wait already. Send the request again after Retry-After seconds.',
  },
  'pull-failed': {
    status: 502,
    title: 'The image could not be pulled',
    help: 'The registry cannot be reached, is in trouble, or broke off. The detail has its words; what was pulled of it is kept, and the next try goes on from there.',
  },
  'shutting-down': {
    status: 503,
    title: 'Berth is being stopped',
    help: 'What was under way was ended. Send it again when Berth is back.',
  },
  'engine-unavailable': {
    status: 503,
    title: 'The container engine cannot be reached',
    help: 'What has to ask the engine (logs, stats, exec, images, inspect, env, hosts) waits for it to come back. Definitions are read and written meanwhile.',
  },
  'storage-unavailable': {
    status: 503,
    title: 'The database cannot be written',
    help: 'The disk is full, or another process holds the database. Nothing was changed, nothing acknowledged is lost; try again after Retry-After seconds.',
  },
} as const satisfies Record<string, { status: number; title: string; help: string }>;

export type ProblemCode = keyof typeof PROBLEMS;

/**
 * One fault of a request. `pointer` is an RFC 6901 JSON pointer into the part of the request that `in` names; `file` is one on
 * the server that the request is about.
 */
export interface Fault {
  readonly in: 'body' | 'query' | 'path' | 'header' | 'file';
  readonly pointer: string;
  readonly message: string;
}

/** A refusal as a typed value: what is wrong, where, and what to do. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly code: ProblemCode;
  readonly faults: readonly Fault[];
  /** How long to wait before trying again, in seconds, where that is known. */
  readonly retryAfterSeconds: number | undefined;

  /** @param detail one sentence for a person, with what to do */
  constructor(
    code: ProblemCode,
    detail: string,
    options: { faults?: readonly Fault[]; retryAfterSeconds?: number; cause?: unknown } = {},
  ) {
    super(detail, { cause: options.cause });
    this.code = code;
    this.faults = options.faults ?? [];
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}
