import { expect } from 'vitest';
import { unique } from '../declaring.js';
import { eventually, type TestBerth } from '../support.js';
import type { Call, FaultProxy } from './proxy.js';

/** As many as berth.ts gives places to. */
const PLACES = 8;

const creates = ({ method, path }: Call) => method === 'POST' && path.startsWith('/containers/create');
const starts = ({ method, path }: Call) => method === 'POST' && path.endsWith('/start');

/** Declares so many at once: they all become ready, with few calls at a time and no call twice. */
export async function startAtOnce(t: TestBerth, proxy: FaultProxy, count: number): Promise<void> {
  const answers = await Promise.all(
    Array.from({ length: count }, () =>
      t.http.post('/v1/containers').send({ name: unique('many'), image: 'training/webapp', publishAll: true }),
    ),
  );
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
  await eventually(async () => {
    const { items } = (await t.http.get('/v1/containers?limit=500')).body;
    expect(items.filter(({ status }: { status: { ready: boolean } }) => status.ready)).toHaveLength(count);
  }, 600_000);
  expect(proxy.mostChanging).toBeLessThanOrEqual(PLACES);
  const { text } = await t.http.get('/metrics');
  const calls = (operation: string, outcome: string): number => {
    const line = `^berth_engine_call_seconds_count\\{operation="${operation}",outcome="${outcome}"\\} (\\d+)$`;
    return Number(new RegExp(line, 'm').exec(text)?.[1] ?? 0);
  };
  // A port that was picked may be held by whatever else runs here: another is picked then.
  const refused = calls('start', 'port-in-use');
  expect(calls('start', 'ok')).toBe(count);
  expect([proxy.count(creates), proxy.count(starts)]).toEqual([count + refused, count + refused]);
  expect(text).not.toContain('outcome="timeout"');
}
