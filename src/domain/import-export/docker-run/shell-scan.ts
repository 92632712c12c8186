/** Reads the parts of a word: quotes, escapes and variables, as POSIX has them. */

import type { LineFault } from './line.js';
import { closingBrace, splitParameter } from './shell-parameter.js';

/** State of reading a line. */
export interface Scan {
  readonly line: string;
  readonly variables: ReadonlyMap<string, string>;
  readonly faults: LineFault[];
  readonly notes: LineFault[];
  at: number;
  isCut: boolean;
  /** Characters that variables may still come to. */
  room: number;
}

/** A part of a word. What an unquoted variable stands for is `expanded`: it is divided at white space. */
export interface Piece {
  readonly kind: 'bare' | 'quoted' | 'expanded';
  readonly text: string;
}

/** Characters that all variables of a line may come to. */
export const MAX_EXPANDED = 131_072;
export const LITERALLY = 'put it in single quotes to use it literally';
/** Defaults of variables within each other. */
const MAX_NESTING = 16;
const NAME = /[A-Za-z_]\w*/y;
/** A comment in backticks, which every shell puts nothing in the place of. */
const COMMENT = /`[ \t]*(?:#[^`\\\n]*)?`/y;

export function fault(scan: Scan, at: number, end: number, message: string): void {
  scan.faults.push({ at, end, message });
}

export function note(scan: Scan, at: number, end: number, message: string): void {
  scan.notes.push({ at, end, message });
}

/** A fault after which nothing can be told apart any more. */
export function cut(scan: Scan, end: number, message: string): void {
  fault(scan, scan.at, end, message);
  scan.at = end;
  scan.isCut = true;
}

/** Returns the text that a sticky expression matches at a place, or the empty text. */
export function matchAt(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? '';
}

/** A carriage return before it belongs to the line's end, as forms and Windows send it. */
export function isNewline({ line, at }: Scan): boolean {
  return line[at] === '\n' || (line[at] === '\r' && line[at + 1] === '\n');
}

/** The length of a backslash with the end of line that it takes away, or 0. */
export function continuation(line: string, at: number): number {
  if (line[at] !== '\\') return 0;
  if (line[at + 1] === '\n') return 2;
  return line[at + 1] === '\r' && line[at + 2] === '\n' ? 3 : 0;
}

/** The words that the parts of one come to: none where all of them are empty and unquoted. */
export function wordsOf(pieces: readonly Piece[]): readonly string[] {
  const words: string[] = [];
  let word: string | undefined;
  for (const { kind, text } of pieces) {
    if (kind !== 'expanded') {
      word = (word ?? '') + text;
      continue;
    }
    for (const part of text.split(/([ \t\n]+)/)) {
      if (part === '') continue;
      if (!/^[ \t\n]/.test(part)) {
        word = (word ?? '') + part;
      } else if (word !== undefined) {
        words.push(word);
        word = undefined;
      }
    }
  }
  return word === undefined ? words : [...words, word];
}

/** Reads a `~` at the beginning of a word: the home directory, which is the variable HOME. */
export function readTilde(scan: Scan, pieces: Piece[]): void {
  const { line, at } = scan;
  const [tilde = ''] = /^~[^/\s|&;<>()"'`$\\]*/.exec(line.slice(at, at + 256)) ?? [];
  const next = line[at + tilde.length];
  // A quoted part of it, or a variable, makes it no prefix.
  if (tilde === '' || (next !== undefined && '"\'`$\\'.includes(next))) return;
  scan.at += tilde.length;
  const home = tilde === '~' ? scan.variables.get('HOME') : undefined;
  if (home !== undefined) {
    pieces.push({ kind: 'quoted', text: take(scan, at, home) });
    return;
  }
  const message =
    tilde === '~'
      ? `a shell would replace ~ by the home directory, and HOME is not set: send it in env, or write the path`
      : `a shell would replace ${tilde} by a home directory; write the path, or ${LITERALLY}`;
  fault(scan, at, scan.at, message);
  pieces.push({ kind: 'quoted', text: '' });
}

