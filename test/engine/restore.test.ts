/** An old backup comes back: what runs is left as it is until a person says so. */

import { once } from 'node:events';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { describe, expect, it, type TestContext } from 'vitest';
import type { HoldView } from '../../src/service/backup/views.js';
import { unique } from './declaring.js';
import { killed, type Server, Servers, send, view } from './servers.js';
import { docker, eventually, RUN, TEST_LABEL } from './support.js';

/** Servers of a test's own: the tests mostly wait for a look at the whole engine, so they do it side by side. */
function serversOf({ onTestFinished }: TestContext): Servers {
  const servers = new Servers();
  onTestFinished(() => servers.end());
  return servers;
}

const one = (name: string, more = {}) => ({ name, image: 'training/webapp', publishAll: true, ...more });
const create = async (server: Server, name: string, more = {}) =>
  expect((await send('POST', `${server.url}/v1/containers?wait=60`, one(name, more))).status).toBe(201);
const patch = async (server: Server, name: string, change: object) =>
  expect((await send('PATCH', `${server.url}/v1/containers/${name}?wait=60`, change)).status).toBe(200);
const remove = async (server: Server, name: string) =>
  expect((await send('DELETE', `${server.url}/v1/containers/${name}?wait=60`)).status).toBe(200);

const backup = async (server: Server): Promise<Buffer> =>
  Buffer.from(await (await fetch(`${server.url}/v1/backup`)).arrayBuffer());

const restore = (server: Server, body: Buffer) =>
  fetch(`${server.url}/v1/restore`, {
    ...{ method: 'POST', headers: { 'content-type': 'application/vnd.sqlite3' } },
    body: new Uint8Array(body),
  });

const held = async (server: Server): Promise<HoldView> =>
  (await (await fetch(`${server.url}/v1/restore`)).json()) as HoldView;

/** When the engine has been looked at as a whole after the restore. */
const heldAndSeen = (server: Server): Promise<HoldView> =>
  eventually(async () => {
    const now = await held(server);
    expect(now.plan).not.toBeNull();
    return now;
  });

const release = async (server: Server, strays: 'keep' | 'remove') => {
  const answer = await send('POST', `${server.url}/v1/restore/release`, { strays });
  expect(answer.status).toBe(200);
};

