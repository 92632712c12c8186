/** Start order on a real engine: what becomes healthy late, jobs that complete, boots of the engine, unhealthy containers. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { condition, declaring, unique } from './declaring.js';
import { CAN_RUN_ENGINE, OwnEngine } from './faults/own-engine.js';
import { docker, eventually, IS_PODMAN, type TestBerth, testBerth } from './support.js';

/** Time after its start at which the slow container serves, in milliseconds. */
const LATE_MS = 4_000;
const checked = (test: string) => ({
  healthcheck: { command: ['sh', '-c', test], intervalSeconds: 0.5, timeoutSeconds: 2, retries: 60 },
});
const shell = (script: string) => ({ image: 'training/webapp', command: ['sh', '-c', script], stopTimeoutSeconds: 1 });
/** Serves late, after each start. */
const slow = (name: string, network: string) => ({
  ...{ name, network, ...shell(`sleep ${LATE_MS / 1000}; exec python app.py`) },
  ...checked('wget -q -O /dev/null http://127.0.0.1:5000/'),
});
/** Fails unless the other container serves when it starts. */
const hasty = (name: string, on: string, network: string, over: object = {}) => ({
  ...{ name, network, ...shell(`wget -q -O /dev/null http://${on}:5000/ || exit 1; exec sleep 100000`) },
  ...{ dependsOn: [{ container: on, condition: 'healthy' }], ...over },
});

const at = (time: string | null | undefined): number => Date.parse(time ?? '');

/** Podman runs health checks only beside systemd. */
const withHealth = it.skipIf(IS_PODMAN);

describe('dependencies', () => {
  let t: TestBerth;
  beforeAll(async () => {
    t = await testBerth();
    await eventually(async () => expect((await t.http.get('/v1/engine')).body.reachable).toBe(true), 60_000);
  });
  afterAll(() => t.stop());
  const { get, declare, change, ready, because } = declaring(() => t);

  async function apply(...containers: readonly object[]): Promise<void> {
    const answer = await t.http.post('/v1/apply').send({ containers });
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  }

  withHealth('hold the first start of a set until the slow one is healthy', async () => {
    const [network, db, web] = [unique('lan'), unique('db'), unique('web')];
    await apply(hasty(web, db, network), slow(db, network));
    const waiting = await because(web, 'Ready', 'WaitingForDependency');
    expect(condition(waiting, 'Ready')?.message).toContain(db);
    const [source, dependent] = [await ready(db), await ready(web)];
    const late = at(dependent.status.container?.startedAt) - at(source.status.container?.startedAt);
    expect(late).toBeGreaterThan(LATE_MS);
    expect(dependent.status.container?.restartCount).toBe(0);
  });

  withHealth('leave a running container alone while the slow one is restarted', async () => {
    const [network, db, web] = [unique('lan'), unique('db'), unique('web')];
    await apply(slow(db, network), hasty(web, db, network));
    const before = await ready(web);
    const restarted = await t.http.post(`/v1/containers/${db}/restart?wait=60`);
    expect(restarted.status, JSON.stringify(restarted.body)).toBe(200);
    expect((await ready(web)).status.container).toMatchObject({
      id: before.status.container?.id,
      startedAt: before.status.container?.startedAt,
    });
  });

  it('wait for a job, and name the one that fails', async () => {
    const [job, app] = [unique('job'), unique('app')];
    const after = { dependsOn: [{ container: job, condition: 'completed' }] };
    await apply(
      { name: job, ...shell('exit 7'), restartPolicy: 'no' },
      { name: app, ...shell('sleep 100000'), ...after },
    );
    const failed = await because(app, 'Ready', 'DependencyNotReady');
    expect(condition(failed, 'Ready')?.message).toContain(`${job} exited with code 7`);
    expect(failed.status.container).toBeNull();
    await change(job, { command: ['sh', '-c', 'sleep 2'] });
    const started = await ready(app);
    const done = await get(job);
    expect(done.status.container).toMatchObject({ exitCode: 0, state: 'exited' });
    expect(at(started.status.container?.startedAt)).toBeGreaterThan(at(done.status.container?.finishedAt));
  });

  it('say so where the dependency has no health check', async () => {
    const [db, web] = [unique('db'), unique('web')];
    await declare({ name: db, ...shell('sleep 100000') });
    await apply({ name: web, ...shell('sleep 100000'), dependsOn: [{ container: db, condition: 'healthy' }] });
    const waiting = await because(web, 'Ready', 'DependencyNotReady');
    expect(condition(waiting, 'Ready')?.message).toContain('no health check');
  });

  withHealth('an unhealthy container is restarted where its definition says so', async () => {
    const name = unique('sick');
    const fine = { ...shell('rm -f /tmp/sick; exec sleep 100000'), ...checked('test ! -e /tmp/sick') };
    const { healthcheck } = fine;
    await declare({ name, ...fine, healthcheck: { ...healthcheck, retries: 2 }, onUnhealthy: 'restart' });
    const before = await ready(name);
    await t.http.post(`/v1/containers/${name}/exec`).send({ command: ['touch', '/tmp/sick'] });
    const after = await ready(name, ({ status }) => status.container?.startedAt !== before.status.container?.startedAt);
    expect(after.status.container?.id).toBe(before.status.container?.id);
    const { body } = await t.http.get(`/v1/events?container=${name}`);
    expect(JSON.stringify(body)).toContain('its health check fails');
  });

  withHealth('a container that is held has no restart policy on the engine, and Berth restarts it', async () => {
    const name = unique('held');
    const made = await declare({ name, ...shell('sleep 100000'), boot: 'held' });
    const { id = '', startedAt } = made.status.container ?? {};
    const { HostConfig } = await docker.getContainer(id).inspect();
    expect(HostConfig.RestartPolicy?.Name || 'no').toBe('no');
    await docker.getContainer(id).kill();
    await ready(name, ({ status }) => status.container?.startedAt !== startedAt);
    await change(name, { boot: 'engine' });
    await eventually(async () => {
      const now = await docker.getContainer(id).inspect();
      expect(now.HostConfig.RestartPolicy?.Name).toBe('unless-stopped');
    });
  });
});

