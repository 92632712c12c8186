import { DatabaseSync, type StatementSyncInstance } from '@photostructure/sqlite';
import { type ColumnType, ColumnTypeEnum, type SqlQuery, type SqlResultSet } from '@prisma/driver-adapter-utils';
import { EXHAUSTED, toDriverError } from './driver-errors.js';
import { DECLARED, fromDb, inferType, toArg } from './values.js';

/** Prepared statements kept. */
const CACHE_SIZE = 256;

interface Prepared {
  readonly statement: StatementSyncInstance;
  readonly returnsRows: boolean;
  readonly names: string[];
  readonly types: readonly (ColumnType | null)[];
}

/** One open database file, its pragmas and its prepared statements. Synchronous, as SQLite is. */
export class Connection {
  readonly #db: InstanceType<typeof DatabaseSync>;
  readonly #cache = new Map<string, Prepared>();

  /** @param pragmas each as `name=value`, set in this order */
  constructor(file: string, pragmas: readonly string[]) {
    this.#db = new DatabaseSync(file);
    for (const pragma of pragmas) this.#db.exec(`PRAGMA ${pragma};`);
  }

  /** @throws DriverAdapterError, as everything here */
  query({ sql, args, argTypes }: SqlQuery): SqlResultSet {
    return this.#run(() => {
      const { statement, returnsRows, names, types } = this.#prepare(sql);
      const values = args.map((arg, i) => toArg(arg, argTypes[i]));
      if (!returnsRows) {
        const { lastInsertRowid } = statement.run(...values);
        return { columnNames: [], columnTypes: [], rows: [], lastInsertId: String(lastInsertRowid) };
      }
      const rows = statement.all(...values) as unknown[][];
      const columnTypes = types.map((type, i) => type ?? typeOfColumn(rows, i));
      const read = rows.map((row) => row.map((value, i) => fromDb(value, columnTypes[i] as ColumnType)));
      return { columnNames: names, columnTypes, rows: read };
    });
  }

  /** @returns how many rows it changed */
  execute({ sql, args, argTypes }: SqlQuery): number {
    return this.#run(() => {
      const { statement, returnsRows } = this.#prepare(sql);
      const values = args.map((arg, i) => toArg(arg, argTypes[i]));
      return returnsRows ? statement.all(...values).length : Number(statement.run(...values).changes);
    });
  }

  /** Statements without arguments, any number of them. */
  script(sql: string): void {
    this.#run(() => this.#db.exec(sql));
  }

  get inTransaction(): boolean {
    return this.#db.isTransaction;
  }

  /**
   * The binding can't finalize statements, so SQLite itself keeps the file open until they are collected: what the
   * write-ahead log holds is taken into the file here, so that it is whole without its log.
   */
  close(): void {
    try {
      this.#run(() => this.#db.exec('PRAGMA wal_checkpoint(TRUNCATE)'));
    } finally {
      this.#cache.clear();
      this.#db.close();
    }
  }

  #prepare(sql: string): Prepared {
    const known = this.#cache.get(sql);
    const prepared = known ?? this.#compile(sql);
    this.#cache.delete(sql);
    this.#cache.set(sql, prepared);
    const [oldest] = this.#cache.keys();
    if (this.#cache.size > CACHE_SIZE && oldest !== undefined) this.#cache.delete(oldest);
    return prepared;
  }

  #compile(sql: string): Prepared {
    const statement = this.#db.prepare(sql);
    statement.setReadBigInts(true);
    statement.setReturnArrays(true);
    const columns = statement.columns();
    return {
      statement,
      returnsRows: columns.length > 0,
      names: columns.map((column) => column.name),
      types: columns.map((column) => DECLARED[(column.type ?? '').toUpperCase()] ?? null),
    };
  }

  #run<T>(work: () => T): T {
    try {
      return work();
    } catch (thrown) {
      throw toDriverError(this.#withCause(thrown));
    }
  }

  /**
   * SQLite says "database or disk is full" of a full disk, and of a table that has given out its last number.
   * Rule: https://sqlite.org/autoinc.html
   */
  #withCause(thrown: unknown): unknown {
    if (!(thrown instanceof Error) || !thrown.message.includes('is full')) return thrown;
    const table = this.#exhausted();
    if (table !== undefined) thrown.message = `${EXHAUSTED} ${table}`;
    return thrown;
  }

  #exhausted(): string | undefined {
    try {
      const row = this.#db.prepare('SELECT name FROM sqlite_sequence WHERE seq = 9223372036854775807').get();
      return (row as { readonly name: string } | undefined)?.name;
    } catch {
      // On a full disk even reading can fail: then that is the cause.
      return undefined;
    }
  }
}

function typeOfColumn(rows: readonly (readonly unknown[])[], column: number): ColumnType {
  const sample = rows.find((row) => row[column] !== null)?.[column];
  return sample === undefined ? ColumnTypeEnum.Int32 : inferType(sample);
}
