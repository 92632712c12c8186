/** Containers that the version before made go on running under this one. */

import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { LABELS } from '../../src/engine/labels.js';
import { openStore } from '../../src/store/store.js';
import { note } from '../notes.js';
import { UPGRADE, writeUpgradeRows } from '../support/upgrade.js';
import { declaring } from './declaring.js';
import { docker, eventually, sweep, type TestBerth, testBerth, unlessAbsent } from './support.js';

const OWNED = `${LABELS.instance}=test-upgrade`;
const NETWORK = 'berth-upgrade';
const PORTS = { from: 49_700, to: 49_799 };
const STOPPED = 'upgrade-stopped';

let t: TestBerth;
const { get, change, ready } = declaring(() => t);

/** The containers as they are: each may have been replaced, restarted or stopped. */
async function containers() {
  const all = await docker.listContainers({ all: true, filters: { label: [OWNED] } });
  const inspected = await Promise.all(all.map(({ Id }) => docker.getContainer(Id).inspect()));
  return inspected
    .map(({ Id, Name, State, Config }) => ({
      ...{ name: Name.slice(1), id: Id, hash: Config.Labels[LABELS.hash] },
      ...{ startedAt: State.StartedAt, isRunning: State.Running },
    }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}
type Found = Awaited<ReturnType<typeof containers>>;

let made: Found;

beforeAll(async () => {
  note('label', OWNED);
  await sweep(OWNED);
  const dataDir = mkdtempSync(path.join(tmpdir(), 'berth-upgrade-'));
  const store = await openStore({ dataDir, portRange: PORTS, now: () => new Date(), random: Math.random });
  await store.close();
  writeUpgradeRows(dataDir);
  await docker.createNetwork({ Name: NETWORK, Labels: { [LABELS.instance]: 'test-upgrade' } });
  for (const body of UPGRADE.containers) {
    const container = await docker.createContainer(body as never);
    await container.start();
    if (body.name === STOPPED) await container.stop();
  }
  made = await containers();
  t = await testBerth({ dataDir, portRange: PORTS });
});
afterAll(async () => {
  await t.stop();
  await docker.getVolume('berth_upgrade').remove().catch(unlessAbsent);
});

it('nothing that the version before made is replaced, restarted or stopped by an upgrade', async () => {
  expect(made.map(({ name }) => name)).toEqual(UPGRADE.definitions.map(({ name }) => name).toSorted());
  for (const { name } of made.filter((one) => one.name !== STOPPED)) await ready(name);
  await eventually(async () => expect((await get(STOPPED)).status.container?.id).toBeDefined());
  const { body: ports } = await t.http.get('/v1/ports').expect(200);
  expect(ports.items.length).toBeGreaterThan(5);
  const { body: events } = await t.http.get('/v1/events?limit=500').expect(200);
  expect(events.items.filter(({ type }: { type: string }) => type === 'Step' || type === 'StepFailed')).toEqual([]);
  expect(await containers()).toEqual(made);
});

it('a change after an upgrade replaces the one container that it is about', async () => {
  await change('upgrade-bare', { env: { NEW: '1' } });
  const before = made.find(({ name }) => name === 'upgrade-bare');
  await ready('upgrade-bare', ({ status }) => status.container !== null && status.container.id !== before?.id);
  const others = (all: Found) => all.filter(({ name }) => name !== 'upgrade-bare');
  await eventually(async () => expect(others(await containers())).toEqual(others(made)));
});
