import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findLinkFaults, type Linked, parseLink } from '../../../src/domain/links/links.js';
import { topological } from '../../../src/domain/links/start-order.js';

describe('parseLink', () => {
  test.each([
    ['db', 'db', 'db'],
    ['db:mysql', 'db', 'mysql'],
    ['/db:db', 'db', 'db'],
    ['/db:/web/mysql', 'db', 'mysql'],
    ['/db', 'db', 'db'],
    ['my_db.1:my-db.2_x', 'my_db.1', 'my-db.2_x'],
    ['db:d', 'db', 'd'],
  ])('reads %s', (text, container, alias) => {
    expect(parseLink(text)).toEqual({ ok: true, value: { container, alias, env: 'all' } });
  });

  test.each([
    ['', 'is missing'],
    [':', 'is missing'],
    [':db', 'the name of the source container is missing'],
    ['db:', 'the alias is missing'],
    ['a:b:c', 'more than one colon'],
    ['db: mysql', 'not an alias'],
    ['db:-x', 'not an alias'],
    ['db:a/b', 'not an alias'],
    ['db:a=b', 'not an alias'],
    [`db:${'a'.repeat(256)}`, 'not an alias'],
    ['d:db', 'not a container name'],
    ['-db', 'not a container name'],
    ['dö:db', 'not a container name'],
  ])('refuses %j', (text, reason) => {
    expect(parseLink(text)).toMatchObject({ ok: false, message: expect.stringContaining(reason) });
  });
});

/** `{ web: ['db'], 'db@back': [] }`: who links to whom, a network after an @. */
function world(links: Readonly<Record<string, readonly string[]>>): (name: string) => Linked | undefined {
  const known = new Map(
    Object.entries(links).map(([key, sources]) => {
      const [name = '', network = 'bridge'] = key.split('@');
      return [name, { network, links: sources.map((text) => linkOf(text)) }];
    }),
  );
  return (name) => known.get(name);
}

function linkOf(text: string) {
  const parsed = parseLink(text);
  if (!parsed.ok) {
    throw new Error(parsed.message);
  }
  return parsed.value;
}

function recipient(links: readonly string[], network = 'bridge'): Linked {
  return { network, links: links.map((text) => linkOf(text)) };
}

describe('findLinkFaults', () => {
  test.each([
    ['no links', [], {}],
    ['a source that exists', ['db'], { db: [] }],
    ['two links to one source', ['db:one', 'db:two'], { db: [] }],
    ['a diamond', ['left', 'right'], { left: ['db'], right: ['db'], db: [] }],
    ['a circle elsewhere', ['one'], { one: ['two'], two: ['one'] }],
    ['its own former links', ['db'], { web: ['web2'], db: [] }],
  ])('finds none with %s', (_, links, others) => {
    expect(findLinkFaults('web', recipient(links), world(others))).toEqual([]);
  });

  test.each([
    ['something missing', ['nosuch'], {}, '/links/0', 'container "nosuch" doesn\'t exist'],
    ['itself', ['web'], { web: [] }, '/links/0', "can't link to itself"],
    ['a circle of two', ['db'], { db: ['web'] }, '/links/0', 'web → db → web'],
    ['a circle of three', ['b2'], { b2: ['c3'], c3: ['web'] }, '/links/0', 'web → b2 → c3 → web'],
    ['the shorter of two circles', ['b2'], { b2: ['c3', 'web'], c3: ['web'] }, '/links/0', 'web → b2 → web'],
    [
      'another network',
      ['db'],
      { 'db@back': [] },
      '/links/0',
      'db is on the network "back", but web is on the default',
    ],
    ['a doubled alias', ['db:x', 'mq:x'], { db: [], mq: [] }, '/links/1', 'links/0 already has the alias'],
    [
      'an alias doubled but for its case',
      ['db:x', 'mq:X'],
      { db: [], mq: [] },
      '/links/1',
      'links/0 already has the alias',
    ],
  ])('finds %s', (_, links, others, pointer, message) => {
    expect(findLinkFaults('web', recipient(links), world(others))).toEqual([
      { pointer, message: expect.stringContaining(message) },
    ]);
  });

  test('finds all faults at once', () => {
    const faults = findLinkFaults('web', recipient(['nosuch', 'web', 'db', 'mq:db']), world({ db: ['web'], mq: [] }));
    expect(faults.map((fault) => fault.pointer)).toEqual(['/links/0', '/links/1', '/links/2', '/links/3']);
  });

  test('allows links within a user-defined network', () => {
    expect(findLinkFaults('web', recipient(['db'], 'back'), world({ 'db@back': [] }))).toEqual([]);
  });

  test('finds a circle through ten thousand', () => {
    const length = 10_000;
    const chain = Object.fromEntries(
      Array.from({ length }, (_, n) => [`c${n}x`, [n === length - 1 ? 'web' : `c${n + 1}x`]]),
    );
    expect(findLinkFaults('web', recipient(['c0x']), world(chain))).toHaveLength(1);
  });
});

describe('topological', () => {
  test.each([
    ['keeps the order of what is not linked', ['b', 'a', 'c'], {}, ['b', 'a', 'c']],
    ['puts sources first', ['web', 'db'], { web: ['db'] }, ['db', 'web']],
    ['leaves what is in order', ['db', 'web'], { web: ['db'] }, ['db', 'web']],
    ['goes along chains', ['a', 'b', 'c'], { a: ['b'], b: ['c'] }, ['c', 'b', 'a']],
    ['keeps the order of sources', ['a', 'x', 'y'], { a: ['y', 'x'] }, ['y', 'x', 'a']],
    ['has a shared source once', ['l', 'r', 'd'], { l: ['d'], r: ['d'] }, ['d', 'l', 'r']],
    ['passes over names it was not given', ['web'], { web: ['db'] }, ['web']],
    ['has every name once in spite of a circle', ['a', 'b'], { a: ['b'], b: ['a'] }, ['b', 'a']],
    ['has a doubled name once', ['a', 'a'], {}, ['a']],
  ] as const)('%s', (_, names, links: Readonly<Record<string, readonly string[]>>, expected) => {
    expect(topological(names, (name) => (links[name] ?? []).map((container) => ({ container })))).toEqual(expected);
  });

  test('puts every source before its recipients, whatever the graph', () => {
    const graph = fc.array(fc.array(fc.nat({ max: 1000 }), { maxLength: 4 }), { maxLength: 20 });
    fc.assert(
      fc.property(graph, fc.infiniteStream(fc.nat()), (edges, numbers) => {
        const names = edges.map((_, index) => `n${index}`);
        const sources = new Map(
          edges.map((targets, index) => [
            `n${index}`,
            index === 0 ? [] : targets.map((target) => ({ container: `n${target % index}` })),
          ]),
        );
        const shuffled = names.toSorted(() => (numbers.next().value % 2 === 0 ? 1 : -1));
        const order = topological(shuffled, (name) => sources.get(name) ?? []);
        expect(order.toSorted()).toEqual(names.toSorted());
        for (const [name, links] of sources) {
          for (const { container } of links) {
            expect(order.indexOf(container)).toBeLessThan(order.indexOf(name));
          }
        }
      }),
    );
  });
});
