import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Problem } from '../../../src/domain/problems/problem.js';
import { parseJson } from '../../../src/http/protocol/json-body.js';

const parse = (text: string): unknown => parseJson(Buffer.from(text));

function faultOf(text: string): string | undefined {
  try {
    parse(text);
  } catch (error) {
    return (error as Problem).faults.map(({ pointer, message }) => `${pointer} ${message}`)[0];
  }
  return undefined;
}

describe('a JSON body', () => {
  it('is what JSON.parse makes of it, whatever it holds', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), fc.constantFrom(0, 2), (text, indent) => {
        fc.pre(!text.includes('__proto__'));
        const printed = JSON.stringify(JSON.parse(text), null, indent);
        expect(parse(printed)).toEqual(JSON.parse(printed));
      }),
    );
  });

  it.each(['', ' ', '\r\n\t '])('%j is none', (text) => {
    expect(parse(text)).toBeUndefined();
  });

  it('may begin with a byte order mark', () => {
    expect(parse('\ufeff{"a":1}')).toEqual({ a: 1 });
  });

  it.each<[text: string, fault: string]>([
    ['{"a":1,"a":1}', '/a occurs twice'],
    ['{"a":{"b":1},"c":[{"b":1},{"b":1,"b":2}]}', '/c/1/b occurs twice'],
    ['{"a/b":{"~":1,"~":2}}', '/a~1b/~0 occurs twice'],
    ['{"\\"a":1,"\\"a":2}', '/"a occurs twice'],
    ['{"é":1,"\\u00e9":2}', '/é occurs twice'],
    ['[[1,{"a":1}],{"a":1,"b":[{}],"a":2}]', '/1/a occurs twice'],
    ['{"a":[{"__proto__":null}]}', '/a/0/__proto__ is not an allowed name'],
    ['{"a":"__proto__","\\u005F_proto__":1}', '/__proto__ is not an allowed name'],
  ])('%s is refused: %s', (text, fault) => {
    expect(faultOf(text)).toBe(fault);
  });

  it.each([
    '{"a":"a","b":"a"}',
    '{"a":{"a":{"a":[{"a":1},{"a":1}]}}}',
    '{"a":"{\\"a\\":1,\\"a\\":2}"}',
    '{"a":"\\\\","b":"\\\\\\"","c":":"}',
    '["a","a",{"a":"b:c,d{e}[f]"}]',
    '"__proto__"',
    '{"constructor":{"prototype":1}}',
  ])('%s is not ambiguous', (text) => {
    expect(parse(text)).toEqual(JSON.parse(text));
  });

  it('may be nested 64 deep and no deeper', () => {
    expect(parse(`${'['.repeat(64)}${']'.repeat(64)}`)).toBeDefined();
    expect(() => parse(`${'['.repeat(65)}${']'.repeat(65)}`)).toThrow(/nested more than 64 levels deep/);
  });

  it.each<[what: string, bytes: Uint8Array]>([
    ['a lone byte', Buffer.from([0x22, 0xff, 0x22])],
    ['an overlong form', Buffer.from([0x22, 0xc0, 0xaf, 0x22])],
    ['half a surrogate pair', Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22])],
    ['a letter cut off', Buffer.from([0x22, 0xc3])],
  ])('has to be UTF-8: %s', (_, bytes) => {
    expect(() => parseJson(bytes)).toThrow(Problem);
    expect(() => parseJson(bytes)).toThrow(/not valid UTF-8/);
  });

  it('of 256 KiB is read in a moment, whatever it is made of', () => {
    const size = 256 * 1024;
    for (const text of [
      JSON.stringify({ a: 'x'.repeat(size) }),
      JSON.stringify({ a: '\\"'.repeat(size / 8) }),
      JSON.stringify(Array(size / 4).fill({})),
      JSON.stringify(Object.fromEntries(Array.from({ length: size / 12 }, (_, i) => [`k${i}`, 1]))),
    ]) {
      const start = process.cpuUsage();
      parse(text);
      const { user, system } = process.cpuUsage(start);
      expect((user + system) / 1000).toBeLessThan(2000);
    }
  });
});
