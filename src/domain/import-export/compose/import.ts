/** Converts a Compose file to definitions. Rule: the Compose specification, as Docker Compose 2 reads it. */

import { type DefinitionInput, MAX_ENTRIES, type Spec } from '../../definition/definition.js';
import { CONTAINER_NAME_RULE, isContainerName } from '../../definition/names.js';
import { declare } from '../../definition/normalize.js';
import { findLinkFaults, type Linked } from '../../links/links.js';
import { DISCARDED, isEngineMode } from '../../networks/network-mode.js';
import { type FieldFault, failure, type Result, success } from '../../problems/result.js';
import { directoryFaults } from '../host-path.js';
import type { ImportNote } from '../import-note.js';
import { absent } from '../neighbours.js';
import { checkConsistency } from './consistency.js';
import { createDraft, type Draft, originOf, type Places, put } from './draft.js';
import { checkFiles, checkFileUses } from './file-uses/check-files.js';
import { readPlacedFiles } from './file-uses/placed-files.js';
import { FILE_KEYS } from './keys/file.js';
import { BERTH_KEYS, SERVICE_KEYS, UPDATE_WINDOW_KEYS } from './keys/service.js';
import { absentBase } from './load/extends.js';
import { type Loaded, type LoadInput, loadCompose, projectFault } from './load/load.js';
import { type Members, readMembers } from './members.js';
import { readVolumes } from './mounts.js';
import type { ExistingService } from './names.js';
import type { ComposeNetwork } from './networks/resource.js';
import { putNetworks } from './networks.js';
import { readPlainKeys } from './plain-keys.js';
import { readExpose, readPorts } from './ports.js';
import {
  readCommands,
  readEnvironment,
  readHealthcheck,
  readImage,
  readLabels,
  readLogging,
  readStopTimeout,
} from './process.js';
import { createProject, type Member, type PlacedNetwork, type Project } from './project.js';
import { readDependencies } from './references/dependencies.js';
import { readLinks } from './references/links.js';
import { readDeviceRequests } from './yaml/device-requests.js';
import { readLimits } from './yaml/limits.js';
import {
  addFault,
  addNote,
  checkKeys,
  child,
  flagOf,
  mapOf,
  pairsOf,
  parsed,
  placed,
  type Reading,
  stringOf,
} from './yaml/reading.js';
import type { MapTree, Place, PlacedFault, Tree } from './yaml/tree.js';
import { checkTypes } from './yaml/types.js';

