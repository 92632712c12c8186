/** A change that cannot work ends with what served before; one that needs no new container does without. */

import { once } from 'node:events';
import { createServer } from 'node:net';
import { pack } from 'tar-stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { condition, declaring, namesLike, unique } from './declaring.js';
import { docker, eventually, IS_PODMAN, RUN, sweep, TEST_LABEL, type TestBerth, testBerth } from './support.js';

let t: TestBerth;
beforeAll(async () => {
  t = await testBerth({ policy: { images: { registries: ['any', '127.0.0.1:1'] } } });
});
afterAll(async () => {
  await t.stop();
  await sweep(`${TEST_LABEL}=${RUN}`);
});
const { get, declare, change, ready, because } = declaring(() => t);

/** How many containers of this name the engine has made since. */
async function creations(name: string, since: number): Promise<number> {
  const stream = await docker.getEvents({
    since,
    until: Math.ceil(Date.now() / 1000) + 1,
    filters: { type: ['container'], event: ['create'] },
  });
  let text = '';
  for await (const chunk of stream) text += chunk.toString();
  const made = text.split('\n').filter((line) => line !== '');
  return made.filter((line) => JSON.parse(line).Actor.Attributes['io.berth.name'] === name).length;
}

describe('a replacement that cannot work', () => {
  const EMPTY = 'berth-test/empty:latest';
  beforeAll(async () => {
    const tar = pack();
    tar.entry({ name: 'nothing' }, '');
    tar.finalize();
    const stream = await docker.importImage(tar as unknown as string, { repo: 'berth-test/empty', tag: 'latest' });
    await new Promise((resolve, reject) =>
      docker.modem.followProgress(stream, (error) => (error ? reject(error) : resolve(undefined))),
    );
  });
  afterAll(() => docker.getImage(EMPTY).remove());
  const sick = { command: ['false'], intervalSeconds: 1, timeoutSeconds: 1, retries: 1 };

  const WRONG: readonly (readonly [what: string, change: object])[] = [
    ['its image has nothing to run', { image: EMPTY, command: null }],
    ['its command is not there', { command: ['/no/such/command'] }],
    ['its command ends', { command: ['sh', '-c', 'exit 3'] }],
    ['its user is not there', { user: 'nobody-of-that-name' }],
    // Podman has systemd run health checks, which is not there.
    ...(IS_PODMAN ? [] : [['its health check fails', { healthcheck: sick }] as const]),
  ];
  it.each(WRONG)('is rolled back once and for all, and a corrected one goes through: %s', async (_, wrong) => {
    const name = unique('rollback');
    const since = Math.floor(Date.now() / 1000);
    const before = await declare({ name, image: 'training/webapp', command: ['python', 'app.py'] });
    await change(name, wrong);
    const serves = async () => {
      const view = await because(name, 'Ready', 'RolledBack');
      expect(view.status.container).toMatchObject({ id: before.status.container?.id, state: 'running', names: [name] });
      expect([view.status.ready, view.status.observedGeneration]).toEqual([false, 1]);
      expect(await namesLike(name)).toEqual([name]);
      return view;
    };
    const rolledBack = await eventually(serves, 60_000);
    expect(condition(rolledBack, 'Ready')?.message).toMatch(/generation 2 failed to start \(.+\).*Correct the/);

    // A restart of the server does not make it try again.
    t = await t.restart();
    const later = await eventually(serves, 60_000);
    expect(later.status.container?.startedAt).toBe(rolledBack.status.container?.startedAt);
    expect(await creations(name, since)).toBe('image' in wrong ? 1 : 2);

    const corrected = await change(name, {
      image: 'training/webapp',
      command: ['sleep', '1000'],
      user: null,
      healthcheck: null,
    });
    await ready(name, (view) => view.status.observedGeneration === corrected.generation);
    await eventually(async () => expect(await namesLike(name)).toEqual([name]), 60_000);
  });

  it('for want of an image leaves what serves as it is, and goes through with another', async () => {
    const name = unique('image');
    const before = await declare({ name, image: 'training/webapp' });
    await change(name, { image: 'no-such-image:1', pullPolicy: 'never' });
    const view = await because(name, 'Ready', 'RolledBack');
    expect(condition(view, 'Ready')?.message).toContain('no-such-image:1 is not on the engine');
    expect(condition(view, 'ImageAvailable')?.reason).toBe('ImageAbsent');
    const same = { id: before.status.container?.id, startedAt: before.status.container?.startedAt, state: 'running' };
    expect(view.status.container).toMatchObject(same);
    await change(name, { image: '127.0.0.1:1/no-such-image:1', pullPolicy: 'missing' });
    const failed = await because(name, 'ImageAvailable', 'PullFailed');
    expect([condition(failed, 'Ready')?.reason, failed.status.container]).toMatchObject(['RolledBack', same]);
    const corrected = await change(name, { image: 'training/postgres' });
    await ready(name, ({ status }) => status.observedGeneration === corrected.generation);
    await eventually(async () => expect(await namesLike(name)).toEqual([name]), 60_000);
  });

  it('whose port something else holds goes back to what serves, and goes through once the port is free', async () => {
    const holder = createServer().listen(0, '0.0.0.0');
    await once(holder, 'listening');
    const { port } = holder.address() as { port: number };
    const name = unique('held');
    const since = Math.floor(Date.now() / 1000);
    const before = await declare({ name, image: 'training/webapp' });
    await change(name, { ports: [`${port}:5000`] });
    await eventually(async () => {
      const view = await because(name, 'Ready', 'RolledBack');
      expect(view.status.container).toMatchObject({ id: before.status.container?.id, state: 'running' });
    }, 60_000);
    // Each try interrupts what serves: what others do on the engine brings none forward.
    for (let i = 0; i < 5; i++) {
      const other = await docker.createContainer({ Image: 'training/webapp', Labels: { [TEST_LABEL]: RUN } });
      await other.start();
      await other.remove({ force: true });
    }
    expect(await creations(name, since)).toBe(2);
    await new Promise((resolve) => holder.close(resolve));
    await ready(name, (view) => view.status.ports.some((one) => one.hostPort === port));
  });
});

describe.skipIf(IS_PODMAN)('a change that a running container can take', () => {
  it('is made in place, and the plan says which change costs a restart', async () => {
    const name = unique('update');
    const before = await declare({ name, image: 'training/webapp', resources: { memoryBytes: 64 << 20 } });
    await change(name, { resources: { memoryBytes: 256 << 20, cpus: 0.5, pids: 100 }, restartPolicy: 'on-failure' });
    await eventually(async () => {
      const { Id, State, HostConfig } = await docker.getContainer(name).inspect();
      expect([Id, State.StartedAt]).toEqual([before.status.container?.id, before.status.container?.startedAt]);
      expect(HostConfig).toMatchObject({ Memory: 256 << 20, NanoCpus: 5e8, PidsLimit: 100 });
      expect(HostConfig.RestartPolicy?.Name).toBe('on-failure');
    }, 60_000);
    expect((await ready(name)).generation).toBe(2);
    expect(await get(name)).toMatchObject({ status: { observedGeneration: 2 } });
  });
});
