import { DriverAdapterError } from '@prisma/driver-adapter-utils';
import { Problem } from '../domain/problem.js';
import { Prisma } from '../generated/prisma/client.js';

const RETRY_AFTER_SECONDS = 2;

/** A failure of the database as a Problem; everything else as it is. */
export function toProblem(thrown: unknown): unknown {
  const isOfStorage =
    thrown instanceof Prisma.PrismaClientKnownRequestError ||
    thrown instanceof Prisma.PrismaClientUnknownRequestError ||
    thrown instanceof DriverAdapterError;
  if (!isOfStorage) return thrown;
  return new Problem(
    'storage-unavailable',
    'The database could not be written, and nothing was changed: check the disk of the data folder and who else has the database open, then try again.',
    { retryAfterSeconds: RETRY_AFTER_SECONDS, cause: thrown },
  );
}
