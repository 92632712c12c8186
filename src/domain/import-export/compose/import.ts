/** Converts a Compose file to definitions. Rule: the Compose specification, as Docker Compose 2 reads it. */

import { type DefinitionInput, MAX_ENTRIES, type OnLinkChange, type Spec } from '../../definition/definition.js';
import { CONTAINER_NAME_RULE, isContainerName } from '../../definition/names.js';
import { declare } from '../../definition/normalize.js';
import { findLinkFaults, type Linked } from '../../links/links.js';
import type { FieldFault } from '../../problems/result.js';
import type { ImportNote } from '../import-note.js';
import { checkConsistency } from './consistency.js';
import { createDraft, type Draft, originOf, type Places, put } from './draft.js';
import { checkFiles, checkFileUses } from './files.js';
import { FILE_BERTH_KEYS, FILE_KEYS } from './keys/file.js';
import { BERTH_KEYS, SERVICE_KEYS } from './keys/service.js';
import { readLinks } from './links.js';
import { type Members, readMembers } from './members.js';
import { readVolumes } from './mounts.js';
import type { ExistingService } from './names.js';
import { readExpose, readPorts } from './ports.js';
import {
  readCommands,
  readEnvironment,
  readHealthcheck,
  readImage,
  readLabels,
  readLogging,
  readTexts,
} from './process.js';
import { createProject, type Member, type Project } from './project.js';
import { interpolateTree } from './yaml/interpolate.js';
import { readLimits } from './yaml/limits.js';
import { addFault, checkKeys, child, flagOf, mapOf, placed, type Reading, stringOf } from './yaml/reading.js';
import { type MapTree, type PlacedFault, parseTree, type Tree } from './yaml/tree.js';
import { checkTypes } from './yaml/types.js';

export interface ComposeInput {
  /** The text of the file. */
  readonly compose: string;
  /** The name of the project; by default the file's own `name`. */
  readonly project?: string;
  /** Values of the variables in the file. */
  readonly env?: Readonly<Record<string, string>>;
  /** Services with profiles are imported where one of theirs is among these; `*` is all. */
  readonly profiles?: readonly string[];
}

/** Input and the stored definitions that matter for it, as plain data, so that another thread can read it. */
export interface ComposeSource extends ComposeInput {
  /** The definitions that belong to a set: a service that one of them is keeps that one's name. */
  readonly existing?: readonly ExistingService[];
}

export interface ComposeImport {
  /** The set that they belong to: the project. Null only where the file itself says so in `x-berth`. */
  readonly set: string | null;
  /** Definitions in the order of the file. */
  readonly containers: readonly DefinitionInput[];
  readonly left: readonly ImportNote[];
  /** Places in the file of each container. */
  readonly places: readonly Places[];
}

/** Definitions, or every fault with its place. The pointers of faults lead into the {@link ComposeInput}. */
export type ComposeResult =
  | ({ readonly ok: true } & ComposeImport)
  | { readonly ok: false; readonly faults: readonly FieldFault[] };

/** Limit of one apply. */
const MAX_SERVICES = 500;
/** Maximum number of faults that a person can take in; reading the corrected file reports the rest. */
const MAX_FAULTS = 100;
/** Rule: a set's name. Docker Compose allows less: small letters, digits, dashes and underscores. */
const PROJECT = /^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,62}$/;

/**
 * Reads a file. A pure function of its input, which it doesn't change; input and result can be sent to another thread as
 * they are.
 */
export function importCompose(input: ComposeSource): ComposeResult {
  if (input.project !== undefined && !PROJECT.test(input.project)) {
    return { ok: false, faults: [{ pointer: '/project', message: projectFault(input.project) }] };
  }
  const file = parseTree(input.compose);
  if (!file.ok) return { ok: false, faults: file.faults.slice(0, MAX_FAULTS).map(faultInBody) };
  const reading: Reading = { faults: [], notes: [] };
  const map = mapOf(reading, withoutExtensions(file.tree));
  const set = map && setOf(reading, map, input);
  const variables = { ...input.env, ...(typeof set === 'string' && { COMPOSE_PROJECT_NAME: set }) };
  const root = map && mapOf(reading, interpolateTree(reading, map, variables));
  const read = root && readFile(reading, root, set, { ...input, env: variables });
  if (root !== undefined) {
    checkTypes(reading, root);
    checkConsistency(reading, root);
  }
  if (read !== undefined && reading.faults.length === 0) reading.faults.push(...checkDefinitions(read.drafts));
  const faults = [...new Map(reading.faults.map((fault) => [placed(fault), fault])).values()];
  if (read === undefined || faults.length > 0) {
    return { ok: false, faults: faults.slice(0, MAX_FAULTS).map(faultInBody) };
  }
  const { drafts } = read;
  return {
    ok: true,
    set: read.set,
    containers: drafts.map(({ fields }) => fields as DefinitionInput),
    left: reading.notes,
    places: drafts.map(({ at, origins }) => ({ at, origins })),
  };
}

