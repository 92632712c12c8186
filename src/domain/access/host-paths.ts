/** Paths of the host that a policy lists: single ones, and everything below a directory, `/srv/apps/**`. */

import { cleanPath, leadsUp } from '../definition/storage/paths.js';

/** Ends an entry that stands for everything below a directory. */
const BELOW = '/**';

interface HostPathIndex {
  readonly exact: ReadonlySet<string>;
  /** Directories whose contents may be mounted, without a slash at the end: that of the root is empty. */
  readonly roots: ReadonlySet<string>;
}

/** Entry of the list that allows a path. */
export type AllowedBy = { readonly kind: 'path' } | { readonly kind: 'below'; readonly root: string };

/** True if an entry of a policy's list is written in the one way in which paths are compared. */
export function isHostPathEntry(entry: string): boolean {
  const path = isSubtree(entry) ? entry.slice(0, -BELOW.length) || '/' : entry;
  return isCanonical(path) && !path.includes('*');
}

/** True if the list allows what is below a directory, from which symbolic links can lead. */
export const hasSubtrees = (list: readonly string[]): boolean => indexOf(list).roots.size > 0;

const isSubtree = (entry: string): boolean => entry.endsWith(BELOW);

/** True for an absolute path without `..`, `//`, `/./` and a slash at its end. */
export const isCanonical = (path: string): boolean =>
  path.startsWith('/') && cleanPath(path) === path && !leadsUp(path);

/**
 * Returns the entry that allows a path; undefined if none does. Only texts are compared: what the path leads to on the
 * host is not known here.
 */
export function allowingEntry(path: string, list: readonly string[]): AllowedBy | undefined {
  if (!isCanonical(path)) return undefined;
  const { exact, roots } = indexOf(list);
  if (exact.has(path)) return { kind: 'path' };
  if (roots.size === 0 || path === '/') return undefined;
  for (let end = path.lastIndexOf('/'); end >= 0; end = path.lastIndexOf('/', end - 1)) {
    const root = path.slice(0, end);
    if (roots.has(root)) return { kind: 'below', root: root || '/' };
    if (end === 0) break;
  }
  return undefined;
}

/** Indexes by list: thousands of entries may be compared with thousands of definitions. */
const indexes = new WeakMap<readonly string[], HostPathIndex>();

function indexOf(list: readonly string[]): HostPathIndex {
  const known = indexes.get(list);
  if (known !== undefined) return known;
  const exact = new Set<string>();
  const roots = new Set<string>();
  for (const entry of list) {
    if (isSubtree(entry)) roots.add(entry.slice(0, -BELOW.length));
    else exact.add(entry);
  }
  const index = { exact, roots };
  indexes.set(list, index);
  return index;
}

/** Follows the symbolic links of a path on the host; undefined where that can't be done here. */
export type FollowLinks = (path: string) => Promise<string | undefined>;

/**
 * Returns where a path below a listed directory leads, if symbolic links take it to what the list doesn't allow. A path
 * that is on the list itself is allowed wherever it leads.
 */
export async function escapeOf(
  path: string,
  list: readonly string[],
  followLinks: FollowLinks,
): Promise<string | undefined> {
  const entry = allowingEntry(path, list);
  if (entry?.kind !== 'below') return undefined;
  const [place, root] = await Promise.all([followLinks(path), followLinks(entry.root)]);
  if (place === undefined || root === undefined) return undefined;
  const isBelow = place !== root && place.startsWith(root === '/' ? '/' : `${root}/`);
  return isBelow || allowingEntry(place, list) !== undefined ? undefined : place;
}

/** Returns the refusal of a path that leads to where the policy allows nothing, and the remedy. */
export const escapeText = (path: string, place: string): string =>
  `the host path ${JSON.stringify(path)} leads through a symbolic link to ${JSON.stringify(place)}, which the policy does not list; remove the link on the host, or have that path added to hostPaths in the policy`;
