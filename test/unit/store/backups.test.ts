import {
  closeSync,
  cpSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { DatabaseSync } from '@photostructure/sqlite';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { NewEvent } from '../../../src/domain/event.js';
import { LOCAL_HOST } from '../../../src/domain/host.js';
import type { Hold } from '../../../src/domain/restore-hold.js';
import { createBackups } from '../../../src/store/backup/backups.js';
import { checkBackup } from '../../../src/store/backup/check-upload.js';
import { restoreRows } from '../../../src/store/backup/restore-rows.js';
import { openDatabase } from '../../../src/store/sqlite/database.js';
import { migrate } from '../../../src/store/sqlite/migrate.js';
import { openStore } from '../../../src/store/store.js';
import type { FiledStore, StoreTransaction } from '../../../src/store/types.js';
import { specOf } from '../../support/definition.js';
import { everything, held, optionsFor, put, replace, tempDir, ticking } from './support.js';

const HOLD: Hold = { reason: 'restored', since: new Date(0), takenAt: new Date(1) };
const hold = (tx: StoreTransaction) => tx.setHold(HOLD);

const event: NewEvent = {
  ...{ type: 'Restored', container: '', uid: '', reason: 'BackupRestored', message: '', by: 'client' },
  ...{ actor: null, requestId: null, before: null, after: null },
};

async function open(dataDir = tempDir(), changes = {}): Promise<FiledStore> {
  const store = await openStore(optionsFor(dataDir, changes));
  onTestFinished(() => store.close());
  return store;
}

/** A backup as bytes. */
const taken = async (store: FiledStore): Promise<Buffer> => buffer((await store.backups.take()).read());

const sent = (store: FiledStore, bytes: Buffer) => store.backups.receive(Readable.from([bytes]), bytes.length);

async function restore(store: FiledStore, bytes: Buffer, work: (tx: StoreTransaction) => Promise<void> = hold) {
  const upload = await sent(store, bytes);
  try {
    await store.restore(await store.backups.check(upload), work);
  } finally {
    store.backups.discard(upload);
  }
}

const eventsOf = async (store: FiledStore) => {
  const page = await store.events.read(0, 500);
  return page.kind === 'page' ? page.events : [];
};

describe('a backup', () => {
  it('is one file that is whole by itself, and leaves nothing in the folder', async () => {
    const dir = tempDir();
    const store = await open(dir);
    await put(store, 'web', { ports: ['5000'] });
    const copy = await store.backups.take();
    expect(readdirSync(path.join(dir, 'transfer'))).toEqual([]);
    const bytes = await buffer(copy.read());
    expect(bytes.length).toBe(copy.bytes);
    const file = path.join(tempDir(), 'copy.db');
    writeFileSync(file, bytes);
    const db = new DatabaseSync(file, { readOnly: true });
    expect(db.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'delete' });
    expect(db.prepare('SELECT name FROM Definition').all()).toEqual([{ name: 'web' }]);
    db.close();
  });

  it('is of one moment, though definitions go on being written', async () => {
    const store = await open();
    let isOver = false;
    let written = 0;
    // Each transaction makes two: a copy that has one of them is of no moment.
    const writing = (async () => {
      for (; !isOver; written += 2) {
        await store.transact(async (tx) => {
          await tx.insert({ name: `left-${written}`, spec: specOf() });
          await tx.insert({ name: `right-${written}`, spec: specOf() });
        });
      }
    })();
    const counts: number[] = [];
    for (let round = 0; round < 5; round++) {
      const before = written;
      const upload = await sent(store, await taken(store));
      const { stored } = await store.backups.check(upload);
      counts.push(stored.definitions.length);
      expect(stored.definitions.length % 2).toBe(0);
      expect(stored.definitions.length).toBeGreaterThanOrEqual(before);
      store.backups.discard(upload);
    }
    isOver = true;
    await writing;
    expect(counts.toSorted((a, b) => a - b)).toEqual(counts);
    expect(counts.at(-1)).toBeGreaterThan(counts[0] as number);
  });

  it('and what is sent may be read by its owner alone, and a crash leaves none of it', async () => {
    const dir = tempDir();
    const store = await open(dir);
    const upload = await sent(store, Buffer.from('anything'));
    expect((statSync(upload.file).mode & 0o777).toString(8)).toBe('600');
    expect((statSync(path.dirname(upload.file)).mode & 0o777).toString(8)).toBe('700');
    await store.close();
    expect(readFileSync(upload.file, 'utf8')).toBe('anything');
    await open(dir);
    expect(readdirSync(dir)).not.toContain('transfer');
  });

  it('that ends early, or is larger than it may be, is not kept', async () => {
    const dir = tempDir();
    const store = await open(dir);
    const cut = new Readable({ read: () => undefined });
    cut.push('SQLite');
    const received = store.backups.receive(cut, 100);
    cut.destroy();
    await expect(received).rejects.toMatchObject({ code: 'invalid-body' });
    const small = createBackups({
      ...{ file: path.join(dir, 'berth.db'), dataDir: dir },
      now: ticking(),
      limitBytes: 9,
    });
    const large = Readable.from(['12345', '67890']);
    await expect(small.receive(large, 0)).rejects.toMatchObject({ code: 'payload-too-large' });
    expect(large.destroyed).toBe(false);
    await expect(store.backups.receive(Readable.from([]), 2 ** 30)).rejects.toMatchObject({
      code: 'payload-too-large',
    });
    expect(readdirSync(path.join(dir, 'transfer'))).toEqual([]);
  });
});

