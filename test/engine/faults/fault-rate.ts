/** Berth under load with an engine one of whose calls in a hundred goes wrong: it keeps its memory, its descriptors and its word. */

import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'vitest';
import { unique } from '../declaring.js';
import { type Server, type Servers, send, view } from '../servers.js';
import { eventually } from '../support.js';
import { every, type Fault, type FaultProxy } from './proxy.js';

const FAULTS: readonly Fault[] = [
  { kind: 'cut' },
  { kind: 'lose-answer' },
  { kind: 'half-body', end: 'cut' },
  { kind: 'half-body', end: 'hang' },
  { kind: 'truncate' },
  { kind: 'garbage' },
  { kind: 'hang' },
  { kind: 'keep-answer' },
  { kind: 'delay', ms: 2_000 },
  { kind: 'answer', status: 500, type: 'application/json', body: '{"message":"injected"}' },
  { kind: 'answer', status: 500, type: 'text/html', body: '<h1>Internal Server Error</h1>' },
];

/** So much more than in the first part of the measurement may be used in the last. */
const MOST_GROWTH = { memory: 1.25, descriptors: 16 } as const;

interface Sample {
  readonly memoryMb: number;
  readonly descriptors: number;
}

export interface RateOutcome {
  readonly seconds: number;
  readonly calls: number;
  readonly faults: number;
  readonly writes: number;
  readonly memoryMb: readonly [first: number, last: number];
  readonly descriptors: readonly [first: number, last: number];
}

function sample({ child }: Server): Sample {
  const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
  const memoryMb = Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1]) / 1024;
  return { memoryMb: Math.round(memoryMb), descriptors: readdirSync(`/proc/${child.pid}/fd`).length };
}

const median = (numbers: readonly number[]): number =>
  [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] as number;

/** Changes, restarts and reads one linked pair until it is told to stop. */
async function client(pair: readonly [string, string], server: Server, isOver: () => boolean, count: () => void) {
  const [source, recipient] = pair.map((name) => `${server.url}/v1/containers/${name}`) as [string, string];
  for (let turn = 0; !isOver(); turn++) {
    const answers = [
      await send('PATCH', recipient, { env: { TURN: String(turn) } }),
      ...(turn % 3 === 0 ? [await send('POST', `${source}/restart`)] : []),
      await send('GET', `${server.url}/v1/containers?limit=100`),
      await send('GET', `${server.url}/v1/events?limit=100`),
    ];
    for (const answer of answers) {
      const text = await answer.text();
      expect(answer.status, text).toBeLessThan(400);
    }
    count();
    await pause(500);
  }
}

/** @returns what was measured: the first numbers after a quarter of the time, the last ones in its last quarter */
export async function withstandsFaults(
  servers: Servers,
  proxy: FaultProxy,
  { ms, rate, random }: { readonly ms: number; readonly rate: number; readonly random: () => number },
): Promise<RateOutcome> {
  const server = await servers.start({ engine: proxy.host });
  const pairs = Array.from({ length: 4 }, () => [unique('source'), unique('recipient')] as const);
  const containers = pairs.flatMap(([source, recipient]) => [
    { name: source, image: 'training/webapp', publishAll: true, stopTimeoutSeconds: 1 },
    { name: recipient, image: 'training/webapp', publishAll: true, stopTimeoutSeconds: 1, links: [`${source}:db`] },
  ]);
  expect((await send('POST', `${server.url}/v1/apply`, { containers })).status).toBe(200);
  const names = containers.map(({ name }) => name);
  const allReady = () =>
    eventually(async () => {
      for (const name of names) {
        const { status, generation } = await view(server, name);
        expect(status.ready, `${name}: ${JSON.stringify(status)}`).toBe(true);
        expect(status.observedGeneration).toBe(generation);
      }
    }, 300_000);
  await allReady();

  const before = proxy.calls.length;
  let writes = 0;
  let isOver = false;
  const samples: Sample[] = [];
  const end = performance.now() + ms;
  proxy.breakSome(every, rate, FAULTS, random);
  const clients = pairs.map((pair) =>
    client(
      pair,
      server,
      () => isOver,
      () => writes++,
    ),
  );
  const measuring = (async () => {
    for (; performance.now() < end; await pause(Math.min(5_000, ms / 40))) samples.push(sample(server));
    isOver = true;
  })();
  await Promise.all([measuring, ...clients]).finally(() => {
    isOver = true;
  });
  const faults = proxy.broken;
  proxy.heal();
  await allReady();
  // What was replaced last may still be on its way out.
  await eventually(async () => {
    const own = (await servers.containers()).map(({ Labels }) => Labels['io.berth.uid']);
    expect(own).toHaveLength(names.length);
    expect(new Set(own).size).toBe(names.length);
  });

  const quarter = Math.floor(samples.length / 4);
  const [first, last] = [samples.slice(quarter, 2 * quarter), samples.slice(-quarter)];
  const of = (part: readonly Sample[], what: keyof Sample) => median(part.map((one) => one[what]));
  const outcome: RateOutcome = {
    ...{ seconds: Math.round(ms / 1000), calls: proxy.calls.length - before, faults, writes },
    memoryMb: [of(first, 'memoryMb'), of(last, 'memoryMb')],
    descriptors: [of(first, 'descriptors'), of(last, 'descriptors')],
  };
  const [memory, descriptors] = [outcome.memoryMb, outcome.descriptors];
  expect(memory[1], JSON.stringify(outcome)).toBeLessThan(memory[0] * MOST_GROWTH.memory);
  expect(descriptors[1], JSON.stringify(outcome)).toBeLessThan(descriptors[0] + MOST_GROWTH.descriptors);
  return outcome;
}
