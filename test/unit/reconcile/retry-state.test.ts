import { describe, expect, it } from 'vitest';
import { EngineError, type EngineErrorKind } from '../../../src/engine/errors.js';
import { createRefusedStarts } from '../../../src/reconcile/loop/restarts.js';
import { createRetryState } from '../../../src/reconcile/loop/retry-state.js';
import { createObservedState } from '../../../src/reconcile/observe/observed-state.js';
import { rolloutKey } from '../../../src/reconcile/plan/candidates.js';
import { plan } from '../../../src/reconcile/plan/plan.js';
import { existing, type FurtherNetwork, type PlanInput } from '../../../src/reconcile/plan/types.js';
import { definition } from '../../support/definition.js';
import { container, input, lines } from './builders.js';

const BACK: FurtherNetwork = { name: 'back', aliases: [], addresses: [], state: 'present' };
const onFront = { front: { networkId: 'n1', ipAddress: '10.1.0.2', fixedAddresses: [], links: [] } };
const old = container({ networks: onFront, hash: '1:old' });
const retired = { ...old, id: '01d000000000', name: 'web.retired-01d000000000', state: 'exited' } as const;

const judged = (over: Partial<PlanInput>) => {
  const given = input({ definition: definition({ spec: { network: 'front' } }), further: [BACK], ...over });
  const connect = plan(given).actions.find(({ kind }) => kind === 'connect');
  if (connect === undefined) throw new Error('the plan connects nothing');
  const retries = createRetryState(createObservedState(new Date(0)), { monotonic: () => 0 });
  return retries.judgeStep(given, connect, new EngineError('invalid', 'no')).kind;
};

describe('a container that can’t be connected to one of its networks', () => {
  it.each([
    ['is new: the replacement is abandoned', { own: [old], lacks: { severalEndpoints: 'one network' } }, 'abandon'],
    [
      'was never started: the replacement is abandoned',
      { own: [retired, container({ networks: onFront, state: 'created', startedAt: null })] },
      'abandon',
    ],
    ['runs: it goes on', { own: [retired, container({ networks: onFront })] }, 'go-on'],
    ['is the first one: there is nothing to go back to', { lacks: { severalEndpoints: 'one network' } }, 'go-on'],
  ] as const)('%s', (_, over, verdict) => {
    expect(judged(over)).toBe(verdict);
  });
});

describe('a started replacement that has exited', () => {
  const held = definition({ spec: { boot: 'held' } });
  const exited = container({ state: 'exited', exitCode: 137, startedAt: '2026-11-30T00:00:01Z' });
  const source = { kind: 'waiting' } as const;

  function verdicts(over: Partial<PlanInput>, runs: readonly { startedAt: string; isInterrupted: boolean }[]) {
    const observed = createObservedState(new Date(0));
    const retries = createRetryState(observed, { monotonic: () => 0 });
    return runs.map(({ startedAt, isInterrupted }) => {
      const run = { ...exited, startedAt };
      observed.putOwn(run);
      if (isInterrupted) observed.noteInterruption(run.id);
      return retries.judgeRun(input({ definition: held, own: [retired, run], ...over })).kind;
    });
  }

  const FIRST = { startedAt: '2026-11-30T00:00:01Z', isInterrupted: false };
  const SECOND = { startedAt: '2026-11-30T00:00:02Z', isInterrupted: false };

  it('by a signal fails the second time', () => {
    expect(verdicts({}, [FIRST, SECOND])).toEqual(['go-on', 'abandon']);
  });

  it('has not failed where somebody ended it, or where its end was not seen', () => {
    const both = [FIRST, SECOND].map((run) => ({ ...run, isInterrupted: true }));
    expect(verdicts({}, both)).toEqual(['go-on', 'go-on']);
    expect(verdicts({}, [...both, FIRST])).toEqual(['go-on', 'go-on', 'go-on']);
  });

  it('is not judged while a source of its links does not run', () => {
    const links = [{ ...input({}).links[0], source }] as unknown as PlanInput['links'];
    expect(verdicts({ links }, [FIRST, SECOND])).toEqual(['go-on', 'go-on']);
  });
});

