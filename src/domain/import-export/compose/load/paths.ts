/** Paths of a service that was written in another folder, relative to the Compose file. Rule: compose-go, `paths/resolve.go`. */

import { pathIn } from '../../neighbours.js';
import type { ScalarTree, Tree } from '../yaml/tree.js';

/** Returns a service with its relative paths seen from the Compose file. @param dir the folder that they are relative to */
export function rebased(service: Tree, dir: string): Tree {
  if (dir === '' || service.kind !== 'map') return service;
  const entries = new Map(service.entries);
  for (const [key, rebase] of Object.entries(PATHS)) {
    const tree = entries.get(key);
    if (tree !== undefined) entries.set(key, rebase(tree, dir));
  }
  return { ...service, entries };
}

type Rebase = (tree: Tree, dir: string) => Tree;

const PATHS: Readonly<Record<string, Rebase>> = {
  env_file: (tree, dir) => each(tree, (item) => (item.kind === 'map' ? inMap(item, 'path', dir) : moved(item, dir))),
  label_file: (tree, dir) => each(tree, (item) => moved(item, dir)),
  extends: (tree, dir) => (tree.kind === 'map' ? inMap(tree, 'file', dir) : tree),
  volumes: (tree, dir) => each(tree, (item) => mount(item, dir)),
};

const each = (tree: Tree, change: (item: Tree) => Tree): Tree =>
  tree.kind === 'list' ? { ...tree, items: tree.items.map(change) } : change(tree);

function inMap(tree: Tree & { readonly kind: 'map' }, key: string, dir: string): Tree {
  const path = tree.entries.get(key);
  return path === undefined ? tree : { ...tree, entries: new Map([...tree.entries, [key, moved(path, dir)]]) };
}

const withText = (tree: ScalarTree, text: string): ScalarTree => ({ ...tree, value: text, text, source: text });

function moved(tree: Tree, dir: string): Tree {
  if (tree.kind !== 'scalar' || typeof tree.value !== 'string' || tree.text === '') return tree;
  return withText(tree, pathIn(dir, tree.text));
}

/** Moves the host path of a mount, which begins with a dot where it is relative. */
function mount(tree: Tree, dir: string): Tree {
  if (tree.kind === 'map') {
    const type = tree.entries.get('type');
    return type?.kind === 'scalar' && type.text === 'bind' ? inMap(tree, 'source', dir) : tree;
  }
  if (tree.kind !== 'scalar' || typeof tree.value !== 'string') return tree;
  const [, source, rest] = /^(\.{1,2}(?:\/[^:]*)?)(:.*)$/s.exec(tree.text) ?? [];
  if (source === undefined || rest === undefined) return tree;
  const path = pathIn(dir, source);
  return withText(tree, `${path.startsWith('.') || path.startsWith('/') ? path : `./${path}`}${rest}`);
}
