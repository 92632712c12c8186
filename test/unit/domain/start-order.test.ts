import { describe, expect, it } from 'vitest';
import type { DefinitionInput } from '../../../src/domain/definition/definition.js';
import { specHash } from '../../../src/domain/definition/hash.js';
import { declare } from '../../../src/domain/definition/normalize.js';
import { findLinkFaults, type Linked } from '../../../src/domain/links/links.js';
import { specOf } from '../../support/definition.js';

const on = (...names: readonly string[]): Partial<DefinitionInput> => ({
  dependsOn: names.map((container) => ({ container })),
});

const faultsOf = (input: Partial<DefinitionInput>, others: Readonly<Record<string, Partial<DefinitionInput>>>) => {
  const specs = new Map(Object.entries(others).map(([name, other]): [string, Linked] => [name, specOf(other)]));
  return findLinkFaults('web', specOf(input), (name) => specs.get(name)).map(
    ({ pointer, message }) => `${pointer}: ${message}`,
  );
};

describe('dependencies', () => {
  it('have their defaults spelt out', () => {
    expect(specOf(on('db')).dependsOn).toEqual([{ container: 'db', condition: 'started', required: true }]);
    expect(specOf({ dependsOn: [] }).dependsOn).toBeUndefined();
  });

  it('never change the hash of a definition', () => {
    const hash = (input: Partial<DefinitionInput>) => specHash(specOf(input), { bindings: [] });
    expect(hash({ ...on('db'), boot: 'held', onUnhealthy: 'restart' })).toBe(hash({}));
  });

  it.each([
    ['a name that no container has', on('-db'), '/dependsOn/0: "-db" is not a container name'],
    ['the same container twice', on('db', 'db'), '/dependsOn/1: dependsOn/0 already names db'],
  ])('are refused with %s', (_, input, expected) => {
    const declared = declare({ image: 'x', ...input });
    expect(declared.ok ? [] : declared.faults.map(({ pointer, message }) => `${pointer}: ${message}`)).toEqual([
      expect.stringContaining(expected),
    ]);
  });

  it.each([
    ['on itself', on('web'), {}, ["/dependsOn/0: web can't depend on itself"]],
    ['on what is not defined', on('db'), {}, ['/dependsOn/0: container "db" doesn\'t exist; declare it first']],
    [
      'in a cycle of their own',
      on('db'),
      { db: on('mq'), mq: on('web') },
      ['/dependsOn/0: the links and dependencies form a cycle: web → db → mq → web; remove one of them'],
    ],
    [
      'in a cycle with links',
      on('db'),
      { db: { links: ['web'] } },
      ['/dependsOn/0: the links and dependencies form a cycle: web → db → web'],
    ],
    [
      'that close a cycle of links',
      { links: ['db'] },
      { db: on('web') },
      ['/links/0: the links and dependencies form a cycle: web → db → web'],
    ],
    ['in a cycle of others', on('db'), { db: on('mq'), mq: on('db') }, []],
    ['across networks', on('db'), { db: { network: 'back' } }, []],
    ['on what may be missing', { dependsOn: [{ container: 'db', required: false }] }, {}, []],
    [
      'in a cycle of optional dependencies',
      { dependsOn: [{ container: 'db', required: false }] },
      { db: on('web') },
      ['/dependsOn/0: the links and dependencies form a cycle'],
    ],
  ])('%s', (_, input: Partial<DefinitionInput>, others, expected: readonly string[]) => {
    expect(faultsOf(input, others)).toEqual(expected.map((text) => expect.stringContaining(text)));
  });
});
