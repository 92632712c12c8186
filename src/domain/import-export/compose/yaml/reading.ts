/** Reading a tree by its keys: values of the right type or faults with their places, and notes of what is left out. */

import { listed } from '../../../../lib/sentence.js';
import { splitAtEquals } from '../../../../lib/text/env-entry.js';
import { nearestName } from '../../../../lib/text/nearest.js';
import { pointer, type Result } from '../../../problems/result.js';
import type { ImportNote } from '../../import-note.js';
import type { Plain } from '../../plain.js';
import type { MapTree, Place, PlacedFault, ScalarTree, Tree } from './tree.js';

/** Faults and notes found while reading. */
export interface Reading {
  readonly faults: PlacedFault[];
  readonly notes: ImportNote[];
}

/** Maximum characters of a value that a note repeats. */
const MAX_VALUE = 200;
/** Limit above the number that is reported, since some are the same. */
const MAX_FAULTS = 1000;
/** More than every service at once could have. An answer without the others would drop them in silence. */
const MAX_NOTES = 10_000;

export function addFault({ faults }: Reading, tree: Tree | Pick<Tree, 'at'>, message: string): undefined {
  if (faults.length === MAX_FAULTS) return;
  const { at } = tree;
  // Of a whole service no message repeats a value.
  const variables = 'kind' in tree && at.path.length > 2 ? placeOf(tree).variables : undefined;
  faults.push({ at: variables === undefined ? at : { ...at, variables }, message });
}

export function addNote(reading: Reading, tree: Tree, effect: ImportNote['effect'], reason: string): void {
  if (reading.notes.length === MAX_NOTES) {
    addFault(reading, tree, `more than ${MAX_NOTES} settings in it are unsupported; split the file`);
    return;
  }
  reading.notes.push({
    at: pointer(...tree.at.path),
    ...(tree.at.file !== undefined && { file: tree.at.file }),
    value: written(tree),
    effect,
    reason: hiding(tree.at.path.length > 2 ? placeOf(tree) : tree.at, reason),
  });
}

/** A value as it was written, on one line. */
export function written(tree: Tree): string {
  const text = tree.kind === 'scalar' ? tree.source : JSON.stringify(plain(tree, ({ source }) => source));
  return text.length > MAX_VALUE ? `${text.slice(0, MAX_VALUE)}…` : text;
}

/** Returns a tree as plain data. @param textOf how texts in it are given */
export function plain(tree: Tree, textOf: (scalar: ScalarTree) => string = ({ text }) => text): unknown {
  if (tree.kind === 'scalar') {
    // What is not finite has no number in JSON.
    const isText = typeof tree.value === 'string' || (typeof tree.value === 'number' && !Number.isFinite(tree.value));
    return isText ? textOf(tree) : tree.value;
  }
  if (tree.kind === 'list') return tree.items.map((item) => plain(item, textOf));
  return Object.fromEntries([...tree.entries].map(([key, value]) => [key, plain(value, textOf)]));
}

/** True if it asks for nothing: null, false, an empty text, list or map. */
export function isNothing(tree: Tree): boolean {
  if (tree.kind === 'list') return tree.items.length === 0;
  if (tree.kind === 'map') return tree.entries.size === 0;
  return tree.value === null || tree.value === '' || FLAGS.get(tree.text.toLowerCase()) === false;
}

/** Texts that stand for true and false. Rule: compose-go, `interpolate.go`. */
const FLAGS: ReadonlyMap<string, boolean> = new Map([
  ...['true', 'yes', 'y', 'on'].map((text) => [text, true] as const),
  ...['false', 'no', 'n', 'off'].map((text) => [text, false] as const),
]);

export const isNull = (tree: Tree): boolean => tree.kind === 'scalar' && tree.value === null;

/** The value of a key; undefined where it is not there, or null. */
export function child(map: MapTree, key: string): Tree | undefined {
  const tree = map.entries.get(key);
  return tree === undefined || isNull(tree) ? undefined : tree;
}

