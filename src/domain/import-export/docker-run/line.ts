import type { Flag } from './flags/flag.js';

/** A part of a line, in UTF-16 code units from 0; `end` is the first after it. */
export interface Span {
  readonly at: number;
  readonly end: number;
}

export interface Word extends Span {
  /** Text that a program would receive. */
  readonly text: string;
}

export interface LineFault extends Span {
  /** One sentence: what is wrong and what to do. */
  readonly message: string;
}

/** A flag as it was given once. */
export interface Given extends Span {
  readonly flag: Flag;
  /** `-p`, `--publish`: the form in which it was written. */
  readonly written: string;
  /** Value as written; empty for a switch without a value. */
  readonly text: string;
  /** Normalised value: numbers as decimal text, times in seconds, sizes in bytes, switches as `true` and `false`. */
  readonly value: string;
}
