import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { LOCAL_HOST } from '../../../src/domain/host.js';
import { openStore } from '../../../src/store/store.js';
import { specOf } from '../../support/definition.js';
import { everything, held, optionsFor, put, replace, storeOn, tempDir } from './support.js';

describe('a store', () => {
  it('gives a new definition its uid, its times and generation 1', async () => {
    const store = await storeOn(tempDir(), { newUid: () => 'u-1' });
    const definition = await put(store, 'web', { env: { A: 'ä "\u2028\u0001' } });
    const at = new Date('2026-01-01T00:00:00Z');
    expect(definition).toEqual({
      seq: 1,
      uid: 'u-1',
      name: 'web',
      generation: 1,
      restartOf: null,
      spec: specOf({ env: { A: 'ä "\u2028\u0001' } }),
      createdAt: at,
      updatedAt: at,
      deletionRequestedAt: null,
      set: null,
      adopted: null,
      failedReplacement: null,
    });
    expect([store.byName('web'), store.byUid('u-1')]).toEqual([definition, definition]);
  });

  it('raises the generation with a new spec alone', async () => {
    const store = await storeOn(tempDir());
    const { uid, updatedAt } = await put(store, 'web');
    const replaced = await replace(store, uid, { image: 'other' });
    expect(replaced).toMatchObject({ generation: 2, spec: { image: 'other' } });
    expect(replaced.updatedAt.getTime()).toBeGreaterThan(updatedAt.getTime());
    const restarted = await store.transact((tx) => tx.setRestartOf(uid, '2026-01-01T00:00:00.1Z'));
    const leaving = await store.transact((tx) => tx.requestDeletion(uid));
    for (const later of [restarted, leaving]) {
      const { generation, updatedAt } = replaced;
      expect(later).toMatchObject({ generation, updatedAt, restartOf: '2026-01-01T00:00:00.1Z' });
    }
    expect(leaving.deletionRequestedAt).toBeInstanceOf(Date);
  });

  it('lists the newest first, whatever was changed since', async () => {
    const store = await storeOn(tempDir());
    const [first, second] = [await put(store, 'a1'), await put(store, 'b1'), await put(store, 'c1')];
    await replace(store, first.uid, { image: 'other' });
    await store.transact((tx) => tx.delete(second.uid));
    await put(store, 'b1');
    expect(store.all().map(({ name }) => name)).toEqual(['b1', 'c1', 'a1']);
    expect(store.all().length).toBe(3);
  });

  it('never gives a number of the order twice, over a restart either', async () => {
    const dir = tempDir();
    const store = await openStore(optionsFor(dir));
    await put(store, 'a1');
    const last = await put(store, 'b1');
    await store.transact((tx) => tx.delete(last.uid));
    await store.close();
    expect((await put(await storeOn(dir), 'b1')).seq).toBe(last.seq + 1);
  });

  it('knows who links to a name and who is on a network, as of the latest spec', async () => {
    const store = await storeOn(tempDir());
    const names = () => [store.recipientsOf('db'), store.onNetwork('back')].map((all) => all.map(({ name }) => name));
    await put(store, 'web', { links: ['db', 'db:mydb'], network: 'back' });
    const { uid } = await put(store, 'job', { links: ['db:x'], network: 'back' });
    expect(names()).toEqual([
      ['web', 'job'],
      ['web', 'job'],
    ]);
    await replace(store, uid, { links: ['cache'] });
    expect(names()).toEqual([['web'], ['web']]);
  });

  it('shows a transaction what it has written, and nobody else until it is committed', async () => {
    const store = await storeOn(tempDir());
    const db = await put(store, 'db', { network: 'back' });
    await store.transact(async (tx) => {
      const web = await tx.insert({
        name: 'web',
        spec: specOf({ links: ['db'], ports: ['8080:80'], network: 'back' }),
      });
      await tx.reserve(web);
      await tx.delete(db.uid);
      expect([tx.byName('web'), tx.byUid(web.uid), tx.byName('db'), tx.byUid(db.uid)]).toEqual([
        web,
        web,
        undefined,
        undefined,
      ]);
      expect([tx.recipientsOf('db'), tx.onNetwork('back')]).toEqual([[web], [web]]);
      expect(tx.claims(LOCAL_HOST, 'tcp', { from: 8080, to: 8080 })).toMatchObject([
        { uid: web.uid, containerPort: 80 },
      ]);
      expect([store.byName('web'), store.recipientsOf('db'), store.claims(LOCAL_HOST, 'tcp')]).toEqual([
        undefined,
        [],
        [],
      ]);
      expect(store.byName('db')).toEqual(db);
    });
    expect(store.all().map(({ name }) => name)).toEqual(['web']);
  });

  it.each<[string, unknown]>([
    ['an error', new Error('no')],
    ['anything else', { kind: 'dry-run' }],
  ])('undoes a transaction that throws %s, and hands that on', async (_, thrown) => {
    const dir = tempDir();
    const store = await openStore(optionsFor(dir));
    await put(store, 'db', { ports: ['5000'] });
    const before = everything(store);
    const attempt = store.transact(async (tx) => {
      await tx.reserve(await tx.insert({ name: 'web', spec: specOf({ ports: ['8080:80'] }) }));
      throw thrown;
    });
    await expect(attempt).rejects.toBe(thrown);
    expect(everything(store)).toEqual(before);
    await store.close();
    expect(everything(await storeOn(dir))).toEqual(before);
  });

  it('runs 64 transactions asked for at once one after the other, in that order', async () => {
    const store = await storeOn(tempDir());
    const { uid } = await put(store, 'web', { env: { N: '0' } });
    const seen = await Promise.all(
      Array.from({ length: 64 }, () =>
        store.transact(async (tx) => {
          const n = Number(tx.byUid(uid)?.spec.env['N']);
          await tx.replaceSpec(uid, specOf({ env: { N: String(n + 1) } }));
          return n;
        }),
      ),
    );
    expect(seen).toEqual(Array.from({ length: 64 }, (_, n) => n));
    expect(store.byUid(uid)).toMatchObject({ generation: 65, spec: { env: { N: '64' } } });
  });

  it('reads back more definitions than SQLite takes parameters for Prisma, and more claims', async () => {
    const dir = tempDir();
    const store = await openStore(optionsFor(dir, { portRange: { from: 1024, to: 65_535 } }));
    await store.transact(async (tx) => {
      for (let i = 0; i < 1100; i += 1) await tx.insert({ name: `c${i}`, spec: specOf() });
    });
    await put(store, 'wide', { ports: ['10000-14095:1-4096'] });
    const before = everything(store);
    await store.close();
    const again = await storeOn(dir);
    expect([again.all().length, again.claims(LOCAL_HOST, 'tcp').length]).toEqual([1101, 4096]);
    expect(everything(again)).toEqual(before);
  });

  it('says that it can be read', async () => {
    await expect((await storeOn(tempDir())).check()).resolves.toBeUndefined();
  });

  it('ends what was asked for before it closes, and refuses what comes after', async () => {
    const dir = tempDir();
    const store = await openStore(optionsFor(dir));
    const asked = [put(store, 'a1'), put(store, 'b1')];
    const closing = [store.close(), store.close()];
    await expect(put(store, 'c1')).rejects.toMatchObject({ code: 'storage-unavailable' });
    await Promise.all([...asked, ...closing]);
    expect((await storeOn(dir)).all().map(({ name }) => name)).toEqual(['b1', 'a1']);
  });
});

