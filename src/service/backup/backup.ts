/**
 * Backups and restores: a restored backup takes effect in the database at once, and on the engine when a person
 * releases it.
 */

import type { Readable } from 'node:stream';
import type { Definition } from '../../domain/definition/definition.js';
import type { NewEvent } from '../../domain/event.js';
import { runsAfterRestore } from '../../domain/jobs/run.js';
import { Problem } from '../../domain/problems/problem.js';
import { andMore } from '../../domain/problems/summarise.js';
import type { Restored } from '../../domain/restored.js';
import { isSameJson } from '../../lib/canonical-json.js';
import type { OwnContainer } from '../../reconcile/observe/observed-state.js';
import type { PolicyRefusal } from '../../reconcile/plan/input/plan-input.js';
import { latestMade } from '../../reconcile/plan/restore-hold.js';
import type { Reconciler } from '../../reconcile/reconciler.js';
import type { Backups, Upload } from '../../store/backup/backups.js';
import type { StateReads } from '../../store/state/memory.js';
import type { Backup } from '../../store/storage.js';
import type { Store } from '../../store/types.js';
import type { Planning } from '../core/dry-run.js';
import { answer, checkUnanswered } from '../core/kept-answer.js';
import type { WriteOptions } from '../core/options.js';
import type { Vault } from '../secrets/vault.js';
import type {
  BackupCopy,
  HoldView,
  LaterView,
  ReleaseOutcome,
  RestoreOutcome,
  SentBackup,
  StrayView,
} from './views.js';

export interface BackupService {
  /** Takes a copy while everything goes on. */
  takeBackup(): Promise<BackupCopy>;
  /** Keeps an upload until it is restored or discarded. @param announcedBytes 0 where nothing was announced */
  receiveBackup(body: Readable, announcedBytes: number): Promise<SentBackup>;
  discardBackup(sent: SentBackup): void;
  /**
   * Replaces the stored state in one transaction. The engine stays as it is until {@link BackupService.release}.
   *
   * @throws Problem `invalid-backup`, `other-instance`
   */
  restore(
    sent: SentBackup,
    options: Pick<WriteOptions<RestoreOutcome>, 'dryRun' | 'requestId' | 'actor' | 'keyed'>,
  ): Promise<RestoreOutcome>;
  /** Describes what is paused after a restore, and the plan of a release. */
  hold(): Promise<HoldView>;
  /** Resumes work on the engine. @throws Problem `not-held`, `engine-unavailable` */
  release(
    input: { readonly strays: 'keep' | 'remove' },
    options: Pick<WriteOptions<ReleaseOutcome>, 'requestId' | 'actor' | 'keyed'>,
  ): Promise<ReleaseOutcome>;
}

