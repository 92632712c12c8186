import { describe, expect, it } from 'vitest';
import { Problem } from '../../../src/domain/problems/problem.js';
import { etagOf, preconditions } from '../../../src/http/protocol/conditional.js';
import { isNoneMatched } from '../../../src/http/protocol/etag.js';

describe('preconditions', () => {
  it.each<[header: string, generations: readonly number[] | 'any']>([
    ['"3"', [3]],
    ['*', 'any'],
    [' * ', 'any'],
    ['"2", "3"', [2, 3]],
    ['"2","3"', [2, 3]],
    [', "2",,\t"3" ,', [2, 3]],
    ['W/"3"', []],
    ['W/"3", "4"', [4]],
    ['"abc"', []],
    ['"1,2", "3"', [3]],
    ['""', []],
    ['"3.0"', []],
    ['"-3"', []],
  ])('If-Match: %s asks for %j', (header, ifMatch) => {
    expect(preconditions({ 'if-match': header })).toEqual({ ifMatch });
  });

  it.each(['', ' ', ',', '3', '"3', '3"', 'w/"3"', 'W/3', '"3" "4"', '*, "3"', '"3", *', '"a b"', "'3'"])(
    'If-Match: %j is not understood',
    (header) => {
      expect(() => preconditions({ 'if-match': header })).toThrow(Problem);
    },
  );

  it.each(['"3"', '', 'W/"3"', '**'])('If-None-Match: %j is not understood on a write', (header) => {
    expect(() => preconditions({ 'if-none-match': header })).toThrow(/if-none-match must be \*/);
  });

  it('are none where there are no headers, and both where there are both', () => {
    expect(preconditions({})).toEqual({});
    expect(preconditions({ 'if-match': '"1"', 'if-none-match': '*' })).toEqual({ ifMatch: [1], ifNoneMatch: true });
  });

  it('take the ETag that an answer has', () => {
    expect(preconditions({ 'if-match': etagOf(12) })).toEqual({ ifMatch: [12] });
  });
});

describe('If-None-Match of a read', () => {
  it.each<[header: string | undefined, isMatched: boolean]>([
    ['*', true],
    ['"a"', true],
    ['W/"a"', true],
    ['"b", W/"a"', true],
    ['"b"', false],
    ['a', false],
    ['', false],
    [undefined, false],
  ])('%j names the tag "a": %s', (header, isMatched) => {
    expect(isNoneMatched(header, '"a"')).toBe(isMatched);
  });
});
