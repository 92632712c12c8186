/** The loop on a simulated engine that is looked at as a whole only once: each definition has to be woken by what it waits for. */

import { expect, it } from 'vitest';
import { EngineError } from '../../../src/engine/errors.js';
import { run } from '../../sim/run.js';
import type { Incident } from '../../sim/script.js';
import type { Mutation } from '../../sim/server.js';

const RARELY: Incident = { at: 0, kind: 'rare-relists' };
const aa = { name: 'aa', image: 'good' };
const bb = { name: 'bb', image: 'good' };
const apply = (at: number, ...inputs: readonly object[]): Incident => ({
  ...{ at, kind: 'apply' },
  inputs: inputs as never,
});

interface Call {
  readonly at: number;
  /** The operation and the container's name. */
  readonly what: string;
}

/** The calls that changed a container from a moment on, in each of several orders of what happens at the same time. */
async function callsAfter(from: number, script: readonly Incident[], mutation: Mutation = {}, seeds = 1) {
  const runs: (readonly Call[])[] = [];
  for (let seed = 1; seed <= seeds; seed++) {
    const { violation, trace } = await run(seed, script, mutation);
    expect(violation, trace.join('\n')).toBeUndefined();
    runs.push(
      trace.flatMap((line) => {
        const [, at, what] = /^ *(\d+) ms {2}engine: (\w+ \S+)/.exec(line) ?? [];
        return what !== undefined && Number(at) >= from ? { at: Number(at), what } : [];
      }),
    );
  }
  return runs;
}

const timeOf = (calls: readonly Call[], what: string): number =>
  calls.find((call) => call.what === what)?.at ?? Number.POSITIVE_INFINITY;

it('a definition that releases a host port wakes the one that waits for that port', async () => {
  const script = [
    RARELY,
    apply(100, { ...aa, ports: ['7001:80'] }, { ...bb, ports: ['7003:80'] }),
    apply(20_000, { ...aa, image: 'remote', ports: ['7002:80'] }, { ...bb, ports: ['7001:80'] }),
  ];
  const slowStop: Mutation['engine'] = (engine, world) => ({
    ...engine,
    async stop(id, timeoutSeconds) {
      await world.sleep(3_000);
      await engine.stop(id, timeoutSeconds);
    },
  });
  for (const calls of await callsAfter(20_000, script, { engine: slowStop }, 3)) {
    expect(timeOf(calls, 'create bb')).toBeLessThan(35_000);
  }
});

it('definitions that exchange their addresses wake each other, and are started once', async () => {
  const onLan = (one: object) => ({ ...one, network: 'lan' });
  const script: Incident[] = [
    RARELY,
    apply(100, onLan(aa), onLan(bb), onLan({ ...aa, name: 'cc' })),
    apply(20_000, { ...aa, network: 'bridge' }, { ...bb, network: 'bridge' }),
    apply(25_000, onLan(bb)),
    apply(30_000, onLan(aa)),
    { ...{ at: 40_000, kind: 'restore', takenAt: 15_000, by: 'api' }, releasedAfterMs: 1_000, strays: 'keep' },
  ];
  for (const calls of await callsAfter(40_000, script, {}, 3)) {
    expect(
      calls
        .filter(({ what }) => what.startsWith('start'))
        .map(({ what }) => what)
        .sort(),
    ).toEqual(['start aa', 'start bb']);
    for (const name of ['aa', 'bb']) expect(timeOf(calls, `start ${name}`)).toBeLessThan(46_000);
  }
});

it('a container that leaves the name of another definition wakes that definition', async () => {
  const script: Incident[] = [
    RARELY,
    apply(100, aa, bb),
    { at: 20_000, kind: 'rotate-names', names: ['aa', 'bb'], stranger: false },
    // This is the container of aa, under the name bb.
    { at: 20_001, kind: 'remove', name: 'bb' },
  ];
  const slowRename: Mutation['engine'] = (engine, world) => ({
    ...engine,
    async rename(id, to) {
      await world.sleep(3_000);
      await engine.rename(id, to);
    },
  });
  for (const calls of await callsAfter(20_000, script, { engine: slowRename }, 3)) {
    expect(timeOf(calls, 'create aa')).toBeLessThan(30_000);
  }
});

it('a source that runs again ends the backoff of its recipient', async () => {
  const refusing: Mutation['engine'] = (engine, world) => ({
    ...engine,
    async create(request) {
      if (request.name === 'bb' && world.now < 100_000) throw new EngineError('invalid', 'not yet');
      return engine.create(request);
    },
  });
  const script: Incident[] = [
    RARELY,
    apply(100, aa, { ...bb, links: ['aa'] }),
    { at: 100_500, kind: 'bounce', name: 'aa' },
  ];
  const [calls = []] = await callsAfter(100_000, script, { engine: refusing });
  expect(timeOf(calls, 'create bb')).toBeLessThan(103_000);
});

it('a cycle of definitions that wait for each other’s host ports ends, whichever of them is planned first', async () => {
  const script = [
    RARELY,
    apply(100, { ...aa, ports: ['7001:80'] }, { ...bb, ports: ['7002:80'] }),
    apply(20_000, { ...bb, ports: ['7001:80'] }, { ...aa, ports: ['7002:80'] }),
  ];
  for (const calls of await callsAfter(20_000, script, {}, 8)) {
    expect(Math.max(timeOf(calls, 'start aa'), timeOf(calls, 'start bb'))).toBeLessThan(30_000);
  }
});

it('a recipient that is down serves again as soon as the change of its source is stuck', async () => {
  const script: Incident[] = [
    RARELY,
    apply(100, aa, { ...bb, links: ['aa'] }),
    apply(20_000, { ...aa, image: 'missing' }, { ...bb, links: ['aa'] }),
    { at: 21_000, kind: 'kill', name: 'bb' },
  ];
  const slowLook: Mutation['engine'] = (engine, world) => ({
    ...engine,
    async inspectImage(reference) {
      if (reference.includes('missing')) await world.sleep(3_000);
      return engine.inspectImage(reference);
    },
  });
  for (const calls of await callsAfter(20_000, script, { engine: slowLook }, 3)) {
    expect(timeOf(calls, 'start bb')).toBeLessThan(28_000);
  }
});
