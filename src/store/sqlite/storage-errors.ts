import { DriverAdapterError, type Error as DriverError } from '@prisma/driver-adapter-utils';
import { Problem } from '../../domain/problems/problem.js';
import { Prisma } from '../../generated/prisma/client.js';
import { EXHAUSTED } from './driver-errors.js';

const RETRY_AFTER_SECONDS = 2;

/** Causes and remedies, by SQLite's message. */
const CAUSES: readonly (readonly [RegExp, string])[] = [
  [new RegExp(EXHAUSTED), 'A table of the database has no numbers left, so nothing can be added. Restore a backup.'],
  [/is full|ENOSPC|EDQUOT/, 'The disk of the data folder is full. Free some space.'],
  [/is locked/, 'Another process has locked the database. Stop it, or wait until it is done.'],
  [/EMFILE|ENFILE/, 'No file descriptor is left. Raise the limit of open files of the server.'],
  [
    /readonly|unable to open|EACCES|EPERM|EROFS/,
    'Berth may not write to the database. Check the owner of the data folder and its files.',
  ],
  [
    /I\/O error|malformed|not a database|EIO/,
    'The database could not be read or written. Check the disk of the data folder.',
  ],
  [/rolled it back|it has ended/, 'The database aborted a transaction. Check the disk of the data folder.'],
];

/** Prisma: no transaction to be had, or it took too long. */
const TRANSACTION_FAILED = 'P2028';

/** True if another process held the database too long. */
export const isLocked = (thrown: unknown): boolean => causeOf(thrown)?.kind === 'SocketTimeout';

/**
 * A failure of the storage as a Problem. Everything else as it is: a broken constraint or a missing row is no fault of
 * the disk's, but ours.
 */
export function toProblem(thrown: unknown): unknown {
  const detail = detailOf(thrown);
  if (detail === undefined) return thrown;
  return new Problem('storage-unavailable', `${detail} Nothing was changed; try again afterwards.`, {
    retryAfterSeconds: RETRY_AFTER_SECONDS,
    cause: thrown,
  });
}

function detailOf(thrown: unknown): string | undefined {
  const cause = causeOf(thrown);
  const ofFiles = thrown instanceof Error && 'syscall' in thrown ? thrown.message : '';
  const text = cause?.originalMessage ?? (cause?.kind === 'TransactionAlreadyClosed' ? cause.cause : ofFiles);
  const known = CAUSES.find(([pattern]) => pattern.test(text))?.[1];
  if (known !== undefined) return known;
  const isTransactionFailure =
    thrown instanceof Prisma.PrismaClientKnownRequestError && thrown.code === TRANSACTION_FAILED;
  return isTransactionFailure ? 'The database took too long to respond. Check the disk of the data folder.' : undefined;
}

/** Returns the adapter's error, which Prisma passes on as it is or wrapped; undefined for any other. */
function causeOf(thrown: unknown): DriverError | undefined {
  if (thrown instanceof DriverAdapterError) return thrown.cause;
  if (!(thrown instanceof Prisma.PrismaClientKnownRequestError)) return undefined;
  const wrapped = thrown.meta?.['driverAdapterError'];
  return wrapped instanceof DriverAdapterError ? wrapped.cause : undefined;
}
