/** The files that are sent with a Compose file: those that it names, by their paths relative to it. */

import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { parseAllDocuments } from 'yaml';
import { Exit } from './context.js';

/** Most bytes of files that are sent beside a Compose file. */
const MAX_BYTES = 1024 * 1024;

/** Names that `docker compose` looks for, in its order. */
const USUAL = ['compose.yaml', 'compose.yml', 'docker-compose.yaml', 'docker-compose.yml'];

/** Files that `docker compose` adds to one of the usual names. */
const OVERRIDES = [
  'compose.override.yaml',
  'compose.override.yml',
  'docker-compose.override.yaml',
  'docker-compose.override.yml',
];

/** Returns the Compose files of a folder: the usual one with its override. @throws Exit where there is none */
export function usualFiles(folder: string): readonly string[] {
  const find = (names: readonly string[]) => names.find((name) => existsSync(path.join(folder, name)));
  const file = find(USUAL);
  if (file === undefined) throw new Exit(1, `there is no ${USUAL.join(', ')} in ${folder}: name a file`);
  const override = find(OVERRIDES);
  return override === undefined ? [file] : [file, override];
}

/** Files and variables that a Compose file names. */
export interface Neighbours {
  /** Texts of the files that it names, by their paths relative to it. */
  readonly files: Readonly<Record<string, string>>;
  /** The variables that it names, as this shell has them. */
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Collects the files that Compose files name, and those that these name in turn. A file that is missing is left to the
 * server, which says where it is needed.
 *
 * @param folder the project's folder, which relative paths start from
 */
export function neighbours(
  texts: readonly string[],
  folder: string,
  env: Readonly<Record<string, string | undefined>>,
): Neighbours {
  const files: Record<string, string> = {};
  let size = 0;
  const waiting = ['.env', ...texts.flatMap((text) => filesIn(text))];
  for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
    const key = path.posix.normalize(name);
    const file = path.resolve(folder, key);
    if (key in files || !existsSync(file) || !statSync(file).isFile()) continue;
    size += statSync(file).size;
    if (size > MAX_BYTES)
      throw new Exit(1, `the files beside the Compose file exceed ${MAX_BYTES / 1024} KiB with ${name}`);
    files[key] = readFileSync(file, 'utf8');
    const inner = path.posix.dirname(key);
    waiting.push(...filesIn(files[key] ?? '').map((other) => path.posix.join(inner, other)));
  }
  const names = new Set([...texts, ...Object.values(files)].flatMap(variablesIn));
  const known = [...names].flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]] as const]));
  return { files, env: Object.fromEntries(known) };
}

const VARIABLE = /\$\{?([A-Za-z_][A-Za-z0-9_]*)/g;

/** Variables that Compose itself reads. */
const OWN_VARIABLES = ['COMPOSE_PROFILES', 'COMPOSE_PROJECT_NAME'];

const variablesIn = (text: string): readonly string[] => [
  ...OWN_VARIABLES,
  ...[...text.matchAll(VARIABLE)].map((match) => match[1] ?? ''),
];

/** Returns the relative paths of files in a Compose file; none in what isn't one. */
function filesIn(text: string): readonly string[] {
  const documents = parseAllDocuments(text, { merge: true, logLevel: 'silent' });
  if (!Array.isArray(documents)) return [];
  return documents.flatMap((document) =>
    document.errors.length > 0 ? [] : pathsIn(document.toJS({ maxAliasCount: 10_000 })),
  );
}

type Tree = Readonly<Record<string, unknown>>;

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value);
const treesIn = (value: unknown): readonly Tree[] => (isTree(value) ? Object.values(value).filter(isTree) : []);
const listed = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : value === undefined ? [] : [value];

/** A path, or an object that has it under a name. */
const pathOf = (value: unknown, key: string): readonly string[] => {
  const found = isTree(value) ? listed(value[key]) : [value];
  return found.filter((one): one is string => typeof one === 'string');
};

function pathsIn(file: unknown): readonly string[] {
  if (!isTree(file)) return [];
  const services = treesIn(file['services']).flatMap((service) => [
    ...listed(service['env_file']).flatMap((one) => pathOf(one, 'path')),
    ...listed(service['label_file']).flatMap((one) => pathOf(one, 'path')),
    ...(isTree(service['extends']) ? pathOf(service['extends'], 'file') : []),
  ]);
  const included = listed(file['include']).flatMap((one) => [
    ...pathOf(one, 'path'),
    ...(isTree(one) ? listed(one['env_file']).flatMap((inner) => pathOf(inner, 'path')) : []),
  ]);
  const contents = ['configs', 'secrets'].flatMap((kind) =>
    treesIn(file[kind]).flatMap((one) => pathOf(one['file'], 'file')),
  );
  return [...services, ...included, ...contents].filter((one) => !path.isAbsolute(one) && !one.includes('$'));
}