describe('claims', () => {
  it('name the definition that has a host port, its address, and what to do', async () => {
    const store = await storeOn(tempDir());
    await put(store, 'db', { ports: ['127.0.0.1:8080:80'] });
    await expect(put(store, 'web', { ports: ['9000:1', '8080:80'] })).rejects.toMatchObject({
      code: 'port-claimed',
      message: 'The host port 8080/tcp is claimed by db on 127.0.0.1: choose another host port, or change db.',
      faults: [{ in: 'body', pointer: '/ports/1' }],
    });
    expect([store.byName('web'), store.claims(LOCAL_HOST, 'tcp').length]).toEqual([undefined, 1]);
  });

  it('stay where they are while the mapping does, over restarts too', async () => {
    const dir = tempDir();
    const first = await openStore(optionsFor(dir));
    const { uid } = await put(first, 'web', { ports: ['5000', '5001', '127.0.0.1::5000'] });
    await first.close();
    const store = await storeOn(dir, { random: () => 0.99 });
    await replace(store, uid, { ports: ['127.0.0.1::5000', '7000:7000', '5001', '5002'] });
    expect(held(store, uid)).toEqual([
      '127.0.0.1:49002->5000/tcp',
      '49001->5001/tcp',
      '7000->7000/tcp',
      '49009->5002/tcp',
    ]);
  });

  it('that publishAll made are kept when the image still exposes the port, and go with publishAll', async () => {
    const store = await storeOn(tempDir());
    const { uid } = await put(store, 'web', { publishAll: true });
    const publish = (...ports: readonly number[]) =>
      store.transact(async (tx) => {
        const definition = tx.byUid(uid);
        const publishAll = ports.map((containerPort) => ({ containerPort, protocol: 'tcp' as const }));
        if (definition !== undefined) await tx.reserve(definition, { publishAll });
      });
    await publish(80, 443);
    await publish(8443, 443);
    expect(held(store, uid)).toEqual(['49001->443/tcp', '49000->8443/tcp']);
    await replace(store, uid, { publishAll: true, env: { A: '1' } });
    expect(held(store, uid)).toEqual(['49001->443/tcp', '49000->8443/tcp']);
    await replace(store, uid, { publishAll: false });
    expect(held(store, uid)).toEqual([]);
  });

  it('of a definition that is gone are free again', async () => {
    const store = await storeOn(tempDir());
    const { uid } = await put(store, 'db', { ports: ['8080:80'] });
    await store.transact((tx) => tx.delete(uid));
    expect(held(store, (await put(store, 'web', { ports: ['8080:80'] })).uid)).toEqual(['8080->80/tcp']);
  });

  it('can go from one definition to another in one transaction', async () => {
    const store = await storeOn(tempDir());
    const [a, b] = [await put(store, 'a1', { ports: ['8001:80'] }), await put(store, 'b1', { ports: ['8002:80'] })];
    await store.transact(async (tx) => {
      await tx.setReservations(a.uid, []);
      await tx.reserve(await tx.replaceSpec(b.uid, specOf({ ports: ['8001:80'] })));
      await tx.reserve(await tx.replaceSpec(a.uid, specOf({ ports: ['8002:80'] })));
    });
    expect([held(store, a.uid), held(store, b.uid)]).toEqual([['8002->80/tcp'], ['8001->80/tcp']]);
  });

  it('of the ports of another host are not in the way', async () => {
    const store = await storeOn(tempDir());
    const [a, b] = [await put(store, 'a1', { ports: ['8001:80'] }), await put(store, 'b1')];
    await store.transact(async (tx) => {
      await tx.setReservations(
        a.uid,
        tx.reservationsOf(a.uid).map((claim) => ({ ...claim, host: 'other' })),
      );
      await tx.reserve(await tx.replaceSpec(b.uid, specOf({ ports: ['8001:80'] })));
    });
    const uidsOn = (host: string) => store.claims(host, 'tcp', { from: 8001, to: 8001 }).map(({ uid }) => uid);
    expect([uidsOn('other'), uidsOn(LOCAL_HOST)]).toEqual([[a.uid], [b.uid]]);
    await store.transact((tx) => tx.delete(a.uid));
    expect([uidsOn('other'), uidsOn(LOCAL_HOST)]).toEqual([[], [b.uid]]);
  });
});

