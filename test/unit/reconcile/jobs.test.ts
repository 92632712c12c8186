import { describe, expect, it } from 'vitest';
import type { Spec } from '../../../src/domain/definition/definition.js';
import { newRun, type Run, runsAfterRestore, surplusRuns } from '../../../src/domain/jobs/run.js';
import type { OwnContainer } from '../../../src/reconcile/observe/observed-state.js';
import { recordsOf, retryDelayMs } from '../../../src/reconcile/plan/jobs/records.js';
import { plan } from '../../../src/reconcile/plan/plan.js';
import type { PlanInput } from '../../../src/reconcile/plan/types.js';
import { definition, specOf } from '../../support/definition.js';
import { container, HASH, input, lines } from './builders.js';

const at = (text: string): Date => new Date(`2026-06-01T${text}Z`);
const NOW = at('12:00:00');
const CRON = { cron: '0 * * * *', timeZone: 'UTC', concurrency: 'forbid', suspend: false } as const;

const job = (spec: Partial<Spec> = {}) =>
  definition({ spec: { ...specOf({ kind: 'job' }), ...spec }, updatedAt: at('09:30:00') });
const run = (over: Partial<Run> = {}): Run => ({
  ...newRun({ uid: 'uid-web', hash: HASH }, 'r1', 'request', at('11:00:00'), at('11:00:00')),
  ...over,
});
const created = (over: Partial<Run> = {}): Run =>
  run({ state: 'created', containerId: 'c0ffee000000', startedAt: at('11:00:00'), ...over });
const ofRun = (over: Partial<OwnContainer> = {}, attempt = 1, id = 'uid-web.r1'): OwnContainer =>
  container({
    name: 'web.r1.1',
    owner: { instance: 'i', uid: 'uid-web', name: 'web', generation: 1, hash: HASH, run: id, attempt },
    ...over,
  });
const exited = (exitCode: number, over: Partial<OwnContainer> = {}) =>
  ofRun({ state: 'exited', exitCode, finishedAt: '2026-06-01T11:59:00Z', ...over });

interface Situation {
  readonly spec?: Partial<Spec>;
  readonly runs?: readonly Run[];
  readonly own?: readonly OwnContainer[];
  readonly now?: Date;
}
const DECLARED = run({
  id: 'uid-web.g1',
  trigger: 'declaration',
  state: 'succeeded',
  createdAt: at('10:00:00'),
  finishedAt: at('10:01:00'),
});
const stateOf = ({ spec = {}, runs = [], own = [], now = NOW }: Situation) => ({
  ...{ definition: job(spec), hash: HASH, now, own },
  runs: spec.schedule === undefined ? [DECLARED, ...runs] : runs,
});
const records = (situation: Situation): readonly string[] =>
  recordsOf(stateOf(situation)).map(({ run: one }) =>
    [one.id.slice(8), one.state, one.stop, one.attempt].filter(Boolean).join(' '),
  );
const planned = (situation: Situation, over: Partial<PlanInput> = {}) => {
  const { definition: of, runs, own, now } = stateOf(situation);
  const image = { kind: 'present', exposed: [] } as const;
  return plan(input({ definition: of, own, image, network: 'present', job: { runs, now }, ...over }));
};

describe('a job without a schedule', () => {
  it('is run once for each hash of its definition', () => {
    const of = { definition: job(), hash: HASH, own: [], now: NOW };
    expect(recordsOf({ ...of, runs: [] }).map(({ run: one }) => [one.trigger, one.state])).toEqual([
      ['declaration', 'pending'],
    ]);
    expect(recordsOf({ ...of, runs: [DECLARED] })).toEqual([]);
    expect(recordsOf({ ...of, runs: [DECLARED], hash: '1:another' })).toHaveLength(1);
  });
  it('is recorded before its container is created, and again before that is started', () => {
    const of = { definition: job(), own: [], job: { runs: [], now: NOW } };
    expect(lines(plan(input(of))).map((line) => line.split(' ')[0])).toEqual(['record-run']);
    expect(lines(planned({ runs: [run()] }))).toEqual(['create web.r1.1', '! Ready JobRunning']);
    const made = ofRun({ state: 'created', startedAt: null });
    expect(lines(planned({ runs: [run()], own: [made] }))).toEqual([
      'record-run web.r1.1',
      'start web.r1.1 (c0ffee000000)',
      '! Ready JobRunning',
    ]);
    expect(lines(planned({ runs: [created()], own: [made] }))).toEqual([
      'start web.r1.1 (c0ffee000000)',
      '! Ready JobRunning',
    ]);
    expect(lines(planned({ runs: [created()], own: [ofRun()] }))).toEqual(['! Ready JobRunning']);
  });
  it('removes the container that the definition had as a service', () => {
    const steps = lines(planned({ own: [container()] }));
    expect(steps.slice(0, 1)).toEqual(['stop web (c0ffee000000)']);
  });
});

