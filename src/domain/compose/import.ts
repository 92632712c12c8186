/** From a Compose file to definitions. Rule: the Compose specification, as Docker Compose 2 reads it. */

import { declare } from '../declare.js';
import { type DefinitionInput, MAX_ENTRIES, type OnLinkChange, type Spec } from '../definition.js';
import type { ImportNote } from '../import-note.js';
import { findLinkFaults, type Linked } from '../links.js';
import { CONTAINER_NAME_RULE, isContainerName } from '../names.js';
import type { FieldFault } from '../result.js';
import { createDraft, type Draft, originOf, put } from './draft.js';
import { interpolateTree } from './interpolate.js';
import { BERTH_KEYS, FILE_BERTH_KEYS, FILE_KEYS, SERVICE_KEYS } from './keys.js';
import { readLimits } from './limits.js';
import { type Members, readLinks } from './links.js';
import { readVolumes } from './mounts.js';
import { readNetwork } from './networks.js';
import { readExpose, readPorts } from './ports.js';
import {
  readCommands,
  readEnvironment,
  readHealthcheck,
  readImage,
  readLabels,
  readLogging,
  readRestartPolicy,
  readTexts,
} from './process.js';
import { containerNameOf, createProject, type Member, namesOnNetwork, type Project } from './project.js';
import {
  addFault,
  addNote,
  checkKeys,
  child,
  flagOf,
  mapOf,
  placed,
  type Reading,
  textOf,
  textsOf,
} from './reading.js';
import { type MapTree, type PlacedFault, parseTree, type Tree } from './tree.js';

export interface ComposeInput {
  /** The text of the file. */
  readonly compose: string;
  /** The name of the project; by default the file's own `name`. */
  readonly project?: string;
  /** What variables in the file stand for. */
  readonly env?: Readonly<Record<string, string>>;
  /** Services with profiles are imported where one of theirs is among these; `*` is all. */
  readonly profiles?: readonly string[];
}

export interface ComposeImport {
  /** The set that they belong to: the project. Null only where the file itself says so in `x-berth`. */
  readonly set: string | null;
  /** In the order of the file. */
  readonly containers: readonly DefinitionInput[];
  readonly left: readonly ImportNote[];
  /** A fault of one of the containers, at a JSON pointer into it, as one of the file. */
  faultAt(container: number, fault: FieldFault): FieldFault;
}

/** Definitions, or every fault with its place. The pointers of faults lead into the {@link ComposeInput}. */
export type ComposeResult =
  | ({ readonly ok: true } & ComposeImport)
  | { readonly ok: false; readonly faults: readonly FieldFault[] };

/** As many as one apply takes. */
const MAX_SERVICES = 500;
/** What a person can take in; the file is read anew after the first ones are mended. */
const MAX_FAULTS = 100;
/** Rule: a set's name. Docker Compose allows less: small letters, digits, dashes and underscores. */
const PROJECT = /^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,62}$/;
const SERVICE = /^[a-zA-Z0-9._-]+$/;

export function importCompose(input: ComposeInput): ComposeResult {
  if (input.project !== undefined && !PROJECT.test(input.project)) {
    return { ok: false, faults: [{ pointer: '/project', message: projectFault(input.project) }] };
  }
  const file = parseTree(input.compose);
  if (!file.ok) return { ok: false, faults: file.faults.slice(0, MAX_FAULTS).map(faultInBody) };
  const reading: Reading = { faults: [], notes: [] };
  const root = mapOf(reading, interpolateTree(reading, withoutExtensions(file.tree), input.env ?? {}));
  const read = root && readFile(reading, root, input);
  if (read !== undefined && reading.faults.length === 0) reading.faults.push(...checkDefinitions(read.drafts));
  const faults = [...new Map(reading.faults.map((fault) => [placed(fault), fault])).values()];
  if (read === undefined || faults.length > 0) {
    return { ok: false, faults: faults.slice(0, MAX_FAULTS).map(faultInBody) };
  }
  const { set, drafts } = read;
  return {
    ok: true,
    set,
    containers: drafts.map(({ fields }) => fields as DefinitionInput),
    left: reading.notes,
    faultAt(container, fault) {
      const draft = drafts[container];
      return draft === undefined ? { ...fault, pointer: '/compose' } : faultInBody(inFile(draft, fault));
    },
  };
}

const faultInBody = (fault: PlacedFault): FieldFault => ({ pointer: '/compose', message: placed(fault) });

/** What stands under `x-` is only there for its anchors: its variables are put in where it is used. */
function withoutExtensions(tree: Tree): Tree {
  if (tree.kind !== 'map') return tree;
  return { ...tree, entries: new Map([...tree.entries].filter(([key]) => !key.startsWith('x-') || key === 'x-berth')) };
}

interface ReadFile {
  readonly set: string | null;
  readonly drafts: readonly Draft[];
}