/** Reads on by one character, quote or variable. */
export function readPiece(scan: Scan, pieces: Piece[]): void {
  const char = scan.line[scan.at] as string;
  if (char === "'") pieces.push({ kind: 'quoted', text: readSingleQuoted(scan) });
  else if (char === '"') pieces.push(...readDoubleQuoted(scan));
  else if (char === '\\') pieces.push({ kind: 'quoted', text: readEscape(scan) });
  else if (char === '$') pieces.push(...readDollar(scan, 'bare', 0));
  else if (char === '`') readBackticks(scan);
  else {
    pieces.push({ kind: 'bare', text: char });
    scan.at += 1;
  }
}

function readSingleQuoted(scan: Scan): string {
  const { line, at } = scan;
  const close = line.indexOf("'", at + 1);
  if (close === -1) {
    cut(scan, line.length, 'this single quotation mark is not closed; add another one at the end of the text');
    return '';
  }
  scan.at = close + 1;
  return line.slice(at + 1, close);
}

function readDoubleQuoted(scan: Scan, depth = 0): readonly Piece[] {
  const { line, at } = scan;
  const pieces: Piece[] = [{ kind: 'quoted', text: '' }];
  scan.at += 1;
  while (!scan.isCut && scan.at < line.length) {
    if (line[scan.at] === '"') {
      scan.at += 1;
      return pieces;
    }
    readQuotedPiece(scan, pieces, depth);
  }
  if (!scan.isCut) {
    scan.at = at;
    cut(scan, line.length, 'this double quotation mark is not closed; add another one at the end of the text');
  }
  return pieces;
}

/** Reads on within double quotes, where only a dollar sign, a backtick and some backslashes have a meaning. */
function readQuotedPiece(scan: Scan, pieces: Piece[], depth: number, escaped = '$`"\\'): void {
  const { line } = scan;
  const char = line[scan.at] as string;
  const next = line[scan.at + 1] ?? '';
  const continued = continuation(line, scan.at);
  if (continued > 0) {
    scan.at += continued;
  } else if (char === '$') {
    pieces.push(...readDollar(scan, 'quoted', depth));
  } else if (char === '`') {
    readBackticks(scan);
  } else {
    const isEscape = char === '\\' && next !== '' && escaped.includes(next);
    pieces.push({ kind: 'quoted', text: isEscape ? next : char });
    scan.at += isEscape ? 2 : 1;
  }
}

function readEscape(scan: Scan): string {
  const { line, at } = scan;
  const next = line[at + 1];
  if (next === undefined) {
    cut(scan, line.length, 'the line ends in a backslash, so it is incomplete; send the whole command');
    return '';
  }
  scan.at += 2;
  return next;
}

/** Nothing stands in the place of a comment, or of no command; anything else would run. */
function readBackticks(scan: Scan): void {
  const comment = matchAt(COMMENT, scan.line, scan.at);
  if (comment === '') cut(scan, scan.at + 1, commandFault('`…`'));
  else scan.at += comment.length;
}

const commandFault = (written: string): string =>
  `a shell would run ${written} and insert its output; write that output, or ${LITERALLY}`;

type Where = 'bare' | 'quoted';

/** The one command whose output is known: the directory in which the line is typed. */
const PWD_COMMAND = '(pwd)';

/** Reads a dollar sign that stands for itself, a variable, or what only a shell could know. */
function readDollar(scan: Scan, where: Where, depth: number): readonly Piece[] {
  const { line, at } = scan;
  let next = at + 1;
  for (let more = continuation(line, next); more > 0; more = continuation(line, next)) next += more;
  const char = line[next] ?? '';
  const name = matchAt(NAME, line, next);
  scan.at += 1;
  if (name !== '') {
    scan.at = next + name.length;
    return [value(scan, where, at, name)];
  }
  if (char !== '' && '0123456789@*#?-$!'.includes(char)) {
    scan.at = next + 1;
    fault(
      scan,
      at,
      scan.at,
      `only the shell where the command is typed knows $${char}; write the value, or ${LITERALLY}`,
    );
  } else if (char === '{') {
    return readParameter(scan, where, at, next, depth);
  } else if (char === '(') {
    const isPwd = line.startsWith(PWD_COMMAND, next);
    const directory = scan.variables.get('PWD');
    if (isPwd && directory !== undefined) {
      scan.at = next + PWD_COMMAND.length;
      return [expanded(where, take(scan, at, directory))];
    }
    const hint = 'send projectDirectory, or PWD in env, or write the path';
    scan.at = at;
    cut(scan, next + 1, isPwd ? `a shell would run $(pwd); ${hint}` : commandFault('$(…)'));
  } else if (char === '[' || (where === 'bare' && (char === "'" || char === '"'))) {
    scan.at = char === '[' ? next + 1 : next;
    fault(scan, at, next + 1, `shells disagree on $${char}; use ordinary quotation marks`);
  } else {
    return [{ kind: where, text: '$' }];
  }
  return [{ kind: 'quoted', text: '' }];
}

