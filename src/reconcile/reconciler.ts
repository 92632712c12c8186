import type { ContainerPort, Definition, Reservation } from '../domain/definition.js';
import type { Engine } from '../engine/engine.js';
import { EngineError, type NamedPort } from '../engine/errors.js';
import type { Log } from '../observability/logger.js';
import type { Clock } from './clock.js';
import type { Attempt } from './conditions.js';
import { createExecution } from './execute.js';
import { toAttempt } from './failure.js';
import { createKnown, type DesiredState } from './known.js';
import { createObserved, type Observed, type OwnContainer } from './observed.js';
import { createObserver } from './observer.js';
import {
  type Action,
  brokenReplacement,
  isEmpty,
  type Plan,
  type PlanInput,
  plan,
  updateKey,
  wantedKey,
} from './plan.js';
import { createQueue, type WorkContext, type WorkResult } from './queue.js';
import { createStatusBoard, type StatusBoard } from './status-board.js';

/** What the reconciler needs of the store: the desired state, and the few facts that the engine teaches. */
export interface ReconcilerStore extends DesiredState {
  readonly instance: string;
  byUid(uid: string): Definition | undefined;
  all(): Iterable<Definition>;
  /** The definitions that link to this name. */
  recipientsOf(name: string): readonly Definition[];
  /** Gives exactly these container ports of `publishAll` a host port each; those that have one keep it. */
  reservePublishAll(uid: string, ports: readonly ContainerPort[]): Promise<void>;
  /** The engine has bound these: they will not be exchanged any more. */
  confirm(uid: string, reservations: readonly Reservation[]): Promise<void>;
  /** Something else on the host holds these picked, never bound ports: picks others. */
  exchange(uid: string, reservations: readonly Reservation[]): Promise<void>;
  /** Removes the definition and its reservations. */
  forget(uid: string): Promise<void>;
}

export interface Reconciler {
  start(): void;
  /** Takes no new work, lets what is under way come to its end, and resolves. */
  stop(): Promise<void>;
  /** A definition was written: to be called after the commit. */
  changed(uid: string): void;
  /** The steps that would be taken for a definition, stored or not. @throws EngineError if the engine can't be asked */
  planFor(definition: Definition, desired: DesiredState): Promise<Plan>;
  readonly observed: Observed;
  readonly status: StatusBoard;
}

/** How often a definition is looked at again within one piece of work before it has to wait its turn. */
const ROUNDS = 8;
/** A port that is held by something we can't watch is tried again at least so often, in milliseconds. */
const PORT_RETRY_MS = 15_000;

/** How long a replacement has to run before what it replaces is removed, in milliseconds. */
const SETTLE_MS = 1_000;

/** After these the rest of a plan may be another. */
const LOOK_AFTER: ReadonlySet<Action['kind']> = new Set(['reserve-ports', 'pull-image']);

/** A replacement that a held port made fail costs an interruption each time: not sooner than this, in milliseconds. */
const REPLACEMENT_RETRY_MS = 20_000;

/**
 * The loop: wakes on writes, events and relists; looks, plans, does, looks again. What is done follows from desired and
 * observed alone, so that a lost, doubled or late wake costs time, never correctness.
 */
