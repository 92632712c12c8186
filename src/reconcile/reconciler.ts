import type { Condition } from '../domain/definition/condition.js';
import type { Definition, Protocol } from '../domain/definition/definition.js';
import { isUp } from '../engine/container-state.js';
import type { Engine } from '../engine/engine.js';
import type { Clock } from '../lib/clock.js';
import type { Log } from '../observability/logger.js';
import { doneFor } from '../observability/trace.js';
import { createEngineDisk, DISK_FULL, type FullDisk } from './loop/engine-disk.js';
import { createQueue, type Queue, type WorkContext, type WorkResult } from './loop/queue.js';
import { createRetryState, type Worked } from './loop/retry-state.js';
import { createRunGuard, type RunGuard } from './loop/run-guard.js';
import { createSweep } from './loop/sweep.js';
import { createWorker, type WorkOutcome } from './loop/worker.js';
import { bindingsOf } from './observe/bindings.js';
import { createObservedState, type ObservedState, type OwnContainer } from './observe/observed-state.js';
import { createObserver } from './observe/observer.js';
import { retiredName, servingHosts } from './plan/candidates.js';
import { type Breathe, type DryRun, type DryRunState, dryRun } from './plan/dry-run.js';
import { isEmpty, plan } from './plan/plan.js';
import { createPlanInputs, type PlanInputs, type PolicyRefusal } from './plan/plan-input.js';
import { HELD } from './plan/restore-hold.js';
import type { Standing } from './plan/waits.js';
import type { Attempt } from './status/conditions.js';
import { createEventRecorder, type ReconcilerEvent } from './status/event-recorder.js';
import { createPortFindings } from './status/port-findings.js';
import { createStatusBoard, type StatusBoard } from './status/status-board.js';
import type { Telemetry } from './status/telemetry.js';
import type { DesiredState, ReconcilerStore } from './store.js';

export interface Reconciler {
  start(): void;
  /** Takes no new work, lets running work end, and resolves. */
  stop(): Promise<void>;
  /** Notes that a request has written a definition: to be called after the commit. */
  changed(uid: string, requestId?: string): void;
  /**
   * Runs `replace`, which replaces all definitions, while no work is under way; then forgets the state of the previous
   * ones. If it throws, it has changed nothing.
   */
  replaceAll<T>(replace: () => Promise<T>): Promise<T>;
  /** Releases the hold after a restore: everything is looked at again. */
  released(): void;
  /** Simulates the work on definitions, stored or not. @throws EngineError if the engine can't be queried */
  forecast(definitions: readonly Definition[], desired: DryRunState): Promise<DryRun>;
  /** Passes the result of a port check to the status of a definition; null: no port leads nowhere. */
  portsChecked(uid: string, container: Pick<OwnContainer, 'id' | 'startedAt'>, unreachable: string | null): void;
  /** Calls after the complete look at the engine that follows each reconnection; the answer ends it. */
  onReconnected(listener: () => void): () => void;
  /** Returns the full disk of the engine, and since when; null if the disk has room. */
  fullDisk(): FullDisk | null;
  /** True if no definition is being worked on, and none waits to be looked at. */
  isAtRest(): boolean;
  readonly observed: ObservedState;
  readonly status: StatusBoard;
  readonly queue: Pick<Queue, 'depth' | 'oldestMs'>;
}

/**
 * The loop: wakes on writes, events and relists, and has the worker bring each definition further. A lost, doubled or
 * late wake costs time, never correctness.
 */
