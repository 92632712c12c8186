/** The small languages in a Compose file: variables, and commands in one text. */

import { describe, expect, test } from 'vitest';
import { interpolate } from '../../../../src/domain/import-export/compose/yaml/interpolate.js';
import { plainScalar } from '../../../../src/domain/import-export/compose/yaml/scalars.js';
import { splitWords } from '../../../../src/domain/import-export/compose/yaml/words.js';

describe('interpolate', () => {
  const variables = { A: 'a', EMPTY: '', N: '1' };

  test.each<[string, string]>([
    ['plain', 'plain'],
    ['$A ${A} $A$N ${A}b', 'a a a1 ab'],
    ['$$A $$$A $${A} $$$$', '$A $a ${A} $$'],
    ['$', '$'],
    ['a$ $1 $-', 'a$ $1 $-'],
    ['${A:-x} ${EMPTY:-x} ${NO:-x}', 'a x x'],
    ['${A-x} ${EMPTY-x} ${NO-x}', 'a  x'],
    ['${A:+x} ${EMPTY:+x} ${NO:+x}', 'x  '],
    ['${A+x} ${EMPTY+x} ${NO+x}', 'x x '],
    ['${A:?x} ${A?x} ${EMPTY?x}', 'a a '],
    ['${NO:-a${A}c}', 'aac'],
    ['${NO:-${NO2:-${A}}}', 'a'],
    ['${NO:-{"k": 1}}', '{"k": 1}'],
    ['${NO:-x}}', 'x}'],
    ['${NO:-$$x}', '$x'],
    ['${NO:-}', ''],
    ['${NO:-a\nb}', 'a\nb'],
    ['$_a $A_b', ' '],
  ])('%j is %j', (text, expected) => {
    expect(interpolate(text, variables)).toMatchObject({ ok: true, value: { text: expected } });
  });

  test('tells what is not set, and only where it counted', () => {
    expect(interpolate('$NO ${NO2} $NO ${A:-$NO3} ${NO4:-x}', variables)).toMatchObject({
      value: { missing: ['NO', 'NO2'] },
    });
    expect(interpolate('${constructor}', variables)).toMatchObject({ value: { text: '', missing: ['constructor'] } });
  });

  test.each<[string, string]>([
    ['${A', 'has no closing brace'],
    ['${', 'has no closing brace'],
    ['${}', '${} is not a variable'],
    ['${A b}', '${A b} is not a variable'],
    ['${A:=x}', 'is not a variable'],
    ['${NO?}', 'requires the variable NO; send it'],
    ['${NO:?need ${A}}', 'requires the variable NO: need a; send it'],
    ['${EMPTY:?x}', 'requires the variable EMPTY: x'],
    [`${'${N:-'.repeat(5000)}x${'}'.repeat(5000)}`, ''],
    [`${'${NO:-'.repeat(5000)}x${'}'.repeat(5000)}`, 'more than 16 nested variables'],
  ])('%.30j', (text, expected) => {
    const read = interpolate(text, variables);
    if (expected === '') expect(read.ok).toBe(true);
    else expect(read).toMatchObject({ ok: false, message: expect.stringContaining(expected) });
  });
});

describe('splitWords', () => {
  test.each<[string, readonly string[]]>([
    ['', []],
    [' a  b\tc\nd ', ['a', 'b', 'c', 'd']],
    ['sh -c "echo $HOME; a | b"', ['sh', '-c', 'echo $HOME; a | b']],
    [`a'b c'd "e f"g ''`, ['ab cd', 'e fg', '']],
    ['a\\ b \\"c\\" "d\\"e" \'f\\g\'', ['a b', '"c"', 'd"e', 'f\\g']],
    ['* ~ {a,b} $X # x', ['*', '~', '{a,b}', '$X', '#', 'x']],
    ['"a\\nb\\tc\\x"', ['a\nb\tcx']],
    ['a `b c` $(d "e) f', ['a', '`b c`', '$(d "e)', 'f']],
    ['x`a | b`y "$(z; w)"', ['x`a | b`y', '$(z; w)']],
  ])('%j', (text, expected) => {
    expect(splitWords(text)).toEqual({ ok: true, value: expected });
  });

  test.each(['a; b', 'a | b', 'a && b', 'a > b', 'a `b', '$(a', '(a)', 'a)', '$(a (b))', 'a "b', "a 'b", 'a \\'])(
    '%j is refused',
    (text) => {
      expect(splitWords(text)).toMatchObject({ ok: false, message: expect.stringContaining('["sh", "-c", "…"]') });
    },
  );
});

describe('a date without quotes is the text that Docker Compose makes of it', () => {
  test.each([
    ['2001-1-1', '2001-01-01 00:00:00 +0000 UTC'],
    ['2001-01-01T10:00:00.500Z', '2001-01-01 10:00:00.5 +0000 UTC'],
    ['2001-01-01t10:00:00-05:30', '2001-01-01 10:00:00 -0530 -0530'],
    ['2001-01-01 1:2:3', '2001-01-01 01:02:03 +0000 UTC'],
    ['2000-02-29', '2000-02-29 00:00:00 +0000 UTC'],
    ['2001-02-29', '2001-02-29'],
    ['2001-01-01 10:00', '2001-01-01 10:00'],
    ['20010-01-01', '20010-01-01'],
  ])('%s', (source, text) => {
    expect(plainScalar(source).text).toBe(text);
  });
});
