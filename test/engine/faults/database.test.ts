/** What becomes of the database: the power goes, a backup is put back, it is gone. */

import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { unique } from '../declaring.js';
import { type Server, Servers, send, view } from '../servers.js';
import { eventually } from '../support.js';

const CAN_TRACE = spawnSync('strace', ['-o', '/dev/null', 'true']).status === 0;

let servers: Servers;
beforeEach(() => {
  servers = new Servers();
});
afterEach(() => servers.end());

const one = (name: string) => ({ name, image: 'training/webapp', publishAll: true });
const create = (server: Server, name: string) => send('POST', `${server.url}/v1/containers?wait=30`, one(name));

const ids = async () => (await servers.containers()).map(({ Id, Names }) => [Names[0], Id] as const).toSorted();

async function stop({ child }: Server): Promise<void> {
  const exit = once(child, 'exit');
  child.kill('SIGTERM');
  expect(await exit).toEqual([0, null]);
}

describe.skipIf(!CAN_TRACE)('power loss', () => {
  it('loses nothing that was acknowledged: the log of the database is synced before the answer', async () => {
    const trace = path.join(servers.dataDir, 'trace');
    const calls = 'trace=openat,fsync,fdatasync,write,writev,pwrite64';
    const server = await servers.start({ under: ['strace', '-D', '-f', '-y', '-s', '64', '-e', calls, '-o', trace] });
    for (let i = 0; i < 3; i++)
      expect((await send('POST', `${server.url}/v1/containers`, one(unique('sync')))).status).toBe(201);
    await stop(server);
    const { lines, answers } = await eventually(() => {
      const written = readFileSync(trace, 'utf8').split('\n');
      const at = written.flatMap((line, index) => (line.includes('HTTP/1.1 201') ? [index] : []));
      expect(at).toHaveLength(3);
      return { lines: written, answers: at };
    });
    let from = 0;
    for (const at of answers) {
      const before = lines.slice(from, at);
      const written = before.findLastIndex((line) => /pwrite64\(.*berth\.db-wal/.test(line));
      const synced = before.findLastIndex((line) => /f(data)?sync\(.*berth\.db-wal/.test(line));
      expect(written).toBeGreaterThanOrEqual(0);
      expect(synced).toBeGreaterThan(written);
      from = at + 1;
    }
  });
});

describe('a database', () => {
  it('whose whole folder is put back is found out by what runs: that runs on until a person says otherwise', async () => {
    const [old, young] = [unique('old'), unique('young')];
    const folder = ['berth.db', 'berth.lineage'];
    const first = await servers.start();
    expect((await create(first, old)).status).toBe(201);
    await stop(first);
    const kept = folder.map((file) => readFileSync(path.join(servers.dataDir, file)));
    const second = await servers.start();
    expect((await create(second, young)).status).toBe(201);
    await send('PATCH', `${second.url}/v1/containers/${old}?wait=30`, { env: { PROVIDER: 'later' } });
    await eventually(async () => expect(await servers.containers()).toHaveLength(2));
    const before = await ids();
    await stop(second);
    for (const file of ['berth.db-wal', 'berth.db-shm']) rmSync(path.join(servers.dataDir, file), { force: true });
    for (const [i, file] of folder.entries()) writeFileSync(path.join(servers.dataDir, file), kept[i] as Buffer);

    const third = await servers.start();
    await eventually(async () => {
      const [ready] = (await view(third, old)).status.conditions;
      expect(ready, JSON.stringify(ready)).toMatchObject({ status: 'False', reason: 'HeldAfterRestore' });
      expect(ready?.message).toContain('older than the engine (container at generation 2, definition at generation 1)');
    }, 40_000);
    expect(await ids()).toEqual(before);
    const held = await (await fetch(`${third.url}/v1/restore`)).json();
    expect(held).toMatchObject({
      ...{ held: true, reason: 'older', strays: [{ name: young, state: 'running' }] },
      later: [{ container: old, generation: 1, containerGeneration: 2 }],
    });
    expect((await send('POST', `${third.url}/v1/restore/release`, {})).status).toBe(200);
    const restored = await eventually(async () => {
      const current = await view(third, old);
      expect(current.status.ready, JSON.stringify(current.status)).toBe(true);
      return current;
    }, 40_000);
    expect([restored.generation, restored.env]).toEqual([3, {}]);
    expect((await fetch(`${third.url}/v1/containers/${young}`)).status).toBe(404);
    expect(await ids()).toContainEqual(before.find(([name]) => name === `/${young}`));
  });

  it('that is gone is made anew, and what ran before stays', async () => {
    const name = unique('kept');
    const first = await servers.start();
    expect((await create(first, name)).status).toBe(201);
    const before = await servers.containers();
    await stop(first);
    for (const file of ['berth.db', 'berth.db-wal', 'berth.db-shm']) {
      rmSync(path.join(servers.dataDir, file), { force: true });
    }
    const second = await servers.start();
    const other = unique('other');
    expect((await create(second, other)).status).toBe(201);
    expect((await servers.containers()).map(({ Id }) => Id)).toContain(before[0]?.Id);
  });
});
