/** The loop on a simulated engine: who is woken when what it waits for is gone, and how what disappeared comes back. */

import { describe, expect, it } from 'vitest';
import { run } from '../../sim/run.js';
import type { Incident } from '../../sim/script.js';

const put = (at: number, name: string, over: object = {}): Incident => ({
  ...{ at, kind: 'put', name },
  input: { name, image: 'good', ...over },
});

/** The engine is looked at as a whole once: what nobody is woken for stays as it is. */
const RARELY: Incident = { at: 0, kind: 'rare-relists' };

/** What was done to containers from a moment on, in order, without the ids. */
async function callsAfter(from: number, script: readonly Incident[]): Promise<readonly string[]> {
  const { violation, trace } = await run(1, script);
  expect(violation, trace.join('\n')).toBeUndefined();
  return trace.flatMap((line) => {
    const [, at, what = ''] = /^ *(\d+) ms {2}engine: (\w+ \S+)/.exec(line) ?? [];
    return at !== undefined && Number(at) >= from ? what.replace(/\.(retired|displaced)-\w+/, ' ($1)') : [];
  });
}

it('a stranger that goes leaves its name to the definition that waits for it, without a relist', async () => {
  const stranger: Incident = { at: 100, kind: 'foreign', name: 'aa', port: 7009, labelled: false };
  const script = [RARELY, stranger, put(5_000, 'aa'), { at: 20_000, kind: 'remove', name: 'aa' } as const];
  expect(await callsAfter(20_000, script)).toEqual(['create aa', 'start aa']);
});

it('a stranger that goes leaves its host port to the definition that waits for it, without a relist', async () => {
  const stranger: Incident = { at: 100, kind: 'foreign', name: 'bb', port: 7001, labelled: false };
  const wanted = put(5_000, 'aa', { ports: ['7001:80'] });
  const script = [RARELY, stranger, wanted, { at: 20_000, kind: 'remove', name: 'bb' } as const];
  expect((await callsAfter(20_000, script)).slice(0, 2)).toEqual(['create aa', 'start aa']);
});

it('names that were exchanged come back, one of them through a temporary name, without a relist', async () => {
  const script = [RARELY, put(100, 'aa'), put(100, 'bb'), rotated(20_000, 'aa', 'bb')];
  const renames = (await callsAfter(20_000, script)).filter((what) => what.startsWith('rename'));
  expect(renames.length).toBeGreaterThan(2);
  expect(renames.filter((what) => what.includes('displaced')).length).toBeGreaterThan(0);
});

function rotated(at: number, ...names: readonly string[]): Incident {
  return { at, kind: 'rotate-names', names, stranger: false };
}

it('a recipient and its source exchange their ports: each is replaced once, the recipient after its source', async () => {
  const aa = (port: number) => ({ name: 'aa', image: 'good', ports: [`${port}:80`] });
  const bb = (port: number) => ({ name: 'bb', image: 'good', ports: [`${port}:80`], links: ['aa'] });
  const script: Incident[] = [
    RARELY,
    { at: 100, kind: 'apply', inputs: [aa(7001), bb(7002)] },
    { at: 20_000, kind: 'apply', inputs: [aa(7002), bb(7001)] },
  ];
  expect(await callsAfter(20_000, script)).toEqual([
    ...['stop bb', 'rename bb', 'stop aa', 'rename aa', 'create aa', 'start aa', 'remove aa (retired)'],
    ...['create bb', 'start bb', 'remove bb (retired)'],
  ]);
});

it('a swap with an image that can’t be had interrupts neither of the two', async () => {
  const aa = { name: 'aa', image: 'good', ports: ['7001:80'] };
  const bb = { name: 'bb', image: 'good', ports: ['7002:80'], links: ['aa'] };
  const changed = [
    { ...aa, ports: ['7002:80'], image: 'missing' },
    { ...bb, ports: ['7001:80'] },
  ];
  const script: Incident[] = [
    { at: 100, kind: 'apply', inputs: [aa, bb] },
    { at: 20_000, kind: 'apply', inputs: changed },
    { at: 30_000, kind: 'kill', name: 'bb' },
  ];
  expect(await callsAfter(20_000, script)).toEqual(['start bb']);
});

it('a network that is removed between the plan and the start is made again at once, and nothing is rolled back', async () => {
  const script: Incident[] = [
    put(100, 'aa', { network: 'lan' }),
    { at: 10_000, kind: 'prune', before: 'start' },
    put(20_000, 'aa', { network: 'lan', env: { A: 'b' } }),
  ];
  expect(await callsAfter(20_000, script)).toEqual([
    ...['stop aa', 'rename aa', 'create aa', 'start aa', 'remove aa', 'create aa', 'start aa', 'remove aa (retired)'],
  ]);
});

it('an image that is removed between the plan and the creation is pulled again, and nothing is rolled back', async () => {
  const script: Incident[] = [
    put(100, 'aa'),
    { at: 10_000, kind: 'remove-image', image: 'other', before: 'create' },
    put(20_000, 'aa', { image: 'other' }),
  ];
  expect(await callsAfter(20_000, script)).toEqual([
    ...['stop aa', 'rename aa', 'create aa', 'start aa', 'remove aa (retired)'],
  ]);
});

