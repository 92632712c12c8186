import { describe, expect, test } from 'vitest';
import type { DefinitionInput } from '../../../src/domain/definition/definition.js';
import { type Resolved, specHash } from '../../../src/domain/definition/hash.js';
import { canonicalJson } from '../../../src/lib/canonical-json.js';
import { specOf } from '../../support/definition.js';

const BINDING = { hostPort: 49001, containerPort: 80, protocol: 'tcp' } as const;

function hash(input: Partial<DefinitionInput> = {}, bindings: Resolved['bindings'] = [BINDING]): string {
  return specHash(specOf({ image: 'mysql', ...input }), { bindings });
}

describe('specHash', () => {
  test('is the version of the rule and a SHA-256', () => {
    expect(hash()).toMatch(/^1:[0-9a-f]{64}$/);
  });

  test.each<[string, Partial<DefinitionInput>]>([
    ['image', { image: 'mysql:8' }],
    ['command', { command: ['x'] }],
    ['an empty command', { command: [] }],
    ['entrypoint', { entrypoint: ['x'] }],
    ['env', { env: { A: '1' } }],
    ['workingDir', { workingDir: '/x' }],
    ['user', { user: '1' }],
    ['hostname', { hostname: 'x' }],
    ['expose', { expose: ['1'] }],
    ['links', { links: ['db'] }],
    ['network', { network: 'back' }],
    ['networkAliases', { network: 'back', networkAliases: ['x'] }],
    ['volumes', { volumes: [{ volume: 'v1', target: '/a' }] }],
    ['labels', { labels: { a: '' } }],
    ['healthcheck', { healthcheck: { command: [] } }],
    ['stopSignal', { stopSignal: 'INT' }],
    ['stopTimeoutSeconds', { stopTimeoutSeconds: 11 }],
  ])('changes with %s', (_, input) => {
    expect(hash(input)).not.toBe(hash());
  });

  test.each<[string, Partial<DefinitionInput>]>([
    ['restartPolicy', { restartPolicy: 'no' }],
    ['resources', { resources: { cpus: 1 } }],
    ['pullPolicy', { pullPolicy: 'always' }],
    ['onLinkChange', { onLinkChange: 'ignore' }],
    ['state', { state: 'stopped' }],
    ['the way in which its ports were asked for', { ports: ['49001:80'] }],
    ['publishAll, where it comes to the same ports', { publishAll: true }],
  ])('does not change with %s', (_, input) => {
    expect(hash(input)).toBe(hash());
  });

  test('is that of the first of several networks: the others are connected while a container runs', () => {
    const short = hash({ network: 'back' });
    expect(hash({ networks: [{ name: 'back' }] })).toBe(short);
    expect(hash({ networks: [{ name: 'back' }, { name: 'front', aliases: ['web'] }] })).toBe(short);
    expect(hash({ networks: [{ name: 'front' }, { name: 'back' }] })).not.toBe(short);
  });

  test.each<[string, Resolved['bindings']]>([
    ['another host port', [{ ...BINDING, hostPort: 49002 }]],
    ['another container port', [{ ...BINDING, containerPort: 81 }]],
    ['another protocol', [{ ...BINDING, protocol: 'udp' }]],
    ['an address', [{ ...BINDING, hostIp: '127.0.0.1' }]],
    ['one more', [BINDING, { ...BINDING, hostPort: 49002 }]],
    ['none', []],
  ])('changes with the bindings: %s', (_, bindings) => {
    expect(hash({}, bindings)).not.toBe(hash());
  });

  test('does not depend on an order that means nothing', () => {
    const other = { ...BINDING, hostPort: 49002 };
    const one = hash({ env: { A: '1', B: '2' }, expose: ['1', '2'], labels: { x: '', y: '' } }, [BINDING, other]);
    const two = hash({ env: { B: '2', A: '1' }, expose: ['2', '1'], labels: { y: '', x: '' } }, [other, BINDING]);
    expect(two).toBe(one);
  });

  test('depends on the order of links, by which the last of two variables wins', () => {
    expect(hash({ links: ['db', 'mq'] })).not.toBe(hash({ links: ['mq', 'db'] }));
  });

  test('stays what it is: containers that run were made with it', () => {
    expect(hash({ env: { A: '1' }, links: ['db'] })).toBe(
      '1:ad9cebaee27cff26acf6ec641bbecb95ba3b834bc392d8e1e244aaa4d11b190c',
    );
  });
});

test('canonicalJson sorts keys at every depth and leaves lists', () => {
  expect(canonicalJson({ b: [{ d: 1, c: 2 }, 1], a: null })).toBe('{"a":null,"b":[{"c":2,"d":1},1]}');
});
