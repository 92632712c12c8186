/** Dependencies in the loop as a whole, on a simulated engine in virtual time. */

import { describe, expect, it } from 'vitest';
import type { DefinitionInput } from '../../../src/domain/definition/definition.js';
import { run } from '../../sim/run.js';
import type { Incident } from '../../sim/script.js';

type Input = Partial<DefinitionInput>;
const put = (at: number, name: string, input: Input): Incident => ({
  ...{ at, kind: 'put', name },
  input: { name, image: 'good', ...input },
});
const reboot: Incident = { at: 30_000, kind: 'reboot', forMs: 500 };
const needs = (condition: 'started' | 'healthy' | 'completed'): Input => ({
  dependsOn: [{ container: 'aa', condition }],
});

interface Call {
  readonly at: number;
  readonly what: string;
}

/** The calls to the engine that started or stopped a container of one name, from a moment on. */
async function callsTo(name: string, script: readonly Incident[], from = 0): Promise<readonly Call[]> {
  const { violation, trace } = await run(1, script);
  expect(violation, trace.join('\n')).toBeUndefined();
  return trace.flatMap((line) => {
    const [, at, what, of] = /^ *(\d+) ms {2}engine: (start|stop|restart) (\S+)/.exec(line) ?? [];
    return what !== undefined && of === name && Number(at) >= from ? { at: Number(at), what } : [];
  });
}

const kinds = (calls: readonly Call[]): readonly string[] => calls.map(({ what }) => what);

describe('a dependent is started', () => {
  it('once its dependency runs', async () => {
    const calls = await callsTo('bb', [put(100, 'aa', {}), put(110, 'bb', needs('started'))]);
    expect(kinds(calls)).toEqual(['start']);
  });

  it('once its dependency is healthy, which it becomes late', async () => {
    const script = [put(100, 'aa', { image: 'late' }), put(110, 'bb', needs('healthy'))];
    const [first, ...more] = await callsTo('bb', script);
    expect(first?.at).toBeGreaterThan(8_000);
    expect(first?.at).toBeLessThan(9_500);
    expect(more).toEqual([]);
  });

  it.each(['no', 'on-failure'] as const)(
    'once its dependency completed, with restartPolicy %s',
    async (restartPolicy) => {
      const script = [put(100, 'aa', { image: 'job', restartPolicy }), put(110, 'bb', needs('completed'))];
      const [first] = await callsTo('bb', script);
      expect(first?.at).toBeGreaterThan(800);
      expect(first?.at).toBeLessThan(2_000);
    },
  );

  it('again in order after a crash of Berth in between', async () => {
    const crash: Incident = { at: 3_000, kind: 'crash', atWait: 1, forMs: 2_000 };
    const script = [put(100, 'aa', { image: 'late' }), put(110, 'bb', needs('healthy')), crash, put(3_000, 'cc', {})];
    const [first] = await callsTo('bb', script);
    expect(first?.at).toBeGreaterThan(8_000);
  });

  it('without a dependency that need not be met', async () => {
    const optional = { dependsOn: [{ container: 'aa', condition: 'healthy' as const, required: false }] };
    expect(kinds(await callsTo('bb', [put(100, 'bb', optional)]))).toEqual(['start']);
    expect(kinds(await callsTo('bb', [put(100, 'aa', {}), put(110, 'bb', optional)]))).toEqual(['start']);
  });

  it('again after an outsider killed it, once its dependency is healthy again', async () => {
    const script: Incident[] = [
      ...[put(100, 'aa', { image: 'late' }), put(110, 'bb', needs('healthy'))],
      ...[{ at: 20_000, kind: 'kill', name: 'aa' } as const, { at: 20_000, kind: 'kill', name: 'bb' } as const],
    ];
    const [second] = await callsTo('bb', script, 20_000);
    expect(second?.at).toBeGreaterThan(28_000);
  });
});

