import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, statSync, writeFileSync, writeSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { describe, expect, it } from 'vitest';
import { openDatabase } from '../../../src/store/sqlite/database.js';
import { MigrationError, migrate } from '../../../src/store/sqlite/migrate.js';
import { tempDir } from './support.js';

const FAMILY =
  'CREATE TABLE p(id INTEGER PRIMARY KEY); CREATE TABLE c(p REFERENCES p(id) ON DELETE CASCADE); INSERT INTO p VALUES(1); INSERT INTO c VALUES(1);';
/** What Prisma writes for a column that SQLite can't alter. */
const REBUILD =
  'PRAGMA foreign_keys=OFF; CREATE TABLE new_p(id INTEGER PRIMARY KEY, x); INSERT INTO new_p(id) SELECT id FROM p; DROP TABLE p; ALTER TABLE new_p RENAME TO p; PRAGMA foreign_keys=ON;';

/** A folder with these migrations, and a database beside it. */
function folder(migrations: Readonly<Record<string, string>>) {
  const dir = tempDir();
  const file = path.join(dir, 'berth.db');
  const migrationsDir = path.join(dir, 'migrations');
  const write = (name: string, sql: string) => {
    mkdirSync(path.join(migrationsDir, name), { recursive: true });
    writeFileSync(path.join(migrationsDir, name, 'migration.sql'), sql);
  };
  for (const [name, sql] of Object.entries(migrations)) write(name, sql);
  const sql = (text: string): readonly unknown[] => {
    const db = new DatabaseSync(file);
    const rows = db.prepare(text).all();
    db.close();
    return rows;
  };
  return { file, write, sql, run: () => migrate(file, migrationsDir) };
}

