/** Commits every change of the desired state: the transaction, its events, and the wakes that follow. */

import {
  type Definition,
  SECRET_FIELDS,
  SECRET_PARTS,
  SECRET_TEXTS,
  type Spec,
} from '../../domain/definition/definition.js';
import { changedFields, type Fields, type NewEvent } from '../../domain/event.js';
import type { Breathe } from '../../reconcile/plan/dry-run/dry-run.js';
import type { Reconciler } from '../../reconcile/reconciler.js';
import type { StateReads } from '../../store/state/memory.js';
import type { Store, StoreTransaction } from '../../store/types.js';
import { declares, type Policies } from '../access/policy.js';
import type { Change } from './change.js';
import { answer, checkUnanswered } from './kept-answer.js';
import type { WriteOptions } from './options.js';
import { checkSecrets } from './write-checks.js';

/** `rehearsed`: undone, with the state as it would be. */
type Committed<T> =
  | { readonly kind: 'committed'; readonly changes: readonly Change[]; readonly outcome: T }
  | { readonly kind: 'rehearsed'; readonly changes: readonly Change[]; readonly desired: StateReads };

/** Thrown out of a transaction to undo it, with the result that it would have had. */
class Rehearsal {
  readonly changes: readonly Change[];
  readonly desired: StateReads;
  constructor(changes: readonly Change[], desired: StateReads) {
    this.changes = changes;
    this.desired = desired;
  }
}

export type Commit = <T>(
  options: WriteOptions<T>,
  work: (tx: StoreTransaction) => Promise<readonly Change[]>,
  /** Returns the client's answer, as of the commit. */
  outcomeOf: (changes: readonly Change[], state: StateReads) => T | Promise<T>,
) => Promise<Committed<T>>;

export function createCommit({
  store,
  reconciler,
  policies,
  slices = () => async () => undefined,
}: {
  readonly store: Store;
  readonly reconciler: Reconciler;
  readonly policies: Pick<Policies, 'check'>;
  /** Cuts the work of one request into slices; by default nothing is cut. */
  readonly slices?: (() => Breathe) | undefined;
}): Commit {
  return async (options, work, outcomeOf) => {
    const breathe = slices();
    try {
      const done = await store.transact(async (tx) => {
        const { keyed, requestId = null, actor = null, dryRun } = options;
        await checkUnanswered(tx, keyed);
        const changes = await work(tx);
        checkSecrets(tx, changes);
        await policies.check(changes, (name) => tx.byName(name)?.spec);
        await tx.confirmRestored({ uids: changes.filter(declares).map(({ definition }) => definition.uid) });
        if (dryRun) throw new Rehearsal(changes, tx);
        for (const change of changes) {
          await breathe();
          for (const event of eventsOf(change)) tx.record({ ...event, requestId, actor });
        }
        const outcome = await outcomeOf(changes, tx);
        await answer(tx, keyed, outcome);
        return { changes, outcome };
      });
      for (const { kind, definition } of done.changes) {
        await breathe();
        if (kind !== 'unchanged') reconciler.changed(definition.uid, options.requestId);
      }
      return { kind: 'committed', ...done };
    } catch (thrown) {
      if (thrown instanceof Rehearsal) return { kind: 'rehearsed', changes: thrown.changes, desired: thrown.desired };
      throw thrown;
    }
  };
}

/**
 * Replaces the answer that was kept at the commit by the one that a waiting client gets. If the client has left, it
 * gets none and may have sent the request again: then the first answer stays.
 */
export type Kept = <T>(options: WriteOptions<T>, committed: T, outcome: T) => Promise<T>;

export function createKept(store: Store): Kept {
  return async ({ keyed, signal }, committed, outcome) => {
    if (keyed === undefined) return outcome;
    return store.transact(async (tx) => {
      if (signal?.aborted) return committed;
      await answer(tx, keyed, outcome);
      return outcome;
    });
  };
}

type ClientEvent = Omit<NewEvent, 'requestId' | 'actor'>;

function eventsOf({ kind, before, definition }: Change): readonly ClientEvent[] {
  if (kind === 'unchanged') return [];
  const { name: container, uid, spec, generation } = definition;
  const event = (type: ClientEvent['type'], reason: string, message: string, fields: Partial<ClientEvent> = {}) => ({
    type,
    container,
    uid,
    reason,
    message,
    by: 'client' as const,
    before: null,
    after: null,
    ...fields,
  });
  if (before === undefined && definition.adopted !== null) {
    const message = `adopted the container ${definition.adopted.id.slice(0, 12)} as it is`;
    return [event('Adopted', 'Adopted', message, { after: withoutSecrets(spec) })];
  }
  if (before === undefined)
    return [event('Created', 'Declared', 'definition created', { after: withoutSecrets(spec) })];
  const events: ClientEvent[] = [];
  if (definition.deletionRequestedAt !== null && before.deletionRequestedAt === null) {
    events.push(event('DeletionRequested', 'Deleted', 'deletion requested'));
  }
  if (generation !== before.generation || definition.set !== before.set) {
    const fields = specChanges(before, definition);
    const names = Object.keys({ ...fields.before, ...fields.after });
    events.push(event('Updated', 'Changed', `changed: ${names.join(', ')}`, fields));
  }
  if (definition.restartOf !== before.restartOf) {
    events.push(event('RestartRequested', 'Restart', 'restart requested'));
  }
  return events;
}

function specChanges(before: Definition, after: Definition): { readonly before: Fields; readonly after: Fields } {
  const changes = changedFields({ ...before.spec, set: before.set }, { ...after.spec, set: after.set });
  const secret = [...SECRET_FIELDS].filter((field) => field in changes.before || field in changes.after);
  const changed = secret.map(
    (field) => [field, changedFields(before.spec[field] ?? {}, after.spec[field] ?? {})] as const,
  );
  return {
    before: {
      ...namesOfParts(changes.before),
      ...Object.fromEntries(changed.map(([field, values]) => [field, names(values.before)])),
    },
    after: {
      ...namesOfParts(changes.after),
      ...Object.fromEntries(changed.map(([field, values]) => [field, names(values.after)])),
    },
  };
}

/** Returns the fields of a spec with its secrets' names instead of their values. */
const withoutSecrets = (spec: Spec): Fields => ({
  ...namesOfParts(spec),
  ...Object.fromEntries(
    [...SECRET_FIELDS].flatMap((field) => (spec[field] === undefined ? [] : [[field, names(spec[field])]])),
  ),
});

/** Returns fields in which parts that hold secrets have their names alone, without texts that are secrets. */
const namesOfParts = (fields: object): Fields => withoutParts(fields) as Fields;

function withoutParts(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutParts);
  if (value === null || typeof value !== 'object' || value instanceof Date) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, inner]) => typeof inner !== 'string' || !SECRET_TEXTS.has(key))
      .map(([key, inner]) => [key, SECRET_PARTS.has(key) ? names(inner) : withoutParts(inner)]),
  );
}

const names = (fields: Fields): readonly string[] => Object.keys(fields).sort();
