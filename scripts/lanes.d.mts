import type { Readable } from 'node:stream';

export function lanes(
  runs: readonly {
    readonly child: { readonly stdout: Readable; readonly stderr: Readable };
    readonly ended: Promise<number>;
  }[],
  print: (line: string) => void,
): Promise<{ readonly code: number; readonly summary: string }>;