export function createReconciler(options: {
  readonly store: ReconcilerStore;
  readonly engine: Engine;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Log;
  /** Definitions worked on at once. */
  readonly places: number;
}): Reconciler {
  const { store, engine, clock, random, log, places } = options;
  const observed = createObserved(clock.now());
  const attempts = new Map<string, Exclude<Attempt, { kind: 'none' }>>();
  const failedReplacements = new Map<string, { key: string; message: string; transient: boolean }>();
  const lastUpdates = new Map<string, string>();

  const memory = {
    failedReplacement: (uid: string) => failedReplacements.get(uid) ?? null,
    lastUpdate: (uid: string) => lastUpdates.get(uid) ?? null,
  };
  const known = createKnown(store, observed, memory);
  const status = createStatusBoard({
    store,
    observed,
    known,
    clock,
    attemptOf: (uid) => attempts.get(uid) ?? NO_ATTEMPT,
  });
  const queue = createQueue({ work, places, clock, random });

  const observer = createObserver({
    engine,
    observed,
    instance: store.instance,
    clock,
    random,
    log,
    events: {
      ownChanged,
      foreignChanged: () => wakeTroubled((attempt) => /^(HostPortInUse|NameTaken|RolledBack)$/.test(reasonOf(attempt))),
      imagesChanged: () => wakeTroubled((attempt) => conditionOf(attempt) === 'ImageAvailable'),
      relisted,
      reachabilityChanged: () => {
        for (const definition of store.all()) status.touch(definition.uid);
      },
    },
  });

  function record(uid: string, attempt: Attempt): void {
    if (attempt.kind === 'none') attempts.delete(uid);
    else attempts.set(uid, attempt);
    status.touch(uid);
  }

  function ownChanged(before: OwnContainer | undefined, after: OwnContainer | undefined): void {
    const uid = (after ?? before)?.owner?.uid ?? '';
    status.touch(uid);
    queue.wake(uid);
    const definition = store.byUid(uid);
    if (definition === undefined) return;
    const isUp = after?.state === 'running' && before?.state !== 'running';
    for (const recipient of store.recipientsOf(definition.name)) {
      status.touch(recipient.uid);
      queue.wake(recipient.uid, isUp ? 'urgent' : 'plain');
    }
    const appeared = before === undefined || after === undefined || before.name !== after.name;
    if (appeared) observer.look(sourceIds(definition));
  }

  const sourceIds = (definition: Definition): readonly string[] =>
    definition.spec.links.flatMap((link) => {
      const source = store.byName(link.container);
      return source === undefined ? [] : observed.ownOf(source.uid).map((container) => container.id);
    });

  function wakeTroubled(concerns: (attempt: Attempt) => boolean): void {
    for (const [uid, attempt] of attempts) {
      if (!concerns(attempt)) continue;
      if (failedReplacements.get(uid)?.transient) failedReplacements.delete(uid);
      queue.wake(uid, 'urgent');
    }
  }

  /** After a complete look at the engine: whatever differs from its definition is worked on, the rest costs nothing. */
  function relisted(): void {
    for (const definition of store.all()) {
      const planned = plan(known.planInput(definition));
      if (!isEmpty(planned) || attempts.has(definition.uid)) queue.wake(definition.uid);
      status.touch(definition.uid);
    }
  }

  async function work(uid: string, context: WorkContext): Promise<WorkResult> {
    if (!observed.engine.reachable || !observed.complete) return DONE;
    let step: Action | undefined;
    try {
      for (let round = 0; round < ROUNDS; round++) {
        const definition = store.byUid(uid);
        if (definition === undefined) return forgotten(uid);
        step = undefined;
        await observer.lookAtOwn(uid);
        await observer.lookNow(sourceIds(definition));
        await confirmBound(definition);
        noticeBrokenReplacement(definition);
        const input = await ask(known.planInput(definition));
        const planned = plan(input);
        if (isEmpty(planned)) return settled(uid, planned);
        const execution = createExecution(
          { engine, store, instance: store.instance },
          input,
          store.reservationsOf(uid),
          context,
        );
        for (const action of planned.actions) {
          if (store.byUid(uid) !== definition && action.kind !== 'forget') break;
          step = action;
          log.info({ container: definition.name, uid, action: action.kind, reason: action.reason }, 'step');
          record(uid, { kind: 'working', action: `${action.kind}: ${action.reason}` });
          if (action.kind === 'update') rememberUpdate(definition, action);
          const failure = await errorOf(() => execution.step(action));
          if (failure !== undefined && !(await canGoOn(definition, input, action, failure))) throw failure;
          if (action.kind === 'pull-image' && failure === undefined) refreshedFor.set(uid, definition.generation);
          if (action.kind === 'forget') sourceGone(definition.name);
          if (failure !== undefined || LOOK_AFTER.has(action.kind)) break;
          if (action.kind === 'start' && hasRun(input.own)) {
            await observer.lookAtOwn(uid);
            await context.outside(() => staysUp(uid));
            break;
          }
        }
      }
      return { kind: 'retry' };
    } catch (error) {
      return failed(uid, step, error);
    }
  }

  function sourceGone(name: string): void {
    for (const recipient of store.recipientsOf(name)) {
      status.touch(recipient.uid);
      queue.wake(recipient.uid);
    }
  }

  async function errorOf(run: () => Promise<void>): Promise<unknown> {
    try {
      await run();
      return undefined;
    } catch (error) {
      return error;
    }
  }

  /** Whether a failed step leaves another way at once: another port where we had picked it, or what served before. */
  async function canGoOn(definition: Definition, input: PlanInput, action: Action, error: unknown): Promise<boolean> {
    if (!(error instanceof EngineError) || error.leavesUnknown) return false;
    const { uid } = definition;
    if (error.kind === 'port-in-use' && action.kind === 'start') {
      const movable = unconfirmed(store.reservationsOf(uid), error.port);
      if (movable.length > 0) {
        log.info(
          { container: definition.name, uid, ports: movable.map((r) => r.hostPort) },
          'picked ports are held, picking others',
        );
        await store.exchange(uid, movable);
        return true;
      }
    }
    if (action.kind !== 'start' && action.kind !== 'create') return false;
    const started = action.kind === 'start' && action.target.kind === 'existing' ? action.target.id : undefined;
    const hasPrevious = input.own.some((container) => container.startedAt !== null && container.id !== started);
    const key = wantedKey(input);
    if (!hasPrevious || input.failedReplacement?.key === key) return false;
    failedReplacements.set(uid, { key, message: error.message, transient: error.kind === 'port-in-use' });
    log.warn({ container: definition.name, uid, err: error }, 'the replacement failed, going back');
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
      const unwatch = status.watch(uid, () => {
        if (observed.ownOf(uid).every((container) => container.state !== 'running')) end();
      });
    });
  }

  /** A replacement that started and ended, or turned out to be unhealthy, beside one that served before it. */
  function noticeBrokenReplacement(definition: Definition): void {
    const input = known.planInput(definition);
    const message = brokenReplacement(input);
    if (message === null) return;
    const key = wantedKey(input);
    if (input.failedReplacement?.key === key) return;
    log.warn(
      { container: definition.name, uid: definition.uid, reason: message },
      'the replacement failed, going back',
    );
    failedReplacements.set(definition.uid, { key, message, transient: false });
  }

  function rememberUpdate(definition: Definition, action: Action): void {
    if (action.kind !== 'update' || action.target.kind !== 'existing') return;
    const current = observed.own(action.target.id);
    if (current !== undefined) lastUpdates.set(definition.uid, updateKey(current, definition));
  }

  /** Asks the engine for what a creation needs to know; nothing where none is at hand. */
  async function ask(input: PlanInput): Promise<PlanInput> {
    const creates = plan({ ...input, image: { kind: 'present', exposed: [] }, network: 'present' }).actions.some(
      (action) => action.kind === 'create' || action.kind === 'reserve-ports',
    );
    if (!creates) return input;
    const { spec } = input.definition;
    const image = await engine.inspectImage(spec.image);
    const network = spec.network === 'bridge' ? null : await engine.inspectNetwork(spec.network);
    return {
      ...input,
      image: image === null ? { kind: 'absent' } : refreshed(input, image.exposed),
      network: spec.network === 'bridge' ? 'present' : networkState(network),
    };
  }

  const networkState = (network: { readonly instance: string | null } | null): PlanInput['network'] => {
    if (network === null) return 'absent';
    return network.instance === store.instance ? 'present' : 'foreign';
  };

  /** The generation for which `pullPolicy: always` has been done. */
  const refreshedFor = new Map<string, number>();
  const refreshed = (input: PlanInput, exposed: readonly ContainerPort[]): PlanInput['image'] => {
    const { spec, uid, generation } = input.definition;
    if (spec.pullPolicy !== 'always' || refreshedFor.get(uid) === generation) return { kind: 'present', exposed };
    return { kind: 'to-be-refreshed' };
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

  function forgotten(uid: string): WorkResult {
    attempts.delete(uid);
    failedReplacements.delete(uid);
    lastUpdates.delete(uid);
    refreshedFor.delete(uid);
    status.forget(uid);
    return DONE;
  }

  function settled(uid: string, { obstacle }: Plan): WorkResult {
    record(uid, obstacle === null ? NO_ATTEMPT : { kind: 'obstacle', obstacle });
    if (failedReplacements.get(uid)?.transient) {
      failedReplacements.delete(uid);
      return { kind: 'retry', fromMs: REPLACEMENT_RETRY_MS };
    }
    return obstacle?.until === 'time' ? { kind: 'retry' } : DONE;
  }

  function failed(uid: string, step: Action | undefined, error: unknown): WorkResult {
    const definition = store.byUid(uid);
    if (definition === undefined) return forgotten(uid);
    const outcome = toAttempt(step, error);
    record(uid, outcome);
    const fields = { container: definition.name, uid, action: step?.kind, reason: outcome.reason, err: error };
    if (error instanceof EngineError) log.warn(fields, 'step failed');
    else log.error(fields, 'step failed for a reason of ours');
    if (error instanceof EngineError && error.leavesUnknown) observer.suspect();
    return outcome.reason === 'HostPortInUse' ? { kind: 'retry', withinMs: PORT_RETRY_MS } : { kind: 'retry' };
  }

  return {
    start: () => observer.start(),
    async stop() {
      await queue.stop();
      await observer.stop();
    },
    changed(uid) {
      const definition = store.byUid(uid);
      status.touch(uid);
      queue.wake(uid, 'urgent');
      for (const recipient of definition === undefined ? [] : store.recipientsOf(definition.name)) {
        status.touch(recipient.uid);
        queue.wake(recipient.uid, 'urgent');
      }
    },
    async planFor(definition, desired) {
      const hypothetical = createKnown(desired, observed, memory);
      return plan(await ask(hypothetical.planInput(definition)));
    },
    observed,
    status,
  };
}

const hasRun = (containers: readonly OwnContainer[]): boolean =>
  containers.some((container) => container.startedAt !== null);

const DONE: WorkResult = { kind: 'done' };
const NO_ATTEMPT: Attempt = { kind: 'none' };

const reasonOf = (attempt: Attempt): string => {
  if (attempt.kind === 'failed') return attempt.reason;
  return attempt.kind === 'obstacle' ? attempt.obstacle.reason : '';
};

const conditionOf = (attempt: Attempt): string => {
  if (attempt.kind === 'failed') return attempt.condition;
  return attempt.kind === 'obstacle' ? attempt.obstacle.condition : '';
};

/** The picked, never bound reservations that a refused port may be about: the one it names, or all where it names none. */
function unconfirmed(reservations: readonly Reservation[], named: NamedPort | undefined): readonly Reservation[] {
  const movable = reservations.filter((reservation) => reservation.origin !== 'fixed' && !reservation.confirmed);
  return named === undefined ? movable : movable.filter((reservation) => reservation.hostPort === named.hostPort);
}
