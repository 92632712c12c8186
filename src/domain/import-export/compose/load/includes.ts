/** `include`: other files with their own folder and variables. Rule: compose-go, `loader/include.go`. */

import { absent, folderOf, type Neighbour, pathIn } from '../../neighbours.js';
import { addFault, addNote, child, isNull, itemsOf, stringOf } from '../yaml/reading.js';
import type { MapTree, Tree } from '../yaml/tree.js';
import { type LoadedDocument, type Loading, MAX_CHAIN, type Scope } from './context.js';
import { parseNeighbour } from './documents.js';
import { mergeTrees } from './merge.js';
import { resetsIn, withoutResets } from './resets.js';
import { type LoadDocuments, withVariables } from './scope.js';

/** Keys that an included file adds to. */
const SECTIONS = ['services', 'volumes', 'networks', 'secrets', 'configs', 'models'];

/** Returns a document with what it includes. Files that weren't sent stay under `include`. */
export function withIncluded(
  loading: Loading,
  document: LoadedDocument,
  chain: readonly string[],
  load: LoadDocuments,
): MapTree {
  const include = child(document.map, 'include');
  if (include?.kind !== 'list') return document.map;
  let map: MapTree = {
    ...document.map,
    entries: new Map([...document.map.entries].filter(([key]) => key !== 'include')),
  };
  const absent: Tree[] = [];
  for (const item of include.items) {
    const found = readInclude(loading, document, item);
    if (found === undefined) absent.push(item);
    else {
      const imported = included(loading, found, item, chain, load);
      if (imported !== undefined) map = withSections(loading, document, map, imported);
    }
  }
  return absent.length === 0
    ? map
    : { ...map, entries: new Map([...map.entries, ['include', { ...include, items: absent }]]) };
}

interface Include {
  /** The file and those that override it. */
  readonly files: readonly Neighbour[];
  readonly scope: Scope;
}

/** Reads one entry; undefined, with a note, if a file wasn't sent. */
function readInclude({ neighbours, ...loading }: Loading, { dir, variables }: Scope, item: Tree): Include | undefined {
  const isAbsent = (path: string): boolean => {
    const isThere = neighbours.find(dir, path) !== undefined;
    if (!isThere) addNote(loading.reading, item, 'unsupported', absent(pathIn(dir, path)));
    return !isThere;
  };
  const textsOf = (key: string): readonly string[] => {
    const tree = item.kind === 'map' ? child(item, key) : undefined;
    const items = tree?.kind === 'scalar' ? [tree] : itemsOf(loading.reading, tree);
    return items.flatMap((one) => stringOf(loading.reading, one) ?? []);
  };
  const paths = item.kind === 'scalar' && !isNull(item) ? [item.text] : textsOf('path');
  const named = textsOf('env_file').filter((path) => path !== '/dev/null');
  if ([...paths, ...named].filter(isAbsent).length > 0) return undefined;
  const files = paths.flatMap((path) => neighbours.find(dir, path) ?? []);
  const [first] = files;
  if (first === undefined) return undefined;
  const [project] = textsOf('project_directory');
  const folder = project === undefined ? folderOf(first.path) : folderPath(pathIn(dir, project));
  const isNamed = item.kind === 'map' && child(item, 'env_file') !== undefined;
  const own = isNamed ? named.map((path) => neighbours.find(dir, path)) : [neighbours.find(folder, '.env')];
  const scope = withVariables(
    { neighbours, ...loading },
    { dir: folder, variables },
    own.filter((file) => file !== undefined),
  );
  return { files, scope };
}

/** The folder of the Compose file is the empty path. */
const folderPath = (path: string): string => (path === '.' || path === './' ? '' : path.replace(/\/$/, ''));

function included(
  loading: Loading,
  { files, scope }: Include,
  item: Tree,
  chain: readonly string[],
  load: LoadDocuments,
): MapTree | undefined {
  const [first] = files;
  if (first === undefined) return undefined;
  if (chain.includes(first.path) || chain.length === MAX_CHAIN) {
    const fault = chain.includes(first.path)
      ? 'includes itself in a cycle'
      : `is a chain of more than ${MAX_CHAIN} files`;
    addFault(loading.reading, item, `${fault}; remove one of the includes`);
    return undefined;
  }
  const texts = files.map((one) => ({ source: one.file, documents: parseNeighbour(loading, one) }));
  return load(texts, scope, [...chain, first.path]);
}

/** Adds what a file declares; where the including file has the same name, its own values count. */
function withSections(loading: Loading, { resets }: LoadedDocument, map: MapTree, imported: MapTree): MapTree {
  const entries = new Map(map.entries);
  for (const section of SECTIONS) {
    const from = child(imported, section);
    if (from?.kind !== 'map') continue;
    const own = entries.get(section) ?? { ...from, entries: new Map() };
    const into = isNull(own) ? { ...from, entries: new Map<string, Tree>() } : own;
    if (into.kind !== 'map') continue;
    const all = new Map(into.entries);
    for (const [name, value] of from.entries) {
      const earlier = all.get(name);
      const base = value.kind === 'map' ? withoutResets(value, resetsIn(resets, section, name)) : value;
      all.set(name, earlier === undefined ? value : mergeTrees(loading, base, earlier, [section, name]));
    }
    entries.set(section, { ...into, entries: all });
  }
  return { ...map, entries };
}
