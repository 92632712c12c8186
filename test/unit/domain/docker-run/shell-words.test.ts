import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SplitLine, splitLine } from '../../../../src/domain/import-export/docker-run/shell-words.js';

/** The words, or what is wrong: `12-15 message`. */
function read(line: string): readonly string[] | string {
  const { words, faults } = splitLine(line);
  if (faults.length > 0) return faults.map(({ at, end, message }) => `${at}-${end} ${message}`).join('\n');
  return words.map(({ text }) => text);
}

let home: string;
beforeAll(() => {
  home = mkdtempSync(path.join(tmpdir(), 'berth-words-'));
});
afterAll(() => {
  expect(readdirSync(home), 'a line that was taken for words wrote a file').toEqual([]);
  rmSync(home, { recursive: true });
});

/**
 * What a real shell hands to the program `x` that each line calls, one call each. Nothing else can be called, and there are
 * no files; all lines in one shell, since starting one takes longer than the work.
 */
function wordsOfShell(lines: readonly string[]): readonly (readonly string[])[] {
  const show = `x() { for word in x "$@"; do printf '%s\\0' "$word"; done; printf '\\1'; }`;
  const { status, stdout, stderr } = spawnSync('/bin/sh', ['-c', [show, ...lines, ''].join('\n')], {
    cwd: home,
    env: VARIABLES,
  });
  if (status !== 0 || stderr.length > 0) throw new Error(`sh says: ${stderr}`);
  const calls = stdout.toString().split('\x01').slice(0, -1);
  return calls.map((call) => call.split('\0').slice(0, -1));
}

describe('a line is split as a shell does it', () => {
  it.each<[line: string, words: readonly string[]]>([
    ['', []],
    [' \t\n ', []],
    ['x  a\tb', ['x', 'a', 'b']],
    [`x 'a  b' "c  d" e\\ f`, ['x', 'a  b', 'c  d', 'e f']],
    [`x a'b'"c"\\d''`, ['x', 'abcd']],
    [`x '' ""`, ['x', '', '']],
    [String.raw`x "a\$b" "\"" "\\" "\a" '\$'`, ['x', 'a$b', '"', '\\', '\\a', '\\$']],
    ['x a\\\nb \\\n c "d\\\ne" \'f\\\ng\'', ['x', 'ab', 'c', 'de', 'f\\\ng']],
    ['x \\\r\n a\r\n', ['x', 'a']],
    ['x a # b; c', ['x', 'a']],
    ['x a#b \\#c "#d"', ['x', 'a#b', '#c', '#d']],
    ['# what it is for\n\nx a\n# that was it\n', ['x', 'a']],
    ['x 5$ $ "$" $/ "$\'"', ['x', '5$', '$', '$', '$/', "$'"]],
    ['x a~ a=b~ [ ] [] a{b} {} !', ['x', 'a~', 'a=b~', '[', ']', '[]', 'a{b}', '{}', '!']],
    [`x '*' "?" \\[a] '~' "{a,b}" '&&' '$A' '\`'`, ['x', '*', '?', '[a]', '~', '{a,b}', '&&', '$A', '`']],
    ['x é "ü 🚢" a\vb "\u00a0" \'“\' it’s', ['x', 'é', 'ü 🚢', 'a\vb', '\u00a0', '“', 'it’s']],
    ['x a;', ['x', 'a']],
    ['x a ; # that was it\n\n', ['x', 'a']],
    ['x a &\n', ['x', 'a']],
    ['x `#optional` a `# more `\\\n b"`#c`" ``', ['x', 'a', 'b']],
    ['x *.txt a? [ab] [::1]:80:80', ['x', '*.txt', 'a?', '[ab]', '[::1]:80:80']],
    ['x ^\n  a ^\r\n b', ['x', 'a', 'b']],
    ['x `\n  a ` \n b', ['x', 'a', 'b']],
  ])('%j', (line, words) => {
    expect(read(line)).toEqual(words);
  });

  it('with the place of each word', () => {
    expect(splitLine(`x 'a b'\\\n  "c"d`).words).toEqual([
      { text: 'x', at: 0, end: 1 },
      { text: 'a b', at: 2, end: 7 },
      { text: 'cd', at: 11, end: 15 },
    ]);
  });

  it('from where it is told to begin', () => {
    expect(splitLine('# x a', 2).words.map(({ text, at }) => `${text} ${at}`)).toEqual(['x 2', 'a 4']);
  });

  it('without the prompts of continued lines, where the first line had one', () => {
    expect(splitLine('$ x \\\n> a \\\n  > b', 2).words.map(({ text }) => text)).toEqual(['x', 'a', 'b']);
    expect(read('x \\\n> a')).toContain('> would redirect to');
  });
});

