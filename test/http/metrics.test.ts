/** What Prometheus is told. */

import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestBerth, testBerth } from './berth.js';

let berth: TestBerth;
beforeAll(async () => {
  berth = await testBerth();
});
afterAll(() => berth.stop());

/** A sample's value; undefined where there is none. */
function sample(text: string, name: string): number | undefined {
  const line = text.split('\n').find((one) => one.startsWith(`${name} `) || one.startsWith(`${name}{`));
  return line === undefined ? undefined : Number(line.slice(line.lastIndexOf(' ') + 1));
}

it('has the queue, the work, the engine and the process, and no names', async () => {
  await berth.declare({ name: 'secret-name', image: 'training/webapp' });
  const answer = await berth.send('GET', '/metrics');
  expect([answer.status, answer.headers['content-type']]).toEqual([200, expect.stringContaining('text/plain')]);
  const { text } = answer;
  expect(sample(text, 'berth_definitions_not_ready')).toBe(1);
  expect(sample(text, 'berth_definitions_ready')).toBe(0);
  expect(sample(text, 'berth_engine_reachable')).toBe(0);
  expect(sample(text, 'berth_queue_depth')).toBeGreaterThanOrEqual(0);
  expect(sample(text, 'berth_queue_oldest_seconds')).toBeGreaterThanOrEqual(0);
  expect(sample(text, 'berth_event_watchers')).toBe(0);
  expect(text).toMatch(/berth_engine_call_seconds_count\{operation="connect",outcome="unreachable"\} [1-9]/);
  for (const name of ['berth_reconcile_seconds', 'berth_convergence_seconds', 'berth_relists_total']) {
    expect(text).toContain(`# TYPE ${name} `);
  }
  expect(text).toContain('# TYPE berth_drift_corrected_total counter');
  expect(sample(text, 'process_resident_memory_bytes')).toBeGreaterThan(0);
  expect(text).not.toContain('secret-name');
});
