/** Every error a client can meet, by its stable code. The one catalogue: HTTP answers and the docs are made from it. */
export const PROBLEMS = {
  'invalid-body': { status: 400, title: 'The request is malformed' },
  'invalid-definition': { status: 422, title: 'The definition cannot work' },
  'name-taken': { status: 409, title: 'The name is taken' },
  'port-claimed': { status: 409, title: 'The host port is claimed by another definition' },
  'in-use': { status: 409, title: 'Other containers link to this one' },
  'stale-generation': { status: 412, title: 'The definition has changed since' },
  'not-found': { status: 404, title: 'There is no such thing' },
  'port-not-published': { status: 404, title: 'The port is not published' },
  'cursor-expired': { status: 410, title: 'The cursor is no longer valid' },
  'method-not-allowed': { status: 405, title: 'The method is not allowed here' },
  'not-acceptable': { status: 406, title: 'No such representation' },
  'request-timeout': { status: 408, title: 'The request took too long to arrive' },
  'payload-too-large': { status: 413, title: 'The body is too large' },
  'unsupported-media-type': { status: 415, title: 'The media type is not supported' },
  'headers-too-large': { status: 431, title: 'The headers are too large' },
  'engine-unavailable': { status: 503, title: 'The container engine cannot be reached' },
  'storage-unavailable': { status: 503, title: 'The database cannot be written' },
  internal: { status: 500, title: 'A fault of ours' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ProblemCode = keyof typeof PROBLEMS;

/** One fault of a request. `pointer` is an RFC 6901 JSON pointer into the part of the request that `in` names. */
export interface Fault {
  readonly in: 'body' | 'query' | 'path' | 'header';
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
