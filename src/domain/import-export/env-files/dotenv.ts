/**
 * Reads files of variables: `.env` and the files of `env_file`. Rule: compose-go, `dotenv/parser.go`: shell-like quotes, and
 * variables in values that aren't in single quotes.
 */

import { type Budget, createBudget, MAX_CHARACTERS } from '../compose/yaml/budget.js';
import { interpolate, type Variables } from '../compose/yaml/interpolate.js';

/** Variables of a file, or the first fault with its line. No message repeats a part of the file, which holds secrets. */
export type EnvFile =
  | {
      readonly ok: true;
      readonly values: Variables;
      /** Variables in values that are set nowhere, with the lines where they are. */
      readonly missing: readonly { readonly name: string; readonly line: number }[];
    }
  | { readonly ok: false; readonly line: number; readonly message: string };

/** Rule: Go, `unicode.IsSpace`. */
const SPACE = /[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;
const BLANKS = /[\t\v\f\r \u0085\u00a0]*/y;
const TRAILING = /[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+$/;
const EXPORT = /export[\t\n\f\r ]+/y;
const NAME = /[\p{L}\p{N}_.[\]\-\t\v\f\r \u0085\u00a0]*/uy;
const ESCAPE = /\\(?:[abcfnrtv$"\\]|0\d{0,3})/g;
const ESCAPED: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '"': '"',
  '\\': '\\',
  // Variables are put in afterwards, and there two dollar signs are one.
  $: '$$',
};

const FORM = 'write NAME=value, one on each line';

/**
 * @param outer variables that stand before those of the file where its values name them, and that a name without a value
 *   takes its value from
 * @param earlier variables of the files before it
 */
export function parseDotenv(
  text: string,
  outer: Variables,
  { earlier = {}, budget = createBudget() }: { readonly earlier?: Variables; readonly budget?: Budget } = {},
): EnvFile {
  const source = text.startsWith('\ufeff') ? text.slice(1) : text;
  const values: Record<string, string> = Object.create(null);
  const known: Record<string, string> = Object.assign(Object.create(null), earlier, outer);
  const missing: { name: string; line: number }[] = [];
  const lineAt = lineCounter(source);

  function set(name: string, value: string): void {
    values[name] = value;
    if (!Object.hasOwn(outer, name)) known[name] = value;
  }

  for (let at = statementAt(source, 0); at < source.length; at = statementAt(source, at)) {
    const line = lineAt(at);
    const start = at + matchAt(EXPORT, source, at).length;
    const written = matchAt(NAME, source, start);
    const name = written.replace(TRAILING, '');
    const end = start + written.length;
    const separator = source[end];
    if (separator !== undefined && !'=:\n'.includes(separator)) {
      return { ok: false, line, message: `a variable's name has a character that it can't have; ${FORM}` };
    }
    if (name.includes(' ')) return { ok: false, line, message: `a variable's name has a space in it; ${FORM}` };
    if (separator === undefined || separator === '\n') {
      if (Object.hasOwn(outer, name)) set(name, outer[name] ?? '');
      at = end;
      continue;
    }
    const value = valueAt(source, end + 1 + matchAt(BLANKS, source, end + 1).length);
    if (value === undefined) return { ok: false, line, message: 'a quotation mark is not closed; close it' };
    at = value.end;
    if (!value.hasVariables) {
      set(name, value.text);
      continue;
    }
    const read = interpolate(value.text, known, { most: MAX_CHARACTERS - budget.substituted, isSecret: true });
    if (!read.ok) return { ok: false, line, message: read.message };
    budget.substituted += read.value.text.length;
    missing.push(...read.value.missing.map((one) => ({ name: one, line })));
    set(name, read.value.text);
  }
  return { ok: true, values, missing };
}

/** Returns where the next statement begins, after white space and comments. */
function statementAt(source: string, from: number): number {
  let at = from;
  while (at < source.length) {
    const char = source[at] as string;
    if (char === '#') {
      const end = source.indexOf('\n', at);
      at = end === -1 ? source.length : end;
    } else if (SPACE.test(char)) at += 1;
    else break;
  }
  return at;
}

interface Value {
  readonly text: string;
  readonly end: number;
  readonly hasVariables: boolean;
}

/** Reads a value; undefined where its quotation mark isn't closed. */
function valueAt(source: string, at: number): Value | undefined {
  const quote = source[at];
  if (quote === '"' || quote === "'") return quotedAt(source, at, quote);
  const newline = source.indexOf('\n', at);
  const end = newline === -1 ? source.length : newline;
  const line = source.slice(at, end);
  const comment = line.indexOf(' #');
  return { text: (comment === -1 ? line : line.slice(0, comment)).replace(TRAILING, ''), end, hasVariables: true };
}

function quotedAt(source: string, open: number, quote: '"' | "'"): Value | undefined {
  let text = '';
  for (let at = open + 1; at < source.length; at += 1) {
    const char = source[at] as string;
    const next = source[at + 1];
    if (char === quote) {
      return { text: quote === '"' ? unescaped(text) : text, end: at + 1, hasVariables: quote === '"' };
    }
    if (char !== '\\' || next === undefined) text += char;
    else {
      text += next === quote ? quote : `\\${next}`;
      at += 1;
    }
  }
  return undefined;
}

/** Rule: compose-go, `expandEscapes`; an octal number has three digits after its zero. */
function unescaped(text: string): string {
  return text.replaceAll(ESCAPE, (found) => {
    const digits = found.slice(2);
    if (found[1] !== '0') return ESCAPED[found.slice(1)] ?? found;
    const code = /^[0-7]{3}$/.test(digits) ? Number.parseInt(digits, 8) : 256;
    return code < 256 ? String.fromCharCode(code) : `\\${digits}`;
  });
}

function matchAt(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? '';
}

/** Counts lines from place to place, in one pass over the text. */
function lineCounter(text: string): (at: number) => number {
  let line = 1;
  let counted = 0;
  return (at) => {
    for (let next = text.indexOf('\n', counted); next !== -1 && next < at; next = text.indexOf('\n', counted)) {
      line += 1;
      counted = next + 1;
    }
    return line;
  };
}
