import { createKeyring } from '../../src/lib/crypto/keyring.js';
import { createVault } from '../../src/service/secrets/vault.js';

/** A vault whose only key is the same in every run. */
export const testVault = (store: Parameters<typeof createVault>[0]) =>
  createVault(store, () => createKeyring([Buffer.alloc(32, 7)]));
