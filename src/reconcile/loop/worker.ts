import {
  type ContainerPort,
  DEFAULT_STOP_TIMEOUT_SECONDS,
  type Definition,
  type Reservation,
} from '../../domain/definition/definition.js';
import { isImageId } from '../../domain/images/image-ref.js';
import type { Engine } from '../../engine/engine.js';
import { EngineError, type NamedPort } from '../../engine/errors.js';
import type { Clock } from '../../lib/clock.js';
import { failPoint } from '../../observability/fail-point.js';
import type { Log } from '../../observability/logger.js';
import { causeFields, doneFor } from '../../observability/trace.js';
import type { ObservedState, OwnContainer } from '../observe/observed-state.js';
import type { Observer } from '../observe/observer.js';
import { isUp, servingHosts } from '../plan/candidates.js';
import { standingAt } from '../plan/obstacles.js';
import { isEmpty, plan } from '../plan/plan.js';
import type { PlanInputs } from '../plan/plan-input.js';
import type { Action, Plan, PlanInput } from '../plan/types.js';
import type { Attempt } from '../status/conditions.js';
import type { ReconcilerEvent } from '../status/event-recorder.js';
import { toAttempt } from '../status/failure-condition.js';
import { driftOf, type Telemetry } from '../status/telemetry.js';
import type { ReconcilerStore } from '../store.js';
import { DISK_FULL, type EngineDisk, isDiskFull, isTowardsNew, needsRoom, stopsForNew } from './engine-disk.js';
import { createExecutor } from './executor.js';
import { createHostsCheck } from './hosts-check.js';
import { createLostPorts, isLostPort } from './lost-ports.js';
import { createNetworks } from './networks.js';
import type { WorkContext, WorkResult } from './queue.js';
import { type RetryState, VANISHED } from './retry-state.js';
import type { RunGuard } from './run-guard.js';

/** How often a definition is looked at again within one piece of work before it has to wait its turn. */
const ROUNDS = 8;

/** What heals without our seeing it is tried again at least so often, in milliseconds. */
const UNSEEN_RETRY_MS = 15_000;

/** How long a replacement has to run before what it replaces is removed, in milliseconds. */
const SETTLE_MS = 1_000;

/** After these the rest of a plan may be another. */
const LOOK_AFTER: ReadonlySet<Action['kind']> = new Set(['reserve-ports', 'pull-image']);

/** Failures whose cause may go without any event, and soon: the engine's own troubles, and what others hold. */
const HEALS_UNSEEN: ReadonlySet<string> = new Set([
  ...['HostPortInUse', 'HostIpUnavailable', 'EngineUnreachable', 'EngineTimeout', 'EngineAnswerMalformed'],
  ...['EngineUnsupported', 'EngineDiskFull', 'NameTaken', 'NetworkNotManaged', 'StorageUnavailable'],
]);

/** Steps that take a container up or down, and so give or take its address. */
const CHANGES_RUN: ReadonlySet<Action['kind']> = new Set(['start', 'stop', 'restart']);

export interface Worker {
  /** Brings one definition further: looks, plans, does, looks again. Never throws. */
  work(uid: string, context: WorkContext): Promise<WorkResult>;
  /** Forgets what is remembered of a definition. */
  forget(uid: string): void;
  /** Asks the engine for what a creation needs to know; nothing where none is at hand. @throws EngineError */
  ask(input: PlanInput): Promise<PlanInput>;
}

