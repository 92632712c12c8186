import { describe, expect, it } from 'vitest';
import { mergePatch } from '../../../src/http/protocol/merge-patch.js';

describe('a merge patch', () => {
  // RFC 7396, appendix A.
  it.each<[original: unknown, patch: unknown, result: unknown]>([
    [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
    [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
    [{ a: 'b' }, { a: null }, {}],
    [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
    [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
    [{ a: 'c' }, { a: ['b'] }, { a: ['b'] }],
    [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
    [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
    [
      ['a', 'b'],
      ['c', 'd'],
      ['c', 'd'],
    ],
    [{ a: 'b' }, ['c'], ['c']],
    [{ a: 'foo' }, null, null],
    [{ a: 'foo' }, 'bar', 'bar'],
    [{ e: null }, { a: 1 }, { e: null, a: 1 }],
    [[1, 2], { a: 'b', c: null }, { a: 'b' }],
    [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
  ])('%j with %j is %j', (original, patch, result) => {
    expect(mergePatch(original, patch)).toEqual(result);
  });

  it('leaves what it is applied to as it was', () => {
    const original = { a: { b: [1] }, c: 1 };
    const before = structuredClone(original);
    mergePatch(original, { a: { b: [2], d: 1 }, c: null });
    expect(original).toEqual(before);
  });

  it('takes names that objects inherit for names as any other', () => {
    const patch = JSON.parse('{"__proto__":{"polluted":true},"constructor":null,"toString":1}');
    const merged = mergePatch({ a: 1 }, patch) as object;
    expect(Object.keys(merged).toSorted()).toEqual(['__proto__', 'a', 'toString']);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    expect(Object.getPrototypeOf(merged)).toBe(Object.prototype);
  });
});
