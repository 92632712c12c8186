/** Checks `configs`, `secrets` and `models` of the file; `models` reach no container. */

import { addFault, addNote, child, flagOf, isNull, mapOf, type Reading, stringOf } from '../yaml/reading.js';
import type { MapTree, Tree } from '../yaml/tree.js';

/** Places that the contents of a file may come from. Rule: compose-go, `checkFileObject`. */
const SOURCES = { configs: ['file', 'environment', 'content'], secrets: ['file', 'environment'] } as const;
const KINDS = ['configs', 'secrets', 'models'] as const;

/** Checks what the file declares; services are checked by {@link checkFileUses}. */
export function checkFiles(reading: Reading, root: MapTree): void {
  for (const kind of KINDS) {
    for (const tree of mapOf(reading, child(root, kind))?.entries.values() ?? []) {
      const settings = mapOf(reading, tree);
      if (settings === undefined) continue;
      if (kind === 'models') {
        if (child(settings, 'model') === undefined) addFault(reading, tree, 'model is missing: the name of the model');
      } else checkFile(reading, settings, SOURCES[kind]);
    }
  }
}

function checkFile(reading: Reading, settings: MapTree, sources: readonly string[]): void {
  const there = sources.filter((key) => settings.entries.has(key));
  if (there.length > 1) addFault(reading, settings, `${there.join(' and ')} can't be combined; leave one out`);
  const [name, external] = [child(settings, 'name'), child(settings, 'external')];
  const named = external?.kind === 'map' ? child(external, 'name') : undefined;
  if (name !== undefined && named !== undefined && stringOf(reading, name) !== stringOf(reading, named)) {
    addFault(reading, named, 'differs from name; write name alone, and external: true');
  }
  if (external?.kind === 'scalar') flagOf(reading, external);
  if (there.length === 0 && external === undefined && !settings.entries.has('driver')) {
    addFault(reading, settings, `has no contents: write ${sources.join(', ')} or external`);
  }
}

/** Checks that what services use is declared, and notes files that none of them uses. */
export function checkFileUses(reading: Reading, root: MapTree, services: readonly MapTree[]): void {
  for (const kind of KINDS) {
    const declared = root.entries.get(kind);
    const keys = declared?.kind === 'map' ? declared.entries : new Map<string, Tree>();
    const uses = services.flatMap((service) => usesOf(reading, child(service, kind)));
    const used = new Set(uses.map(({ key }) => key));
    for (const [key, tree] of kind === 'models' ? [] : keys) {
      if (!used.has(key)) addNote(reading, tree, 'ignored', 'no imported service uses it');
    }
    for (const { key, tree } of uses) {
      if (keys.has(key)) continue;
      addFault(
        reading,
        tree,
        `there is no ${kind.slice(0, -1)} ${JSON.stringify(key)} in the file; declare it under ${kind}`,
      );
    }
  }
}

/** A list of names, or of maps with a `source`; models may be a map as well. */
function usesOf(reading: Reading, tree: Tree | undefined): readonly { readonly key: string; readonly tree: Tree }[] {
  if (tree?.kind === 'map') return [...tree.entries].map(([key, value]) => ({ key, tree: value }));
  if (tree !== undefined && tree.kind !== 'list') addFault(reading, tree, 'must be a list');
  return (tree?.kind === 'list' ? tree.items : []).flatMap((item) => {
    const source = item.kind === 'map' ? child(item, 'source') : item;
    const key = source === undefined || isNull(source) ? undefined : stringOf(reading, source);
    return key === undefined ? [] : [{ key, tree: item }];
  });
}
