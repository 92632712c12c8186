import { describe, expect, it } from 'vitest';
import type { Hold } from '../../../src/domain/restore-hold.js';
import { plan } from '../../../src/reconcile/plan/plan.js';
import { definition } from '../../support/definition.js';
import { container, input, lines } from './builders.js';

const AT = '2026-01-16T07:43:50.112Z';
const hold: Hold = { reason: 'restored', since: new Date(), takenAt: new Date(AT) };
const HELD = ['! Ready HeldAfterRestore'];
const stopped = definition({ spec: { state: 'stopped' } });
const deleted = definition({ deletionRequestedAt: new Date(0) });
const owner = (generation: number, hash = '1:later') => ({
  ...{ instance: 'i', uid: 'uid-web', name: 'web', generation, hash },
});
const later = container({ owner: owner(2) });

describe('while a restored backup is held', () => {
  it.each([
    ['nothing is there: nothing is made', input({ hold }), HELD],
    ['it runs as wanted: there is nothing to hold', input({ hold, own: [container()] }), []],
    ['it runs as of another wish: it runs on', input({ hold, own: [container({ hash: '1:old' })] }), HELD],
    ['it was killed from outside: it stays down', input({ hold, own: [container({ state: 'exited' })] }), HELD],
    ['it was to be stopped then: it runs on', input({ hold, definition: stopped, own: [container()] }), HELD],
    ['it was to be deleted then: it runs on', input({ hold, definition: deleted, own: [container()] }), HELD],
    ['it was to be deleted then, and is gone: it is not forgotten', input({ hold, definition: deleted }), HELD],
    ['another limit: it is not updated', input({ hold, own: [container({ pids: 1 })] }), HELD],
    [
      'in the middle of a replacement: both stay',
      input({ hold, own: [container(), container({ id: '01d000000000', name: 'web.retired-01d000000000' })] }),
      HELD,
    ],
    [
      'nothing can be done anyway: the obstacle is told',
      input({ hold, nameHolder: { id: 'f0', name: 'web' } }),
      ['! Ready NameTaken'],
    ],
  ])('%s', (_, given, expected) => {
    expect(lines(plan(given))).toEqual(expected);
  });

  it('says since which backup, what is held back, and what to do', () => {
    const { obstacle } = plan(input({ hold, own: [container({ hash: '1:old' })] }));
    expect(obstacle?.message).toBe(
      `the backup of ${AT} was restored, so its changes are paused: stop (created for generation 1 with different settings or host ports) and 4 more. GET /v1/restore lists all changes, POST /v1/restore/release releases them`,
    );
    const replaced = plan(input({ hold: { ...hold, reason: 'replaced', takenAt: null } }));
    expect(replaced.obstacle?.message).toMatch(/^a backup replaced the database, so its changes are paused: create/);
  });
});

describe('a container of a later generation than its definition', () => {
  it.each([
    ['runs: the database is older than the engine, so it runs on', input({ own: [later] }), HELD],
    ['is to be stopped: it runs on', input({ definition: stopped, own: [later] }), HELD],
    ['is to be deleted: it stays', input({ definition: deleted, own: [later] }), HELD],
    ['is down: it stays down', input({ own: [{ ...later, state: 'exited' }] }), HELD],
    ['was never started: it stays', input({ own: [{ ...later, state: 'created', startedAt: null }] }), HELD],
    [
      'is there beside the one that is wanted: both stay',
      input({ own: [container(), { ...later, id: '1a7e00000000', name: 'web.retired-1a7e00000000' }] }),
      HELD,
    ],
    [
      'is as this generation wants it: there is nothing to hold',
      input({ own: [container({ owner: owner(9, '1:wanted') })] }),
      [],
    ],
    ['is not there: all is as ever', input({ own: [container({ owner: owner(1) })] })],
  ])('%s', (_, given, expected = ['stop web (c0ffee000000)']) => {
    expect(lines(plan(given)).slice(0, 1)).toEqual(expected);
  });

  it('says which generations those are', () => {
    expect(plan(input({ own: [later] })).obstacle?.message).toMatch(
      /^the database is older than the engine \(container at generation 2, definition at generation 1\), so its changes are paused: stop/,
    );
  });
});

describe('a restored definition that the policy refuses', () => {
  const policy = { kind: 'policy', why: '/volumes/0/volume "/" is a path of the host that is not listed' } as const;
  it.each([
    ['is not created', input({ paused: policy }), ['! Ready PolicyDenied']],
    ['is not replaced', input({ paused: policy, own: [container({ hash: '1:old' })] }), ['! Ready PolicyDenied']],
    ['is not started', input({ paused: policy, own: [container({ state: 'exited' })] }), ['! Ready PolicyDenied']],
    ['runs on where it already runs as wanted', input({ paused: policy, own: [container()] }), []],
    [
      'gives back the name of another definition',
      input({ paused: policy, own: [container({ name: 'api' })], misnamed: new Set(['c0ffee000000']) }),
      ['rename api (c0ffee000000) → web'],
    ],
    ['can be stopped', input({ paused: policy, definition: stopped, own: [container()] }), ['stop web (c0ffee000000)']],
    [
      'can be deleted',
      input({ paused: policy, definition: deleted, own: [container()] }),
      ['stop web (c0ffee000000)', 'remove web (c0ffee000000)', 'forget '],
    ],
  ])('%s', (_, given, expected) => {
    expect(lines(plan(given)).map((line) => line.replace(/^forget .*/, 'forget '))).toEqual(expected);
  });

  it('says why, and what to do', () => {
    expect(plan(input({ paused: policy })).obstacle?.message).toBe(
      `the restored definition is paused because the policy does not allow it: ${policy.why}. Change the definition or the policy`,
    );
  });
});

describe('a container that only a restored database calls adopted', () => {
  const paused = { kind: 'unverified', container: 'web', id: 'f00d00000000' } as const;
  const nameHolder = { id: paused.id, name: 'web' };
  it.each([
    ['is left alone', input({ paused, nameHolder })],
    ['is left alone under another name', input({ paused })],
    ['is left alone when it is to be stopped', input({ paused, nameHolder, definition: stopped })],
  ])('%s', (_, given) => {
    expect(lines(plan(given))).toEqual(['! Ready AdoptionUnverified']);
    expect(plan(given).obstacle?.message).toContain('Adopt it again with POST /v1/adopt');
  });

  it('does not keep its definition from being deleted', () => {
    expect(lines(plan(input({ paused, nameHolder, definition: deleted })))).toEqual([expect.stringMatching(/^forget/)]);
  });
});
