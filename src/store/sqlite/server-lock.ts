import { chmodSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';

/**
 * Makes this process the only server of a data folder. The lock is SQLite's on a file of its own, so it goes with the
 * process, however that ends, and readers of the database don't meet it.
 *
 * @returns what gives it back
 * @throws Error with a sentence for a person when another server has it, or the folder can't be written
 */
export function lockDataDir(dataDir: string): () => void {
  const folder = path.resolve(dataDir);
  const file = path.join(folder, 'berth.lock');
  let lock: InstanceType<typeof DatabaseSync> | undefined;
  try {
    const opened = new DatabaseSync(file);
    lock = opened;
    opened.exec('PRAGMA busy_timeout=0; PRAGMA journal_mode=MEMORY; BEGIN EXCLUSIVE');
    chmodSync(file, 0o600);
    return () => {
      if (opened.isOpen) opened.close();
    };
  } catch (cause) {
    lock?.close();
    const reason = cause instanceof Error ? cause.message : String(cause);
    const message = reason.includes('is locked')
      ? `another Berth is running on ${folder}: stop it, or give this one another BERTH_DATA_DIR`
      : `the data folder ${folder} can't be used (${reason}): check its owner, its mode and its disk`;
    throw new Error(message, { cause });
  }
}
