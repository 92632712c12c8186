import type { AttemptCondition } from '../../domain/definition/condition.js';
import type {
  ContainerPort,
  Definition,
  Dependency,
  FailedReplacement,
  Reservation,
} from '../../domain/definition/definition.js';
import type { Run } from '../../domain/jobs/run.js';
import type { Address } from '../../domain/networks/addresses.js';
import type { Hold } from '../../domain/restore-hold.js';
import type { EndpointRequest, EngineLacks } from '../../engine/engine.js';
import type { Claim } from '../observe/claims.js';
import type { HostsReading } from '../observe/hosts-reading.js';
import type { NetworkState } from '../observe/network-state.js';
import type { OwnContainer } from '../observe/observed-state.js';
import type { Linking } from './link-state.js';
import type { Standing } from './waits.js';

/** A container that is there already, or the one that this plan creates. */
export type Target =
  | { readonly kind: 'existing'; readonly id: string; readonly name: string }
  | { readonly kind: 'new' };

export const existing = ({ id, name }: Pick<OwnContainer, 'id' | 'name'>): Target => ({ kind: 'existing', id, name });

/** Identifies the container of a job. */
export interface RunAttempt {
  readonly id: string;
  readonly attempt: number;
}

/** One step: exactly one call to the engine (or, for `reserve-ports`, `record-run` and `forget`, to the store). */
export type Action = { readonly reason: string } & (
  | { readonly kind: 'pull-image'; readonly image: string; readonly platform?: string }
  | { readonly kind: 'create-network'; readonly network: string }
  | { readonly kind: 'reserve-ports'; readonly ports: readonly ContainerPort[] }
  | { readonly kind: 'create'; readonly name: string; readonly replaces?: Target; readonly run?: RunAttempt }
  | { readonly kind: 'record-run'; readonly run: Run; readonly logOf?: string }
  | { readonly kind: 'start' | 'stop' | 'restart' | 'unpause' | 'remove' | 'update'; readonly target: Target }
  | { readonly kind: 'rename'; readonly target: Target; readonly to: string }
  | { readonly kind: 'remove-network'; readonly network: string }
  | {
      readonly kind: 'connect';
      readonly target: Target;
      readonly endpoint: EndpointRequest;
      readonly interrupts?: true;
    }
  | {
      readonly kind: 'disconnect';
      readonly target: Target;
      readonly network: string;
      readonly networkId: string;
      /** True if the container runs: its open connections over the network end. */
      readonly interrupts?: true;
    }
  | { readonly kind: 'forget' }
);

/** Reason why work on a definition can't go on for now, as its condition states it. */
export interface Obstacle {
  readonly condition: AttemptCondition;
  readonly reason: string;
  readonly message: string;
  /** `event`: an event will report the change. `time`: only another try will show. */
  readonly until: 'event' | 'time';
}

/** Reason why a start failed, as its condition states it. */
export type FailedStart = Pick<Obstacle, 'condition' | 'reason' | 'message'>;

export interface Plan {
  readonly actions: readonly Action[];
  readonly obstacle: Obstacle | null;
  /** Time at which the definition has to be looked at again without an event. Absent: never. */
  readonly lookAt?: Date;
}

export type ImageState =
  | { readonly kind: 'present'; readonly exposed: readonly ContainerPort[] }
  | { readonly kind: 'absent' }
  /** Present, but the definition asks for the registry's newest image before a creation. */
  | { readonly kind: 'to-be-refreshed'; readonly exposed: readonly ContainerPort[] }
  /** Present for another platform than the definition's. */
  | { readonly kind: 'other-platform'; readonly platform: string }
  /** Absent, and its last pull failed. */
  | { readonly kind: 'pull-failed' }
  /** Not queried, since no container is about to be created. */
  | { readonly kind: 'not-needed' };

/** A network of a definition beside the first one. */
export interface FurtherNetwork {
  readonly name: string;
  readonly aliases: readonly string[];
  /** The addresses that are reserved for it there. */
  readonly addresses: readonly string[];
  readonly state: NetworkState;
}

/** A host port or an address of the definition that another container has. */
export interface HeldClaim {
  readonly claim: Claim;
  /** The name of that container. */
  readonly holder: string;
  /**
   * `letting-go`: ours, and to be replaced. `rolled-back`: ours, and kept as it is, or to be started again. `orphaned`:
   * ours, and of no definition. `paused`: ours, and of a definition for which nothing is done after a restore.
   * `adopted`: ours, and kept with the address that it was adopted with. `foreign`: not ours.
   */
  readonly handling: 'letting-go' | 'rolled-back' | 'paused' | 'orphaned' | 'adopted' | 'foreign';
}

/**
 * State of a dependency. `waiting`: work that is under way may bring it to its condition. `blocked`: it can't meet the
 * condition as things are. `changing`: its container meets it and is about to be replaced or restarted.
 */
export type DependencyState =
  | { readonly kind: 'met' }
  | { readonly kind: 'missing' | 'waiting' | 'blocked' | 'changing'; readonly message: string };

export interface DependencyFinding {
  readonly dependency: Dependency;
  readonly state: DependencyState;
}

