import type { Token } from '../domain/access/tokens.js';
import type { Adopted, Definition, FailedReplacement, Reservation, Spec } from '../domain/definition/definition.js';
import type { NewEvent } from '../domain/event.js';
import type { ImageResolution } from '../domain/images/image-resolution.js';
import type { Run } from '../domain/jobs/run.js';
import type { Network } from '../domain/networks/network.js';
import type { NetworkSpec } from '../domain/networks/network-spec.js';
import type { NetworkPool } from '../domain/networks/pool.js';
import type { Subnet } from '../domain/networks/subnet.js';
import type { PortRange } from '../domain/ports/parse.js';
import type { ReservationRequest } from '../domain/ports/reserve.js';
import type { Hold } from '../domain/restore-hold.js';
import type { Restored, without } from '../domain/restored.js';
import type { SealedValue } from '../domain/secrets/sealed-value.js';
import type { Delivery } from '../domain/webhooks/delivery.js';
import type { Backups } from './backup/backups.js';
import type { EventLog } from './state/event-log.js';
import type { Memory, StateReads } from './state/memory.js';
import type { Backup, StoredResponse } from './storage.js';

export interface StoreOptions {
  /** The folder of the database; made where it is not there. */
  readonly dataDir: string;
  /** Range for picked host ports. */
  readonly portRange: PortRange;
  /** Pool for picked subnets; by default {@link DEFAULT_POOL}. */
  readonly networkPool?: NetworkPool;
  /** Returns the subnets outside Berth's networks that are not to be picked: the engine's, and routes of its host. */
  readonly subnetsInUse?: () => readonly Subnet[];
  /** True if a container that isn't of this definition has an address on a network, or takes it when it starts. */
  readonly isAddressInUse?: (network: string, address: string, uid: string) => boolean;
  /** The owner of what is made on the engine. By default the one that the database was made with. */
  readonly instance?: string;
  readonly now: () => Date;
  readonly random: () => number;
  /** Generates uids, never the same one twice; by default random UUIDs. */
  readonly newUid?: () => string;
  /** Time that a write waits for another process that has the database locked; 5,000 by default. */
  readonly lockedWaitMs?: number;
}

