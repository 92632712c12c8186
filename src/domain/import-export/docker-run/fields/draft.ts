/** A definition while it is gathered from flags, with where each part of it stands in the line. */

import { type DefinitionInput, type Healthcheck, type ListName, MAX_ENTRIES } from '../../../definition/definition.js';
import { pointer } from '../../../problems/result.js';
import type { HostPlaces } from '../../host-path.js';
import type { ImportNote } from '../../import-note.js';
import { createNeighbours, type Neighbours } from '../../neighbours.js';
import type { Given, LineFault, Span } from '../line.js';
import { noteOf, type PlacedNote } from '../notes.js';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
/** Lists to which each flag adds an entry. */
type List = Exclude<ListName, 'command' | 'entrypoint'>;
type Entry<L extends List> = NonNullable<DefinitionInput[L]>[number];

/** The parts of a definition that come whole from one flag. */
type Single = Mutable<Partial<Omit<DefinitionInput, List | MapName | 'healthcheck' | 'resources'>>>;

/** Maps to which each flag adds an entry. */
const MAPS = ['env', 'labels', 'sysctls', 'logOptions'] as const satisfies readonly (keyof DefinitionInput)[];
type MapName = (typeof MAPS)[number];

/** A network as one flag names it. */
export interface DraftNetwork {
  name: string;
  readonly aliases: string[];
  ipv4Address?: string;
  ipv6Address?: string;
  /** The highest has the default route. */
  priority: number;
  readonly given: Given;
}

export interface Draft {
  readonly single: Single;
  readonly lists: { readonly [L in List]: Entry<L>[] };
  readonly maps: Readonly<Record<MapName, Map<string, string>>>;
  readonly resources: Mutable<NonNullable<DefinitionInput['resources']>>;
  readonly health: Mutable<Partial<Healthcheck>>;
  readonly notes: PlacedNote[];
  readonly faults: LineFault[];
  /** Places by the pointer into the definition. */
  readonly places: Map<string, Span>;
  /** Flags by the pointer into the definition, for fields that a later flag may replace. */
  readonly givenFor: Map<string, Given>;
  readonly variables: ReadonlyMap<string, string>;
  /** Directories that relative paths of the host are relative to. */
  readonly hostPlaces: HostPlaces;
  /** Files that were sent with the line. */
  readonly files: Neighbours;
  /** Every network that was named, in the order of the line. */
  readonly networks: DraftNetwork[];
  /** The addresses on the first network that flags of their own gave. */
  readonly addresses: Map<'ipv4Address' | 'ipv6Address', Given>;
  /** The parts of the first network that `--network name=…,part=…` gave. */
  readonly networkParts: Set<string>;
}

export const newDraft = (
  variables: ReadonlyMap<string, string>,
  hostPlaces: HostPlaces,
  files: Readonly<Record<string, string>>,
): Draft => ({
  single: {},
  lists: Object.fromEntries(Object.keys(MAX_ENTRIES).map((list) => [list, []])) as unknown as Draft['lists'],
  maps: Object.fromEntries(MAPS.map((map) => [map, new Map()])) as unknown as Draft['maps'],
  resources: {},
  health: {},
  notes: [],
  faults: [],
  places: new Map(),
  givenFor: new Map(),
  variables,
  hostPlaces,
  files: createNeighbours(files),
  networks: [],
  addresses: new Map(),
  networkParts: new Set(),
});

export const LAST_COUNTS = 'it occurs again later, and the last one counts, as in docker run';

/** Fault of a flag, or undefined. */
export type Verdict = string | undefined;

/** Lists a flag as left out. That is no fault of it: there is nothing wrong. */
export function note(draft: Draft, given: Given, effect: ImportNote['effect'], reason: string): undefined {
  draft.notes.push(noteOf(given, effect, reason));
}

/** A field that one flag makes; like {@link note} nothing is wrong then. */
export function setField<K extends keyof Single>(draft: Draft, given: Given, field: K, value: Single[K]): undefined {
  draft.single[field] = value;
  draft.places.set(pointer(field), given);
}

/** One more entry of a list. */
export function addTo<L extends List>(draft: Draft, given: Given, list: L, entry: Entry<L>): undefined {
  const entries: Entry<L>[] = draft.lists[list];
  draft.places.set(pointer(list, entries.length), given);
  entries.push(entry);
}

/** One more entry of a list, unless the same flag gave the same value before: Docker counts it once. */
export function addOnce<L extends List>(draft: Draft, given: Given, list: L, entry: Entry<L>): undefined {
  const isRepeated = draft.lists[list].some((_, at) => {
    const earlier = draft.givenFor.get(pointer(list, at));
    return earlier?.flag === given.flag && earlier.value === given.value;
  });
  if (isRepeated) return;
  draft.givenFor.set(pointer(list, draft.lists[list].length), given);
  addTo(draft, given, list, entry);
}

/** An entry by its name; a later one of that name takes its place. */
export function setEntry(draft: Draft, given: Given, map: MapName, name: string, value = ''): Verdict {
  if (name === '__proto__') return `${name} is not an allowed name`;
  const at = pointer(map, name);
  const earlier = draft.givenFor.get(at);
  const isRepeated = earlier?.flag === given.flag && draft.maps[map].get(name) !== value;
  if (isRepeated) note(draft, earlier, 'ignored', LAST_COUNTS);
  draft.maps[map].set(name, value);
  draft.givenFor.set(at, given);
  draft.places.set(at, given);
  return undefined;
}

/** A part of a field; undefined where it says nothing. */
export function setPart<P extends 'resources' | 'health', K extends keyof Draft[P] & string>(
  draft: Draft,
  given: Given,
  [part, key]: readonly [P, K],
  value: Draft[P][K] | undefined,
): undefined {
  if (value !== undefined) draft[part][key] = value;
  draft.places.set(pointer(part === 'health' ? 'healthcheck' : part, key), given);
}

/** The definition that was gathered. Fields that nothing was said of are not there. */
export function inputOf(draft: Draft, image: string): DefinitionInput {
  const { single, lists, maps, resources, health } = draft;
  const { command: check, ...times } = health;
  return {
    ...single,
    image,
    ...Object.fromEntries(Object.entries(lists).filter(([, entries]) => entries.length > 0)),
    ...Object.fromEntries(MAPS.filter((map) => maps[map].size > 0).map((map) => [map, Object.fromEntries(maps[map])])),
    ...(check !== undefined && { healthcheck: { command: check, ...times } }),
    ...(Object.keys(resources).length > 0 && { resources }),
  };
}
