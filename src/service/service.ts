/**
 * The use cases behind the HTTP API. Writes change the desired state, in one transaction each, and wake the reconciler;
 * none of them calls the engine. Every refusal is a {@link Problem}.
 */

import type { DefinitionInput } from '../domain/definition.js';
import type {
  Binding,
  ContainerView,
  EngineView,
  EnvView,
  HostsView,
  LedgerView,
  LinksView,
  LogLine,
  LogOptions,
} from './views.js';

export interface WriteOptions {
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

export interface ListQuery {
  /** 1 to 500. */
  readonly limit: number;
  readonly cursor?: string;
  readonly latest?: boolean;
  readonly name?: string;
  readonly image?: string;
  /** `key` or `key=value`; all must match. */
  readonly label?: readonly string[];
  /** The engine's state of the container (`running`, `exited`, …), or `absent`. */
  readonly state?: string;
  readonly ready?: boolean;
  readonly hostPort?: number;
  readonly linkedTo?: string;
}

export interface Service {
  create(input: DefinitionInput, options: WriteOptions): Promise<Outcome>;
  /** Creates or replaces. */
  put(name: string, input: DefinitionInput, options: WriteOptions): Promise<Outcome>;
  /** @param change gets the definition as declared, answers the changed one; may throw a Problem. Called once. */
  patch(name: string, change: (current: DefinitionInput) => DefinitionInput, options: WriteOptions): Promise<Outcome>;
  remove(name: string, options: WriteOptions & { readonly force?: boolean }): Promise<Outcome>;
  start(name: string, options: WriteOptions): Promise<Outcome>;
  stop(name: string, options: WriteOptions): Promise<Outcome>;
  restart(name: string, options: WriteOptions): Promise<Outcome>;

  get(name: string): ContainerView;
  list(query: ListQuery): { readonly items: readonly ContainerView[]; readonly nextCursor: string | null };
  /** The current bindings, in the engine's order. Empty where nothing is bound. */
  ports(name: string): readonly Binding[];
  links(name: string): LinksView;
  ledger(query: { readonly hostPort?: number; readonly protocol?: 'tcp' | 'udp' | 'sctp' }): LedgerView;
  engine(): EngineView;
  /** Whether writes can be taken; a sentence why not otherwise. */
  readiness(): Promise<{ readonly ready: boolean; readonly storage: string; readonly engine: string }>;

  /** The following ask the engine: `engine-unavailable` while it cannot be reached, `not-found` without a container. */
  env(name: string): Promise<EnvView>;
  hosts(name: string): Promise<HostsView>;
  inspect(name: string): Promise<Readonly<Record<string, unknown>>>;
  logs(name: string, options: LogOptions, signal: AbortSignal): Promise<AsyncIterable<LogLine>>;
}
