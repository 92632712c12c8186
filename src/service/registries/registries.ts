/** Registries and the credentials for them: written by clients, and returned to nobody. */

import type { ConditionStatus } from '../../domain/definition/condition.js';
import type { Definition } from '../../domain/definition/definition.js';
import type { NewEvent } from '../../domain/event.js';
import { Problem } from '../../domain/problems/problem.js';
import {
  type CredentialsInput,
  readCredentials,
  shownUsername,
  storedCredentials,
  storedText,
} from '../../domain/registries/credentials.js';
import { type Lasting, lastingOf } from '../../domain/registries/expiry.js';
import { readRegistry, registryOf } from '../../domain/registries/registry-key.js';
import { MOST_SEALED, type SealedValue } from '../../domain/secrets/sealed-value.js';
import { naturalOrder } from '../../lib/natural-order.js';
import type { Store } from '../../store/types.js';
import { byClient, type Requester } from '../core/requester.js';
import { invalidDefinition } from '../core/write-checks.js';
import type { Vault } from '../secrets/vault.js';
import type { DockerConfigFile } from './docker-config.js';

/** Condition of credentials. */
interface Usable {
  readonly type: 'Usable';
  readonly status: ConditionStatus;
  readonly reason:
    | ('Stored' | 'Configured' | 'SecretUnreadable' | 'CredentialsExpire' | 'CredentialsExpired')
    | ('HelperInstalled' | 'HelperMissing');
  readonly message: string;
}

export interface RegistryView {
  readonly host: string;
  /** Null for an identity token, and where it is the password too. */
  readonly username: string | null;
  readonly version: number;
  /** RFC 3339. */
  readonly createdAt: string;
  readonly updatedAt: string;
  /** The definitions whose image comes from it. */
  readonly usedBy: readonly string[];
  readonly conditions: readonly Usable[];
}

/** The docker CLI's `config.json`, as far as it concerns registries. */
export interface DockerConfigView {
  readonly file: string;
  /** Why the file can't be used; null if it can. */
  readonly fault: string | null;
  readonly registries: readonly {
    /** `*` for the helper of every other registry. */
    readonly host: string;
    readonly username: string | null;
    /** The credential helper that has them; null if the file has them itself. */
    readonly helper: string | null;
    readonly conditions: readonly Usable[];
  }[];
}

export interface RegistryService {
  listRegistries(): readonly RegistryView[];
  /** Describes the configured `config.json`; null if there is none. */
  dockerConfig(): DockerConfigView | null;
  /** @throws Problem `not-found`, `invalid-definition` */
  getRegistry(host: string): RegistryView;
  /** @throws Problem `invalid-definition` */
  putRegistry(
    host: string,
    input: CredentialsInput,
    requester: Requester,
  ): Promise<{ readonly kind: 'created' | 'updated'; readonly registry: RegistryView }>;
  /** @throws Problem `not-found`, `invalid-definition` */
  deleteRegistry(host: string, requester: Requester): Promise<void>;
}

const KIND = 'registry';

