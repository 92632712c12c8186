/** Keys that seal stored values: the first one seals, all of them open. */

import { createHash } from 'node:crypto';
import { decrypt, encrypt, KEY_BYTES } from './aead.js';

export interface Keyring {
  /** Ids of the keys, the newest first. An id is a digest, and reveals nothing of its key. */
  readonly ids: readonly string[];
  /** Seals a text with the newest key, for one place. */
  seal(text: string, place: string): string;
  /** Opens a sealed text; null if none of the keys does, or it was sealed for another place. */
  open(sealed: string, place: string): string | null;
  /** A ring with the keys of another one behind its own. */
  with(other: Keyring): Keyring;
}

/** Form of a sealed text: the id of its key, and the ciphertext. */
export const SEALED = /^[0-9a-f]{16}:[A-Za-z0-9+/]+={0,2}$/;

/** Returns the id of the key that sealed a text. */
export const keyIdOf = (sealed: string): string => sealed.slice(0, sealed.indexOf(':'));

/** Creates a ring. @param keys the newest first, at least one */
export function createKeyring(keys: readonly Buffer[]): Keyring {
  return ringOf(new Map(keys.map((key) => [idOf(key), key])));
}

const rings = new WeakMap<Keyring, ReadonlyMap<string, Buffer>>();

function ringOf(keys: ReadonlyMap<string, Buffer>): Keyring {
  const [newest] = keys;
  if (newest === undefined) throw new Error('a keyring needs a key');
  const [newestId, newestKey] = newest;
  const ring: Keyring = {
    ids: [...keys.keys()],
    seal: (text, place) => `${newestId}:${encrypt(newestKey, text, place)}`,
    open(sealed, place) {
      const id = keyIdOf(sealed);
      const key = keys.get(id);
      if (key === undefined) return null;
      try {
        return decrypt(key, sealed.slice(id.length + 1), place);
      } catch {
        // The cipher says only that it does not open, which is the answer.
        return null;
      }
    },
    with: (other) => ringOf(new Map([...keys, ...[...(rings.get(other) ?? [])].filter(([id]) => !keys.has(id))])),
  };
  rings.set(ring, keys);
  return ring;
}

const idOf = (key: Buffer): string =>
  createHash('sha256').update('berth key id').update(key).digest('hex').slice(0, 16);

/** Rule for the lines of a key file. */
export const KEY_RULE = 'write one key a line, the newest first, each as `openssl rand -base64 32` prints it';

/** Reads the keys of a file: one a line; empty lines and those that begin with # are left out. Null if one is no key. */
export function readKeys(text: string): readonly Buffer[] | null {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  const keys = lines.map((line) => (/^[A-Za-z0-9+/]{43}=$/.test(line) ? Buffer.from(line, 'base64') : null));
  return keys.length > 0 && keys.every((key) => key?.length === KEY_BYTES) ? (keys as Buffer[]) : null;
}
