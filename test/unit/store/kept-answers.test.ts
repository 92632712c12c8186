import path from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { expect, it } from 'vitest';
import { RESPONSES_KEPT_MS } from '../../../src/store/state/transaction.js';
import { storeOn, tempDir } from './support.js';

const answer = (key: string) => ({ key, request: 'r', status: 201, headers: {}, body: 'x' });

function storedKeys(dataDir: string): readonly unknown[] {
  const db = new DatabaseSync(path.join(dataDir, 'berth.db'), { readOnly: true });
  try {
    return db
      .prepare('SELECT key FROM Response ORDER BY key')
      .all()
      .map(({ key }) => key);
  } finally {
    db.close();
  }
}

it('removes kept answers from the database once their time is over, when the next one is kept', async () => {
  const dataDir = tempDir();
  let now = new Date('2026-01-01T00:00:00Z');
  const store = await storeOn(dataDir, { now: () => now });
  for (const key of ['a', 'b']) await store.transact((tx) => tx.respond(answer(key)));
  now = new Date(now.getTime() + RESPONSES_KEPT_MS - 1);
  await store.transact((tx) => tx.respond(answer('c')));
  expect(storedKeys(dataDir)).toEqual(['a', 'b', 'c']);
  now = new Date(now.getTime() + 2);
  await store.transact((tx) => tx.respond(answer('d')));
  expect(storedKeys(dataDir)).toEqual(['c', 'd']);
});

it('gives a kept answer as long as its time lasts, and none after it', async () => {
  let now = new Date('2026-01-01T00:00:00Z');
  const store = await storeOn(tempDir(), { now: () => now });
  await store.transact((tx) => tx.respond(answer('a')));
  now = new Date(now.getTime() + RESPONSES_KEPT_MS - 1);
  expect(await store.responseTo('a')).toMatchObject({ status: 201, body: 'x' });
  now = new Date(now.getTime() + 1);
  expect(await store.responseTo('a')).toBeNull();
});
