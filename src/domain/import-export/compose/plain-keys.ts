/** Reads and writes the keys of a service that set one field as it is. */

import { isSameJson } from '../../../lib/canonical-json.js';
import type { DefinitionInput, Spec } from '../../definition/definition.js';
import { SPEC } from '../../definition/spec.js';
import { isCdiName } from '../../docker/option-values.js';
import { isProfileFile, isUsualOption } from '../../docker/security-options.js';
import { parseBytes, parseInteger } from '../../docker/values.js';
import { pointer, success } from '../../problems/result.js';
import type { Plain } from '../plain.js';
import { type Draft, put, setOrigin } from './draft.js';
import { SERVICE_KEYS } from './keys/service.js';
import { addNote, child, flagOf, pairsOf, parsed, type Reading, stringOf, textOf } from './yaml/reading.js';
import type { MapTree, Tree } from './yaml/tree.js';

const PLAIN_KEYS = Object.entries(SERVICE_KEYS).flatMap(([key, handling]) =>
  handling.kind === 'taken' && handling.plain !== undefined ? [{ key, ...handling.plain }] : [],
);

/** Reads the plain keys of a service into its definition. */
export function readPlainKeys(reading: Reading, draft: Draft, service: MapTree): void {
  for (const { key, is, field } of PLAIN_KEYS) {
    const tree = child(service, key);
    if (tree === undefined) continue;
    const entries = ENTRIES[is]?.(reading, tree);
    const value = entries === undefined ? READ[is]?.(reading, tree) : entries.map(({ value }) => value);
    if (value === undefined || isSameJson(value, SPEC[field].default)) continue;
    put(draft, field, value as DefinitionInput[typeof field], tree);
    for (const [index, { tree: at }] of (entries ?? []).entries()) setOrigin(draft, pointer(field, index), at);
  }
}

interface Entry {
  readonly value: string;
  readonly tree: Tree;
}

type Reader<T> = (reading: Reading, tree: Tree) => T | undefined;

/** Readers of lists: each entry with its place. */
const ENTRIES: Readonly<Partial<Record<Plain['is'], Reader<readonly Entry[]>>>> = {
  texts: (reading, tree) => {
    // A map is a fault of its type.
    if (tree.kind === 'map') return [];
    return entriesOf(reading, tree.kind === 'list' ? tree.items : [tree]);
  },
  hosts: (reading, tree) => {
    if (tree.kind !== 'map') return ENTRIES.texts?.(reading, tree)?.flatMap(eachAddress);
    return [...tree.entries].flatMap(([name, at]) =>
      entriesOf(reading, at.kind === 'list' ? at.items : [at]).flatMap(({ value, tree: place }) =>
        eachAddress({ value: `${name}=${value}`, tree: place }),
      ),
    );
  },
  devices: (reading, tree) =>
    (tree.kind === 'list' ? tree.items : []).flatMap((at) => {
      const parts =
        at.kind === 'map' ? ['source', 'target', 'permissions'].map((key) => textOf(reading, child(at, key))) : [];
      const [source = '', target = source, mode = 'rwm'] = parts;
      const value = at.kind === 'map' ? `${source}:${target}:${mode}` : textOf(reading, at);
      if (value === undefined) return [];
      return isCdiName(value) ? [] : { value, tree: at };
    }),
  options: (reading, tree) =>
    (ENTRIES.texts?.(reading, tree) ?? []).filter(({ value, tree: at }) => {
      if (isProfileFile(value)) addNote(reading, at, 'unsupported', NO_PROFILE);
      return !isProfileFile(value) && !isUsualOption(value);
    }),
  ulimits: (reading, tree) =>
    tree.kind === 'map'
      ? [...tree.entries].flatMap(([name, at]) => {
          const limits = at.kind === 'map' ? [child(at, 'soft'), child(at, 'hard')] : [at];
          return { value: `${name}=${limits.map((limit) => textOf(reading, limit) ?? '').join(':')}`, tree: at };
        })
      : ENTRIES.texts?.(reading, tree),
};

/** `name=192.0.2.1,192.0.2.2` is two. Rule: compose-go, `HostsList`. */
const eachAddress = ({ value, tree }: Entry): readonly Entry[] => {
  const [first = '', ...others] = value.split(',');
  const name = first.slice(0, first.search(/[=:]/));
  return [first, ...others.map((address) => `${name}=${address}`)].map((one) => ({ value: one, tree }));
};

const NO_OTHERS = "containers can't share namespaces with other containers: remove it";
const NO_PROFILE = "profiles of one's own can't be passed on: write seccomp=unconfined, if the policy allows it";

const entriesOf = (reading: Reading, trees: readonly Tree[]): readonly Entry[] =>
  trees.flatMap((tree) => {
    const value = textOf(reading, tree);
    return value === undefined ? [] : [{ value, tree }];
  });

/** Readers of single values; for Compose an empty text and 0 are none. */
const READ: Readonly<Partial<Record<Plain['is'], Reader<unknown>>>> = {
  text: (reading, tree) => stringOf(reading, tree) || undefined,
  namespace: (reading, tree) => {
    const mode = stringOf(reading, tree) ?? '';
    if (!/^(?:container|service):/.test(mode)) return ['', 'private', 'shareable'].includes(mode) ? undefined : mode;
    addNote(reading, tree, 'unsupported', NO_OTHERS);
    return undefined;
  },
  switch: (reading, tree) => flagOf(reading, tree) || undefined,
  number: (reading, tree) => parsed(reading, tree, parseInteger) || undefined,
  bytes: (reading, tree) =>
    parsed(reading, tree, (text) => (text === '-1' ? success(-1) : parseBytes(text))) || undefined,
  pairs: (reading, tree) => {
    const pairs = pairsOf(reading, tree).map(({ name, value = '' }) => [name, value]);
    return pairs.length === 0 ? undefined : Object.fromEntries(pairs);
  },
};

/** Returns the plain keys of a definition's service. */
export function writePlainKeys(spec: Spec): Readonly<Record<string, unknown>> {
  const keys = PLAIN_KEYS.flatMap(({ key, is, field }) => {
    const value = spec[field];
    return value === undefined
      ? []
      : [[key, is === 'ulimits' ? ulimitsOf(value as readonly string[]) : written(value)]];
  });
  return Object.fromEntries(keys);
}

function written(value: unknown): unknown {
  if (typeof value === 'string') return escaped(value);
  if (Array.isArray(value)) return value.map(written);
  return typeof value === 'object' ? escapedValues(value as Readonly<Record<string, string>>) : value;
}

const ulimitsOf = (limits: readonly string[]) =>
  Object.fromEntries(
    limits.map((limit) => {
      const [name = '', soft, hard] = limit.split(/[=:]/);
      return [name, { soft: Number(soft), hard: Number(hard) }];
    }),
  );

/** A text in which a dollar sign begins no variable. */
export const escaped = (text: string): string => text.replaceAll('$', '$$$$');

/** A map in whose values a dollar sign begins no variable. */
export const escapedValues = (record: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, escaped(value)]));