describe('a run', () => {
  it.each<[string, Situation, readonly string[]]>([
    ['that exits with 0 has succeeded', { runs: [created()], own: [exited(0)] }, ['r1 succeeded 1']],
    ['that exits with another code has failed', { runs: [created()], own: [exited(3)] }, ['r1 failed 1']],
    ['that fails is tried again', { spec: { retries: 1 }, runs: [created()], own: [exited(3)] }, ['r1 pending 2']],
    [
      'that fails is not tried more often than that',
      {
        spec: { retries: 1 },
        runs: [created({ attempt: 2 })],
        own: [exited(3, { owner: ofRun({}, 2).owner })],
      },
      ['r1 failed 2'],
    ],
    ['is unknown once its container is gone', { spec: { retries: 5 }, runs: [created()] }, ['r1 unknown 1']],
    ['is not unknown while its container never started', { runs: [run()] }, []],
    ['goes on while its container runs', { runs: [created()], own: [ofRun()] }, []],
    [
      'ends by its deadline',
      { spec: { deadlineSeconds: 60 }, runs: [created()], own: [ofRun()] },
      ['r1 created deadline 1'],
    ],
    [
      'ends by its deadline before a retry',
      { spec: { deadlineSeconds: 60, retries: 3 }, runs: [run({ attempt: 2, startedAt: at('11:00:00') })] },
      ['r1 pending deadline 2'],
    ],
    ['has time until its deadline', { spec: { deadlineSeconds: 3601 }, runs: [created()], own: [ofRun()] }, []],
    [
      'that was stopped by its deadline is not tried again',
      { spec: { deadlineSeconds: 60, retries: 3 }, runs: [created({ stop: 'deadline' })], own: [exited(137)] },
      ['r1 deadline deadline 1'],
    ],
    [
      'is cancelled with its job',
      { spec: { state: 'stopped' }, runs: [created()], own: [ofRun()] },
      ['r1 created cancelled 1'],
    ],
    [
      'that waits is cancelled with its job',
      { spec: { state: 'stopped' }, runs: [run({ stop: 'cancelled' })] },
      ['r1 cancelled cancelled 1'],
    ],
    [
      'that ended before it was stopped keeps its exit code',
      { runs: [created({ stop: 'cancelled' })], own: [exited(0)] },
      ['r1 cancelled cancelled 1'],
    ],
  ])('%s', (_, situation, expected) => {
    expect(records(situation)).toEqual(expected);
  });
  it('waits before a retry, ever longer', () => {
    expect([2, 3, 4, 20].map(retryDelayMs)).toEqual([10_000, 20_000, 40_000, 360_000]);
    const waiting = run({
      attempt: 2,
      notBefore: at('12:00:10'),
      message: 'attempt 1 exited with code 3; attempt 2 follows',
    });
    const { actions, obstacle, lookAt } = planned({ runs: [waiting] });
    expect([actions, obstacle?.reason, lookAt]).toEqual([[], 'JobRetrying', at('12:00:10')]);
    expect(lines(planned({ runs: [waiting], now: at('12:00:10') }))[0]).toBe('create web.r1.2');
  });
  it('keeps its container for keepSeconds', () => {
    const ended = created({ state: 'succeeded', finishedAt: at('11:59:00') });
    const kept = planned({ spec: { keepSeconds: 61 }, runs: [ended], own: [exited(0)] });
    expect([kept.actions, kept.lookAt]).toEqual([[], at('12:00:01')]);
    expect(lines(planned({ spec: { keepSeconds: 60 }, runs: [ended], own: [exited(0)] }))[0]).toBe(
      'remove web.r1.1 (c0ffee000000)',
    );
  });
  it('that is to be stopped is stopped before it has ended', () => {
    expect(lines(planned({ runs: [created({ stop: 'deadline' })], own: [ofRun()] }))[0]).toBe(
      'stop web.r1.1 (c0ffee000000)',
    );
  });
  it('waits while a restore is paused', () => {
    const hold = { reason: 'restored', since: NOW, takenAt: null } as const;
    const { actions, obstacle, lookAt } = planned({ runs: [run()] }, { hold });
    expect([actions, obstacle?.until, lookAt]).toEqual([[], 'event', undefined]);
  });
  it('of a backup is not repeated after the release, and one requested during the pause is', () => {
    const runs = [run(), run({ id: 'uid-web.r2', createdAt: at('11:45:00') })];
    const after = runsAfterRestore(job({ schedule: CRON }), runs, at('11:30:00'), NOW);
    expect(after.map((one) => [one.id.split('-')[1], one.state])).toEqual([
      ['web.r1', 'unknown'],
      ['web.released', 'missed'],
    ]);
    expect(records({ spec: { schedule: CRON }, runs: after, now: at('12:59:59') })).toEqual([]);
    expect(records({ spec: { schedule: CRON }, runs: after, now: at('13:00:00') })).toEqual([
      '20260601T130000Z pending 1',
    ]);
  });
});

