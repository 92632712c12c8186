import { mkdirSync, statSync } from 'node:fs';
import path from 'node:path';

const OTHERS_WRITE = 0o022;

/**
 * Makes the data folder where there is none, for its owner alone. One that is there stays as it is: it may be a folder
 * that others need as well. But whoever may write to it could put a token, a database or a socket of their own there.
 *
 * @throws Error with a sentence for a person when others than its owner may write to it
 */
export function makeDataFolder(dataDir: string): void {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const mode = statSync(dataDir).mode & 0o777;
  if ((mode & OTHERS_WRITE) === 0) return;
  throw new Error(
    `other users can write to the data folder ${path.resolve(dataDir)} (mode ${mode.toString(8)}) and could take over Berth: chmod 700 it, or give Berth a folder of its own`,
  );
}
