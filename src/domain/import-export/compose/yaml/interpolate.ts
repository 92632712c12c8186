/** Variables in the values of a Compose file. */

import { failure, type Result, success } from '../../../problems/result.js';
import { type Budget, createBudget, MAX_CHARACTERS } from './budget.js';
import { addFault, addNote, type Reading } from './reading.js';
import { isSecret, type ScalarTree, type Tree } from './tree.js';

interface Interpolated {
  readonly text: string;
  /** Variables that are not set and have no default: nothing was put in their place. */
  readonly missing: readonly string[];
}

export type Variables = Readonly<Record<string, string>>;

/** Maximum characters of a text that a message repeats. */
const MAX_SHOWN = 60;
/** Maximum nesting of defaults. */
const MAX_NESTING = 16;
const TOO_MUCH = `with its variables the file has more than ${MAX_CHARACTERS} characters; remove some`;
const NAME = /[A-Za-z_][A-Za-z0-9_]*/y;
const FORMS = 'write ${NAME}, ${NAME:-default}, ${NAME:?message} or ${NAME:+instead}, and $$ for a dollar sign';

/**
 * Puts the variables of a text in: `$NAME`, `${NAME}`, `${NAME:-default}`, `${NAME:?message}`, `${NAME:+instead}`, those
 * without the colon too, and within each other; `$$` is a dollar sign. A dollar sign before anything else stands for itself.
 * Rule: compose-go, `template.go`.
 *
 * @param options `most`: how many characters it may come to; `isSecret`: that no message repeats a part of it
 */
export function interpolate(
  text: string,
  variables: Variables,
  { most = MAX_CHARACTERS, isSecret = false }: { readonly most?: number; readonly isSecret?: boolean } = {},
): Result<Interpolated> {
  const missing = new Set<string>();
  const shown = isSecret ? () => 'a variable in it' : cut;
  const read = substitute(text, { variables, missing, most, shown }, 0);
  return read.ok ? success({ text: read.value, missing: [...missing] }) : read;
}

interface Context {
  readonly variables: Variables;
  readonly missing: Set<string>;
  readonly most: number;
  /** A part of the text as messages repeat it. */
  readonly shown: (part: string) => string;
}

function substitute(text: string, context: Context, depth: number): Result<string> {
  if (depth > MAX_NESTING) return failure(`has more than ${MAX_NESTING} nested variables`);
  let out = '';
  let at = 0;
  for (let dollar = text.indexOf('$'); dollar !== -1; dollar = text.indexOf('$', at)) {
    out += text.slice(at, dollar);
    const next = text[dollar + 1];
    const name = nameAt(text, dollar + 1);
    if (next === '{') {
      const end = closingBrace(text, dollar + 1);
      if (end === -1) return failure(`${context.shown(text.slice(dollar))} has no closing brace; ${FORMS}`);
      const value = braced(text.slice(dollar + 2, end), context, depth);
      if (!value.ok) return value;
      out += value.value;
      at = end + 1;
    } else if (name !== '') {
      out += valueFor(name, context);
      at = dollar + 1 + name.length;
    } else {
      out += '$';
      at = dollar + (next === '$' ? 2 : 1);
    }
    // A long value that is put in often is more than the file and the request together.
    if (out.length > context.most) return failure(TOO_MUCH);
  }
  return success(out + text.slice(at));
}

/** @param text what is between the braces */
function braced(text: string, context: Context, depth: number): Result<string> {
  const { variables } = context;
  const name = nameAt(text, 0);
  const [operator = '', word = ''] = /^(:?[-?+])(.*)$/s.exec(text.slice(name.length))?.slice(1) ?? [];
  if (name === '' || (operator === '' && text !== name)) {
    return failure(`${context.shown(`\${${text}}`)} is not a variable; ${FORMS}`);
  }
  const value = Object.hasOwn(variables, name) ? variables[name] : undefined;
  const isThere = value !== undefined && !(operator.startsWith(':') && value === '');
  const instead = (): Result<string> => substitute(word, context, depth + 1);
  switch (operator.at(-1)) {
    case '-':
      return isThere ? success(value) : instead();
    case '+':
      return isThere ? instead() : success('');
    case '?': {
      if (isThere) return success(value);
      const message = instead();
      if (!message.ok) return message;
      const detail = message.value === '' ? '' : `: ${cut(message.value)}`;
      return failure(`the file requires the variable ${name}${detail}; send it in env`);
    }
    default:
      return success(valueFor(name, context));
  }
}

function valueFor(name: string, { variables, missing }: Context): string {
  if (Object.hasOwn(variables, name)) return variables[name] ?? '';
  missing.add(name);
  return '';
}

function nameAt(text: string, at: number): string {
  NAME.lastIndex = at;
  return NAME.exec(text)?.[0] ?? '';
}

/** Finds the brace that closes the one at `open`; braces in between come in pairs. -1 if there is none. */
function closingBrace(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at += 1) {
    if (text[at] === '{') depth += 1;
    else if (text[at] === '}') depth -= 1;
    if (depth === 0) return at;
  }
  return -1;
}

const cut = (text: string): string => (text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text);

/** Returns every name that a text may mean as a variable. */
const namesIn = (text: string): readonly string[] => text.match(/[A-Za-z_][A-Za-z0-9_]*/g) ?? [];

const entryOf = (variables: Variables, name: string): readonly (readonly [string, string])[] =>
  Object.hasOwn(variables, name) ? [[name, variables[name] ?? '']] : [];

/**
 * A tree with its variables put in. Only texts have them, as in Docker Compose: keys and numbers don't. What is not set and
 * has no default is noted.
 */
export function interpolateTree(
  reading: Reading,
  tree: Tree,
  variables: Variables,
  budget: Budget = createBudget(),
): Tree {
  function put(tree: Tree): Tree {
    if (tree.kind === 'list') return { ...tree, items: tree.items.map(put) };
    if (tree.kind === 'map') {
      return { ...tree, entries: new Map([...tree.entries].map(([key, value]): [string, Tree] => [key, put(value)])) };
    }
    return typeof tree.value === 'string' && tree.value.includes('$') ? putInto(tree, tree.value) : tree;
  }

  function putInto(tree: ScalarTree, value: string): Tree {
    const most = MAX_CHARACTERS - budget.substituted;
    const read = interpolate(value, variables, { most, isSecret: isSecret(tree.at.path) });
    const named = Object.fromEntries(namesIn(value).flatMap((name) => entryOf(variables, name)));
    const place = Object.keys(named).length === 0 ? tree.at : { ...tree.at, variables: named };
    if (!read.ok) {
      addFault(reading, { at: place }, read.message);
      return tree;
    }
    const { text, missing } = read.value;
    budget.substituted += text.length;
    for (const name of missing) {
      const reason = `${name} is not set, and was replaced by an empty string: send it in env, or write \${${name}:-default}`;
      addNote(reading, tree, 'ignored', reason);
    }
    const at = missing.length === 0 ? place : { ...place, unset: missing };
    return { ...tree, at, value: text, text };
  }

  return put(tree);
}
