import path from 'node:path';
import { expect, it } from 'vitest';
import { openDatabase } from '../../../src/store/sqlite/database.js';
import { tempDir } from './support.js';

it('a commit is on the disk before it is acknowledged: SQLite syncs with every one', async () => {
  const { client, close } = await openDatabase(path.join(tempDir(), 'berth.db'));
  try {
    const [row] = await client.$queryRaw<{ synchronous: unknown }[]>`PRAGMA synchronous`;
    expect(Number(row?.synchronous)).toBe(2);
  } finally {
    await close();
  }
});