export function createBackup(options: {
  readonly store: Store;
  readonly backups: Backups;
  readonly reconciler: Reconciler;
  readonly planning: Planning;
  readonly now: () => Date;
  readonly refusal: PolicyRefusal;
  readonly vault: Pick<Vault, 'unreadable'>;
}): BackupService {
  const { store, backups, reconciler, planning, now, refusal, vault } = options;
  const { hosts } = reconciler;
  const isComplete = (): boolean => [...hosts.all()].every(({ observed }) => observed.complete);
  const ownOf = (definition: Definition): readonly OwnContainer[] =>
    hosts.of(definition).observed.ownOf(definition.uid);

  /** Returns our containers that belong to no definition. */
  const orphans = (state: Pick<StateReads, 'byUid'> = store): readonly OwnContainer[] =>
    [...hosts.all()]
      .flatMap(({ observed }) => [...observed.allOwn()])
      .filter(({ owner }) => state.byUid(owner?.uid ?? '') === undefined);

  /** Returns the definitions whose container was made from a later generation than they have. */
  const later = (
    state: Pick<StateReads, 'byUid'> = store,
  ): readonly (LaterView & { readonly definition: Definition })[] =>
    store.all().flatMap(({ uid }) => {
      const definition = state.byUid(uid);
      if (definition === undefined) return [];
      const made = latestMade(ownOf(definition));
      const { name, generation } = definition;
      return made <= generation ? [] : [{ definition, container: name, generation, containerGeneration: made }];
    });

  /** Plans the changes that would follow without the hold, from definitions that are ahead of their containers. */
  async function planFor(all: readonly Definition[], state: StateReads): Promise<HoldView['plan']> {
    const definitions = all.map((definition) => ahead(definition, latestMade(ownOf(definition))));
    const changes = definitions.map((definition) => ({ kind: 'updated' as const, before: undefined, definition }));
    return (await planning(changes, { ...state, hold: () => null })) ?? null;
  }

  /** Returns the containers on the engine that a restored database calls adopted, and that were not adopted here. */
  const unverified = (): HoldView['unverified'] =>
    store.all().flatMap((definition) => {
      const { name, adopted } = definition;
      if (adopted === null || !store.restored().unverified.has(adopted.id)) return [];
      const container = hosts.of(definition).observed.foreign(adopted.id);
      return container === undefined
        ? []
        : [{ definition: name, id: container.id, name: container.name, state: container.state }];
    });

  async function hold(): Promise<HoldView> {
    const held = store.hold();
    const behind = isComplete() ? later() : [];
    const isHeld = held !== null || behind.length > 0;
    const kept = held === null ? behind.map(({ definition }) => definition) : store.all();
    return {
      held: isHeld,
      reason: held?.reason ?? (isHeld ? 'older' : null),
      since: held?.since.toISOString() ?? null,
      takenAt: held?.takenAt?.toISOString() ?? null,
      plan: isHeld ? await planFor(kept, store) : null,
      strays: isComplete() ? orphans().map(strayView) : [],
      later: behind.map(({ definition: _, ...view }) => view),
      unverified: unverified(),
    };
  }

  async function restore(upload: Upload, { dryRun, keyed, ...requester }: Parameters<BackupService['restore']>[1]) {
    const backup = await backups.check(upload);
    const outcomeOf = (kind: RestoreOutcome['kind']): RestoreOutcome => ({
      kind,
      takenAt: backup.takenAt?.toISOString() ?? null,
      instance: backup.instance ?? store.instance(),
      restored: backup.stored.definitions.length,
      replaced: store.all().length,
      unreadable: vault.unreadable(backup.stored.sealed),
    });
    checkInstance(backup, store);
    if (dryRun) return outcomeOf('dry-run');
    return reconciler.replaceAll(() =>
      store.restore(backup, async (tx) => {
        // The store has what was there until this is committed.
        checkInstance(backup, store);
        const outcome = outcomeOf('restored');
        await tx.setGenerations(outrun(backup, store.all()));
        if (backup.instance !== null) await tx.setInstance(backup.instance);
        // Its containers run on that network already.
        if (backup.stored.linksMoved) await tx.setLinksMoved();
        await tx.setRestored(unconfirmed(backup, store));
        await tx.setHold({ reason: 'restored', since: now(), takenAt: backup.takenAt });
        tx.record(restoredEvent(outcome, requester));
        await answer(tx, keyed, outcome);
        return outcome;
      }),
    );
  }

  async function release(
    { strays: handling }: { readonly strays: 'keep' | 'remove' },
    request: Parameters<BackupService['release']>[1],
  ) {
    const { keyed, ...requester } = request;
    const unseen = [...hosts.all()].find(({ observed }) => !observed.complete);
    if (unseen !== undefined) throw notSeen(unseen.observed.engine.message);
    const outcome = await store.transact(async (tx) => {
      await checkUnanswered(tx, keyed);
      const behind = later(tx);
      if (tx.hold() === null && behind.length === 0) throw notHeld();
      await tx.setGenerations(
        new Map(behind.map(({ definition, containerGeneration }) => [definition.uid, containerGeneration + 1])),
      );
      const held = tx.hold();
      if (held !== null) {
        await tx.setHold(null);
        const runs = [...store.all()].flatMap((job) => runsAfterRestore(job, tx.runsOf(job.uid), held.since, now()));
        for (const run of runs) await tx.putRun(run);
      }
      await tx.confirmRestored({ uids: allowed(tx) });
      const removed = handling === 'remove' ? orphans(tx) : [];
      for (const container of removed) tx.discard(discardedEvent(container, requester));
      const done: ReleaseOutcome = { released: true, strays: removed.map(strayView) };
      tx.record(releasedEvent(done, requester));
      await answer(tx, keyed, done);
      return done;
    });
    reconciler.released();
    return outcome;
  }

  /** Restored definitions that the policy allows now. */
  const allowed = (state: StateReads): readonly string[] =>
    [...state.restored().undeclared].filter((uid) => {
      const definition = state.byUid(uid);
      return definition === undefined || refusal(definition.spec, (name) => state.byName(name)?.spec) === null;
    });

  return {
    takeBackup: backups.take,
    receiveBackup: backups.receive,
    discardBackup: backups.discard,
    restore,
    hold,
    release,
  };
}

/** A definition whose generation is above that of every container that was made from it. */
const ahead = (definition: Definition, made: number): Definition =>
  made <= definition.generation ? definition : { ...definition, generation: made + 1 };

/**
 * A restore is a change: what it changes gets the next generation, and not one that somebody has seen with another spec.
 *
 * @param live the definitions in whose place the restored ones come
 * @returns by uid, those that become others
 */
