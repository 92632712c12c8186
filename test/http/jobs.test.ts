/** Jobs over HTTP, on a server whose engine can't be reached. */

import { expect, it, onTestFinished } from 'vitest';
import { type TestBerth, type TestBerthOptions, testBerth } from './berth.js';

async function open(options: TestBerthOptions = {}): Promise<TestBerth> {
  const berth = await testBerth(options);
  onTestFinished(() => berth.stop());
  return berth;
}

const SCHEDULE = { cron: ' 30  2 * * * ', timeZone: 'Europe/Berlin' };
const JOB = { name: 'backup', image: 'a', kind: 'job' };

it('stores a job in its normal form, and takes it again as it shows it', async () => {
  const t = await open();
  const { uid: _, ...made } = await t.declare({
    ...JOB,
    retries: 2,
    deadlineSeconds: 60,
    keepSeconds: 5,
    schedule: SCHEDULE,
  });
  const schedule = { cron: '30 2 * * *', timeZone: 'Europe/Berlin', concurrency: 'forbid', suspend: false };
  expect(made).toMatchObject({ kind: 'job', restartPolicy: 'no', retries: 2, schedule });
  const again = await t.send('PUT', '/v1/containers/backup', {
    body: { ...JOB, retries: 2, deadlineSeconds: 60, keepSeconds: 5, schedule },
  });
  expect([again.status, again.body.generation]).toEqual([200, 1]);
});

it.each<[string, object, string]>([
  ['a schedule of a service', { kind: 'service', schedule: SCHEDULE }, '/schedule'],
  ['retries of a service', { kind: 'service', retries: 1 }, '/retries'],
  ['a restart policy', { restartPolicy: 'always' }, '/restartPolicy'],
  ['ports', { ports: ['80'] }, '/ports'],
  ['an expression of six fields', { schedule: { cron: '* * * * * *' } }, '/schedule/cron'],
  ['an expression that never comes true', { schedule: { cron: '0 0 30 2 *' } }, '/schedule/cron'],
  ['an unknown time zone', { schedule: { ...SCHEDULE, timeZone: 'Mars/Base' } }, '/schedule/timeZone'],
])('refuses %s', async (_, over, pointer) => {
  const t = await open();
  const { errors } = await t.refuse('invalid-definition', 'POST', '/v1/containers', { body: { ...JOB, ...over } });
  expect(errors?.map((error) => error.pointer)).toContain(pointer);
});

it('refuses what the policy does not allow, declared or patched', async () => {
  const t = await open({ policy: { jobs: { maxRetries: 1, minIntervalSeconds: 3600 } } });
  await t.refuse('policy-denied', 'POST', '/v1/containers', { body: { ...JOB, retries: 2 } });
  await t.refuse('policy-denied', 'POST', '/v1/apply', {
    body: { set: 's', containers: [{ ...JOB, schedule: { cron: '0,30 * * * *' } }] },
  });
  await t.declare({ ...JOB, retries: 1, schedule: { cron: '0 * * * *' } });
});

it('stores a requested run once for its key, keeps it over a restart, and lists it', async () => {
  const t = await open();
  await t.declare(JOB);
  const request = { headers: { 'idempotency-key': 'one' } };
  const first = await t.send('POST', '/v1/containers/backup/run', request);
  const again = await t.send('POST', '/v1/containers/backup/run', request);
  expect([first.status, again.status, again.body]).toEqual([202, 202, first.body]);
  const restarted = await t.restart();
  onTestFinished(() => restarted.stop());
  expect((await restarted.get('/v1/containers/backup/runs')).items).toEqual([first.body]);
  expect(first.body).toMatchObject({ trigger: 'request', state: 'pending', attempt: 1, exitCode: null, log: null });
  await restarted.send('DELETE', '/v1/containers/backup');
  await restarted.refuse('not-found', 'POST', '/v1/containers/backup/run');
});

it('refuses runs of a service, of a stopped job and beyond twenty, and a restart of a job', async () => {
  const t = await open();
  await t.declare({ name: 'web', image: 'a' });
  await t.refuse('not-running', 'POST', '/v1/containers/web/run');
  await t.refuse('not-found', 'POST', '/v1/containers/other/run');
  await t.declare(JOB);
  await t.refuse('not-running', 'POST', '/v1/containers/backup/restart');
  for (let count = 0; count < 20; count += 1) await t.send('POST', '/v1/containers/backup/run');
  await t.refuse('busy', 'POST', '/v1/containers/backup/run');
  await t.send('POST', '/v1/containers/backup/stop');
  await t.refuse('not-running', 'POST', '/v1/containers/backup/run');
});
