/** States of dependencies, and plans that wait for them. */

import { describe, expect, it } from 'vitest';
import type { Definition, Dependency } from '../../../src/domain/definition/definition.js';
import type { OwnContainer } from '../../../src/reconcile/observe/observed-state.js';
import { createDependencies } from '../../../src/reconcile/plan/dependencies.js';
import { dependencyObstacle } from '../../../src/reconcile/plan/obstacles.js';
import { plan } from '../../../src/reconcile/plan/plan.js';
import type { DependencyFinding, DependencyState } from '../../../src/reconcile/plan/types.js';
import { definition } from '../../support/definition.js';
import { container, input, lines, source } from './builders.js';

const on = (condition: Dependency['condition'], required = true): Dependency => ({
  ...{ container: 'db', condition, required },
});

interface Situation {
  readonly db?: Parameters<typeof definition>[0] | null;
  readonly own?: readonly OwnContainer[];
  readonly isChanging?: boolean;
  readonly isStuck?: boolean;
  readonly isHeldUp?: boolean;
}

const STARTED = '2026-01-01T00:00:00Z';
const runs = (over: Partial<OwnContainer> = {}) => source({ startedAt: STARTED, ...over });
const ended = (exitCode: number, over: Partial<OwnContainer> = {}) => runs({ state: 'exited', exitCode, ...over });

function stateOf(dependency: Dependency, { db = {}, own = [], ...facts }: Situation): DependencyState | undefined {
  const awaited: Definition | undefined = db === null ? undefined : definition({ uid: 'uid-db', name: 'db', ...db });
  const { counted } = createDependencies({
    byName: (name) => (name === 'db' ? awaited : undefined),
    ownOf: () => own,
    runsOf: () => [],
    hashOf: () => '1:db',
    isChanging: () => facts.isChanging === true,
    isStuck: () => facts.isStuck === true,
    isHeldUp: () => facts.isHeldUp === true,
  });
  return counted(definition({ spec: { dependsOn: [dependency] } }))[0]?.state;
}

const once = { spec: { restartPolicy: 'no' as const } };
const outdated = { owner: { instance: 'i', uid: 'uid-db', name: 'db', generation: 1, hash: '1:old' } };

