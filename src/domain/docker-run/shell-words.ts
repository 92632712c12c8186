/**
 * A command line as a shell splits it into words, without a shell.
 *
 * Rule: POSIX.1-2024, Shell Command Language, 2.2 (quoting) and 2.3 (token recognition). What a shell would put something
 * else in the place of, or run, is a fault with its place: what it would come to is only known where the line is typed.
 *
 * Not by a library: against sh, `shlex` 3.0.0 keeps the backslash of `"\$"`, takes `#` for a word and `|`, `;`, `$A` for
 * text; `shell-quote` 1.12.0 splits at a continued line and at every kind of white space, and lets `a#b` begin a comment.
 * Neither tells where a word was.
 */

/** A part of a line, in UTF-16 code units from 0; `end` is the first after it. */
export interface Span {
  readonly at: number;
  readonly end: number;
}

export interface Word extends Span {
  /** What a program would be given. */
  readonly text: string;
}

export interface LineFault extends Span {
  /** One sentence: what is wrong and what to do. */
  readonly message: string;
}

export interface SplitLine {
  readonly words: readonly Word[];
  readonly faults: readonly LineFault[];
  /** Whether there is more of the line that could not be read. */
  readonly isCut: boolean;
}

const OPERATORS = '|&;<>()';
const BOUNDARY = new Set([...OPERATORS, ' ', '\t', '\n', undefined]);
/** Stands for a quoted part where only bare ones have a meaning. */
const QUOTED = '\0';
const NAME = /[A-Za-z_]\w*/y;
const LITERALLY = 'to have it as it stands, put it in single quotes';

/** What is being read, and how far. */
interface Scan {
  readonly line: string;
  readonly faults: LineFault[];
  at: number;
  isCut: boolean;
}

/** @param from where to begin: what stands before is no part of the command */
export function splitLine(line: string, from = 0): SplitLine {
  const scan: Scan = { line, faults: [], at: from, isCut: false };
  const words: Word[] = [];
  let isOver = false;
  while (!scan.isCut && skipBlanks(scan)) {
    const char = line[scan.at] ?? '';
    if (isNewline(scan)) {
      scan.at += 1;
      isOver = words.length > 0;
    } else if (isOver) {
      cut(scan, line.length, 'a second command begins here; send one at a time (a \\ at its end continues a line)');
    } else if (OPERATORS.includes(char)) {
      cut(scan, scan.at + 1, operatorFault(char));
    } else {
      words.push(readWord(scan));
    }
  }
  return { words, faults: scan.faults, isCut: scan.isCut };
}

function operatorFault(char: string): string {
  if (char === '<' || char === '>') {
    return `${char} would connect the command with a file, which is the shell's work; take it out, or quote it if it is meant literally`;
  }
  return `${char} would make this more than one command; send the docker run alone, or quote it if it is meant literally`;
}

function fault(scan: Scan, at: number, end: number, message: string): void {
  scan.faults.push({ at, end, message });
}

/** What follows can't be told apart any more. */
function cut(scan: Scan, end: number, message: string): void {
  fault(scan, scan.at, end, message);
  scan.at = end;
  scan.isCut = true;
}

/** A carriage return before it belongs to the line's end, as forms and Windows send it. */
function isNewline({ line, at }: Scan): boolean {
  return line[at] === '\n' || (line[at] === '\r' && line[at + 1] === '\n');
}

/** The length of a backslash with the end of line that it takes away, or 0. */
function continuation(line: string, at: number): number {
  if (line[at] !== '\\') return 0;
  if (line[at + 1] === '\n') return 2;
  return line[at + 1] === '\r' && line[at + 2] === '\n' ? 3 : 0;
}

/** Goes on to the next thing that means something; false at the end. */
function skipBlanks(scan: Scan): boolean {
  const { line } = scan;
  while (scan.at < line.length) {
    const continued = continuation(line, scan.at);
    if (continued > 0) scan.at += continued;
    else if (line[scan.at] === ' ' || line[scan.at] === '\t') scan.at += 1;
    else if (line[scan.at] === '#') scan.at = endOfLine(line, scan.at);
    else return true;
  }
  return false;
}

function endOfLine(line: string, at: number): number {
  const newline = line.indexOf('\n', at);
  return newline === -1 ? line.length : newline;
}

