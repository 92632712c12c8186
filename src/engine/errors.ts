/** Kinds of failures between us and the engine, sorted by what they mean for the caller. */
export type EngineErrorKind =
  /** No connection, or it was refused. */
  | 'unreachable'
  /** No answer within the deadline: the requested change may have happened, or may still. */
  | 'timeout'
  /** An answer that is cut, or not of the expected shape. */
  | 'malformed'
  /** The engine speaks only API versions that we don't, or not the one that was settled with the engine before it. */
  | 'unsupported'
  | 'not-found'
  /** The container exists but does not run, which the request needs. */
  | 'not-running'
  /** No look out of a container can be had from this engine. */
  | 'no-probe'
  | 'no-logs'
  /** The container name belongs to another container. */
  | 'name-in-use'
  | 'image-absent'
  /** A registry refused a pull, and the stored credentials for it can't be read. */
  | 'credentials-unreadable'
  /** The network that a container is to be on, or was made for, is gone. */
  | 'network-absent'
  /** The subnet of a network overlaps with another one on the engine or its host. */
  | 'subnet-overlaps'
  /** Another container has the address that one is to have. */
  | 'address-in-use'
  /** A host port could not be bound. */
  | 'port-in-use'
  /** The address that a port is to be bound on is none of the host's. */
  | 'host-ip-unavailable'
  /** The disk that the engine keeps containers and images on is full, which is not the request's fault. */
  | 'disk-full'
  | 'link-source-not-running'
  | 'link-source-absent'
  /** The engine no longer has links on the default bridge. */
  | 'links-removed'
  /** The engine refuses the request; repeating it will not help. */
  | 'invalid'
  | 'conflict'
  /** Any other failure inside the engine. */
  | 'failed';

const LEAVES_UNKNOWN: ReadonlySet<EngineErrorKind> = new Set(['unreachable', 'timeout', 'malformed', 'unsupported']);

/** A host port that the engine named in an error; `hostIp` where it said which. */
export interface NamedPort {
  readonly hostIp?: string;
  readonly hostPort: number;
}

export class EngineError extends Error {
  override readonly name = 'EngineError';
  readonly kind: EngineErrorKind;
  /** The HTTP status that the engine answered with, where it answered. */
  readonly status: number | undefined;
  readonly port: NamedPort | undefined;

  constructor(
    kind: EngineErrorKind,
    message: string,
    options: { status?: number | undefined; port?: NamedPort | undefined; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.kind = kind;
    this.status = options.status;
    this.port = options.port;
  }

  /** True if nothing can be concluded from the failure about what the engine holds. */
  get leavesUnknown(): boolean {
    return LEAVES_UNKNOWN.has(this.kind);
  }
}
