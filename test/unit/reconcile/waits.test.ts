/** Which member of a cycle of waits releases its ports, and what counts as waiting for long. */

import { describe, expect, it } from 'vitest';
import type { Definition } from '../../../src/domain/definition/definition.js';
import { releaserOf, type Standing, type WaitGraph, waitsForStuck } from '../../../src/reconcile/plan/waits.js';
import { definition } from '../../support/definition.js';

interface Situation {
  /** `a:b` for each link of a to b. */
  readonly links?: readonly string[];
  /** `a:b` where a waits for a host port that b has bound. */
  readonly ports?: readonly string[];
  /** Of those that aren't waiting. */
  readonly standings?: Readonly<Record<string, Standing>>;
  readonly down?: readonly string[];
  readonly stopped?: readonly string[];
  readonly proving?: readonly string[];
}

const NAMES = ['a', 'b', 'c', 'd'] as const;

/** Definitions a to d, defined in that order; those that wait over a port wait for their sources as well. */
function situation({ links = [], ports = [], standings = {}, down = [], stopped = [], proving = [] }: Situation) {
  const of = (pairs: readonly string[], name: string): readonly string[] =>
    pairs.filter((pair) => pair.startsWith(`${name}:`)).map((pair) => pair.slice(2));
  const all = new Map(
    NAMES.map((name, seq): [string, Definition] => [
      name,
      definition({
        ...{ uid: name, name, seq },
        spec: {
          links: of(links, name).map((container) => ({ container, alias: container, env: 'address' as const })),
          state: stopped.includes(name) ? 'stopped' : 'running',
        },
      }),
    ]),
  );
  const one = (name: string): Definition => all.get(name) as Definition;
  const graph: WaitGraph = {
    waitsOf: ({ name }) => [
      ...of(ports, name).map((on) => ({ over: 'claim' as const, on: one(on) })),
      ...of(links, name).map((on) => ({ over: 'link' as const, on: one(on) })),
    ],
    standingOf: ({ uid }) => standings[uid] ?? 'waiting',
    isUp: (uid) => !down.includes(uid),
    isProving: (uid) => proving.includes(uid),
    byName: (name) => all.get(name),
  };
  return { graph, one };
}

describe('the one that releases its ports', () => {
  it.each<readonly [string, Situation, string | undefined]>([
    ['nobody waits for anybody', {}, undefined],
    ['a chain has an end', { ports: ['a:b', 'b:c'] }, undefined],
    ['two exchange their ports: the one defined last', { ports: ['a:b', 'b:a'] }, 'b'],
    ['a recipient and its source exchange their ports: the recipient', { ports: ['a:b', 'b:a'], links: ['a:b'] }, 'a'],
    ['a recipient hands its port to its source: the recipient', { ports: ['a:b'], links: ['b:a'] }, 'b'],
    [
      'three in a chain of links rotate: the last recipient',
      { ports: ['a:b', 'b:c', 'c:a'], links: ['b:c', 'a:b'] },
      'a',
    ],
    ['the recipient released already: its source', { ports: ['a:b', 'b:a'], links: ['b:a'], down: ['b'] }, 'a'],
    ['one has not found out what else it waits for', { ports: ['a:b', 'b:a'], standings: { b: 'moving' } }, undefined],
    ['one is stuck', { ports: ['a:b', 'b:a'], standings: { b: 'stuck' } }, undefined],
    ['one waits for another that is in no cycle', { ports: ['a:b', 'b:a', 'b:c'] }, undefined],
    ['it waits for a cycle without being in it', { ports: ['a:b', 'b:c', 'c:b'] }, undefined],
  ])('%s', (_, given, expected) => {
    const { graph, one } = situation(given);
    expect(releaserOf(one('a'), graph)?.name).toBe(expected);
  });

  it('is the same whichever member is asked', () => {
    const { graph, one } = situation({ ports: ['a:b', 'b:c', 'c:a'], links: ['b:a'] });
    expect(NAMES.slice(0, 3).map((name) => releaserOf(one(name), graph)?.name)).toEqual(['c', 'c', 'c']);
  });
});

describe('waiting for what is stuck', () => {
  it.each<readonly [string, Situation, boolean]>([
    ['all are on their way', { ports: ['a:b', 'b:a'] }, false],
    ['the one that it waits for is stuck', { ports: ['a:b'], standings: { b: 'stuck' } }, true],
    [
      'one is stuck that it waits for through another',
      { ports: ['a:b'], links: ['b:c'], standings: { c: 'stuck' } },
      true,
    ],
    ['its source is stopped', { links: ['a:b'], stopped: ['b'] }, true],
    ['what has its port is to be stopped', { ports: ['a:b'], stopped: ['b'] }, false],
    ['the health check of its source has yet to pass', { links: ['a:b'], proving: ['b'] }, true],
    ['another is stuck', { ports: ['a:b'], standings: { c: 'stuck' } }, false],
  ])('%s', (_, given, expected) => {
    const { graph, one } = situation(given);
    expect(waitsForStuck(one('a'), graph)).toBe(expected);
  });
});