export interface ComposeInput extends LoadInput {
  /**
   * Services with profiles are imported where one of theirs is among these; `*` is all. By default those of the variable
   * `COMPOSE_PROFILES`.
   */
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
  /** Networks to declare with the definitions. */
  readonly networks: readonly ComposeNetwork[];
  /** Places in the file of each network. */
  readonly networkPlaces: readonly Place[];
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
/**
 * Reads a file. A pure function of its input, which it doesn't change; input and result can be sent to another thread as
 * they are.
 */
export function importCompose(input: ComposeSource): ComposeResult {
  const misplaced = directoryFaults(input.projectDirectory);
  if (misplaced.length > 0) return { ok: false, faults: misplaced };
  const fault = input.project === undefined ? undefined : projectFault(input.project);
  if (fault !== undefined) return { ok: false, faults: [{ pointer: '/project', message: fault }] };
  const reading: Reading = { faults: [], notes: [] };
  const loaded = loadCompose(reading, input);
  const { root, set } = loaded;
  const read = root && readFile(root, set, input, loaded);
  if (root !== undefined) {
    checkTypes(reading, root);
    checkConsistency(reading, root);
  }
  if (read !== undefined && reading.faults.length === 0) reading.faults.push(...checkDefinitions(read.drafts));
  const faults = [
    ...new Map(reading.faults.map(faultInBody).map((one) => [`${one.pointer} ${one.message}`, one])).values(),
  ];
  if (read === undefined || faults.length > 0) return { ok: false, faults: faults.slice(0, MAX_FAULTS) };
  const { drafts } = read;
  return {
    ok: true,
    set: read.set,
    networks: read.networks.map(({ name, spec }) => ({ name, spec })),
    networkPlaces: read.networks.map(({ at }) => at),
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

/** Returns a fault of one of the networks as one of the file. */
export function networkFaultInFile({ networkPlaces }: ComposeImport, network: number, message: string): FieldFault {
  const at = networkPlaces[network];
  return at === undefined ? { pointer: '/compose', message } : faultInBody({ at, message });
}

const faultInBody = (fault: PlacedFault): FieldFault => ({
  pointer: fault.at.file ?? '/compose',
  message: placed(fault),
});

interface ReadFile {
  readonly set: string | null;
  readonly drafts: readonly Draft[];
  readonly networks: readonly PlacedNetwork[];
}

const EMPTY: MapTree = { kind: 'map', at: { line: 1, column: 1, path: ['services'] }, entries: new Map() };

function readFile(
  root: MapTree,
  set: string | null | undefined,
  { profiles, existing = [] }: ComposeSource,
  loaded: Loaded,
): ReadFile | undefined {
  const { reading, variables } = loaded;
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
  const active = new Set(profiles ?? listIn(variables['COMPOSE_PROFILES']));
  const members = readMembers(reading, { services: all, project, profiles: active, existing });
  const drafts = [...members.all.values()].map((member) => {
    const draft = readService(loaded, member, members, project);
    readPlacedFiles(loaded, draft, root, member.tree);
    return draft;
  });
  checkFiles(reading, root);
  checkFileUses(
    reading,
    root,
    [...members.all.values()].map(({ tree }) => tree),
  );
  project.noteUnused();
  return { set, drafts, networks: project.resources };
}

/** Rule: Docker Compose, `WithDefaultProfiles`. */
const listIn = (text = ''): readonly string[] => text.split(',').map((part) => part.trim());

function readService(loaded: Loaded, member: Member, members: Members, project: Project): Draft {
  const { reading, places } = loaded;
  const { key, tree, name, restarts, service } = member;
  const draft = createDraft(tree);
  checkKeys(reading, tree, SERVICE_KEYS, 'a service');
  const base = absentBase(tree);
  if (base !== undefined) addNote(reading, child(tree, 'extends') ?? tree, 'unsupported', absent(base));
  put(draft, 'name', name, tree.entries.get('container_name') ?? tree);
  if (service !== name) put(draft, 'service', service, tree);
  readImage(reading, draft, tree, `${project.name ?? 'berth'}-${key}`.toLowerCase());
  readCommands(reading, draft, tree);
  readEnvironment(loaded, draft, tree);
  readPlainKeys(reading, draft, tree);
  readStopTimeout(reading, draft, tree);
  readExpose(reading, draft, tree);
  const mode = member.networks.map(({ name: network }) => network).find(isEngineMode);
  if (mode === undefined) readPorts(reading, draft, tree);
  else noteDiscarded(reading, child(tree, 'ports'), mode);
  putNetworks(draft, member);
  readVolumes(reading, draft, tree, { project, places });
  readLabels(loaded, draft, tree);
  readHealthcheck(reading, draft, tree);
  put(draft, 'restartPolicy', restarts.policy, restarts.at);
  if (restarts.retries > 0) put(draft, 'restartMaxRetries', restarts.retries, restarts.at);
  readLogging(reading, draft, tree);
  readLimits(reading, draft, tree);
  readDeviceRequests(reading, draft, tree);
  const berth = mapOf(reading, child(tree, 'x-berth'));
  if (berth !== undefined) readBerth(reading, draft, berth);
  readLinks(reading, draft, member, members, berth);
  readDependencies(reading, draft, tree, members, berth);
  return draft;
}

/** Fields of `x-berth` that take one of a few words. */
const CHOICES = {
  onLinkChange: ['recreate', 'ignore'],
  onUnhealthy: ['none', 'restart'],
  boot: ['engine', 'held'],
  updatePolicy: ['manual', 'notify', 'automatic'],
} as const satisfies { readonly [F in keyof DefinitionInput]?: readonly DefinitionInput[F][] };

/** Docker discards published ports where there is nothing to publish them from. */
function noteDiscarded(reading: Reading, ports: Tree | undefined, network: string): void {
  if (ports !== undefined) addNote(reading, ports, 'ignored', DISCARDED[network] ?? '');
}

function readBerth(reading: Reading, draft: Draft, berth: MapTree): void {
  checkKeys(reading, berth, BERTH_KEYS, 'x-berth');
  put(draft, 'publishAll', flagOf(reading, child(berth, 'publishAll')), berth);
  const secrets = child(berth, 'secretEnv');
  const variables = pairsOf(reading, secrets).map(({ name, value = '' }) => [name, value]);
  if (variables.length > 0) put(draft, 'secretEnv', Object.fromEntries(variables), secrets);
  put(draft, 'keepNetworks', flagOf(reading, child(berth, 'keepNetworks')), berth);
  readUpdates(reading, draft, berth);
  for (const field of Object.keys(CHOICES) as (keyof typeof CHOICES)[]) {
    const tree = child(berth, field);
    const text = stringOf(reading, tree);
    if (tree === undefined || text === undefined) continue;
    const choices: readonly string[] = CHOICES[field];
    if (choices.includes(text)) put(draft, field, text as never, tree);
    else addFault(reading, tree, `${JSON.stringify(text)} is not valid for ${field}; write ${choices.join(' or ')}`);
  }
}

/** Reads when the image is updated. */
function readUpdates(reading: Reading, draft: Draft, berth: MapTree): void {
  put(draft, 'stateful', flagOf(reading, child(berth, 'stateful')), berth);
  const interval = child(berth, 'updateIntervalSeconds');
  put(draft, 'updateIntervalSeconds', parsed(reading, interval, wholeNumber), interval);
  const tree = child(berth, 'updateWindow');
  const window = mapOf(reading, tree);
  if (window === undefined) return;
  checkKeys(reading, window, UPDATE_WINDOW_KEYS, 'updateWindow');
  const part = (name: string): string => stringOf(reading, child(window, name)) ?? '';
  const timeZone = child(window, 'timeZone') !== undefined && { timeZone: part('timeZone') };
  put(draft, 'updateWindow', { from: part('from'), to: part('to'), ...timeZone }, tree);
}

const wholeNumber = (text: string): Result<number> =>
  /^\d{1,9}$/.test(text) ? success(Number(text)) : failure(`${JSON.stringify(text)} is not a whole number`);

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
    const lookup = (name: string): Linked => specs.get(name) ?? { ...spec, links: [] };
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