describe.skipIf(!CAN_RUN_ENGINE)('a boot of the engine', () => {
  let engine: OwnEngine;
  let t: TestBerth;
  beforeAll(async () => {
    engine = await new OwnEngine().start();
    t = await testBerth({ engine: engine.host });
    await eventually(async () => expect((await t.http.get('/v1/engine')).body.reachable).toBe(true), 60_000);
  });
  afterAll(async () => {
    await t?.stop();
    await engine?.remove();
  });
  const { get, declare, ready } = declaring(() => t);

  it('starts what is held after its dependency, and leaves the rest to the engine', async () => {
    await declare(slow('db', 'lan'));
    const held = await declare(hasty('held', 'db', 'lan', { boot: 'held' }));
    const early = await declare(hasty('early', 'db', 'lan'));
    const before = await get('db');
    await engine.kill();
    await engine.start();
    const db = await ready('db', ({ status }) => status.container?.startedAt !== before.status.container?.startedAt);
    const since = (startedAt: string | null | undefined) => at(startedAt) - at(db.status.container?.startedAt);
    const heldNow = await ready(
      'held',
      ({ status }) => status.container?.startedAt !== held.status.container?.startedAt,
    );
    expect(heldNow.status.container).toMatchObject({ id: held.status.container?.id, restartCount: 0 });
    expect(since(heldNow.status.container?.startedAt)).toBeGreaterThan(LATE_MS);
    const earlyNow = await ready('early');
    expect(earlyNow.status.container?.id).toBe(early.status.container?.id);
    expect(since(earlyNow.status.container?.startedAt)).toBeGreaterThan(LATE_MS);
  });
});
