import type { Definition } from '../../domain/definition/definition.js';
import { dependenciesOf } from '../../domain/links/start-order.js';
import { isUp } from '../../engine/container-state.js';
import { EngineError } from '../../engine/errors.js';
import { causeFields } from '../../observability/trace.js';
import { bindingsOf } from '../observe/bindings.js';
import { assess } from '../plan/assess.js';
import { hasFailed, hasProvedItself } from '../plan/candidates.js';
import { isEmpty, plan } from '../plan/plan.js';
import type { Action, Plan, PlanInput } from '../plan/types.js';
import type { Attempt } from '../status/conditions.js';
import type { ReconcilerEvent } from '../status/event-recorder.js';
import { toAttempt } from '../status/failure-condition.js';
import { driftOf } from '../status/telemetry.js';
import { createEngineFacts } from './engine-facts.js';
import { createHostsCheck } from './hosts-check.js';
import { createImagePulls } from './images/image-pulls.js';
import { createResolutions } from './images/image-resolutions.js';
import { createLostPorts, isLostPort } from './lost-ports.js';
import { removeOrphans } from './orphans.js';
import type { WorkContext, WorkResult } from './queue.js';
import { createFallback } from './steps/fallback.js';
import { createSteps, type Progress } from './steps/perform.js';
import type { WorkerOptions } from './worker-options.js';

/** Rounds of one piece of work on a definition, after which it waits its turn. */
const ROUNDS = 8;

/** Longest wait before another try if the cause may go without an event, in milliseconds. */
const UNSEEN_RETRY_MS = 15_000;

/** Failures whose cause may go without any event, and soon: the engine's own troubles, and what others hold. */
const HEALS_UNSEEN: ReadonlySet<string> = new Set([
  'HostPortInUse',
  'HostIpUnavailable',
  'EngineUnreachable',
  'EngineTimeout',
  'EngineAnswerMalformed',
  'EngineUnsupported',
  'EngineDiskFull',
  'NameTaken',
  'NetworkNotManaged',
  'SubnetOverlaps',
  'AddressInUse',
  'StorageUnavailable',
]);

/** Result of a piece of work on a definition. The reconciler records it, and wakes the definitions that it concerns. */
export interface WorkOutcome {
  readonly next: WorkResult;
  /** The definition as it was worked on; undefined where it was gone. */
  readonly worked?: Definition;
  /** The state of the definition; undefined if unchanged. */
  readonly attempt?: Attempt;
  readonly events?: readonly ReconcilerEvent[];
  /** The definition as it was worked on, if nothing more is to be done for it. */
  readonly settled?: Definition;
  /** True where the definition is not stored any more. */
  readonly isGone?: boolean;
  /** Time at which it has to be looked at again without an event. */
  readonly lookAt?: Date;
  /** The name of the definition that this work has removed: nothing of it is left on the engine. */
  readonly removed?: string;
}

/** Context that the queue gives to a piece of work, and whether a client requested it. */
export type WorkRequest = WorkContext & { readonly isRequested: boolean };

export interface Worker {
  /** Brings one definition further: observes, plans, executes, observes again. Never throws. */
  work(uid: string, context: WorkRequest): Promise<WorkOutcome>;
  /** Forgets what is remembered of a definition. */
  forget(uid: string): void;
  /** Asks the engine for what a creation needs to know; nothing where none is at hand. @throws EngineError */
  ask(input: PlanInput): Promise<PlanInput>;
}

