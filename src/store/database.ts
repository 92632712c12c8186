import { fileURLToPath } from 'node:url';
import { PrismaClient } from '../generated/prisma/client.js';
import { migrate } from './migrate.js';
import { sqliteAdapter } from './sqlite-adapter.js';

/** From `src/store` and from `dist/store` alike. */
const MIGRATIONS = fileURLToPath(new URL('../../prisma/migrations', import.meta.url));

/** Each is set when the connection opens, and read back: `synchronous=FULL` is what makes a 201 survive a power cut. */
const PRAGMAS = [
  { name: 'busy_timeout', value: 5000, reads: '5000' },
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
 * Migrates and opens one database file.
 *
 * @throws Error with a sentence for a person
 */
export async function openDatabase(file: string): Promise<Database> {
  migrate(file, MIGRATIONS);
  const client = new PrismaClient({
    adapter: sqliteAdapter(
      file,
      PRAGMAS.map(({ name, value }) => `${name}=${value}`),
    ),
    transactionOptions: { maxWait: TRANSACTION_MS, timeout: TRANSACTION_MS },
  });
  for (const { name, value, reads } of PRAGMAS) {
    const [row] = await client.$queryRawUnsafe<Record<string, unknown>[]>(`PRAGMA ${name}`);
    const found = String(Object.values(row ?? {})[0]);
    if (found === reads) continue;
    await client.$disconnect();
    throw new Error(
      `SQLite did not take PRAGMA ${name}=${value} on ${file} (it says ${found}): is it on a network file system?`,
    );
  }
  return { client, close: () => client.$disconnect() };
}