describe('a dependent that runs', () => {
  const started = [put(100, 'aa', { image: 'late' }), put(110, 'bb', needs('healthy'))];

  it.each([
    ['restarted', { at: 20_000, kind: 'restart', name: 'aa' }],
    ['replaced', put(20_000, 'aa', { image: 'late', env: { NEW: '1' } })],
    ['stopped', { at: 20_000, kind: 'stop', name: 'aa' }],
  ] as const)('is left alone while its dependency is %s', async (_, incident: Incident) => {
    expect(await callsTo('bb', [...started, incident], 20_000)).toEqual([]);
  });

  it('is not replaced when only its dependencies change', async () => {
    expect(await callsTo('bb', [...started, put(20_000, 'bb', {})], 20_000)).toEqual([]);
  });

  it('is replaced after its dependency, where both change', async () => {
    const changed = [
      put(20_000, 'aa', { image: 'late', env: { NEW: '1' } }),
      put(20_010, 'bb', { ...needs('healthy'), env: { NEW: '1' } }),
    ];
    const [stop] = await callsTo('bb', [...started, ...changed], 20_000);
    expect(stop?.what).toBe('stop');
    expect(stop?.at).toBeGreaterThan(28_000);
  });
});

describe('when the engine boots', () => {
  const hasty = (boot: 'engine' | 'held'): readonly Incident[] => [
    put(100, 'aa', { image: 'late' }),
    put(110, 'bb', { ...needs('healthy'), image: 'hasty', boot }),
    reboot,
  ];

  it('a dependent that was started early and failed is restarted once when its dependency is healthy', async () => {
    const calls = await callsTo('bb', hasty('engine'), 30_000);
    expect(kinds(calls)).toEqual(['restart']);
    expect(calls[0]?.at).toBeGreaterThan(38_500);
  });

  it('a dependent that was started early and runs is left alone', async () => {
    const script = [put(100, 'aa', { image: 'late' }), put(110, 'bb', needs('healthy')), reboot];
    expect(await callsTo('bb', script, 30_000)).toEqual([]);
  });

  it('a dependent that is held is started by Berth, once its dependency is healthy', async () => {
    const calls = await callsTo('bb', hasty('held'), 30_000);
    expect(kinds(calls)).toEqual(['start']);
    expect(calls[0]?.at).toBeGreaterThan(38_500);
  });
});

describe('a container that only Berth starts', () => {
  const starts = async (restartPolicy: 'always' | 'on-failure' | 'no', image: string) =>
    callsTo('aa', [put(100, 'aa', { image, boot: 'held', restartPolicy })]);

  it('is restarted after each exit, ever later', async () => {
    const calls = await starts('always', 'ends');
    expect(new Set(kinds(calls))).toEqual(new Set(['start']));
    const waits = calls.slice(1).map(({ at }, index) => at - (calls[index]?.at ?? 0));
    expect(waits.length).toBeGreaterThanOrEqual(5);
    for (const [index, wait] of waits.slice(1, 6).entries()) expect(wait).toBeGreaterThan((waits[index] ?? 0) * 1.5);
  });

  it.each([
    ['no', 'ends'],
    ['no', 'job'],
    ['on-failure', 'job'],
  ] as const)('is left down with restartPolicy %s and the image %s', async (restartPolicy, image) => {
    expect(kinds(await starts(restartPolicy, image))).toEqual(['start']);
  });
});

it('an unhealthy container is restarted if its definition says so, ever later', async () => {
  const script = [put(100, 'aa', { image: 'sick', onUnhealthy: 'restart' })];
  const calls = await callsTo('aa', script);
  expect(kinds(calls.slice(0, 3))).toEqual(['start', 'restart', 'restart']);
  expect(calls.length).toBeLessThan(7);
  expect(kinds(await callsTo('aa', [put(100, 'aa', { image: 'sick' })]))).toEqual(['start']);
});