describe('a dependency', () => {
  it.each<[what: string, dependency: Dependency, situation: Situation, kind: DependencyState['kind'], why?: string]>([
    ['that is not defined is missing', on('started'), { db: null }, 'missing', 'db is not defined'],
    ['that is being deleted is missing', on('started'), { db: { deletionRequestedAt: new Date(0) } }, 'missing'],
    ['without a container is waited for', on('started'), {}, 'waiting', 'not running'],
    ['that runs has started', on('started'), { own: [runs()] }, 'met'],
    ['that is paused is waited for', on('started'), { own: [runs({ state: 'paused' })] }, 'waiting', 'paused'],
    ['that ran to its end has started', on('started'), { db: once, own: [ended(3)] }, 'met'],
    ['that ended and is restarted is waited for', on('started'), { own: [ended(3)] }, 'waiting'],
    [
      'that is to run again is waited for',
      on('started'),
      { db: { ...once, restartOf: STARTED }, own: [ended(0)] },
      'waiting',
    ],
    [
      'that crashes over and over is blocked',
      on('started'),
      { own: [runs({ state: 'restarting', exitCode: 9 })] },
      'blocked',
      'keeps exiting with code 9',
    ],
    ['that is stopped is blocked', on('healthy'), { db: { spec: { state: 'stopped' } } }, 'blocked', 'is stopped'],
    ['whose check passes is healthy', on('healthy'), { own: [runs({ health: 'healthy' })] }, 'met'],
    [
      'whose check has yet to pass is waited for',
      on('healthy'),
      { own: [runs({ health: 'starting' })] },
      'waiting',
      'has not passed yet',
    ],
    ['whose check fails is blocked', on('healthy'), { own: [runs({ health: 'unhealthy' })] }, 'blocked', 'unhealthy'],
    ['without a check is blocked', on('healthy'), { own: [runs()] }, 'blocked', 'no health check'],
    ['that ended is not healthy', on('healthy'), { db: once, own: [ended(2)] }, 'blocked', 'exited with code 2'],
    [
      'that is about to be replaced is changing',
      on('healthy'),
      { own: [runs({ health: 'healthy' })], isChanging: true },
      'changing',
    ],
    [
      'whose change is stuck counts as it is',
      on('healthy'),
      { own: [runs({ health: 'healthy' })], isChanging: true, isStuck: true },
      'met',
    ],
    ['that exited with 0 has completed', on('completed'), { db: once, own: [ended(0)] }, 'met'],
    [
      'that is stopped after that has completed',
      on('completed'),
      { db: { spec: { restartPolicy: 'no', state: 'stopped' } }, own: [ended(0)] },
      'met',
    ],
    [
      'that completed as it was before is waited for',
      on('completed'),
      { db: once, own: [ended(0, outdated)] },
      'waiting',
    ],
    [
      'that is to run again has yet to complete',
      on('completed'),
      { db: { ...once, restartOf: STARTED }, own: [ended(0)] },
      'waiting',
    ],
    ['that runs has yet to complete', on('completed'), { db: once, own: [runs()] }, 'waiting', 'has not completed yet'],
    ['that failed is blocked', on('completed'), { db: once, own: [ended(1)] }, 'blocked', 'exited with code 1'],
    [
      'that failed and is restarted is waited for',
      on('completed'),
      { db: { spec: { restartPolicy: 'on-failure' } }, own: [ended(1)] },
      'waiting',
    ],
    [
      'that failed as often as it may is blocked',
      on('completed'),
      { db: { spec: { restartPolicy: 'on-failure', restartMaxRetries: 3 } }, own: [ended(1, { restartCount: 3 })] },
      'blocked',
      'exited with code 1',
    ],
    ['that always runs never completes', on('completed'), { own: [runs()] }, 'blocked', 'restartPolicy is always'],
    ['that is held up is waited for', on('started'), { isHeldUp: true }, 'waiting'],
    ['that is held up and not required is not waited for', on('started', false), { isHeldUp: true }, 'blocked'],
  ])('%s', (_, dependency, situation, kind, why = '') => {
    const state = stateOf(dependency, situation);
    expect(state?.kind).toBe(kind);
    if (state !== undefined && state.kind !== 'met') expect(state.message).toContain(why);
  });
});

const finding = (state: DependencyState, required = true): DependencyFinding => ({
  ...{ dependency: on('healthy', required), state },
});
const WAITING = finding({ kind: 'waiting', message: 'waiting for db' });
const BLOCKED = finding({ kind: 'blocked', message: 'db is unhealthy' });
const MET = finding({ kind: 'met' });

it.each([
  ['met', [MET], undefined],
  ['awaited', [MET, WAITING], 'WaitingForDependency'],
  ['awaited and blocked', [WAITING, BLOCKED], 'DependencyNotReady'],
  ['missing', [finding({ kind: 'missing', message: '' })], 'DependencyMissing'],
  ['blocked, and not required', [finding({ kind: 'blocked', message: '' }, false)], undefined],
  ['awaited, and not required', [finding({ kind: 'waiting', message: '' }, false)], 'WaitingForDependency'],
] as const)('dependencies that are %s', (_, dependencies, reason) => {
  expect(dependencyObstacle({ dependencies })?.reason).toBe(reason);
});

