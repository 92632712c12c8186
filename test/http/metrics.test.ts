/** What Prometheus is told. */

import { afterAll, beforeAll, expect, it } from 'vitest';
import { VERSION } from '../../src/version.js';
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

it('has the queue, the work, the engine and the process, and names only what is not ready', async () => {
  await berth.declare({ name: 'unready-name', image: 'training/webapp' });
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
  const named = text.split('\n').filter((line) => line.includes('unready-name'));
  expect(named).toEqual(['berth_definition_not_ready{container="unready-name",reason="EngineUnreachable"} 1']);
});

it('shows its version and that of Node.js', async () => {
  const { text } = await berth.send('GET', '/metrics');
  expect(text).toContain(`berth_build_info{version="${VERSION}",node_version="${process.versions.node}"} 1\n`);
});

it('names at most 100 definitions that are not ready, and counts all', async () => {
  const containers = Array.from({ length: 120 }, (_, at) => ({ name: `many-${at}`, image: 'training/webapp' }));
  const applied = await berth.send('POST', '/v1/apply', { body: { set: 'many', containers } });
  expect(applied.status, applied.text).toBe(200);
  const { text } = await berth.send('GET', '/metrics');
  expect(text.match(/^berth_definition_not_ready\{/gm)).toHaveLength(100);
  expect(sample(text, 'berth_definitions_not_ready')).toBeGreaterThanOrEqual(120);
});

it('measures requests by route and class of the status, without anything that clients choose', async () => {
  const paths = ['/v1/containers/canary-1', '/v1/containers/canary-2', '/v1/canary-3', '/canary-4'];
  for (const path of paths) expect((await berth.send('GET', path)).status).toBe(404);
  for (const method of ['PROPFIND', 'PURGE']) {
    expect((await fetch(`${berth.url}/canary-5`, { method })).status).toBeGreaterThanOrEqual(400);
  }
  const { text } = await berth.send('GET', '/metrics');
  const count = (method: string, route: string, status: string) =>
    sample(text, `http_request_duration_seconds_count{method="${method}",route="${route}",status="${status}"}`);
  expect(count('GET', '/v1/containers/{name}', '4xx')).toBe(2);
  expect(count('any', 'unmatched', '4xx')).toBeGreaterThanOrEqual(2);
  expect(text).not.toMatch(/canary|PROPFIND|PURGE/);
});