const expanded = (where: Where, text: string): Piece => ({ kind: where === 'bare' ? 'expanded' : 'quoted', text });

/** The value of a variable; one that is not set is a fault that names it. */
function value(scan: Scan, where: Where, at: number, name: string): Piece {
  const found = scan.variables.get(name);
  if (found === undefined) {
    fault(scan, at, scan.at, `${name} is not set: send it in env, or ${LITERALLY}`);
    return { kind: 'quoted', text: '' };
  }
  return expanded(where, take(scan, at, found));
}

/** Counts what variables come to, so that a short line can't stand for more than memory holds. */
function take(scan: Scan, at: number, text: string): string {
  scan.room -= text.length;
  if (scan.room >= 0) return text;
  const message = `with its variables the line has more than ${MAX_EXPANDED} characters; write a shorter one`;
  fault(scan, at, scan.at, message);
  scan.at = scan.line.length;
  scan.isCut = true;
  return '';
}

/** `${NAME}`, `${NAME:-default}`, `${NAME:+instead}`, `${NAME:?message}`. Rule: POSIX, 2.6.2. */
function readParameter(scan: Scan, where: Where, at: number, open: number, depth: number): readonly Piece[] {
  const { line, variables } = scan;
  const close = closingBrace(line, open, where === 'quoted' ? '"' : '"\'');
  scan.at = close === -1 ? line.length : close + 1;
  const none: readonly Piece[] = [{ kind: 'quoted', text: '' }];
  const parameter = close === -1 ? undefined : splitParameter(line.slice(open + 1, close));
  if (parameter === undefined || depth >= MAX_NESTING) {
    const form = 'write ${NAME}, ${NAME:-default} or ${NAME:+instead}';
    fault(scan, at, scan.at, `only a shell can evaluate this; ${form}, or ${LITERALLY}`);
    return none;
  }
  const { name, operator, wordAt } = parameter;
  const found = variables.get(name);
  const isSet = found !== undefined && !(operator.startsWith(':') && found === '');
  const word = (): readonly Piece[] => readDefault(scan, where, open + 1 + wordAt, close, depth + 1);
  switch (operator.at(-1)) {
    case undefined:
      return [value(scan, where, at, name)];
    case '+':
      return isSet ? word() : [expanded(where, '')];
    case '?': {
      if (isSet) break;
      const message = line.slice(open + 1 + wordAt, close);
      fault(scan, at, scan.at, `${name} is not set: send it in env${message === '' ? '' : ` (${message})`}`);
      return none;
    }
    default:
      if (!isSet) return word();
  }
  return [value(scan, where, at, name)];
}

/** The text after an operator, read as a word of its own that may have white space in it. */
function readDefault(scan: Scan, where: Where, from: number, end: number, depth: number): readonly Piece[] {
  const inner: Scan = { ...scan, line: scan.line.slice(0, end), at: from, isCut: false };
  const pieces: Piece[] = [expanded(where, '')];
  while (!inner.isCut && inner.at < end) {
    const char = inner.line[inner.at] as string;
    if (char === '$') {
      pieces.push(...readDollar(inner, where, depth));
    } else if (where === 'quoted' && char === '"') {
      // Quotes within quotes are taken away, and what is between them is quoted all the same.
      inner.at += 1;
    } else if (where === 'quoted') {
      readQuotedPiece(inner, pieces, depth, '$`"\\}');
    } else if (char === '"') {
      pieces.push(...readDoubleQuoted(inner, depth));
    } else if (continuation(inner.line, inner.at) > 0) {
      inner.at += continuation(inner.line, inner.at);
    } else if ("'\\`".includes(char)) {
      readPiece(inner, pieces);
    } else {
      pieces.push(expanded(where, char));
      inner.at += 1;
    }
  }
  scan.room = inner.room;
  if (inner.isCut) {
    scan.isCut = true;
    scan.at = scan.line.length;
  }
  return pieces;
}
