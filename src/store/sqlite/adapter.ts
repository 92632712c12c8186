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
import { Connection } from './connection.js';

const PROVIDER = 'sqlite' as const;
const NAME = 'berth-sqlite';

/** SQLite's own limit of parameters in a statement (SQLITE_MAX_VARIABLE_NUMBER); Prisma splits what has more. */
const MAX_BIND_VALUES = 32_766;

const SLICE_MS = 5;

/** FIFO lock. The binding is synchronous, so a loop of awaited queries would never leave the microtask queue: yield. */
class Lock {
  #tail: Promise<void> = Promise.resolve();
  #sliceStart = performance.now();

  async acquire(): Promise<() => void> {
    const previous = this.#tail;
    let release!: () => void;
    this.#tail = new Promise((resolve) => {
      release = resolve;
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
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  getConnectionInfo() {
    return { maxBindValues: MAX_BIND_VALUES, supportsRelationJoins: false };
  }
  queryRaw(query: SqlQuery) {
    return this.#alone(() => this.#connection.query(query));
  }
  executeRaw(query: SqlQuery) {
    return this.#alone(() => this.#connection.execute(query));
  }
  executeScript(sql: string) {
    return this.#alone(() => this.#connection.script(sql));
  }

  async startTransaction(isolationLevel?: IsolationLevel): Promise<Transaction> {
    if (isolationLevel && isolationLevel !== 'SERIALIZABLE')
      throw new DriverAdapterError({ kind: 'InvalidIsolationLevel', level: isolationLevel });
    const release = await this.#lock.acquire();
    try {
      this.#connection.script('BEGIN IMMEDIATE');
    } catch (thrown) {
      release();
      throw thrown;
    }
    return openTransaction(this.#connection, release);
  }

  dispose() {
    return this.#alone(() => this.#connection.close());
  }

  async #alone<T>(work: () => T): Promise<T> {
    const release = await this.#lock.acquire();
    try {
      return work();
    } finally {
      release();
    }
  }
}

/** The transaction that a connection has begun. @param release lets the next one in */
function openTransaction(connection: Connection, release: () => void): Transaction {
  let isOpen = true;

  /** A full disk or a failed read can make SQLite roll back by itself: what came after would be outside, and stay. */
  function alive(): Connection {
    if (!isOpen) throw new DriverAdapterError({ kind: 'TransactionAlreadyClosed', cause: 'it has ended' });
    if (!connection.inTransaction)
      throw new DriverAdapterError({ kind: 'TransactionAlreadyClosed', cause: 'SQLite has rolled it back' });
    return connection;
  }

  async function commit(): Promise<void> {
    try {
      alive().script('COMMIT');
    } catch (thrown) {
      if (isOpen && connection.inTransaction) connection.script('ROLLBACK');
      throw thrown;
    } finally {
      end();
    }
  }

  async function rollback(): Promise<void> {
    try {
      if (isOpen && connection.inTransaction) connection.script('ROLLBACK');
    } finally {
      end();
    }
  }

  function end(): void {
    if (!isOpen) return;
    isOpen = false;
    release();
  }

  return {
    provider: PROVIDER,
    adapterName: NAME,
    options: { usePhantomQuery: true },
    queryRaw: async (query) => alive().query(query),
    executeRaw: async (query) => alive().execute(query),
    commit,
    rollback,
    createSavepoint: async (name) => alive().script(`SAVEPOINT ${name}`),
    rollbackToSavepoint: async (name) => alive().script(`ROLLBACK TO ${name}`),
    releaseSavepoint: async (name) => alive().script(`RELEASE SAVEPOINT ${name}`),
  };
}

/**
 * Connects once: a client that is used after its `$disconnect` would quietly open the file again.
 *
 * @param pragmas each as `name=value`, set when the connection opens
 */
export function sqliteAdapter(file: string, pragmas: readonly string[]): SqlDriverAdapterFactory {
  let isUsed = false;
  return {
    provider: PROVIDER,
    adapterName: NAME,
    async connect() {
      if (isUsed) throw new Error(`the database ${file} has been closed`);
      isUsed = true;
      return new Adapter(new Connection(file, pragmas));
    },
  };
}
