/** The loop as a whole, on a simulated engine in virtual time: what it does when, where a plan alone does not show it. */

import { describe, expect, it } from 'vitest';
import { EngineError } from '../../../src/engine/errors.js';
import { run } from '../../sim/run.js';
import type { Incident } from '../../sim/script.js';
import type { Mutation } from '../../sim/server.js';

const put = (at: number, input: object): Incident => ({
  ...{ at, kind: 'put', name: 'aa' },
  input: { name: 'aa', image: 'good', ...input },
});
const kill = (at: number): Incident => ({ at, kind: 'kill', name: 'aa' });

interface Call {
  readonly at: number;
  /** The operation and the container's name. */
  readonly what: string;
}

/** The calls to the engine that changed a container, from a moment on. */
async function callsAfter(
  from: number,
  script: readonly Incident[],
  engine: Mutation['engine'] = (same) => same,
): Promise<readonly Call[]> {
  const { violation, trace } = await run(1, script, { engine });
  expect(violation, trace.join('\n')).toBeUndefined();
  return trace.flatMap((line) => {
    const [, at, what] = /^ *(\d+) ms {2}engine: (\w+ \S+)/.exec(line) ?? [];
    return what !== undefined && Number(at) >= from ? { at: Number(at), what } : [];
  });
}

describe('what serves is started again while its replacement', () => {
  it.each([
    ['has an image that is nowhere to be had', { image: 'missing' }],
    ['has an image that may not be pulled', { image: 'missing', pullPolicy: 'never' }],
    ['links to what is not defined', { links: ['bb'] }],
  ])('%s', async (_, change) => {
    const script = [put(100, {}), put(10_000, change), kill(20_000), kill(40_000)];
    const calls = await callsAfter(10_000, script);
    expect(calls.map(({ what }) => what)).toEqual(['start aa', 'start aa']);
    expect(calls[0]?.at).toBeLessThan(22_000);
    expect(calls[1]?.at).toBeLessThan(42_000);
  });

  it('is put off, which stays put off', async () => {
    const held: Incident = { at: 200, kind: 'hold', port: 7001 };
    const script = [put(100, {}), held, put(10_000, { ports: ['7001:80'] }), kill(20_000), kill(25_000)];
    const calls = await callsAfter(20_000, script);
    const retried = calls.findIndex(({ what }) => what === 'create aa');
    expect(calls.slice(0, 2).map(({ what }) => what)).toEqual(['start aa', 'start aa']);
    expect(calls[0]?.at).toBeLessThan(21_000);
    expect(calls[1]?.at).toBeLessThan(27_000);
    // 20 s after the first try, as without the kills.
    expect(calls[retried]?.at).toBeGreaterThan(30_000);
    expect(calls[retried]?.at).toBeLessThan(31_000);
  });

  it('is put off, until a new generation asks for the same container', async () => {
    const held: Incident = { at: 200, kind: 'hold', port: 7001 };
    const published = { ports: ['7001:80'] };
    const script: Incident[] = [
      ...[put(100, {}), held, put(10_000, published)],
      ...[{ at: 12_000, kind: 'release', port: 7001 } as const, put(15_000, { ...published, pullPolicy: 'always' })],
    ];
    const calls = await callsAfter(15_000, script);
    expect(calls[0]?.at).toBeLessThan(16_000);
  });

  it('waits for an image, though it was stopped, renamed and paused', async () => {
    const script: Incident[] = [
      ...[put(100, {}), put(10_000, { image: 'missing' })],
      ...(['halt', 'rename', 'pause'] as const).map(
        (kind, n): Incident => ({ at: 20_000 * (n + 1), kind, name: 'aa' }),
      ),
    ];
    const calls = await callsAfter(20_000, script);
    expect(calls.map(({ what }) => what.replace(/-elsewhere.*/, ''))).toEqual(['start aa', 'rename aa', 'unpause aa']);
    for (const [n, { at }] of calls.entries()) expect(at).toBeLessThan(20_000 * (n + 1) + 2_000);
  });

  it('has an image whose pull does not end', async () => {
    const pull = (_: string, signal: AbortSignal) =>
      new Promise<never>((_, reject) => {
        signal.addEventListener('abort', () => reject(new EngineError('unreachable', 'the pull was given up')));
      });
    const script = [put(100, {}), put(10_000, { image: 'missing' }), kill(20_000), kill(40_000)];
    const calls = await callsAfter(10_000, script, (engine) => ({ ...engine, pull }));
    expect(calls.map(({ what }) => what)).toEqual(['start aa', 'start aa']);
    expect(calls[0]?.at).toBeLessThan(21_000);
    expect(calls[1]?.at).toBeLessThan(41_000);
  });

  it('has an image to be had again, though it can no longer be started itself', async () => {
    let isRegistryDown = true;
    const engine: Mutation['engine'] = (same, world) => {
      world.after(30_000, () => (isRegistryDown = false));
      return {
        ...same,
        async pull(reference, signal) {
          if (isRegistryDown) throw new EngineError('image-absent', 'the registry is down');
          return same.pull(reference, signal);
        },
        async start(id) {
          if (id === 'c00000000001' && world.now > 15_000) throw new EngineError('invalid', 'a mount of it is gone');
          await same.start(id);
        },
      };
    };
    const calls = await callsAfter(15_000, [put(100, {}), put(10_000, { image: 'remote' }), kill(20_000)], engine);
    expect(calls.map(({ what }) => what.replace(/\.retired-.*/, ' (retired)'))).toEqual([
      ...['rename aa', 'create aa', 'start aa', 'remove aa (retired)'],
    ]);
  });
});

