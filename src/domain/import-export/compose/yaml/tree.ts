/**
 * A YAML text as a tree of values that know where they were written. Anchors, aliases and merge keys are resolved; what two
 * readers could understand differently (a key twice, a key that is no text) is a fault, and so is a file that is small and
 * comes to very much.
 */

import {
  type Alias,
  Composer,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  Lexer,
  LineCounter,
  type Node,
  Parser,
  Scalar,
  visit,
  type YAMLMap,
  type YAMLSeq,
  type YAMLWarning,
} from 'yaml';
import { type Budget, createBudget, exceeded } from './budget.js';
import { plainScalar } from './scalars.js';

/** Place in the file. `line` and `column` begin at 1, `path` has the keys and indexes that lead there. */
export interface Place {
  readonly line: number;
  readonly column: number;
  readonly path: readonly (string | number)[];
  /** JSON pointer to the text in the request body, unless the body has a single text. */
  readonly file?: string;
  /** Variables in the value that are not set and have no default. */
  readonly unset?: readonly string[];
  /** Variables in the value that are set. No message repeats what they stand for: it may be a secret. */
  readonly variables?: Readonly<Record<string, string>>;
}

export interface ScalarTree {
  readonly kind: 'scalar';
  readonly at: Place;
  readonly value: string | number | boolean | null;
  /** The value where a text is wanted; see {@link plainScalar}. */
  readonly text: string;
  /** Text as written. */
  readonly source: string;
}

interface ListTree {
  readonly kind: 'list';
  readonly at: Place;
  readonly items: readonly Tree[];
}

export interface MapTree {
  readonly kind: 'map';
  readonly at: Place;
  /** Values by key, in the order of the file, merged ones last. The place of a value is that of its key. */
  readonly entries: ReadonlyMap<string, Tree>;
}

export type Tree = ScalarTree | ListTree | MapTree;

export interface PlacedFault {
  readonly at: Place;
  readonly message: string;
}

/** One document of a text. */
export interface ParsedDocument {
  readonly tree: Tree;
  /** Paths with the tag `!reset` or `!override`: what earlier files have there is dropped. */
  readonly resets: readonly Place['path'][];
}

type Parsed =
  | { readonly ok: true; readonly documents: readonly ParsedDocument[] }
  | { readonly ok: false; readonly faults: readonly PlacedFault[] };

/** Deeper than anything that the specification has. */
const MAX_DEPTH = 64;
/** Rule: YAML 1.2, 8.2.2, for keys without a question mark. Every fault and note of what is under a key repeats it. */
const MAX_KEY = 1024;
/** Maximum number of YAML syntax faults reported: only the first ones say anything. */
const MAX_FAULTS = 20;
const MAX_DOCUMENTS = 100;

/** The key that stands for the keys of another map. Rule: YAML 1.1, `tag:yaml.org,2002:merge`. */
const MERGE = '<<';

/**
 * Reads the documents of a text.
 *
 * @param file a JSON pointer to the text in the request body, unless the body has a single text
 */
export function parseDocuments(text: string, budget: Budget = createBudget(), file?: string): Parsed {
  const lines = new LineCounter();
  const placeOf = (offset: number, path: Place['path'] = []): Place => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1), path, ...(file !== undefined && { file }) };
  };
  const refuse = (...faults: readonly PlacedFault[]): Parsed => ({ ok: false, faults });

  const composed = compose(text, lines);
  if (typeof composed === 'number') {
    return refuse({ at: placeOf(composed), message: `is nested more than ${MAX_DEPTH} levels deep; make it flatter` });
  }
  if (composed.length === 0) return refuse({ at: placeOf(0), message: 'the file is empty' });
  if (composed.length > MAX_DOCUMENTS) {
    const start = composed[MAX_DOCUMENTS]?.range[0] ?? 0;
    return refuse({ at: placeOf(start), message: `has more than ${MAX_DOCUMENTS} documents; remove some` });
  }
  const unread = composed.flatMap(({ errors, warnings }) => [...errors, ...warnings.filter(isUnread)]);
  if (unread.length > 0) {
    const first = unread.slice(0, MAX_FAULTS);
    return refuse(...first.map(({ message, pos }) => ({ at: placeOf(pos[0]), message: `not YAML: ${said(message)}` })));
  }
  const built = composed.map((document) => build(document, placeOf, budget));
  const faults = built.flatMap((one) => ('faults' in one ? one.faults : []));
  if (faults.length > 0) return refuse(...faults);
  return { ok: true, documents: built.flatMap((one) => ('tree' in one ? [one] : [])) };
}

