import { EngineError } from '../../engine/errors.js';
import type { Reconciler } from '../../reconcile/reconciler.js';
import type { StateReads } from '../../store/state/memory.js';
import type { Change } from './change.js';
import { type PlanView, planView } from './plan-view.js';

/** Plans the steps on the engine for changes that are not stored; undefined while the engine can't be queried. */
export type Planning = (changes: readonly Change[], desired: StateReads) => Promise<PlanView | undefined>;

export function createPlanning(reconciler: Reconciler): Planning {
  const isRunning = (containerId: string): boolean => reconciler.observed.own(containerId)?.state === 'running';
  return async (changes, desired) => {
    if (!reconciler.observed.complete) return undefined;
    try {
      const definitions = changes.map(({ definition }) => definition);
      return planView(await reconciler.forecast(definitions, desired), changes, isRunning);
    } catch (error) {
      if (error instanceof EngineError) return undefined;
      throw error;
    }
  };
}