describe('a schedule', () => {
  const schedule = (over: object = {}) => ({ schedule: { ...CRON, ...over } }) as Partial<Spec>;
  const scheduled = (hour: string, over: Partial<Run> = {}) =>
    run({
      id: `uid-web.20260601T${hour}0000Z`,
      trigger: 'schedule',
      state: 'succeeded',
      dueAt: at(`${hour}:00:00`),
      createdAt: at(`${hour}:00:00`),
      ...over,
    });

  it.each<[string, Situation, readonly string[]]>([
    ['starts a run when it is due', { spec: schedule(), runs: [scheduled('11')] }, ['20260601T120000Z pending 1']],
    ['starts none before', { spec: schedule(), runs: [scheduled('11')], now: at('11:59:59') }, []],
    ['starts none twice', { spec: schedule(), runs: [scheduled('12')] }, []],
    [
      'catches up one run of several',
      { spec: schedule(), runs: [scheduled('02')], now: at('12:20:00') },
      ['20260601T120000Z pending 1'],
    ],
    ['counts from the last change of the job', { spec: schedule(), now: at('09:45:00') }, []],
    ['starts nothing while it is suspended', { spec: schedule({ suspend: true }), runs: [scheduled('10')] }, []],
    [
      'starts nothing while the job is stopped',
      { spec: { ...schedule(), state: 'stopped' }, runs: [scheduled('10')] },
      [],
    ],
    [
      'misses a run beyond its starting deadline',
      { spec: schedule({ startingDeadlineSeconds: 60 }), runs: [scheduled('11')], now: at('12:01:01') },
      ['20260601T120000Z missed 1'],
    ],
    [
      'starts a run within its starting deadline',
      { spec: schedule({ startingDeadlineSeconds: 60 }), runs: [scheduled('11')], now: at('12:01:00') },
      ['20260601T120000Z pending 1'],
    ],
    [
      'does not repeat runs when the clock is set back',
      { spec: schedule(), runs: [scheduled('11'), scheduled('12')], now: at('11:00:30') },
      [],
    ],
    [
      'does not repeat the run that comes again after that',
      { spec: schedule(), runs: [scheduled('11'), scheduled('12')], now: at('12:00:00') },
      [],
    ],
    [
      'goes on after a clock far ahead was corrected',
      { spec: schedule(), runs: [scheduled('23')], now: at('12:00:00') },
      ['20260601T120000Z pending 1'],
    ],
    [
      'starts one run when the clock is set forward',
      { spec: schedule(), runs: [scheduled('11')], now: new Date('2026-06-03T00:10:00Z') },
      ['20260603T000000Z pending 1'],
    ],
  ])('%s', (_, situation, expected) => {
    expect(records(situation)).toEqual(expected);
  });

  const underWay = scheduled('11', { state: 'created', containerId: 'c0ffee000000', startedAt: at('11:00:00') });
  const running = ofRun({}, 1, underWay.id);
  it.each<[string, string, readonly string[]]>([
    ['is missed', 'forbid', ['20260601T120000Z missed 1']],
    ['starts beside it', 'allow', ['20260601T120000Z pending 1']],
    ['replaces it', 'replace', ['20260601T110000Z created replaced 1', '20260601T120000Z pending 1']],
  ])('whose next run is due while one is under way: it %s with %s', (_, concurrency, expected) => {
    expect(records({ spec: schedule({ concurrency }), runs: [underWay], own: [running] })).toEqual(expected);
  });
  it('that replaces a run creates the next one only once the old one has ended', () => {
    const next = scheduled('12', { state: 'pending' });
    const replaced = { ...underWay, stop: 'replaced' } as const;
    const spec = schedule({ concurrency: 'replace' });
    expect(lines(planned({ spec, runs: [replaced, next], own: [running] }))).toEqual([
      'stop web.r1.1 (c0ffee000000)',
      '! Ready JobRunning',
    ]);
    const ended = { ...replaced, state: 'replaced', finishedAt: NOW } as const;
    expect(lines(planned({ spec, runs: [ended, next] }))[0]).toBe('create web.20260601T120000Z.1');
  });
  it('shows when the job runs next', () => {
    const { obstacle, lookAt } = planned({ spec: schedule(), runs: [scheduled('12')] });
    expect([obstacle?.message, lookAt]).toEqual([
      expect.stringContaining('runs next at 2026-06-01T13:00:00.000Z'),
      at('13:00:00'),
    ]);
  });
});

it('the newest fifty ended runs are kept, and all that have not ended', () => {
  const runs = Array.from({ length: 60 }, (_, index) =>
    run({ id: `uid-web.${index}`, state: index < 5 ? 'pending' : 'failed', createdAt: new Date(index * 1000) }),
  );
  expect(surplusRuns(runs).map(({ id }) => id)).toEqual([5, 6, 7, 8, 9].map((index) => `uid-web.${index}`));
});
