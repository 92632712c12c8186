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

/** Number of times that the engine has to refuse a container for the same reason before another one is created. */
const FIRST_LIMIT = 3;

/**
 * Remembers containers that the engine fails to start for the same reason each time. It may keep a leftover of its own under a
 * container's id (20.10, killed during a start: `task …: already exists`), which only another container gets around.
 */
export interface RefusedStarts {
  /** Records that the engine refused to start a container, with the reason that it recorded on it. */
  refused(uid: string, container: Pick<OwnContainer, 'id' | 'error'>): void;
  /** Returns why a container is not started any more; undefined if it may be. */
  reasonOf(uid: string, id: string): string | undefined;
  /** Forgets the containers of a definition. */
  forget(uid: string): void;
}

export function createRefusedStarts(): RefusedStarts {
  const byUid = new Map<
    string,
    Map<string, { readonly error: string; readonly count: number; readonly limit: number }>
  >();

  /** Doubles with each container: where another one does not help, ever fewer are created. */
  const limitOf = (known: ReadonlyMap<string, { readonly count: number; readonly limit: number }>): number =>
    FIRST_LIMIT * 2 ** [...known.values()].filter(({ count, limit }) => count >= limit).length;

  return {
    refused(uid, { id, error }) {
      const known = byUid.get(uid) ?? new Map();
      byUid.set(uid, known);
      const last = known.get(id);
      const isSame = last?.error === error;
      known.set(id, { error, count: isSame ? last.count + 1 : 1, limit: last?.limit ?? limitOf(known) });
    },
    reasonOf(uid, id) {
      const last = byUid.get(uid)?.get(id);
      return last === undefined || last.count < last.limit
        ? undefined
        : `the engine failed to start it ${last.count} times: ${last.error}`;
    },
    forget: (uid) => void byUid.delete(uid),
  };
}