describe('a container that the engine fails to start', () => {
  const ID = 'c0ffee000000';
  const down = container({ state: 'exited', exitCode: 128, error: `task ${ID}: already exists` });
  const start = { kind: 'start', target: existing(down), reason: 'it stopped' } as const;

  const started = (errors: readonly string[], kind: EngineErrorKind = 'failed') => {
    const observed = createObservedState(new Date(0));
    const retries = createRetryState(observed, { monotonic: () => 0 });
    for (const error of errors) {
      const own = [{ ...down, error }];
      observed.putOwn({ ...down, error });
      retries.judgeStep(input({ own }), start, new EngineError(kind, error));
    }
    return retries;
  };

  it.each([
    ['three times for the same reason: it is not started again', Array(3).fill(down.error), 'failed', down.error],
    ['twice: it is tried again', Array(2).fill(down.error), 'failed', undefined],
    ['each time for another reason: it is tried again', ['a', 'b', 'c'], 'failed', undefined],
    ['without a reason of its own: it is tried again', Array(3).fill(''), 'failed', undefined],
    ['for its host port: it is tried again', Array(3).fill(down.error), 'port-in-use', undefined],
  ] as const)('%s', (_, errors, kind, reason) => {
    const refusal = started(errors, kind).startRefusal('uid-web', ID);
    expect(refusal).toBe(reason === undefined ? undefined : `the engine failed to start it 3 times: ${reason}`);
  });

  it('is started again once its definition was ready in between', () => {
    const retries = started(Array(3).fill(down.error));
    retries.set({ uid: 'uid-web', generation: 1 }, { kind: 'none' });
    expect(retries.startRefusal('uid-web', ID)).toBeUndefined();
  });

  it('twice as often if the container before it was refused as well', () => {
    const refused = createRefusedStarts();
    const tries = (id: string, times: number) => {
      for (let n = 0; n < times; n++) refused.refused('uid-web', { id, error: 'no' });
      return refused.reasonOf('uid-web', id);
    };
    expect(tries('first', 3)).toBeDefined();
    expect(tries('second', 5)).toBeUndefined();
    expect(tries('second', 1)).toBe('the engine failed to start it 6 times: no');
  });

  it('is replaced by another one', () => {
    const stranded = new Map([[ID, 'the engine failed to start it 3 times: no']]);
    expect(lines(plan(input({ own: [down], stranded })))).toEqual([
      `rename web (${ID})`.concat(` → web.retired-${ID}`),
      'create web',
      'start web (new)',
      `remove web (${ID})`,
    ]);
  });
});

it.each([
  [true, 'Berth retries automatically'],
  [false, 'Correct the definition'],
])('a failed replacement that is deferred (%s) says what follows', (isReplacementDeferred, remedy) => {
  const failed = container({ state: 'created', startedAt: null });
  const given = input({ own: [retired, failed], isReplacementDeferred });
  const failedReplacement = { key: rolloutKey(given), message: 'no' };
  expect(plan({ ...given, failedReplacement }).obstacle?.message).toMatch(new RegExp(`${remedy}$`));
});

describe('an error of the engine at the start of a replacement', () => {
  const error = new EngineError('failed', 'the engine is in trouble');
  const verdictOn = (own: readonly ReturnType<typeof container>[], id: string) => {
    const observed = createObservedState(new Date(0));
    for (const one of own) observed.putOwn(one);
    const retries = createRetryState(observed, { monotonic: () => 0 });
    const target = existing({ ...container({}), id });
    return retries.judgeStep(input({ own }), { kind: 'start', target, reason: 'new' }, error).kind;
  };
  const created = container({ state: 'created', startedAt: null });

  it.each([
    [
      'that it recorded on the new container is the definition’s fault',
      [retired, { ...created, error: 'no' }],
      'abandon',
    ],
    ['that it recorded nowhere passes', [retired, created], 'defer'],
    ['passes if only another container has one', [{ ...retired, error: 'no' }, created], 'defer'],
    [
      'that has run before passes, such as a leftover of the engine',
      [retired, container({ state: 'exited', exitCode: 128, error: 'task: already exists' })],
      'defer',
    ],
  ] as const)('%s', (_, own, verdict) => {
    expect(verdictOn(own, created.id)).toBe(verdict);
  });
});