/**
 * The documents of a text, or the offset at which it is nested too deep. The depth is watched while the text is taken
 * apart, which needs no stack: putting it together calls itself for each level, and a hundred thousand brackets would end
 * the process.
 */
function compose(text: string, lines: LineCounter): readonly Document.Parsed[] | number {
  const parser = new Parser(lines.addNewLine);
  const tokens = [];
  lines.addNewLine(0);
  for (const lexeme of new Lexer().lex(text)) {
    tokens.push(...parser.next(lexeme));
    if (parser.stack.length > MAX_DEPTH + 2) return parser.offset;
  }
  tokens.push(...parser.end());
  const composer = new Composer({
    lineCounter: lines,
    prettyErrors: false,
    schema: 'core',
    merge: false,
    // Looked for where trees are built: there it takes time in proportion to the keys, not to their square.
    uniqueKeys: false,
    logLevel: 'error',
  });
  const documents: Document.Parsed[] = [];
  for (const document of composer.compose(tokens, true, text.length)) {
    documents.push(document as Document.Parsed);
    if (documents.length > MAX_DOCUMENTS) break;
  }
  return documents;
}

/** Tags by which a file changes those before it. Rule: compose-go, `reset.go`. */
const RESET = '!reset';
const OVERRIDE = '!override';

const isUnread = ({ code, message }: YAMLWarning): boolean =>
  code !== 'TAG_RESOLVE_FAILED' || !(message.endsWith(`: ${RESET}`) || message.endsWith(`: ${OVERRIDE}`));

/** A message without the text that it may end in, which may be part of a secret: `Unresolved tag: !pass`. */
const said = (message: string): string => message.replace(/: [!|>].*$/s, '');

type PlaceOf = (offset: number, path?: Place['path']) => Place;

function build(
  document: Document.Parsed,
  placeOf: PlaceOf,
  budget: Budget,
): ParsedDocument | { readonly faults: readonly PlacedFault[] } {
  const faults: PlacedFault[] = [];
  const resets: Place['path'][] = [];
  const targets = anchored(document);
  /** The collections that are being read: none is part of itself, and none is deeper than {@link MAX_DEPTH}. */
  const open = new Set<Node>();

  const fault = (node: Node | null, path: Place['path'], message: string): undefined => {
    faults.push({ at: placeOf(node?.range?.[0] ?? 0, path), message });
  };

  const isTooMuch = (): boolean => exceeded(budget) !== undefined;

  /** Counts a value; false, with a fault the first time, where the file comes to too much. */
  function count(node: Node | null, path: Place['path'], text: string): boolean {
    const wasTooMuch = isTooMuch();
    budget.values += 1;
    budget.characters += text.length;
    const most = exceeded(budget);
    if (most !== undefined && !wasTooMuch) {
      fault(node, path, `with its aliases the file has more than ${most}; remove some`);
    }
    return most === undefined;
  }

  /** @param key where the key is that it belongs to */
  function tree(node: Node | null, path: Place['path'], key?: Place): Tree | undefined {
    if (!count(node, path, isScalar(node) ? String(node.value) : '')) return undefined;
    const at = key ?? placeOf(node?.range?.[0] ?? 0, path);
    if (node?.tag === RESET || node?.tag === OVERRIDE) resets.push(path);
    if (node?.tag === RESET) return undefined;
    if (isAlias(node)) {
      const target = targets.get(node);
      if (target === undefined) return fault(node, path, unanchored(node.source, path));
      return tree(target, path, at);
    }
    if (isScalar(node) || node === null) return scalarTree(node, at);
    return within(node, path, () =>
      isMap(node)
        ? mapTree(node as YAMLMap<Node, Node | null>, path, at)
        : listTree(node as YAMLSeq<Node | null>, path, at),
    );
  }

  /** Reads a collection, unless that would never come to an end. */
  function within<T>(node: Node, path: Place['path'], read: () => T): T | undefined {
    if (open.has(node)) return fault(node, path, 'an alias in it refers to the whole value');
    if (open.size === MAX_DEPTH)
      return fault(node, path, `is nested more than ${MAX_DEPTH} levels deep; make it flatter`);
    open.add(node);
    const value = read();
    open.delete(node);
    return value;
  }

  function listTree({ items }: YAMLSeq<Node | null>, path: Place['path'], at: Place): ListTree {
    return { kind: 'list', at, items: items.flatMap((item, index) => tree(item, [...path, index]) ?? []) };
  }

  function mapTree(map: YAMLMap<Node, Node | null>, path: Place['path'], at: Place): MapTree {
    const entries = new Map<string, Tree>();
    const merged: Node[] = [];
    const seen = new Set<string>();
    for (const { key, value } of map.items) {
      if (isTooMuch()) break;
      const name = keyText(key);
      if (name === undefined) {
        fault(key, path, keyFault(key));
        continue;
      }
      if (name.length > MAX_KEY) {
        fault(key, path, `a key may have at most ${MAX_KEY} characters, and this one has ${name.length}`);
        continue;
      }
      budget.characters += name.length;
      const own = [...path, name];
      if (seen.has(name)) fault(key, own, `${JSON.stringify(name)} occurs twice; remove one`);
      seen.add(name);
      if (isMergeKey(key)) {
        if (value === null) fault(key, own, NO_MERGE);
        else merged.push(value);
        continue;
      }
      const read = tree(value, own, placeOf(key?.range?.[0] ?? 0, own));
      if (read !== undefined) entries.set(name, read);
    }
    for (const node of merged) merge(node, entries, seen, path);
    return { kind: 'map', at, entries };
  }

  const targetOf = (node: Node): Node | undefined => (isAlias(node) ? targets.get(node) : node);

  /** Puts in the keys of a map, or of several, that are not there yet. */
  function merge(node: Node, entries: Map<string, Tree>, seen: Set<string>, path: Place['path']): void {
    const given = targetOf(node);
    for (const source of isSeq(given) ? (given.items as Node[]) : [node]) {
      const map = targetOf(source);
      if (!isMap(map)) {
        fault(node, path, NO_MERGE);
        return;
      }
      // Also of an empty map: merges within each other come to as many as aliases do.
      if (!count(source, path, '')) return;
      const read = within(map, path, () => mapTree(map as YAMLMap<Node, Node | null>, path, placeOf(0, path)));
      for (const [name, value] of read?.entries ?? []) {
        if (seen.has(name)) continue;
        seen.add(name);
        entries.set(name, value);
      }
    }
  }

  const root = tree(document.contents, []);
  if (root === undefined && faults.length === 0) fault(document.contents, [], 'the value is empty');
  return faults.length === 0 && root !== undefined ? { tree: root, resets } : { faults };
}

