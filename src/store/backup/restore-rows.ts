import { Prisma, type PrismaClient } from '../../generated/prisma/client.js';

/**
 * Handling of each table when a backup is restored. `replaced`: the declared state, and the answers kept for its
 * requests, which are stored in one transaction with it. `kept`: this server's own data, above all its history. A new
 * table needs an entry here.
 */
const HANDLING = {
  Definition: 'replaced',
  Network: 'replaced',
  Reservation: 'replaced',
  Address: 'replaced',
  Run: 'replaced',
  SealedValue: 'replaced',
  Response: 'replaced',
  Event: 'kept',
  Setting: 'kept',
  Token: 'kept',
  WebhookDelivery: 'kept',
} as const satisfies Record<Prisma.ModelName, 'replaced' | 'kept'>;

/** Parents before what hangs on them. */
const REPLACED = Object.entries(HANDLING).flatMap(([table, handling]) => (handling === 'replaced' ? [table] : []));

/**
 * One transaction that begins by putting the rows of another database file, of the same schema, in the place of those
 * that are there. Ids that were given out once, here or there, are given to nothing else afterwards.
 */
export async function restoreRows<T>(
  client: PrismaClient,
  file: string,
  work: (tx: Prisma.TransactionClient) => Promise<T>,
): Promise<T> {
  const [left] = await client.$queryRaw<unknown[]>`SELECT 1 FROM pragma_database_list WHERE name = 'backup'`;
  if (left !== undefined) await client.$executeRaw`DETACH DATABASE "backup"`;
  // SQLite attaches nothing inside of a transaction.
  await client.$executeRaw`ATTACH DATABASE ${file} AS "backup"`;
  try {
    return await client.$transaction(async (tx) => {
      for (const table of REPLACED.toReversed()) await tx.$executeRawUnsafe(`DELETE FROM main."${table}"`);
      for (const table of REPLACED) await tx.$executeRawUnsafe(await copying(tx, table));
      await tx.$executeRaw`
        UPDATE main.sqlite_sequence AS mine SET seq = theirs.seq
        FROM "backup".sqlite_sequence AS theirs
        WHERE theirs.name = mine.name AND theirs.seq > mine.seq AND mine.name IN (${Prisma.join(REPLACED)})`;
      await tx.$executeRaw`
        INSERT INTO main.sqlite_sequence (name, seq)
        SELECT name, seq FROM "backup".sqlite_sequence
        WHERE name IN (${Prisma.join(REPLACED)}) AND name NOT IN (SELECT name FROM main.sqlite_sequence)`;
      return await work(tx);
    });
  } finally {
    // What is committed must not be reported as failed: if the detaching fails, the next restore does it.
    await client.$executeRaw`DETACH DATABASE "backup"`.catch(() => undefined);
  }
}

/** Builds the statement that copies a table by column names: after migrations their order may differ. */
async function copying(tx: Prisma.TransactionClient, table: string): Promise<string> {
  const columns = await tx.$queryRaw<{ name: string }[]>`SELECT name FROM pragma_table_info(${table})`;
  const names = columns.map(({ name }) => `"${name}"`).join(', ');
  return `INSERT INTO main."${table}" (${names}) SELECT ${names} FROM "backup"."${table}"`;
}
