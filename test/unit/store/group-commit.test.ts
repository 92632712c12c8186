/** What is asked for at the same time is committed together, and is still all or nothing for each. */

import path from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { Problem } from '../../../src/domain/problems/problem.js';
import { openDatabase } from '../../../src/store/sqlite/database.js';
import { prismaStorage } from '../../../src/store/sqlite/prisma-storage.js';
import { createMemory } from '../../../src/store/state/memory.js';
import type { Write } from '../../../src/store/storage.js';
import { load } from '../../../src/store/store.js';
import { specOf } from '../../support/definition.js';
import { tempDir, writerOn } from './support.js';

const BUSY = new Error('another process has it');

async function watched(options: { readonly lockedWaitMs?: number } = {}) {
  const storage = prismaStorage(await openDatabase(path.join(tempDir(), 'berth.db')));
  const memory = createMemory();
  const commits: Write[] = [];
  let failureOf: (write: Write) => Error | undefined = () => undefined;
  const writer = writerOn(
    {
      ...storage,
      isBusy: (thrown) => thrown === BUSY,
      async commit(write) {
        commits.push(write);
        const failure = failureOf(write);
        if (failure !== undefined) throw failure;
        await storage.commit(write);
      },
    },
    memory,
    options,
  );
  return {
    writer,
    memory,
    commits,
    failWith(of: (write: Write) => Error | undefined) {
      failureOf = of;
    },
    insert: (name: string) =>
      writer.transact(async (tx) => {
        if (tx.byName(name) !== undefined) throw new Problem('name-taken', `${name} is there`);
        return (await tx.insert({ name, spec: specOf() })).seq;
      }),
    async stored() {
      const read = createMemory();
      await load(storage, read);
      return read.all().map(({ name, seq }) => [name, seq]);
    },
  };
}

const names = (count: number) => Array.from({ length: count }, (_, n) => `c-${n}`);

it('syncs once for sixty-four that come at the same time, in the order of the calls', async () => {
  const { insert, commits, memory, stored } = await watched();
  expect(await Promise.all(names(64).map(insert))).toEqual(Array.from({ length: 64 }, (_, n) => n + 1));
  expect(commits).toHaveLength(1);
  expect(await stored()).toEqual(memory.all().map(({ name, seq }) => [name, seq]));
  expect(memory.size).toBe(64);
});

it('commits no more than so many together, whatever their number', async () => {
  const { insert, commits, memory } = await watched();
  await Promise.all(names(300).map(insert));
  expect(commits.map(({ definitions }) => definitions.size)).toEqual([128, 128, 44]);
  expect(memory.size).toBe(300);
});

it('undoes one that fails, and only that one', async () => {
  const { writer, insert, commits, stored } = await watched();
  const half = writer.transact(async (tx) => {
    await tx.insert({ name: 'half', spec: specOf() });
    tx.record({
      ...{ type: 'Created', container: 'half', uid: '', reason: '', message: '', by: 'berth' },
      ...{ actor: null, requestId: null, before: null, after: null },
    });
    throw new Error('no further');
  });
  const [a, b, again, c] = await Promise.allSettled([insert('a'), half, insert('a'), insert('c')]);
  expect([a.status, c.status]).toEqual(['fulfilled', 'fulfilled']);
  expect(b).toMatchObject({ reason: { message: 'no further' } });
  expect(again).toMatchObject({ reason: { code: 'name-taken' } });
  expect(commits).toHaveLength(1);
  expect(commits[0]?.events).toEqual([]);
  expect((await stored()).map(([name]) => name)).toEqual(['c', 'a']);
});

it('tells all of them when nothing was stored, those as well whom one that was not stored stood in the way of', async () => {
  const { insert, failWith, memory, stored } = await watched();
  failWith(() => new Error('the disk is gone'));
  const outcomes = await Promise.allSettled([insert('a'), insert('a'), insert('b')]);
  for (const outcome of outcomes) expect(outcome).toMatchObject({ reason: { message: 'the disk is gone' } });
  expect([memory.size, await stored()]).toEqual([0, []]);
});

it('writes nothing for transactions that change nothing, or only look', async () => {
  const { writer, insert, commits } = await watched();
  await insert('a');
  await Promise.all([writer.transact(async (tx) => tx.byName('a')), insert('a').catch(() => undefined)]);
  expect(commits).toHaveLength(1);
});

it('keeps an answer that a later one of the same group asks for', async () => {
  const { writer } = await watched();
  const answer = { key: 'k', request: 'POST /', status: 201, headers: {}, body: '{}' };
  const [, found] = await Promise.all([
    writer.transact((tx) => tx.respond(answer)),
    writer.transact((tx) => tx.responseTo('k')),
  ]);
  expect(found).toMatchObject(answer);
});

it('does not let the others go with one that can not be stored', async () => {
  const { insert, failWith, stored } = await watched();
  failWith(({ definitions }) =>
    [...definitions.values()].some((one) => one?.name === 'poison') ? new Error('it can not be stored') : undefined,
  );
  const outcomes = await Promise.allSettled(['a', 'poison', 'b'].map(insert));
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(outcomes[1]).toMatchObject({ reason: { message: 'it can not be stored' } });
  expect((await stored()).map(([name]) => name)).toEqual(['b', 'a']);
});

it('waits for a lock as long as the last one of a group may', async () => {
  const { insert, failWith } = await watched({ lockedWaitMs: 300 });
  let now = 0;
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => now);
  onTestFinished(() => clock.mockRestore());
  const tried = new Promise<void>((resolve) => {
    failWith(() => {
      resolve();
      return BUSY;
    });
  });
  const first = insert('first').catch((error: unknown) => error);
  // The next ones are then a group of their own.
  await tried;
  now = 50;
  const early = insert('early');
  now = 250;
  const late = insert('late');
  now = 301;
  expect(await first).toBe(BUSY);
  now = 400;
  failWith(() => {
    clock.mockRestore();
    return undefined;
  });
  expect(await Promise.all([early, late])).toHaveLength(2);
});

it('refuses those that came at the same time together: none waits for the lock again', async () => {
  const { insert, commits, failWith } = await watched({ lockedWaitMs: 100 });
  failWith(() => BUSY);
  const asked = names(8).map((name) => insert(name).catch((error: unknown) => error));
  await Promise.race(asked);
  const tries = commits.length;
  expect(await Promise.all(asked)).toEqual(asked.map(() => BUSY));
  expect(commits).toHaveLength(tries);
});

it('gives a name that goes to another in the same group', async () => {
  const { writer, insert, commits, memory, stored } = await watched();
  await insert('web');
  const uid = memory.byName('web')?.uid ?? '';
  const [, seq] = await Promise.all([writer.transact((tx) => tx.delete(uid)), insert('web')]);
  expect(commits).toHaveLength(2);
  expect(memory.byName('web')?.uid).not.toBe(uid);
  expect(await stored()).toEqual([['web', seq]]);
});

it('stores all that waits before it closes', async () => {
  const { writer, insert, memory } = await watched();
  const all = Promise.all(names(300).map(insert));
  await writer.close();
  expect(await all).toHaveLength(300);
  expect(memory.size).toBe(300);
});
