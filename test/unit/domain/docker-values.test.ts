import { describe, expect, it } from 'vitest';
import {
  parseBoolean,
  parseBytes,
  parseCpus,
  parseCsv,
  parseDuration,
  parseInteger,
} from '../../../src/domain/docker/values.js';
import type { Result } from '../../../src/domain/problems/result.js';

const come = <T>(read: Result<T>): T | string => (read.ok ? read.value : read.message);
const refused = (what: string) => expect.stringContaining(what);
const MiB = 1024 ** 2;

type Row = readonly [text: string, value: unknown];

describe.each<[what: string, parse: (text: string) => Result<unknown>, rows: readonly Row[]]>([
  [
    'a switch',
    parseBoolean,
    [
      ...(['1', 't', 'T', 'true', 'TRUE', 'True'].map((text) => [text, true]) as Row[]),
      ...(['0', 'f', 'F', 'false', 'FALSE', 'False'].map((text) => [text, false]) as Row[]),
      ...(['', 'yes', 'tRUE', 'constructor'].map((text) => [text, refused('is not a boolean')]) as Row[]),
    ],
  ],
  [
    'a whole number',
    parseInteger,
    [
      ...([
        ['0', 0],
        ['-0', 0],
        ['+7', 7],
        ['-1', -1],
        ['512', 512],
        ['0x1F', 31],
        ['010', 8],
        ['0o10', 8],
      ] as Row[]),
      ...([
        ['0b101', 5],
        ['9007199254740991', 9007199254740991],
      ] as Row[]),
      ...(['', '-', '1.5', '1e3', '08', '0x', '1_0', ' 1', '9007199254740992'].map((text) => [
        text,
        refused('not a whole number'),
      ]) as Row[]),
    ],
  ],
  [
    'a number of CPUs',
    parseCpus,
    [
      ...([
        ['0.5', 0.5],
        ['2', 2],
        ['.25', 0.25],
        ['1.', 1],
        ['1/2', 0.5],
        ['5e-1', 0.5],
        ['-1', -1],
      ] as Row[]),
      ...([['0.123456789', 0.123456789]] as Row[]),
      ...(['', 'x', '1/0', '1/', `1/${'1'.repeat(400)}`, '0x1', 'Infinity', 'NaN'].map((text) => [
        text,
        refused('not a number'),
      ]) as Row[]),
      ['1/3', refused('more than 9 decimals')],
      ['0.1234567891', refused('more than 9 decimals')],
    ],
  ],
  [
    'a size',
    parseBytes,
    [
      ...([
        ['0', 0],
        ['512', 512],
        ['1k', 1024],
        ['512m', 512 * MiB],
        ['1.5g', 1536 * MiB],
        ['1T', MiB ** 2],
      ] as Row[]),
      ...([
        ['64MiB', 64 * MiB],
        ['64 mb', 64 * MiB],
        ['7b', 7],
        ['7 B', 7],
        ['.5k', 512],
        ['1.9', 1],
        ['1e3', 1000],
        ['1e1k', 10240],
      ] as Row[]),
      ...(['', 'm', '-1', '1x', '1mm', '1 000', '1,5g', '1  m', '1kib b', '9p9', '10000p', '1m ', '1e', 'e3'].map(
        (text) => [text, refused('not a size')],
      ) as Row[]),
    ],
  ],
  [
    'a time',
    parseDuration,
    [
      ...([
        ['0', 0],
        ['+0', 0],
        ['30s', 30],
        ['1m30s', 90],
        ['1.5h', 5400],
        ['.5s', 0.5],
        ['100ms', 0.1],
      ] as Row[]),
      ...([
        ['1us', 1e-6],
        ['1µs', 1e-6],
        ['1μs', 1e-6],
        ['1ns', 1e-9],
        ['-5s', -5],
        ['1s1s', 2],
      ] as Row[]),
      ...(['', '-', '5', '1d', 's', '1 s', '1s ', '1m30', '9999999h', '1.s.'].map((text) => [
        text,
        refused('not a duration'),
      ]) as Row[]),
    ],
  ],
  [
    'a line of fields',
    parseCsv,
    [
      ['a=b,c', ['a=b', 'c']],
      ['', ['']],
      ['a,,b,', ['a', '', 'b', '']],
      ['type=volume,"volume-opt=o=a,b","x""y"', ['type=volume', 'volume-opt=o=a,b', 'x"y']],
      ['"",a', ['', 'a']],
      ...(['a"b', '"a', '"a"b', 'a,"b', 'a\nb'].map((text) => [text, refused('a quotation mark')]) as Row[]),
    ],
  ],
])('%s', (_, parse, rows) => {
  it.each(rows)('%j', (text, value) => {
    expect(come(parse(text))).toEqual(value);
  });
});
