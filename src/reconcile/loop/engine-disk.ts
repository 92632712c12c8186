import { EngineError } from '../../engine/errors.js';
import type { Clock } from '../../lib/clock.js';
import type { Action, PlanInput } from '../plan/types.js';

/** Condition reason while a definition waits for the engine's full disk. */
export const DISK_FULL = 'EngineDiskFull';

/** Time after a refusal until one definition tries again, in milliseconds. */
const TRY_MS = 10_000;
/** Waits between tries that have to pull, in milliseconds: each may download a whole image. */
const PULL_MS = { first: 20_000, most: 300_000 } as const;

/** Full disk of the engine: since when, and the message of the engine. */
export interface FullDisk {
  readonly since: Date;
  readonly message: string;
}

/**
 * A full disk of the engine is one condition of the host: while it lasts, one definition at a time tries to create or to
 * pull, and all others wait. Lost with the process, and then found out again.
 */
export interface EngineDisk {
  /** Returns the full disk; null while it is not known to be full. */
  state(): FullDisk | null;
  /** Returns why a definition has to wait; null if it may go on, or is the one that tries. */
  blocks(uid: string): string | null;
  /** Records that the engine refused something for lack of space. */
  refused(uid: string, message: string): void;
  /** Takes the next try for a definition; false while it is not time yet, or another one tries. */
  claim(uid: string, pulls: boolean): boolean;
  /** True if this definition is the one that tries. */
  isTrying(uid: string): boolean;
  /** Records a successful write: the disk has room again. */
  written(): void;
  /** Records that the work on the definition has ended, whatever the result. */
  release(uid: string): void;
}

/** @param changed called when the disk becomes full, and when it has room again */
export function createEngineDisk(clock: Pick<Clock, 'monotonic' | 'now'>, changed: () => void): EngineDisk {
  let full: FullDisk | null = null;
  let trying: { readonly uid: string; readonly pulls: boolean } | undefined;
  let nextTryMs = 0;
  let nextPullMs = 0;
  let pullMs: number = PULL_MS.first;

  function backOff(pulled: boolean): void {
    nextTryMs = clock.monotonic() + TRY_MS;
    if (!pulled) return;
    nextPullMs = clock.monotonic() + pullMs;
    pullMs = Math.min(PULL_MS.most, pullMs * 2);
  }

  return {
    state: () => full,
    blocks: (uid) => (full === null || trying?.uid === uid ? null : full.message),
    refused(uid, message) {
      const isNews = full === null;
      full = { since: full?.since ?? clock.now(), message };
      if (isNews) nextPullMs = clock.monotonic() + pullMs;
      backOff(trying?.uid === uid && trying.pulls);
      if (trying?.uid === uid) trying = undefined;
      if (isNews) changed();
    },
    claim(uid, pulls) {
      if (full === null || trying !== undefined) return trying?.uid === uid;
      if (clock.monotonic() < (pulls ? nextPullMs : nextTryMs)) return false;
      trying = { uid, pulls };
      return true;
    },
    isTrying: (uid) => trying?.uid === uid,
    written() {
      if (full === null) return;
      full = null;
      trying = undefined;
      pullMs = PULL_MS.first;
      changed();
    },
    release(uid) {
      if (trying?.uid !== uid) return;
      backOff(trying.pulls);
      trying = undefined;
    },
  };
}

export const isDiskFull = (error: unknown): error is EngineError =>
  error instanceof EngineError && error.kind === 'disk-full';

const TAKES_ROOM: ReadonlySet<Action['kind']> = new Set(['pull-image', 'create-network', 'create', 'start']);

/** True if a plan writes to the engine's disk. */
export const needsRoom = (actions: readonly Action[]): boolean => actions.some(({ kind }) => TAKES_ROOM.has(kind));

/** True if steps stop the current container to make another one. */
export const stopsForNew = (steps: readonly Action[]): boolean =>
  steps.some(({ kind }) => kind === 'stop') && steps.some(({ kind }) => kind === 'create');

/** True if a step leads to a new container: if it fails, there may be one to go back to. */
export function isTowardsNew({ own }: PlanInput, action: Action): boolean {
  if (!TAKES_ROOM.has(action.kind)) return false;
  if (action.kind !== 'start' || action.target.kind !== 'existing') return true;
  const { id } = action.target;
  return own.every((container) => container.id !== id || container.startedAt === null);
}