describe('a plan', () => {
  const waits = { dependencies: [WAITING], waitsForStuck: true };
  const down = container({ state: 'exited', exitCode: 1, restartPolicy: 'unless-stopped' });
  const retired = container({ id: '01d000000000', name: 'web.retired-01d000000000', state: 'exited', hash: '1:old' });
  const held = definition({ spec: { boot: 'held' } });
  const job = definition({ spec: { restartPolicy: 'no' } });
  const heal = definition({ spec: { onUnhealthy: 'restart' } });
  const restart = definition({ restartOf: STARTED });
  const sick = container({ health: 'unhealthy' });
  const crashing = container({ state: 'restarting', exitCode: 1 });
  const spent = container({
    ...{ state: 'exited', exitCode: 1, restartCount: 3, restartPolicy: 'on-failure', restartMaxRetries: 3 },
  });

  it.each([
    ['creates nothing', input(waits), ['! Ready WaitingForDependency']],
    [
      'pulls the image meanwhile',
      input({ ...waits, image: { kind: 'absent' } }),
      ['pull-image training/webapp', '! Ready WaitingForDependency'],
    ],
    ['starts nothing that is down', input({ ...waits, own: [down] }), ['! Ready WaitingForDependency']],
    ['starts no previous container', input({ ...waits, own: [retired] }), ['! Ready WaitingForDependency']],
    [
      'restarts nothing',
      input({ ...waits, definition: restart, own: [container({ startedAt: STARTED })] }),
      ['! Ready WaitingForDependency'],
    ],
    ['leaves a running container alone', input({ ...waits, own: [container()] }), []],
    ['replaces nothing', input({ ...waits, own: [container({ hash: '1:old' })] }), ['! Ready WaitingForDependency']],
    [
      'goes on without what need not be met',
      input({ dependencies: [finding({ kind: 'blocked', message: '' }, false)] }),
      ['create web', 'start web (new)'],
    ],
    [
      'restarts what was started early and crashes',
      input({ startedEarly: true, dependencies: [MET], own: [crashing] }),
      ['restart web (c0ffee000000)'],
    ],
    [
      'restarts what was started early and is unhealthy',
      input({ startedEarly: true, dependencies: [MET], own: [sick] }),
      ['restart web (c0ffee000000)'],
    ],
    [
      'starts once more what was started early and failed as often as it may',
      input({
        ...{ startedEarly: true, dependencies: [MET], own: [spent] },
        definition: definition({ spec: { restartPolicy: 'on-failure', restartMaxRetries: 3 } }),
      }),
      ['start web (c0ffee000000)'],
    ],
    [
      'updates the limits of a container that is to be restarted later',
      input({
        ...{ isHealingDeferred: true, own: [sick] },
        definition: definition({ spec: { onUnhealthy: 'restart', resources: { memoryBytes: 1e8, pids: 4096 } } }),
      }),
      ['update web (c0ffee000000)', '! Ready Unhealthy'],
    ],
    [
      'leaves what was started early and runs',
      input({ startedEarly: true, dependencies: [MET], own: [container()] }),
      [],
    ],
    [
      'leaves what was started early until its dependencies are ready',
      input({ ...waits, startedEarly: true, own: [crashing] }),
      ['! Ready CrashLoop'],
    ],
    [
      'starts what only Berth starts again',
      input({ definition: held, own: [{ ...down, restartPolicy: 'no' }] }),
      ['start web (c0ffee000000)'],
    ],
    [
      'waits before that',
      input({ definition: held, isStartDeferred: true, own: [{ ...down, restartPolicy: 'no' }] }),
      ['! Ready CrashLoop'],
    ],
    [
      'changes the restart policy in place',
      input({ definition: held, own: [container()] }),
      ['update web (c0ffee000000)'],
    ],
    ['restarts what is unhealthy', input({ definition: heal, own: [sick] }), ['restart web (c0ffee000000)']],
    [
      'waits before it does so again',
      input({ definition: heal, isHealingDeferred: true, own: [sick] }),
      ['! Ready Unhealthy'],
    ],
    [
      'waits for dependencies before that',
      input({ ...waits, definition: heal, own: [sick] }),
      ['! Ready WaitingForDependency'],
    ],
    [
      'removes the previous container of a job that has completed',
      input({ definition: job, own: [retired, { ...down, exitCode: 0, restartPolicy: 'no' }] }),
      ['remove web.retired-01d000000000 (01d000000000)', '! Ready Completed'],
    ],
    [
      'keeps the previous container of a job that has failed',
      input({ definition: job, own: [retired, { ...down, restartPolicy: 'no' }] }),
      ['! Ready Failed'],
    ],
    ['restarts nothing that is unhealthy by default', input({ own: [sick] }), []],
  ])('%s', (_, given, expected) => {
    expect(lines(plan(given))).toEqual(expected);
  });
});