/** The work on one definition at a time. What is done follows from desired and observed alone. */
export function createWorker(options: WorkerOptions): Worker {
  const {
    store,
    engine,
    observed,
    observer,
    planInputs,
    retryState,
    disk,
    clock,
    log,
    record,
    note,
    telemetry,
    guard,
  } = options;
  const lostPorts = createLostPorts();
  const pulls = createImagePulls();
  const facts = createEngineFacts({
    engine,
    instance: () => store.instance(),
    networkNamed: store.network,
    pulls,
    disk,
  });
  const fallback = createFallback(options);
  const { perform } = createSteps({ ...options, pulls, lostPorts, fallback, stepFailed });

  /** Reports a failed step after which the work goes on. */
  function stepFailed(definition: Definition, step: Action, error: unknown): void {
    const { attempt, events = [] } = failed(definition.uid, step, error);
    if (attempt !== undefined) record(definition, attempt);
    for (const event of events) note(definition, event);
  }

  const resolutions = createResolutions({ engine, store, pulls, log });
  const readHosts = createHostsCheck({ observer, planInputs, log, record });

  /** Time since which each definition is known to differ, by the monotonic clock. */
  const differsSince = new Map<string, number>();

  async function work(uid: string, context: WorkRequest): Promise<WorkOutcome> {
    const doing: Progress = {
      step: undefined,
      definition: undefined,
      started: new Set(),
      vanished: 0,
      lookedAt: guard.mark(),
      removed: undefined,
    };
    const outcome = await bringOn(uid, context, doing);
    return {
      ...outcome,
      ...(doing.definition !== undefined && { worked: doing.definition }),
      ...(doing.removed !== undefined && { removed: doing.removed }),
    };
  }

  async function bringOn(uid: string, context: WorkRequest, doing: Progress): Promise<WorkOutcome> {
    if (!observed.engine.reachable || !observed.complete) return { next: DONE };
    /** True if a container that was started in this work is down again, and has to wait for the next. */
    let isDownAgain = false;
    try {
      for (let round = 0; round < ROUNDS; round++) {
        const definition = store.byUid(uid);
        if (definition === undefined) {
          await removeOrphans(uid, context, options);
          return { next: DONE, isGone: true };
        }
        doing.step = undefined;
        doing.definition = definition;
        doing.lookedAt = guard.mark();
        retryState.retry(definition);
        await lookAtOwn(definition);
        await observer.lookNow([...options.sourceIds(definition), ...dependencyIds(definition)]);
        await confirmBound(definition);
        const isJob = definition.spec.kind === 'job';
        if (!isJob && (await fallback.abandonedRun(definition))) continue;
        const input = await facts.askWhereRoom(planInputs.planInput(definition));
        if (!isJob) retryState.noteRun(input);
        const planned = plan(input);
        if (isEmpty(planned)) {
          const hosts = await readHosts(input);
          if (hosts === 'read') continue;
          if (hosts === 'unreadable') return { next: RETRY };
          const outcome = await settled(input, planned);
          return planned.lookAt === undefined ? outcome : { ...outcome, lookAt: planned.lookAt };
        }
        if (!differsSince.has(uid)) {
          differsSince.set(uid, clock.monotonic());
          if (!context.isRequested) telemetry.corrected(driftOf(planned.actions));
        }
        const steps = withoutRepeats(planned.actions, doing.started);
        isDownAgain = steps.length < planned.actions.length;
        if (steps.length === 0) return { next: retryAfter(isDownAgain) };
        await perform(input, steps, context, doing);
      }
      return { next: RETRY };
    } catch (error) {
      const outcome = failed(uid, doing.step, error);
      const isGone = store.byUid(uid) === undefined;
      // Its start must not wait as long as another step that keeps failing, such as a pull.
      return isDownAgain ? { ...outcome, next: retryAfter(true), isGone } : { ...outcome, isGone };
    }
  }

  /** The containers of its dependencies: each start follows from a fresh look at them. */
  const dependencyIds = ({ spec }: Definition): readonly string[] =>
    dependenciesOf(spec).flatMap(({ container }) => {
      const dependency = store.byName(container);
      return dependency === undefined ? [] : observed.ownOf(dependency.uid).map(({ id }) => id);
    });

  const lookAtOwn = ({ uid, adopted }: Definition): Promise<void> => observer.lookAtOwn(uid, adopted?.id);

  /** Confirms the host ports that the engine has bound for the first time: they will not be exchanged any more. */
  async function confirmBound(definition: Definition): Promise<void> {
    const fresh = store.reservationsOf(definition.uid).filter((reservation) => !reservation.confirmed);
    if (fresh.length === 0) return;
    const running = observed.ownOf(definition.uid).filter((container) => container.state === 'running');
    const bound = fresh.filter((reservation) =>
      running.some((container) =>
        bindingsOf(container)
          .at(reservation.protocol, reservation.hostPort)
          .some(({ containerPort }) => containerPort === reservation.containerPort),
      ),
    );
    if (bound.length > 0) await store.confirm(definition.uid, bound);
  }

  function forget(uid: string): void {
    lostPorts.forget(uid);
    pulls.forget(uid);
    differsSince.delete(uid);
  }

  async function settled(input: PlanInput, { obstacle }: Plan): Promise<WorkOutcome> {
    const { definition } = input;
    const { uid, failedReplacement, adopted } = definition;
    const isLeftAlone = adopted !== null && observed.foreign(adopted.id) !== undefined;
    if (adopted !== null && observed.own(adopted.id) === undefined && !isLeftAlone) await store.disown(uid);
    const attempt: Attempt = obstacle === null ? { kind: 'none' } : { kind: 'obstacle', obstacle };
    await resolutions.note(input);
    const since = differsSince.get(uid);
    if (obstacle === null) lostPorts.forget(uid);
    if (obstacle === null && since !== undefined) {
      differsSince.delete(uid);
      telemetry.converged((clock.monotonic() - since) / 1000);
    }
    if (obstacle === null) retryState.linksHold(uid);
    // Also beside another obstacle that only an event ends: the previous container serves then, and lacks the alias.
    const isRepair = obstacle?.until === 'event' && input.isRepairDeferred && assess(input).hosts.fault !== null;
    const isFailedStart = obstacle !== null && obstacle.reason === input.failedStart?.reason;
    const deferredMs =
      retryState.deferredMs(uid) ??
      (isRepair ? retryState.repairDeferredMs(uid) : undefined) ??
      (isFailedStart ? retryState.failedStartMs(definition) : undefined) ??
      restartDeferredMs(input);
    if (deferredMs !== undefined) return { next: { kind: 'retry', withinMs: deferredMs, fromMs: deferredMs }, attempt };
    if (obstacle === null && failedReplacement !== null) await store.abandon(uid, null);
    // While the previous container is there, the update may still be rolled back.
    const isProven = obstacle === null && input.own.length === 1 && input.own.every(hasProvedItself);
    if (isProven && definition.resolution?.previous !== undefined) await store.proveImage(uid);
    if (obstacle?.until !== 'time') return { next: DONE, attempt, settled: withFacts(definition) };
    return { next: retryAfter(HEALS_UNSEEN.has(obstacle.reason)), attempt };
  }

  /** Returns a definition as it is stored by now, if only facts about it were stored since; else as it was. */
  function withFacts(definition: Definition): Definition {
    const stored = store.byUid(definition.uid);
    const isSame =
      stored?.spec === definition.spec &&
      stored.generation === definition.generation &&
      stored.restartOf === definition.restartOf &&
      stored.deletionRequestedAt === definition.deletionRequestedAt;
    return isSame ? stored : definition;
  }

  /** Returns the time until Berth may start or restart the container again, in milliseconds; undefined if it may now. */
  function restartDeferredMs({ definition, own, isStartDeferred, isHealingDeferred }: PlanInput): number | undefined {
    if (isStartDeferred && !own.some(isUp)) return retryState.startDeferredMs(definition.uid);
    return isHealingDeferred && own.some(hasFailed) ? retryState.healingDeferredMs(definition.uid) : undefined;
  }

  function failed(uid: string, step: Action | undefined, error: unknown): WorkOutcome {
    const attempt = toAttempt(step, error);
    const { reason, message } = attempt;
    const events = [{ type: 'StepFailed', reason, message } as const];
    const what = { container: store.byUid(uid)?.name, uid, action: step?.kind, reason, err: error };
    const fields = { ...what, ...causeFields() };
    if (error instanceof EngineError) log.warn(fields, 'step failed');
    else log.error(fields, 'step failed with an internal error');
    if (error instanceof EngineError && error.leavesUnknown) observer.suspect();
    const isUnseen = HEALS_UNSEEN.has(reason) || (error instanceof EngineError && ENGINES.has(error.kind));
    const isPull = step?.kind === 'pull-image';
    if (step !== undefined && isLostPort({ uid }, step, error, observed) && !observed.ownOf(uid).some(isUp)) {
      return { next: { kind: 'retry', withinMs: lostPorts.withinMs(uid) ?? UNSEEN_RETRY_MS }, attempt, events };
    }
    return { next: retryAfter(isUnseen && !isPull), attempt, events };
  }

  return { work, forget, ask: facts.ask };
}

/** Error kinds that an engine in trouble may answer to any request. */
const ENGINES: ReadonlySet<EngineError['kind']> = new Set(['failed', 'conflict', 'not-found']);

/** The steps up to a start that was done already; a pull after it is not kept from being tried. */
function withoutRepeats(actions: readonly Action[], started: ReadonlySet<string>): readonly Action[] {
  const at = actions.findIndex(
    (action) => action.kind === 'start' && action.target.kind === 'existing' && started.has(action.target.id),
  );
  if (at < 0) return actions;
  return actions[at + 1]?.kind === 'pull-image' ? actions.toSpliced(at, 1) : actions.slice(0, at);
}

const DONE: WorkResult = { kind: 'done' };
const RETRY: WorkResult = { kind: 'retry' };
const retryAfter = (isUnseen: boolean): WorkResult => (isUnseen ? { kind: 'retry', withinMs: UNSEEN_RETRY_MS } : RETRY);
