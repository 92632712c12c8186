/** Judgements of containers, counted: each is made once, and only where something needs it. */

import { expect, it } from 'vitest';
import type { OwnContainer } from '../../../src/reconcile/observe/observed-state.js';
import { assess } from '../../../src/reconcile/plan/assess.js';
import { plan } from '../../../src/reconcile/plan/plan.js';
import { definition } from '../../support/definition.js';
import { container, input, linkTo, running, source } from './builders.js';

/** A source that counts how often the environment of its recipients is derived from its own. */
function countedSource() {
  let reads = 0;
  const counted: OwnContainer = {
    ...source(),
    get exposed() {
      reads++;
      return [];
    },
  };
  return { link: linkTo(running(counted)), reads: () => reads };
}

const linked = definition({ spec: { links: [{ container: 'db', alias: 'db', env: 'address' }] } });

it('derives the environment of a linked definition once for all that is decided from it', () => {
  const { link, reads } = countedSource();
  const own = [container(), container({ id: 'c2', name: 'web.retired-c2' })];
  const given = input({ definition: linked, own, links: [link], failedReplacement: { key: 'other', message: '' } });
  const assessment = assess(given);
  expect(reads()).toBe(0);
  plan(given, assessment);
  const after = reads();
  plan(given, assessment);
  for (const one of own) expect(assessment.differencesOf(one)).toBe(assessment.differencesOf(one));
  expect([assessment.environment, assessment.serving, assessment.previous, assessment.key]).toHaveLength(4);
  expect([after > 0, reads()]).toEqual([true, after]);
});

it('derives no environment for a definition without links', () => {
  let reads = 0;
  const spec = {
    ...definition().spec,
    get env() {
      reads++;
      return {};
    },
  };
  const given = input({ definition: { ...definition(), spec }, own: [container()] });
  expect(plan(given)).toEqual({ actions: [], obstacle: null });
  expect(reads).toBe(0);
});

it('finds the container that serves, and the one to go back to', () => {
  const old = container({ id: 'old', name: 'web.retired-old', hash: '1:old', state: 'exited' });
  const failing = container({ id: 'new', state: 'exited', exitCode: 1 });
  const up = { ...old, state: 'running' } as const;
  expect(assess(input({ own: [failing, old] }))).toMatchObject({ current: failing, serving: failing, previous: old });
  expect(assess(input({ own: [failing, up] }))).toMatchObject({ current: failing, serving: up, previous: up });
  expect(assess(input({ own: [] }))).toMatchObject({ current: undefined, serving: undefined, previous: undefined });
});