describe('what is taken as it stands is noted with its place', () => {
  it.each<[line: string, ...notes: string[]]>([
    ['x a? "b?" *.txt', '2-4 it is used literally', '10-15 it is used literally'],
    ['x [::1]:80:80 [] [', '2-13 it is used literally'],
    ['x $STAR "$STAR"', '2-7 it is used literally'],
    ['x ^\n a', '2-3 ^ at the end of a line continues it, as in a Windows shell'],
    ['x `\n a', '2-3 ` at the end of a line continues it, as in a Windows shell'],
    ['x a &', '4-5 every container runs in the background'],
    ['x `#optional` a;'],
  ])('%j', (line, ...notes) => {
    const read = splitLine(line, 0, new Map([['STAR', '*']]));
    expect(read.faults).toEqual([]);
    const told = read.notes.map(({ at, end, message }) => `${at}-${end} ${message}`);
    expect(told).toHaveLength(notes.length);
    for (const [index, note] of notes.entries()) expect(told[index]).toContain(note);
  });
});

describe('variables are those that came with the line', () => {
  const variables = new Map(Object.entries({ HOME: '/home/me', A: 'value', B: ' a  b ', E: '' }));
  it.each<[line: string, words: readonly string[]]>([
    ['x $A ${A} "$A" a$A.b', ['x', 'value', 'value', 'value', 'avalue.b']],
    ['x $B "$B" a$B', ['x', 'a', 'b', ' a  b ', 'a', 'a', 'b']],
    ['x $E "$E" $E$A', ['x', '', 'value']],
    ['x ${N:-d} ${E:-d} ${E-d} ${A:-d} ${N-"a b"} ${N:-a b}', ['x', 'd', 'd', 'value', 'a b', 'a', 'b']],
    ['x ${N:=d} ${E:=d} ${E=d}', ['x', 'd', 'd']],
    ['x ${A:+s} ${E:+s} ${E+s} ${N:+s}', ['x', 's', 's']],
    ['x "${N:-${M:-"a  $A"}}" ${A:?gone}', ['x', 'a  value', 'value']],
    ['x ~ ~/a "~" a~', ['x', '/home/me', '/home/me/a', '~', 'a~']],
  ])('%j', (line, words) => {
    const { words: own, faults } = splitLine(line, 0, variables);
    expect(faults).toEqual([]);
    expect(own.map(({ text }) => text)).toEqual(words);
  });

  it('one that comes to more than memory should hold is refused', () => {
    const long = new Map([['A', 'a'.repeat(60_000)]]);
    expect(splitLine('x $A$A', 0, long).faults).toEqual([]);
    expect(splitLine('x $A$A$A b', 0, long).faults).toMatchObject([
      { at: 6, end: 8, message: expect.stringContaining('131072') },
    ]);
    expect(splitLine(`x ${'${N:-'.repeat(20)}`).faults).not.toEqual([]);
    expect(splitLine('x ${A=`}', 3).faults).not.toEqual([]);
  });
});

describe('what a shell would expand or run is told with its place', () => {
  it.each<[line: string, ...faults: string[]]>([
    ['x $A', '2-4 A is not set: send it in env'],
    ['x "a $A"', '5-7 A is not set: send it in env'],
    [
      'x ${A} ${A:?say which} ${A:-$B}',
      '2-6 A is not set',
      '7-22 A is not set: send it in env (say which)',
      '28-30 B is not',
    ],
    ['x $1 $?', '2-4 only the shell where the command is typed knows $1', '5-7 only the shell where'],
    [
      'x ${#A} ${A%.*} ${A',
      '2-7 only a shell can evaluate this',
      '8-15 only a shell can evaluate this',
      '16-19 only a shell can evaluate this',
    ],
    ['x "$(pwd)/a"', '3-5 a shell would run $(pwd); send projectDirectory, or PWD in env'],
    ['x \\ \n  -p 80', '2-3 this backslash is not the last character of its line'],
    ['x \\ # or this\n  -p 80', '2-3 this backslash is not the last character of its line'],
    ['x a\u00a0b', '2-5 U+00A0 is a space at which no shell splits words'],
    ['x \u200ba', '2-4 U+200B is an invisible character: remove it'],
    [
      'x “a” A=‘b’',
      `2-5 U+201C is not a quotation mark for a shell: write "`,
      `6-11 U+2018 is not a quotation mark for a shell: write '`,
    ],
    ['x a;; b', '3-4 ; would make'],
    ['x $(id)', '2-4 a shell would run $(…) and insert its output'],
    ['x `id`', '2-3 a shell would run `…` and insert its output'],
    ['x "`id`"', '3-4 a shell would run `…` and insert its output'],
    ["x $'a'", "2-4 shells disagree on $'"],
    ['x $"a"', '2-4 shells disagree on $"'],
    ['x $[1+1]', '2-4 shells disagree on $['],
    ['x $\\\nA', '2-6 A is not set: send it in env'],
    ['x ~/a', '2-3 a shell would replace ~ by the home directory, and HOME is not set: send it in env'],
    ['x ~you/a', '2-6 a shell would replace ~you by a home directory'],
    [
      'x A=~ A=b:~',
      '2-5 some shells would replace ~ by the home directory',
      '6-11 some shells would replace ~ by the home directory',
    ],
    ['x {a,b} {1..3} {"a":1,"b":2}', '2-7 many shells would expand the braces', '8-14 many', '15-28 many'],
    ['x a; b', '3-4 ; would make this more than one command'],
    ['x a && b', '4-5 & would make this more than one command'],
    ['x a | b', '4-5 | would make this more than one command'],
    ['x (a)', '2-3 ( would make this more than one command'],
    ['x a > b', '4-5 > would redirect to a file'],
    ['x a 2>&1', '5-6 > would redirect to a file'],
    ['x << a', '2-3 < would redirect to a file'],
    ['x a\nb', '4-5 a second command begins here'],
    ["x 'a", '2-4 this single quotation mark is not closed'],
    ['x "a', '2-4 this double quotation mark is not closed'],
    ['x "a\\', '2-5 this double quotation mark is not closed'],
    ['x a\\', '3-4 the line ends in a backslash'],
  ])('%j', (line, ...faults) => {
    const told = String(read(line)).split('\n');
    expect(told).toHaveLength(faults.length);
    for (const [index, fault] of faults.entries()) expect(told[index]).toContain(fault);
  });

  it('and goes on as far as there are words', () => {
    const { words, isCut } = splitLine('x $A b ~ c; d');
    expect(words.map(({ text }) => text)).toEqual(['x', '', 'b', '', 'c']);
    expect(isCut).toBe(true);
  });
});

