import type {
  ContainerPort,
  Definition,
  FailedReplacement,
  Protocol,
  Reservation,
} from '../domain/definition/definition.js';
import type { NewEvent } from '../domain/event.js';
import type { Run } from '../domain/jobs/run.js';
import type { Address } from '../domain/networks/addresses.js';
import type { Network } from '../domain/networks/network.js';
import type { Subnet } from '../domain/networks/subnet.js';
import type { PortRange } from '../domain/ports/parse.js';
import type { Hold } from '../domain/restore-hold.js';
import type { Restored } from '../domain/restored.js';
import type { SealedKind, SealedValue } from '../domain/secrets/sealed-value.js';

/** Desired state as this folder reads it; a dry run passes the state after the change. */
export interface DesiredState {
  byName(name: string): Definition | undefined;
  reservationsOf(uid: string): readonly Reservation[];
  /** The definitions that link to this name. */
  recipientsOf(name: string): readonly Definition[];
  /** The definitions that depend on this name. */
  dependentsOf(name: string): readonly Definition[];
  /** Every definition on a user-defined network. */
  onNetwork(network: string): readonly Definition[];
  /** The reservations of this protocol on a host whose port is in the range. */
  claims(host: string, protocol: Protocol, range: PortRange): readonly Reservation[];
  /** The stored network of this name; undefined for the default bridge. */
  network(name: string): Network | undefined;
  addressesOf(uid: string): readonly Address[];
  /** The uid of the definition that has an address on a network; undefined if it is free. */
  ownerOfAddress(network: string, address: string): string | undefined;
  sealed(kind: SealedKind, name: string): SealedValue | undefined;
  /** Runs of a job from the oldest to the newest; by default none. */
  runsOf?(uid: string): readonly Run[];
  /** Returns the hold on all changes to the engine, and since when; null if there is none. */
  hold(): Hold | null;
  /** Definitions and adoptions that came with a restore and have not been confirmed here. */
  restored(): Restored;
  /** True if linked definitions on the default bridge run on a network of their own, whatever the engine can do. */
  linksMoved(): boolean;
}

/** Finds by name on a network: the definitions that have it there. */
export interface NamedDefinitions {
  namedOnNetwork(network: string, name: string): readonly Definition[];
}

/** Desired state as the status board reads it. */
export type StatusState = DesiredState & NamedDefinitions;

/**
 * The reconciler's view of the store: it reads the desired state, and writes the few facts that come from the engine.
 */
export interface ReconcilerStore extends StatusState {
  instance(): string;
  byUid(uid: string): Definition | undefined;
  all(): Iterable<Definition>;
  /** Gives exactly these container ports of `publishAll` a host port each; those that have one keep it. */
  reservePublishAll(uid: string, ports: readonly ContainerPort[]): Promise<void>;
  /** Confirms reservations that the engine has bound: they will not be exchanged any more. */
  confirm(uid: string, reservations: readonly Reservation[]): Promise<void>;
  /** Exchanges picked, never bound ports that something else on the host holds. */
  exchange(uid: string, reservations: readonly Reservation[]): Promise<void>;
  /** Returns the definition that adopted the container of this id. */
  adopterOf(containerId: string): Definition | undefined;
  /** Records that the adopted container is gone. */
  disown(uid: string): Promise<void>;
  /** Stores that the engine refuses links on the default bridge: its version alone doesn't say so. */
  moveLinks(message: string): Promise<void>;
  /** Remembers an abandoned replacement; null forgets it. */
  abandon(uid: string, failed: FailedReplacement | null): Promise<void>;
  /** Stores the digest that the tag of a definition has resolved to, unless it has changed meanwhile. */
  resolveImage(definition: Definition, digest: string): Promise<void>;
  /** Forgets what an update has replaced: it has proved itself. */
  proveImage(uid: string): Promise<void>;
  /** True if the record says that a container has run since the definition was last written. */
  hasRun(definition: Definition): Promise<boolean>;
  networks(): readonly Network[];
  /** Notes that the engine has the network with its subnets. */
  confirmNetwork(name: string): Promise<void>;
  /** Exchanges a picked subnet that the engine never had, and the addresses on it; null if it has to stay. */
  moveNetwork(name: string, avoid: readonly Subnet[]): Promise<Network | null>;
  /** Removes a network that is gone from the engine, unless it is needed again. @returns true if it was removed */
  dropNetwork(name: string): Promise<boolean>;
  /** Stores a run of a job. */
  putRun(run: Run): Promise<void>;
  /** Removes the definition and its reservations. */
  forget(uid: string): Promise<void>;
  /** True if nothing of this uid should be left on the engine. */
  hasRemoved(uid: string): boolean;
  /** Adds events to the event log. */
  record(events: readonly NewEvent[]): Promise<void>;
}
