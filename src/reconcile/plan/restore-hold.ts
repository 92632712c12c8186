/**
 * Pure: holds steps back while the database may be older than the engine. Nothing from a restored backup is done on the
 * engine until a person has released it. Even a mere addition may do harm, such as a second server on the volume of its
 * successor.
 */

import type { Hold } from '../../domain/restore-hold.js';
import type { OwnContainer } from '../observe/observed-state.js';
import type { Action, Obstacle, Plan, PlanInput } from './types.js';

/** Condition reason while steps are held back. */
export const HELD = 'HeldAfterRestore';

/** The highest generation that a definition's containers were made from; 0 where there are none. */
export const latestMade = (own: readonly OwnContainer[]): number =>
  Math.max(0, ...own.map(({ owner }) => owner?.generation ?? 0));

/** True if anything that would be done for a definition is held back. */
export const mayBeHeld = ({ definition, own, hold }: PlanInput): boolean =>
  hold !== null || latestMade(own) > definition.generation;

/**
 * Returns the obstacle that holds a definition's steps back after a restore; null if there are no steps, or nothing
 * holds them back.
 */
export function heldBack({ definition, own, hold }: PlanInput, { actions }: Plan): Obstacle | null {
  const [first] = actions;
  if (first === undefined) return null;
  const why = hold === null ? whyOlder(definition.generation, latestMade(own)) : whyHeld(hold);
  if (why === null) return null;
  const message = `${why}, so its changes are paused: ${textOf(first, actions.length - 1)}. GET /v1/restore lists all changes, POST /v1/restore/release releases them`;
  return { condition: 'Ready', reason: HELD, message, until: 'event' };
}

/**
 * Returns what keeps a restored definition paused after the release: the policy, or a container that was never adopted
 * here. It can still be deleted, and one that the policy refuses can be stopped.
 */
export function paused({ definition, paused: why }: PlanInput, { actions }: Plan): Obstacle | null {
  if (why === null || definition.deletionRequestedAt !== null) return null;
  if (why.kind === 'unverified') {
    const message = `the restored database says that ${why.container} (${why.id.slice(0, 12)}) was adopted, but this server never adopted it and leaves it alone. Adopt it again with POST /v1/adopt, or delete this definition`;
    return { condition: 'Ready', reason: 'AdoptionUnverified', message, until: 'event' };
  }
  // A name that another definition waits for is given back: that starts nothing and mounts nothing.
  const isHarmless = actions.every(({ kind }) => kind === 'rename');
  if (isHarmless || definition.spec.state === 'stopped') return null;
  const message = `the restored definition is paused because the policy does not allow it: ${why.why}. Change the definition or the policy`;
  return { condition: 'Ready', reason: 'PolicyDenied', message, until: 'event' };
}

function whyHeld({ reason, takenAt }: Hold): string {
  const what = takenAt === null ? 'a backup' : `the backup of ${takenAt.toISOString()}`;
  return reason === 'restored' ? `${what} was restored` : `${what} replaced the database`;
}

/** A generation rises before a container is made from it: a container of a later one was made by a later database. */
function whyOlder(generation: number, made: number): string | null {
  if (made <= generation) return null;
  return `the database is older than the engine (container at generation ${made}, definition at generation ${generation})`;
}

function textOf({ kind, reason }: Action, more: number): string {
  return `${kind} (${reason})${more > 0 ? ` and ${more} more` : ''}`;
}
