import type { Token } from '../domain/access/tokens.js';
import type { Adopted, Definition, FailedReplacement, Reservation, Spec } from '../domain/definition/definition.js';
import type { NewEvent } from '../domain/event.js';
import type { PortRange } from '../domain/ports/parse.js';
import type { ReservationRequest } from '../domain/ports/reserve.js';
import type { Hold } from '../domain/restore-hold.js';
import type { Restored, without } from '../domain/restored.js';
import type { Backups } from './backup/backups.js';
import type { EventLog } from './state/event-log.js';
import type { Memory, StateReads } from './state/memory.js';
import type { Backup, StoredResponse } from './storage.js';

export interface StoreOptions {
  /** The folder of the database; made where it is not there. */
  readonly dataDir: string;
  /** Range for picked host ports. */
  readonly portRange: PortRange;
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
  /** Sets generations by uid, each above the current one. */
  setGenerations(generations: ReadonlyMap<string, number>): Promise<void>;
  requestDeletion(uid: string): Promise<Definition>;
  /** The definition and all that it holds. */
  delete(uid: string): Promise<void>;
  /**
   * Brings a definition's reservations in line with its mappings, and with the container ports that `publishAll`
   * publishes (by default those that it publishes now). Host ports in `avoid` are not picked. With
   * `onlyFixed` nothing is picked yet.
   *
   * @throws Problem `port-claimed`
   */
  reserve(
    definition: Definition,
    options?: Partial<Pick<ReservationRequest, 'publishAll' | 'avoid' | 'onlyFixed'>>,
  ): Promise<void>;
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
