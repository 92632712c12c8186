import type { Outcome } from './lanes.mjs';

export interface FailedFile {
  readonly file: string;
  readonly project: string;
  readonly tests: readonly string[];
}

export function failuresIn(notes: string): FailedFile[];
export function secondRun(failed: number, lanes: readonly (readonly FailedFile[])[]): (readonly string[] | undefined)[];
export function bothRuns(
  first: Outcome,
  lanes: readonly (readonly FailedFile[])[],
  again: readonly (readonly FailedFile[])[],
  ended: readonly number[],
): { readonly outcome: Outcome; readonly unstable: readonly string[] };
