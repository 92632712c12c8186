import { expect, it } from 'vitest';
import type { Reservation } from '../../../src/domain/definition/definition.js';
import { LOCAL_HOST } from '../../../src/domain/host.js';
import type { Database } from '../../../src/store/sqlite/database.js';
import { prismaStorage } from '../../../src/store/sqlite/prisma-storage.js';
import { NO_WRITE } from '../../../src/store/storage.js';

it('no statement writes thousands of rows, so that none blocks the event loop', async () => {
  const written: number[][] = [];
  const tx = {
    async $executeRawUnsafe(sql: string, rows: string) {
      if (sql.startsWith('INSERT INTO "Reservation"')) {
        written.push((JSON.parse(rows) as Reservation[]).map(({ hostPort }) => hostPort));
      }
    },
  };
  const client = { $transaction: async (work: (client: typeof tx) => Promise<void>) => work(tx) };
  const storage = prismaStorage({ client, close: async () => undefined } as unknown as Database);
  const ports = Array.from({ length: 4096 }, (_, n) => 1000 + n);
  const reservations = ports.map(
    (hostPort): Reservation => ({
      ...{
        uid: 'uid-web',
        host: LOCAL_HOST,
        hostPort,
        containerPort: hostPort,
        protocol: 'tcp',
        origin: 'fixed',
        confirmed: false,
      },
    }),
  );
  await storage.commit({ ...NO_WRITE, reservations: new Map([['uid-web', reservations]]) });
  expect(Math.max(...written.map((rows) => rows.length))).toBeLessThanOrEqual(250);
  expect(written.flat()).toEqual(ports);
});