describe('a restore', () => {
  it('brings back all that was declared, in memory and on the disk', async () => {
    const dir = tempDir();
    const store = await open(dir);
    const db = await put(store, 'db', { network: 'lan' });
    const web = await put(store, 'web', { ports: ['5000', '8080:80'], links: ['db'], network: 'lan' });
    await store.transact((tx) => tx.setAdopted(db.uid, { id: 'c0ffee', generation: 1, hash: '1:h' }));
    const before = everything(store);
    const backup = await taken(store);
    await replace(store, web.uid, { ports: [] });
    await put(store, 'later', { ports: ['8080:80'] });
    await store.transact((tx) => tx.delete(db.uid));
    expect(everything(store)).not.toEqual(before);

    await restore(store, backup);
    expect(everything(store)).toEqual(before);
    expect(store.adopterOf('c0ffee')?.uid).toBe(db.uid);
    await put(store, 'after', { ports: ['9090:80'] });
    const after = everything(store);
    await store.close();
    expect(everything(await open(dir))).toEqual(after);
  });

  it('is held until that is taken back, also over a start', async () => {
    const dir = tempDir();
    const store = await open(dir);
    const backup = await taken(store);
    expect(store.hold()).toBeNull();
    await restore(store, backup);
    expect(store.hold()).toEqual(HOLD);
    await store.close();
    const again = await open(dir);
    expect(again.hold()).toEqual(HOLD);
    await again.transact((tx) => tx.setHold(null));
    expect(again.hold()).toBeNull();
    await again.close();
    expect((await open(dir)).hold()).toBeNull();
  });

  it('keeps that links have moved, of this server and of the backup, also over a start', async () => {
    const dir = tempDir();
    const store = await open(dir);
    const before = await taken(store);
    expect(store.linksMoved()).toBe(false);
    await store.transact((tx) => tx.setLinksMoved());
    expect(store.linksMoved()).toBe(true);
    await restore(store, before);
    expect(store.linksMoved()).toBe(true);
    const after = await taken(store);
    await store.close();
    expect((await open(dir)).linksMoved()).toBe(true);
    const other = await open(tempDir());
    expect(
      (await other.backups.check(await other.backups.receive(Readable.from([after]), after.length))).stored.linksMoved,
    ).toBe(true);
  });

  it('gives no number of a definition and no id of an event twice, and keeps the history', async () => {
    const dir = tempDir();
    const store = await open(dir);
    await put(store, 'web');
    const backup = await taken(store);
    const later = await put(store, 'later');
    await store.transact(async (tx) => tx.record({ ...event, type: 'Created', container: 'later' }));
    await restore(store, backup, async (tx) => tx.record(event));
    expect((await eventsOf(store)).map(({ id, type }) => [id, type])).toEqual([
      [1, 'Created'],
      [2, 'Restored'],
    ]);
    expect((await put(store, 'last')).seq).toBeGreaterThan(later.seq);
    // On another machine, whose numbers are lower.
    const fresh = await open();
    const dropped = await put(store, 'dropped');
    await store.transact((tx) => tx.delete(dropped.uid));
    await restore(fresh, await taken(store));
    expect((await put(fresh, 'next')).seq).toBeGreaterThan(dropped.seq);
  });

  it('of an older backup, and a start after it, give no number of a definition twice', async () => {
    const dir = tempDir();
    const store = await open(dir);
    await put(store, 'web');
    const backup = await taken(store);
    const later = await put(store, 'later');
    await restore(store, backup);
    await store.close();
    expect((await put(await open(dir), 'last')).seq).toBeGreaterThan(later.seq);
  });

  it('is no removal: what it does not know was not removed, and what was removed before is not known to have been', async () => {
    const dir = tempDir();
    const store = await open(dir);
    const gone = await put(store, 'gone');
    await store.transact(async (tx) => {
      await tx.delete(gone.uid);
      tx.record({ ...event, type: 'Removed', uid: gone.uid });
    });
    const backup = await taken(store);
    const later = await put(store, 'later');
    expect([gone, later].map(({ uid }) => store.hasRemoved(uid))).toEqual([true, false]);
    await restore(store, backup, async (tx) => tx.record(event));
    const unknown = { ...event, uid: 'unknown' };
    await store.transact(async (tx) => tx.discard(unknown));
    const known = (of: FiledStore) => [gone.uid, later.uid, 'unknown'].map((uid) => of.hasRemoved(uid));
    expect(known(store)).toEqual([false, false, true]);
    await store.close();
    expect(known(await open(dir))).toEqual([false, false, true]);
  });

  it('takes the kept answers along with what they answer for', async () => {
    const store = await open();
    const keep = (key: string) =>
      store.transact((tx) => tx.respond({ key, request: key, status: 201, headers: {}, body: '' }));
    await keep('before');
    const backup = await taken(store);
    await keep('after');
    await restore(store, backup);
    expect([(await store.responseTo('before'))?.key, await store.responseTo('after')]).toEqual(['before', null]);
  });

  it('that fails in its transaction has changed nothing', async () => {
    const store = await open();
    const backup = await taken(store);
    await put(store, 'web', { ports: ['5000'] });
    const before = everything(store);
    const failing = restore(store, backup, async (tx) => {
      expect(tx.byName('web')).toBeUndefined();
      throw new Error('not so');
    });
    await expect(failing).rejects.toThrow('not so');
    expect([everything(store), store.hold()]).toEqual([before, null]);
    await restore(store, backup);
    expect(store.all()).toEqual([]);
  });

  it('that is committed is not told as failed because the backup can not be let go of, and the next one lets go of it', async () => {
    const store = await open();
    await put(store, 'web');
    const upload = await sent(store, await taken(store));
    const { file } = await store.backups.check(upload);
    const { client, close } = await openDatabase(path.join(tempDir(), 'berth.db'));
    onTestFinished(close);
    const stuck = new Proxy(client, {
      get(target, name) {
        if (name !== '$executeRaw') return Reflect.get(target, name);
        return async (sql: TemplateStringsArray, ...values: unknown[]) => {
          if (sql[0]?.startsWith('DETACH')) throw new Error('database backup is locked');
          return target.$executeRaw(sql, ...values);
        };
      },
    });
    const names = async () => (await client.definition.findMany()).map(({ name }) => name);
    expect(await restoreRows(stuck, file, async () => 'done')).toBe('done');
    expect(await names()).toEqual(['web']);
    expect(await restoreRows(client, file, async () => 'again')).toBe('again');
    expect(await names()).toEqual(['web']);
    store.backups.discard(upload);
  });

  it('brings the instance of a backup where that is wanted', async () => {
    const dir = tempDir();
    const [first, second] = [await open(tempDir(), { instance: 'first' }), await open(dir)];
    await put(first, 'web');
    const backup = await taken(first);
    await restore(second, backup, async (tx) => tx.setInstance('first'));
    expect(second.instance()).toBe('first');
    await second.close();
    expect((await open(dir)).instance()).toBe('first');
  });

  it('lifts generations where it is told to', async () => {
    const dir = tempDir();
    const store = await open(dir);
    const uids = [(await put(store, 'aa')).uid, (await put(store, 'bb')).uid] as const;
    await restore(store, await taken(store), (tx) => tx.setGenerations(new Map([[uids[1], 7]])));
    const generations = (of: FiledStore) => uids.map((uid) => of.byUid(uid)?.generation);
    expect(generations(store)).toEqual([1, 7]);
    await store.close();
    expect(generations(await open(dir))).toEqual([1, 7]);
  });
});

