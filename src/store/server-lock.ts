import path from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';

/**
 * Makes this process the only server of a data folder. The lock is SQLite's on a file of its own, so it goes with the
 * process, however that ends, and readers of the database don't meet it.
 *
 * @returns what gives it back
 * @throws Error with a sentence for a person when another server has it
 */
export function lockDataDir(dataDir: string): () => void {
  const lock = new DatabaseSync(path.join(dataDir, 'berth.lock'));
  try {
    lock.exec('PRAGMA busy_timeout=0; PRAGMA journal_mode=DELETE; BEGIN EXCLUSIVE');
  } catch (cause) {
    lock.close();
    const message = `another Berth is running on ${path.resolve(dataDir)}: stop it, or give this one another BERTH_DATA_DIR`;
    throw new Error(message, { cause });
  }
  return () => lock.close();
}
