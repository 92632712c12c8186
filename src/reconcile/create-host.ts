import type { Definition } from '../domain/definition/definition.js';
import { hostOf } from '../domain/host.js';
import type { Engine } from '../engine/engine.js';
import type { Clock } from '../lib/clock.js';
import type { Log } from '../observability/logger.js';
import { doneFor } from '../observability/trace.js';
import type { Host } from './hosts.js';
import { createEngineDisk, DISK_FULL } from './loop/engine-disk.js';
import { createAlarms } from './loop/jobs/alarms.js';
import { createNetworkLoop } from './loop/networks/network-loop.js';
import { createNetworks } from './loop/networks/networks.js';
import { createQueue, type WorkContext, type WorkResult } from './loop/queue.js';
import { createRetryState, type Worked } from './loop/retry-state.js';
import type { RunGuard } from './loop/run-guard.js';
import { createSweep } from './loop/sweep.js';
import { createWorker, type WorkOutcome } from './loop/worker.js';
import { createObservedState } from './observe/observed-state.js';
import { createObserver } from './observe/observer.js';
import { assess } from './plan/assess.js';
import { type Breathe, dryRun } from './plan/dry-run/dry-run.js';
import { createPlanInputs, type OpenSecret, type PlanInputs, type PolicyRefusal } from './plan/input/plan-input.js';
import { isEmpty, plan } from './plan/plan.js';
import { HELD } from './plan/restore-hold.js';
import type { Attempt } from './status/conditions.js';
import type { ReconcilerEvent } from './status/event-recorder.js';
import { createPortFindings } from './status/port-findings.js';
import type { StatusBoard } from './status/status-board.js';
import type { Telemetry } from './status/telemetry.js';
import type { DesiredState, ReconcilerStore } from './store.js';
import { reasonOf, type Wakes } from './wakes.js';

/** Parts that all hosts share. */
export interface SharedParts {
  readonly store: ReconcilerStore;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Log;
  readonly telemetry: Telemetry;
  /** Definitions worked on at once, on each host. */
  readonly places: number;
  readonly slices: (() => Breathe) | undefined;
  readonly refusal: PolicyRefusal | undefined;
  readonly openSecret: OpenSecret | undefined;
  readonly guard: RunGuard;
  readonly wakes: Wakes;
  readonly status: Pick<StatusBoard, 'touch' | 'watch'>;
  /** The requests whose changes are being worked on, by uid. */
  readonly requests: Map<string, string>;
  /** Adds to the event log. */
  readonly note: (definition: Definition, event: ReconcilerEvent) => void;
  /** Called once it is stored that links on the default bridge have moved. */
  readonly linksMoved: () => void;
  /** Stores the added events, with all other waiting events of this definition. */
  readonly flush: (uid: string) => Promise<void>;
  /** Forgets what all hosts remember of a definition. */
  readonly forget: (uid: string) => void;
}

/** Parts of a definition that a sweep looks at: its status alone, or its plan as well. */
type Look = 'status' | 'plan';

