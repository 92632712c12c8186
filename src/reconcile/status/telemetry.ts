/** Measurements of the loop. They contain no names, so that nobody can count containers by them. */

import type { Action } from '../plan/types.js';

export interface Telemetry {
  /** Counts a finished piece of work on one definition. */
  worked(result: 'done' | 'retry', seconds: number): void;
  /** Counts a drift that was repaired without any request. */
  corrected(drift: DriftKind): void;
  /** Records how long a definition took to converge after a difference was found. */
  converged(seconds: number): void;
  /** Counts a complete look at the engine. */
  relisted(): void;
}

/** Kind of a drift, by the first step that repairs it. */
type DriftKind =
  | 'missing'
  | 'stopped'
  | 'paused'
  | 'renamed'
  | 'settings'
  | 'outdated'
  | 'surplus'
  | 'network'
  | 'other';

const BY_ACTION: Partial<Record<Action['kind'], DriftKind>> = {
  'pull-image': 'missing',
  create: 'missing',
  start: 'stopped',
  unpause: 'paused',
  rename: 'renamed',
  update: 'settings',
  stop: 'outdated',
  remove: 'surplus',
  'create-network': 'network',
  'remove-network': 'network',
};

export const driftOf = (actions: readonly Action[]): DriftKind => BY_ACTION[actions[0]?.kind ?? 'forget'] ?? 'other';