const sql = (text: string) => (file: string) => {
  const db = new DatabaseSync(file, { defensive: false });
  db.exec(text);
  db.close();
};

/** SQL that never ends. */
const ENDLESS = 'WITH RECURSIVE r(x) AS (SELECT 1 UNION ALL SELECT x FROM r) SELECT count(*) FROM r';

/** Rewrites the schema behind SQLite's back, as an attacker can with any editor. */
const rewriting = (from: string, to: string, table = 'Definition') =>
  sql(`PRAGMA writable_schema=ON;
    UPDATE sqlite_schema SET sql = replace(sql, '${from}', '${to}') WHERE name = '${table}';
    PRAGMA writable_schema=RESET;`);

/** Files with SQL of their own, which would never end if anything ran it. */
const RUNS: readonly [string, (file: string) => void, RegExp][] = [
  ['has a trigger that never ends', sql(`CREATE TRIGGER t AFTER INSERT ON _prisma_migrations BEGIN ${ENDLESS}; END`)],
  [
    'has a trigger named like one of SQLite',
    (file: string) => {
      sql('CREATE TRIGGER t AFTER DELETE ON Response BEGIN SELECT 1; END')(file);
      sql("PRAGMA writable_schema=ON; UPDATE sqlite_schema SET name = 'sqlite_t' WHERE name = 't'")(file);
    },
  ],
  ['has a view that never ends in the place of a table', sql(`DROP TABLE Setting; CREATE VIEW Setting AS ${ENDLESS}`)],
  [
    'has a CHECK that is slow',
    rewriting(
      '"generation" INTEGER NOT NULL',
      `"generation" INTEGER NOT NULL CHECK (length(hex(zeroblob(100000000))) > 1)`,
    ),
  ],
  ['has a default that is an expression', rewriting('"restartOf" TEXT', '"restartOf" TEXT DEFAULT (hex(zeroblob(9)))')],
  [
    'has a generated column',
    sql('ALTER TABLE Definition ADD COLUMN "more" TEXT AS (hex(zeroblob(100000000))) VIRTUAL'),
  ],
  ['has an index of an expression', sql('CREATE INDEX i ON Definition(hex(zeroblob(length(spec) * 1000)))')],
  ['has a virtual table', sql('CREATE VIRTUAL TABLE f USING fts5(x)')],
].map(
  ([name, spoil]) =>
    [name, spoil, /its tables match no version|malformed|reserved/] as [string, (file: string) => void, RegExp],
);

