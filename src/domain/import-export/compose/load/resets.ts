/** `!reset` and `!override`: values of earlier files that a file drops. Rule: compose-go, `loader/reset.go`. */

import type { MapTree, Place, Tree } from '../yaml/tree.js';

/** Paths as a tree; `isWhole` where all that is there is dropped. */
export interface Resets {
  isWhole: boolean;
  readonly keys: Map<string, Resets>;
}

export function createResets(paths: readonly Place['path'][]): Resets {
  const root: Resets = { isWhole: false, keys: new Map() };
  for (const path of paths) {
    let at = root;
    for (const key of path) {
      const next = at.keys.get(String(key)) ?? { isWhole: false, keys: new Map() };
      at.keys.set(String(key), next);
      at = next;
    }
    at.isWhole = true;
  }
  return root;
}

/** Returns the paths below these keys. */
export function resetsIn(resets: Resets, ...path: readonly string[]): Resets | undefined {
  return path.reduce<Resets | undefined>((at, key) => at?.keys.get(key), resets);
}

/** Returns a map without the values at these paths. Only maps are entered: no entry of a list is dropped. */
export function withoutResets(map: MapTree, resets: Resets | undefined): MapTree {
  if (resets === undefined || resets.keys.size === 0) return map;
  const entries = new Map<string, Tree>();
  for (const [key, value] of map.entries) {
    const reset = resets.keys.get(key);
    if (reset?.isWhole) continue;
    entries.set(key, value.kind === 'map' ? withoutResets(value, reset) : value);
  }
  return { ...map, entries };
}
