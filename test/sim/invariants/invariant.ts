/** The form of an invariant: its name, the moments at which it must hold, and the check. */

import type { Definition } from '../../../src/domain/definition/definition.js';
import type { Disk, DiskState } from '../disk.js';
import type { SimContainer, SimEngine } from '../engine.js';
import type { History } from '../history.js';
import type { Server } from '../server.js';

/** Everything that a check may read. */
export interface SimWorld {
  /** Virtual milliseconds since the beginning. */
  readonly now: number;
  readonly disk: Disk;
  readonly engine: SimEngine;
  /** Undefined while the server is down. */
  readonly server: Server | undefined;
  readonly history: History;
}

interface Commit {
  readonly before: DiskState;
  readonly after: DiskState;
}

/** The moments at which invariants are checked, with what each check is given. */
export interface Moments {
  readonly commit: Commit;
  readonly restore: Commit;
  /** With the definitions as the server has read them. */
  readonly start: { readonly definitions: readonly Definition[] };
  /** The server requests a change, of a container if there is one. */
  readonly request: { readonly operation: string; readonly container: SimContainer | undefined };
  /** A change that the server requested takes effect. */
  readonly change: { readonly operation: string; readonly container: SimContainer };
  /** A recipient starts while its source starts or stops, both on request of the server. */
  readonly overlap: { readonly recipient: SimContainer; readonly source: SimContainer };
  /** With the containers created since the last step. */
  readonly step: { readonly created: readonly SimContainer[] };
  readonly end: object;
  /** Some time after the end, with the engine changes and the commits made since. */
  readonly rest: { readonly changes: number; readonly commits: number };
}

export type Moment = keyof Moments;

export interface Invariant<M extends Moment = Moment> {
  /** States what holds. */
  readonly name: string;
  /** The letter of docs/faults.md, if it has one there. */
  readonly letter?: string;
  readonly when: readonly M[];
  /** One sentence or two for docs/simulation.md. */
  readonly meaning: string;
  /** Throws `Violated` if the invariant doesn't hold. */
  check(world: SimWorld, moment: Moments[M]): void;
}

export class Violated extends Error {}

/** Infers the moments of an invariant, and keeps its name as a type. */
export const invariant = <const N extends string, M extends Moment>(
  one: Invariant<M> & { readonly name: N },
): Invariant<M> & { readonly name: N } => one;