/** The work on one definition at a time. What is done follows from desired and observed alone. */
export function createWorker(options: {
  readonly store: ReconcilerStore;
  readonly engine: Engine;
  readonly observed: ObservedState;
  readonly observer: Observer;
  readonly known: PlanInputs;
  readonly attempts: RetryState;
  readonly disk: EngineDisk;
  readonly clock: Clock;
  readonly log: Log;
  /** Keeps the starts of recipients apart from their sources' starts and stops. */
  readonly guard: RunGuard;
  /** The containers that a definition's links depend on. */
  readonly sourceIds: (definition: Definition) => readonly string[];
  /** Says how the work on a definition stands. */
  readonly record: (uid: string, attempt: Attempt) => void;
  readonly telemetry: Telemetry;
  /** The request whose change is being worked on. */
  readonly requestOf: (uid: string) => string | undefined;
  /** Adds to the record of what changed. */
  readonly note: (definition: Definition, entry: ReconcilerEvent) => void;
  /** Stores what was added to it, with all that there is of this definition. */
  readonly flush: (uid: string) => Promise<void>;
  /** Hears that there is nothing more to do for a definition. */
  readonly settled: (uid: string) => void;
  /** Hears that a definition has gone, with whatever is remembered of it. */
  readonly forgotten: (uid: string) => void;
  /** Hears that a definition is about to go. */
  readonly sourceGone: (name: string) => void;
  /** Calls at every change of a definition's status; the answer ends it. */
  readonly watch: (uid: string, listener: () => void) => () => void;
}): Worker {
  const { store, engine, observed, observer, known, attempts, disk, clock, log, record, note, telemetry, guard } =
    options;
  const lostPorts = createLostPorts();
  const networks = createNetworks(engine, () => store.instance());
  /** The generation for which `pullPolicy: always` has been done. */
  const refreshedFor = new Map<string, number>();
  /** The generation whose image could not be pulled, the last time that it was tried. */
  const pullFailedFor = new Map<string, number>();

  const readHosts = createHostsCheck({ observer, known, log, record });

  /** Since when each definition is known to differ, by the monotonic clock. */
  const differsSince = new Map<string, number>();

  /** Measured, and done in the name of the request that it is for. */
  async function work(uid: string, context: WorkContext): Promise<WorkResult> {
    const begun = clock.monotonic();
    const result = await doneFor({ requestId: options.requestOf(uid) }, () => bringOn(uid, context));
    disk.release(uid);
    telemetry.worked(result.kind, (clock.monotonic() - begun) / 1000);
    return result;
  }

  async function bringOn(uid: string, context: WorkContext): Promise<WorkResult> {
    if (!observed.engine.reachable || !observed.complete) return DONE;
    const doing: Progress = { step: undefined, started: new Set(), vanished: 0, lookedAt: guard.mark() };
    try {
      for (let round = 0; round < ROUNDS; round++) {
        const definition = store.byUid(uid);
        if (definition === undefined) return await leftovers(uid, context);
        doing.step = undefined;
        doing.lookedAt = guard.mark();
        attempts.retry(definition);
        await lookAtOwn(definition);
        await observer.lookNow(options.sourceIds(definition));
        await confirmBound(definition);
        if (await gaveUpRun(definition)) continue;
        const input = await askWhereRoom(known.planInput(definition));
        const planned = plan(input);
        if (isEmpty(planned)) {
          const hosts = await readHosts(input);
          if (hosts === 'read') continue;
          if (hosts === 'unreadable') return { kind: 'retry' };
          return await settled(definition, planned);
        }
        if (!differsSince.has(uid)) {
          differsSince.set(uid, clock.monotonic());
          if (options.requestOf(uid) === undefined) telemetry.corrected(driftOf(planned.actions));
        }
        const steps = withoutRepeats(planned.actions, doing.started);
        if (steps.length === 0) return { kind: 'retry' };
        await perform(input, steps, context, doing);
      }
      return { kind: 'retry' };
    } catch (error) {
      return failed(uid, doing.step, error);
    }
  }

  /** Does steps of a plan, as far as nothing changes under them. */
  async function perform(
    input: PlanInput,
    steps: readonly Action[],
    context: WorkContext,
    doing: Progress,
  ): Promise<void> {
    const { definition } = input;
    const { uid, name } = definition;
    const reservations = store.reservationsOf(uid);
    if (!(await hasRoom(input, steps))) return;
    const unserved = new AbortController();
    const signal = AbortSignal.any([context.signal, unserved.signal]);
    const execution = createExecutor({ engine, store, networks, instance: store.instance() }, input, reservations, {
      ...context,
      signal,
    });
    for (const [index, action] of steps.entries()) {
      const leave = CHANGES_RUN.has(action.kind)
        ? await enterRun(definition, action, context, doing)
        : NOTHING_TO_LEAVE;
      if (leave === 'look-again') return;
      if (store.byUid(uid) !== definition && action.kind !== 'forget') return leave();
      doing.step = action;
      if (action.kind === 'start' && action.target.kind === 'existing') doing.started.add(action.target.id);
      log.info({ container: name, uid, action: action.kind, reason: action.reason, ...causeFields() }, 'step');
      record(uid, { kind: 'working', action: `${action.kind}: ${action.reason}` });
      attempts.updating(definition, action);
      if (action.kind === 'forget') await options.flush(uid);
      failPoint(`before-${action.kind}`);
      const unwatch = action.kind === 'pull-image' ? onceUnserved(uid, () => unserved.abort()) : undefined;
      const failure = await errorOfStep(definition, action, context, () => execution.step(action));
      leave();
      unwatch?.();
      failPoint(`after-${action.kind}`);
      if (failure !== undefined) {
        if (action.kind === 'update') attempts.updateFailed(uid);
        if (isDiskFull(failure.error)) {
          diskRefused(definition, failure.error);
          if (!isTowardsNew(input, action)) throw failure.error;
          // What was stopped for the replacement serves again.
          await lookAtOwn(definition);
          return;
        }
        if (action.kind === 'pull-image') pullFailedFor.set(uid, definition.generation);
        if (unserved.signal.aborted) {
          // It was up when the pull began: that it is down now is no round.
          doing.started.clear();
          return;
        }
        const isPulledNext = steps[index + 1]?.kind === 'pull-image';
        if (action.kind === 'start' && isPulledNext && isRefusal(failure.error)) {
          // What served before can't serve: its replacement is wanted all the more.
          failed(uid, action, failure.error);
          continue;
        }
        if (hasVanished(action, failure.error) && doing.vanished++ < MOST_VANISHED) {
          log.info(
            { container: name, uid, action: action.kind, err: failure.error },
            'planning again: something is gone',
          );
          return;
        }
        if (await canGoOn(input, action, failure.error)) return;
        throw failure.error;
      }
      if (action.kind !== 'forget') {
        note(definition, { type: 'Step', reason: STEP_NAMES[action.kind], message: action.reason });
      }
      if (action.kind === 'pull-image' || (action.kind === 'start' && action.target.kind === 'new')) disk.written();
      if (action.kind === 'restart' && servingHosts(input)?.hosts.fault != null) attempts.linksRepaired(uid);
      if (action.kind === 'pull-image') {
        refreshedFor.set(uid, definition.generation);
        pullFailedFor.delete(uid);
      }
      if (action.kind === 'forget') options.sourceGone(name);
      if (LOOK_AFTER.has(action.kind)) return;
      if (action.kind === 'start' && hasRun(input.own)) {
        await lookAtOwn(definition);
        await context.outside(() => staysUp(uid));
        return;
      }
    }
  }

  /** The error of a step; a start whose host port was taken in between is tried again at once, a few times. */
  async function errorOfStep(
    definition: Definition,
    action: Action,
    context: WorkContext,
    step: () => Promise<void>,
  ): ReturnType<typeof errorOf> {
    const { uid } = definition;
    let failure = await errorOf(step);
    if (failure === undefined || !isLostPort(action, failure.error, observed)) return failure;
    for (const ms of lostPorts.triesMs(definition, action)) {
      if (failure === undefined || !isLostPort(action, failure.error, observed)) return failure;
      // One that was picked, and never bound, is exchanged for another.
      if (unconfirmed(store.reservationsOf(uid), failure.error.port).length > 0) return failure;
      await context.outside(() => new Promise<void>((resolve) => void clock.after(ms, resolve)));
      if (context.signal.aborted) return failure;
      failure = await errorOf(step);
    }
    return failure;
  }

  /** The definitions that a start of its container takes addresses from. */
  function sourcesOf(definition: Definition): readonly string[] {
    const isLinked = observed.ownOf(definition.uid).some((container) => container.linkAliases.length > 0);
    if (definition.spec.network !== 'bridge' && !isLinked) return [];
    const uids = options.sourceIds(definition).map((id) => observed.own(id)?.owner?.uid ?? '');
    return [...new Set(uids)].filter((uid) => uid !== '' && uid !== definition.uid);
  }

  /**
   * Waits until the step overlaps with none that it must not overlap with.
   *
   * @returns ends the step; `look-again` where a source has been started or stopped since its plan was made
   */
  async function enterRun(
    definition: Definition,
    action: Action,
    context: WorkContext,
    { lookedAt }: Progress,
  ): Promise<(() => void) | 'look-again'> {
    const sources = action.kind === 'stop' ? [] : sourcesOf(definition);
    const leave = guard.isFree(definition.uid, sources)
      ? await guard.enter(definition.uid, sources)
      : await context.outside(() => guard.enter(definition.uid, sources));
    if (!guard.hasChangedSince(lookedAt, sources)) return leave;
    leave();
    return 'look-again';
  }

  const lookAtOwn = ({ uid, adopted }: Definition): Promise<void> => observer.lookAtOwn(uid, adopted?.id);

  /** Whether a failed step leaves another way at once: another port where we had picked it, or what served before. */
  async function canGoOn(input: PlanInput, action: Action, error: unknown): Promise<boolean> {
    if (!isRefusal(error)) return false;
    const { definition } = input;
    const { uid, name } = definition;
    if (error.kind === 'port-in-use' && action.kind === 'start') {
      const movable = unconfirmed(store.reservationsOf(uid), error.port);
      if (movable.length > 0) {
        const ports = movable.map((reservation) => reservation.hostPort);
        log.info({ container: name, uid, ports }, 'picked ports are held, picking others');
        await store.exchange(uid, movable);
        return true;
      }
    }
    if (action.kind !== 'start' && action.kind !== 'create') return false;
    await lookAtOwn(definition);
    const verdict = attempts.judgeStep(input, action, error);
    if (verdict.kind === 'go-on') return false;
    log.warn({ container: name, uid, err: error }, 'the replacement failed, going back');
    note(definition, {
      type: 'RolledBack',
      reason: action.kind === 'create' ? 'CreateFailed' : 'StartFailed',
      message: error.message,
    });
    if (verdict.kind === 'give-up') await store.giveUp(uid, verdict.failed);
    return true;
  }

  /** Whether a replacement that runs beside what it replaces was just found to be no good. */
  async function gaveUpRun(definition: Definition): Promise<boolean> {
    const verdict = attempts.judgeRun(known.planInput(definition));
    if (verdict.kind !== 'give-up') return false;
    const { uid, name } = definition;
    log.warn({ container: name, uid, reason: verdict.failed.message }, 'the replacement failed, going back');
    note(definition, { type: 'RolledBack', reason: 'DidNotServe', message: verdict.failed.message });
    await store.giveUp(uid, verdict.failed);
    return true;
  }

  /** Waits until a started replacement has run for a while, or has ended. */
  function staysUp(uid: string): Promise<void> {
    return new Promise((resolve) => {
      const end = (): void => {
        cancel();
        unwatch();
        resolve();
      };
      const cancel = clock.after(SETTLE_MS, end);
      const unwatch = options.watch(uid, () => {
        if (observed.ownOf(uid).every((container) => container.state !== 'running')) end();
      });
    });
  }

  /** Calls when none of its containers is up any more, where one is; the answer ends it. */
  function onceUnserved(uid: string, call: () => void): () => void {
    const isServed = (): boolean => observed.ownOf(uid).some(isUp);
    if (!isServed()) return () => undefined;
    return options.watch(uid, () => {
      if (!isServed()) call();
    });
  }

  /** While the engine's disk is full, one definition at a time goes on as if it were not. */
  async function askWhereRoom(input: PlanInput): Promise<PlanInput> {
    if (input.diskFull === null || plan(input).obstacle?.reason !== DISK_FULL) return ask(input);
    const open = await ask({ ...input, diskFull: null });
    const { actions } = plan(open);
    const pulls = actions.some(({ kind }) => kind === 'pull-image');
    return needsRoom(actions) && disk.claim(input.definition.uid, pulls) ? open : input;
  }

  /** What serves is not stopped for a replacement before there is room for that. */
  async function hasRoom({ definition }: PlanInput, steps: readonly Action[]): Promise<boolean> {
    if (!stopsForNew(steps)) return true;
    try {
      await engine.tryRoom(definition.spec.image, store.instance());
      return true;
    } catch (error) {
      if (isRefusal(error) && !isDiskFull(error)) {
        // Whatever it was, the replacement itself will show it, and knows the way back.
        log.debug({ container: definition.name, err: error }, 'could not try for room on the engine');
        return true;
      }
      if (!isDiskFull(error)) throw error;
      diskRefused(definition, error);
      return false;
    }
  }

  function diskRefused({ uid, name }: Definition, error: EngineError): void {
    if (disk.state() === null) log.warn({ container: name, uid, err: error }, "the engine's disk is full");
    disk.refused(uid, error.message);
  }

  async function ask(given: PlanInput): Promise<PlanInput> {
    if (!wouldMake(given, ['create', 'reserve-ports', 'start', 'restart'])) return given;
    const input = { ...given, stranded: new Map([...given.stranded, ...(await withoutNetwork(given.own))]) };
    if (!wouldMake(input, ['create', 'reserve-ports'])) return input;
    const { spec } = input.definition;
    const image = await engine.inspectImage(spec.image);
    const network = spec.network === 'bridge' ? null : await engine.inspectNetwork(spec.network);
    return {
      ...input,
      image: image === null ? toPull(input, { kind: 'absent' }) : refreshed(input, image.exposed),
      network: spec.network === 'bridge' ? 'present' : networkState(network),
    };
  }

  /**
   * Whether a plan has such steps where all that a creation needs is there. One that waits for other definitions counts:
   * none of them may release anything before it is known that what is to take it can be made.
   */
  function wouldMake(input: PlanInput, kinds: readonly Action['kind'][]): boolean {
    const { actions, obstacle } = plan({ ...input, image: { kind: 'present', exposed: [] }, network: 'present' });
    const isWaiting = obstacle !== null && standingAt(obstacle) === 'waiting';
    return isWaiting || actions.some(({ kind }) => kinds.includes(kind));
  }

  /** Those of the containers that are down whose network is gone, or is another one of the same name by now. */
  async function withoutNetwork(own: readonly OwnContainer[]): Promise<readonly (readonly [string, string])[]> {
    const gone: (readonly [string, string])[] = [];
    for (const { id, networks: endpoints } of own.filter((one) => !isUp(one))) {
      for (const [name, { networkId }] of Object.entries(endpoints)) {
        if (name === 'bridge') continue;
        const found = await engine.inspectNetwork(name);
        // The engine resolves the network of a container that was never started by its name.
        const isSame = found !== null && (networkId === '' || networkId === found.id);
        if (!isSame) gone.push([id, `its network ${name} is gone`]);
      }
    }
    return gone;
  }

  const networkState = (network: { readonly instance: string | null } | null): PlanInput['network'] => {
    if (network === null) return 'absent';
    return network.instance === store.instance() ? 'present' : 'foreign';
  };

  const refreshed = (input: PlanInput, exposed: readonly ContainerPort[]): PlanInput['image'] => {
    const { spec, uid, generation } = input.definition;
    if (spec.pullPolicy !== 'always' || isImageId(spec.image) || refreshedFor.get(uid) === generation)
      return { kind: 'present', exposed };
    return toPull(input, { kind: 'to-be-refreshed', exposed });
  };

  const toPull = ({ definition }: PlanInput, image: PlanInput['image']): PlanInput['image'] => {
    const { uid, generation, spec } = definition;
    const hasFailed = spec.pullPolicy !== 'never' && pullFailedFor.get(uid) === generation;
    return hasFailed ? { kind: 'pull-failed' } : image;
  };

  /** What the engine has bound for the first time will not be exchanged any more. */
  async function confirmBound(definition: Definition): Promise<void> {
    const fresh = store.reservationsOf(definition.uid).filter((reservation) => !reservation.confirmed);
    if (fresh.length === 0) return;
    const running = observed.ownOf(definition.uid).filter((container) => container.state === 'running');
    const bound = fresh.filter((reservation) =>
      running.some((container) =>
        container.bindings.some(
          (b) =>
            b.hostPort === reservation.hostPort &&
            b.protocol === reservation.protocol &&
            b.containerPort === reservation.containerPort,
        ),
      ),
    );
    if (bound.length > 0) await store.confirm(definition.uid, bound);
  }

  /**
   * What came late of a definition that this database had and removed: a creation whose answer was lost, and that the
   * engine did after all; and what a person wanted removed after a restore. A uid that it never had is somebody else's,
   * and stays.
   */
  async function leftovers(uid: string, context: WorkContext): Promise<WorkResult> {
    forget(uid);
    if (!store.hasRemoved(uid) || store.hold() !== null) return DONE;
    await observer.lookAtOwn(uid, undefined);
    for (const container of observed.ownOf(uid)) {
      if (container.state === 'removing') continue;
      log.warn({ container: container.name, uid }, 'removing what no definition is to have any more');
      await context.outside(() => engine.stop(container.id, DEFAULT_STOP_TIMEOUT_SECONDS));
      await engine.remove(container.id);
    }
    return DONE;
  }

  function forget(uid: string): void {
    lostPorts.forget(uid);
    refreshedFor.delete(uid);
    pullFailedFor.delete(uid);
    differsSince.delete(uid);
    options.forgotten(uid);
  }

  async function settled(definition: Definition, { obstacle }: Plan): Promise<WorkResult> {
    const { uid, failedReplacement, adopted } = definition;
    const isLeftAlone = adopted !== null && observed.foreign(adopted.id) !== undefined;
    if (adopted !== null && observed.own(adopted.id) === undefined && !isLeftAlone) await store.disown(uid);
    record(uid, obstacle === null ? { kind: 'none' } : { kind: 'obstacle', obstacle });
    const since = differsSince.get(uid);
    if (obstacle === null) lostPorts.forget(uid);
    if (obstacle === null && since !== undefined) {
      differsSince.delete(uid);
      telemetry.converged((clock.monotonic() - since) / 1000);
    }
    const isRepair = obstacle?.reason === 'AliasMissing' || obstacle?.reason === 'AliasElsewhere';
    if (obstacle === null) attempts.linksHold(uid);
    const putOffMs = attempts.putOffMs(uid) ?? (isRepair ? attempts.repairPutOffMs(uid) : undefined);
    if (putOffMs !== undefined) return { kind: 'retry', withinMs: putOffMs, fromMs: putOffMs };
    if (obstacle === null && failedReplacement !== null) await store.giveUp(uid, null);
    if (obstacle?.until !== 'time') {
      // A write that came meanwhile has not been worked on yet.
      if (store.byUid(uid) === definition) options.settled(uid);
      return DONE;
    }
    return { kind: 'retry', ...(HEALS_UNSEEN.has(obstacle.reason) && { withinMs: UNSEEN_RETRY_MS }) };
  }

  function failed(uid: string, step: Action | undefined, error: unknown): WorkResult {
    const definition = store.byUid(uid);
    const outcome = toAttempt(step, error);
    if (definition !== undefined) {
      record(uid, outcome);
      note(definition, { type: 'StepFailed', reason: outcome.reason, message: outcome.message });
    }
    const what = { container: definition?.name, uid, action: step?.kind, reason: outcome.reason, err: error };
    const fields = { ...what, ...causeFields() };
    if (error instanceof EngineError) log.warn(fields, 'step failed');
    else log.error(fields, 'step failed for a reason of ours');
    if (error instanceof EngineError && error.leavesUnknown) observer.suspect();
    const isUnseen = HEALS_UNSEEN.has(outcome.reason) || (error instanceof EngineError && ENGINES.has(error.kind));
    const isPull = step?.kind === 'pull-image';
    if (step !== undefined && isLostPort(step, error, observed) && !observed.ownOf(uid).some(isUp)) {
      return { kind: 'retry', withinMs: lostPorts.withinMs(uid) ?? UNSEEN_RETRY_MS };
    }
    return { kind: 'retry', ...(isUnseen && !isPull && { withinMs: UNSEEN_RETRY_MS }) };
  }

  return { work, forget, ask };
}

