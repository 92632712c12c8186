/** Where the state is kept: what the store asks of a database. In a simulation it is a disk that can be crashed. */

import type { Token } from '../domain/access.js';
import type { Definition, Reservation } from '../domain/definition.js';
import type { EventRecord, NewEvent } from '../domain/event.js';
import type { Hold } from '../domain/hold.js';

/** Everything that is read at a start. */
export interface Stored {
  /** By ascending seq. */
  readonly definitions: readonly Definition[];
  /** In the order of the claims. */
  readonly reservations: readonly Reservation[];
  /** The newest, by ascending id. */
  readonly events: readonly EventRecord[];
  /** The id of the oldest that is kept; 0 where there is none. */
  readonly oldestEvent: number;
  /** The uids of which nothing is to be left on the engine, as far as events since the last restore tell. */
  readonly removed: readonly string[];
  /** Null where nothing is held. */
  readonly hold: Hold | null;
  /** In the order of their making. */
  readonly tokens: readonly Token[];
}

/** A backup that was checked and brought to this program's schema, with all that it holds. */
export interface Backup {
  /** By which the storage finds it. */
  readonly file: string;
  /** Null where it does not say so. */
  readonly takenAt: Date | null;
  /** Whose it is; null where it was never served from. */
  readonly instance: string | null;
  readonly stored: Stored;
}

/** The answer to a keyed request. */
export interface StoredResponse {
  readonly key: string;
  /** What identifies the request: its method, its path and a digest of its body. */
  readonly request: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly at: Date;
}

/** One open transaction. */
export interface Tables {
  /** @returns its seq */
  addDefinition(definition: Omit<Definition, 'seq'>): Promise<number>;
  setDefinition(definition: Definition): Promise<void>;
  /** By uid. */
  setGenerations(generations: ReadonlyMap<string, number>): Promise<void>;
  /** With its reservations. */
  dropDefinition(uid: string): Promise<void>;
  /** In the place of those that it has. */
  setReservations(uid: string, reservations: readonly Reservation[]): Promise<void>;
  /** @returns their ids, ascending */
  addEvents(events: readonly (NewEvent & { readonly at: Date })[]): Promise<readonly number[]>;
  /** Removes the events up to this id. */
  dropEvents(upTo: number): Promise<void>;
  response(key: string): Promise<StoredResponse | null>;
  /** In the place of one with the same key. */
  setResponse(response: StoredResponse): Promise<void>;
  /** Removes the responses from before. */
  dropResponses(before: Date): Promise<void>;
  addToken(token: Token): Promise<void>;
  dropToken(id: string): Promise<void>;
  /** Null removes it. */
  setSetting(key: string, value: string | null): Promise<void>;
}

export interface Storage {
  /** @throws Error with a sentence for a person when what is stored is damaged */
  read(): Promise<Stored>;
  /** Events with a greater id, by ascending id, at most so many. */
  readEvents(after: number, limit: number): Promise<readonly EventRecord[]>;
  response(key: string): Promise<StoredResponse | null>;
  /**
   * All or nothing: committed and synced when it resolves. Undone when `work` throws.
   *
   * @throws whatever `work` throws; what {@link Storage.toProblem} understands
   */
  transaction<T>(work: (tables: Tables) => Promise<T>): Promise<T>;
  /**
   * A transaction that begins by putting the definitions, the reservations and the kept responses of a backup in the place
   * of those that are stored. Everything else stays.
   */
  restore<T>(backup: Backup, work: (tables: Tables) => Promise<T>): Promise<T>;
  /** Whether what is stored came here as a copy since it was last written here, and of when that is; null where not. */
  putHere(): Promise<{ readonly takenAt: Date | null } | null>;
  setting(key: string): Promise<string | null>;
  setSetting(key: string, value: string): Promise<void>;
  /** Whether it can be read. */
  check(): Promise<void>;
  /** Whether a failure means that another process holds the storage for a moment. */
  isBusy(thrown: unknown): boolean;
  /** A failure of the storage as a Problem; everything else as it is. */
  toProblem(thrown: unknown): unknown;
  close(): Promise<void>;
}
