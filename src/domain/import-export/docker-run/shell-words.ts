/**
 * Splits a command line into words as a shell does, without a shell.
 *
 * Rule: POSIX.1-2024, Shell Command Language, 2.2 (quoting), 2.3 (token recognition) and 2.6 (expansions). Variables are
 * those that came with the line. What a shell would run, or take from where the line is typed, is a fault with its place.
 * What every shell passes on as it stands as long as no file matches is taken so, with a note.
 *
 * Not by a library: against sh, `shlex` 3.0.0 keeps the backslash of `"\$"`, takes `#` for a word and `|`, `;`, `$A` for
 * text; `shell-quote` 1.12.0 splits at a continued line and at every kind of white space, and lets `a#b` begin a comment.
 * Neither tells where a word was.
 */

import type { LineFault, Word } from './line.js';
import {
  continuation,
  cut,
  fault,
  isNewline,
  LITERALLY,
  MAX_EXPANDED,
  matchAt,
  note,
  type Piece,
  readPiece,
  readTilde,
  type Scan,
  wordsOf,
} from './shell-scan.js';

export interface SplitLine {
  readonly words: readonly Word[];
  readonly faults: readonly LineFault[];
  /** Texts taken literally, and why that may not be what was meant. */
  readonly notes: readonly LineFault[];
  /** True if there is more of the line that could not be read. */
  readonly isCut: boolean;
}

/** Stands for a quoted part where only bare ones have a meaning. */
const QUOTED = '\0';
/** A backslash that is meant to continue a line, and white space or a comment between it and the end of that. */
const BROKEN_CONTINUATION = /\\[ \t]+(?:#[^\n]*)?\r?\n/y;
const AS_IT_STANDS =
  'it is used literally, as sh and bash do if no file matches the pattern; single quotation marks make sure of it';
const OPERATORS = '|&;<>()';
const BOUNDARY = new Set([...OPERATORS, ' ', '\t', '\n', undefined]);

/**
 * Splits a line.
 * @param from where to begin: what stands before is no part of the command
 * @param variables the shell's: what `$NAME` stands for
 */
export function splitLine(line: string, from = 0, variables: ReadonlyMap<string, string> = new Map()): SplitLine {
  const scan: Scan = { line, variables, faults: [], notes: [], at: from, isCut: false, room: MAX_EXPANDED };
  const words: Word[] = [];
  let isOver = false;
  while (!scan.isCut && skipBlanks(scan, from > 0)) {
    const char = line[scan.at] ?? '';
    if (isNewline(scan)) {
      scan.at += 1;
      isOver = words.length > 0;
    } else if (isOver) {
      cut(scan, line.length, 'a second command begins here; send one at a time (\\ at the end of a line continues it)');
    } else if ((char === ';' || char === '&') && words.length > 0 && isLast(line, scan.at + 1)) {
      if (char === '&') note(scan, scan.at, scan.at + 1, 'every container runs in the background');
      scan.at += 1;
    } else if (OPERATORS.includes(char)) {
      cut(scan, scan.at + 1, operatorFault(char));
    } else {
      words.push(...readWord(scan));
    }
  }
  return { words, faults: scan.faults, notes: scan.notes, isCut: scan.isCut };
}

/** Returns true if nothing but white space and comments is left. */
function isLast(line: string, at: number): boolean {
  const rest: Scan = { line, at, variables: new Map(), faults: [], notes: [], isCut: false, room: 0 };
  while (skipBlanks(rest, false)) {
    if (!isNewline(rest)) return false;
    rest.at += 1;
  }
  return true;
}

function operatorFault(char: string): string {
  return char === '<' || char === '>'
    ? `${char} would redirect to a file on the machine where the command is typed; remove it, or ${LITERALLY}`
    : `${char} would make this more than one command; send one at a time, or ${LITERALLY}`;
}

/** Continuations of Windows' shells: `^` of cmd and a backtick of PowerShell at the end of a line, after white space. */
const WINDOWS_CONTINUATION = /[\^`][ \t]*\r?\n/y;
/** The prompt that shells show before a continued line. */
const CONTINUED_PROMPT = /[ \t]*>[ \t]+/y;

/**
 * Goes on to the next thing that means something; false at the end.
 * @param hasPrompt whether the line began with a prompt, so that those of continued lines may be there too
 */
function skipBlanks(scan: Scan, hasPrompt: boolean): boolean {
  const { line } = scan;
  while (scan.at < line.length) {
    const char = line[scan.at];
    const continued = continuation(line, scan.at);
    if (continued > 0) {
      scan.at += continued;
      if (hasPrompt) scan.at += matchAt(CONTINUED_PROMPT, line, scan.at).length;
    } else if (char === ' ' || char === '\t') {
      scan.at += 1;
    } else if (char === '#') {
      scan.at = endOfLine(line, scan.at);
    } else if (char === '^' || char === '`') {
      const windows = matchAt(WINDOWS_CONTINUATION, line, scan.at);
      if (windows === '') return true;
      const message = `${char} at the end of a line continues it, as in a Windows shell`;
      if (!scan.notes.some((one) => one.message === message)) note(scan, scan.at, scan.at + 1, message);
      scan.at += windows.length;
    } else {
      return true;
    }
  }
  return false;
}