/** Returns a fault of one of the containers, at a JSON pointer into it, as one of the file. */
export function faultInFile({ places }: ComposeImport, container: number, fault: FieldFault): FieldFault {
  const place = places[container];
  return place === undefined ? { ...fault, pointer: '/compose' } : faultInBody(inFile(place, fault));
}

const faultInBody = (fault: PlacedFault): FieldFault => ({ pointer: '/compose', message: placed(fault) });

/** Drops top-level `x-` keys: they only hold anchors, and their variables are replaced where an alias uses them. */
function withoutExtensions(tree: Tree): Tree {
  if (tree.kind !== 'map') return tree;
  return { ...tree, entries: new Map([...tree.entries].filter(([key]) => !key.startsWith('x-') || key === 'x-berth')) };
}

interface ReadFile {
  readonly set: string | null;
  readonly drafts: readonly Draft[];
}

const EMPTY: MapTree = { kind: 'map', at: { line: 1, column: 1, path: ['services'] }, entries: new Map() };

function readFile(
  reading: Reading,
  root: MapTree,
  set: string | null | undefined,
  input: ComposeSource,
): ReadFile | undefined {
  checkKeys(reading, root, FILE_KEYS, 'a Compose file');
  const all = mapOf(reading, child(root, 'services') ?? EMPTY);
  const isElsewhere = child(root, 'include') !== undefined;
  if (child(root, 'services') === undefined && !isElsewhere)
    addFault(
      reading,
      root,
      'has no services; each service is a container, for example services: { web: { image: … } }',
    );
  if (set === undefined || all === undefined) return undefined;
  if (all.entries.size > MAX_SERVICES) {
    return addFault(reading, all, `has ${all.entries.size} services, and at most ${MAX_SERVICES} are allowed`);
  }
  const project = createProject(reading, set ?? undefined, {
    networks: mapOf(reading, child(root, 'networks')),
    volumes: mapOf(reading, child(root, 'volumes')),
  });
  const { profiles = [], existing = [] } = input;
  const members = readMembers(reading, { services: all, project, profiles: new Set(profiles), existing });
  const drafts = [...members.all.values()].map((member) => readService(reading, member, members, project, input));
  checkFiles(reading, root);
  for (const { tree } of members.all.values()) checkFileUses(reading, root, tree);
  project.noteUnused();
  return { set, drafts };
}

/** The set; undefined where that is a fault. */
function setOf(reading: Reading, root: MapTree, input: ComposeInput): string | null | undefined {
  const { project, env = {} } = input;
  const berth = mapOf(reading, child(root, 'x-berth'));
  if (berth !== undefined) checkKeys(reading, berth, FILE_BERTH_KEYS, 'x-berth');
  if (project !== undefined) return project;
  const own = berth?.entries.get('set');
  if (own?.kind === 'scalar' && own.value === null) return null;
  const written = own ?? child(root, 'name');
  if (written === undefined) {
    return addFault(reading, root, 'the file has no project name: send project, or add name: to the file');
  }
  // By itself, and without notes: those come when the whole file has its variables.
  const tree = interpolateTree({ faults: reading.faults, notes: [] }, written, env);
  const name = stringOf(reading, tree);
  if (name === undefined || PROJECT.test(name)) return name;
  return addFault(reading, tree, projectFault(name));
}

function projectFault(name: string): string {
  const form = 'write 1 to 63 letters, digits, dashes, underscores or dots, beginning with a letter or digit';
  return `${JSON.stringify(name)} is not a valid set name: ${form}`;
}

