import { EngineError } from '../../engine/errors.js';
import type { Reconciler } from '../../reconcile/reconciler.js';
import type { StateReads } from '../../store/state/memory.js';
import type { Change } from './change.js';
import { type PlanView, planView } from './plan-view.js';

/** Plans the steps on the engine for changes that are not stored; undefined while the engine can't be queried. */
export type Planning = (changes: readonly Change[], desired: StateReads) => Promise<PlanView | undefined>;

export function createPlanning(reconciler: Reconciler): Planning {
  const { hosts } = reconciler;
  const isRunning = (containerId: string): boolean =>
    [...hosts.all()].some(({ observed }) => observed.own(containerId)?.state === 'running');
  return async (changes, desired) => {
    const definitions = changes.map(({ definition }) => definition);
    const concerned = definitions.length === 0 ? [hosts.local] : definitions.map(hosts.of);
    if (concerned.some(({ observed }) => !observed.complete)) return undefined;
    try {
      return planView(await reconciler.forecast(definitions, desired), changes, isRunning);
    } catch (error) {
      if (error instanceof EngineError) return undefined;
      throw error;
    }
  };
}