/** Results of the loop's attempts, which are neither stored nor observed. */
export interface Memory {
  failedReplacement(definition: Definition): FailedReplacement | null;
  lastUpdate(uid: string): string | null;
  /** Returns how the last work on this generation of a definition ended. */
  standingOf(definition: Definition): Standing;
  /** Returns why it could not be started, with nothing to go back to; null if others have to give way to it. */
  failedStart(definition: Definition): FailedStart | null;
  /** Returns why this definition must not create or pull while the engine's disk is full; null if it may. */
  diskFull?(uid: string): string | null;
  /** True while steps of a plan for this definition are executed. */
  isAtWork(uid: string): boolean;
  /** Returns why the engine can't start a container, which has failed in the same way several times; undefined if it may. */
  startRefusal?(uid: string, id: string): string | undefined;
  /** True if a failed replacement is tried again, although nothing changes. */
  isReplacementDeferred?(uid: string): boolean;
  /** Returns the time until the next repair of its links, in milliseconds; 0 if it may be tried now. */
  repairDeferredMs(uid: string): number;
  /** True if the engine started its container before the dependencies were ready. */
  startedEarly?(uid: string): boolean;
  /** Returns the time until Berth may start its container again after an exit, in milliseconds; 0 if it may now. */
  startDeferredMs?(uid: string): number;
  /** Returns the time until Berth may restart its unhealthy container, in milliseconds; 0 if it may now. */
  healingDeferredMs?(uid: string): number;
  /** Returns the time. */
  now?(): Date;
}

export interface PlanInput extends Linking {
  /**
   * Hash of the definition with its resolved host ports; a container made from it has it as its label `io.berth.hash`.
   */
  readonly hash: string;
  /** Every container on the engine that carries this definition's uid. */
  readonly own: readonly OwnContainer[];
  /** A container on the definition's name that is not this definition's. */
  readonly nameHolder: NameHolder | null;
  /** The ids of own containers that have another definition's name. */
  readonly misnamed: ReadonlySet<string>;
  readonly image: ImageState;
  /** The reference that a container is made from: by the digest that is stored, if the tag has moved; else the spec's. */
  readonly imageReference?: string;
  readonly network: NetworkState;
  /** Its user-defined networks beside `runsOn`, in order. */
  readonly further: readonly FurtherNetwork[];
  /** The networks that its containers were connected to outside Berth, where the definition keeps them. */
  readonly kept: readonly EndpointRequest[];
  /** Those of its networks that don't lead out of the host. */
  readonly internal: ReadonlySet<string>;
  /** The ids of its networks that have to be recreated, with the reason. */
  readonly outdatedNetworks: ReadonlyMap<string, string>;
  /** The running container whose network its container is to share; null if it shares none, or that is down. */
  readonly networkOwner: OwnContainer | null;
  /** Its dependencies, each with whether it meets its condition. */
  readonly dependencies: readonly DependencyFinding[];
  /** True if the engine started its container before the dependencies were ready. */
  readonly startedEarly: boolean;
  /** True if the next start by Berth after an exit has to wait, since the last one was not long ago. */
  readonly isStartDeferred: boolean;
  /** True if the next restart of an unhealthy container has to wait, since the last one did not help. */
  readonly isHealingDeferred: boolean;
  /** The addresses that are reserved for it and that the engine can give. */
  readonly addresses: readonly Address[];
  readonly lacks: EngineLacks;
  /** The container ports that `publishAll` holds host ports for. */
  readonly publishedAll: readonly ContainerPort[];
  /** The host ports that are the definition's. */
  readonly reserved: readonly Reservation[];
  /** The networks that nobody declared, and that no definition but this one, and others that go as well, is on. */
  readonly leaves: readonly string[];
  /** The last update in place, as {@link updateKey} of before it: one that changed nothing is not done again. */
  readonly lastUpdate: string | null;
  /** The last failed attempt to replace the container: its key and its message. */
  readonly failedReplacement: FailedReplacement | null;
  /** True if that attempt is repeated later, although nothing changes. */
  readonly isReplacementDeferred: boolean;
  /** The own containers that the engine never starts again once they are down, by id, with the reason. */
  readonly stranded: ReadonlyMap<string, string>;
  /** The ids of own containers that the engine doesn't start now: a source of their links is down. */
  readonly unlinked: ReadonlySet<string>;
  /** The ids of own containers that the engine doesn't start now: others have host ports or addresses that they take. */
  readonly blocked: ReadonlySet<string>;
  /**
   * True if another definition that may still go back to its previous container needs a host port or an address
   * that this one has.
   */
  readonly isExchanging: boolean;
  /** Host ports and addresses of the definition that other containers have to release first. */
  readonly heldClaims: readonly HeldClaim[];
  /**
   * Reason why it could not be started, with nothing to go back to; null if it could, or if others have to give way
   * again.
   */
  readonly failedStart: FailedStart | null;
  /** True if it has to release its host ports and addresses, since it is in a cycle of definitions that wait for each other. */
  readonly releases: boolean;
  /** True if its change waits, directly or through others, for more than other definitions' progress. */
  readonly waitsForStuck: boolean;
  /** The hold on all changes to the engine, and since when; null if there is none. */
  readonly hold: Hold | null;
  /**
   * The engine's message about its full disk; null if the disk has room, or if this definition is the one that tries.
   */
  readonly diskFull: string | null;
  /** Reason why nothing is done for a definition that came with a restore; null if nothing is in the way. */
  /** Secrets that a new container needs and that can't be had, by name. */
  readonly unreadableSecrets: readonly string[];
  readonly paused: Paused | null;
  /** Runs of a job from the oldest to the newest, and the time. Absent for a service. */
  readonly job?: { readonly runs: readonly Run[]; readonly now: Date };
  /** The last readings of the `/etc/hosts` of own containers, by container id. */
  readonly hosts: ReadonlyMap<string, HostsReading>;
  /** True if the next repair of its links has to wait, since the last one did not help. */
  readonly isRepairDeferred: boolean;
}

/** `unverified`: a container that the restored database calls adopted, and that this server never adopted. */
export type Paused =
  | { readonly kind: 'policy'; readonly why: string }
  | { readonly kind: 'unverified'; readonly container: string; readonly id: string };

export interface NameHolder {
  readonly id: string;
  readonly name: string;
  /** True if it is a container of another definition, which moves it aside. */
  readonly isOurs?: boolean;
}
