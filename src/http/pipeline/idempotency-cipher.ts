/** Encrypts kept responses, since they may hold secrets such as the values of variables: only their key opens them. */

import { hkdfSync } from 'node:crypto';
import { decrypt, encrypt, KEY_BYTES } from '../../lib/crypto/aead.js';

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
    close: (text) => encrypt(secret, text),
    open: (sealed) => decrypt(secret, sealed),
  };
}
