import type { ImportNote } from '../../domain/import-export/import-note.js';
import { Problem } from '../../domain/problems/problem.js';
import { listed } from '../../lib/sentence.js';

/**
 * Refuses options that would change the container and that a definition does not support.
 * @throws Problem `not-importable` with every note of that kind
 */
export function refuseUnsupported(left: readonly ImportNote[], pointer: '/command' | '/compose'): void {
  const unsupported = left.filter(({ effect }) => effect === 'unsupported');
  if (unsupported.length === 0) return;
  const names = [...new Set(unsupported.map(({ at }) => at))];
  throw new Problem(
    'not-importable',
    `A definition does not support ${listed(names)}. See errors, or add ?force=true to store it without them.`,
    {
      faults: unsupported.map(({ at, file = pointer, value, reason }) => ({
        in: 'body',
        pointer: file,
        // A place in a file says enough; what is there may be a secret.
        message: `${at.startsWith('/') || value === '' ? at : `${at} ${value}`}: ${reason}`,
      })),
    },
  );
}
