import type { Definition } from '../../../domain/definition/definition.js';
import { isUp } from '../../../engine/container-state.js';
import { EngineError } from '../../../engine/errors.js';
import { waitUntil } from '../../../lib/wait-until.js';
import { failPoint } from '../../../observability/fail-point.js';
import { causeFields } from '../../../observability/trace.js';
import type { OwnContainer } from '../../observe/observed-state.js';
import { assess } from '../../plan/assess.js';
import { lostNetwork } from '../../plan/networks/shared-network.js';
import type { Action, PlanInput } from '../../plan/types.js';
import { VOLUME_RECREATED, volumesText } from '../../status/conditions.js';
import { isDiskFull, isTowardsNew, stopsForNew } from '../engine-disk.js';
import { createExecutor } from '../executor.js';
import type { ImagePulls } from '../images/image-pulls.js';
import { isLostPort, type LostPorts } from '../lost-ports.js';
import type { WorkContext } from '../queue.js';
import { VANISHED } from '../retry-state.js';
import type { WorkerOptions } from '../worker-options.js';
import { type Fallback, isRefusal, unconfirmed } from './fallback.js';

/** Time that a replacement has to run before the previous container is removed, in milliseconds. */
const SETTLE_MS = 1_000;

/** Steps after which the rest of a plan may be another. */
const LOOK_AFTER: ReadonlySet<Action['kind']> = new Set(['reserve-ports', 'pull-image', 'create-network']);

/** Steps that take a container up or down, and so give or take its address. */
const CHANGES_RUN: ReadonlySet<Action['kind']> = new Set(['start', 'stop', 'restart']);

const STEP_NAMES: Readonly<Record<Exclude<Action['kind'], 'forget'>, string>> = {
  'pull-image': 'PullImage',
  'create-network': 'CreateNetwork',
  'remove-network': 'RemoveNetwork',
  'reserve-ports': 'ReservePorts',
  'record-run': 'RecordRun',
  create: 'Create',
  start: 'Start',
  stop: 'Stop',
  restart: 'Restart',
  unpause: 'Unpause',
  remove: 'Remove',
  rename: 'Rename',
  update: 'Update',
  connect: 'Connect',
  disconnect: 'Disconnect',
};

/** Progress of one piece of work. */
export interface Progress {
  step: Action | undefined;
  /** The containers that it has started: one that goes down again at once is not started again and again. */
  readonly started: Set<string>;
  /** The definition at its last look. */
  definition: Definition | undefined;
  /** Number of steps that failed since something was removed after they were planned. */
  vanished: number;
  /** The moment of its last look, by the guard of runs. */
  lookedAt: number;
  /** The name of the definition, once nothing of it is left. */
  removed: string | undefined;
}

export interface Steps {
  /**
   * Executes steps of a plan until something changes under them. @throws the error that ends the work on the definition
   */
  perform(input: PlanInput, steps: readonly Action[], context: WorkContext, doing: Progress): Promise<void>;
}

