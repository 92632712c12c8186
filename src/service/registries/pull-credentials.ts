import { storedCredentials } from '../../domain/registries/credentials.js';
import { registryOf } from '../../domain/registries/registry-key.js';
import type { PullCredentials } from '../../engine/credentialed-engine.js';
import type { Store } from '../../store/types.js';
import type { Vault } from '../secrets/vault.js';

const ANONYMOUS = { login: undefined, version: '', isUnreadable: false } as const;

/** Finds the credentials for the pull of an image. */
export function createPullCredentials(options: {
  readonly store: Pick<Store, 'sealed'>;
  readonly vault: Pick<Vault, 'open'>;
}): (reference: string) => Promise<PullCredentials> {
  const { store, vault } = options;
  return async (reference) => {
    const host = registryOf(reference);
    if (host === undefined) return { ...ANONYMOUS, named: 'an image id has no registry' };
    const where = `PUT /v1/registries/${host}`;
    const value = store.sealed('registry', host);
    if (value === undefined) {
      return { ...ANONYMOUS, named: `pulled without credentials: there are none for ${host}, set them with ${where}` };
    }
    const { uid: version, username } = value;
    const text = vault.open(value);
    const whose = username === null ? 'the identity token' : `the credentials of ${username}`;
    if (text === null) {
      const named = `${whose} for ${host} can't be read, since the key that sealed them is missing: set them again with ${where}`;
      return { ...ANONYMOUS, version, isUnreadable: true, named };
    }
    const login = { host, credentials: storedCredentials(text) };
    return {
      login,
      version,
      isUnreadable: false,
      named: `pulled with ${whose} for ${host}: change them with ${where}`,
    };
  };
}
