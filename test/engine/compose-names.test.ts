/** Names in sets on the engine: two projects with the same services, and names that sets share on one network. */

import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { unique } from './declaring.js';
import { docker, eventually, inside, type TestBerth, testBerth } from './support.js';

let t: TestBerth;
beforeAll(async () => {
  t = await testBerth();
});
afterAll(() => t.stop());

const one = unique('one');
const two = unique('two');
const SETS = [one, two];

const FILE = `
services:
  db: { image: training/postgres, restart: always, stop_grace_period: 1s }
  web: { image: training/webapp, command: python app.py, restart: always, stop_grace_period: 1s, links: ["db:sql"] }
`;

afterEach(async () => {
  for (const set of SETS) {
    await t.http.post('/v1/apply?wait=60').send({ set, prune: true, containers: [] }).expect(200);
  }
});

async function importFile(project: string, compose = FILE, query = '?apply=true&wait=120') {
  const answer = await t.http.post(`/v1/import/compose${query}`).send({ compose, project });
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer.body;
}

const resultsOf = ({ applied }: { applied: { results: readonly { name: string; result: string }[] } }) =>
  applied.results.map(({ name, result }) => `${name} ${result}`);

/** The address that a name leads to in a container. */
const addressOf = async (container: string, name: string): Promise<string> =>
  /PING \S+ \(([\d.]+)\)/.exec(await inside(container, 'ping', '-c', '1', name))?.[1] ?? '';

const ownAddress = async (container: string): Promise<string> => {
  const { NetworkSettings } = await docker.getContainer(container).inspect();
  return Object.values(NetworkSettings.Networks)[0]?.IPAddress ?? '';
};

const startedOf = async (container: string): Promise<string> =>
  (await docker.getContainer(container).inspect()).State.StartedAt;

it('two files with a service db are imported as two sets, and each finds its own db by that name', async () => {
  for (const set of SETS) {
    expect(resultsOf(await importFile(set))).toEqual([`${set}-db created`, `${set}-web created`]);
  }
  for (const set of SETS) {
    const own = await ownAddress(`${set}-db`);
    for (const name of ['db', 'sql', `${set}-db`]) expect(await addressOf(`${set}-web`, name), name).toBe(own);
  }
  expect(await ownAddress(`${one}-db`)).not.toBe(await ownAddress(`${two}-db`));

  const before = await Promise.all(SETS.map((set) => startedOf(`${set}-db`)));
  const file = (await t.http.get(`/v1/export/compose?set=${one}`).set('accept', 'application/json').expect(200)).body;
  expect(file.services).toMatchObject({
    db: { container_name: `${one}-db` },
    web: { container_name: `${one}-web`, links: ['db:sql'] },
  });
  for (const again of [
    await importFile(one),
    await importFile(one, JSON.stringify(file), '?apply=true&wait=60&prune=true'),
  ]) {
    expect(resultsOf(again)).toEqual([`${one}-db unchanged`, `${one}-web unchanged`]);
  }
  expect(await Promise.all(SETS.map((set) => startedOf(`${set}-db`)))).toEqual(before);
});

it('a set that was imported under bare names keeps them and its containers', async () => {
  const db = unique('db');
  const compose = FILE.replaceAll('db', db);
  // As versions before this one stored it: named as the service, and without one.
  const { containers } = await importFile(one, compose, '');
  const bare = containers.map(({ service, ...rest }: { service: string }) => ({
    ...rest,
    name: service === db ? db : `${one}-web`,
    ...('links' in rest && { links: [{ container: db, alias: 'sql', env: 'none' }] }),
    ...(service !== db && { networkAliases: [service] }),
  }));
  await t.http.post('/v1/apply?wait=120').send({ set: one, containers: bare }).expect(200);
  const before = [await startedOf(db), await startedOf(`${one}-web`)];

  const { applied } = await importFile(one, compose, '?apply=true&wait=60&prune=true');
  expect(applied.results.map(({ name }: { name: string }) => name)).toEqual([db, `${one}-web`]);
  expect(await addressOf(`${one}-web`, db)).toBe(await ownAddress(db));
  expect([await startedOf(db), await startedOf(`${one}-web`)]).toEqual(before);
});

it('sets that share a network are told that db is a name of both, since the engine answers with either', async () => {
  const network = unique('proxy');
  const shared = FILE.replaceAll(' restart: always,', ` restart: always, networks: [proxy],`).concat(
    `networks: { proxy: { name: ${network} } }`,
  );
  for (const set of SETS) await importFile(set, shared);
  const addresses = new Set([await ownAddress(`${one}-db`), await ownAddress(`${two}-db`)]);
  const seen = new Set<string>();
  await eventually(async () => {
    seen.add(await addressOf(`${one}-web`, 'db'));
    expect(seen).toEqual(addresses);
  });
  for (const set of SETS) {
    const { body } = await t.http.get(`/v1/containers/${set}-db`).expect(200);
    const found = body.status.conditions.find(({ type }: { type: string }) => type === 'NamesUnique');
    expect(found).toMatchObject({ status: 'False', reason: 'AliasShared' });
    for (const other of SETS) expect(found.message).toContain(`${other}-db (set ${other})`);
  }
});
