import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openDatabase } from '../../../src/store/sqlite/database.js';
import { tempDir } from './support.js';

async function open() {
  const database = await openDatabase(path.join(tempDir(), 'berth.db'));
  onTestFinished(() => database.close());
  const { client } = database;
  const keys = async () => (await client.setting.findMany({ orderBy: { key: 'asc' } })).map(({ key }) => key);
  const set = (key: string) => client.setting.create({ data: { key, value: '' } });
  return { ...database, keys, set };
}

describe('the connection', () => {
  it.each([
    ['busy_timeout', '50'],
    ['journal_mode', 'wal'],
    ['synchronous', '2'],
    ['foreign_keys', '1'],
  ])('has %s = %s, after transactions too', async (name, value) => {
    const { client } = await open();
    const read = async () => {
      const [row] = await client.$queryRawUnsafe<Record<string, unknown>[]>(`PRAGMA ${name}`);
      return String(Object.values(row ?? {})[0]);
    };
    const before = await read();
    await client.$transaction(async (tx) => tx.setting.count());
    await expect(client.$transaction(() => Promise.reject(new Error('undo')))).rejects.toThrow('undo');
    expect([before, await read()]).toEqual([value, value]);
  });

  it('is not opened again by a client that was closed', async () => {
    const { close, keys } = await open();
    await close();
    await expect(keys()).rejects.toThrow('has been closed');
  });
});

describe('a transaction', () => {
  it('that is rolled back takes no write with it that was made beside it', async () => {
    const { client, keys, set } = await open();
    let beside: Promise<unknown> | undefined;
    const attempt = client.$transaction(async (tx) => {
      await tx.setting.create({ data: { key: 'inside', value: '' } });
      beside = set('beside').then((row) => row);
      await tx.setting.count();
      throw new Error('undo');
    });
    await expect(attempt).rejects.toThrow('undo');
    await beside;
    expect(await keys()).toEqual(['beside']);
  });

  it('is not seen from outside before it is committed', async () => {
    const { client, keys } = await open();
    let beside: Promise<readonly string[]> | undefined;
    let isCommitted = false;
    await client.$transaction(async (tx) => {
      await tx.setting.create({ data: { key: 'inside', value: '' } });
      beside = keys().then((found) => {
        expect(isCommitted || found.includes('inside')).toBe(true);
        return found;
      });
      await tx.setting.count();
    });
    isCommitted = true;
    expect(await beside).toEqual(['inside']);
  });

  it('that SQLite rolled back by itself takes no more writes, and is not said to be committed', async () => {
    const { client, keys, set } = await open();
    const silent = client.$transaction(async (tx) => {
      await tx.setting.create({ data: { key: 'lost', value: '' } });
      await tx.$executeRawUnsafe('ROLLBACK');
    });
    await expect(silent).rejects.toThrow();
    const writing = client.$transaction(async (tx) => {
      await tx.$executeRawUnsafe('ROLLBACK');
      await tx.setting.create({ data: { key: 'outside', value: '' } });
    });
    await expect(writing).rejects.toThrow();
    await set('next');
    expect(await keys()).toEqual(['next']);
  });
});

describe('a broken constraint', () => {
  it('is told by its code', async () => {
    const { client, set } = await open();
    await set('a1');
    await expect(set('a1')).rejects.toMatchObject({ code: 'P2002' });
    const claim = { hostPort: 1, containerPort: 1, protocol: 'tcp', origin: 'fixed', confirmed: false };
    await expect(client.reservation.create({ data: { uid: 'nobody', ...claim } })).rejects.toMatchObject({
      code: 'P2003',
    });
  });
});
