import { DatabaseSync, type StatementSyncInstance } from '@photostructure/sqlite';
import { type ColumnType, ColumnTypeEnum, type SqlQuery, type SqlResultSet } from '@prisma/driver-adapter-utils';
import { toDriverError } from './sqlite-errors.js';
import { DECLARED, fromDb, inferType, toArg } from './sqlite-values.js';

/** Prepared statements kept. */
const CACHE_SIZE = 256;

interface Prepared {
  readonly stmt: StatementSyncInstance;
  readonly reader: boolean;
  readonly names: string[];
  readonly types: (ColumnType | null)[];
}

/** One open database file, its pragmas and its prepared statements. Synchronous, as SQLite is. */
export class Connection {
  readonly #db: InstanceType<typeof DatabaseSync>;
  readonly #cache = new Map<string, Prepared>();
  constructor(file: string, pragmas: readonly string[]) {
    this.#db = new DatabaseSync(file);
    for (const p of pragmas) this.#db.exec(`PRAGMA ${p};`);
  }
  #prepare(sql: string): Prepared {
    let p = this.#cache.get(sql);
    if (p) {
      this.#cache.delete(sql);
    } else {
      const stmt = this.#db.prepare(sql);
      stmt.setReadBigInts(true);
      stmt.setReturnArrays(true);
      const columns = stmt.columns();
      p = {
        stmt,
        reader: columns.length > 0,
        names: columns.map((c) => c.name),
        types: columns.map((c) => DECLARED[(c.type ?? '').toUpperCase()] ?? null),
      };
      if (this.#cache.size >= CACHE_SIZE) this.#cache.delete(this.#cache.keys().next().value as string);
    }
    this.#cache.set(sql, p);
    return p;
  }
  run<T>(fn: () => T): T {
    try {
      return fn();
    } catch (e) {
      throw toDriverError(e);
    }
  }
  query(q: SqlQuery): SqlResultSet {
    return this.run(() => {
      const p = this.#prepare(q.sql);
      const args = q.args.map((a, i) => toArg(a, q.argTypes[i]));
      if (!p.reader) {
        const info = p.stmt.run(...args);
        return { columnNames: [], columnTypes: [], rows: [], lastInsertId: String(info.lastInsertRowid) };
      }
      const rows = p.stmt.all(...args) as unknown[][];
      const columnTypes = p.types.map((t, i) => {
        if (t !== null) return t;
        const sample = rows.find((r) => r[i] !== null)?.[i];
        return sample === undefined ? ColumnTypeEnum.Int32 : inferType(sample);
      });
      for (const row of rows)
        for (let i = 0; i < row.length; i++) row[i] = fromDb(row[i], columnTypes[i] as ColumnType);
      return { columnNames: p.names, columnTypes, rows };
    });
  }
  execute(q: SqlQuery): number {
    return this.run(() => {
      const p = this.#prepare(q.sql);
      const args = q.args.map((a, i) => toArg(a, q.argTypes[i]));
      return p.reader ? p.stmt.all(...args).length : Number(p.stmt.run(...args).changes);
    });
  }
  script(sql: string): void {
    this.run(() => {
      this.#cache.clear();
      this.#db.exec(sql);
    });
  }
  get inTransaction(): boolean {
    return this.#db.isTransaction;
  }
  close(): void {
    this.#cache.clear();
    this.#db.close();
  }
}
