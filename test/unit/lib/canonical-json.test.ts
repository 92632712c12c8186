import fc from 'fast-check';
import { expect, it } from 'vitest';
import { canonicalJson, isSameJson } from '../../../src/lib/canonical-json.js';

/** The same value with the members of each object in reverse order. */
function reversed(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(reversed);
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, part]) => [name, reversed(part)]),
  );
}

const json = fc.jsonValue({ maxDepth: 4 });

it('two values are the same JSON if their canonical texts are equal', () => {
  fc.assert(fc.property(json, json, (a, b) => isSameJson(a, b) === (canonicalJson(a) === canonicalJson(b))));
});

it('the order of members makes no difference, and any other change does', () => {
  fc.assert(
    fc.property(json, (value) => {
      expect(isSameJson(value, reversed(value))).toBe(true);
      expect(isSameJson({ a: value, b: [value] }, { b: [reversed(value)], a: value })).toBe(true);
      expect(isSameJson([value], [value, value])).toBe(false);
      expect(isSameJson({ value }, { value, more: null })).toBe(false);
      expect(isSameJson([value], { 0: value })).toBe(false);
    }),
  );
});

it('a member that is undefined is the same as one that is absent', () => {
  expect(isSameJson({ a: 1, b: undefined }, { a: 1 })).toBe(true);
  expect(isSameJson({ a: 1 }, { a: 1, b: undefined })).toBe(true);
  expect(isSameJson({ a: undefined }, { a: null })).toBe(false);
  expect(isSameJson({ a: undefined, b: 1 }, { c: 1 })).toBe(false);
});
