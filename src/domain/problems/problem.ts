/** Every error a client can meet, by its stable code. The one catalogue: HTTP answers and `/problems` are made from it. */
export const PROBLEMS = {
  'invalid-body': {
    status: 400,
    title: 'Malformed request',
    help: 'The body is not valid JSON, or a field is unknown or has the wrong type. Types are not converted: "8080" is not 8080. `errors` lists every fault with its place; nothing was changed.',
  },
  'invalid-parameter': {
    status: 400,
    title: 'Invalid parameter',
    help: 'A parameter of the path or the query, or a header, is unknown or has a value that it must not have. `errors` lists every fault with its place; nothing was changed.',
  },
  unauthenticated: {
    status: 401,
    title: 'Authentication required',
    help: 'Send the header "Authorization: Bearer TOKEN". Berth writes the first token to the file `token` in the data folder at its first start; an admin creates others with POST /v1/tokens. On the host itself, the Unix socket needs no token.',
  },
  forbidden: {
    status: 403,
    title: 'Insufficient role',
    help: 'A viewer reads, an operator also declares containers and looks inside them, an admin may do everything. GET /v1/tokens/self shows the role of your token; an admin creates tokens with POST /v1/tokens.',
  },
  'foreign-origin': {
    status: 403,
    title: 'Cross-origin request',
    help: 'The Origin header names another server than the Host header. In a browser, only pages of this server may call it.',
  },
  misdirected: {
    status: 421,
    title: 'Unknown host name',
    help: 'The Host header has a name that is not one of this server. Use localhost or an IP address, or add the name to BERTH_ALLOWED_HOSTS.',
  },
  'too-many-requests': {
    status: 429,
    title: 'Too many requests',
    help: 'The token has sent too many requests per second (BERTH_RATE_LIMIT), or too many of its streams are open. Try again after Retry-After seconds.',
  },
  'invalid-definition': {
    status: 422,
    title: 'Invalid definition',
    help: 'Every field has the right type, but a value or the combination is not valid: for example an unreadable port, a link to a missing container, a cycle of links and dependencies, or a host port used twice. `errors` lists every fault; nothing was changed.',
  },
  'not-importable': {
    status: 422,
    title: 'Not fully importable',
    help: 'The import uses options that a definition does not support; `unsupported` lists them. Import without storing to see them, or add ?force=true to store the definition without them. `errors` lists each one; nothing was changed.',
  },
  'invalid-backup': {
    status: 422,
    title: 'Invalid backup',
    help: 'The file is not a Berth database, is damaged, or was made by a later version of Berth. Nothing was changed.',
  },
  'not-found': {
    status: 404,
    title: 'Not found',
    help: 'The path names a container or another resource that does not exist. GET /v1/containers lists all containers.',
  },
  'policy-denied': {
    status: 403,
    title: 'Denied by the policy',
    help: "The definition is valid, but this server's policy does not allow it. `errors` lists each place with an alternative; GET /v1/policy shows the policy. Nothing was changed.",
  },
  'invalid-policy': {
    status: 422,
    title: 'Invalid policy',
    help: 'The policy file is missing, is not JSON, or has an unknown key or value. `errors` lists every fault with its place in the file. The previous policy stays active.',
  },
  'invalid-secrets-key': {
    status: 422,
    title: 'Invalid secrets key file',
    help: 'The file with the keys that seal secrets is missing or has a line that is no key. Write one key a line, the newest first, each as `openssl rand -base64 32` prints it. The previous keys stay active.',
  },
  'image-not-found': {
    status: 404,
    title: 'Image not found',
    help: "The image does not exist, or the registry requires a login: registries do not tell these cases apart. Check its name and tag; the detail has the registry's message.",
  },
  'port-not-published': {
    status: 404,
    title: 'Port not published',
    help: 'The container does not publish this container port. GET /v1/containers/{name}/ports lists the published ports.',
  },
  'idempotency-mismatch': {
    status: 422,
    title: 'Idempotency key reused',
    help: 'An Idempotency-Key stands for one request: its method, path and body. Use a new key for a different request.',
  },
  'method-not-allowed': {
    status: 405,
    title: 'Method not allowed',
    help: 'The path exists, but not with this method. The Allow header lists its methods.',
  },
  'not-acceptable': {
    status: 406,
    title: 'Not acceptable',
    help: 'This resource is not available in the media types of the Accept header. The detail lists those that are.',
  },
  'request-timeout': {
    status: 408,
    title: 'Request timeout',
    help: 'Headers and body must arrive within 30 seconds.',
  },
  'name-taken': {
    status: 409,
    title: 'Name already in use',
    help: 'A definition with this name exists or is still being deleted. Choose another name, wait until the deletion is complete, or use PUT to change the existing definition.',
  },
  'port-claimed': {
    status: 409,
    title: 'Host port already claimed',
    help: 'Another definition has claimed the host port. `errors` names that definition; GET /v1/ports lists all claims.',
  },
  'address-unavailable': {
    status: 409,
    title: 'Subnet or address not available',
    help: 'A subnet overlaps with another one, a network has no room left, or an address belongs to another definition, to the gateway, or to the half of the subnet from which the engine allocates. `errors` lists each; GET /v1/networks and GET /v1/addresses show what is taken. Nothing was changed.',
  },
  'network-in-use': {
    status: 409,
    title: 'Network in use',
    help: 'Definitions are on the network. To delete it, remove them or put them on another network first. A change that the engine can make only by recreating the network needs ?recreate=true and interrupts each of them once; ?dryRun=true shows the plan.',
  },
  'in-use': {
    status: 409,
    title: 'Container is needed by others',
    help: 'Delete the containers that link to it or depend on it, or remove their links and dependencies, first. Or add ?force=true: they then stay broken until the container is declared again.',
  },
  'not-running': {
    status: 409,
    title: 'Container not running',
    help: 'The operation needs a running container, but it is stopped, paused or restarting. Start it; if it does not start, its conditions give the reason.',
  },
  'logs-unavailable': {
    status: 409,
    title: 'No log on the engine',
    help: "The container's log driver keeps no log that the engine can read: `none` drops the output, and others send it elsewhere. Read it there, or set logDriver to json-file or local.",
  },
  'not-adoptable': {
    status: 409,
    title: 'Container cannot be adopted',
    help: 'Berth already manages the container, or its name, network or links cannot be described by a definition. `errors` gives the reason.',
  },
  'would-interrupt': {
    status: 409,
    title: 'Adoption would lose settings',
    help: 'The container uses settings that a definition does not support. It would keep running, but its first replacement would not have them. `errors` lists each; send "force": true to adopt it without them.',
  },
  'other-instance': {
    status: 409,
    title: 'Backup of another instance',
    help: 'A backup of another Berth instance can only be restored if this server has no definitions and BERTH_INSTANCE is unset or equal to the instance of the backup. Nothing was changed.',
  },
  'not-held': {
    status: 409,
    title: 'Nothing to release',
    help: 'The reconciler is not paused: no backup was restored since the last release. GET /v1/restore shows the state.',
  },
  'links-unsupported': {
    status: 409,
    title: 'Engine without links',
    help: 'The engine has no links on any network, so there are none to move. Put the containers on one network, where they reach each other by name, or use a Docker engine. Nothing was changed.',
  },
  'idempotency-in-flight': {
    status: 409,
    title: 'Request in progress',
    help: 'Another request with this Idempotency-Key is in progress. Try again after Retry-After seconds to get its answer.',
  },
  'cursor-expired': {
    status: 410,
    title: 'Cursor expired',
    help: 'The cursor points to entries that are no longer kept, or to another database. Start again without a cursor.',
  },
  'stale-generation': {
    status: 412,
    title: 'Precondition failed',
    help: 'If-Match names a generation that is not the current one, or If-None-Match: * was sent and the definition exists. GET the definition, apply your change to it, and send its ETag.',
  },
  'payload-too-large': {
    status: 413,
    title: 'Body too large',
    help: 'A body may have at most 256 KiB, that of an import 2 MiB, an uploaded backup 256 MiB.',
  },
  'unsupported-media-type': {
    status: 415,
    title: 'Unsupported media type',
    help: 'Send bodies as application/json. PATCH also accepts application/merge-patch+json; a backup is application/vnd.sqlite3.',
  },
  'too-large-to-draw': {
    status: 422,
    title: 'Graph too large to draw',
    help: 'A drawing may have at most 1,000 nodes and edges and take at most 10 seconds. Select a part with ?set=, or with ?name= and ?depth=, or get the whole graph as JSON, Mermaid or Graphviz text.',
  },
  'headers-too-large': {
    status: 431,
    title: 'Headers too large',
    help: 'The headers of a request may have at most 16 KiB.',
  },
  internal: {
    status: 500,
    title: 'Internal error',
    help: 'This is a bug in Berth. Please report it with the request id and the log lines that have this id.',
  },
  'probe-unavailable': {
    status: 501,
    title: 'Check unavailable',
    help: 'Berth checks links and ports from a short-lived container that runs its own Node.js binary, which must be a Linux build for the architecture of the engine. Run Berth on a machine with the same architecture as the engine.',
  },
  busy: {
    status: 503,
    title: 'Too many operations in progress',
    help: 'Long operations run a few at a time, and too many are already waiting. Try again after Retry-After seconds.',
  },
  'pull-failed': {
    status: 502,
    title: 'Image pull failed',
    help: 'The registry could not be reached, returned an error, or dropped the connection. The detail has its message. Layers that were already pulled are kept, so the next attempt resumes.',
  },
  'shutting-down': {
    status: 503,
    title: 'Berth is shutting down',
    help: 'Berth ended the request because it is shutting down. Try again once it is running.',
  },
  'engine-unavailable': {
    status: 503,
    title: 'Container engine unavailable',
    help: 'Operations that query the engine (logs, stats, exec, images, inspect, env, hosts) fail until it is back. Definitions can still be read and written.',
  },
  'storage-unavailable': {
    status: 503,
    title: 'Database not writable',
    help: 'The disk is full, or another process has locked the database. Nothing was changed, and acknowledged changes are safe. Try again after Retry-After seconds.',
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
  /** Time to wait before trying again, in seconds, where that is known. */
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
