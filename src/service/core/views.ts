/** The shapes in which the service answers: the resource of the HTTP contract and what hangs on it. */

import type { Condition, ConditionType } from '../../domain/definition/condition.js';
import type { DefinitionInput, Protocol, ReservationOrigin, Spec } from '../../domain/definition/definition.js';
import type { FieldChange } from '../../domain/definition/diff.js';
import type { EventType, Fields } from '../../domain/event.js';
import type { ImportNote } from '../../domain/import-export/import-note.js';
import type { LinkStanding } from '../../domain/topology/graph.js';
import type { ProbeOutcome } from '../../engine/probe.js';

/** A host port that the engine has bound, as `docker port` shows it. */
export interface Binding {
  readonly hostIp: string;
  readonly hostPort: number;
  readonly containerPort: number;
  readonly protocol: Protocol;
}

export interface ContainerStatusView {
  readonly id: string;
  /** Without leading slashes, own name first, then the names that links give it: `["db", "web/db"]`. */
  readonly names: readonly string[];
  readonly state: string;
  readonly image: string;
  readonly imageId: string;
  readonly ipAddress: string | null;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
  readonly exitCode: number | null;
  readonly restartCount: number;
}

export interface ResolvedLink {
  readonly container: string;
  readonly alias: string;
  /** The source's address on the network that both share; null while it is not running. */
  readonly address: string | null;
  readonly envPrefix: string;
}

export interface LinkedBy {
  readonly container: string;
  readonly alias: string;
}

export interface StatusView {
  /** The generation that the container on the engine was made from; 0 where there is none. */
  readonly observedGeneration: number;
  readonly ready: boolean;
  readonly conditions: readonly Condition[];
  readonly container: ContainerStatusView | null;
  readonly ports: readonly Binding[];
  /** The host ports that are kept for it, bound or not; an empty `hostIp` is every address. */
  readonly reserved: readonly Binding[];
  readonly links: readonly ResolvedLink[];
  readonly linkedBy: readonly LinkedBy[];
}

/** The resource: what GET returns, and what may be edited and PUT back. */
export interface ContainerView extends Spec {
  readonly name: string;
  readonly uid: string;
  readonly generation: number;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly deletionRequestedAt: string | null;
  readonly status: StatusView;
  /** Only in the answer to a dry run: what would be done on the engine, in order. */
  readonly plan?: PlanView;
  /** The set that `apply` declared it in, or null. */
  readonly set: string | null;
}

/** What would be done on the engine. */
export interface PlanView {
  /** In order. */
  readonly actions: readonly PlannedAction[];
  /** Running containers that would be stopped, restarted or replaced, each with the first reason. */
  readonly interrupted: readonly { readonly container: string; readonly reason: string }[];
  /** What would still stand in the way in the end. */
  readonly obstacles: readonly {
    readonly container: string;
    readonly condition: Exclude<ConditionType, 'NamesUnique' | 'VolumesKept' | 'Exposed' | 'EngineReachable'>;
    readonly reason: string;
    readonly message: string;
  }[];
  /** What each changed field means for a container that runs. */
  readonly changes: readonly (FieldChange & { readonly container: string })[];
}

/** What an apply did, or would do, to one definition. */
export interface ApplyResult {
  readonly name: string;
  readonly result: 'created' | 'updated' | 'unchanged' | 'deleted';
  readonly container: ContainerView;
}

export interface ApplyView {
  readonly set: string | null;
  /** In the order of the body; then what was pruned. */
  readonly results: readonly ApplyResult[];
}

/** What was read of a `docker run` line or a Compose file. */
export interface ImportView {
  /** The set that the definitions belong to, or null. */
  readonly set: string | null;
  /** As an apply takes them. */
  readonly containers: readonly DefinitionInput[];
  /** What was given and is not in them. */
  readonly left: readonly ImportNote[];
  /** What the apply came to, where there was one; of a dry run with its plan. */
  readonly applied?: ApplyView & { readonly plan?: PlanView };
}

export interface PlannedAction {
  /** The definition's name. */
  readonly container: string;
  readonly action: string;
  readonly target: string;
  readonly reason: string;
}

export interface LinksView {
  readonly outgoing: readonly (ResolvedLink & { readonly env: 'all' | 'address' | 'none' })[];
  readonly incoming: readonly (LinkedBy & { readonly env: 'all' | 'address' | 'none' })[];
}

/** What a recipient finds of one port of a link's source. */
export interface PortCheck {
  readonly containerPort: number;
  readonly protocol: Protocol;
  /** null where it can't be told. */
  readonly reachable: boolean | null;
  readonly outcome: ProbeOutcome;
  /** From the attempt to the answer; null where none came. */
  readonly milliseconds: number | null;
  readonly message: string;
}

/** What a process inside a recipient finds of a link. */
export interface LinkCheckView {
  readonly container: string;
  readonly alias: string;
  readonly source: string;
  readonly state: LinkStanding;
  /** Where the source is; null while it does not run. */
  readonly address: string | null;
  /** Where the alias leads to, inside the recipient. */
  readonly resolved: { readonly addresses: readonly string[]; readonly milliseconds: number };
  /** True: every port; false: one is not, or there is no way to try; null: it can't be told. */
  readonly reachable: boolean | null;
  readonly message: string;
  readonly ports: readonly PortCheck[];
}