/** Creates all that one engine has for itself. */
export function createHost(name: string, engine: Engine, shared: SharedParts): Host {
  const { store, clock, random, log, telemetry, places, guard, wakes, status, requests, note, flush } = shared;
  const observed = createObservedState(clock.now());
  const retryState = createRetryState(observed, clock);
  const disk = createEngineDisk(clock, () => wakes.troubled(host, (attempt) => reasonOf(attempt) === DISK_FULL));
  const memory = { ...retryState, diskFull: disk.blocks, now: clock.now };
  const planInputsFor = (desired: DesiredState): PlanInputs =>
    createPlanInputs(desired, observed, memory, shared.refusal, shared.openSecret);
  const planInputs = planInputsFor(store);
  const ports = createPortFindings();
  const reconnectedListeners = new Set<() => void>();
  const networkListeners = new Set<() => void>();
  /** Start of the connection at the last complete look. */
  let connectedSince: Date | undefined;
  const queue = createQueue({ work, places, clock, random });
  const alarms = createAlarms({ clock, ring: (uid) => queue.wake(uid) });
  const sweep = createSweep<Look>({
    slices: shared.slices,
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
      ownChanged: (before, after) => wakes.ownChanged(host, before, after),
      foreignChanged: () => wakes.foreignChanged(host),
      networksChanged() {
        networkLoop.relisted();
        sweep.visit(uids(), 'status');
        notifyOfNetworks();
      },
      imagesChanged: () => wakes.imagesChanged(host),
      notSeen: (uid) => queue.wake(uid),
      relisted,
      reachabilityChanged: () => sweep.visit(uids(), 'status'),
    },
  });

  const networks = createNetworks({
    ...{ engine, store },
    lacks: () => observed.engine.version?.lacks ?? {},
    isOwn: (id) => observed.own(id) !== undefined,
  });
  const networkLoop = createNetworkLoop({
    ...{ store, networks, observed, clock, random, log },
    done(network) {
      wakeOn(network, 'prompt');
      notifyOfNetworks();
    },
  });

  function notifyOfNetworks(): void {
    for (const listener of [...networkListeners]) listener();
  }

  /** Wakes the definitions on a network, and updates their status. */
  function wakeOn(network: string, urgency: 'prompt' | 'urgent'): void {
    for (const { uid } of store.onNetwork(network)) {
      status.touch(uid);
      queue.wake(uid, urgency);
    }
  }

  const worker = createWorker({
    ...{ store, engine, observed, observer, networks, planInputs, retryState, disk, clock, log, telemetry, guard },
    openSecret: shared.openSecret,
    runRecorded: ({ name: job }) => wakes.runRecorded(job),
    ...{ record, note, flush, watch: status.watch, linksMoved: shared.linksMoved },
    sourceIds: (definition) => wakes.sourceIds({ observed }, definition),
  });

  /** Yields the definitions that are for this host. */
  function* uids(): Generator<string> {
    for (const definition of store.all()) if (hostOf(definition) === name) yield definition.uid;
  }

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
  function conclude(
    uid: string,
    { worked, attempt, events = [], settled, isGone, removed, lookAt: at }: WorkOutcome,
  ): void {
    alarms.set(uid, isGone === true ? undefined : at);
    const definition = store.byUid(uid);
    if (definition !== undefined && attempt !== undefined) record(worked ?? definition, attempt);
    if (definition !== undefined) for (const event of events) note(definition, event);
    // A write that came meanwhile has yet to be worked on.
    if (settled !== undefined && settled === definition) requests.delete(uid);
    if (removed !== undefined) {
      wakes.removed(removed);
      networkLoop.relisted();
    }
    if (isGone === true) {
      forget(uid);
      shared.forget(uid);
    }
  }

  function record(worked: Worked, attempt: Attempt): void {
    const before = { standing: retryState.standingOf(worked), isAtWork: retryState.isAtWork(worked.uid) };
    retryState.set(worked, attempt);
    status.touch(worked.uid);
    const definition = store.byUid(worked.uid);
    if (definition !== undefined) wakes.progressed(definition, before);
  }

  function forget(uid: string): void {
    worker.forget(uid);
    retryState.forget(uid);
  }

  /** Wakes every definition that differs after a complete look at the engine; the others cost nothing. */
  function relisted(): void {
    telemetry.relisted();
    networkLoop.relisted();
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
    const input = planInputs.planInput(definition);
    const assessment = assess(input);
    if (definition.spec.kind !== 'job') retryState.noteRun(input);
    const planned = plan(input, assessment);
    const isAsWanted = isEmpty(planned) && planned.obstacle === null && retryState.of(uid).kind === 'none';
    const isQuiet = isAsWanted && !assessment.hosts.isUnread;
    // A held change waits for a person: another look would find nothing new.
    if (isQuiet || planned.obstacle?.reason === HELD) requests.delete(uid);
    else queue.wake(uid);
    status.touch(uid, { input, assessment });
  }

  const host: Host = {
    ...{ name, engine, observed, observer, queue, retryState, planInputs, planInputsFor, forget },
    attemptOf: retryState.of,
    unreachable: ports.of,
    fullDisk: disk.state,
    isAtRest: () => queue.depth + networkLoop.depth === 0 && sweep.size === 0,
    networkTrouble: networkLoop.troubleOf,
    networkChanged(network) {
      networkLoop.changed(network);
      wakeOn(network, 'urgent');
    },
    watchNetworks(listener) {
      networkListeners.add(listener);
      return () => networkListeners.delete(listener);
    },
    start: () => observer.start(),
    async stop() {
      alarms.clear();
      await networkLoop.stop();
      await queue.stop();
      await sweep.stop();
      await observer.stop();
    },
    alone: (run) => networkLoop.alone(() => queue.alone(run)),
    restart() {
      alarms.clear();
      queue.clear();
      observer.lookAtAll();
    },
    lookAtAll: () => sweep.visit(uids(), 'plan'),
    retryAll() {
      for (const uid of uids()) retryState.forget(uid);
      if (observed.complete) relisted();
      else sweep.visit(uids(), 'status');
    },
    dryRun: (those, desired) =>
      dryRun({
        ...{ definitions: those, desired, observed, memory, instance: store.instance(), ask: worker.ask },
        ...{ refusal: shared.refusal, openSecret: shared.openSecret },
        breathe: shared.slices?.(),
      }),
    portsChecked(uid, container, unreachable) {
      ports.note(container, unreachable);
      status.touch(uid);
    },
    onReconnected(listener) {
      reconnectedListeners.add(listener);
      return () => reconnectedListeners.delete(listener);
    },
  };
  return host;
}
