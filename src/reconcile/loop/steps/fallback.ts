import type { Definition, Reservation } from '../../../domain/definition/definition.js';
import { EngineError, type NamedPort } from '../../../engine/errors.js';
import type { Action, PlanInput } from '../../plan/types.js';
import { failureReason } from '../../status/failure-condition.js';
import { isOfRollout } from '../retry-state.js';
import type { WorkerOptions } from '../worker-options.js';

/** Decides where work goes on after a failure: to other ports, or back to the previous container. */
export interface Fallback {
  /** True if a failed step leaves another way at once: another port where we picked it, or the previous container. */
  canGoOn(input: PlanInput, action: Action, error: unknown): Promise<boolean>;
  /** True if a replacement that runs beside the container that it replaces was just found to be no good. */
  abandonedRun(definition: Definition): Promise<boolean>;
}

export function createFallback(
  options: Pick<WorkerOptions, 'store' | 'observer' | 'planInputs' | 'retryState' | 'log' | 'note'>,
): Fallback {
  const { store, observer, planInputs, retryState, log, note } = options;

  async function canGoOn(input: PlanInput, action: Action, error: unknown): Promise<boolean> {
    if (!isRefusal(error)) return false;
    const { definition } = input;
    const { uid, name } = definition;
    if (error.kind === 'port-in-use' && action.kind === 'start') {
      const movable = unconfirmed(store.reservationsOf(uid), error.port);
      if (movable.length > 0) {
        const ports = movable.map((reservation) => reservation.hostPort);
        log.info({ container: name, uid, ports }, 'picked host ports are in use; picking others');
        await store.exchange(uid, movable);
        return true;
      }
    }
    if (!isOfRollout(input, action)) return false;
    await observer.lookAtOwn(uid, definition.adopted?.id);
    const verdict = retryState.judgeStep(input, action, error);
    if (verdict.kind === 'go-on') return false;
    log.warn({ container: name, uid, err: error }, 'the replacement failed; rolling back');
    note(definition, {
      type: 'RolledBack',
      reason: failureReason(action.kind),
      message: error.message,
    });
    if (verdict.kind === 'abandon') await store.abandon(uid, verdict.failed);
    return true;
  }

  async function abandonedRun(definition: Definition): Promise<boolean> {
    const verdict = retryState.judgeRun(planInputs.planInput(definition));
    if (verdict.kind !== 'abandon') return false;
    const { uid, name } = definition;
    log.warn({ container: name, uid, reason: verdict.failed.message }, 'the replacement failed; rolling back');
    note(definition, { type: 'RolledBack', reason: 'DidNotServe', message: verdict.failed.message });
    await store.abandon(uid, verdict.failed);
    return true;
  }

  return { canGoOn, abandonedRun };
}

/** True if the engine refused the request, and its state is known. */
export const isRefusal = (error: unknown): error is EngineError => error instanceof EngineError && !error.leavesUnknown;

/** The picked, never bound reservations that a refused port may be about: the one it names, or all where it names none. */
export function unconfirmed(
  reservations: readonly Reservation[],
  named: NamedPort | undefined,
): readonly Reservation[] {
  const movable = reservations.filter((reservation) => reservation.origin !== 'fixed' && !reservation.confirmed);
  return named === undefined ? movable : movable.filter((reservation) => reservation.hostPort === named.hostPort);
}