function readFile(reading: Reading, root: MapTree, input: ComposeInput): ReadFile | undefined {
  checkKeys(reading, root, FILE_KEYS, 'a Compose file');
  const set = setOf(reading, root, input);
  const all = mapOf(reading, child(root, 'services'));
  if (child(root, 'services') === undefined)
    addFault(reading, root, 'has no services: each is a container, as in services: { web: { image: … } }');
  if (set === undefined || all === undefined) return undefined;
  if (all.entries.size > MAX_SERVICES) {
    return addFault(reading, all, `has ${all.entries.size} services, and at most ${MAX_SERVICES} are taken at once`);
  }
  const project = createProject(reading, set ?? undefined, {
    networks: mapOf(reading, child(root, 'networks')),
    volumes: mapOf(reading, child(root, 'volumes')),
  });
  const members = readMembers(reading, all, project, new Set(input.profiles ?? []));
  const drafts = [...members.all.values()].map((member) => readService(reading, member, members, project, input));
  project.noteUnused();
  return { set, drafts };
}

/** The set; undefined where that is a fault. */
function setOf(reading: Reading, root: MapTree, { project }: ComposeInput): string | null | undefined {
  const berth = mapOf(reading, child(root, 'x-berth'));
  if (berth !== undefined) checkKeys(reading, berth, FILE_BERTH_KEYS, 'x-berth');
  if (project !== undefined) return project;
  const own = berth?.entries.get('set');
  if (own?.kind === 'scalar' && own.value === null) return null;
  const tree = own ?? child(root, 'name');
  if (tree === undefined) return addFault(reading, root, 'the file has no name: send project, or write name: into it');
  const name = textOf(reading, tree);
  if (name === undefined || PROJECT.test(name)) return name;
  return addFault(reading, tree, projectFault(name));
}

function projectFault(name: string): string {
  const form = 'letters, digits, dashes, underscores and dots, a letter or digit first, at most 63';
  return `${JSON.stringify(name)} can't be the name of a set: ${form}`;
}

/** Who is there, and what they are called: needed before any of them is read. */
function readMembers(reading: Reading, services: MapTree, project: Project, profiles: ReadonlySet<string>): Members {
  const all = new Map<string, Member>();
  const inactive = new Set<string>();
  const holders = new Map<string, string>();
  for (const [service, value] of services.entries) {
    if (!SERVICE.test(service)) {
      addFault(
        reading,
        value,
        `${JSON.stringify(service)} is no name of a service: letters, digits, dots, dashes, underscores`,
      );
    }
    const tree = mapOf(reading, value);
    if (tree === undefined) continue;
    const own = textsOf(reading, child(tree, 'profiles'));
    if (own.length > 0 && !profiles.has('*') && !own.some((profile) => profiles.has(profile))) {
      inactive.add(service);
      const reason = `it is started only with ${own.length === 1 ? 'the profile' : 'one of the profiles'} ${own.join(', ')}: send profiles`;
      addNote(reading, child(tree, 'profiles') ?? tree, 'ignored', reason);
      continue;
    }
    const name = containerNameOf(reading, service, tree, project.name);
    const holder = holders.get(name);
    if (holder !== undefined) {
      addFault(
        reading,
        tree.entries.get('container_name') ?? tree,
        `the name ${name} is that of ${holder} too; give each its own`,
      );
    }
    holders.set(name, service);
    const { network = 'bridge', aliases } = readNetwork(reading, tree, project);
    const hasNames = network !== 'bridge';
    const networkAliases = hasNames ? namesOnNetwork(reading, { service, tree, name }, aliases) : [];
    const restartPolicy = readRestartPolicy(reading, tree).policy;
    all.set(service, { service, tree, name, network, networkAliases, restartPolicy });
  }
  return { all, inactive };
}

function readService(
  reading: Reading,
  member: Member,
  members: Members,
  project: Project,
  { env = {} }: ComposeInput,
): Draft {
  const { tree, name, network, networkAliases, restartPolicy, service } = member;
  const draft = createDraft(tree);
  checkKeys(reading, tree, SERVICE_KEYS, 'a service');
  put(draft, 'name', name, tree.entries.get('container_name') ?? tree);
  readImage(reading, draft, tree, `${project.name ?? 'berth'}-${service}`.toLowerCase());
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
  const text = textOf(reading, tree);
  if (tree === undefined || text === undefined) return;
  if (ON_LINK_CHANGE.includes(text)) put(draft, 'onLinkChange', text as OnLinkChange, tree);
  else addFault(reading, tree, `${JSON.stringify(text)} is no onLinkChange; write recreate or ignore`);
}

/** What definitions can't be, by themselves and together, told where it is written. */
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
      ? [{ pointer: `/${field}`, message: `has ${length} entries, and at most ${most} are taken` }]
      : [];
  });
}

const inFile = (draft: Draft, { pointer, message }: FieldFault): PlacedFault => ({
  at: originOf(draft, pointer),
  message,
});