function readWord(scan: Scan): readonly Word[] {
  const { line, at } = scan;
  const pieces: Piece[] = [];
  let end = at;
  readTilde(scan, pieces);
  while (!scan.isCut && !BOUNDARY.has(line[scan.at]) && !isNewline(scan)) {
    const continued = continuation(line, scan.at);
    const broken = matchAt(BROKEN_CONTINUATION, line, scan.at);
    if (continued > 0) {
      scan.at += continued;
      continue;
    }
    if (broken !== '') {
      const message =
        'this backslash is not the last character of its line, so it continues nothing; delete what follows it';
      fault(scan, scan.at, scan.at + 1, message);
      scan.at += broken.length;
      break;
    }
    readPiece(scan, pieces);
    end = Math.max(scan.at, at + 1);
  }
  if (!scan.isCut) checkBare(scan, pieces, at, Math.max(end, at + 1));
  return wordsOf(pieces).map((text) => ({ text, at, end: Math.max(end, at + 1) }));
}

function checkBare(scan: Scan, pieces: readonly Piece[], at: number, end: number): void {
  const bare = pieces.map(({ kind, text }) => (kind === 'bare' ? text : QUOTED)).join('');
  const wrong = mistypedFault(bare) ?? expansionFault(bare);
  if (wrong !== undefined) {
    fault(scan, at, end, wrong);
    return;
  }
  const glob = pieces.map(({ kind, text }) => (kind === 'quoted' ? QUOTED : text)).join('');
  const bracket = glob.indexOf('[');
  if (/[*?]/.test(glob) || (bracket !== -1 && glob.lastIndexOf(']') > bracket + 1)) note(scan, at, end, AS_IT_STANDS);
}

/** Returns a fault where shells, though not all of them, would replace a word. */
function expansionFault(bare: string): string | undefined {
  if (/^[A-Za-z_]\w*=(?:.*:)?~/s.test(bare)) {
    return `some shells would replace ~ by the home directory; write the path, or ${LITERALLY}`;
  }
  return hasBraces(bare)
    ? `many shells would expand the braces to several words; write the words, or ${LITERALLY}`
    : undefined;
}

/** White space that shells don't know, characters that are not seen, and quotes that are none. */
function mistypedFault(bare: string): string | undefined {
  const [odd] = /[\u00a0\u1680\u2000-\u200d\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]/.exec(bare) ?? [];
  if (odd !== undefined) {
    const isSeen = /\s/.test(odd) && odd !== '\ufeff';
    return `U+${hex(odd)} is ${isSeen ? 'a space at which no shell splits words: write an ordinary one' : 'an invisible character: remove it'}`;
  }
  const [, quote] = /(?:^|[=:,])([\u2018-\u201f\u00ab\u00bb])/.exec(bare) ?? [];
  if (quote === undefined) return undefined;
  return `U+${hex(quote)} is not a quotation mark for a shell: write ${/[\u2018-\u201b]/.test(quote) ? "'" : '"'}, or ${LITERALLY}`;
}

const hex = (char: string): string => (char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');

/** `{a,b}`, `{1..3}`: not POSIX's, but what bash and zsh do with a line that is typed there. */
function hasBraces(bare: string): boolean {
  const open: { divides: boolean }[] = [];
  for (let at = 0; at < bare.length; at += 1) {
    const char = bare[at];
    const level = open.at(-1);
    if (char === '{') open.push({ divides: false });
    else if (level === undefined) continue;
    else if (char === ',' || (char === '.' && bare[at + 1] === '.')) level.divides = true;
    else if (char === '}' && open.pop()?.divides) return true;
  }
  return false;
}

function endOfLine(line: string, at: number): number {
  const newline = line.indexOf('\n', at);
  return newline === -1 ? line.length : newline;
}
