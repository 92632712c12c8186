import { createHash } from 'node:crypto';
import { type Credentials, shownUsername, storedCredentials } from '../../domain/registries/credentials.js';
import { lastingOf } from '../../domain/registries/expiry.js';
import { registryOf } from '../../domain/registries/registry-key.js';
import type { PullCredentials } from '../../engine/credentialed-engine.js';
import type { Store } from '../../store/types.js';
import type { Vault } from '../secrets/vault.js';
import type { DockerConfigFile } from './docker-config.js';

const ANONYMOUS = { login: undefined, version: '', isUnreadable: false } as const;

/** Finds the credentials for the pull of an image: those stored here, else those of the docker CLI's `config.json`. */
export function createPullCredentials(options: {
  readonly store: Pick<Store, 'sealed'>;
  readonly vault: Pick<Vault, 'open'>;
  readonly dockerConfig?: DockerConfigFile | undefined;
  readonly now: () => Date;
}): (reference: string) => Promise<PullCredentials> {
  const { store, vault, dockerConfig, now } = options;

  /** @param from the source of the credentials, unless they are stored here */
  function loginWith(host: string, credentials: Credentials, version: string, from: string): PullCredentials {
    const { message } = lastingOf(host, credentials, now());
    const lasting = message === '' ? '' : `; ${message}`;
    const named = `pulled with ${owned(credentials)} for ${host}${from}${lasting}: change them with ${where(host)}`;
    return { login: { host, credentials }, version, isUnreadable: false, named };
  }

  async function configured(host: string): Promise<PullCredentials> {
    const found = (await dockerConfig?.find(host)) ?? { kind: 'none' };
    if (found.kind === 'credentials') {
      return loginWith(host, found.credentials, digestOf(found.credentials), ` from ${found.where}`);
    }
    const why = found.kind === 'failed' ? `: ${found.why}` : `, since there are none for ${host}`;
    return { ...ANONYMOUS, named: `pulled without credentials${why}; set them with ${where(host)}` };
  }

  return async (reference) => {
    const host = registryOf(reference);
    if (host === undefined) return { ...ANONYMOUS, named: 'an image id has no registry' };
    const value = store.sealed('registry', host);
    if (value === undefined) return configured(host);
    const text = vault.open(value);
    if (text !== null) return loginWith(host, storedCredentials(text), value.uid, '');
    const named = `the stored credentials for ${host} can't be read, since the key that sealed them is missing: set them again with ${where(host)}`;
    return { ...ANONYMOUS, version: value.uid, isUnreadable: true, named };
  };
}

const where = (host: string): string => `PUT /v1/registries/${host}`;

function owned(credentials: Credentials): string {
  if (!('username' in credentials)) return 'the identity token';
  const username = shownUsername(credentials);
  return username === null ? 'the credentials' : `the credentials of ${username}`;
}

/** Tells whether credentials have changed, and is shown to nobody. */
const digestOf = (credentials: Credentials): string =>
  createHash('sha256').update(JSON.stringify(credentials)).digest('hex');
