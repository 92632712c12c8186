/**
 * A Prisma driver adapter for one local SQLite file on `@photostructure/sqlite` (node:sqlite's API, its binaries inside the
 * npm tarball). One connection; a FIFO lock keeps statements outside a transaction out of it; pragmas are set once and
 * stay. The stock adapters lose acknowledged writes (docs/adr/0002-own-sqlite-adapter.md).
 */

import { setImmediate } from 'node:timers/promises';
import {
  DriverAdapterError,
  type IsolationLevel,
  type SqlDriverAdapter,
  type SqlDriverAdapterFactory,
  type SqlQuery,
  type Transaction,
} from '@prisma/driver-adapter-utils';
import { Connection } from './sqlite-connection.js';

const PROVIDER = 'sqlite' as const;
const NAME = 'berth-sqlite';

const SLICE_MS = 5;

/** FIFO lock. The binding is synchronous, so a loop of awaited queries would never leave the microtask queue: yield. */
class Lock {
  #tail: Promise<void> = Promise.resolve();
  #sliceStart = performance.now();
  async acquire(): Promise<() => void> {
    const previous = this.#tail;
    let release!: () => void;
    this.#tail = new Promise((r) => {
      release = r;
    });
    await previous;
    if (performance.now() - this.#sliceStart > SLICE_MS) {
      await setImmediate();
      this.#sliceStart = performance.now();
    }
    return release;
  }
}

class Adapter implements SqlDriverAdapter {
  readonly provider = PROVIDER;
  readonly adapterName = NAME;
  readonly #lock = new Lock();
  readonly connection: Connection;
  constructor(connection: Connection) {
    this.connection = connection;
  }

  async #exclusive<T>(fn: () => T): Promise<T> {
    const release = await this.#lock.acquire();
    try {
      return fn();
    } finally {
      release();
    }
  }
  queryRaw(q: SqlQuery) {
    return this.#exclusive(() => this.connection.query(q));
  }
  executeRaw(q: SqlQuery) {
    return this.#exclusive(() => this.connection.execute(q));
  }
  executeScript(sql: string) {
    return this.#exclusive(() => this.connection.script(sql));
  }
  async startTransaction(isolationLevel?: IsolationLevel): Promise<Transaction> {
    if (isolationLevel && isolationLevel !== 'SERIALIZABLE')
      throw new DriverAdapterError({ kind: 'InvalidIsolationLevel', level: isolationLevel });
    const release = await this.#lock.acquire();
    try {
      this.connection.execute({ sql: 'BEGIN IMMEDIATE', args: [], argTypes: [] });
    } catch (e) {
      release();
      throw e;
    }
    const c = this.connection;
    let open = true;
    const end = async (sql: 'COMMIT' | 'ROLLBACK') => {
      if (!open) return;
      open = false;
      try {
        if (c.inTransaction) c.execute({ sql, args: [], argTypes: [] });
      } catch (e) {
        if (c.inTransaction) c.execute({ sql: 'ROLLBACK', args: [], argTypes: [] });
        throw e;
      } finally {
        release();
      }
    };
    const alive = (): Connection => {
      if (!open)
        throw new DriverAdapterError({ kind: 'TransactionAlreadyClosed', cause: 'transaction already closed' });
      return c;
    };
    const plain = (sql: string) => ({ sql, args: [], argTypes: [] });
    return {
      provider: PROVIDER,
      adapterName: NAME,
      options: { usePhantomQuery: true },
      queryRaw: async (q) => alive().query(q),
      executeRaw: async (q) => alive().execute(q),
      commit: () => end('COMMIT'),
      rollback: () => end('ROLLBACK'),
      createSavepoint: async (n) => void c.execute(plain(`SAVEPOINT ${n}`)),
      rollbackToSavepoint: async (n) => void c.execute(plain(`ROLLBACK TO ${n}`)),
      releaseSavepoint: async (n) => void c.execute(plain(`RELEASE SAVEPOINT ${n}`)),
    };
  }
  async dispose() {
    const release = await this.#lock.acquire();
    this.connection.close();
    release();
  }
}

/** @param pragmas each as `name=value`, set when the connection opens */
export function sqliteAdapter(file: string, pragmas: readonly string[]): SqlDriverAdapterFactory {
  return {
    provider: PROVIDER,
    adapterName: NAME,
    connect: async () => new Adapter(new Connection(file, pragmas)),
  };
}
