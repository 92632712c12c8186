import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { splitLine } from '../../../../src/domain/docker-run/shell-words.js';

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
    env: { HOME: home, A: 'value' },
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
    ['x é "ü 🚢" \u00a0 a\vb', ['x', 'é', 'ü 🚢', '\u00a0', 'a\vb']],
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
});

describe('what a shell would expand or run is told with its place', () => {
  it.each<[line: string, ...faults: string[]]>([
    ['x $A', '2-4 a shell would put the value of $A here'],
    ['x "a $A"', '5-7 a shell would put the value of $A here'],
    ['x $1 $?', '2-4 a shell would put the value of $1', '5-7 a shell would put the value of $?'],
    [`x \${A:-b} c`, '2-9 a shell would put the value of a variable here'],
    ['x $(id)', '2-4 $(…) would run a command'],
    ['x `id`', '2-3 `…` would run a command'],
    ['x "`id`"', '3-4 `…` would run a command'],
    ["x $'a'", "2-4 $' is read differently by different shells"],
    ['x $"a"', '2-4 $" is read differently'],
    ['x $[1+1]', '2-4 $[ is read differently'],
    ['x $\\\nA', '2-6 a shell would put the value of $A here'],
    ['x ~/a', '2-5 a shell would put a home directory in the place of ~'],
    ['x A=~ A=b:~', '2-5 a shell would put a home directory', '6-11 a shell would put a home directory'],
    ['x *.txt a? [ab]', '2-7 a shell would take this for a pattern', '8-10 a shell', '11-15 a shell'],
    ['x [::1]:80:80', '2-13 a shell would take this for a pattern'],
    ['x {a,b} {1..3} {"a":1,"b":2}', '2-7 many shells would make several words', '8-14 many', '15-28 many'],
    ['x a; b', '3-4 ; would make this more than one command'],
    ['x a && b', '4-5 & would make this more than one command'],
    ['x a | b', '4-5 | would make this more than one command'],
    ['x (a)', '2-3 ( would make this more than one command'],
    ['x a > b', '4-5 > would connect the command with a file'],
    ['x a 2>&1', '5-6 > would connect the command with a file'],
    ['x << a', '2-3 < would connect the command with a file'],
    ['x a\nb', '4-5 a second command begins here'],
    ["x 'a", '2-4 this single quote is not closed'],
    ['x "a', '2-4 this double quote is not closed'],
    ['x "a\\', '2-5 this double quote is not closed'],
    ['x a\\', '3-4 the line ends in a backslash'],
  ])('%j', (line, ...faults) => {
    const told = String(read(line)).split('\n');
    expect(told).toHaveLength(faults.length);
    for (const [index, fault] of faults.entries()) expect(told[index]).toContain(fault);
  });

  it('and goes on as far as there are words', () => {
    const { words, isCut } = splitLine('x $A b ~ c; d');
    expect(words.map(({ text }) => text)).toEqual(['x', '', 'b', '~', 'c']);
    expect(isCut).toBe(true);
  });
});

const BITS = [...'ab\'"\\$ \n#*?[]~{},.:;|&<>()=!`-A0\t%é'];
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
        const lines = rests.map((rest) => `x ${rest}`).filter((line) => splitLine(line).faults.length === 0);
        taken += lines.length;
        expect(wordsOfShell(lines)).toEqual(lines.map((line) => splitLine(line).words.map((word) => word.text)));
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
        const { words, faults } = splitLine(line);
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
