/** Secrets in variables, on a real engine: where the values are, and where they must not be. */

import { readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { condition, declaring, unique } from './declaring.js';
import { docker, inside, type TestBerth, testBerth } from './support.js';

/** Found nowhere by chance. */
const CANARY = 'canary-engine-8c1f6e0d';

const logged: string[] = [];
let t: TestBerth;
beforeAll(async () => {
  t = await testBerth({ log: pino({ level: 'trace' }, { write: (line: string) => logged.push(line) }) });
});
afterAll(() => t.stop());
const { declare, change, ready, get, because } = declaring(() => t);
const put = (name: string, value: string, query = '') => t.http.put(`/v1/secrets/${name}${query}`).send({ value });

/** Every container on the engine but one, as the engine describes it. */
async function othersThan(id: string | undefined): Promise<string> {
  const all = await docker.listContainers({ all: true });
  const others = await Promise.all(
    all.filter(({ Id }) => Id !== id).map(({ Id }) => docker.getContainer(Id).inspect()),
  );
  return JSON.stringify(others);
}

it.each(['bridge', unique('lan')])(
  'a secret is in its own container on %s, and in none that links to it',
  async (network) => {
    const secret = unique('password');
    const canary = `${CANARY}-${secret}`;
    await put(secret, canary).expect(201);
    const process = { image: 'training/webapp', network, stopTimeoutSeconds: 1 };
    const db = await declare({ ...process, name: unique('db'), secretEnv: { PASSWORD: secret }, env: { USER: 'me' } });
    const web = await declare({
      ...process,
      name: unique('web'),
      links: [{ container: db.name, alias: 'db', env: 'all' }],
    });
    expect(await inside(db.name, 'env')).toContain(`PASSWORD=${canary}`);
    expect(await inside(web.name, 'env')).toContain('DB_ENV_USER=me');
    expect(await inside(web.name, 'env')).not.toContain(canary);
    expect(await othersThan(db.status.container?.id)).not.toContain(canary);

    for (const url of ['env', 'inspect', 'links', '']) {
      const { status, text } = await t.http.get(`/v1/containers/${db.name}/${url}`.replace(/\/$/, ''));
      expect([status, text.includes(canary)], url).toEqual([200, false]);
    }
    const { env } = (await t.http.get(`/v1/containers/${db.name}/env`)).body;
    expect([env.PASSWORD, env.USER]).toEqual(['(secret)', 'me']);
  },
);

it('a new version replaces the container, as the plan says', async () => {
  const secret = unique('password');
  await put(secret, `${CANARY}-1`).expect(201);
  const name = unique('shop');
  const first = await declare({
    name,
    image: 'training/webapp',
    secretEnv: { PASSWORD: secret },
    stopTimeoutSeconds: 1,
  });
  const { plan } = (await put(secret, `${CANARY}-2`, '?dryRun=true').expect(200)).body;
  expect(plan.interrupted).toEqual([{ container: name, reason: expect.stringMatching(/generation 2/) }]);
  expect((await get(name)).generation).toBe(1);
  await put(secret, `${CANARY}-2`).expect(200);
  const second = await ready(name, (view) => view.status.observedGeneration === 2);
  expect(second.status.container?.id).not.toBe(first.status.container?.id);
  expect(await inside(name, 'env')).toContain(`PASSWORD=${CANARY}-2`);
  await t.http.delete(`/v1/secrets/${secret}`).expect(409);
});

it('without its key a secret keeps its container running, and stops a change until it is set again', async () => {
  const secret = unique('password');
  await put(secret, CANARY).expect(201);
  const name = unique('shop');
  const first = await declare({
    name,
    image: 'training/webapp',
    secretEnv: { PASSWORD: secret },
    stopTimeoutSeconds: 1,
  });
  await t.close();
  rmSync(path.join(t.dataDir, 'secrets.key'));
  t = await t.restart();
  const kept = await ready(name);
  expect(kept.status.container?.id).toBe(first.status.container?.id);
  await change(name, { env: { CHANGED: 'yes' } });
  const waiting = await because(name, 'Ready', 'SecretUnreadable');
  expect(condition(waiting, 'Ready')?.message).toContain(secret);
  expect(waiting.status.container).toMatchObject({ id: first.status.container?.id, state: 'running' });
  await put(secret, `${CANARY}-2`).expect(200);
  await ready(name, (view) => view.status.observedGeneration === view.generation);
  expect(await inside(name, 'env')).toContain(`PASSWORD=${CANARY}-2`);
});

it('no file, log line or event has a value', async () => {
  const events = JSON.stringify((await t.http.get('/v1/events?limit=500')).body);
  expect(events).toContain('SecretStored');
  expect(events).not.toContain(CANARY);
  expect(logged.length).toBeGreaterThan(50);
  expect(logged.filter((line) => line.includes(CANARY))).toEqual([]);
  const files = readdirSync(t.dataDir, { withFileTypes: true }).filter((one) => one.isFile());
  for (const { name } of files) expect(readFileSync(path.join(t.dataDir, name)).includes(CANARY), name).toBe(false);
});
