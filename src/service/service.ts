/**
 * The use cases behind the HTTP API. Writes change the desired state, in one transaction each, and wake the reconciler;
 * none of them calls the engine. Every refusal is a {@link Problem}.
 */

import type { Readable } from 'node:stream';
import type { DefinitionInput } from '../domain/definition/definition.js';
import type { EventType } from '../domain/event.js';
import type { ComposeFile } from '../domain/import-export/compose/export.js';
import type { ComposeInput } from '../domain/import-export/compose/import.js';
import type { Topology, TopologyFilter } from '../domain/topology/graph.js';
import type { ChangedField } from '../engine/engine.js';
import type { Audit } from './access/audit.js';
import type { PolicyService } from './access/policy.js';
import type { TokenService } from './access/tokens.js';
import type { RuntimeService } from './containers/runtime.js';
import type { KeptAnswer, Outcome, WriteOptions } from './core/options.js';
import type {
  ApplyView,
  Binding,
  ContainerView,
  EngineView,
  EnvView,
  EventView,
  HoldView,
  HostsView,
  ImportView,
  LedgerView,
  LinkCheckView,
  LinksView,
  PlanView,
  PortsCheckView,
  StrayView,
} from './core/views.js';
import type { ImageService } from './images.js';

export type { Usage } from '../engine/streaming.js';
export type { AuditEntry } from './access/audit.js';
export type { PolicyView } from './access/policy.js';
export type { CreatedToken, Requester } from './access/tokens.js';
export { collected, type ExecExit, type ExecSignal } from './containers/exec.js';
export type { ImageView, PullSignal } from './images.js';

export interface AdoptInput {
  /** The name or id of a container on the engine. */
  readonly container: string;
  /** Also when something of it would be lost at its first replacement. */
  readonly force?: boolean;
}

export interface AdoptOutcome {
  readonly kind: 'adopted' | 'dry-run';
  readonly container: ContainerView;
  /** What its first replacement would be without. */
  readonly lost: readonly { readonly field: string; readonly value: unknown; readonly reason: string }[];
  /** What is otherwise on every container that Berth makes, and so on its replacement. */
  readonly changed: readonly ChangedField[];
}

/** Definitions that are declared together. */
export interface ApplyInput {
  /** The name of the set that they belong to. */
  readonly set?: string;
  /** Whether what belongs to the set and is not among them is to be removed. */
  readonly prune?: boolean;
  readonly containers: readonly DefinitionInput[];
}

export interface ApplyOutcome {
  /** `accepted`: stored, but not all ready by the time the wait ended. */
  readonly kind: 'applied' | 'accepted';
  /** With its plan where it was a dry run. */
  readonly applied: ApplyView & { readonly plan?: PlanView };
}

/** A `docker run` line as it is typed into a shell, and that shell's variables. */
export interface DockerRunLine {
  readonly command: string;
  readonly env?: Readonly<Record<string, string>>;
}

export interface ImportOptions extends WriteOptions<ImportOutcome> {
  /** Whether what was read is stored as well. */
  readonly apply: boolean;
  /** Store it also where something of it can't be had. */
  readonly force: boolean;
}

export interface ImportOutcome {
  /** `read`: nothing was to be stored, or it was a dry run. `accepted`: stored, but not ready when the wait ended. */
  readonly kind: 'read' | 'applied' | 'accepted';
  readonly imported: ImportView;
}

export interface ImportComposeOptions extends ImportOptions {
  /** Whether what belongs to the set and is not in the file is to be removed. */
  readonly prune: boolean;
}

/** Which definitions; all where neither is given. */
export interface ExportQuery {
  readonly set?: string;
  readonly names?: readonly string[];
}

/** A copy of all that is stored, as of one moment. */
export interface BackupCopy {
  readonly takenAt: Date;
  readonly bytes: number;
  /** Once. The copy is gone when it has been read, or is destroyed. */
  read(): Readable;
}

/** A backup that was sent, and is yet to be checked. */
export interface SentBackup {
  readonly file: string;
  readonly bytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

export interface RestoreOutcome {
  readonly kind: 'restored' | 'dry-run';
  /** Of when the backup is, RFC 3339; null where it does not say so. */
  readonly takenAt: string | null;
  /** The owner of what is made on the engine, which is the backup's. */
  readonly instance: string;
  /** How many definitions it holds. */
  readonly restored: number;
  /** In the place of how many they come. */
  readonly replaced: number;
}

export interface ReleaseOutcome {
  readonly released: true;
  /** Those that are removed. */
  readonly strays: readonly StrayView[];
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
  readonly set?: string;
}

export interface EventQuery {
  /** Only events with a greater id; by default all that are kept. */
  readonly after?: number;
  /** 1 to 500. */
  readonly limit: number;
  readonly container?: string;
  readonly type?: EventType;
}

/** What a watcher hears: where it begins; an event; that nothing happened for a while; that some events are lost to it. */
export type EventSignal =
  | { readonly kind: 'place'; readonly id: number }
  | { readonly kind: 'event'; readonly event: EventView }
  | { readonly kind: 'silence' }
  | { readonly kind: 'reset'; readonly oldest: number };

export interface Service extends RuntimeService, ImageService, PolicyService, TokenService, Audit {
  create(input: DefinitionInput, options: WriteOptions): Promise<Outcome>;
  /** Creates or replaces. */
  put(name: string, input: DefinitionInput, options: WriteOptions): Promise<Outcome>;
  /** @param change gets the definition as declared, answers the changed one; may throw a Problem. Called once. */
  patch(name: string, change: (current: DefinitionInput) => DefinitionInput, options: WriteOptions): Promise<Outcome>;
  remove(name: string, options: WriteOptions & { readonly force?: boolean }): Promise<Outcome>;
  start(name: string, options: WriteOptions): Promise<Outcome>;
  stop(name: string, options: WriteOptions): Promise<Outcome>;
  restart(name: string, options: WriteOptions): Promise<Outcome>;

