import type { ContainerView } from '../containers/views.js';

/** A request that is to be done once, however often it is sent. */
export interface KeyedRequest<T> {
  readonly key: string;
  /** What identifies the request: its method, its path and a digest of its body. */
  readonly request: string;
  /** What the client is answered: kept, and answered again to the same request. */
  readonly answer: (outcome: T) => KeptAnswer;
}

export interface KeptAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface WriteOptions<T = Outcome> {
  /** The request, as the record of what changed and the log know it. */
  readonly requestId?: string;
  /** The name of who sent it. */
  readonly actor?: string;
  /** Its answer is stored with what it changes, in one transaction. */
  readonly keyed?: KeyedRequest<T>;
  /** Run every check, store nothing, answer with the plan. */
  readonly dryRun?: boolean;
  /** Wait so long at most for the definition to be ready (on removal: gone). 0 does not wait. */
  readonly waitSeconds?: number;
  /** The generations that the client has seen; `any` for whichever there is. Another one is a `stale-generation`. */
  readonly ifMatch?: readonly number[] | 'any';
  /** Only if there is none of that name yet. */
  readonly ifNoneMatch?: boolean;
  /** Aborted when the client is gone: ends the wait, undoes nothing. */
  readonly signal?: AbortSignal;
}

export interface Outcome {
  /** `accepted`: stored, but not ready (or not gone) by the time the wait ended. */
  readonly kind: 'created' | 'updated' | 'unchanged' | 'accepted' | 'gone' | 'dry-run';
  readonly container: ContainerView;
}
