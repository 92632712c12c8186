// npx tsx --expose-gc bench/many.ts   ten times as many definitions: what a page of the list, one of them, a write and
// half a minute of rest with a relist in it cost then, as ratios of what they cost before.
import { setTimeout as pause } from 'node:timers/promises';
import { type Many, serveMany } from '../test/sim/many.js';

const ROUNDS = 50;
/** Longer than the time between two relists, in milliseconds. */
const REST_MS = 30_000;

async function median(run: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < ROUNDS; i++) {
    const begun = performance.now();
    await run();
    times.push(performance.now() - begun);
  }
  return times.sort((a, b) => a - b)[ROUNDS / 2] as number;
}

async function figures({ app, still }: Many) {
  let turn = 0;
  const pageMs = await median(() => app.inject('/v1/containers?limit=100'));
  const oneMs = await median(() => app.inject('/v1/containers/many-500'));
  const writeMs = await median(() =>
    app.inject({ method: 'PATCH', url: '/v1/containers/many-1', payload: { labels: { turn: String(turn++) } } }),
  );
  await pause(3_000);
  const changes = still.changes();
  const before = process.cpuUsage();
  await pause(REST_MS);
  const { user, system } = process.cpuUsage(before);
  if (still.changes() !== changes) throw new Error('it does not rest');
  globalThis.gc?.();
  return {
    pageMs,
    oneMs,
    writeMs,
    restCpuMs: (user + system) / 1_000,
    heapMB: process.memoryUsage().heapUsed / 2 ** 20,
  };
}

async function measured(count: number) {
  const begun = performance.now();
  const many = await serveMany(count);
  const readyMs = performance.now() - begun;
  const all = { readyMs, ...(await figures(many)) };
  await many.close();
  return all;
}

const few = await measured(1_000);
const many = await measured(10_000);
for (const [name, value] of Object.entries(many)) {
  const base = few[name as keyof typeof few];
  console.log(
    `${name.padEnd(10)} ${base.toFixed(2)} at 1,000, ${value.toFixed(2)} at 10,000: ${(value / base).toFixed(2)} x`,
  );
}
