/** A command that is to be run inside a container, and what can be wrong with it. */

import type { FieldFault } from '../problems/result.js';
import { declare } from './normalize.js';

export interface ExecInput {
  /** The argument vector. */
  readonly command: readonly string[];
  /** After so long it is ended: 1 to 300. */
  readonly timeoutSeconds: number;
  readonly user?: string;
  readonly workingDir?: string;
  readonly env?: Readonly<Record<string, string>>;
}

export const MAX_EXEC_SECONDS = 300;

/** Every fault of a command. */
export function execFaults({ timeoutSeconds, ...process }: ExecInput): readonly FieldFault[] {
  const isInTime = timeoutSeconds >= 1 && timeoutSeconds <= MAX_EXEC_SECONDS;
  const declared = declare({ image: 'any', ...process });
  return [
    ...(process.command.length > 0 ? [] : [{ pointer: '/command', message: 'must name a program to run' }]),
    ...(declared.ok ? [] : declared.faults),
    ...(isInTime ? [] : [{ pointer: '/timeoutSeconds', message: `must be 1 to ${MAX_EXEC_SECONDS}` }]),
  ];
}
