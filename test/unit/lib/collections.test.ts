import { describe, expect, it } from 'vitest';
import { Lru } from '../../../src/lib/lru.js';
import { groupBy, MultiMap } from '../../../src/lib/multimap.js';

describe('an LRU map', () => {
  it('drops the entry that was not used for longest', () => {
    const lru = new Lru<string, number>(2);
    lru.set('a', 1);
    lru.set('b', 2);
    expect(lru.get('a')).toBe(1);
    lru.set('c', 3);
    expect([lru.get('a'), lru.get('b'), lru.get('c')]).toEqual([1, undefined, 3]);
  });

  it('keeps its size when an entry is written again or deleted', () => {
    const lru = new Lru<string, number>(2);
    lru.set('a', 1);
    lru.set('b', 2);
    lru.set('a', 3);
    expect([lru.get('a'), lru.get('b')]).toEqual([3, 2]);
    lru.delete('a');
    lru.set('c', 4);
    expect([lru.get('a'), lru.get('b'), lru.get('c')]).toEqual([undefined, 2, 4]);
  });
});

describe('a multimap', () => {
  it('has several values for a key, each once', () => {
    const map = new MultiMap<string, number>();
    map.add('a', 2);
    map.add('a', 1);
    map.add('a', 2);
    map.add('b', 3);
    expect([...map.get('a')]).toEqual([2, 1]);
    expect([...map.get('c')]).toEqual([]);
  });

  it('reports if a deleted value was there', () => {
    const map = new MultiMap<string, number>();
    map.add('a', 1);
    expect([map.delete('a', 2), map.delete('a', 1), map.delete('a', 1)]).toEqual([false, true, false]);
    expect(map.get('a').size).toBe(0);
  });

  it('deletes all values of a key, or of every key', () => {
    const map = new MultiMap<string, number>();
    for (const key of ['a', 'b', 'c']) map.add(key, 1);
    map.deleteAll('a');
    expect([map.get('a').size, map.get('b').size]).toEqual([0, 1]);
    map.clear();
    expect([map.get('b').size, map.get('c').size]).toEqual([0, 0]);
  });
});

it('groups values by key in their order', () => {
  const groups = groupBy(['ab', 'c', 'de', 'f'], ({ length }) => length);
  expect([...groups]).toEqual([
    [2, ['ab', 'de']],
    [1, ['c', 'f']],
  ]);
});
