import type { Definition, FailedReplacement } from '../../domain/definition/definition.js';
import { EngineError } from '../../engine/errors.js';
import { runsHeld } from '../../engine/restart-policy.js';
import type { Clock } from '../../lib/clock.js';
import type { ObservedState, OwnContainer } from '../observe/observed-state.js';
import { assess, type Breakage, brokenReplacement } from '../plan/assess.js';
import { updateKey } from '../plan/candidates.js';
import { standingAt } from '../plan/obstacles.js';
import { isToHeal } from '../plan/repair.js';
import type { Action, FailedStart, PlanInput } from '../plan/types.js';
import type { Standing } from '../plan/waits.js';
import type { Attempt } from '../status/conditions.js';
import { toAttempt } from '../status/failure-condition.js';
import { createEarlyStarts, createRefusedStarts, createTries } from './restarts.js';

/**
 * Decides whether a replacement has failed, and remembers the attempts on each definition. Lost with the process, and
 * then found out again.
 */
export interface RetryState {
  of(uid: string): Attempt;
  set(definition: Worked, attempt: Attempt): void;
  /**
   * Returns how the last work on this generation of a definition ended; of the steps under way, only a pull changes it.
   * A generation that has not been worked on counts as `moving`.
   */
  standingOf(definition: Worked): Standing;
  /**
   * Returns why a definition without a running container could not be started, while no other definition has to give
   * way to it.
   */
  failedStart(definition: Definition): FailedStart | null;
  /**
   * Returns how long that lasts, in milliseconds; undefined if it has no end of its own, or there is no failed start.
   */
  failedStartMs(definition: Definition): number | undefined;
  /** True while steps of a plan for it are executed. */
  isAtWork(uid: string): boolean;
  /** Returns why the engine can't start a container, which has failed in the same way several times; undefined if it may. */
  startRefusal(uid: string, id: string): string | undefined;
  /** True if a failed replacement is tried again, although nothing changes. */
  isReplacementDeferred(uid: string): boolean;
  entries(): Iterable<readonly [uid: string, attempt: Attempt]>;
  /** Returns the replacement that is not tried: abandoned, or deferred until its next try. */
  failedReplacement(definition: Definition): FailedReplacement | null;
  lastUpdate(uid: string): string | null;
  updating(definition: Definition, action: Action): void;
  updateFailed(uid: string): void;
  /** Lets a deferred replacement be tried, if its time has come, or if the definition has changed. */
  retry(definition: Definition): void;
  /** Returns the time until a deferred replacement is tried again, in milliseconds; undefined if none is deferred. */
  deferredMs(uid: string): number | undefined;
  /** Judges a replacement that was started beside the container that it replaces. */
  judgeRun(input: PlanInput): Verdict;
  /** Judges a failed step of a replacement, after a look at the containers that it left. */
  judgeStep(input: PlanInput, action: Action, error: unknown): Verdict;
  /** Returns the time until the next repair of its links, in milliseconds; 0 if it may be tried now. */
  repairDeferredMs(uid: string): number;
  /** Records that its container was restarted to bring back an alias. */
  linksRepaired(uid: string): void;
  /** Records that its links are as they should be. */
  linksHold(uid: string): void;
  /** True if the engine started its container before the dependencies were ready. */
  startedEarly(uid: string): boolean;
  /** Records how a container and its dependencies are now. */
  noteRun(input: PlanInput): void;
  /** Returns the time until Berth may start its container again after an exit, in milliseconds; 0 if it may now. */
  startDeferredMs(uid: string): number;
  /** Returns the time until Berth may restart its unhealthy container, in milliseconds; 0 if it may now. */
  healingDeferredMs(uid: string): number;
  /** Records that Berth started or restarted its container. */
  restarted(input: PlanInput, action: Action): void;
  forget(uid: string): void;
}

/** A definition in the generation that is worked on. */
export type Worked = Pick<Definition, 'uid' | 'generation'>;

/**
 * Verdict on a replacement. `abandon`: abandoned as long as its key stays the same. `defer`: deferred until the next
 * try. `go-on`: no reason to go back.
 */
export type Verdict =
  | { readonly kind: 'go-on' | 'defer' }
  | { readonly kind: 'abandon'; readonly failed: FailedReplacement };

/**
 * Backoff for replacements, since each try interrupts the current container: the first after 20 s, then ever later, in
 * milliseconds.
 */
const retryMs = (count: number): number => Math.min(300_000, 20_000 * 2 ** (count - 1));

/** Backoff for starts of a container that Berth restarts: like the engine's own, at most a minute, in milliseconds. */
const startMs = (count: number): number => Math.min(60_000, 1_000 * 2 ** (count - 1));

/** A container that has run for so long, in milliseconds, is started again at once. Rule: moby, `restartmanager`. */
const QUIET_MS = 10_000;

const GO_ON: Verdict = { kind: 'go-on' };

/**
 * Failures of a step whose container, network, image or source was removed after planning. The next plan makes it
 * again, or waits for it.
 */
