/** Remembers which starts and restarts of a container have to wait, and which came too early. */

import { isUp } from '../../engine/container-state.js';
import { runsHeld } from '../../engine/restart-policy.js';
import type { Clock } from '../../lib/clock.js';
import type { OwnContainer } from '../observe/observed-state.js';
import { hasFailed } from '../plan/candidates.js';
import { dependencyObstacle } from '../plan/obstacles.js';
import type { PlanInput } from '../plan/types.js';

/** Counts tries per definition, each of which has to wait longer than the one before. */
export interface Tries {
  /** Returns the time until the next try, in milliseconds; 0 if it may be made now. */
  deferredMs(uid: string): number;
  /** Records a try. */
  made(uid: string): void;
  forget(uid: string): void;
}

/**
 * @param waitMs milliseconds to wait after so many tries
 * @param quietMs time without a need for another try after which the count starts again; by default only
 *   {@link Tries.forget} does that
 */
export function createTries(
  { monotonic }: Pick<Clock, 'monotonic'>,
  waitMs: (count: number) => number,
  quietMs = Number.POSITIVE_INFINITY,
): Tries {
  const tries = new Map<string, { readonly count: number; readonly untilMs: number }>();
  return {
    deferredMs: (uid) => Math.max(0, (tries.get(uid)?.untilMs ?? 0) - monotonic()),
    made(uid) {
      const last = tries.get(uid);
      const isFirst = last === undefined || monotonic() - last.untilMs > quietMs;
      const count = isFirst ? 1 : last.count + 1;
      tries.set(uid, { count, untilMs: monotonic() + waitMs(count) });
    },
    forget: (uid) => void tries.delete(uid),
  };
}

/**
 * Remembers the containers that the engine started before their dependencies were ready, as it does at boot. Lost with
 * the process: a run that Berth finds while a dependency is not ready counts as early.
 */
export interface EarlyStarts {
  /** Records how a definition's container and its dependencies are now. */
  note(input: PlanInput): void;
  has(uid: string): boolean;
  /** Records that it was started again. */
  over(uid: string): void;
}

const runOf = ({ id, startedAt }: OwnContainer): string => `${id} ${startedAt}`;

export function createEarlyStarts(): EarlyStarts {
  const early = new Set<string>();
  /** Runs in which all dependencies have been ready, by uid. */
  const ordered = new Map<string, string>();
  const over = (uid: string): void => {
    early.delete(uid);
    ordered.delete(uid);
  };
  return {
    note(input) {
      const { uid, spec } = input.definition;
      if (input.dependencies.length === 0 || runsHeld(spec)) return over(uid);
      const up = input.own.find(isUp);
      if (up === undefined) return;
      if (dependencyObstacle(input) !== null) {
        if (ordered.get(uid) !== runOf(up)) early.add(uid);
        return;
      }
      if (early.has(uid) && hasFailed(up)) return;
      early.delete(uid);
      ordered.set(uid, runOf(up));
    },
    has: (uid) => early.has(uid),
    over,
  };
}
