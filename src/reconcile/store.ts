import type {
  ContainerPort,
  Definition,
  FailedReplacement,
  Protocol,
  Reservation,
} from '../domain/definition/definition.js';
import type { NewEvent } from '../domain/event.js';
import type { PortRange } from '../domain/ports/parse.js';
import type { Hold } from '../domain/restore-hold.js';
import type { Restored } from '../domain/restored.js';

/** What this file reads of the store; a dry run gives the state as it would be. */
export interface DesiredState {
  byName(name: string): Definition | undefined;
  reservationsOf(uid: string): readonly Reservation[];
  /** Every definition on a user-defined network. */
  onNetwork(network: string): readonly Definition[];
  /** The reservations of this protocol whose host port is in the range. */
  claims(protocol: Protocol, range: PortRange): readonly Reservation[];
  /** True if the engine is to be left as it is, and since when; null where it is not. */
  hold(): Hold | null;
  /** Definitions and adoptions that came with a restore and have not been confirmed here. */
  restored(): Restored;
}

/** Finds by name on a network: the definitions that have it there. */
export interface NamedDefinitions {
  namedOnNetwork(network: string, name: string): readonly Definition[];
}

/** What the board reads of the store. */
export type StatusState = DesiredState & NamedDefinitions;

/** What the reconciler needs of the store: the desired state, and the few facts that the engine teaches. */
export interface ReconcilerStore extends StatusState {
  instance(): string;
  byUid(uid: string): Definition | undefined;
  all(): Iterable<Definition>;
  /** The definitions that link to this name. */
  recipientsOf(name: string): readonly Definition[];
  /** Gives exactly these container ports of `publishAll` a host port each; those that have one keep it. */
  reservePublishAll(uid: string, ports: readonly ContainerPort[]): Promise<void>;
  /** The engine has bound these: they will not be exchanged any more. */
  confirm(uid: string, reservations: readonly Reservation[]): Promise<void>;
  /** Something else on the host holds these picked, never bound ports: picks others. */
  exchange(uid: string, reservations: readonly Reservation[]): Promise<void>;
  /** The definition that took over the container of this id. */
  adopterOf(containerId: string): Definition | undefined;
  /** The container that was taken over is gone. */
  disown(uid: string): Promise<void>;
  /** Remembers the replacement that is not to be tried again; null forgets it. */
  giveUp(uid: string, failed: FailedReplacement | null): Promise<void>;
  /** True if the record says that a container has run since the definition was last written. */
  hasRun(definition: Definition): Promise<boolean>;
  /** Removes the definition and its reservations. */
  forget(uid: string): Promise<void>;
  /** True if nothing of this uid is to be left on the engine. */
  hasRemoved(uid: string): boolean;
  /** Adds to the record of what changed. */
  record(events: readonly NewEvent[]): Promise<void>;
}