export const VANISHED: ReadonlySet<EngineError['kind']> = new Set([
  'not-found',
  'network-absent',
  'image-absent',
  'link-source-absent',
]);

/** Failures that are not the definition's fault: the same replacement may well start the next time. */
const PASSING: ReadonlySet<EngineError['kind']> = new Set([
  'port-in-use',
  'address-in-use',
  'name-in-use',
  'link-source-not-running',
  'conflict',
  ...VANISHED,
]);

/**
 * A replacement that is not tried before its time, whatever wakes the definition: each try interrupts the current
 * container.
 */
interface Deferred {
  readonly failed: FailedReplacement;
  readonly generation: number;
  /** Time by the monotonic clock, in milliseconds. */
  readonly untilMs: number;
}

/** A start that failed with nothing to go back to. Each try makes the holders of its host ports and addresses give way. */
interface FailedTry {
  readonly failed: FailedStart;
  readonly wish: string;
  readonly count: number;
  /** Time by the monotonic clock, in milliseconds; infinite if the definition itself is at fault. */
  readonly untilMs: number;
}

/** True for a step that makes or starts a container, or connects one that has yet to start. */
export function isOfRollout({ own }: PlanInput, action: Action): boolean {
  if (action.kind !== 'connect') return action.kind === 'start' || action.kind === 'create';
  const { target } = action;
  return target.kind === 'new' || own.some(({ id, startedAt }) => id === target.id && startedAt === null);
}

/** Identifies what is to be started: a new generation, or a requested restart, may be started again. */
const wishOf = ({ generation, restartOf }: Definition): string => `${generation} ${restartOf}`;

/** @returns undefined for a step that changes nothing of it */
function standing(attempt: Attempt): Standing | undefined {
  if (attempt.kind === 'working') return attempt.action.startsWith('pull-image') ? 'stuck' : undefined;
  if (attempt.kind === 'failed') return 'stuck';
  return attempt.kind === 'obstacle' ? standingAt(attempt.obstacle) : 'moving';
}