function outrun({ stored }: Backup, live: readonly Definition[]): ReadonlyMap<string, number> {
  const present = new Map(live.map((definition) => [definition.uid, definition]));
  return new Map(
    stored.definitions.flatMap(({ uid, generation, spec }) => {
      const last = present.get(uid);
      const isAsItWas = last === undefined || isSameJson(last.spec, spec);
      const next = isAsItWas ? Math.max(generation, last?.generation ?? 0) : Math.max(generation, last.generation + 1);
      return next === generation ? [] : [[uid, next] as const];
    }),
  );
}

/**
 * Returns the parts of a backup that this server can't confirm: definitions that differ from those declared here, and
 * adoptions.
 */
function unconfirmed({ stored }: Backup, live: StateReads): Restored {
  const { undeclared } = live.restored();
  const isDeclaredHere = ({ uid, spec }: Definition): boolean =>
    !undeclared.has(uid) && isSameJson(live.byUid(uid)?.spec ?? null, spec);
  const isAdoptedHere = ({ uid }: Definition, id: string): boolean => live.adopterOf(id)?.uid === uid;
  return {
    undeclared: new Set(stored.definitions.filter((one) => !isDeclaredHere(one)).map(({ uid }) => uid)),
    unverified: new Set(
      stored.definitions.flatMap((one) =>
        one.adopted === null || isAdoptedHere(one, one.adopted.id) ? [] : [one.adopted.id],
      ),
    ),
  };
}

/** Containers are known by their instance: under another one those of the present definitions would be lost from sight. */
function checkInstance({ instance }: Backup, store: Store): void {
  if (instance === null || instance === store.instance()) return;
  if (store.askedInstance !== undefined) {
    throw new Problem(
      'other-instance',
      `The backup belongs to instance ${instance}, but BERTH_INSTANCE is ${store.askedInstance}. Unset it or set it to the instance of the backup, and restart Berth.`,
    );
  }
  const count = store.all().length;
  if (count === 0) return;
  throw new Problem(
    'other-instance',
    `The backup belongs to instance ${instance}, but this is ${store.instance()} with ${count} definitions, whose containers Berth would lose track of. Delete them first, or restore into an empty data folder.`,
  );
}

const notHeld = (): Problem =>
  new Problem(
    'not-held',
    'The reconciler is not paused, so there is nothing to release. GET /v1/restore shows the state.',
  );

const notSeen = (message: string): Problem =>
  new Problem(
    'engine-unavailable',
    `Planning and releasing a restore need the container engine, which is not reachable${message === '' ? '' : `: ${message}`}.`,
    { retryAfterSeconds: 5 },
  );

const strayView = ({ id, name, owner, state, bindings }: OwnContainer): StrayView => ({
  id,
  name,
  uid: owner?.uid ?? '',
  generation: owner?.generation ?? 0,
  state,
  ports: bindings,
});

type Requester = Pick<WriteOptions, 'requestId' | 'actor'>;
type Written = Pick<NewEvent, 'by' | 'requestId' | 'actor' | 'before'>;
const written = ({ requestId, actor }: Requester): Written => ({
  by: 'client',
  actor: actor ?? null,
  requestId: requestId ?? null,
  before: null,
});

/** Names what the key that sealed it is missing for. */
function unreadableText(unreadable: RestoreOutcome['unreadable']): string {
  if (unreadable.length === 0) return '';
  const names = unreadable.slice(0, MOST_NAMED).map(({ kind, name }) => `${kind} ${name}`);
  return `; to be set again, since the key that sealed it is missing: ${names.join(', ')}${andMore(unreadable.length - names.length)}`;
}

/** Limit of names in one message. */
const MOST_NAMED = 20;

const restoredEvent = (
  { takenAt, restored, replaced, instance, unreadable }: RestoreOutcome,
  requester: Requester,
): NewEvent => ({
  ...written(requester),
  type: 'Restored',
  container: '',
  uid: '',
  reason: 'BackupRestored',
  message: `restored a backup ${takenAt === null ? '' : `taken at ${takenAt} `}with ${restored} definitions; the reconciler is paused until POST /v1/restore/release${unreadableText(unreadable)}`,
  before: { definitions: replaced },
  after: { definitions: restored, takenAt, instance },
});

const releasedEvent = ({ strays }: ReleaseOutcome, requester: Requester): NewEvent => ({
  ...written(requester),
  type: 'Released',
  container: '',
  uid: '',
  reason: 'Released',
  message: `restore released: the reconciler is running again; orphaned containers to remove: ${strays.length}`,
  after: { strays: strays.map(({ name }) => name) },
});

const discardedEvent = ({ name, owner, id }: OwnContainer, requester: Requester): Omit<NewEvent, 'type'> => ({
  ...written(requester),
  container: name,
  uid: owner?.uid ?? '',
  reason: 'Discarded',
  message: `the orphaned container ${id.slice(0, 12)} will be removed`,
  after: null,
});
