import type { ContainerView } from '../containers/views.js';

/** A request that takes effect once, however often it is sent. */
export interface KeyedRequest<T> {
  readonly key: string;
  /** Identifies the request: its method, its path and a digest of its body. */
  readonly request: string;
  /** Makes the answer to the client: it is kept, and sent again for the same request. */
  readonly answer: (outcome: T) => Promise<KeptAnswer>;
}

export interface KeptAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface WriteOptions<T = Outcome> {
  /** Identifies the request in the event log and in the log. */
  readonly requestId?: string;
  /** The name of the caller's token. */
  readonly actor?: string;
  /** Idempotency key of the request: its answer is stored with its changes, in one transaction. */
  readonly keyed?: KeyedRequest<T>;
  /** Run every check, store nothing, answer with the plan. */
  readonly dryRun?: boolean;
  /** Wait at most this long for the definition to be ready (on removal: gone). 0 does not wait. */
  readonly waitSeconds?: number;
  /**
   * The generations that the client has seen; `any` matches all. A generation that does not match is a
   * `stale-generation`.
   */
  readonly ifMatch?: readonly number[] | 'any';
  /** Create only: fails if the name exists. */
  readonly ifNoneMatch?: boolean;
  /** Aborted when the client is gone: ends the wait, undoes nothing. */
  readonly signal?: AbortSignal;
}

export interface Outcome {
  /** `accepted`: stored, but not ready (or not gone) by the time the wait ended. */
  readonly kind: 'created' | 'updated' | 'unchanged' | 'accepted' | 'gone' | 'dry-run';
  readonly container: ContainerView;
}
