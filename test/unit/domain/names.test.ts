import { describe, expect, test } from 'vitest';
import { ADJECTIVES, SURNAMES } from '../../../src/domain/definition/name-words.js';
import { generateName, isContainerName } from '../../../src/domain/definition/names.js';

describe('isContainerName', () => {
  test.each([
    ['web', true],
    ['w1', true],
    ['Web_1.2-x', true],
    ['a'.repeat(70), true],
    ['a'.repeat(255), true],
    ['a'.repeat(256), false],
    ['w', false],
    ['', false],
    ['-web', false],
    ['.web', false],
    ['_web', false],
    ['we b', false],
    ['web/db', false],
    ['wéb', false],
    ['web\n', false],
  ])('%j: %s', (text, expected) => {
    expect(isContainerName(text)).toBe(expected);
  });
});

describe('generateName', () => {
  test('is an adjective and a surname', () => {
    expect(
      generateName(
        () => 0,
        () => false,
      ),
    ).toBe(`${ADJECTIVES[0]}_${SURNAMES[0]}`);
    expect(
      generateName(
        () => 0.999999,
        () => false,
      ),
    ).toBe(`${ADJECTIVES.at(-1)}_${SURNAMES.at(-1)}`);
  });

  test('passes over names that are taken, with a digit after some collisions', () => {
    const taken = new Set<string>();
    const names = Array.from({ length: 30 }, () => {
      const name = generateName(
        () => 0,
        (text) => taken.has(text),
      );
      taken.add(name);
      return name;
    });
    expect(new Set(names).size).toBe(30);
    expect(names.slice(0, 3)).toEqual(['able_abel', 'able_abel0', 'able_abel20']);
  });

  test('is always a name that a container may have', () => {
    const longest = (words: readonly string[]) => Math.max(...words.map((word) => word.length));
    expect(longest(ADJECTIVES) + longest(SURNAMES)).toBeLessThan(50);
    expect(
      ADJECTIVES.flatMap((a) => SURNAMES.map((s) => `${a}_${s}`)).filter((name) => !isContainerName(name)),
    ).toEqual([]);
  });

  test('has words enough, none twice', () => {
    expect(new Set(ADJECTIVES).size).toBe(ADJECTIVES.length);
    expect(new Set(SURNAMES).size).toBe(SURNAMES.length);
    expect(ADJECTIVES.length).toBeGreaterThanOrEqual(60);
    expect(SURNAMES.length).toBeGreaterThanOrEqual(80);
  });
});