describe('what is sent to be restored', () => {
  const pageOf = (file: string, table: string): number => {
    const db = new DatabaseSync(file, { readOnly: true });
    const row = db.prepare('SELECT rootpage AS page FROM sqlite_master WHERE name = ?').get(table);
    db.close();
    return (row as { page: number }).page;
  };
  const damaged = (file: string): void => {
    const at = (pageOf(file, 'Definition') - 1) * 4096;
    const opened = openSync(file, 'r+');
    writeSync(opened, Buffer.alloc(4096, 0xa5), 0, 4096, at);
    closeSync(opened);
  };

  it.each<[string, (file: string) => void, RegExp]>([
    ['is a text', (file) => writeFileSync(file, 'SQLite format 2'.repeat(100)), /not an SQLite database/],
    ['is empty', (file) => writeFileSync(file, ''), /not an SQLite database/],
    ['is the beginning of a database', (file) => truncateSync(file, 100), /damaged|another program/],
    ['is cut in the middle', (file) => truncateSync(file, 4096 * 6), /damaged/],
    ['is damaged', damaged, /damaged/],
    [
      'is of another program',
      (file) => {
        writeFileSync(file, '');
        sql('CREATE TABLE song(x)')(file);
      },
      /of another program/,
    ],
    [
      'is of a later version',
      sql(
        "INSERT INTO _prisma_migrations SELECT 'x', 'y', finished_at, '29990101_later', logs, NULL, started_at, 1 FROM _prisma_migrations LIMIT 1",
      ),
      /it is newer than this version of Berth \(it has 29990101_later\)/,
    ],
    [
      'has a migration that failed',
      sql('UPDATE _prisma_migrations SET finished_at = NULL'),
      /recorded in it as failed/,
    ],
    [
      'has a migration that is another',
      sql("UPDATE _prisma_migrations SET checksum = 'x'"),
      /was edited after it was applied/,
    ],
    [
      'has a trigger',
      sql('CREATE TRIGGER t AFTER INSERT ON Definition BEGIN SELECT 1; END'),
      /its tables match no version/,
    ],
    [
      'has a view in the place of a table',
      sql('DROP TABLE Response; CREATE VIEW Response AS SELECT 1'),
      /its tables match no version/,
    ],
    ...RUNS,
    [
      'has a reservation without a definition',
      sql("PRAGMA foreign_keys=OFF; UPDATE Reservation SET uid = 'nobody'"),
      /rows without their definition/,
    ],
    [
      'has a sequence at its maximum',
      sql("UPDATE sqlite_sequence SET seq = 9223372036854775807 WHERE name = 'Reservation'"),
      /the sequence of its table Reservation is exhausted or damaged \(9223372036854775807\)/,
    ],
    [
      'has a sequence that is no number',
      sql("UPDATE sqlite_sequence SET seq = 'many' WHERE name = 'Definition'"),
      /the sequence of its table Definition is exhausted or damaged \(many\)/,
    ],
    [
      'has a row with the greatest number',
      sql('UPDATE Reservation SET id = 9223372036854775807; UPDATE sqlite_sequence SET seq = 1'),
      /the sequence of its table Reservation/,
    ],
    ['has the greatest generation', sql('UPDATE Definition SET generation = 2000000000'), /\/web\/generation: /],
    [
      'has an instance with a line break',
      sql("UPDATE Setting SET value = 'a' || char(10) || 'b' WHERE key = 'instance'"),
      /\/instance: is not 1 to 200 printable characters/,
    ],
    [
      'has an instance of a megabyte',
      sql("UPDATE Setting SET value = hex(zeroblob(500000)) WHERE key = 'instance'"),
      /\/instance: is not 1 to 200 printable characters/,
    ],
    [
      'has a kept answer that is none',
      sql(
        `INSERT INTO Response VALUES ('k', 'r', 200, '{"set-cookie\\r\\n":"x"}', '', '2026-01-01T00:00:00.000+00:00')`,
      ),
      /\/responses\/k: is not an answer/,
    ],
    ['has a spec that is no JSON', sql("UPDATE Definition SET spec = '{'"), /definition web .* is damaged/],
    ['has a spec that is none', sql("UPDATE Definition SET spec = '[]'"), /\/definitions\/web\/spec: /],
    [
      'has a spec without links',
      sql("UPDATE Definition SET spec = json_remove(spec, '$.links')"),
      /\/definitions\/web\/spec.*links/,
    ],
    [
      'has a spec with ports as a client may write them',
      sql("UPDATE Definition SET spec = json_set(spec, '$.ports', json('[\"80\"]'))"),
      /\/definitions\/web\/spec\/ports\/0: /,
    ],
    [
      'has a policy that is none',
      sql("UPDATE Definition SET spec = json_set(spec, '$.restartPolicy', 'sometimes')"),
      /\/definitions\/web\/spec\/restartPolicy: /,
    ],
    [
      'has a field that is none',
      sql("UPDATE Definition SET spec = json_set(spec, '$.madeUp', json('true'))"),
      /\/definitions\/web\/spec/,
    ],
    ['has a generation that is none', sql('UPDATE Definition SET generation = 0'), /\/definitions\/web\/generation: /],
    ['has taken over what is none', sql("UPDATE Definition SET adopted = '5'"), /\/definitions\/web\/adopted: /],
    [
      'has a host port that is none',
      sql("INSERT INTO Reservation SELECT NULL, uid, NULL, 99999, 80, 'tcp', 'fixed', 0, 'local' FROM Definition"),
      /\/definitions\/web\/reservations\/99999: \/hostPort/,
    ],
    [
      'reserves a port of a host that its definition is not for',
      sql("INSERT INTO Reservation SELECT NULL, uid, NULL, 9999, 80, 'tcp', 'fixed', 0, 'other' FROM Definition"),
      /\/definitions\/web\/reservations\/9999: is on host "other", but the definition is for host local/,
    ],
    ['does not say whose it is', sql("UPDATE Setting SET value = '' WHERE key = 'instance'"), /has no instance id/],
    [
      'has a name that is none',
      sql("UPDATE Definition SET name = '../web'"),
      /\/definitions\/..~1web: a name has 2 to 255 letters/,
    ],
    [
      'has a date that is none',
      sql("UPDATE Definition SET createdAt = 'yesterday'"),
      /\/definitions\/web: has invalid times/,
    ],
  ])('and %s is refused', async (_, spoil, why) => {
    const dir = tempDir();
    const store = await open(dir);
    await put(store, 'web', { ports: ['5000'] });
    const file = path.join(tempDir(), 'sent.db');
    writeFileSync(file, await taken(store));
    spoil(file);
    const before = everything(store);
    const upload = await sent(store, readFileSync(file));
    const refused = store.backups.check(upload);
    await expect(refused).rejects.toMatchObject({ code: 'invalid-backup', message: expect.stringMatching(why) });
    await expect(refused).rejects.toMatchObject({ message: expect.not.stringContaining(dir) });
    store.backups.discard(upload);
    expect(readdirSync(path.join(dir, 'transfer'))).toEqual([]);
    expect([everything(store), store.hold()]).toEqual([before, null]);
  });

  it('and takes longer than it may to be checked is refused, and its check is ended', async () => {
    const store = await open();
    const file = path.join(tempDir(), 'sent.db');
    writeFileSync(file, await taken(store));
    await expect(checkBackup(file, 1)).rejects.toMatchObject({
      code: 'invalid-backup',
      message: expect.stringMatching(/the check takes longer than 0\.001 seconds/),
    });
  });

  it('and is of an earlier version is brought to this one', async () => {
    const [first] = readdirSync('prisma/migrations').filter((name) => /^\d/.test(name));
    const migrations = path.join(tempDir(), 'migrations');
    cpSync(`prisma/migrations/${first}`, path.join(migrations, first as string), { recursive: true });
    const file = path.join(tempDir(), 'old.db');
    migrate(file, migrations);
    const db = new DatabaseSync(file);
    const row = db.prepare(`INSERT INTO Definition (uid, name, generation, spec, createdAt, updatedAt)
      VALUES ('uid-old', 'old', 4, ?, '2025-01-01T00:00:00.000+00:00', '2025-01-01T00:00:00.000+00:00')`);
    row.run(JSON.stringify(specOf({ ports: ['8080:80'] })));
    db.exec("INSERT INTO Reservation VALUES (1, 'uid-old', NULL, 8080, 80, 'tcp', 'fixed', 1)");
    db.exec("INSERT INTO Setting VALUES ('instance', 'of-old'); PRAGMA wal_checkpoint(TRUNCATE)");
    db.close();
    const upload = path.join(tempDir(), 'upload.db');
    cpSync(file, upload);
    await checkBackup(upload);
    const kept = readdirSync(path.dirname(upload)).filter((name) => name.includes('.before-'));
    expect(kept, 'a copy of a copy').toEqual([]);
    const store = await open();
    await put(store, 'web');
    await restore(store, readFileSync(file));
    expect(store.all().map(({ name, uid, generation, set }) => [name, uid, generation, set])).toEqual([
      ['old', 'uid-old', 4, null],
    ]);
    expect(store.claims(LOCAL_HOST, 'tcp')).toMatchObject([{ uid: 'uid-old', host: LOCAL_HOST, hostPort: 8080 }]);
  });
});