const BITS = [...'ab\'"\\$ \n#*?[]~{},.:;|&<>()=!`-A0\t%é', '$A', '${B', '$E', '"${N', ':-', ':+', '`#'];
const VARIABLES = { HOME: '/home/me', A: 'value', B: ' a  b ', E: '' };
const split = (line: string) => splitLine(line, 0, new Map(Object.entries(VARIABLES)));
/** What no POSIX shell takes, what runs beside the next line, and patterns that `.` and `..` of every directory match. */
const isOurs = ({ words, notes }: SplitLine): boolean =>
  notes.some(({ message }) => /Windows|background/.test(message)) ||
  (notes.length > 0 && words.some(({ text }) => /^\.[*?[]/.test(text)));
const text = fc.string({ unit: fc.constantFrom(...BITS), maxLength: 12 });

/** One of the ways to quote a text for a shell. */
const QUOTINGS: readonly ((text: string) => string)[] = [
  (plain) => `'${plain.replaceAll("'", `'\\''`)}'`,
  (plain) => `"${plain.replaceAll(/[$`"\\]/g, '\\$&')}"`,
  (plain) => (plain === '' ? "''" : [...plain].map((char) => (char === '\n' ? "'\n'" : `\\${char}`)).join('')),
];

describe('against a real shell', () => {
  it('what is taken for words is what the shell makes of the line', () => {
    let taken = 0;
    fc.assert(
      fc.property(fc.array(text, { minLength: 30, maxLength: 30 }), (rests) => {
        const lines = rests
          .map((rest) => `x ${rest}`)
          .filter((line) => split(line).faults.length === 0 && !isOurs(split(line)));
        taken += lines.length;
        expect(wordsOfShell(lines)).toEqual(lines.map((line) => split(line).words.map((word) => word.text)));
      }),
      { numRuns: 60 },
    );
    expect(taken).toBeGreaterThan(200);
  });

  it('every text can be written so that it is taken, in each manner of quoting', () => {
    const quoted = fc.tuple(text, fc.constantFrom(...QUOTINGS));
    const call = fc.tuple(fc.array(quoted, { minLength: 1, maxLength: 6 }), fc.constantFrom(' ', '\t', ' \\\n '));
    fc.assert(
      fc.property(fc.array(call, { minLength: 20, maxLength: 20 }), (calls) => {
        const lines = calls.map(([all, gap]) => ['x', ...all.map(([plain, quote]) => quote(plain))].join(gap));
        const words = calls.map(([all]) => ['x', ...all.map(([plain]) => plain)]);
        expect(lines.map(read)).toEqual(words);
        expect(wordsOfShell(lines)).toEqual(words);
      }),
      { numRuns: 20 },
    );
  });

  it('no line is too strange to be read, and every place is in it', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), text), (line) => {
        const { words, faults } = split(line);
        for (const { at, end } of [...words, ...faults]) {
          expect(at).toBeGreaterThanOrEqual(0);
          expect(end).toBeGreaterThan(at);
          expect(end).toBeLessThanOrEqual(line.length);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
