/**
 * Reads the texts of an import into one file: documents are merged in their order, each after its variables, includes and
 * extended services. Rule: compose-go, `loader/loader.go`.
 */

import type { HostPlaces } from '../../host-path.js';
import { createNeighbours } from '../../neighbours.js';
import { FILE_BERTH_KEYS } from '../keys/file.js';
import { createBudget } from '../yaml/budget.js';
import { interpolateTree, type Variables } from '../yaml/interpolate.js';
import { addFault, checkKeys, child, mapOf, type Reading, stringOf } from '../yaml/reading.js';
import { type MapTree, type ParsedDocument, parseDocuments, type Tree } from '../yaml/tree.js';
import type { Loading, Scope } from './context.js';
import { loadDocument } from './documents.js';
import { withExtended } from './extends.js';
import { withIncluded } from './includes.js';
import { mergeTrees } from './merge.js';
import { withoutResets } from './resets.js';
import { type LoadDocuments, type Text, withVariables } from './scope.js';

export interface LoadInput {
  /** The text of the file, or texts of which the later ones count. */
  readonly compose: string | readonly string[];
  readonly project?: string;
  readonly env?: Variables;
  /** The directory of the file on the host: relative host paths, PWD, and without `env` also HOME and `~`. */
  readonly projectDirectory?: string;
  /** The directory with a directory for each project, where none is given for this one. */
  readonly projectsDirectory?: string;
  /** Texts beside the file, by their paths relative to it. */
  readonly files?: Readonly<Record<string, string>>;
}

export interface Loaded extends Loading {
  /** Undefined where that is a fault. */
  readonly root: MapTree | undefined;
  /** The set; null only where the file itself says so in `x-berth`, undefined where it is a fault. */
  readonly set: string | null | undefined;
  /** Variables of the import: those that were sent, then those of `.env`. */
  readonly variables: Variables;
  /** Directories that host paths are relative to. */
  readonly places: HostPlaces;
}

/** Rule: a set's name. Docker Compose allows less: small letters, digits, dashes and underscores. */
const PROJECT = /^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,62}$/;

/** Reports a name of a project that can't be that of a set. */
export function projectFault(name: string): string | undefined {
  if (PROJECT.test(name)) return undefined;
  const form = 'write 1 to 63 letters, digits, dashes, underscores or dots, beginning with a letter or digit';
  return `${JSON.stringify(name)} is not a valid set name: ${form}`;
}

/** Reads and merges the texts of an import. Faults and notes are added to the reading. */
export function loadCompose(reading: Reading, input: LoadInput): Loaded {
  const loading: Loading = { reading, budget: createBudget(), neighbours: createNeighbours(input.files) };
  const dotenv = loading.neighbours.find('', '.env');
  const sent = withVariables(loading, { dir: '', variables: input.env ?? {} }, dotenv === undefined ? [] : [dotenv]);
  const texts = textsOf(input).map(({ text, file }): Text => {
    const parsed = parseDocuments(text, loading.budget, file);
    if (!parsed.ok) for (const { at, message } of parsed.faults) addFault(reading, { at }, message);
    return { source: file ?? '', documents: parsed.ok ? parsed.documents : [] };
  });
  const documents = texts.flatMap((text) => text.documents);
  if (texts.some((text) => text.documents.length === 0)) {
    return { ...loading, root: undefined, set: undefined, variables: sent.variables, places: {} };
  }
  const set = setOf(reading, documents, input.project, sent.variables);
  const directory = directoryOf(input, set);
  const variables: Variables = {
    ...(directory !== undefined && { PWD: directory, HOME: directory }),
    ...sent.variables,
    ...(typeof set === 'string' && { COMPOSE_PROJECT_NAME: set }),
  };
  const places = { directory, home: variables['HOME'] };
  return { ...loading, root: loadTexts(loading, texts, { dir: '', variables }, []), set, variables, places };
}

/** Returns the directory of the file on the host, as far as it is known. */
function directoryOf(
  { projectDirectory, projectsDirectory }: LoadInput,
  set: string | null | undefined,
): string | undefined {
  if (projectDirectory !== undefined || projectsDirectory === undefined || typeof set !== 'string') {
    return projectDirectory;
  }
  return `${projectsDirectory}/${set}`;
}

function textsOf({ compose }: LoadInput): readonly { readonly text: string; readonly file?: string }[] {
  if (typeof compose === 'string') return [{ text: compose }];
  return compose.map((text, index) => ({ text, file: `/compose/${index}` }));
}

function loadTexts(
  loading: Loading,
  texts: readonly Text[],
  scope: Scope,
  chain: readonly string[],
): MapTree | undefined {
  const load: LoadDocuments = (more, inner, longer) => loadTexts(loading, more, inner, longer);
  let merged: MapTree | undefined;
  for (const { source, documents } of texts) {
    for (const parsed of documents) {
      const document = loadDocument(loading, parsed, scope, source);
      if (document === undefined) continue;
      const whole = withExtended(loading, { ...document, map: withIncluded(loading, document, chain, load) });
      const earlier = merged && withoutResets(merged, document.resets);
      const all: Tree = earlier === undefined ? whole : mergeTrees(loading, earlier, whole, []);
      if (all.kind === 'map') merged = all;
    }
  }
  return merged;
}

/** The set; undefined where that is a fault. Rule: compose-go, `projectName`: the last file that has a name counts. */
function setOf(
  reading: Reading,
  documents: readonly ParsedDocument[],
  project: string | undefined,
  variables: Variables,
): string | null | undefined {
  const maps = documents.flatMap(({ tree }) => mapOf({ faults: [], notes: [] }, tree) ?? []);
  const berths = maps.flatMap((map) => mapOf(reading, child(map, 'x-berth')) ?? []);
  for (const berth of berths) checkKeys(reading, berth, FILE_BERTH_KEYS, 'x-berth');
  const given = project ?? (variables['COMPOSE_PROJECT_NAME'] || undefined);
  if (given !== undefined) {
    const fault = projectFault(given);
    const [first] = documents;
    return fault === undefined || first === undefined
      ? given
      : addFault(reading, first.tree, `the project's name ${fault}`);
  }
  const own = berths.flatMap((berth) => berth.entries.get('set') ?? []).at(-1);
  if (own?.kind === 'scalar' && own.value === null) return null;
  const written = own ?? maps.flatMap((map) => named(map)).at(-1);
  if (written === undefined) {
    const [first] = documents;
    const message = 'the file has no project name: send project, or add name: to the file';
    return first && addFault(reading, first.tree, message);
  }
  // By itself, and without notes: those come when the whole file has its variables.
  const tree = interpolateTree({ faults: reading.faults, notes: [] }, written, variables);
  const name = stringOf(reading, tree);
  const fault = name === undefined ? undefined : projectFault(name);
  return fault === undefined ? name : addFault(reading, tree, fault);
}

/** An empty name is none. */
function named(map: MapTree): readonly Tree[] {
  const name = child(map, 'name');
  return name === undefined || (name.kind === 'scalar' && name.text === '') ? [] : [name];
}