/** What runs, since when, under which name: what must not change. */
async function running(servers: Servers) {
  const all = await Promise.all(
    (await servers.containers()).map(async ({ Id }) => {
      const { Name, State } = await docker.getContainer(Id).inspect();
      return { id: Id, name: Name.slice(1), startedAt: State.StartedAt, isRunning: State.Running };
    }),
  );
  return all.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

const settled = (server: Server, name: string, generation: number) =>
  eventually(async () => {
    const { status } = await view(server, name);
    expect([status.ready, status.observedGeneration], JSON.stringify(status)).toEqual([true, generation]);
  }, 40_000);

/** Looks at the engine from end to end, so that whatever was to be done for what it saw would have begun. */
async function lookedAround(server: Server): Promise<void> {
  const relists = async (): Promise<number> =>
    Number(/^berth_relists_total (\d+)/m.exec(await (await fetch(`${server.url}/metrics`)).text())?.[1] ?? 0);
  const before = await relists();
  await eventually(async () => expect(await relists()).toBeGreaterThan(before), 40_000);
}

async function stopped({ child }: Server): Promise<void> {
  const exit = once(child, 'exit');
  child.kill('SIGTERM');
  expect(await exit).toEqual([0, null]);
}

/** Three that are in the backup; then one is changed, one stopped and started, one removed, and one comes. */
async function aged(servers: Servers) {
  const names = {
    changed: unique('changed'),
    toggled: unique('toggled'),
    gone: unique('gone'),
    young: unique('young'),
  };
  const server = await servers.start();
  for (const name of [names.changed, names.toggled, names.gone]) await create(server, name);
  await send('POST', `${server.url}/v1/containers/${names.toggled}/stop?wait=60`);
  const bytes = await backup(server);
  await send('POST', `${server.url}/v1/containers/${names.toggled}/start?wait=60`);
  await patch(server, names.changed, { env: { PROVIDER: 'later' } });
  await remove(server, names.gone);
  await create(server, names.young);
  return { server, names, bytes };
}

describe.concurrent('an old backup', () => {
  it('that is restored stops, replaces and removes nothing until a person says so, and then it is done', async (context) => {
    const servers = serversOf(context);
    const { server, names, bytes } = await aged(servers);
    const before = await running(servers);
    expect(before.map(({ isRunning }) => isRunning)).toEqual([true, true, true]);
    expect((await restore(server, bytes)).status).toBe(200);

    const { plan, strays, reason } = await heldAndSeen(server);
    expect(reason).toBe('restored');
    const steps = plan?.actions.map(({ container, action }) => `${action} ${container}`) ?? [];
    expect(steps).toEqual(
      expect.arrayContaining([`stop ${names.changed}`, `stop ${names.toggled}`, `create ${names.gone}`]),
    );
    expect(strays.map(({ name, state }) => [name, state])).toEqual([[names.young, 'running']]);
    for (const name of [names.changed, names.toggled, names.gone]) {
      const [ready] = (await view(server, name)).status.conditions;
      expect([ready?.type, ready?.status, ready?.reason]).toEqual(['Ready', 'False', 'HeldAfterRestore']);
    }
    await lookedAround(server);
    expect(await running(servers)).toEqual(before);
    // Not over a start either.
    await killed(server.child);
    const again = await servers.start();
    await heldAndSeen(again);
    expect(await running(servers)).toEqual(before);

    await release(again, 'keep');
    await settled(again, names.changed, 3);
    await settled(again, names.gone, 1);
    expect((await view(again, names.changed)).env).toEqual({});
    await eventually(async () => expect((await view(again, names.toggled)).status.container?.state).toBe('exited'));
    const young = before.find(({ name }) => name === names.young);
    await eventually(async () => expect(await running(servers)).toContainEqual(young));
    expect(await held(again)).toMatchObject({ held: false, plan: null });
    expect((await send('POST', `${again.url}/v1/restore/release`, {})).status).toBe(409);
  });

  it('may take with it, where a person says so, what it does not know', async (context) => {
    const servers = serversOf(context);
    const server = await servers.start();
    const bytes = await backup(server);
    const young = unique('young');
    await create(server, young);
    expect((await restore(server, bytes)).status).toBe(200);
    expect((await heldAndSeen(server)).strays.map(({ name }) => name)).toEqual([young]);
    await release(server, 'remove');
    await eventually(async () => expect(await servers.containers()).toEqual([]), 40_000);
  });

  it('that is restored on a fresh data folder knows what runs, and leaves it running', async (context) => {
    const servers = serversOf(context);
    const names = [unique('first'), unique('second')] as const;
    const lost = await servers.start();
    await create(lost, names[0]);
    await create(lost, names[1], { links: [names[0]] });
    const bytes = await backup(lost);
    const before = await running(servers);
    await killed(lost.child);
    rmSync(servers.dataDir, { recursive: true });

    const fresh = await servers.start({ ownInstance: true });
    expect((await restore(fresh, bytes)).status).toBe(200);
    for (const name of names) await settled(fresh, name, 1);
    const now = await heldAndSeen(fresh);
    expect([now.held, now.plan?.actions, now.strays]).toEqual([true, [], []]);
    await release(fresh, 'keep');
    await lookedAround(fresh);
    expect(await running(servers)).toEqual(before);
  });

  it.for(['before-restore', 'after-restore'])(
    'and the server is killed %s: it is as before, or restored and held',
    async (failPoint, context) => {
      const servers = serversOf(context);
      const setUp = await servers.start();
      const [old, young] = [unique('old'), unique('young')];
      await create(setUp, old);
      const bytes = await backup(setUp);
      await patch(setUp, old, { env: { PROVIDER: 'later' } });
      await create(setUp, young);
      await stopped(setUp);
      const before = await running(servers);
      const { child, url } = await servers.start({ failPoint });
      const exit = once(child, 'exit');
      await expect(restore({ child, url }, bytes)).rejects.toThrow();
      expect(await exit).toEqual([null, 'SIGKILL']);

      const server = await servers.start();
      const isRestored = failPoint === 'after-restore';
      expect((await held(server)).held).toBe(isRestored);
      expect((await view(server, old)).env).toEqual(isRestored ? {} : { PROVIDER: 'later' });
      expect((await fetch(`${server.url}/v1/containers/${young}`)).status).toBe(isRestored ? 404 : 200);
      await (isRestored ? heldAndSeen(server) : settled(server, young, 1));
      expect(await running(servers)).toEqual(before);
    },
  );
});

describe.concurrent('a database file that an old one replaces', () => {
  it.for(['a backup', 'a copy of the file'])(
    '%s: nothing is stopped, replaced or removed until a person says so',
    async (what, context) => {
      const servers = serversOf(context);
      const file = (name: string) => path.join(servers.dataDir, name);
      const putBack = (write: () => void): void => {
        for (const name of ['berth.db', 'berth.db-wal', 'berth.db-shm']) rmSync(file(name), { force: true });
        write();
      };
      const { server, names, bytes } = await aged(servers);
      await stopped(server);
      const before = await running(servers);
      if (what === 'a backup') {
        putBack(() => writeFileSync(file('berth.db'), bytes));
      } else {
        cpSync(file('berth.db'), file('kept'));
        const between = await servers.start();
        await patch(between, names.changed, { env: { PROVIDER: 'last' } });
        await stopped(between);
        before.splice(0, before.length, ...(await running(servers)));
        putBack(() => writeFileSync(file('berth.db'), readFileSync(file('kept'))));
      }
      const again = await servers.start();
      expect((await heldAndSeen(again)).reason).toBe('replaced');
      await lookedAround(again);
      expect(await running(servers)).toEqual(before);
      await release(again, 'keep');
      // Above the generation that its container was made from.
      await settled(again, names.changed, what === 'a backup' ? 3 : 4);
    },
  );
});

describe.concurrent('a backup that was tampered with', () => {
  /** The backup with other rows, which a person with an editor can write. */
  function tampered(servers: Servers, bytes: Buffer, sql: string): Buffer {
    const file = path.join(servers.dataDir, 'tampered.db');
    writeFileSync(file, bytes);
    const db = new DatabaseSync(file);
    db.exec(sql);
    db.close();
    return readFileSync(file);
  }

  it("does not mount the host's root after the release, and its definition stays paused and is listed", async (context) => {
    const servers = serversOf(context);
    const name = unique('root');
    const server = await servers.start();
    await create(server, name);
    const mount = JSON.stringify([{ volume: '/', target: '/host', readOnly: false }]);
    const sql = `UPDATE Definition SET spec = json_set(spec, '$.volumes', json('${mount}'))`;
    const before = await running(servers);
    expect((await restore(server, tampered(servers, await backup(server), sql))).status).toBe(200);
    await heldAndSeen(server);
    await release(server, 'keep');
    await eventually(async () => {
      const [ready] = (await view(server, name)).status.conditions;
      expect([ready?.type, ready?.status, ready?.reason]).toEqual(['Ready', 'False', 'PolicyDenied']);
    });
    await lookedAround(server);
    expect(await running(servers)).toEqual(before);
    for (const { Id } of await servers.containers()) {
      const { Mounts } = await docker.getContainer(Id).inspect();
      expect(Mounts.map(({ Source }) => Source)).not.toContain('/');
    }
    const { violations } = (await (await fetch(`${server.url}/v1/policy`)).json()) as {
      readonly violations: readonly { readonly container: string }[];
    };
    expect(violations.map(({ container }) => container)).toEqual([name]);
    await patch(server, name, { volumes: [] });
    await settled(server, name, 3);
  });

  it('does not take over a container that this server never adopted', async (context) => {
    const servers = serversOf(context);
    const name = unique('stranger');
    const server = await servers.start();
    const stranger = await docker.createContainer({ name, Image: 'training/webapp', Labels: { [TEST_LABEL]: RUN } });
    await stranger.start();
    await create(server, `${name}-own`);
    const id = stranger.id;
    const sql = `UPDATE Definition SET name = '${name}', adopted = '{"id":"${id}","generation":1,"hash":"1:x"}'`;
    expect((await restore(server, tampered(servers, await backup(server), sql))).status).toBe(200);
    await heldAndSeen(server);
    await release(server, 'keep');
    await eventually(async () => {
      const [ready] = (await view(server, name)).status.conditions;
      expect(ready?.reason).toBe('AdoptionUnverified');
    });
    expect((await held(server)).unverified.map((one) => one.id)).toEqual([id]);
    await lookedAround(server);
    expect((await stranger.inspect()).State.Running).toBe(true);
    await stranger.remove({ force: true });
  });
});

it('a PUT that waits comes after a deletion of the same name, and creates the container', async (context) => {
  const servers = serversOf(context);
  const name = unique('again');
  const server = await servers.start();
  await create(server, name);
  const { uid } = await view(server, name);
  expect((await send('DELETE', `${server.url}/v1/containers/${name}`)).status).toBe(202);
  const answer = await send('PUT', `${server.url}/v1/containers/${name}?wait=60`, { image: 'training/webapp' });
  expect(answer.status).toBe(201);
  const after = await view(server, name);
  expect([after.status.ready, after.uid === uid]).toEqual([true, false]);
});
