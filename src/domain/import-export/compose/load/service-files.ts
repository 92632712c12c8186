/** `env_file` and `label_file` of a service. Rule: compose-go, `types/project.go`. */

import { parseDotenv } from '../../env-files/dotenv.js';
import { parsePlainEnv } from '../../env-files/plain-env.js';
import { absent, type Neighbour } from '../../neighbours.js';
import type { Variables } from '../yaml/interpolate.js';
import { addFault, addNote, child, flagOf, stringOf } from '../yaml/reading.js';
import type { MapTree, Tree } from '../yaml/tree.js';
import type { Loading } from './context.js';
import { readVariables } from './scope.js';

/** A variable or a label, with the place that names its file. */
export interface FromFile {
  readonly value: string;
  readonly tree: Tree;
}

/**
 * Reads `env_file`: of several files the later ones count.
 *
 * @param project variables of the import, which count most where a file names them
 * @param own variables of the service's `environment`, which count next
 */
export function readEnvFiles(
  loading: Loading,
  service: MapTree,
  { project, own }: { readonly project: Variables; readonly own: Variables },
): ReadonlyMap<string, FromFile> {
  const outer = { ...own, ...project };
  return readAll(loading, service, 'env_file', (text, earlier, format) =>
    format === 'raw' ? parsePlainEnv(text, outer) : parseDotenv(text, outer, { earlier, budget: loading.budget }),
  );
}

/** Reads `label_file`: of several files the later ones count. */
export function readLabelFiles(loading: Loading, service: MapTree): ReadonlyMap<string, FromFile> {
  return readAll(loading, service, 'label_file', (text, earlier) =>
    parseDotenv(text, earlier, { budget: loading.budget }),
  );
}

type Parse = (text: string, earlier: Variables, format: string | undefined) => ReturnType<typeof parseDotenv>;

function readAll(loading: Loading, service: MapTree, key: string, parse: Parse): ReadonlyMap<string, FromFile> {
  const tree = child(service, key);
  const all = new Map<string, FromFile>();
  const values: Record<string, string> = Object.create(null);
  for (const item of tree === undefined ? [] : tree.kind === 'list' ? tree.items : [tree]) {
    const found = findFile(loading, item);
    if (found === undefined) continue;
    const read = readVariables(loading, found.file, (text) => parse(text, values, found.format));
    for (const [name, value] of Object.entries(read)) {
      values[name] = value;
      all.set(name, { value, tree: item });
    }
  }
  return all;
}

interface Found {
  readonly file: Neighbour;
  readonly format: string | undefined;
}

function findFile({ reading, neighbours }: Loading, item: Tree): Found | undefined {
  const settings = item.kind === 'map' ? item : undefined;
  const path = stringOf(reading, settings === undefined ? item : child(settings, 'path'));
  const written = settings && child(settings, 'format');
  const format = stringOf(reading, written);
  const isRequired = (settings && flagOf(reading, child(settings, 'required'))) ?? true;
  if (path === undefined || path === '') return undefined;
  if (written !== undefined && format !== undefined && !['', 'raw'].includes(format)) {
    return addFault(reading, written, `${JSON.stringify(format)} is not a format; write raw, or leave it out`);
  }
  const file = neighbours.find('', path);
  if (file !== undefined) return { file, format };
  if (isRequired) addNote(reading, item, 'unsupported', absent(path));
  return undefined;
}
