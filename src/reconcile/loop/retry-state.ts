import type { Definition, FailedReplacement } from '../../domain/definition/definition.js';
import { EngineError } from '../../engine/errors.js';
import type { Clock } from '../../lib/clock.js';
import type { ObservedState } from '../observe/observed-state.js';
import {
  type Breakage,
  brokenReplacement,
  findCurrent,
  findPrevious,
  rolloutKey,
  updateKey,
} from '../plan/candidates.js';
import { environmentOf } from '../plan/link-state.js';
import { standingAt } from '../plan/obstacles.js';
import type { Action, PlanInput } from '../plan/types.js';
import type { Standing } from '../plan/waits.js';
import type { Attempt } from '../status/conditions.js';

/** What is remembered of the attempts on each definition. Lost with the process, and then found out anew. */
export interface RetryState {
  of(uid: string): Attempt;
  set(uid: string, attempt: Attempt): void;
  /** How the last work on a definition ended; of the steps under way, only a pull changes it. */
  standingOf(uid: string): Standing;
  entries(): Iterable<readonly [uid: string, attempt: Attempt]>;
  /** The replacement that is not tried: given up for good, or put off until the next time. */
  failedReplacement(definition: Definition): FailedReplacement | null;
  lastUpdate(uid: string): string | null;
  updating(definition: Definition, action: Action): void;
  updateFailed(uid: string): void;
  /** Lets a replacement that was put off be tried, if its time has come, or if another is wanted by now. */
  retry(definition: Definition): void;
  /** How long a replacement that was put off has still to wait for its next try, in milliseconds; undefined where none was. */
  putOffMs(uid: string): number | undefined;
  /** Judges a replacement that started beside what it replaces. */
  judgeRun(input: PlanInput): Verdict;
  /** Judges a step of a replacement that failed, after a look at what it left. */
  judgeStep(input: PlanInput, action: Action, error: unknown): Verdict;
  /** How long the next repair of its links has to wait, in milliseconds; 0 where it may be tried. */
  repairPutOffMs(uid: string): number;
  /** Its container was restarted to bring back an alias. */
  linksRepaired(uid: string): void;
  /** Its links were found as they should be. */
  linksHold(uid: string): void;
  forget(uid: string): void;
}

/** `give-up`: as long as it is wanted by the same key. `put-off`: until the next try. `go-on`: nothing to go back for. */
export type Verdict =
  | { readonly kind: 'go-on' | 'put-off' }
  | { readonly kind: 'give-up'; readonly failed: FailedReplacement };

/** Each try interrupts what serves: the first after 20 s, then ever later, in milliseconds. */
const retryMs = (count: number): number => Math.min(300_000, 20_000 * 2 ** (count - 1));

const GO_ON: Verdict = { kind: 'go-on' };

/**
 * What a step needed was removed after it was planned: a container, a network, an image, a source. The next plan makes it
 * again, or waits for it.
 */
export const VANISHED: ReadonlySet<EngineError['kind']> = new Set([
  'not-found',
  'network-absent',
  'image-absent',
  'link-source-absent',
]);

/** Nothing of the definition's: the same replacement may well start the next time. */
const PASSING: ReadonlySet<EngineError['kind']> = new Set([
  'port-in-use',
  'name-in-use',
  'link-source-not-running',
  'conflict',
  ...VANISHED,
]);

/** A replacement that is not tried before its time, whoever wakes the definition: each try interrupts what serves. */
interface PutOff {
  readonly failed: FailedReplacement;
  readonly generation: number;
  /** By the monotonic clock. */
  readonly untilMs: number;
}

/** @returns undefined for a step that changes nothing of it */
function standing(attempt: Attempt): Standing | undefined {
  if (attempt.kind === 'working') return attempt.action.startsWith('pull-image') ? 'stuck' : undefined;
  if (attempt.kind === 'failed') return 'stuck';
  return attempt.kind === 'obstacle' ? standingAt(attempt.obstacle) : 'moving';
}