/** A value that YAML itself reads as a text; undefined and a fault for a number or a truth value. */
export function stringOf(reading: Reading, tree: Tree | undefined): string | undefined {
  const scalar = scalarOf(reading, tree, 'a string');
  if (scalar === undefined || scalar.value === null || typeof scalar.value === 'string') return scalar?.text;
  return addFault(
    reading,
    scalar,
    `${scalar.source} is a ${typeof scalar.value} and must be a string: put it in quotation marks`,
  );
}

/** A text; numbers and truth values are written out. */
export function textOf(reading: Reading, tree: Tree | undefined): string | undefined {
  return scalarOf(reading, tree, 'a string')?.text;
}

/** A value that a text or a number stands for. */
export function parsed<T>(reading: Reading, tree: Tree | undefined, parse: (text: string) => Result<T>): T | undefined {
  return parsedFrom(reading, tree, textOf(reading, tree), parse);
}

/** A value that a text stands for; a number is a fault. */
export function parsedString<T>(
  reading: Reading,
  tree: Tree | undefined,
  parse: (text: string) => Result<T>,
): T | undefined {
  return parsedFrom(reading, tree, stringOf(reading, tree), parse);
}

function parsedFrom<T>(
  reading: Reading,
  tree: Tree | undefined,
  text: string | undefined,
  parse: (text: string) => Result<T>,
): T | undefined {
  if (tree === undefined || text === undefined) return undefined;
  const read = parse(text);
  return read.ok ? read.value : addFault(reading, tree, read.message);
}

/** True or false, as YAML or as a text: variables are always texts. */
export function flagOf(reading: Reading, tree: Tree | undefined): boolean | undefined {
  const scalar = scalarOf(reading, tree, 'true or false');
  if (scalar === undefined) return undefined;
  const flag = FLAGS.get(scalar.text.toLowerCase());
  return flag ?? addFault(reading, scalar, `${JSON.stringify(scalar.text)} is not a boolean; write true or false`);
}

function scalarOf(reading: Reading, tree: Tree | undefined, what: string): ScalarTree | undefined {
  if (tree === undefined || tree.kind === 'scalar') return tree;
  return addFault(reading, tree, `is a ${tree.kind}, and must be ${what}`);
}

/** The items of a list; none where it is not there. */
export function itemsOf(reading: Reading, tree: Tree | undefined): readonly Tree[] {
  if (tree === undefined || tree.kind === 'list') return tree?.items ?? [];
  addFault(reading, tree, 'must be a list');
  return [];
}

/** The items of a list in which none may be there twice. */
export function uniqueItemsOf(reading: Reading, tree: Tree | undefined): readonly Tree[] {
  const seen = new Set<string>();
  return itemsOf(reading, tree).filter((item) => {
    const key = JSON.stringify(plain(item));
    if (seen.has(key)) addFault(reading, item, `${written(item)} is in the list twice; remove the duplicate`);
    return !seen.has(key) && seen.add(key);
  });
}

/** A list of texts. */
export function stringsOf(reading: Reading, tree: Tree | undefined): readonly string[] {
  return itemsOf(reading, tree).flatMap((item) => stringOf(reading, item) ?? []);
}

export function mapOf(reading: Reading, tree: Tree | undefined): MapTree | undefined {
  if (tree === undefined || tree.kind === 'map') return tree;
  return addFault(reading, tree, 'must be a map');
}

/** `NAME: value` or `- NAME=value`; the value is undefined where there is none (`NAME:`, `- NAME`). */
export function pairsOf(
  reading: Reading,
  tree: Tree | undefined,
): readonly { readonly name: string; readonly value: string | undefined; readonly tree: Tree }[] {
  if (tree?.kind === 'map') {
    return [...tree.entries].flatMap(([name, value]) => {
      const text = isNull(value) ? undefined : textOf(reading, value);
      return isNull(value) || text !== undefined ? [{ name, value: text, tree: value }] : [];
    });
  }
  if (tree !== undefined && tree.kind !== 'list') {
    addFault(reading, tree, 'must be a map or a list of NAME=value');
    return [];
  }
  const pairs = itemsOf(reading, tree).flatMap((item) => {
    const text = stringOf(reading, item);
    if (text === undefined) return [];
    const [name, value] = splitAtEquals(text);
    return [{ name, value, tree: item }];
  });
  const last = new Map(pairs.map((pair) => [pair.name, pair]));
  return pairs.filter((pair) => {
    const counted = last.get(pair.name);
    if (counted !== pair && counted?.value !== pair.value) {
      addNote(reading, pair.tree, 'ignored', `${pair.name} occurs again later, and the last one counts`);
    }
    return counted === pair;
  });
}