function unanchored(name: string, path: Place['path']): string {
  if (isSecret(path)) return 'this is an alias without an anchor before it; put a value that begins with * in quotes';
  return `the alias *${name} has no anchor before it`;
}

/** Returns true for the place of a variable's value, or of a text that may be meant as one. */
export const isSecret = (path: Place['path']): boolean => path.includes('environment');

/** Maps each alias to its node: the last one before it that has its anchor. */
function anchored(document: Document.Parsed): ReadonlyMap<Alias, Node> {
  const anchors = new Map<string, Node>();
  const targets = new Map<Alias, Node>();
  visit(document, {
    Node(_, node) {
      if (isAlias(node)) {
        const target = anchors.get(node.source);
        if (target !== undefined) targets.set(node, target);
      } else if (node.anchor !== undefined) {
        anchors.set(node.anchor, node);
      }
    },
  });
  return targets;
}

/** A key that is a text; undefined for a number, a truth value, null, a list or a map. */
function keyText(key: Node | null): string | undefined {
  if (!isScalar(key)) return undefined;
  const { value } = scalarTree(key, NOWHERE);
  return isMergeKey(key) ? MERGE : typeof value === 'string' ? value : undefined;
}

function keyFault(key: Node | null): string {
  const source = isScalar(key) ? (key.source ?? '') : '';
  if (source === '') return 'a key must be a string; put it in quotation marks if it has other characters';
  return `the key ${source} is not a string but a ${typeof plainScalar(source).value}: put it in quotation marks`;
}

const NOWHERE: Place = { line: 1, column: 1, path: [] };
const MERGE_TAG = 'tag:yaml.org,2002:merge';
const NO_MERGE = '<< needs a map or a list of maps';

const isMergeKey = (key: Node | null): boolean =>
  isScalar(key) &&
  key.type === Scalar.PLAIN &&
  (key.tag === undefined || key.tag === MERGE_TAG) &&
  key.source === MERGE;

function scalarTree(node: Scalar | null, at: Place): ScalarTree {
  const source = node?.source ?? '';
  if (node === null || (node.type === Scalar.PLAIN && (node.tag === undefined || node.tag === OVERRIDE))) {
    return { kind: 'scalar', at, source, ...plainScalar(source) };
  }
  const { value } = node;
  const isOfCore = typeof value === 'number' || typeof value === 'boolean' || value === null;
  const text = value === null ? '' : String(value);
  return { kind: 'scalar', at, source, value: isOfCore ? value : text, text };
}