it('a replacement that was stopped before it had proved itself is taken back when it is started and proves to be no good', async () => {
  const stopped: Incident = { at: 10_400, kind: 'stop', name: 'aa' };
  const started: Incident = { at: 20_000, kind: 'start', name: 'aa' };
  const calls = await callsAfter(20_000, [put(100, {}), put(10_000, { image: 'sick' }), stopped, started]);
  expect(calls.map(({ what }) => what.replace(/\.retired-.*/, ' (retired)'))).toEqual([
    ...['start aa', 'stop aa', 'remove aa', 'rename aa (retired)', 'start aa'],
  ]);
});

describe('what has been stopped runs again after one start, though its restart policy would leave it down', () => {
  it.each([
    ['no', {}],
    ['no, since it was stopped', { state: 'stopped', resources: { memoryBytes: 64 * 1024 * 1024 } }],
    ['on-failure, and it ended with 0', {}],
  ])('%s', async (policy, change) => {
    const restartPolicy = policy.split(',')[0];
    const script: Incident[] = [
      put(100, { restartPolicy }),
      'state' in change ? put(10_000, { restartPolicy, ...change }) : { at: 10_000, kind: 'stop', name: 'aa' },
      { at: 20_000, kind: 'start', name: 'aa' },
    ];
    const calls = await callsAfter(20_000, script);
    expect(calls.map(({ what }) => what).filter((what) => what !== 'update aa')).toEqual(['restart aa']);
  });
});

it('what goes down again at once is started ever later, not in a round', async () => {
  const engine: Mutation['engine'] = (same) => ({
    ...same,
    async start(id) {
      await same.start(id);
      // As by an outsider's hand: the engine does not start again what was stopped so.
      if (id === 'c00000000001' && isHostile) await same.stop(id, 0);
    },
  });
  let isHostile = false;
  const script = [put(100, {}), put(10_000, { image: 'missing' }), kill(20_000)];
  const calls = await callsAfter(20_000, script, (same, world) => {
    world.after(15_000, () => (isHostile = true));
    world.after(60_000, () => (isHostile = false));
    return engine(same, world);
  });
  const starts = calls.filter(({ what }) => what === 'start aa').map(({ at }) => at);
  expect(starts.length).toBeGreaterThan(3);
  expect(starts.length).toBeLessThan(12);
  for (const [n, at] of starts.entries()) if (n > 0) expect(at - (starts[n - 1] ?? 0)).toBeGreaterThan(400);
});

describe('a replacement without a health check that goes down', () => {
  const isStart = ({ what }: Call): boolean => what === 'start aa';
  const isRemoval = ({ what }: Call): boolean => what.startsWith('remove aa.retired');

  it.each([
    ['within a second has not proved itself: what it replaces is still there', 900, false],
    ['after a second has proved itself: what it replaces is gone', 1_100, true],
  ])('%s', async (_, ms, isGone) => {
    const script = [put(100, {}), put(10_000, { env: { A: 'b' } })];
    const begun = (await callsAfter(10_000, script)).find(isStart)?.at ?? 0;
    const calls = await callsAfter(begun, [...script, kill(begun + ms)]);
    const [, again] = calls.filter(isStart);
    const removal = calls.find(isRemoval);
    expect(again?.at).toBeGreaterThanOrEqual(begun + ms);
    expect((removal?.at ?? 0) < (again?.at ?? 0)).toBe(isGone);
  });
});

