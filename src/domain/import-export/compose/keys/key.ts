/** Describes the handling of a key. The import reads these tables, and the documentation is held to them. */

import type { Plain } from '../../plain.js';
import type { Fate } from '../yaml/reading.js';
import type { Tree } from '../yaml/tree.js';

/** Handling of each key of a map. */
export type Fates = Readonly<Record<string, Fate>>;

export const taken: Fate = { kind: 'taken' };
/** A key that sets one field as it is. */
export const sets = (plain: Plain): Fate => ({ kind: 'taken', plain });
export const ignored = (reason: string): Fate => ({ kind: 'left', effect: 'ignored', reason });
/** @param usual what every container has anyway */
export const lacking = (reason: string, ...usual: readonly string[]): Fate => ({
  kind: 'left',
  effect: 'unsupported',
  reason,
  ...(usual.length > 0 && { usual: (tree: Tree) => isOnly(tree, ['', ...usual]) }),
});

/** True if all its texts are among these. */
const isOnly = (tree: Tree, texts: readonly string[]): boolean => {
  if (tree.kind === 'scalar') return texts.includes(tree.text);
  return tree.kind === 'list' ? tree.items.every((item) => isOnly(item, texts)) : tree.entries.size === 0;
};

export const NO_LIMIT = 'definitions limit only memory, CPUs and processes: use mem_limit, cpus and pids_limit';
export const WINDOWS = 'it is for Windows containers only: remove it';
export const NO_SWARM = 'it is for Swarm; here there is one engine and one container per service';