/** Handling of a key: it is read elsewhere, or left out with a reason. */
export type Fate =
  | {
      readonly kind: 'taken';
      /** Field that has its value as it is. */
      readonly plain?: Plain;
    }
  | {
      readonly kind: 'left';
      readonly effect: ImportNote['effect'];
      readonly reason: string;
      /** Values that ask for what every container has anyway; by default those that ask for nothing. */
      readonly usual?: (tree: Tree) => boolean;
    };

/**
 * Reads every key of a map by its table. One that is not taken is noted, and so is one that is unknown: a key that a newer
 * version of Compose has may not cost the rest of the file.
 */
export function checkKeys(
  reading: Reading,
  map: MapTree,
  handlings: Readonly<Record<string, Fate>>,
  what: string,
): void {
  for (const [key, tree] of map.entries) {
    const handling = Object.hasOwn(handlings, key) ? handlings[key] : undefined;
    if (handling === undefined) {
      if (!key.startsWith('x-')) addNote(reading, tree, 'unsupported', unknownKey(key, Object.keys(handlings), what));
    } else if (handling.kind === 'left' && !(handling.usual ?? isNothing)(tree)) {
      addNote(reading, tree, handling.effect, handling.reason);
    }
  }
}

function unknownKey(key: string, known: readonly string[], what: string): string {
  const nearest = nearestName(key, known);
  const hint = nearest ? `did you mean ${nearest}?` : 'remove it, or prefix it with x- to have it ignored';
  return `${JSON.stringify(key)} is not a known key of ${what}: ${hint}`;
}

/** `line 4, column 7, /services/web/ports/0: …`. The cause comes first where it is a variable that is not set. */
export function placed({ at, message }: PlacedFault): string {
  return `${placeText(at)}: ${unsetText(at)}${hiding(at, message)}`;
}

/** Values shorter than that are hidden only as a whole: they are in too many words. */
const MIN_PART = 4;

/** A message that has the names of the variables in a value, and not what they stand for. */
function hiding({ variables = {} }: Place, message: string): string {
  return Object.entries(variables).reduce((text, [name, value]) => {
    const quoted = JSON.stringify(value);
    const part = value.length < MIN_PART ? quoted : quoted.slice(1, -1);
    const shown = value.length < MIN_PART ? `"\${${name}}"` : `\${${name}}`;
    const isIn = value !== '' && part.length <= text.length;
    return isIn ? text.replaceAll(new RegExp(escaped(part), 'gi'), () => shown) : text;
  }, message);
}

const escaped = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);

function unsetText({ unset = [] }: Place): string {
  if (unset.length === 0) return '';
  return `${listed(unset)} ${unset.length === 1 ? 'is not set: send it' : 'are not set: send them'} in env. Otherwise, `;
}

/** Returns the place of a value, with the variables anywhere in it. */
export function placeOf(tree: Tree): Place {
  if (tree.kind === 'scalar') return tree.at;
  const places = (tree.kind === 'list' ? tree.items : [...tree.entries.values()]).map(placeOf);
  const unset = [...new Set(places.flatMap((place) => place.unset ?? []))];
  const variables = Object.assign({}, ...places.map((place) => place.variables ?? {}));
  return {
    ...tree.at,
    ...(unset.length > 0 && { unset }),
    ...(Object.keys(variables).length > 0 && { variables }),
  };
}

function placeText({ line, column, path }: Place): string {
  const where = path.length === 0 ? '' : `, ${pointer(...path)}`;
  return `line ${line}, column ${column}${where}`;
}
