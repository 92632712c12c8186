/** Shapes of backups and restores. */

import type { Readable } from 'node:stream';
import type { Binding } from '../containers/views.js';
import type { PlanView } from '../core/plan-view.js';

/** A copy of all that is stored, as of one moment. */
export interface BackupCopy {
  readonly takenAt: Date;
  readonly bytes: number;
  /** Once. The copy is gone when it has been read, or is destroyed. */
  read(): Readable;
}

/** A backup that was sent, and is yet to be checked. */
export interface SentBackup {
  readonly file: string;
  readonly bytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

export interface RestoreOutcome {
  readonly kind: 'restored' | 'dry-run';
  /** Of when the backup is, RFC 3339; null where it does not say so. */
  readonly takenAt: string | null;
  /** The owner of what is made on the engine, which is the backup's. */
  readonly instance: string;
  /** How many definitions it holds. */
  readonly restored: number;
  /** In the place of how many they come. */
  readonly replaced: number;
}

export interface ReleaseOutcome {
  readonly released: true;
  /** Those that are removed. */
  readonly strays: readonly StrayView[];
}

/** How it stands after a restore. */
export interface HoldView {
  readonly held: boolean;
  /**
   * `restored`: over the API. `replaced`: the database file was replaced by a copy. `older`: containers were made from
   * later generations than the database knows.
   */
  readonly reason: 'restored' | 'replaced' | 'older' | null;
  /** RFC 3339, as `takenAt`: of when the backup is, where it says so. */
  readonly since: string | null;
  readonly takenAt: string | null;
  /** What would be done on the engine after a release; null where nothing is held, or the engine can't be asked. */
  readonly plan: PlanView | null;
  /** Containers of this instance that no definition knows. */
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

/** A container of this instance that no definition knows. */
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