  /** All in one transaction, in whatever order they are given. */
  apply(input: ApplyInput, options: WriteOptions<ApplyOutcome>): Promise<ApplyOutcome>;
  /** What an apply would do on the engine. @throws Problem `engine-unavailable` */
  plan(input: ApplyInput): Promise<PlanView>;

  /** Takes over a container that the engine runs. */
  adopt(input: AdoptInput, options: WriteOptions<AdoptOutcome>): Promise<AdoptOutcome>;

  /** Reads a `docker run` line, and stores what it declares as {@link create} does, if that is wanted. */
  importDockerRun(line: DockerRunLine, options: ImportOptions): Promise<ImportOutcome>;

  /** Reads a Compose file, and stores what it declares as {@link apply} does, in the set of its project. */
  importCompose(input: ComposeInput, options: ImportComposeOptions): Promise<ImportOutcome>;

  /** Definitions as a Compose file. @throws Problem `not-found` */
  exportCompose(query: ExportQuery): ComposeFile;
  /** The same as YAML. @throws Problem `payload-too-large`, `busy` */
  exportComposeText(query: ExportQuery): Promise<string>;

  /** The record of what changed, oldest first. @throws Problem `cursor-expired` */
  events(query: EventQuery): Promise<{ readonly items: readonly EventView[]; readonly next: number }>;
  /** Goes on with what comes, until the signal is aborted. */
  followEvents(after: number | undefined, signal: AbortSignal): AsyncIterable<EventSignal>;
  /** How many follow. */
  watchers(): number;
  /** The answer that was given to a keyed request; null if there is none. */
  answerTo(key: string): Promise<(KeptAnswer & { readonly request: string }) | null>;
  /** Keeps an answer that changed nothing, such as a refusal. */
  keepAnswer(key: string, request: string, answer: KeptAnswer): Promise<void>;

  /** Taken while everything goes on. */
  backup(): Promise<BackupCopy>;
  /** Keeps what is sent until it is restored or discarded. @param announcedBytes 0 where nothing was announced */
  receiveBackup(body: Readable, announcedBytes: number): Promise<SentBackup>;
  discardBackup(sent: SentBackup): void;
  /**
   * Puts a backup in force, in one transaction. Nothing of it is done on the engine before {@link Service.release}.
   *
   * @throws Problem `invalid-backup`, `other-instance`
   */
  restore(
    sent: SentBackup,
    options: Pick<WriteOptions<RestoreOutcome>, 'dryRun' | 'requestId' | 'actor' | 'keyed'>,
  ): Promise<RestoreOutcome>;
  /** What is held after a restore, and what would be done. */
  hold(): Promise<HoldView>;
  /** Lets it be done. @throws Problem `not-held`, `engine-unavailable` */
  release(
    input: { readonly strays: 'keep' | 'remove' },
    options: Pick<WriteOptions<ReleaseOutcome>, 'requestId' | 'actor' | 'keyed'>,
  ): Promise<ReleaseOutcome>;

  get(name: string): ContainerView;
  list(query: ListQuery): { readonly items: readonly ContainerView[]; readonly nextCursor: string | null };
  /** The current bindings, in the engine's order. Empty where nothing is bound. */
  ports(name: string): readonly Binding[];
  links(name: string): LinksView;
  ledger(query: { readonly hostPort?: number; readonly protocol?: 'tcp' | 'udp' | 'sctp' }): LedgerView;
  /** Ports and links as a graph. */
  topology(filter: TopologyFilter): Topology;
  engine(): EngineView;
  /** Whether writes can be taken; a sentence why not otherwise. */
  readiness(): Promise<{ readonly ready: boolean; readonly storage: string; readonly engine: string }>;

  /** The following ask the engine: `engine-unavailable` while it cannot be reached, `not-found` without a container. */
  env(name: string): Promise<EnvView>;
  hosts(name: string): Promise<HostsView>;
  /**
   * Whether a recipient reaches the source of its link of this alias, found from inside it.
   *
   * @throws Problem `not-running`, `probe-unavailable`, `busy`
   */
  checkLink(name: string, alias: string, signal: AbortSignal): Promise<LinkCheckView>;
  /**
   * Whether clients reach a container by its host ports, found from the engine's host.
   *
   * @throws Problem `not-running`, `probe-unavailable`, `busy`
   */
  checkPorts(name: string, signal: AbortSignal): Promise<PortsCheckView>;
  inspect(name: string): Promise<Readonly<Record<string, unknown>>>;
}