export function createRegistries(options: {
  readonly store: Pick<Store, 'sealed' | 'allSealed' | 'all' | 'transact'>;
  readonly vault: Vault;
  readonly now: () => Date;
  readonly dockerConfig?: DockerConfigFile | undefined;
  /** Notified after credentials were stored or removed. */
  readonly changed: () => void;
}): RegistryService {
  const { store, vault, now, changed, dockerConfig } = options;

  function view(value: SealedValue, usedBy: readonly string[]): RegistryView {
    const { name, username, version, createdAt, updatedAt } = value;
    return {
      ...{ host: name, username, version, usedBy },
      createdAt: createdAt.toISOString(),
      updatedAt: updatedAt.toISOString(),
      conditions: [usable(value)],
    };
  }

  function usable(value: SealedValue): Usable {
    const text = vault.open(value);
    if (text === null) {
      const message = `the key that sealed these credentials is missing: send them again with PUT /v1/registries/${value.name}`;
      return { type: 'Usable', status: 'False', reason: 'SecretUnreadable', message };
    }
    return usableFor(
      lastingOf(value.name, storedCredentials(text), now()),
      'Stored',
      `PUT /v1/registries/${value.name}`,
    );
  }

  const usersOf = (host: string): readonly string[] => users(store.all()).get(host) ?? [];

  const hostOf = (text: string): string => {
    const host = readRegistry(text);
    if (host.ok) return host.value;
    throw new Problem('invalid-definition', `/host: ${host.message}.`, {
      faults: [{ in: 'path', pointer: '/host', message: host.message }],
    });
  };

  const find = (state: Pick<Store, 'sealed'>, host: string): SealedValue => {
    const value = state.sealed(KIND, host);
    if (value !== undefined) return value;
    throw new Problem('not-found', `There are no credentials for the registry ${host}. GET /v1/registries lists all.`);
  };

  return {
    listRegistries() {
      const byHost = users(store.all());
      return store
        .allSealed()
        .filter(({ kind }) => kind === KIND)
        .toSorted((a, b) => naturalOrder(a.name, b.name))
        .map((value) => view(value, byHost.get(value.name) ?? []));
    },
    dockerConfig: () => (dockerConfig === undefined ? null : dockerConfigView(dockerConfig, now())),
    getRegistry(text) {
      const host = hostOf(text);
      return view(find(store, host), usersOf(host));
    },
    async putRegistry(text, input, requester) {
      const host = hostOf(text);
      const credentials = readCredentials(input);
      if (!credentials.ok) throw invalidDefinition(credentials.faults);
      const place = { kind: KIND, name: host } as const;
      const username = shownUsername(credentials.value);
      const stored = await store.transact(async (tx) => {
        const count = tx.allSealed().filter(({ kind }) => kind === KIND).length;
        if (tx.sealed(KIND, host) === undefined && count >= MOST_SEALED) throw tooMany();
        const sealed = vault.seal(place, storedText(credentials.value));
        const value = await tx.putSealed({ ...place, username, sealed });
        tx.record(eventOf('SecretStored', value, requester));
        return value;
      });
      changed();
      return { kind: stored.version === 1 ? 'created' : 'updated', registry: view(stored, usersOf(host)) };
    },
    async deleteRegistry(text, requester) {
      const host = hostOf(text);
      await store.transact(async (tx) => {
        const value = find(tx, host);
        await tx.dropSealed(value);
        tx.record(eventOf('SecretRemoved', value, requester));
      });
      changed();
    },
  };
}

/** @param where tells where new credentials are set */
function usableFor({ reason, message }: Lasting, usual: 'Stored' | 'Configured', where: string): Usable {
  if (reason === 'Lasting') return { type: 'Usable', status: 'True', reason: usual, message };
  const status = reason === 'CredentialsExpired' ? 'False' : 'True';
  return { type: 'Usable', status, reason, message: `${message}. Set new ones with ${where}` };
}

function dockerConfigView({ file, read, hasHelper }: DockerConfigFile, now: Date): DockerConfigView {
  const config = read();
  if (!config.ok) return { file, fault: config.message, registries: [] };
  const { auths, helpers, store } = config.value;
  const programs = [...helpers, ...(store === undefined ? [] : [['*', store] as const])].map(([host, helper]) => ({
    ...{ host, helper, username: null },
    conditions: [helperCondition(helper, hasHelper(helper))],
  }));
  const own = [...auths]
    .filter(([host]) => store === undefined && !helpers.has(host))
    .map(([host, credentials]) => ({
      ...{ host, helper: null, username: shownUsername(credentials) },
      conditions: [usableFor(lastingOf(host, credentials, now), 'Configured', `docker login ${host}`)],
    }));
  return { file, fault: null, registries: [...own, ...programs].toSorted((a, b) => naturalOrder(a.host, b.host)) };
}

function helperCondition(helper: string, isThere: boolean): Usable {
  if (isThere) return { type: 'Usable', status: 'True', reason: 'HelperInstalled', message: '' };
  const message = `docker-credential-${helper} is not installed where Berth runs: install it, or store the credentials with PUT /v1/registries/HOST`;
  return { type: 'Usable', status: 'False', reason: 'HelperMissing', message };
}

/** Names of the definitions by the registry that their image comes from. */
function users(definitions: readonly Definition[]): ReadonlyMap<string, readonly string[]> {
  const byHost = new Map<string, string[]>();
  for (const { name, spec } of definitions) {
    const host = registryOf(spec.image);
    if (host === undefined) continue;
    const names = byHost.get(host);
    if (names === undefined) byHost.set(host, [name]);
    else names.push(name);
  }
  for (const names of byHost.values()) names.sort(naturalOrder);
  return byHost;
}

const tooMany = (): Problem =>
  invalidDefinition([
    { pointer: '', message: `at most ${MOST_SEALED} registries can be stored: delete one that is not used` },
  ]);

/** An event never has a value: not the sealed one either. */
const eventOf = (type: 'SecretStored' | 'SecretRemoved', value: SealedValue, requester: Requester): NewEvent => {
  const { name: registry, username, version } = value;
  const about = { registry, username, version };
  return {
    ...byClient(requester),
    type,
    reason: type === 'SecretStored' ? 'RegistryStored' : 'RegistryRemoved',
    message: `credentials for the registry ${registry} ${type === 'SecretStored' ? 'stored' : 'removed'}`,
    ...(type === 'SecretStored' ? { after: about } : { before: about }),
  };
};
