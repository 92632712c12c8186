/** The file of the keys that seal stored secrets. It lies outside the database, and so outside every backup. */

import { randomBytes } from 'node:crypto';
import { chmodSync, closeSync, existsSync, fsyncSync, openSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createKeyring, KEY_RULE, type Keyring, readKeys } from './lib/crypto/keyring.js';

/** Its name in the data folder, if none is configured. */
const FILE = 'secrets.key';

/**
 * Returns a reader of the key file. The one in the data folder is created if it is missing, for its owner alone; a
 * configured file must exist. The first reading is made at once.
 *
 * @throws Error with a sentence for a person, as the reader does, if the file can't be read or a line is no key
 */
export function secretsKeys(dataDir: string, configured: string | undefined): () => Keyring {
  const file = path.resolve(configured ?? path.join(dataDir, FILE));
  if (configured === undefined) makeKeyFile(file);
  const read = (): Keyring => {
    const keys = readKeys(textOf(file));
    if (keys === null) throw new Error(`the secrets key file ${file} is not valid: ${KEY_RULE}`);
    return createKeyring(keys);
  };
  read();
  return read;
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new Error(`the secrets key file can't be read: ${(error as Error).message}`, { cause: error });
  }
}

function makeKeyFile(file: string): void {
  if (!existsSync(file)) {
    writeFileSync(file, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600, flag: 'wx', flush: true });
    // A value sealed by a key that a power cut takes away would be lost.
    const folder = openSync(path.dirname(file), 'r');
    try {
      fsyncSync(folder);
    } finally {
      closeSync(folder);
    }
  }
  if ((statSync(file).mode & 0o077) !== 0) chmodSync(file, 0o600);
}