describe('a host port that an outgoing connection takes in between', () => {
  const published = { ports: ['7001:80'] };

  it('is tried again at once: the replacement starts when the connection ends soon', async () => {
    const taken: Incident = { at: 10_000, kind: 'lose-port', port: 7001, forMs: 300 };
    const script = [put(100, published), taken, put(10_001, { ...published, env: { A: '1' } })];
    const calls = await callsAfter(10_000, script);
    expect(calls.map(({ what }) => what.replace(/\.retired.*/, ''))).toEqual([
      ...['stop aa', 'rename aa', 'create aa', 'start aa', 'start aa', 'start aa', 'start aa', 'remove aa'],
    ]);
  });

  it('is waited for where the connection stays, and the previous container serves within 3 s of its end', async () => {
    const taken: Incident = { at: 10_000, kind: 'lose-port', port: 7001, forMs: 8_000 };
    const script = [put(100, published), taken, put(10_001, { ...published, env: { A: '1' } })];
    const calls = await callsAfter(18_000, script);
    expect(calls[0]?.what).toBe('start aa');
    expect(calls[0]?.at).toBeLessThan(21_000);
  });
});

describe("while the engine's disk is full", () => {
  const full = (at: number, forMs: number): Incident => ({ at, kind: 'full', forMs });

  it('a change leaves what serves alone, and is made when there is room again', async () => {
    const script = [put(100, {}), full(9_000, 41_000), put(10_000, { image: 'other' })];
    const calls = await callsAfter(10_000, script);
    const before = calls.filter(({ at }) => at < 50_000).map(({ what }) => what.replace(/retired.*/, 'retired'));
    expect(before).toEqual([]);
    const after = calls.filter(({ at }) => at >= 50_000);
    expect(after.map(({ what }) => what)).toContain('start aa');
    expect(after.at(-1)?.at).toBeLessThan(80_000);
  });

  it('pulls stop: many definitions make a few tries between them', async () => {
    const names = ['aa', 'bb', 'cc', 'dd'];
    const script = [
      full(50, 55_000),
      ...names.map(
        (name, n): Incident => ({
          ...{ at: 100 + n, kind: 'put', name },
          input: { name, image: 'remote' },
        }),
      ),
    ];
    let pulls = 0;
    const { violation, trace } = await run(1, script, {
      engine: (engine) => ({
        ...engine,
        pull(...args) {
          pulls++;
          return engine.pull(...args);
        },
      }),
    });
    expect(violation, trace.join('\n')).toBeUndefined();
    // The first of each may be under way at once, and then one after 20 s, and after 40 s more.
    expect(pulls).toBeLessThan(names.length * 2 + 4);
  });
});

it('a recipient whose hosts file lacks its alias is restarted once, and is ready only after that', async () => {
  const link = { container: 'aa', alias: 'aa', env: 'none' as const };
  let starts = 0;
  const seen: string[] = [];
  const engine: Mutation['engine'] = (same) => ({
    ...same,
    async start(id) {
      starts += 1;
      await same.start(id);
    },
    async readFile(id, path) {
      seen.push(id);
      return starts < 2 || seen.length < 3 ? new Uint8Array() : same.readFile(id, path);
    },
  });
  const script: Incident[] = [
    // A port that is released makes this a run in which something fails: a second start is excused.
    { at: 0, kind: 'release', port: 1 },
    put(100, {}),
    { at: 1_000, kind: 'put', name: 'bb', input: { name: 'bb', image: 'good', links: [link] } },
  ];
  const calls = await callsAfter(0, script, engine);
  expect(calls.map(({ what }) => what)).toEqual(['create aa', 'start aa', 'create bb', 'start bb', 'restart bb']);
  // Twice with the fault, once without: relists read nothing.
  expect(seen).toHaveLength(3);
});

it('a picked host port that was bound stays, though something else holds it when its container is started again', async () => {
  const calls = await callsAfter(10_000, [
    put(100, { ports: ['81'] }),
    { at: 10_000, kind: 'steal', name: 'aa', forMs: 15_000 },
  ]);
  // Another port would need another container.
  expect(new Set(calls.map(({ what }) => what))).toEqual(new Set(['start aa']));
});