export function createReconciler(options: {
  /** Cuts one long piece of work into slices; by default nothing is cut. */
  readonly slices?: () => Breathe;
  readonly store: ReconcilerStore;
  readonly engine: Engine;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Log;
  readonly telemetry: Telemetry;
  /** Definitions worked on at once. */
  readonly places: number;
  /** Policy that refuses specs; by default it refuses nothing. */
  readonly refusal?: PolicyRefusal;
  /** Keeps the starts of recipients apart from their sources' starts and stops. */
  readonly guard?: RunGuard;
}): Reconciler {
  const { store, engine, clock, random, log, telemetry, places, guard = createRunGuard() } = options;
  const observed = createObservedState(clock.now());
  const attempts = createRetryState(observed, clock);
  const disk = createEngineDisk(clock, () => wakeTroubled((attempt) => reasonOf(attempt) === DISK_FULL));
  const memory = { ...attempts, diskFull: disk.blocks };
  const knownOf = (desired: DesiredState): PlanInputs => createPlanInputs(desired, observed, memory, options.refusal);
  const known = knownOf(store);
  const journal = createEventRecorder({ record: store.record, clock, log });
  /** The requests whose changes are being worked on. */
  const requests = new Map<string, string>();
  const ports = createPortFindings();
  const status = createStatusBoard({
    store,
    observed,
    knownOf,
    clock,
    attemptOf: attempts.of,
    unreachable: ports.of,
    transition,
  });
  const reconnectedListeners = new Set<() => void>();
  /** Start of the connection at the last complete look. */
  let connectedSince: Date | undefined;
  const queue = createQueue({ work, places, clock, random });
  const sweep = createSweep<Look>({
    slices: options.slices,
    // Without a complete picture there is nothing to compare: the relist that completes it requests its own visits.
    visit: (uid, look) => (look === 'plan' && observed.complete ? lookAt(uid) : status.touch(uid)),
    merge: (before, after) => (before === 'plan' ? before : after),
    failed: (uid, err) => log.error({ uid, err }, 'a definition could not be looked at'),
  });

  const observer = createObserver({
    engine,
    observed,
    instance: store.instance,
    adopterOf: store.adopterOf,
    clock,
    random,
    log,
    events: {
      ownChanged,
      foreignChanged: () =>
        wakeTroubled((attempt) =>
          /^(HostPortInUse|NameTaken|NameChanging|RolledBack|AdoptionUnverified)$/.test(reasonOf(attempt)),
        ),
      imagesChanged: () => wakeTroubled((attempt) => conditionOf(attempt) === 'ImageAvailable'),
      notSeen: (uid) => queue.wake(uid),
      relisted,
      reachabilityChanged: () => sweep.visit(uids(), 'status'),
    },
  });

  const worker = createWorker({
    store,
    engine,
    observed,
    observer,
    known,
    attempts,
    disk,
    clock,
    log,
    telemetry,
    sourceIds,
    guard,
    record,
    note,
    flush: journal.flush,
    watch: status.watch,
  });

  /** Has the worker bring a definition further, in the name of the request that it is for, and measures that. */
  async function work(uid: string, context: WorkContext): Promise<WorkResult> {
    const begun = clock.monotonic();
    const requestId = requests.get(uid);
    const outcome = await doneFor({ requestId }, () =>
      worker.work(uid, { ...context, isRequested: requestId !== undefined }),
    );
    conclude(uid, outcome);
    disk.release(uid);
    telemetry.worked(outcome.next.kind, (clock.monotonic() - begun) / 1000);
    return outcome.next;
  }

  /** Records the result of work on a definition, and wakes the definitions that it concerns. */
  function conclude(uid: string, { worked, attempt, events = [], settled, isGone, removed }: WorkOutcome): void {
    const definition = store.byUid(uid);
    if (definition !== undefined && attempt !== undefined) record(worked ?? definition, attempt);
    if (definition !== undefined) for (const event of events) note(definition, event);
    // A write that came meanwhile has yet to be worked on.
    if (settled !== undefined && settled === definition) requests.delete(uid);
    if (removed !== undefined) wakeRecipients(removed, 'plain');
    if (isGone === true) forget(uid);
  }

  function record(worked: Worked, attempt: Attempt): void {
    const before = { standing: attempts.standingOf(worked), isAtWork: attempts.isAtWork(worked.uid) };
    attempts.set(worked, attempt);
    status.touch(worked.uid);
    wakeOthers(worked.uid, before);
  }

  function note(definition: Definition, entry: ReconcilerEvent): void {
    journal.note(definition, requests.get(definition.uid), entry);
  }

  function forget(uid: string): void {
    worker.forget(uid);
    attempts.forget(uid);
    status.forget(uid);
    journal.forget(uid);
    guard.forget(uid);
    requests.delete(uid);
  }

  function transition(definition: Definition, before: Condition, after: Condition): void {
    // Without the engine every Ready is Unknown, and says so. Exposed follows from the definition alone.
    if (after.type === 'EngineReachable' || after.type === 'Exposed') return;
    if (PASSING.has(after.reason) || (after.type !== 'Ready' && after.status !== 'False')) return;
    note(definition, {
      type: 'ConditionChanged',
      reason: after.reason,
      message: `${after.type} is ${after.status}${after.message === '' ? '' : `: ${after.message}`}`,
      before: { [before.type]: before.status, reason: before.reason },
      after: { [after.type]: after.status, reason: after.reason },
    });
  }

  /** Wakes the recipients of a definition; their work counts for the request that changes the source. */
  function wakeRecipients(name: string, urgency: 'plain' | 'urgent'): void {
    const requestId = requests.get(store.byName(name)?.uid ?? '');
    for (const recipient of store.recipientsOf(name)) {
      if (requestId !== undefined) requests.set(recipient.uid, requestId);
      status.touch(recipient.uid);
      queue.wake(recipient.uid, urgency);
    }
  }

  function ownChanged(before: OwnContainer | undefined, after: OwnContainer | undefined): void {
    const uid = (after ?? before)?.owner?.uid ?? '';
    status.touch(uid);
    queue.wake(uid, isLoss(before, after) ? 'prompt' : 'plain');
    for (const { protocol, hostPort } of before?.bindings ?? []) {
      const isFree = after === undefined || bindingsOf(after).at(protocol, hostPort).length === 0;
      if (isFree) wakeClaimants(uid, protocol, hostPort);
    }
    if (after === undefined) for (const { hostPort } of before?.published ?? []) wakeHolders(uid, hostPort);
    if (before !== undefined && before.name !== after?.name) wakeNamesake(before.name, uid);
    const definition = store.byUid(uid);
    if (definition === undefined) return;
    wakeRecipients(definition.name, after?.state === 'running' && before?.state !== 'running' ? 'urgent' : 'plain');
    const appeared = before === undefined || after === undefined || before.name !== after.name;
    if (appeared) observer.look(sourceIds(definition));
  }

  /** True if the current container may no longer work: the repair then skips any backoff. */
  const isLoss = (before: OwnContainer | undefined, after: OwnContainer | undefined): boolean =>
    before !== undefined &&
    (after === undefined ||
      before.name !== after.name ||
      (isUp(before) && !isUp(after)) ||
      (before.state !== 'paused' && after.state === 'paused'));

  /**
   * Wakes the definitions that waited for a host port that one of our containers has released, for their change or for
   * their previous container.
   */
  function wakeClaimants(uid: string, protocol: Protocol, hostPort: number): void {
    for (const claim of store.claims(protocol, { from: hostPort, to: hostPort })) {
      if (claim.uid !== uid) queue.wake(claim.uid, 'urgent');
    }
    for (const { owner } of observed.publishersOf(hostPort)) {
      if (owner !== null && owner.uid !== uid) queue.wake(owner.uid, 'urgent');
    }
  }

  /**
   * Wakes the definitions that keep a previous container, since a container that is gone might have needed this host
   * port again.
   */
  function wakeHolders(uid: string, hostPort: number): void {
    for (const { id } of observed.bindersOf(hostPort)) {
      const owner = observed.own(id)?.owner;
      if (owner != null && owner.uid !== uid) queue.wake(owner.uid);
    }
  }

  /**
   * Wakes the definitions whose plans follow from the result of the work on this one. One can end a cycle of waits, now
   * that its last member is known to wait. Others released their ports for a change that is stuck, and have to take
   * them back. The rest exchange host ports with this one, and keep their previous containers until its work has ended.
   */
  function wakeOthers(uid: string, before: { readonly standing: Standing; readonly isAtWork: boolean }): void {
    const definition = store.byUid(uid);
    if (definition === undefined) return;
    const standing = attempts.standingOf(definition);
    if (standing === 'waiting') {
      const releaser = known.releaserOf(definition);
      // The releaser may be this one, if it was planned before the others were known to wait. Woken once, since nothing
      // else may have changed.
      if (releaser !== undefined && (releaser.uid !== uid || before.standing !== 'waiting')) queue.wake(releaser.uid);
    }
    if (standing === 'stuck' && before.standing !== 'stuck') wakeWaiting(definition, new Set([uid]));
    if (!before.isAtWork || attempts.isAtWork(uid)) return;
    for (const partner of known.exchangePartners(definition)) queue.wake(partner.uid);
  }

  /** Wakes the definitions that wait for this one, directly or through others. */
  function wakeWaiting(definition: Definition, seen: Set<string>): void {
    const recipients = store.recipientsOf(definition.name).map(({ uid }) => uid);
    for (const uid of [...recipients, ...known.claimantsOf(definition)]) {
      const waiting = store.byUid(uid);
      if (waiting === undefined || seen.has(uid) || attempts.standingOf(waiting) !== 'waiting') continue;
      seen.add(uid);
      queue.wake(uid);
      wakeWaiting(waiting, seen);
    }
  }

  /** Wakes the definition of this name, which waits for it while a container that isn't its own has it. */
  function wakeNamesake(name: string, uid: string): void {
    const waiting = store.byName(name);
    if (waiting !== undefined && waiting.uid !== uid) queue.wake(waiting.uid, 'urgent');
  }

  /** Returns the containers of its links' sources, and those that links of its containers lead to, under any name. */
  function sourceIds({ uid, name, spec }: Definition): readonly string[] {
    const sources = spec.links.flatMap((link) => {
      const source = store.byName(link.container);
      return source === undefined ? [] : observed.ownOf(source.uid).map((container) => container.id);
    });
    const linked = observed.ownOf(uid).filter((container) => container.linkAliases.length > 0);
    const names = linked.flatMap((container) => [name, container.name, retiredName(container)]);
    return [...new Set([...sources, ...names.flatMap((one) => [...observed.linkedTo(one)])])];
  }

  function wakeTroubled(concerns: (attempt: Attempt) => boolean): void {
    for (const [uid, attempt] of attempts.entries()) if (concerns(attempt)) queue.wake(uid, 'urgent');
  }

  function* uids(): Iterable<string> {
    for (const { uid } of store.all()) yield uid;
  }

  /** Wakes every definition that differs after a complete look at the engine; the others cost nothing. */
  function relisted(): void {
    telemetry.relisted();
    ports.retain((id) => observed.own(id) !== undefined);
    const isReconnected = connectedSince !== undefined && connectedSince !== observed.engine.since;
    connectedSince = observed.engine.since;
    if (isReconnected) for (const listener of reconnectedListeners) listener();
    sweep.visit(uids(), 'plan');
    for (const container of observed.allOwn()) {
      const uid = container.owner?.uid ?? '';
      if (store.byUid(uid) === undefined && store.hasRemoved(uid)) queue.wake(uid);
    }
  }

  /** Wakes a definition if it differs, and updates its status. */
  function lookAt(uid: string): void {
    const definition = store.byUid(uid);
    if (definition === undefined) return;
    const input = known.planInput(definition);
    const planned = plan(input);
    const isAsWanted = isEmpty(planned) && planned.obstacle === null && attempts.of(uid).kind === 'none';
    const isQuiet = isAsWanted && servingHosts(input)?.hosts.isUnread !== true;
    // A held change waits for a person: another look would find nothing new.
    if (isQuiet || planned.obstacle?.reason === HELD) requests.delete(uid);
    else queue.wake(uid);
    status.touch(uid);
  }

  return {
    start: () => observer.start(),
    async stop() {
      await queue.stop();
      await sweep.stop();
      await observer.stop();
      await journal.stop();
    },
    changed(uid, requestId) {
      const definition = store.byUid(uid);
      if (requestId !== undefined) requests.set(uid, requestId);
      journal.forget(uid);
      status.touch(uid);
      queue.wake(uid, 'urgent');
      if (definition === undefined) return;
      wakeRecipients(definition.name, 'urgent');
      for (const claimant of known.claimantsOf(definition)) queue.wake(claimant);
    },
    async replaceAll(replace) {
      return queue.alone(async () => {
        const before = [...store.all()];
        await journal.flush();
        const done = await replace();
        queue.clear();
        for (const { uid } of before) forget(uid);
        observer.lookAtAll();
        return done;
      });
    },
    released() {
      for (const uid of uids()) attempts.forget(uid);
      if (observed.complete) relisted();
      else sweep.visit(uids(), 'status');
    },
    forecast: (definitions, desired) =>
      dryRun({
        definitions,
        desired,
        observed,
        memory,
        instance: store.instance(),
        ask: worker.ask,
        refusal: options.refusal,
        breathe: options.slices?.(),
      }),
    fullDisk: disk.state,
    isAtRest: () => queue.depth === 0 && sweep.size === 0,
    portsChecked(uid, container, unreachable) {
      ports.note(container, unreachable);
      status.touch(uid);
    },
    onReconnected(listener) {
      reconnectedListeners.add(listener);
      return () => reconnectedListeners.delete(listener);
    },
    observed,
    status,
    queue,
  };
}

/** Parts of a definition that a sweep looks at: its status alone, or its plan as well. */
type Look = 'status' | 'plan';

/** Reasons that only say that the work goes on. */
const PASSING: ReadonlySet<string> = new Set([
  'Pending',
  'Progressing',
  'Outdated',
  'Updating',
  'NotObservedYet',
  'HostsNotReadYet',
]);

const reasonOf = (attempt: Attempt): string => {
  if (attempt.kind === 'failed') return attempt.reason;
  return attempt.kind === 'obstacle' ? attempt.obstacle.reason : '';
};

const conditionOf = (attempt: Attempt): string => {
  if (attempt.kind === 'failed') return attempt.condition;
  return attempt.kind === 'obstacle' ? attempt.obstacle.condition : '';
};