/** Operations of a transaction; its reads include its own writes. */
export interface StoreTransaction extends StateReads {
  insert(definition: { readonly name: string; readonly spec: Spec }): Promise<Definition>;
  /** The next generation. */
  replaceSpec(uid: string, spec: Spec): Promise<Definition>;
  setRestartOf(uid: string, startedAt: string): Promise<Definition>;
  /** The set that it belongs to; no change of the definition, so the generation stays. */
  setSet(uid: string, set: string | null): Promise<Definition>;
  setAdopted(uid: string, adopted: Adopted | null): Promise<Definition>;
  setFailedReplacement(uid: string, failed: FailedReplacement | null): Promise<Definition>;
  setResolution(uid: string, resolution: ImageResolution): Promise<Definition>;
  /** Sets generations by uid, each above the current one. */
  setGenerations(generations: ReadonlyMap<string, number>): Promise<void>;
  requestDeletion(uid: string): Promise<Definition>;
  /** The definition and all that it holds. */
  delete(uid: string): Promise<void>;
  /**
   * Brings a definition's reservations in line with its mappings and networks, and with the container ports that `publishAll`
   * publishes (by default those that it publishes now). Host ports in `avoid` are not picked. With
   * `onlyFixed` nothing is picked yet.
   *
   * @throws Problem `port-claimed`, `address-unavailable`
   */
  reserve(
    definition: Definition,
    options?: Partial<Pick<ReservationRequest, 'publishAll' | 'avoid' | 'onlyFixed'>>,
  ): Promise<void>;
  /**
   * Declares a network, in place of one that only definitions name. Subnets that it leaves open are picked, or kept if
   * its settings are otherwise the same. With `recreate` they are picked again, and the addresses on it with them.
   *
   * @throws Problem `address-unavailable`
   */
  putNetwork(name: string, spec: NetworkSpec, options: { readonly recreate: boolean }): Promise<Network>;
  /** Marks a network for removal from the engine. */
  deleteNetwork(name: string): Promise<Network>;
  /** Forgets a network. */
  dropNetwork(name: string): Promise<void>;
  /** Notes that the engine has the network: its subnets stay from now on. */
  confirmNetwork(name: string): Promise<void>;
  /**
   * Exchanges the picked subnet of a network that the engine never had, and the addresses on it. Null where it has to
   * stay: it was named, or the engine has had it.
   *
   * @throws Problem `address-unavailable`
   */
  moveNetwork(name: string, avoid: readonly Subnet[]): Promise<Network | null>;
  /** Releases addresses that a definition no longer names, and those on networks that it has left. */
  releaseAddresses(definition: Definition): Promise<void>;
  /**
   * Gives a definition its address on each of its networks, and makes those that nobody declared. With `onlyFixed` only
   * the addresses that it names.
   *
   * @throws Problem `address-unavailable`
   */
  reserveAddresses(definition: Definition, options?: { readonly onlyFixed?: boolean }): Promise<void>;
  setReservations(uid: string, reservations: readonly Reservation[]): Promise<void>;
  /** Adds to the record of what changed. */
  record(event: NewEvent): void;
  /** Records that nothing of a uid without a definition is to be left on the engine. */
  discard(event: Omit<NewEvent, 'type'>): void;
  setHold(hold: Hold | null): Promise<void>;
  setRestored(restored: Restored): Promise<void>;
  /** These definitions have been declared here, and these containers adopted. */
  confirmRestored(confirmed: Parameters<typeof without>[1]): Promise<void>;
  /** From now on, linked definitions on the default bridge run on a network of their own. */
  setLinksMoved(): Promise<void>;
  setInstance(instance: string): Promise<void>;
  addToken(token: Token): Promise<void>;
  dropToken(id: string): Promise<void>;
  /** Stores a sealed value in place of one with the same kind and name, as its next version. */
  putSealed(value: Pick<SealedValue, 'kind' | 'name' | 'username' | 'sealed'>): Promise<SealedValue>;
  /** Stores the same version of a value, sealed by another key. */
  sealAgain(value: SealedValue, sealed: string): Promise<void>;
  dropSealed(value: SealedValue): Promise<void>;
  /** Notes the last event that a webhook has got; null where the webhook goes. */
  setWebhookCursor(name: string, eventId: number | null): Promise<void>;
  /** Keeps a delivery, in place of one of the same webhook and event. */
  putDelivery(delivery: Delivery): Promise<void>;
  dropDelivery(delivery: Pick<Delivery, 'webhook' | 'eventId'>): Promise<void>;
  /** Stores a run in place of one with the same id, and drops the oldest ended ones beyond those that are kept. */
  putRun(run: Run): Promise<void>;
  responseTo(key: string): Promise<StoredResponse | null>;
  /** Keeps the answer to a keyed request for 24 hours, in the place of one with the same key. */
  respond(response: Omit<StoredResponse, 'at'>): Promise<void>;
}

/**
 * The desired state: in SQLite, and the same in memory for reading. Every write is a transaction that is committed and
 * synced when its promise resolves; memory changes after that and not otherwise.
 */
export interface Store extends Omit<Memory, 'apply' | 'clear' | 'size'> {
  /** The owner of what is made on the engine; another one only after a restore. */
  instance(): string;
  /** The owner requested at the start; undefined if none was. */
  readonly askedInstance: string | undefined;
  readonly events: EventLog;
  /** The kept deliveries of a webhook with a greater event id, by ascending id, at most so many. */
  deliveries(webhook: string, after: number, limit: number): Promise<readonly Delivery[]>;
  /** The answer that was kept for a key; null where there is none, or none from the last 24 hours. */
  responseTo(key: string): Promise<StoredResponse | null>;
  /**
   * Runs alone: a second one waits, in the order of the calls, and sees what those before it have written. Those
   * requested at the same time are committed together; if one of them can't be stored, the others are stored
   * separately.
   *
   * @throws whatever `run` throws, undone; Problem `storage-unavailable`
   */
  transact<T>(run: (tx: StoreTransaction) => Promise<T>): Promise<T>;
  /**
   * Runs a transaction as {@link Store.transact} does, after replacing the definitions and everything that hangs on
   * them by a backup's.
   */
  restore<T>(backup: Backup, run: (tx: StoreTransaction) => Promise<T>): Promise<T>;
  /**
   * Checks that the database can be read, and written where the last write failed.
   *
   * @throws Problem `storage-unavailable`
   */
  check(): Promise<void>;
  /** Completes the requested work, and refuses new requests. */
  close(): Promise<void>;
}

/** A store in a folder, of which copies can be made. */
export interface FiledStore extends Store {
  readonly backups: Backups;
}
