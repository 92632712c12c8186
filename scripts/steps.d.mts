/** Runs a step unless its inputs are those of its last success and its output exists. */
export function runStep(step: {
  readonly inputs: readonly string[];
  readonly output: string;
  readonly stamp: string;
  readonly run: () => Promise<void> | void;
}): Promise<void>;