describe('a database that was put in the place of the one that was written', () => {
  /** Runs a server on the folder. */
  async function serve(dir: string, work: (store: FiledStore) => Promise<unknown> = async () => undefined) {
    const store = await openStore(optionsFor(dir));
    try {
      await work(store);
      return store.hold();
    } finally {
      await store.close();
    }
  }
  const database = (dir: string): Buffer => readFileSync(path.join(dir, 'berth.db'));

  /** The folder with another database. It is a copy: this process may still have the files of the first one open. */
  function withDatabase(dir: string, bytes: Buffer): string {
    const other = tempDir();
    cpSync(path.join(dir, 'berth.lineage'), path.join(other, 'berth.lineage'));
    writeFileSync(path.join(other, 'berth.db'), bytes);
    return other;
  }

  it('by a copy from before the last life of the server is held', async () => {
    const dir = tempDir();
    await serve(dir, (store) => put(store, 'web'));
    const copy = database(dir);
    expect(await serve(dir, (store) => put(store, 'later'))).toBeNull();
    expect(await serve(withDatabase(dir, database(dir)))).toBeNull();
    const replaced = withDatabase(dir, copy);
    expect(await serve(replaced)).toMatchObject({ reason: 'replaced', takenAt: null });
    expect(await serve(replaced)).toMatchObject({ reason: 'replaced' });
    await serve(replaced, (store) => store.transact((tx) => tx.setHold(null)));
    expect(await serve(replaced)).toBeNull();
  });

  it('by a backup is held, and says of when it is', async () => {
    const dir = tempDir();
    let copy: Buffer = Buffer.alloc(0);
    let takenAt: Date | undefined;
    await serve(dir, async (store) => {
      await put(store, 'web');
      const backup = await store.backups.take();
      takenAt = backup.takenAt;
      copy = await buffer(backup.read());
      await put(store, 'later');
    });
    const replaced = withDatabase(dir, copy);
    expect(await serve(replaced)).toMatchObject({ reason: 'replaced', takenAt });
    const store = await open(replaced);
    const events = await eventsOf(store);
    expect(events.map(({ type, reason }) => [type, reason])).toEqual([['Restored', 'DatabaseReplaced']]);
    expect(held(store, store.byName('web')?.uid ?? '')).toEqual([]);
  });

  it('by one of another folder is held', async () => {
    const [one, other] = [tempDir(), tempDir()];
    await serve(one, (store) => put(store, 'web'));
    cpSync(path.join(one, 'berth.db'), path.join(other, 'berth.db'));
    expect(await serve(other)).toMatchObject({ reason: 'replaced' });
  });

  it('is told from one that grew there: in several lives, by lives that write nothing, and after a crash', async () => {
    const dir = tempDir();
    for (const name of ['aa', 'bb']) expect(await serve(dir, (store) => put(store, name))).toBeNull();
    expect(await serve(dir)).toBeNull();
    // The mark beside was written, and the transaction was not.
    const marks = path.join(dir, 'berth.lineage');
    writeFileSync(marks, `${readFileSync(marks, 'utf8')}\nanother`);
    expect(await serve(dir, (store) => put(store, 'cc'))).toBeNull();
    expect(await serve(dir)).toBeNull();
    expect(readFileSync(marks, 'utf8').split('\n')).toHaveLength(1);
  });

  it('is not taken for one where it never had a mark', async () => {
    const dir = tempDir();
    await serve(dir, (store) => put(store, 'web'));
    const old = withDatabase(dir, database(dir));
    const db = new DatabaseSync(path.join(old, 'berth.db'));
    db.exec("DELETE FROM Setting WHERE key = 'lineage'; PRAGMA wal_checkpoint(TRUNCATE)");
    db.close();
    expect(await serve(old)).toBeNull();
  });
});
