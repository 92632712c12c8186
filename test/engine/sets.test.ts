/** Sets of definitions on the engine: what the plan says is what is done. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { declaring, unique } from './declaring.js';
import { docker, eventually, inside, RUN, sweep, TEST_LABEL, type TestBerth, testBerth } from './support.js';

let t: TestBerth;
beforeAll(async () => {
  t = await testBerth();
  await eventually(async () => expect((await t.http.get('/v1/engine')).body.reachable).toBe(true), 60_000);
});
afterAll(async () => {
  await t.stop();
  await sweep(`${TEST_LABEL}=${RUN}`);
});
const { get, ready } = declaring(() => t);

interface Step {
  readonly container: string;
  readonly action: string;
}

async function post(path: string, body: object) {
  const answer = await t.http.post(path).send(body);
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer.body;
}

const newestEvent = async (): Promise<number> => {
  let next = 0;
  for (;;) {
    const page = (await t.http.get(`/v1/events?limit=500&after=${next}`)).body;
    if (page.items.length === 0) return page.next;
    next = page.next;
  }
};

/** The steps that were recorded since, as a plan names them. Forgetting a definition is recorded as its removal. */
async function stepsSince(after: number): Promise<readonly Step[]> {
  const page = (await t.http.get(`/v1/events?limit=500&after=${after}`)).body;
  return page.items.flatMap(({ container, type, reason }: { container: string; type: string; reason: string }) => {
    if (type === 'Removed') return { container, action: 'forget' };
    if (type !== 'Step') return [];
    return { container, action: reason.replace(/(?<=.)[A-Z]/g, (letter) => `-${letter}`).toLowerCase() };
  });
}

/** What is done to each container, in order. What is done to several at once has no order among them. */
function byContainer(steps: readonly Step[]): ReadonlyMap<string, readonly string[]> {
  const all = new Map<string, readonly string[]>();
  for (const { container, action } of steps) all.set(container, [...(all.get(container) ?? []), action]);
  return all;
}

/** Plans, applies, waits until all is ready, and sees that what was done is what was planned, and nothing else anywhere. */
async function planAndApply(body: object) {
  const plan: { interrupted: { container: string }[]; actions: Step[] } = await post('/v1/plan', body);
  const before = await newestEvent();
  const applied = await post('/v1/apply?wait=120', body);
  await eventually(async () => {
    expect(byContainer(await stepsSince(before))).toEqual(byContainer(plan.actions));
  }, 30_000);
  return { plan, applied };
}

describe('a set', () => {
  it('is planned, applied as planned, changed with its recipients, and pruned', async () => {
    const [db, web, extra] = [unique('db'), unique('web'), unique('extra')];
    const set = unique('set');
    const source = { name: db, image: 'mysql', env: { MYSQL_ROOT_PASSWORD: 'old' } };
    const recipient = { name: web, image: 'training/webapp', links: [`${db}:db`] };
    const third = { name: extra, image: 'training/webapp' };

    const made = await planAndApply({ set, containers: [recipient, third, source] });
    expect(made.plan.interrupted).toEqual([]);
    expect(await inside(web, 'env')).toContain('DB_ENV_MYSQL_ROOT_PASSWORD=old');
    const untouched = await get(extra);

    const changedSource = { ...source, env: { MYSQL_ROOT_PASSWORD: 'new' } };
    const changed = await planAndApply({ set, containers: [recipient, third, changedSource] });
    expect(changed.plan.interrupted.map(({ container }) => container).sort()).toEqual([db, web].sort());
    await eventually(async () => expect(await inside(web, 'env')).toContain('DB_ENV_MYSQL_ROOT_PASSWORD=new'), 60_000);
    expect((await get(extra)).status.container?.startedAt).toBe(untouched.status.container?.startedAt);

    const pruned = await planAndApply({ set, prune: true, containers: [recipient, changedSource] });
    expect(pruned.plan.interrupted.map(({ container }) => container)).toEqual([extra]);
    expect((await t.http.get(`/v1/containers/${extra}`)).status).toBe(404);
  });

  it('swaps two host ports between two containers that run', async () => {
    const [a, b] = [unique('a'), unique('b')];
    const pages = (first: number, second: number) => ({
      containers: [
        { name: a, image: 'training/webapp', env: { PROVIDER: a }, ports: [`${first}:5000`] },
        { name: b, image: 'training/webapp', env: { PROVIDER: b }, ports: [`${second}:5000`] },
      ],
    });
    const { applied } = await planAndApply({
      containers: [
        { name: a, image: 'training/webapp', ports: ['5000'] },
        { name: b, image: 'training/webapp', ports: ['5000'] },
      ],
    });
    const [one, two] = applied.results.map(
      (result: { container: { status: { ports: { hostPort: number }[] } } }) =>
        result.container.status.ports[0]?.hostPort,
    );
    const port = { first: one + 1000, second: two + 1000 };
    await planAndApply(pages(port.first, port.second));
    await planAndApply(pages(port.second, port.first));
    const bound = async (name: string) => (await ready(name)).status.ports.map(({ hostPort }) => hostPort);
    expect(new Set(await bound(a))).toEqual(new Set([port.second]));
    expect(new Set(await bound(b))).toEqual(new Set([port.first]));
    const left = await docker.listContainers({ all: true, filters: { name: [`^/${a}`, `^/${b}`] } });
    expect(left.map(({ Names }) => Names[0]).sort()).toEqual([`/${a}`, `/${b}`].sort());
  });
});

it('a plan says what each changed field costs', async () => {
  const name = unique('costs');
  await post('/v1/apply?wait=120', { containers: [{ name, image: 'training/webapp' }] });
  const free = { name, image: 'training/webapp', resources: { memoryBytes: 64 << 20 }, restartPolicy: 'no' };
  const inPlace = await post('/v1/plan', { containers: [free] });
  expect(inPlace.changes).toEqual([
    { container: name, field: 'restartPolicy', costs: 'none' },
    { container: name, field: 'resources', costs: 'none' },
  ]);
  expect([inPlace.interrupted, inPlace.actions.map(({ action }: Step) => action)]).toEqual([[], ['update']]);
  const replaced = await post('/v1/plan', { containers: [{ ...free, env: { A: 'b' } }] });
  expect(replaced.changes).toContainEqual({ container: name, field: 'env', costs: 'replace' });
  expect(replaced.interrupted).toEqual([{ container: name, reason: expect.stringContaining('generation') }]);
});

it('a keyed apply is answered alike after a wait, too', async () => {
  const body = { containers: [{ name: unique('keyed'), image: 'training/webapp' }] };
  const send = () => t.http.post('/v1/apply?wait=60').set('idempotency-key', `${body.containers[0]?.name}`).send(body);
  const [first, second] = [await send(), await send()];
  expect([first.status, first.body.results[0].container.status.ready]).toEqual([200, true]);
  expect([second.status, second.text]).toEqual([first.status, first.text]);
});
