/** Seals values that must not be read from the database, and opens them. */

import type { NewEvent } from '../../domain/event.js';
import { Problem } from '../../domain/problems/problem.js';
import { placeOf, type SealedKind, type SealedValue } from '../../domain/secrets/sealed-value.js';
import { type Keyring, keyIdOf } from '../../lib/crypto/keyring.js';
import { naturalOrder } from '../../lib/natural-order.js';
import type { StateReads } from '../../store/state/memory.js';
import type { Store } from '../../store/types.js';
import { answer, checkUnanswered } from '../core/kept-answer.js';
import type { KeyedRequest } from '../core/options.js';
import { byClient, type Requester } from '../core/requester.js';

export interface Vault {
  seal(place: Pick<SealedValue, 'kind' | 'name'>, text: string): string;
  /** Opens a value; null if none of the keys does: it has to be set again. */
  open(value: SealedValue): string | null;
  /** Returns those of some values that have to be set again. */
  unreadable(values: readonly SealedValue[]): readonly Unreadable[];
}

/** Name of a value that no key opens. */
export type Unreadable = { readonly kind: SealedKind; readonly name: string };

export interface KeysView {
  /** Id of the key that seals new values. */
  readonly current: string;
  readonly keys: readonly { readonly id: string; readonly values: number }[];
  /** Values that no key opens, and that have to be set again. */
  readonly unreadable: readonly Unreadable[];
}

/** Outcome of a rotation, with the number of values that another key had sealed. */
export type Rotated = KeysView & { readonly resealed: number };

export interface SecretsKeyService {
  secretsKeys(): KeysView;
  /** Reads the key file again, and seals every value with its first key. @throws Problem `invalid-secrets-key` */
  rotateSecretsKeys(request: Requester & { readonly keyed?: KeyedRequest<Rotated> }): Promise<Rotated>;
}

/** @param readKeys reads the key file; throws an error with a sentence for a person */
export function createVault(
  store: Pick<StateReads, 'allSealed'> & Pick<Store, 'transact'>,
  readKeys: () => Keyring,
): Vault & SecretsKeyService {
  let ring = readKeys();

  const open = (value: SealedValue): string | null => ring.open(value.sealed, placeOf(value));

  function readAgain(): Keyring {
    try {
      return readKeys();
    } catch (error) {
      throw new Problem('invalid-secrets-key', `${(error as Error).message}.`, { cause: error });
    }
  }

  return {
    seal: (place, text) => ring.seal(text, placeOf(place)),
    open,
    unreadable: (values) => unreadableOf(values, ring),
    secretsKeys: () => keysView(store.allSealed(), ring),
    async rotateSecretsKeys({ keyed, ...requester }) {
      const next = readAgain();
      // Until everything is sealed with the new keys, those that have left the file are needed as well.
      const both = next.with(ring);
      ring = both;
      const rotated = await store.transact(async (tx) => {
        await checkUnanswered(tx, keyed);
        const outdated = tx.allSealed().filter(({ sealed }) => keyIdOf(sealed) !== ring.ids[0]);
        const opened = outdated.flatMap((value) => {
          const text = open(value);
          return text === null ? [] : [{ value, text }];
        });
        for (const { value, text } of opened) await tx.sealAgain(value, ring.seal(text, placeOf(value)));
        const message = `${opened.length} values sealed with the key ${ring.ids[0]}`;
        tx.record(resealedEvent(message, requester, { key: ring.ids[0], resealed: opened.length }));
        const outcome: Rotated = { ...keysView(tx.allSealed(), next), resealed: opened.length };
        await answer(tx, keyed, outcome);
        return outcome;
      });
      // Another rotation that began meanwhile goes on with its own keys.
      if (ring === both) ring = next;
      return rotated;
    },
  };
}

function keysView(values: readonly SealedValue[], ring: Keyring): KeysView {
  const used = values.map(({ sealed }) => keyIdOf(sealed));
  const keys = ring.ids.map((id) => ({ id, values: used.filter((one) => one === id).length }));
  return { current: ring.ids[0] ?? '', keys, unreadable: unreadableOf(values, ring) };
}

/** Returns the values that no key of the ring opens, by name. */
const unreadableOf = (values: readonly SealedValue[], ring: Keyring): readonly Unreadable[] =>
  values
    .filter((value) => ring.open(value.sealed, placeOf(value)) === null)
    .map(({ kind, name }) => ({ kind, name }))
    .toSorted((a, b) => naturalOrder(placeOf(a), placeOf(b)));

const resealedEvent = (message: string, requester: Requester, after: NewEvent['after']): NewEvent => ({
  ...byClient(requester),
  type: 'SecretsResealed',
  reason: 'KeyRotated',
  message,
  after,
});
