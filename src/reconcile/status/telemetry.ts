/** What the loop tells of itself, for measuring. No names: whoever measures must not be able to count containers by it. */

import type { Action } from '../plan/types.js';

export interface Telemetry {
  /** A piece of work on one definition came to its end. */
  worked(result: 'done' | 'retry', seconds: number): void;
  /** What differed without anybody having asked for it was put right. */
  corrected(drift: DriftKind): void;
  /** A definition became as it is wanted, so long after it was found to differ. */
  converged(seconds: number): void;
  /** The engine was looked at as a whole. */
  relisted(): void;
}

/** What was found to differ, by the first step that mends it. */
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
