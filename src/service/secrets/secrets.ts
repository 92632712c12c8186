/** Secrets that containers use: written by clients, and returned to nobody. */

import type { Definition } from '../../domain/definition/definition.js';
import { unprintable } from '../../domain/definition/printable.js';
import type { NewEvent } from '../../domain/event.js';
import { Problem } from '../../domain/problems/problem.js';
import type { FieldFault } from '../../domain/problems/result.js';
import { MOST_SEALED, type SealedValue } from '../../domain/secrets/sealed-value.js';
import { isSecretName, MOST_SECRET_BYTES, SECRET_NAME_RULE, secretsOf } from '../../domain/secrets/secret-refs.js';
import { naturalOrder } from '../../lib/natural-order.js';
import { listed } from '../../lib/sentence.js';
import type { Reconciler } from '../../reconcile/reconciler.js';
import type { StateReads } from '../../store/state/memory.js';
import type { Store, StoreTransaction } from '../../store/types.js';
import type { Policies } from '../access/policy.js';
import type { Change } from '../core/change.js';
import type { Planning } from '../core/dry-run.js';
import type { PlanView } from '../core/plan-view.js';
import { byClient, type Requester } from '../core/requester.js';
import { invalidDefinition } from '../core/write-checks.js';
import type { Vault } from './vault.js';

export interface SecretView {
  readonly name: string;
  /** Rises by one with each value that differs from the one before. */
  readonly version: number;
  /** RFC 3339. */
  readonly createdAt: string;
  readonly updatedAt: string;
  /** The definitions that use it. */
  readonly usedBy: readonly string[];
  readonly conditions: readonly {
    readonly type: 'Usable';
    readonly status: 'True' | 'False';
    readonly reason: 'Stored' | 'SecretUnreadable';
    readonly message: string;
  }[];
  /** Steps on the engine; only in the reply to a dry run. */
  readonly plan?: PlanView;
}

export interface SecretOutcome {
  readonly kind: 'created' | 'updated' | 'unchanged' | 'dry-run';
  readonly secret: SecretView;
}

export interface SecretService {
  listSecrets(): readonly SecretView[];
  /** @throws Problem `not-found` */
  getSecret(name: string): SecretView;
  /**
   * Stores a value; another one is a change of every definition that uses it.
   * @throws Problem `invalid-definition`, `policy-denied` if the policy refuses a definition that uses it
   */
  putSecret(name: string, value: string, options: Requester & { readonly dryRun: boolean }): Promise<SecretOutcome>;
  /** @throws Problem `not-found`, `in-use` */
  deleteSecret(name: string, requester: Requester): Promise<void>;
}

const KIND = 'secret';

/** Thrown out of a transaction to undo it, with what it would have led to. */
class Rehearsal {
  readonly outcome: SecretOutcome;
  constructor(outcome: SecretOutcome) {
    this.outcome = outcome;
  }
}

