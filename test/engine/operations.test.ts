/** What whoever runs Berth sees of it: measures, and a log that leads from a request to the engine calls it caused. */

import { Writable } from 'node:stream';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { declaring, unique } from './declaring.js';
import { docker, eventually, RUN, sweep, TEST_LABEL, type TestBerth, testBerth } from './support.js';

const lines: Record<string, unknown>[] = [];
let t: TestBerth;
beforeAll(async () => {
  const sink = new Writable({
    write(chunk, _encoding, done) {
      lines.push(JSON.parse(String(chunk)));
      done();
    },
  });
  t = await testBerth({ log: pino({ level: 'info' }, sink) });
});
afterAll(async () => {
  await t.stop();
  await sweep(`${TEST_LABEL}=${RUN}`);
});
const { declare, ready } = declaring(() => t);

it('the log leads from a request to the engine calls that it caused, those for recipients included', async () => {
  const [db, web] = [unique('db'), unique('web')];
  await declare({ name: db, image: 'mysql', env: { MYSQL_ROOT_PASSWORD: 'old' } });
  await declare({ name: web, image: 'training/webapp', links: [`${db}:db`] });
  const before = (await ready(web)).status.container?.id;
  await t.http
    .patch(`/v1/containers/${db}`)
    .set('x-request-id', 'change-the-password')
    .send({ env: { MYSQL_ROOT_PASSWORD: 'new' } })
    .expect(200);
  await ready(web, (view) => view.status.container?.id !== before);
  const ofRequest = lines.filter((line) => line['requestId'] === 'change-the-password');
  const calls = ofRequest.filter((line) => line['msg'] === 'engine call').map((line) => line['operation']);
  expect(calls.filter((operation) => operation === 'create')).toHaveLength(2);
  expect(calls.filter((operation) => operation === 'start')).toHaveLength(2);
  const steps = ofRequest.filter((line) => line['msg'] === 'step').map((line) => line['container']);
  expect(new Set(steps)).toEqual(new Set([db, web]));
});

it('the measures count drift by kind, engine calls, and convergence', async () => {
  const name = unique('drift');
  const first = await declare({ name, image: 'training/webapp' });
  await docker.getContainer(name).kill();
  await ready(name, (view) => view.status.container?.startedAt !== first.status.container?.startedAt);
  await eventually(async () => {
    const { text } = await t.http.get('/metrics').expect(200);
    expect(text).toMatch(/berth_drift_corrected_total\{kind="stopped"\} [1-9]/);
    expect(text).toMatch(/berth_engine_call_seconds_count\{operation="start",outcome="ok"\} [1-9]/);
    expect(text).toMatch(/berth_convergence_seconds_count [1-9]/);
    expect(text).toMatch(/berth_reconcile_seconds_count\{result="done"\} [1-9]/);
    expect(text).toMatch(/berth_relists_total [1-9]/);
    expect(text).not.toContain(name);
  }, 60_000);
});
