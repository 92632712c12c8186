import type { Readable } from 'node:stream';

export interface Outcome {
  readonly code: number;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export function lanes(
  runs: readonly {
    readonly child: { readonly stdout: Readable; readonly stderr: Readable };
    readonly ended: Promise<number>;
  }[],
  print: (line: string) => void,
): Promise<Outcome>;

export function summaryOf(counts: Pick<Outcome, 'passed' | 'failed' | 'skipped'>): string;