export function createSecrets(options: {
  readonly store: Store;
  readonly vault: Vault;
  readonly reconciler: Reconciler;
  readonly planning: Planning;
  readonly policies: Pick<Policies, 'check'>;
}): SecretService {
  const { store, vault, reconciler, planning, policies } = options;

  const usersOf = (name: string): readonly Definition[] =>
    store.all().filter(({ spec }) => secretsOf(spec).includes(name));

  function view(value: SealedValue): SecretView {
    const { name, version, createdAt, updatedAt } = value;
    const isReadable = vault.open(value) !== null;
    return {
      ...{ name, version },
      createdAt: createdAt.toISOString(),
      updatedAt: updatedAt.toISOString(),
      usedBy: usersOf(name)
        .map((definition) => definition.name)
        .toSorted(naturalOrder),
      conditions: [
        isReadable
          ? { type: 'Usable', status: 'True', reason: 'Stored', message: '' }
          : {
              ...{ type: 'Usable', status: 'False', reason: 'SecretUnreadable' },
              message: `the key that sealed this secret is missing: set it again with PUT /v1/secrets/${name}`,
            },
      ],
    };
  }

  const find = (state: Pick<StateReads, 'sealed'>, name: string): SealedValue => {
    const value = state.sealed(KIND, name);
    if (value !== undefined) return value;
    throw new Problem('not-found', `Secret ${JSON.stringify(name)} not found. GET /v1/secrets lists all secrets.`);
  };

  /** Gives every definition that uses the secret its next generation. */
  async function changeUsers(
    tx: StoreTransaction,
    value: SealedValue,
    requester: Requester,
  ): Promise<readonly Change[]> {
    const users = usersOf(value.name).flatMap(({ uid }) => tx.byUid(uid) ?? []);
    const changes: Change[] = [];
    for (const before of users.filter(({ deletionRequestedAt }) => deletionRequestedAt === null)) {
      const definition = await tx.replaceSpec(before.uid, before.spec);
      changes.push({ kind: 'updated', before, definition });
      tx.record(userChanged(definition, value, requester));
    }
    // Each gets a new container, so the policy has to allow the whole of it.
    await policies.check(
      changes.map(({ kind, definition }) => ({ kind, definition, before: undefined, placeOf: placeIn(definition) })),
      (other) => tx.byName(other)?.spec,
    );
    return changes;
  }

  async function storeValue(tx: StoreTransaction, name: string, value: string): Promise<SealedValue | undefined> {
    const before = tx.sealed(KIND, name);
    if (before !== undefined && vault.open(before) === value) return undefined;
    const count = tx.allSealed().filter(({ kind }) => kind === KIND).length;
    if (before === undefined && count >= MOST_SEALED) throw tooMany();
    const place = { kind: KIND, name } as const;
    return tx.putSealed({ ...place, username: null, sealed: vault.seal(place, value) });
  }

  return {
    listSecrets: () =>
      store
        .allSealed()
        .filter(({ kind }) => kind === KIND)
        .toSorted((a, b) => naturalOrder(a.name, b.name))
        .map(view),
    getSecret: (name) => view(find(store, name)),
    async putSecret(name, value, { dryRun, ...requester }) {
      checkInput(name, value);
      try {
        const done = await store.transact(async (tx) => {
          const stored = await storeValue(tx, name, value);
          if (stored === undefined) return { kind: 'unchanged', value: find(tx, name), changes: [] } as const;
          const changes = await changeUsers(tx, stored, requester);
          if (dryRun) {
            const plan = await planning(changes, tx);
            throw new Rehearsal({ kind: 'dry-run', secret: { ...view(stored), ...(plan && { plan }) } });
          }
          tx.record(eventOf('SecretStored', stored, requester));
          return { kind: stored.version === 1 ? 'created' : 'updated', value: stored, changes } as const;
        });
        for (const { definition } of done.changes) reconciler.changed(definition.uid, requester.requestId);
        return { kind: done.kind, secret: view(done.value) };
      } catch (thrown) {
        if (thrown instanceof Rehearsal) return thrown.outcome;
        throw thrown;
      }
    },
    async deleteSecret(name, requester) {
      await store.transact(async (tx) => {
        const value = find(tx, name);
        const users = usersIn(tx, usersOf(name), name);
        if (users.length > 0) {
          const detail = `${listed(users)} ${users.length === 1 ? 'uses' : 'use'} the secret ${name}. Delete the containers or change them first.`;
          throw new Problem('in-use', detail);
        }
        await tx.dropSealed(value);
        tx.record(eventOf('SecretRemoved', value, requester));
      });
    },
  };
}

/** Names of those of some definitions that still use a secret in a transaction. */
const usersIn = (tx: StateReads, candidates: readonly Definition[], secret: string): readonly string[] =>
  candidates.flatMap(({ uid }) => {
    const now = tx.byUid(uid);
    return now !== undefined && secretsOf(now.spec).includes(secret) ? [now.name] : [];
  });

/** @throws Problem with every fault, none of which repeats the value */
function checkInput(name: string, value: string): void {
  if (!isSecretName(name)) {
    throw new Problem('invalid-definition', `/name: ${SECRET_NAME_RULE}.`, {
      faults: [{ in: 'path', pointer: '/name', message: SECRET_NAME_RULE }],
    });
  }
  const bytes = Buffer.byteLength(value);
  const message =
    bytes > MOST_SECRET_BYTES
      ? `has ${bytes} bytes; a secret may have at most ${MOST_SECRET_BYTES}`
      : unprintable(value);
  if (message !== undefined) throw invalidDefinition([{ pointer: '/value', message }]);
}

const tooMany = (): Problem =>
  invalidDefinition([
    { pointer: '', message: `at most ${MOST_SEALED} secrets can be stored: delete one that is not used` },
  ]);

/** Places a fault of a definition at the value whose change needs it. */
const placeIn =
  ({ name }: Definition) =>
  ({ pointer, message }: FieldFault): FieldFault => ({
    pointer: '/value',
    message: `changes the container ${name}, whose ${pointer} the policy refuses: ${message}`,
  });

/** An event never has a value: not the sealed one either. */
const eventOf = (type: 'SecretStored' | 'SecretRemoved', { name, version }: SealedValue, by: Requester): NewEvent => ({
  ...byClient(by),
  type,
  reason: type,
  message: `secret ${name} ${type === 'SecretStored' ? `stored, version ${version}` : 'removed'}`,
  ...(type === 'SecretStored' ? { after: { secret: name, version } } : { before: { secret: name, version } }),
});

const userChanged = (
  { name: container, uid }: Definition,
  { name, version }: SealedValue,
  by: Requester,
): NewEvent => ({
  ...byClient(by),
  ...{ type: 'Updated', container, uid, reason: 'SecretChanged' },
  message: `the secret ${name} changed to version ${version}`,
  after: { secret: name, version },
});