describe('the files of a store', () => {
  test('can be read by their owner alone', async () => {
    const dir = path.join(tempDir(), 'new', 'data');
    const umask = process.umask(0o022);
    const store = await storeOn(dir).finally(() => process.umask(umask));
    await put(store, 'web');
    const modes = readdirSync(dir).map((file) => [file, (statSync(path.join(dir, file)).mode & 0o777).toString(8)]);
    expect((statSync(dir).mode & 0o777).toString(8)).toBe('700');
    expect(Object.fromEntries(modes)).toEqual({
      'berth.db': '600',
      'berth.db-shm': '600',
      'berth.db-wal': '600',
      'berth.lineage': '600',
      'berth.lock': '600',
    });
  });

  test('come down to one when it is closed', async () => {
    const dir = tempDir();
    const store = await openStore(optionsFor(dir));
    await put(store, 'web');
    await store.close();
    const log = path.join(dir, 'berth.db-wal');
    expect(statSync(log, { throwIfNoEntry: false })?.size ?? 0).toBe(0);
  });

  test('are not written to while nothing changes', async () => {
    const dir = tempDir();
    const store = await storeOn(dir);
    const { uid } = await put(store, 'web', { ports: ['5000'] });
    const state = () => readdirSync(dir).map((file) => [file, statSync(path.join(dir, file)).mtimeMs]);
    const before = state();
    await store.check();
    await store.transact(async (tx) => {
      const definition = tx.byUid(uid);
      if (definition !== undefined) await tx.reserve(definition);
    });
    expect(state()).toEqual(before);
  });
});

describe('the instance', () => {
  it('is made once', async () => {
    const dir = tempDir();
    const store = await openStore(optionsFor(dir));
    await store.close();
    expect(store.instance()).toMatch(/^[0-9a-f-]{36}$/);
    expect((await storeOn(dir)).instance()).toBe(store.instance());
  });

  it('is the one asked for while the database has no definitions, and can not be changed after', async () => {
    const dir = tempDir();
    await (await openStore(optionsFor(dir))).close();
    const store = await openStore(optionsFor(dir, { instance: 'one' }));
    await put(store, 'web');
    await store.close();
    await expect(openStore(optionsFor(dir, { instance: 'two' }))).rejects.toThrow(
      'the database belongs to the instance one, but BERTH_INSTANCE is two',
    );
    expect((await storeOn(dir, { instance: 'one' })).instance()).toBe('one');
  });
});
