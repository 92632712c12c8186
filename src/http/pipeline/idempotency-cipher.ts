/** Encrypts kept responses, since they may hold secrets such as the values of variables: only their key opens them. */

import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const ALGORITHM = 'aes-256-gcm';
const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;

export interface Seal {
  /** Identifies the kept response: it differs for each caller and key, and reveals neither. */
  readonly id: string;
  readonly secret: Buffer;
  close(text: string): string;
  /** @throws Error when it was closed by another seal, or was changed since */
  open(sealed: string): string;
}

/** Derives the seal of one caller's Idempotency-Key by HKDF (RFC 5869). */
export function sealOf(principalId: string, key: string): Seal {
  const derived = Buffer.from(hkdfSync('sha256', key, principalId, 'berth idempotency', 2 * KEY_BYTES));
  const secret = derived.subarray(KEY_BYTES);
  return {
    id: derived.subarray(0, KEY_BYTES).toString('hex'),
    secret,
    close(text) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv(ALGORITHM, secret, iv);
      const closed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), closed]).toString('base64');
    },
    open(sealed) {
      const bytes = Buffer.from(sealed, 'base64');
      const decipher = createDecipheriv(ALGORITHM, secret, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES });
      decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
      return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]).toString('utf8');
    },
  };
}
