import { chmodSync, closeSync, existsSync, openSync } from 'node:fs';
import { PrismaClient } from '../../generated/prisma/client.js';
import { ownFile } from '../../root.js';
import { sqliteAdapter } from './adapter.js';
import { migrate } from './migrate.js';

/** The folder of this program's migrations. */
export const MIGRATIONS = ownFile('prisma/migrations');

/**
 * Each is set when the connection opens, and read back: `synchronous=FULL` is what makes a 201 survive a power cut.
 * SQLite waits for another process's lock without letting anything else run: that is short, and the writer waits longer.
 */
const PRAGMAS = [
  { name: 'busy_timeout', value: 50, reads: '50' },
  { name: 'journal_mode', value: 'WAL', reads: 'wal' },
  { name: 'synchronous', value: 'FULL', reads: '2' },
  { name: 'foreign_keys', value: 'ON', reads: '1' },
] as const;

const TRANSACTION_MS = 10_000;

export interface Database {
  readonly client: PrismaClient;
  close(): Promise<void>;
}

/**
 * Makes, migrates and opens one database file, which only its owner may read: specs hold secrets.
 *
 * @param keepsCopy true keeps a copy of the file as it was before it is migrated
 * @throws Error with a sentence for a person
 */
export async function openDatabase(file: string, keepsCopy = true): Promise<Database> {
  makePrivate(file);
  migrate(file, MIGRATIONS, keepsCopy);
  const client = new PrismaClient({
    adapter: sqliteAdapter(
      file,
      PRAGMAS.map(({ name, value }) => `${name}=${value}`),
    ),
    errorFormat: 'minimal',
    transactionOptions: { maxWait: TRANSACTION_MS, timeout: TRANSACTION_MS },
  });
  const close = () => client.$disconnect();
  try {
    await readBack(client, file);
    return { client, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Before SQLite opens it: the write-ahead log is made with the mode of the file. */
function makePrivate(file: string): void {
  closeSync(openSync(file, 'a', 0o600));
  for (const part of [file, `${file}-wal`, `${file}-shm`]) if (existsSync(part)) chmodSync(part, 0o600);
}

async function readBack(client: PrismaClient, file: string): Promise<void> {
  const ask = async (pragma: string): Promise<string> => {
    const [row] = await client.$queryRawUnsafe<Record<string, unknown>[]>(`PRAGMA ${pragma}`);
    return String(Object.values(row ?? {})[0]);
  };
  for (const { name, value, reads } of PRAGMAS) {
    const found = await ask(name);
    if (found === reads) continue;
    throw new Error(
      `SQLite did not accept PRAGMA ${name}=${value} on ${file} (it reports ${found}): is it on a network file system?`,
    );
  }
  const health = await ask('quick_check(1)');
  if (health !== 'ok') throw new Error(`the database ${file} is damaged (${health}): restore a backup`);
}
