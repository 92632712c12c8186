import path from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { describe, expect, it, onTestFinished, test } from 'vitest';
import { LOCAL_HOST } from '../../../src/domain/host.js';
import { type Database, openDatabase } from '../../../src/store/sqlite/database.js';
import { prismaStorage } from '../../../src/store/sqlite/prisma-storage.js';
import { createMemory } from '../../../src/store/state/memory.js';
import { NO_WRITE } from '../../../src/store/storage.js';
import { createStore, load } from '../../../src/store/store.js';
import { specOf } from '../../support/definition.js';
import { put, RANGE, storeOn, tempDir, ticking, writerOn } from './support.js';

const UNAVAILABLE = { code: 'storage-unavailable', retryAfterSeconds: 2 };

/** A writer on a database that the test can put into difficulties. */
async function openWriter() {
  const database = await openDatabase(path.join(tempDir(), 'berth.db'));
  const memory = createMemory();
  const writer = writerOn(prismaStorage(database), memory);
  const insert = (name: string, note = '') =>
    writer.transact((tx) => tx.insert({ name, spec: specOf({ labels: { note } }) }));
  return { database, memory, writer, insert, stored: () => stored(database) };
}

async function stored(database: Database): Promise<readonly string[]> {
  const memory = createMemory();
  await load(prismaStorage(database), memory);
  return memory.all().map(({ name }) => name);
}

const CLAIM = {
  host: LOCAL_HOST,
  hostPort: 80,
  containerPort: 80,
  protocol: 'tcp',
  origin: 'fixed',
  confirmed: false,
} as const;

const pragma = async ({ client }: Database, text: string): Promise<number> => {
  const [row] = await client.$queryRawUnsafe<Record<string, unknown>[]>(`PRAGMA ${text}`);
  return Number(Object.values(row ?? {})[0]);
};

describe('a database that another process has locked', () => {
  function lock(file: string) {
    const other = new DatabaseSync(file);
    other.exec('BEGIN IMMEDIATE');
    const unlock = () => {
      if (!other.isOpen) return;
      other.exec('ROLLBACK');
      other.close();
    };
    onTestFinished(unlock);
    return unlock;
  }

  it('refuses every write after the wait, and takes the next one when it is free', async () => {
    const dir = tempDir();
    const store = await storeOn(dir, { lockedWaitMs: 1_000 });
    await put(store, 'before');
    for (const round of [1, 2, 3]) {
      const unlock = lock(path.join(dir, 'berth.db'));
      const asked = Array.from({ length: 8 }, (_, i) => put(store, `during${round}-${i}`));
      for (const one of await Promise.allSettled(asked)) {
        expect(one).toMatchObject({ status: 'rejected', reason: UNAVAILABLE });
      }
      expect(store.all()).toHaveLength(round);
      unlock();
      await put(store, `after${round}`);
    }
    expect(store.all().map(({ name }) => name)).toEqual(['after3', 'after2', 'after1', 'before']);
  });

  it('is waited for, while the rest of the process goes on and reads are answered', async () => {
    const dir = tempDir();
    const store = await storeOn(dir, { lockedWaitMs: 60_000 });
    const unlock = lock(path.join(dir, 'berth.db'));
    const written = put(store, 'web');
    let turns = 0;
    const counter = setInterval(() => {
      turns += 1;
      if (turns === 5) unlock();
    }, 5);
    onTestFinished(() => clearInterval(counter));
    await store.check();
    await written;
    expect(turns).toBeGreaterThanOrEqual(5);
    expect(store.byName('web')).toBeDefined();
  });
});