describe('migrations', () => {
  it('are applied once, in order', () => {
    const { run, write, sql } = folder({ '2_b': 'ALTER TABLE p ADD COLUMN y;', '1_a': FAMILY });
    expect([run(), run()]).toEqual([['1_a', '2_b'], []]);
    write('3_c', 'ALTER TABLE p ADD COLUMN z;');
    expect(run()).toEqual(['3_c']);
    const recorded = sql(
      'SELECT migration_name, applied_steps_count FROM _prisma_migrations ORDER BY started_at, migration_name',
    );
    expect(recorded).toEqual(['1_a', '2_b', '3_c'].map((name) => ({ migration_name: name, applied_steps_count: 1 })));
  });

  it('that rebuild a table keep the rows that hang on it', () => {
    const { run, write, sql } = folder({ '1_a': FAMILY });
    run();
    write('2_rebuild', REBUILD);
    expect([run(), sql('SELECT p FROM c')]).toEqual([['2_rebuild'], [{ p: 1 }]]);
  });

  it('of the repository let the ids of reservations go on, by which a copied database is recognised', () => {
    const all = readdirSync('prisma/migrations').filter((name) => /^\d/.test(name));
    const textOf = (name: string) => readFileSync(`prisma/migrations/${name}/migration.sql`, 'utf8');
    const [first = ''] = all;
    const { run, write, sql } = folder({ [first]: textOf(first) });
    run();
    sql("INSERT INTO sqlite_sequence VALUES ('Reservation', 41)");
    for (const name of all) write(name, textOf(name));
    run();
    expect(sql("SELECT seq FROM sqlite_sequence WHERE name = 'Reservation'")).toEqual([{ seq: 41 }]);
  });

  it('are all applied or none', () => {
    const { run, write, sql } = folder({ '1_a': FAMILY });
    run();
    write('2_good', 'CREATE TABLE good(x);');
    write('3_bad', 'CREATE TABLE bad(x); CREATE TABLE bad(x);');
    expect(run).toThrow(
      /migration 3_bad failed on .*berth\.db \(.*already exists\), and nothing was changed: report it/,
    );
    expect(sql("SELECT name FROM sqlite_master WHERE name IN ('good', 'bad')")).toEqual([]);
    write('3_bad', 'CREATE TABLE bad(x);');
    expect(run()).toEqual(['2_good', '3_bad']);
  });

  it('that change a database leave a copy of it as it was, which only its owner can read', () => {
    const { file, run, write, sql } = folder({ '1_a': FAMILY });
    const copies = () => readdirSync(path.dirname(file)).filter((name) => name.includes('.before-'));
    run();
    run();
    expect(copies()).toEqual([]);
    write('2_rename', 'ALTER TABLE p RENAME TO parent;');
    write('3_more', 'CREATE TABLE more(x);');
    run();
    sql('DELETE FROM parent');
    run();
    expect(copies()).toEqual(['berth.db.before-2_rename']);
    const copy = `${file}.before-2_rename`;
    expect(statSync(copy).mode & 0o777).toBe(0o600);
    const db = new DatabaseSync(copy);
    const rows = ['SELECT id FROM p', 'SELECT migration_name FROM _prisma_migrations'].map((q) => db.prepare(q).all());
    db.close();
    expect(rows).toEqual([[{ id: 1 }], [{ migration_name: '1_a' }]]);
  });

  it('are not applied to a database that can not be copied', () => {
    const { file, run, write, sql } = folder({ '1_a': FAMILY });
    run();
    write('2_b', 'CREATE TABLE b(x);');
    const obstacle = `${file}.before-2_b`;
    mkdirSync(path.join(obstacle, 'folder'), { recursive: true });
    expect(run).toThrow(/can't be copied to .*berth\.db\.before-2_b .*nothing was changed/);
    expect(sql("SELECT name FROM sqlite_master WHERE name = 'b'")).toEqual([]);
    expect(readdirSync(path.dirname(file)).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it('that leave rows without their parents are undone', () => {
    const { run, write, sql } = folder({ '1_a': FAMILY });
    run();
    write('2_orphans', 'DELETE FROM p;');
    expect(run).toThrow(/leave rows of .*berth\.db without their parents/);
    expect(sql('SELECT id FROM p')).toEqual([{ id: 1 }]);
  });

  it.each([
    ['edited', (f: ReturnType<typeof folder>) => f.write('1_a', `${FAMILY} -- edited`), /1_a was edited/],
    [
      'recorded as failed',
      (f: ReturnType<typeof folder>) => f.sql('UPDATE _prisma_migrations SET finished_at = NULL'),
      /1_a is recorded in .* as failed/,
    ],
    [
      'not known to this program',
      (f: ReturnType<typeof folder>) => f.sql("UPDATE _prisma_migrations SET migration_name = '9_new'"),
      /newer than this version of Berth \(it has 9_new\)/,
    ],
  ])('stop the start when one is %s', (_, spoil, message) => {
    const f = folder({ '1_a': FAMILY });
    f.run();
    spoil(f);
    expect(f.run).toThrow(message);
    expect(f.run).toThrow(MigrationError);
  });

  it('that were rolled back by hand are applied again', () => {
    const { run, sql } = folder({ '1_a': 'CREATE TABLE IF NOT EXISTS a(x);' });
    run();
    sql('UPDATE _prisma_migrations SET rolled_back_at = started_at, finished_at = NULL');
    expect([run(), run()]).toEqual([['1_a'], []]);
  });
});

describe('a file that is no database of ours', () => {
  it('is left alone, and said to be so', async () => {
    const file = path.join(tempDir(), 'berth.db');
    writeFileSync(file, 'not a database, but long enough to be taken for one at a glance'.repeat(20));
    await expect(openDatabase(file)).rejects.toThrow(/berth\.db can't be used \(.*not a database\)/);
  });

  it('is found when its pages are damaged', async () => {
    const file = path.join(tempDir(), 'berth.db');
    const database = await openDatabase(file);
    await database.client.setting.createMany({
      data: Array.from({ length: 200 }, (_, i) => ({ key: `k${i}`, value: 'x'.repeat(200) })),
    });
    await database.close();
    const db = new DatabaseSync(file);
    const { page } = db.prepare("SELECT rootpage AS page FROM sqlite_master WHERE name = 'Setting'").get() as {
      page: number;
    };
    db.close();
    const fd = openSync(file, 'r+');
    writeSync(fd, Buffer.alloc(4096, 0xa5), 0, 4096, (page - 1) * 4096);
    closeSync(fd);
    await expect(openDatabase(file)).rejects.toThrow(/berth\.db.*(damaged|malformed)/);
  });
});
