/** The container resource of the HTTP contract, and the shapes in it. */

import type { Condition } from '../../domain/definition/condition.js';
import type { Protocol, Spec } from '../../domain/definition/definition.js';
import type { PlanView } from '../core/plan-view.js';

/** A host port that the engine has bound, as `docker port` shows it. */
export interface Binding {
  readonly hostIp: string;
  readonly hostPort: number;
  readonly containerPort: number;
  readonly protocol: Protocol;
}

export interface ContainerStatusView {
  readonly id: string;
  /** Names without leading slashes, own name first, then the names from links: `["db", "web/db"]`. */
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
  /** The network that the container runs on, if it is another than `network`. */
  readonly runsOn?: string;
  readonly conditions: readonly Condition[];
  readonly container: ContainerStatusView | null;
  readonly ports: readonly Binding[];
  /** The host ports that are kept for it, bound or not; an empty `hostIp` is every address. */
  readonly reserved: readonly Binding[];
  /** The addresses that are kept for it, in use or not. */
  readonly addresses: readonly {
    readonly network: string;
    readonly address: string;
    readonly origin: 'fixed' | 'assigned';
  }[];
  readonly links: readonly ResolvedLink[];
  readonly linkedBy: readonly LinkedBy[];
}

/** The resource: what GET returns, and what may be edited and PUT back. */
export interface ContainerView extends Omit<Spec, 'network'> {
  /** Absent where the definition names several networks. */
  readonly network?: string;
  readonly name: string;
  readonly uid: string;
  readonly generation: number;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly deletionRequestedAt: string | null;
  readonly status: StatusView;
  /** Steps on the engine, in order; only in the reply to a dry run. */
  readonly plan?: PlanView;
  /** The set that `apply` declared it in, or null. */
  readonly set: string | null;
}

export interface LinksView {
  readonly outgoing: readonly (ResolvedLink & { readonly env: 'all' | 'address' | 'none' })[];
  readonly incoming: readonly (LinkedBy & { readonly env: 'all' | 'address' | 'none' })[];
}