export function createRetryState(observed: ObservedState, { monotonic }: Pick<Clock, 'monotonic'>): RetryState {
  const attempts = new Map<string, Attempt>();
  const putOff = new Map<string, PutOff>();
  const tries = new Map<string, { readonly key: string; readonly count: number }>();
  const strikes = new Map<string, { readonly key: string; readonly run: string }>();
  const lastUpdates = new Map<string, string>();
  const standings = new Map<string, Standing>();
  const repairs = new Map<string, { readonly count: number; readonly untilMs: number }>();

  const failedOf = ({ uid, failedReplacement }: Definition): FailedReplacement | null =>
    putOff.get(uid)?.failed ?? failedReplacement;

  const isKnown = (input: PlanInput, key: string): boolean => failedOf(input.definition)?.key === key;

  /** The first of two doubtful failures of the same wish: it is tried once more. */
  function isFirst(uid: string, key: string, run: string): boolean {
    const last = strikes.get(uid);
    strikes.set(uid, { key, run });
    return last?.key !== key || last.run === run;
  }

  /** What the engine itself has noted about a start lies with the container; a mere 5xx may be the engine's trouble. */
  const isPassing = (uid: string, error: EngineError): boolean =>
    PASSING.has(error.kind) || (error.kind === 'failed' && observed.ownOf(uid).every((one) => one.error === ''));

  function judge(input: PlanInput, { message, doubtful }: Breakage, run: string): Verdict {
    const key = rolloutKey(input);
    if (isKnown(input, key) || (doubtful && isFirst(input.definition.uid, key, run))) return GO_ON;
    return { kind: 'give-up', failed: { key, message } };
  }

  return {
    of: (uid) => attempts.get(uid) ?? { kind: 'none' },
    set(uid, attempt) {
      if (attempt.kind === 'none') attempts.delete(uid);
      else attempts.set(uid, attempt);
      const after = standing(attempt);
      if (after !== undefined) standings.set(uid, after);
    },
    standingOf: (uid) => standings.get(uid) ?? 'moving',
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
      const waiting = putOff.get(uid);
      if (waiting === undefined) return;
      if (waiting.generation !== generation || waiting.untilMs <= monotonic()) putOff.delete(uid);
    },
    putOffMs(uid) {
      const waiting = putOff.get(uid);
      return waiting === undefined ? undefined : Math.max(0, waiting.untilMs - monotonic());
    },
    judgeRun(input) {
      const broken = brokenReplacement(input);
      if (broken === null) return GO_ON;
      const runs = input.own.map(({ id, startedAt }) => `${id} ${startedAt}`).sort();
      return judge(input, broken, runs.join());
    },
    judgeStep(input, action, error) {
      if (!(error instanceof EngineError) || error.leavesUnknown) return GO_ON;
      if (action.kind !== 'start' && action.kind !== 'create') return GO_ON;
      const { definition, links, linkEnvRules } = input;
      const current = findCurrent(input, environmentOf(definition, links, linkEnvRules));
      const isWanted = action.kind === 'create' || action.target.kind === 'new' || action.target.id === current?.id;
      const key = rolloutKey(input);
      if (!isWanted || findPrevious(input, current) === undefined || isKnown(input, key)) return GO_ON;
      const failed = { key, message: error.message };
      if (!isPassing(definition.uid, error)) return { kind: 'give-up', failed };
      const { uid, generation } = definition;
      const last = tries.get(uid);
      const count = last?.key === key ? last.count + 1 : 1;
      tries.set(uid, { key, count });
      putOff.set(uid, { failed, generation, untilMs: monotonic() + retryMs(count) });
      return { kind: 'put-off' };
    },
    repairPutOffMs: (uid) => Math.max(0, (repairs.get(uid)?.untilMs ?? 0) - monotonic()),
    linksRepaired(uid) {
      const count = (repairs.get(uid)?.count ?? 0) + 1;
      repairs.set(uid, { count, untilMs: monotonic() + retryMs(count) });
    },
    linksHold: (uid) => repairs.delete(uid),
    forget(uid) {
      for (const memory of [attempts, putOff, tries, strikes, lastUpdates, standings, repairs]) memory.delete(uid);
    },
  };
}
