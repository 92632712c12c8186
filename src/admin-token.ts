/** Admin token: without it nobody could create the other tokens. */

import { chmodSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isTokenSecret, TOKEN_SECRET_RULE } from './domain/access/tokens.js';
import { newSecret } from './service/access/tokens.js';

/** Its name in the data folder. */
const FILE = 'token';

interface AdminToken {
  readonly secret: string;
  /** Path of the token file, for messages; undefined if a variable provided the token. */
  readonly file: string | undefined;
}

/**
 * Returns the configured token, or the one in the data folder, which is created if missing. To get a new token, delete
 * the file. Only its owner may read it.
 *
 * @throws Error with a sentence for a person when the file holds none
 */
export function adminToken(dataDir: string, configured: string | undefined): AdminToken {
  if (configured !== undefined) return { secret: configured, file: undefined };
  const file = path.resolve(dataDir, FILE);
  // Not through a link that leads to where there is nothing yet.
  if (!existsSync(file)) writeFileSync(file, `${newSecret()}\n`, { mode: 0o600, flag: 'wx', flush: true });
  if ((statSync(file).mode & 0o077) !== 0) chmodSync(file, 0o600);
  const secret = readFileSync(file, 'utf8').trim();
  if (!isTokenSecret(secret)) {
    throw new Error(`${file} holds no valid token. Delete it to get a new one, or ${TOKEN_SECRET_RULE}`);
  }
  return { secret, file };
}

/** A line that puts the token of a file into a shell, whatever the file is called. */
export const tokenLine = (file: string): string => `export BERTH_TOKEN="$(cat '${file.replaceAll("'", `'\\''`)}')"`;