function readWord(scan: Scan): Word {
  const { line, at } = scan;
  let text = '';
  /** `text` with what was quoted blotted out. */
  let bare = '';
  let end = at;
  const quoted = (part: string): void => {
    text += part;
    bare += QUOTED;
  };
  while (!scan.isCut && !BOUNDARY.has(line[scan.at]) && !isNewline(scan)) {
    const char = line[scan.at] as string;
    const continued = continuation(line, scan.at);
    if (continued > 0) {
      scan.at += continued;
      continue;
    }
    if (char === "'") quoted(readSingleQuoted(scan));
    else if (char === '"') quoted(readDoubleQuoted(scan));
    else if (char === '\\') quoted(readEscape(scan));
    else if (char === '$') quoted(readDollar(scan, 'bare'));
    else if (char === '`') cut(scan, scan.at + 1, commandFault('`…`'));
    else {
      text += char;
      bare += char;
      scan.at += 1;
    }
    end = scan.at;
  }
  const message = scan.isCut ? undefined : expansionFault(bare);
  if (message !== undefined) fault(scan, at, end, message);
  return { text, at, end };
}

function readSingleQuoted(scan: Scan): string {
  const { line, at } = scan;
  const close = line.indexOf("'", at + 1);
  if (close === -1) {
    cut(scan, line.length, 'this single quote is not closed; add another one where the text ends');
    return '';
  }
  scan.at = close + 1;
  return line.slice(at + 1, close);
}

function readDoubleQuoted(scan: Scan): string {
  const { line, at } = scan;
  let text = '';
  scan.at += 1;
  while (!scan.isCut && scan.at < line.length) {
    const char = line[scan.at] as string;
    const next = line[scan.at + 1] ?? '';
    const continued = continuation(line, scan.at);
    if (char === '"') {
      scan.at += 1;
      return text;
    }
    if (continued > 0) scan.at += continued;
    else if (char === '$') text += readDollar(scan, 'quoted');
    else if (char === '`') cut(scan, scan.at + 1, commandFault('`…`'));
    else {
      const isEscape = char === '\\' && '$`"\\'.includes(next) && next !== '';
      text += isEscape ? next : char;
      scan.at += isEscape ? 2 : 1;
    }
  }
  if (!scan.isCut) {
    scan.at = at;
    cut(scan, line.length, 'this double quote is not closed; add another one where the text ends');
  }
  return '';
}

function readEscape(scan: Scan): string {
  const { line, at } = scan;
  const next = line[at + 1];
  if (next === undefined) {
    cut(scan, line.length, 'the line ends in a backslash, so its rest is missing; send the whole command');
    return '';
  }
  scan.at += 2;
  return next;
}

const commandFault = (written: string): string =>
  `${written} would run a command and put its output here; write what it prints, or, ${LITERALLY}`;

/** A dollar sign that stands for itself, or a fault. */
function readDollar(scan: Scan, where: 'bare' | 'quoted'): string {
  const { line, at } = scan;
  let next = at + 1;
  for (let more = continuation(line, next); more > 0; more = continuation(line, next)) next += more;
  const char = line[next] ?? '';
  NAME.lastIndex = next;
  const name = NAME.exec(line)?.[0];
  scan.at += 1;
  if (name !== undefined || (char !== '' && '0123456789@*#?-$!'.includes(char))) {
    scan.at = next + (name?.length ?? 1);
    fault(scan, at, scan.at, `a shell would put the value of $${name ?? char} here; write the value, or, ${LITERALLY}`);
  } else if (char === '{') {
    const close = line.indexOf('}', next);
    scan.at = close === -1 ? line.length : close + 1;
    fault(scan, at, scan.at, `a shell would put the value of a variable here; write the value, or, ${LITERALLY}`);
  } else if (char === '(') {
    scan.at = at;
    cut(scan, next + 1, commandFault('$(…)'));
  } else if (char === '[' || (where === 'bare' && (char === "'" || char === '"'))) {
    scan.at = char === '[' ? next + 1 : next;
    fault(scan, at, next + 1, `$${char} is read differently by different shells; write it with ordinary quotes`);
  } else {
    return '$';
  }
  return '';
}

/** What a shell would put in the place of a word, by the characters in it that are not quoted. */
function expansionFault(bare: string): string | undefined {
  if (/^~|^[A-Za-z_]\w*=(?:.*:)?~/s.test(bare)) {
    return `a shell would put a home directory in the place of ~; write the path, or, ${LITERALLY}`;
  }
  const bracket = bare.indexOf('[');
  if (/[*?]/.test(bare) || (bracket !== -1 && bare.lastIndexOf(']') > bracket + 1)) {
    return `a shell would take this for a pattern and put the names of files here; ${LITERALLY}`;
  }
  return hasBraces(bare)
    ? `many shells would make several words of the braces; write the words out, or, ${LITERALLY}`
    : undefined;
}

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