function readService(
  reading: Reading,
  member: Member,
  members: Members,
  project: Project,
  { env = {} }: ComposeInput,
): Draft {
  const { key, tree, name, network, networkAliases, restartPolicy, service } = member;
  const draft = createDraft(tree);
  checkKeys(reading, tree, SERVICE_KEYS, 'a service');
  put(draft, 'name', name, tree.entries.get('container_name') ?? tree);
  if (service !== name) put(draft, 'service', service, tree);
  readImage(reading, draft, tree, `${project.name ?? 'berth'}-${key}`.toLowerCase());
  readCommands(reading, draft, tree);
  readEnvironment(reading, draft, tree, env);
  readTexts(reading, draft, tree);
  readExpose(reading, draft, tree);
  readPorts(reading, draft, tree);
  put(draft, 'network', network, tree.entries.get('networks') ?? tree.entries.get('network_mode') ?? tree);
  if (networkAliases.length > 0) put(draft, 'networkAliases', networkAliases, tree.entries.get('networks') ?? tree);
  readVolumes(reading, draft, tree, project);
  readLabels(reading, draft, tree);
  readHealthcheck(reading, draft, tree);
  put(draft, 'restartPolicy', restartPolicy, tree.entries.get('restart') ?? tree);
  readLogging(reading, tree);
  readLimits(reading, draft, tree);
  const berth = mapOf(reading, child(tree, 'x-berth'));
  if (berth !== undefined) readBerth(reading, draft, berth);
  readLinks(reading, draft, member, members, berth);
  return draft;
}

const ON_LINK_CHANGE: readonly string[] = ['recreate', 'ignore'] satisfies readonly OnLinkChange[];

function readBerth(reading: Reading, draft: Draft, berth: MapTree): void {
  checkKeys(reading, berth, BERTH_KEYS, 'x-berth');
  put(draft, 'publishAll', flagOf(reading, child(berth, 'publishAll')), berth);
  const tree = child(berth, 'onLinkChange');
  const text = stringOf(reading, tree);
  if (tree === undefined || text === undefined) return;
  if (ON_LINK_CHANGE.includes(text)) put(draft, 'onLinkChange', text as OnLinkChange, tree);
  else addFault(reading, tree, `${JSON.stringify(text)} is not valid for onLinkChange; write recreate or ignore`);
}

/** Checks the definitions, each alone and all together, and reports faults with their places in the file. */
function checkDefinitions(drafts: readonly Draft[]): readonly PlacedFault[] {
  const specs = new Map<string, Spec>();
  const own = drafts.flatMap((draft): readonly PlacedFault[] => {
    const input = draft.fields as DefinitionInput;
    const declared = declare(input);
    if (declared.ok) specs.set(input.name ?? '', declared.spec);
    const faults = [...nameFaults(input), ...tooLong(input), ...(declared.ok ? [] : declared.faults)];
    return faults.map((fault) => inFile(draft, fault));
  });
  if (own.length > 0) return own;
  const together: PlacedFault[] = [];
  for (const draft of drafts) {
    const spec = specs.get(draft.fields.name ?? '');
    if (spec === undefined || together.length >= MAX_FAULTS) continue;
    // What is linked to beyond the file is looked for where it is stored.
    const lookup = (name: string): Linked => specs.get(name) ?? { links: [], network: spec.network };
    const faults = findLinkFaults(draft.fields.name ?? '', spec, lookup);
    together.push(...faults.map((fault) => inFile(draft, fault)));
  }
  return together;
}

function nameFaults({ name = '' }: DefinitionInput): readonly FieldFault[] {
  return isContainerName(name)
    ? []
    : [{ pointer: '/name', message: `${JSON.stringify(name)}: ${CONTAINER_NAME_RULE}` }];
}

/** Rule: the lists of the HTTP contract. */
function tooLong(input: DefinitionInput): readonly FieldFault[] {
  return Object.entries(MAX_ENTRIES).flatMap(([field, most]) => {
    const { length } = input[field as keyof typeof MAX_ENTRIES] ?? [];
    return length > most
      ? [{ pointer: `/${field}`, message: `has ${length} entries, and at most ${most} are allowed` }]
      : [];
  });
}

const inFile = (places: Places, { pointer, message }: FieldFault): PlacedFault => ({
  at: originOf(places, pointer),
  message,
});
