import { BerthProblem } from '../../../openapi/client.js';

/** Returns an error's messages, one for each fault. */
export function messagesOf(error: unknown): readonly string[] {
  if (!(error instanceof BerthProblem)) return [error instanceof Error ? error.message : String(error)];
  const faults = error.errors.map(({ message }) => message);
  return faults.length > 0 ? faults : [error.message];
}
