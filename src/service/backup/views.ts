/** Shapes of backups and restores. */

import type { Readable } from 'node:stream';
import type { Binding } from '../containers/views.js';
import type { PlanView } from '../core/plan-view.js';
import type { Unreadable } from '../secrets/vault.js';

/** A copy of all that is stored, as of one moment. */
export interface BackupCopy {
  readonly takenAt: Date;
  readonly bytes: number;
  /** Reads the copy, once: it is gone when it has been read, or is destroyed. */
  read(): Readable;
}

/** A backup that was sent, and is yet to be checked. */
export interface SentBackup {
  readonly file: string;
  readonly bytes: number;
  /** Digest in hexadecimal. */
  readonly sha256: string;
}

export interface RestoreOutcome {
  readonly kind: 'restored' | 'dry-run';
  /** Time of the backup, RFC 3339; null if the backup does not state it. */
  readonly takenAt: string | null;
  /** The owner of new containers on the engine: the backup's instance. */
  readonly instance: string;
  /** Number of definitions in the backup. */
  readonly restored: number;
  /** Number of definitions that they replace. */
  readonly replaced: number;
  /** Sealed values that no key here opens, and that have to be set again. */
  readonly unreadable: readonly Unreadable[];
}

export interface ReleaseOutcome {
  readonly released: true;
  /** Orphaned containers that are removed. */
  readonly strays: readonly StrayView[];
}

/** State of the hold after a restore. */
export interface HoldView {
  readonly held: boolean;
  /**
   * `restored`: over the API. `replaced`: the database file was replaced by a copy. `older`: containers were made from
   * later generations than the database knows.
   */
  readonly reason: 'restored' | 'replaced' | 'older' | null;
  /** RFC 3339, as `takenAt`: the time of the backup, if it states one. */
  readonly since: string | null;
  readonly takenAt: string | null;
  /** Steps on the engine after a release; null if nothing is held, or the engine can't be queried. */
  readonly plan: PlanView | null;
  /** Containers of this instance that belong to no definition. */
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

/** A container of this instance that belongs to no definition. */
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