export function createRetryState(observed: ObservedState, { monotonic }: Pick<Clock, 'monotonic'>): RetryState {
  const attempts = new Map<string, Attempt>();
  const deferred = new Map<string, Deferred>();
  const tries = new Map<string, { readonly key: string; readonly count: number }>();
  const strikes = new Map<string, { readonly key: string; readonly run: string }>();
  const lastUpdates = new Map<string, string>();
  const standings = new Map<string, { readonly generation: number; readonly standing: Standing }>();
  const failedTries = new Map<string, FailedTry>();
  const repairs = createTries({ monotonic }, retryMs);
  const healings = createTries({ monotonic }, retryMs);
  const starts = createTries({ monotonic }, startMs, QUIET_MS);
  const early = createEarlyStarts();
  const refusedStarts = createRefusedStarts();

  const failedOf = ({ uid, failedReplacement }: Definition): FailedReplacement | null =>
    deferred.get(uid)?.failed ?? failedReplacement;

  const isKnown = (input: PlanInput, key: string): boolean => failedOf(input.definition)?.key === key;

  /** True for the first of two doubtful failures of the same key: it is tried once more. */
  function isFirst(uid: string, key: string, run: string): boolean {
    const last = strikes.get(uid);
    strikes.set(uid, { key, run });
    return last?.key !== key || last.run === run;
  }

  /**
   * True if a failure may pass. An error that the engine recorded on a container that has never run is the container's fault;
   * a mere 5xx may be the engine's, and so may be the refusal of one that has run before.
   *
   * @param container the one that the step was about; undefined where it was not created
   */
  const isPassing = (container: OwnContainer | undefined, error: EngineError): boolean =>
    PASSING.has(error.kind) || (error.kind === 'failed' && (!container?.error || container.startedAt !== null));

  function failedTryOf(definition: Definition): FailedTry | undefined {
    const last = failedTries.get(definition.uid);
    return last?.wish === wishOf(definition) && last.untilMs > monotonic() ? last : undefined;
  }

  /** Remembers a start that failed with nothing to go back to, unless that was the engine's trouble. */
  function startFailed(
    definition: Definition,
    action: Action,
    error: EngineError,
    container: OwnContainer | undefined,
  ): void {
    const isHeld = error.kind === 'port-in-use' || error.kind === 'address-in-use';
    if (!isHeld && isPassing(container, error)) return;
    const wish = wishOf(definition);
    const last = failedTries.get(definition.uid);
    const count = last?.wish === wish ? last.count + 1 : 1;
    const untilMs = isHeld ? monotonic() + retryMs(count) : Number.POSITIVE_INFINITY;
    failedTries.set(definition.uid, { failed: toAttempt(action, error), wish, count, untilMs });
  }

  /** Remembers a container that the engine failed to start, where that was neither its links, ports and the like nor a mere 5xx. */
  function noteRefusal({ uid }: Definition, action: Action, error: EngineError): void {
    if (action.kind !== 'start' || action.target.kind !== 'existing' || error.kind !== 'failed') return;
    const container = observed.own(action.target.id);
    if (container !== undefined && container.error !== '') refusedStarts.refused(uid, container);
  }

  function judge(input: PlanInput, key: string, { message, doubtful }: Breakage, run: string): Verdict {
    if (isKnown(input, key) || (doubtful && isFirst(input.definition.uid, key, run))) return GO_ON;
    return { kind: 'abandon', failed: { key, message } };
  }

  return {
    of: (uid) => attempts.get(uid) ?? { kind: 'none' },
    set({ uid, generation }, attempt) {
      if (attempt.kind === 'none') {
        attempts.delete(uid);
        failedTries.delete(uid);
        refusedStarts.forget(uid);
      } else attempts.set(uid, attempt);
      const after = standing(attempt);
      if (after !== undefined) standings.set(uid, { generation, standing: after });
    },
    standingOf({ uid, generation }) {
      const known = standings.get(uid);
      return known?.generation === generation ? known.standing : 'moving';
    },
    failedStart: (definition) => failedTryOf(definition)?.failed ?? null,
    failedStartMs(definition) {
      const untilMs = failedTryOf(definition)?.untilMs ?? Number.POSITIVE_INFINITY;
      return Number.isFinite(untilMs) ? untilMs - monotonic() : undefined;
    },
    isAtWork: (uid) => attempts.get(uid)?.kind === 'working',
    startRefusal: refusedStarts.reasonOf,
    isReplacementDeferred: (uid) => deferred.has(uid),
    entries: () => attempts,
    failedReplacement: failedOf,
    lastUpdate: (uid) => lastUpdates.get(uid) ?? null,
    updating(definition, action) {
      if (action.kind !== 'update' || action.target.kind !== 'existing') return;
      const current = observed.own(action.target.id);
      if (current !== undefined) lastUpdates.set(definition.uid, updateKey(current, definition));
    },
    updateFailed: (uid) => lastUpdates.delete(uid),
    retry({ uid, generation }) {
      const waiting = deferred.get(uid);
      if (waiting === undefined) return;
      if (waiting.generation !== generation || waiting.untilMs <= monotonic()) deferred.delete(uid);
    },
    deferredMs(uid) {
      const waiting = deferred.get(uid);
      return waiting === undefined ? undefined : Math.max(0, waiting.untilMs - monotonic());
    },
    judgeRun(input) {
      const assessment = assess(input);
      const broken = brokenReplacement(input, assessment);
      if (broken === null) return GO_ON;
      // It may have failed for want of its source, and its key changes with that.
      if (input.links.some(({ source }) => source.kind !== 'running')) return GO_ON;
      const { current } = assessment;
      if (broken.doubtful && current !== undefined && observed.isInterrupted(current)) return GO_ON;
      const runs = input.own.map(({ id, startedAt }) => `${id} ${startedAt}`).sort();
      return judge(input, assessment.key, broken, runs.join());
    },
    judgeStep(input, action, error) {
      if (!(error instanceof EngineError) || error.leavesUnknown) return GO_ON;
      if (!isOfRollout(input, action)) return GO_ON;
      const { definition } = input;
      noteRefusal(definition, action, error);
      const { current, previous, key } = assess(input);
      const target = 'target' in action ? action.target : undefined;
      const isWanted = target?.kind !== 'existing' || target.id === current?.id;
      if (!isWanted || isKnown(input, key)) return GO_ON;
      if (previous === undefined) {
        startFailed(definition, action, error, current);
        return GO_ON;
      }
      const failed = { key, message: error.message };
      if (!isPassing(current, error)) return { kind: 'abandon', failed };
      const { uid, generation } = definition;
      const last = tries.get(uid);
      const count = last?.key === key ? last.count + 1 : 1;
      tries.set(uid, { key, count });
      deferred.set(uid, { failed, generation, untilMs: monotonic() + retryMs(count) });
      return { kind: 'defer' };
    },
    repairDeferredMs: repairs.deferredMs,
    linksRepaired: repairs.made,
    linksHold: repairs.forget,
    startedEarly: early.has,
    noteRun(input) {
      early.note(input);
      if (input.own.some(({ health }) => health === 'healthy')) healings.forget(input.definition.uid);
    },
    startDeferredMs: starts.deferredMs,
    healingDeferredMs: healings.deferredMs,
    restarted(input, { kind }) {
      const { uid, spec } = input.definition;
      if (kind === 'restart' && input.own.some((one) => isToHeal(input, one))) healings.made(uid);
      if (kind === 'start' && runsHeld(spec)) starts.made(uid);
      early.over(uid);
    },
    forget(uid) {
      for (const memory of [attempts, deferred, tries, strikes, lastUpdates, standings, failedTries])
        memory.delete(uid);
      for (const memory of [repairs, healings, starts, refusedStarts]) memory.forget(uid);
      early.over(uid);
    },
  };
}
