/** Storage that the store requires, usually a database. In a simulation it is a disk that can be crashed. */

import type { Token } from '../domain/access/tokens.js';
import type { Definition, Reservation } from '../domain/definition/definition.js';
import type { EventRecord } from '../domain/event.js';
import type { Run } from '../domain/jobs/run.js';
import type { Address } from '../domain/networks/addresses.js';
import type { Network } from '../domain/networks/network.js';
import type { Hold } from '../domain/restore-hold.js';
import type { Restored } from '../domain/restored.js';
import type { SealedValue } from '../domain/secrets/sealed-value.js';
import type { Delivery } from '../domain/webhooks/delivery.js';

/** Everything that is read at a start. */
export interface Stored {
  /** Definitions by ascending seq. */
  readonly definitions: readonly Definition[];
  /** Reservations in the order of the claims. */
  readonly reservations: readonly Reservation[];
  readonly networks: readonly Network[];
  readonly addresses: readonly Address[];
  /** The newest, by ascending id. */
  readonly events: readonly EventRecord[];
  /** The greatest seq and the greatest id of an event that were ever given out; 0 where none was. */
  readonly last: { readonly seq: number; readonly event: number };
  /** The id of the oldest that is kept; 0 where there is none. */
  readonly oldestEvent: number;
  /** The uids of which nothing is to be left on the engine, as far as events since the last restore tell. */
  readonly removed: readonly string[];
  /** Null where nothing is held. */
  readonly hold: Hold | null;
  readonly restored: Restored;
  /** True if linked definitions on the default bridge run on a network of their own. */
  readonly linksMoved: boolean;
  /** Tokens in the order of their creation. */
  readonly tokens: readonly Token[];
  readonly sealed: readonly SealedValue[];
  /** The last event that each webhook has got, by its name. */
  readonly webhookCursors: ReadonlyMap<string, number>;
  /** Runs of jobs from the oldest to the newest. */
  readonly runs: readonly Run[];
}

/** A backup that was checked and brought to this program's schema, with all that it holds. */
export interface Backup {
  /** Name by which the storage finds it. */
  readonly file: string;
  /** Null where it does not say so. */
  readonly takenAt: Date | null;
  /** Instance that it belongs to; null if no server has run on it. */
  readonly instance: string | null;
  readonly stored: Stored;
}

/** The answer to a keyed request. */
export interface StoredResponse {
  readonly key: string;
  /** Identity of the request: its method, its path and a digest of its body. */
  readonly request: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly at: Date;
}

/** Writes of one transaction: the final state of everything it changed. */
export interface Write {
  /** Definitions by uid; null for a removed one, whose reservations and addresses go with it. */
  readonly definitions: ReadonlyMap<string, Definition | null>;
  /** Reservations by uid, in place of the stored ones. */
  readonly reservations: ReadonlyMap<string, readonly Reservation[]>;
  /** Networks by name; null for a removed one. */
  readonly networks: ReadonlyMap<string, Network | null>;
  /** Addresses by uid, in place of the stored ones. */
  readonly addresses: ReadonlyMap<string, readonly Address[]>;
  /** Events to add, by ascending id. */
  readonly events: readonly EventRecord[];
  /** Greatest id of the events to delete; null where all stay. */
  readonly surplus: number | null;
  /** Answers by key, each in place of one with the same key. */
  readonly responses: ReadonlyMap<string, StoredResponse>;
  /** Time before which kept answers are deleted. */
  readonly responsesFrom: Date;
  /** Settings by key; null for a removed one. */
  readonly settings: ReadonlyMap<string, string | null>;
  /** Sealed values by place, null for a removed one. */
  readonly sealed: ReadonlyMap<string, SealedValue | null>;
  /** Deliveries by key, null for a removed one. */
  readonly deliveries: ReadonlyMap<string, Delivery | null>;
  /** Runs by id, null for a removed one. */
  readonly runs: ReadonlyMap<string, Run | null>;
  /** Complete list of tokens after the write; absent if they stay unchanged. */
  readonly tokens?: readonly Token[];
}

/** A transaction that changes nothing. */
export const NO_WRITE: Write = {
  definitions: new Map(),
  reservations: new Map(),
  networks: new Map(),
  addresses: new Map(),
  events: [],
  surplus: null,
  responses: new Map(),
  responsesFrom: new Date(0),
  settings: new Map(),
  sealed: new Map(),
  deliveries: new Map(),
  runs: new Map(),
};

export interface Storage {
  /** @throws Error with a sentence for a person when what is stored is damaged */
  read(): Promise<Stored>;
  /** Events with a greater id, by ascending id, at most so many. */
  readEvents(after: number, limit: number): Promise<readonly EventRecord[]>;
  response(key: string): Promise<StoredResponse | null>;
  /** The kept deliveries of a webhook with a greater event id, by ascending id, at most so many. */
  deliveries(webhook: string, after: number, limit: number): Promise<readonly Delivery[]>;
  /** Resolves when all that is asked for at this moment has been asked for: what can be committed together. */
  gather(): Promise<void>;
  /**
   * All or nothing: committed and synced when it resolves.
   *
   * @throws what {@link Storage.toProblem} understands
   */
  commit(write: Write): Promise<void>;
  /**
   * A commit that puts the definitions, the networks, the reservations, the addresses and the kept responses of a backup in the place of those that
   * are stored, and writes on top of them. Everything else stays.
   */
  restore(backup: Backup, write: Write): Promise<void>;
  /** True if what is stored came here as a copy since it was last written here, and of when that is; null where not. */
  putHere(): Promise<{ readonly takenAt: Date | null } | null>;
  setting(key: string): Promise<string | null>;
  setSetting(key: string, value: string): Promise<void>;
  /** True if it can be read. */
  check(): Promise<void>;
  /** True if a failure means that another process holds the storage for a moment. */
  isBusy(thrown: unknown): boolean;
  /** A failure of the storage as a Problem; everything else as it is. */
  toProblem(thrown: unknown): unknown;
  close(): Promise<void>;
}