describe('a disk that is full', () => {
  it('refuses writes, changes nothing, and is written to again when there is room', async () => {
    const { database, memory, insert, stored } = await openWriter();
    await insert('before');
    const pages = await pragma(database, 'page_count');
    expect(await pragma(database, `max_page_count=${pages}`)).toBe(pages);
    for (const name of ['a1', 'b1']) {
      await expect(insert(name, 'x'.repeat(100_000))).rejects.toMatchObject({
        ...UNAVAILABLE,
        message: expect.stringContaining('is full'),
      });
    }
    expect([memory.all().map(({ name }) => name), await stored()]).toEqual([['before'], ['before']]);
    await pragma(database, `max_page_count=${pages + 1000}`);
    await insert('after', 'x'.repeat(100_000));
    expect([memory.all().map(({ name }) => name), await stored()]).toEqual([
      ['after', 'before'],
      ['after', 'before'],
    ]);
  });

  it('says so when it is checked for as long as writes fail, and is checked well again by itself', async () => {
    const database = await openDatabase(path.join(tempDir(), 'berth.db'));
    const store = await createStore(prismaStorage(database), { portRange: RANGE, now: ticking(), random: () => 0 });
    onTestFinished(() => store.close());
    await store.check();
    await pragma(database, `max_page_count=${await pragma(database, 'page_count')}`);
    await expect(put(store, 'web', { labels: { note: 'x'.repeat(100_000) } })).rejects.toMatchObject(UNAVAILABLE);
    for (let round = 0; round < 2; round++) {
      await expect(store.check()).rejects.toMatchObject({
        ...UNAVAILABLE,
        message: expect.stringContaining('The disk of the data folder is full'),
      });
    }
    await pragma(database, 'max_page_count=100000');
    await store.check();
    expect(await database.client.setting.findUnique({ where: { key: 'probe' } })).toBeNull();
  });

  it('is told from a table that has given out its last number', async () => {
    const { database, insert, stored } = await openWriter();
    await insert('before');
    const last = "UPDATE sqlite_sequence SET seq = 9223372036854775807 WHERE name = 'Reservation'";
    const row = "INSERT INTO sqlite_sequence (name, seq) VALUES ('Reservation', 9223372036854775807)";
    if ((await database.client.$executeRawUnsafe(last)) === 0) await database.client.$executeRawUnsafe(row);
    const storage = prismaStorage(database);
    const { uid } = await database.client.definition.findFirstOrThrow();
    const claiming = storage.commit({ ...NO_WRITE, reservations: new Map([[uid, [{ uid, ...CLAIM }]]]) });
    const problem = await claiming.then(() => undefined, storage.toProblem);
    expect(problem).toMatchObject({
      ...UNAVAILABLE,
      message: expect.stringContaining('has no numbers left'),
    });
    await expect(stored()).rejects.toThrow('the sequences of the database are damaged');
  });

  it('undoes a whole transaction, though the error was caught in it', async () => {
    const { database, memory, writer, stored } = await openWriter();
    await pragma(database, `max_page_count=${await pragma(database, 'page_count')}`);
    const attempt = writer.transact(async (tx) => {
      await tx.insert({ name: 'first', spec: specOf() });
      await tx.insert({ name: 'big', spec: specOf({ labels: { note: 'x'.repeat(100_000) } }) }).catch(() => undefined);
    });
    await expect(attempt).rejects.toMatchObject(UNAVAILABLE);
    expect([memory.size, await stored()]).toEqual([0, []]);
  });
});

test('a database that may not be written says so, and is still read', async () => {
  const { database, insert, stored } = await openWriter();
  await insert('before');
  await pragma(database, 'query_only=1');
  await expect(insert('web')).rejects.toMatchObject({
    ...UNAVAILABLE,
    message: expect.stringContaining('Check the owner of the data folder'),
  });
  expect(await stored()).toEqual(['before']);
});

test('a fault of ours is not taken for one of the disk', async () => {
  const { memory, insert, writer, stored } = await openWriter();
  await insert('web');
  await expect(insert('web')).rejects.toMatchObject({ code: 'P2010' });
  await expect(writer.transact((tx) => tx.delete('nobody'))).rejects.toThrow('definition nobody does not exist');
  await expect(writer.transact((tx) => tx.replaceSpec('nobody', specOf()))).rejects.toThrow(
    'definition nobody does not exist',
  );
  expect([memory.size, await stored()]).toEqual([1, ['web']]);
});
