import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { importCompose } from '../../../../src/domain/import-export/compose/import.js';
import { plainScalar } from '../../../../src/domain/import-export/compose/yaml/scalars.js';
import { parseDocuments, type Tree } from '../../../../src/domain/import-export/compose/yaml/tree.js';

function plain(tree: Tree): unknown {
  if (tree.kind === 'scalar') return tree.value;
  if (tree.kind === 'list') return tree.items.map(plain);
  return Object.fromEntries([...tree.entries].map(([key, value]) => [key, plain(value)]));
}

const dataOf = (text: string): unknown => {
  const read = parseDocuments(text);
  if (!read.ok) throw new Error(read.faults.map(({ message }) => message).join('\n'));
  const [first, ...others] = read.documents.map(({ tree }) => plain(tree));
  return others.length === 0 ? first : [first, ...others];
};

const faultOf = (text: string): string => {
  const read = parseDocuments(text);
  const [fault] = read.ok ? [] : read.faults;
  return fault === undefined ? 'none' : `${fault.at.line}:${fault.at.column} ${fault.message}`;
};

describe('a YAML text', () => {
  test.each<[string, unknown]>([
    ['a: 1\nb: [x, "1", true, ~]', { a: 1, b: ['x', '1', true, null] }],
    ['a: &x { b: 1 }\nc: *x', { a: { b: 1 }, c: { b: 1 } }],
    ['a: &x { b: 1, c: 1 }\nd: { <<: *x, c: 2 }', { a: { b: 1, c: 1 }, d: { b: 1, c: 2 } }],
    ['a: &x { b: 1 }\nd: { c: 2, <<: [*x, { b: 3, e: 4 }] }', { a: { b: 1 }, d: { c: 2, b: 1, e: 4 } }],
    ['a: &x 1\nb: &x 2\nc: *x', { a: 1, b: 2, c: 2 }],
    ['"<<": x', { '<<': 'x' }],
    ['a: yes\nb: off\nc: 22:22\nd: "2001-01-01"', { a: 'yes', b: 'off', c: '22:22', d: '2001-01-01' }],
    ['d: 2001-01-01', { d: Date.UTC(2001, 0, 1) }],
    ['a: |\n  x\n  y\nb: >-\n  x\n  y', { a: 'x\ny\n', b: 'x y' }],
    ['a: !!str 5\nb: !!int "5"', { a: '5', b: 5 }],
    ['%YAML 1.1\n---\na: yes', { a: 'yes' }],
    ['"80": x\n"true": y\n!!str 5: z', { '80': 'x', true: 'y', '5': 'z' }],
    ['a: &x { b: 1 }\nd: { !!merge <<: *x }', { a: { b: 1 }, d: { b: 1 } }],
    ['a: &x [{ b: 1 }, { b: 2, c: 3 }]\nd: { <<: *x }', { a: [{ b: 1 }, { b: 2, c: 3 }], d: { b: 1, c: 3 } }],
    ['a: !reset x\nb: [!reset 1, 2]\nc: !override 3\nd: !override [4]', { b: [2], c: 3, d: [4] }],
    ['# only a comment', null],
    ['a: 1\n---\nb: 2', [{ a: 1 }, { b: 2 }]],
  ])('%j', (text, expected) => {
    expect(dataOf(text)).toEqual(expected);
  });

  test.each<[string, string]>([
    ['a: [1', '1:6 not YAML: '],
    ['\ta: 1', '1:1 not YAML: Tabs are not allowed'],
    ['a: "\\x"', '1:5 not YAML: Invalid escape'],
    ['a: !other x', '1:4 not YAML: Unresolved tag'],
    ['!reset {}', '1:8 the value is empty'],
    ['80: x', '1:1 the key 80 is not a string but a number: put it in quotation marks'],
    ['a: { true: x }', '1:6 the key true is not a string but a boolean: put it in quotation marks'],
    ['<<:', '<< needs a map'],
    ['a: &x [b]\nc: { <<: *x }', '2:10 << needs a map'],
    ['a:\n  b: 1\n  b: 2', '3:3 "b" occurs twice'],
    ['a: *nope', '1:4 the alias *nope has no anchor before it'],
    ['a: *x\nb: &x 1', '1:4 the alias *x has no anchor before it'],
    ['&a [*a]', '1:4 an alias in it refers to the whole value'],
    ['a: &a { <<: *a }', '1:7 an alias in it refers to the whole value'],
    ['<<: x', '1:5 << needs a map'],
    ['? [a]\n: b', '1:3 a key must be a string'],
    ['---\n'.repeat(102), '101:1 has more than 100 documents; remove some'],
    ['['.repeat(200_000), '1:67 is nested more than 64 levels deep'],
    [`${'- '.repeat(100_000)}x`, 'is nested more than 64 levels deep'],
    [`${'{a: '.repeat(50_000)}`, 'is nested more than 64 levels deep'],
    [
      Array.from({ length: 300 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n'),
      'is nested more than 64 levels deep',
    ],
    // Each level has the one above it in it: nothing of it is deep before its aliases are put in.
    [
      Array.from({ length: 200 }, (_, index) => `a${index}: &a${index} [${index > 0 ? `*a${index - 1}` : ''}]`).join(
        '\n',
      ),
      'is nested more than 64 levels deep',
    ],
  ])('%.40j is refused', (text, expected) => {
    expect(faultOf(text)).toContain(expected);
  });

  test('that is small and comes to a billion values is refused before it does', () => {
    const level = (name: string, of: string) => `${name}: &${name} [${Array(10).fill(of).join(', ')}]`;
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'];
    const bomb = names.map((name, index) => level(name, index === 0 ? 'x' : `*${names[index - 1]}`)).join('\n');
    expect(faultOf(bomb)).toContain('has more than 100000 values');
  });

  test.each<[string, string]>([
    ['empty maps that are merged again and again', '{}'],
    ['maps that are merged again and again', '{ k: v }'],
  ])('%s are refused before they come to a billion', (_, innermost) => {
    const level = (_: unknown, index: number) =>
      `a${index + 1}: &a${index + 1} { <<: [${Array(9).fill(`*a${index}`)}] }`;
    const bomb = [`a0: &a0 ${innermost}`, ...Array.from({ length: 20 }, level)].join('\n');
    expect(faultOf(bomb)).toContain('has more than 100000 values');
  });

  test('of few values may come to no more text than one of many', () => {
    const uses = Array.from({ length: 100 }, (_, index) => `k${index}: *a`);
    expect(faultOf(`a: &a ${'x'.repeat(20_000)}\n${uses.join('\n')}`)).toContain('more than 1048576 characters');
    expect(faultOf(`? ${'x'.repeat(2000)}\n: { b: 1 }`)).toContain(
      'a key may have at most 1024 characters, and this one has 2000',
    );
  });
});

test.each<[string, string]>([
  // What Docker Compose 2.26 makes of them in an environment.
  ...([
    ['0777', '511'],
    ['1.10', '1.1'],
    ['1e3', '1000'],
    ['1_000', '1000'],
    ['yes', 'yes'],
    ['True', 'true'],
    ['0x1F', '31'],
    ['0b11', '3'],
    ['12345678901234567890', '12345678901234567890'],
    ['1000000.0', '1e+06'],
    ['0o17', '15'],
    ['1.0', '1'],
    ['.5', '0.5'],
    ['123456789.5', '1.234567895e+08'],
    ['1e21', '1e+21'],
    ['-0', '0'],
    ['0899', '899'],
    ['+5', '5'],
    ['1:20', '1:20'],
    ['1e-7', '1e-07'],
    ['0.00001', '1e-05'],
    ['1234567.0', '1.234567e+06'],
    ['21e0', '21'],
    ['-1.5e+20', '-1.5e+20'],
    ['9223372036854775808', '9223372036854775808'],
    ['18446744073709551616', '1.8446744073709552e+19'],
    ['0.1', '0.1'],
    ['~', ''],
    ['null', ''],
    ['', ''],
  ] as [string, string][]),
])('the plain scalar %j is %j as a text', (source, expected) => {
  expect(plainScalar(source).text).toBe(expected);
});

describe('whatever is sent', () => {
  const keys = [
    'name',
    'services',
    'web',
    'image',
    'ports',
    'links',
    'networks',
    'volumes',
    'deploy',
    'x-berth',
    '<<',
    'command',
    'healthcheck',
    'environment',
    'depends_on',
    'restart',
    'a',
    '0',
  ];
  const leaf = fc.oneof(
    fc.constantFrom(
      'x',
      '80:80',
      '"$${A}"',
      '${A}',
      '~',
      '0777',
      'true',
      '*a',
      '&a',
      '!x',
      '|',
      '>',
      '-',
      '[',
      '}',
      ':',
      '#',
      '"',
      "'",
      '\t',
      '%',
      '- b',
      '---',
      '?',
    ),
    fc.string({ unit: 'binary', maxLength: 8 }),
  );
  const lines = fc.array(
    fc.tuple(
      fc.nat({ max: 5 }),
      fc.constantFrom(...keys),
      fc.constantFrom(': ', ':', ' ', ': &a ', ': [', ': {'),
      leaf,
    ),
    { maxLength: 14 },
  );
  const text = lines.map((all) =>
    all.map(([depth, key, colon, value]) => `${'  '.repeat(depth)}${key}${colon}${value}`).join('\n'),
  );
  type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
  const value = fc.letrec<{ value: Json; map: Json }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      fc.constantFrom<Json>('x', 'db', 'db:a', '80:80', '1s', 'x:/y', 1, 0, -1, true, false, null, '', '${A:-b}'),
      fc.array(tie('value'), { maxLength: 3 }),
      tie('map'),
    ),
    map: fc.dictionary(
      fc.constantFrom(
        ...keys,
        'target',
        'published',
        'test',
        'limits',
        'resources',
        'condition',
        'aliases',
        'external',
        'type',
        'source',
        'set',
        'alias',
        'env',
      ),
      tie('value'),
      { maxKeys: 4 },
    ) as fc.Arbitrary<Json>,
  }));
  const service = fc.record({ image: fc.constant('x') }, { requiredKeys: ['image'] });
  const shaped = fc.record(
    {
      name: fc.constant('p'),
      services: fc.dictionary(fc.constantFrom('web', 'db', 'a'), fc.oneof(service, value.map), { maxKeys: 3 }),
      networks: value.value,
      volumes: value.value,
    },
    { requiredKeys: ['name', 'services'] },
  );

  test('is read or refused with a place, and nothing is thrown', () => {
    const outcomes = { read: 0, refused: 0 };
    const check = (compose: string): void => {
      const result = importCompose({ compose });
      if (result.ok) {
        outcomes.read += 1;
        return;
      }
      outcomes.refused += 1;
      expect(result.faults.length).toBeGreaterThan(0);
      for (const { message } of result.faults) expect(message).toMatch(/^line \d+, column \d+/);
    };
    fc.assert(fc.property(text, check), { numRuns: 500 });
    fc.assert(
      fc.property(
        shaped.map((file) => JSON.stringify(file)),
        check,
      ),
      { numRuns: 1500 },
    );
    expect(outcomes.read).toBeGreaterThan(10);
    expect(outcomes.refused).toBeGreaterThan(500);
  });
});
