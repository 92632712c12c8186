/** What becomes of the database: the power goes, a backup is put back, it is gone. */

import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, readFileSync, rmSync } from 'node:fs';
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
  it('that an old backup replaced knows less, and removes nothing of what it does not know', async () => {
    const [old, young] = [unique('old'), unique('young')];
    const first = await servers.start();
    expect((await create(first, old)).status).toBe(201);
    await stop(first);
    const backup = path.join(servers.dataDir, 'backup');
    cpSync(path.join(servers.dataDir, 'berth.db'), backup);
    const second = await servers.start();
    expect((await create(second, young)).status).toBe(201);
    await send('PATCH', `${second.url}/v1/containers/${old}?wait=30`, { env: { PROVIDER: 'later' } });
    await eventually(async () => expect(await servers.containers()).toHaveLength(2));
    const ids = (await servers.containers()).map(({ Id, Names }) => [Names[0], Id]);
    await stop(second);
    for (const file of ['berth.db', 'berth.db-wal', 'berth.db-shm']) {
      rmSync(path.join(servers.dataDir, file), { force: true });
    }
    cpSync(backup, path.join(servers.dataDir, 'berth.db'));

    const third = await servers.start();
    const restored = await eventually(async () => {
      const current = await view(third, old);
      expect(current.status.ready, JSON.stringify(current.status)).toBe(true);
      return current;
    }, 40_000);
    expect([restored.generation, restored.env]).toEqual([1, {}]);
    expect((await fetch(`${third.url}/v1/containers/${young}`)).status).toBe(404);
    const left = (await servers.containers()).map(({ Id, Names }) => [Names[0], Id]);
    expect(left).toContainEqual(ids.find(([name]) => name === `/${young}`));
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