export function createSteps(
  options: WorkerOptions & {
    readonly pulls: ImagePulls;
    readonly lostPorts: LostPorts;
    readonly fallback: Fallback;
    /** Reports a failed step after which the work goes on. */
    readonly stepFailed: (definition: Definition, step: Action, error: unknown) => void;
  },
): Steps {
  const { store, engine, observed, observer, retryState, disk, clock, log, record, note, guard } = options;
  const { pulls, lostPorts, fallback, networks, openSecret = () => null } = options;

  /** Returns the value of a secret. The plan has checked that it can be read, but that may have changed since. */
  function secretOf(name: string): string {
    const value = store.sealed('secret', name);
    const text = value === undefined ? null : openSecret(value);
    if (text === null) throw new Error(`the secret ${name} can't be read`);
    return text;
  }

  /** Executes steps of a plan until something changes under them. */
  async function perform(
    input: PlanInput,
    steps: readonly Action[],
    context: WorkContext,
    doing: Progress,
  ): Promise<void> {
    const { definition } = input;
    const { uid } = definition;
    const reservations = store.reservationsOf(uid);
    if (!(await hasRoom(input, steps))) return;
    const unserved = new AbortController();
    const signal = AbortSignal.any([context.signal, unserved.signal]);
    const pulled = (digest: string | null): void => pulls.resolved(definition, digest);
    const to = { engine, store, networks, instance: store.instance(), secretOf, pulled };
    const execution = createExecutor(to, input, reservations, { ...context, signal });
    for (const [index, action] of steps.entries()) {
      const leave = CHANGES_RUN.has(action.kind) ? await enterRun(input, action, context, doing) : NOTHING_TO_LEAVE;
      if (leave === 'look-again') return;
      if (store.byUid(uid) !== definition && action.kind !== 'forget') return leave();
      await begin(definition, action, doing);
      const unwatch = action.kind === 'pull-image' ? onceUnserved(uid, () => unserved.abort()) : undefined;
      const failure = await errorOfStep(definition, action, context, () => execution.step(action));
      leave();
      unwatch?.();
      failPoint(`after-${action.kind}`);
      if (failure === undefined) {
        if (action.kind === 'forget') doing.removed = definition.name;
        if (await lookNext(input, action, context)) return;
        continue;
      }
      const isPulledNext = steps[index + 1]?.kind === 'pull-image';
      const next = await afterFailure(input, action, failure.error, {
        doing,
        isPulledNext,
        isUnserved: unserved.signal.aborted,
      });
      if (next === 'plan') return;
    }
  }

  async function begin(definition: Definition, action: Action, doing: Progress): Promise<void> {
    const { uid, name } = definition;
    doing.step = action;
    if (action.kind === 'start' && action.target.kind === 'existing') doing.started.add(action.target.id);
    log.info({ container: name, uid, action: action.kind, reason: action.reason, ...causeFields() }, 'step');
    record(definition, { kind: 'working', action: `${action.kind}: ${action.reason}` });
    retryState.updating(definition, action);
    if (action.kind === 'forget') await options.flush(uid);
    failPoint(`before-${action.kind}`);
  }

  /**
   * Decides what follows a step that failed.
   *
   * @returns `plan`: another plan is made at once. `step`: the next step is done
   * @throws the error, where the work on the definition ends
   */
  async function afterFailure(
    input: PlanInput,
    action: Action,
    error: unknown,
    { doing, isPulledNext, isUnserved }: { doing: Progress; isPulledNext: boolean; isUnserved: boolean },
  ): Promise<'plan' | 'step'> {
    const { definition } = input;
    const { uid, name } = definition;
    if (action.kind === 'update') retryState.updateFailed(uid);
    if (isLinkRefusal(error) && input.runsOn === 'bridge') {
      log.warn({ container: name, uid, err: error }, 'the engine has no links on the default bridge any more');
      await store.moveLinks(error.message);
      options.linksMoved();
      await lookAtOwn(definition);
      return 'plan';
    }
    if (isDiskFull(error)) {
      diskRefused(definition, error);
      if (!isTowardsNew(input, action)) throw error;
      // The container that was stopped for the replacement is started again.
      await lookAtOwn(definition);
      return 'plan';
    }
    if (action.kind === 'pull-image') pulls.failed(definition);
    if (isUnserved) {
      // It was up when the pull began, so its stop does not count as a round.
      doing.started.clear();
      return 'plan';
    }
    if (action.kind === 'start' && isPulledNext && isRefusal(error)) {
      // The previous container can't run, so the replacement is wanted all the more.
      options.stepFailed(definition, action, error);
      return 'step';
    }
    if (hasVanished(action, error) && doing.vanished++ < MOST_VANISHED) {
      log.info(
        { container: name, uid, action: action.kind, err: error },
        'planning again: a target of the step is gone',
      );
      return 'plan';
    }
    if (await fallback.canGoOn(input, action, error)) return 'plan';
    throw error;
  }

  /** Remembers that a step was done. @returns whether the rest of its plan may be another by now */
  async function lookNext(input: PlanInput, action: Action, context: WorkContext): Promise<boolean> {
    const { definition } = input;
    const { uid } = definition;
    if (action.kind !== 'forget') {
      note(definition, { type: 'Step', reason: STEP_NAMES[action.kind], message: action.reason });
    }
    if (action.kind === 'record-run') options.runRecorded(definition);
    if (action.kind === 'create') await noteRecreated(definition);
    if (action.kind === 'pull-image' || (action.kind === 'start' && action.target.kind === 'new')) disk.written();
    const isRepair = assess(input).hosts.fault !== null || input.own.some((one) => lostNetwork(input, one) !== null);
    if (action.kind === 'restart' && isRepair) retryState.linksRepaired(uid);
    if (action.kind === 'start' || action.kind === 'restart') retryState.restarted(input, action);
    if (action.kind === 'pull-image') pulls.pulled(definition);
    if (LOOK_AFTER.has(action.kind)) return true;
    if (action.kind !== 'start' || !hasRun(input.own)) return false;
    await lookAtOwn(definition);
    await context.outside(() => staysUp(uid));
    return true;
  }

  /** Records that the engine has made named volumes of a new container again, empty. */
  async function noteRecreated(definition: Definition): Promise<void> {
    if (definition.spec.volumes.length === 0) return;
    await lookAtOwn(definition);
    const fresh = observed.ownOf(definition.uid).filter(({ startedAt }) => startedAt === null);
    const names = fresh.flatMap(({ owner }) => owner?.recreatedVolumes ?? []);
    if (names.length === 0) return;
    log.warn(
      { container: definition.name, uid: definition.uid, volumes: names },
      'named volumes were missing; the engine created empty ones',
    );
    const message = volumesText(names);
    note(definition, {
      ...{ type: 'ConditionChanged', reason: VOLUME_RECREATED, message: `VolumesKept is False: ${message}` },
      after: { VolumesKept: 'False', reason: VOLUME_RECREATED },
    });
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
    if (failure === undefined || !isLostPort(definition, action, failure.error, observed)) return failure;
    for (const ms of lostPorts.triesMs(definition, action)) {
      if (failure === undefined || !isLostPort(definition, action, failure.error, observed)) return failure;
      // A port that was picked, and never bound, is exchanged for another.
      if (unconfirmed(store.reservationsOf(uid), failure.error.port).length > 0) return failure;
      await context.outside(() => new Promise<void>((resolve) => void clock.after(ms, resolve)));
      if (store.byUid(uid)?.generation !== definition.generation) return failure;
      failure = await errorOf(step);
    }
    return failure;
  }

  /** The definitions that a start of its container takes addresses from. */
  function sourcesOf({ definition, runsOn }: PlanInput): readonly string[] {
    const isLinked = observed.ownOf(definition.uid).some((container) => container.linkAliases.length > 0);
    if (runsOn !== 'bridge' && !isLinked) return [];
    const uids = options.sourceIds(definition).map((id) => observed.own(id)?.owner?.uid ?? '');
    return [...new Set(uids)].filter((uid) => uid !== '' && uid !== definition.uid);
  }

  /**
   * Waits until the step overlaps with none that it must not overlap with.
   *
   * @returns ends the step; `look-again` where a source has been started or stopped since its plan was made
   */
  async function enterRun(
    input: PlanInput,
    action: Action,
    context: WorkContext,
    { lookedAt }: Progress,
  ): Promise<(() => void) | 'look-again'> {
    const { uid } = input.definition;
    const sources = action.kind === 'stop' ? [] : sourcesOf(input);
    const leave = guard.isFree(uid, sources)
      ? await guard.enter(uid, sources)
      : await context.outside(() => guard.enter(uid, sources));
    if (!guard.hasChangedSince(lookedAt, sources)) return leave;
    leave();
    return 'look-again';
  }

  const lookAtOwn = ({ uid, adopted }: Definition): Promise<void> => observer.lookAtOwn(uid, adopted?.id);

  /** Waits until a started replacement has run for a while, or has ended. */
  const staysUp = (uid: string): Promise<boolean> =>
    waitUntil(() => observed.ownOf(uid).every((container) => container.state !== 'running'), {
      watch: (notified) => options.watch(uid, notified),
      ms: SETTLE_MS,
      clock,
    });

  /** Calls when none of its containers is up any more, where one is; the answer ends it. */
  function onceUnserved(uid: string, call: () => void): () => void {
    const isServed = (): boolean => observed.ownOf(uid).some(isUp);
    if (!isServed()) return () => undefined;
    return options.watch(uid, () => {
      if (!isServed()) call();
    });
  }

  /** True if the engine has room for a replacement: the current container is not stopped before that. */
  async function hasRoom({ definition, imageReference }: PlanInput, steps: readonly Action[]): Promise<boolean> {
    if (!stopsForNew(steps)) return true;
    try {
      await engine.tryRoom(imageReference ?? definition.spec.image, store.instance(), disk.state() !== null);
      return true;
    } catch (error) {
      if (isRefusal(error) && !isDiskFull(error)) {
        // The replacement itself will show the fault, and can be rolled back.
        log.debug({ container: definition.name, err: error }, 'could not check for free space on the engine');
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

  return { perform };
}

const NOTHING_TO_LEAVE = (): void => undefined;

/** Steps that may find something gone within one piece of work before it is backed off. */
const MOST_VANISHED = 3;

/**
 * True if a step failed since something was removed after it was planned. A registry without the image is no such case.
 */
const hasVanished = (action: Action, error: unknown): boolean =>
  isRefusal(error) && action.kind !== 'pull-image' && VANISHED.has(error.kind);

const isLinkRefusal = (error: unknown): error is EngineError =>
  error instanceof EngineError && error.kind === 'links-removed';

const hasRun = (containers: readonly OwnContainer[]): boolean =>
  containers.some((container) => container.startedAt !== null);

async function errorOf(run: () => Promise<void>): Promise<{ readonly error: unknown } | undefined> {
  try {
    await run();
    return undefined;
  } catch (error) {
    return { error };
  }
}
