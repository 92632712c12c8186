/** Facts that all files of one import share. */

import type { Neighbours } from '../../neighbours.js';
import type { Budget } from '../yaml/budget.js';
import type { Variables } from '../yaml/interpolate.js';
import type { Reading } from '../yaml/reading.js';
import type { MapTree } from '../yaml/tree.js';
import type { Resets } from './resets.js';

export interface Loading {
  readonly reading: Reading;
  readonly budget: Budget;
  readonly neighbours: Neighbours;
}

/** Variables of a file, and the folder that its paths are relative to. */
export interface Scope {
  readonly variables: Variables;
  /** Relative to the Compose file; empty for its own folder. */
  readonly dir: string;
}

/** One document with its variables put in. */
export interface LoadedDocument extends Scope {
  readonly map: MapTree;
  readonly resets: Resets;
  /** The text that it is from, to recognise cycles. */
  readonly source: string;
}

/** Longest chain of files that include each other, or of services that extend each other. */
export const MAX_CHAIN = 500;
