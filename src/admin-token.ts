/** The token that whoever starts the server has: without one nobody could make the others. */

import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { newSecret } from './service/tokens.js';

/** Its name in the data folder. */
const FILE = 'token';

export interface AdminToken {
  readonly secret: string;
  /** Where it is, for people; undefined where it was given by a variable. */
  readonly file: string | undefined;
}

/**
 * The one that is configured, else that of the data folder, which is made where there is none: removing the file is how to
 * have another. Only its owner may read it.
 */
export function adminToken(dataDir: string, configured: string | undefined): AdminToken {
  if (configured !== undefined) return { secret: configured, file: undefined };
  const file = path.resolve(dataDir, FILE);
  if (!existsSync(file)) writeFileSync(file, `${newSecret()}\n`, { mode: 0o600, flush: true });
  chmodSync(file, 0o600);
  const secret = readFileSync(file, 'utf8').trim();
  if (secret === '') throw new Error(`${file} is empty: remove it, and another token is made`);
  return { secret, file };
}
