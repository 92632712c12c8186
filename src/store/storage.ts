/** Where the state is kept: what the store asks of a database. In a simulation it is a disk that can be crashed. */

import type { Definition, Reservation } from '../domain/definition.js';
import type { EventRecord, NewEvent } from '../domain/event.js';

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
  /** The uids of removed definitions, as far as events tell. */
  readonly removed: readonly string[];
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
