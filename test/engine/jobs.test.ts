/** Jobs on a real engine: their runs, retries, deadlines and schedules, also when the server dies at any step. */

import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunView } from '../../src/service/containers/jobs.js';
import { declaring, namesLike, unique } from './declaring.js';
import { Servers, send } from './servers.js';
import { docker, eventually, type TestBerth, testBerth } from './support.js';

const shell = (script: string) => ({ kind: 'job', image: 'training/webapp', command: ['sh', '-c', script] });
const counting = (volume: string) => ({
  ...shell('echo ran >> /runs/log; cat /runs/log'),
  volumes: [{ volume, target: '/runs' }],
});

describe('a job', () => {
  let t: TestBerth;
  beforeAll(async () => {
    t = await testBerth();
    await eventually(async () => expect((await t.http.get('/v1/engine')).body.reachable).toBe(true), 60_000);
  });
  afterAll(() => t.stop());
  const { because } = declaring(() => t);

  const create = async (body: object): Promise<void> => {
    const answer = await t.http.post('/v1/containers').send(body);
    expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  };
  const runsOf = async (name: string): Promise<readonly RunView[]> =>
    (await t.http.get(`/v1/containers/${name}/runs`)).body.items;
  const states = async (name: string) =>
    (await runsOf(name)).map(({ state, attempt, exitCode }) => [state, attempt, exitCode]);
  const ends = (name: string, expected: readonly unknown[]) =>
    eventually(async () => expect(await states(name)).toEqual(expected), 60_000);

  it('runs once, and again on request, with exit code and log', async () => {
    const name = unique('once');
    await create({ name, ...shell('echo done; echo late >&2') });
    await ends(name, [['succeeded', 1, 0]]);
    const [first] = await runsOf(name);
    expect(first?.log).toContain('done');
    expect((await docker.getContainer(first?.container ?? '').inspect()).HostConfig.RestartPolicy?.Name).toBe('no');
    await because(name, 'Ready', 'Completed');
    expect((await t.http.post(`/v1/containers/${name}/run`)).status).toBe(202);
    await ends(name, [
      ['succeeded', 1, 0],
      ['succeeded', 1, 0],
    ]);
  });

  it('that fails is tried again as often as it says', async () => {
    const name = unique('fails');
    await create({ name, ...shell('exit 3'), retries: 1 });
    await ends(name, [['failed', 2, 3]]);
    expect(await namesLike(`${name}.`)).toHaveLength(2);
  });

  it('is stopped at its deadline, and its container removed after keepSeconds', async () => {
    const name = unique('long');
    await create({
      name,
      ...shell('sleep 1000'),
      deadlineSeconds: 1,
      keepSeconds: 0,
      retries: 3,
      stopTimeoutSeconds: 1,
    });
    await eventually(async () => expect((await runsOf(name)).map(({ state }) => state)).toEqual(['deadline']), 60_000);
    await eventually(async () => expect(await namesLike(`${name}.`)).toEqual([]), 60_000);
  });

  it('whose container vanishes is reported, and not repeated', async () => {
    const name = unique('gone');
    await create({ name, ...shell('sleep 1000'), retries: 3 });
    const container = await eventually(async () => {
      const [running] = await runsOf(name);
      expect(running?.state).toBe('created');
      const found = await docker.getContainer(running?.container ?? '').inspect();
      expect(found.State.Running).toBe(true);
      return found.Id;
    }, 60_000);
    await docker.getContainer(container).remove({ force: true });
    await ends(name, [['unknown', 1, null]]);
    expect(await namesLike(`${name}.`)).toEqual([]);
  });

  it('holds the start of a container that waits for its completion', async () => {
    const [name, web] = [unique('migrate'), unique('web')];
    await create({ name, ...shell('sleep 2') });
    await create({ name: web, image: 'training/webapp', dependsOn: [{ container: name, condition: 'completed' }] });
    await because(web, 'Ready', 'WaitingForDependency');
    await because(web, 'Ready', 'Running');
    await ends(name, [['succeeded', 1, 0]]);
  });

  it('runs by its schedule', async () => {
    const name = unique('minute');
    await create({ name, ...shell('true'), schedule: { cron: '* * * * *' } });
    await because(name, 'Ready', 'Scheduled');
    await eventually(
      async () =>
        expect((await runsOf(name)).map(({ trigger, state }) => [trigger, state])).toEqual([['schedule', 'succeeded']]),
      100_000,
    );
  }, 120_000);
});

const STEPS = ['record-run', 'create', 'start'].flatMap((step) => [`before-${step}`, `after-${step}`]);

it.each([...STEPS, 'before-record-run:2', 'after-record-run:2', 'before-record-run:3', 'after-record-run:3'])(
  'a run happens once although the server dies at %s',
  async (failPoint) => {
    const servers = new Servers();
    try {
      const [name, volume] = [unique('crash'), unique('runs')];
      const { child, url } = await servers.start({ failPoint });
      const exit = once(child, 'exit');
      expect((await send('POST', `${url}/v1/containers`, { name, ...counting(volume) })).status).toBe(201);
      expect(await exit).toEqual([null, 'SIGKILL']);
      const { url: next } = await servers.start({});
      await eventually(async () => {
        const { items } = (await (await send('GET', `${next}/v1/containers/${name}/runs`)).json()) as {
          items: RunView[];
        };
        expect(items.map(({ state, attempt, log }) => [state, attempt, log])).toEqual([['succeeded', 1, 'ran\n']]);
      }, 60_000);
      expect(await namesLike(`${name}.`)).toHaveLength(1);
    } finally {
      await servers.end();
    }
  },
);