/** What an engine in trouble answers, whatever it was asked for. */
const ENGINES: ReadonlySet<EngineError['kind']> = new Set(['failed', 'conflict', 'not-found']);

const STEP_NAMES: Readonly<Record<Exclude<Action['kind'], 'forget'>, string>> = {
  'pull-image': 'PullImage',
  'create-network': 'CreateNetwork',
  'remove-network': 'RemoveNetwork',
  'reserve-ports': 'ReservePorts',
  create: 'Create',
  start: 'Start',
  stop: 'Stop',
  restart: 'Restart',
  unpause: 'Unpause',
  remove: 'Remove',
  rename: 'Rename',
  update: 'Update',
};

/** How far one piece of work is. */
interface Progress {
  step: Action | undefined;
  /** The containers that it has started: what goes down again at once is not started in a round. */
  readonly started: Set<string>;
  /** How many steps failed since something was removed after they were planned. */
  vanished: number;
  /** The moment of its last look, by the guard of runs. */
  lookedAt: number;
}

const NOTHING_TO_LEAVE = (): void => undefined;

/** The steps up to a start that was done already; a pull after it is not kept from being tried. */
function withoutRepeats(actions: readonly Action[], started: ReadonlySet<string>): readonly Action[] {
  const at = actions.findIndex(
    (action) => action.kind === 'start' && action.target.kind === 'existing' && started.has(action.target.id),
  );
  if (at < 0) return actions;
  return actions[at + 1]?.kind === 'pull-image' ? actions.toSpliced(at, 1) : actions.slice(0, at);
}

/** Steps that may find something gone within one piece of work before it is backed off. */
const MOST_VANISHED = 3;

/** Whether a step failed since something was removed after it was planned. A registry without the image is no such case. */
const hasVanished = (action: Action, error: unknown): boolean =>
  isRefusal(error) && action.kind !== 'pull-image' && VANISHED.has(error.kind);

const DONE: WorkResult = { kind: 'done' };

const hasRun = (containers: readonly OwnContainer[]): boolean =>
  containers.some((container) => container.startedAt !== null);

/** Whether the engine said no, and how things are is known. */
const isRefusal = (error: unknown): error is EngineError => error instanceof EngineError && !error.leavesUnknown;

async function errorOf(run: () => Promise<void>): Promise<{ readonly error: unknown } | undefined> {
  try {
    await run();
    return undefined;
  } catch (error) {
    return { error };
  }
}

/** The picked, never bound reservations that a refused port may be about: the one it names, or all where it names none. */
function unconfirmed(reservations: readonly Reservation[], named: NamedPort | undefined): readonly Reservation[] {
  const movable = reservations.filter((reservation) => reservation.origin !== 'fixed' && !reservation.confirmed);
  return named === undefined ? movable : movable.filter((reservation) => reservation.hostPort === named.hostPort);
}
