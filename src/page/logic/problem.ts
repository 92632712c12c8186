import { BerthProblem } from '../../../openapi/client.js';

/** What an error says, in as many sentences as it has faults. */
export function messagesOf(error: unknown): readonly string[] {
  if (!(error instanceof BerthProblem)) return [error instanceof Error ? error.message : String(error)];
  const faults = error.errors.map(({ message }) => message);
  return faults.length > 0 ? faults : [error.message];
}