/** A published host port, and whether a client outside the container reaches the container by it. */
export interface PortReach {
  /** Null is every address of IPv4, or of both families. */
  readonly hostIp: string | null;
  readonly hostPort: number;
  readonly containerPort: number;
  readonly protocol: Protocol;
  /** null where it can't be told. */
  readonly reachable: boolean | null;
  readonly reason: PortReachReason;
  /** The address of the host that was tried; null where none was. */
  readonly address: string | null;
  /** On the host port. */
  readonly outcome: ProbeOutcome;
  /** From the attempt to the answer; null where none came. */
  readonly milliseconds: number | null;
  readonly message: string;
}

export type PortReachReason = 'Reachable' | 'PortUnreachable' | 'NotListening' | 'NoAnswer' | 'NotTried';

/** What a client of the host finds of a container's published ports. */
export interface PortsCheckView {
  readonly container: string;
  /** True: every port; false: one is not; null: it can't be told, or there is none. */
  readonly reachable: boolean | null;
  readonly message: string;
  readonly ports: readonly PortReach[];
}

/** One row of the port ledger. */
export interface Claim {
  readonly hostIp: string | null;
  readonly hostPort: number;
  readonly protocol: Protocol;
  readonly containerPort: number;
  /** The container that holds it: one of ours by its definition's name, a foreign one by its name on the engine. */
  readonly container: string;
  readonly origin: ReservationOrigin | 'foreign';
  readonly bound: boolean;
}

export interface LedgerView {
  readonly items: readonly Claim[];
  /** Only where `hostPort` was asked for: whether a definition could claim it now, on every interface. */
  readonly free?: boolean;
}

export interface EnvView {
  /** Every variable that a process started in the container finds, and its value. */
  readonly env: Readonly<Record<string, string>>;
  /** The names among them that links brought. */
  readonly fromLinks: readonly string[];
}

export interface HostsView {
  /** `/etc/hosts` to the letter. */
  readonly text: string;
  readonly entries: readonly { readonly address: string; readonly names: readonly string[] }[];
}

export interface EngineView {
  readonly kind: string | null;
  readonly version: string | null;
  readonly apiVersion: string | null;
  readonly address: string;
  readonly reachable: boolean;
  /** Since when it has been reachable, or not; RFC 3339. */
  readonly since: string;
  /** Why it cannot be reached, or null. */
  readonly message: string | null;
  /** Since when its disk is full, and its own words; null where nothing says so. */
  readonly diskFull: { readonly since: string; readonly message: string } | null;
}

/** One entry of the record of what changed. */
export interface EventView {
  readonly id: number;
  /** RFC 3339. */
  readonly at: string;
  readonly type: EventType;
  readonly container: string;
  readonly uid: string;
  readonly reason: string;
  readonly message: string;
  readonly by: 'client' | 'berth';
  /** The name of the token of who asked for it. */
  readonly actor: string | null;
  readonly requestId: string | null;
  readonly before: Fields | null;
  readonly after: Fields | null;
}

export interface LogLine {
  readonly stream: 'stdout' | 'stderr';
  readonly chunk: Uint8Array;
}

export interface LogOptions {
  readonly follow: boolean;
  readonly stdout: boolean;
  readonly stderr: boolean;
  readonly timestamps: boolean;
  /** Lines from the end, or all. */
  readonly tail: number | 'all';
  /** Unix time in seconds, fractions allowed. */
  readonly since?: number;
  readonly until?: number;
}

/** How it stands after a restore. */
export interface HoldView {
  readonly held: boolean;
  /**
   * `restored`: over the API. `replaced`: the database file was replaced by a copy. `older`: containers were made from
   * later generations than the database knows.
   */
  readonly reason: 'restored' | 'replaced' | 'older' | null;
  /** RFC 3339, as `takenAt`: of when the backup is, where it says so. */
  readonly since: string | null;
  readonly takenAt: string | null;
  /** What would be done on the engine after a release; null where nothing is held, or the engine can't be asked. */
  readonly plan: PlanView | null;
  /** Containers of this instance that no definition knows. */
  readonly strays: readonly StrayView[];
  readonly later: readonly LaterView[];
  /** Containers that a restored database calls adopted, and that this server never adopted: they are left alone. */
  readonly unverified: readonly {
    readonly definition: string;
    readonly id: string;
    readonly name: string;
    readonly state: string;
  }[];
}

/** A container of this instance that no definition knows. */
export interface StrayView {
  readonly id: string;
  readonly name: string;
  readonly uid: string;
  readonly generation: number;
  readonly state: string;
  readonly ports: readonly Binding[];
}

/** A definition whose container was made from a later generation than it has. */
export interface LaterView {
  readonly container: string;
  readonly generation: number;
  readonly containerGeneration: number;
}