describe('a named volume that is gone when a container is made', () => {
  const withVolume = { volumes: [{ volume: 'data', target: '/data' }] };
  const owners = async (script: readonly Incident[], missing: readonly boolean[]): Promise<readonly unknown[]> => {
    const made: unknown[] = [];
    const answers = [...missing];
    const { violation, trace } = await run(1, script, {
      engine: (engine) => ({
        ...engine,
        inspectVolumes: async (names) =>
          new Map(answers.shift() === true ? [] : names.map((name) => [name, { driver: 'local', driverOptions: {} }])),
        create(request) {
          made.push(request.owner.recreatedVolumes ?? null);
          return engine.create(request);
        },
      }),
    });
    expect(violation, trace.join('\n')).toBeUndefined();
    return made;
  };

  it('is named on a container that is made again', async () => {
    const script: Incident[] = [put(100, 'aa', withVolume), { at: 20_000, kind: 'remove', name: 'aa' }];
    expect(await owners(script, [true, true])).toEqual([null, ['data']]);
  });

  it('is not named on the first container of a definition, nor where it is still there', async () => {
    const script: Incident[] = [put(100, 'aa', withVolume), { at: 20_000, kind: 'remove', name: 'aa' }];
    expect(await owners(script, [true, false])).toEqual([null, null]);
  });
});

/** A definition on a host port, which its image keeps up or doesn't. */
const onPort = (name: string, port: number, over: object = {}) => ({
  ...{ name, image: 'good', ports: [`${port}:80`] },
  ...over,
});

describe('host ports are exchanged, and one of the replacements can not be started', () => {
  it('both previous containers serve again on the ports that they had', async () => {
    const script: Incident[] = [
      RARELY,
      { at: 100, kind: 'apply', inputs: [onPort('aa', 7001), onPort('bb', 7002)] },
      { at: 20_000, kind: 'apply', inputs: [onPort('aa', 7002), onPort('bb', 7001, { image: 'broken' })] },
    ];
    expect(await callsAfter(20_000, script)).toEqual([
      ...['stop bb', 'rename bb', 'stop aa', 'rename aa', 'create aa', 'start aa', 'create bb', 'start bb'],
      ...['remove bb', 'rename bb (retired)', 'stop aa', 'remove aa', 'rename aa (retired)', 'start aa', 'start bb'],
    ]);
  });

  it('all three previous containers serve again where three exchange them', async () => {
    const script: Incident[] = [
      RARELY,
      { at: 100, kind: 'apply', inputs: [onPort('aa', 7001), onPort('bb', 7002), onPort('cc', 7003)] },
      {
        ...{ at: 20_000, kind: 'apply' },
        inputs: [onPort('aa', 7002), onPort('bb', 7003), onPort('cc', 7001, { image: 'broken' })],
      },
    ];
    const calls = await callsAfter(20_000, script);
    const starts = calls.filter((what) => what.startsWith('start'));
    expect(starts.slice(-3).sort()).toEqual(['start aa', 'start bb', 'start cc']);
    expect(calls.filter((what) => what.startsWith('remove')).sort()).toEqual(['remove aa', 'remove bb', 'remove cc']);
  });

  it('the exchange is made once the image is another', async () => {
    const script: Incident[] = [
      RARELY,
      { at: 100, kind: 'apply', inputs: [onPort('aa', 7001), onPort('bb', 7002)] },
      { at: 20_000, kind: 'apply', inputs: [onPort('aa', 7002), onPort('bb', 7001, { image: 'broken' })] },
      { at: 30_000, kind: 'put', name: 'bb', input: onPort('bb', 7001) },
    ];
    expect(await callsAfter(30_000, script)).toEqual([
      ...['stop bb', 'rename bb', 'stop aa', 'rename aa', 'create aa', 'start aa', 'create bb', 'start bb'],
      ...['remove bb (retired)', 'remove aa (retired)'],
    ]);
  });
});

it('a definition that can not be started makes the holder of its host port give way once', async () => {
  const script: Incident[] = [
    RARELY,
    { at: 100, kind: 'apply', inputs: [onPort('bb', 7001)] },
    {
      ...{ at: 20_000, kind: 'apply' },
      inputs: [onPort('aa', 7001, { image: 'broken' }), onPort('bb', 7002, { links: ['aa'] })],
    },
  ];
  expect(await callsAfter(20_000, script)).toEqual([
    ...['stop bb', 'rename bb', 'create aa', 'start aa', 'rename bb (retired)', 'start bb'],
  ]);
});

it('a recipient that is started waits for its source where only an older generation of that could not be made', async () => {
  const recipient = { name: 'bb', image: 'good', links: ['aa'] };
  const script: Incident[] = [
    RARELY,
    {
      at: 100,
      kind: 'apply',
      inputs: [
        { name: 'aa', image: 'good' },
        { ...recipient, state: 'stopped' },
      ],
    },
    put(10_000, 'aa', { image: 'missing' }),
    { at: 20_000, kind: 'apply', inputs: [{ name: 'aa', image: 'other' }, recipient] },
  ];
  expect(await callsAfter(20_000, script)).toEqual([
    ...['stop aa', 'rename aa', 'create aa', 'start aa', 'remove aa (retired)', 'create bb', 'start bb'],
  ]);
});

it('a container that lost its network while the disk of the engine was full is made again once there is room', async () => {
  const onLan = { name: 'dd', image: 'good', network: 'lan' };
  const script: Incident[] = [
    { at: 100, kind: 'apply', inputs: [onLan] },
    { at: 10_000, kind: 'stop', name: 'dd' },
    { at: 11_000, kind: 'prune' },
    { at: 12_000, kind: 'full', forMs: 8_000 },
    { at: 13_000, kind: 'start', name: 'dd' },
  ];
  expect(await callsAfter(20_000, script)).toEqual(['create dd', 'start dd', 'remove dd (retired)']);
});
