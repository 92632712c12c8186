import { DEFAULT_STOP_TIMEOUT_SECONDS } from '../../domain/definition/fields/lifecycle.js';
import type { Engine } from '../../engine/engine.js';
import type { Log } from '../../observability/logger.js';
import type { ObservedState } from '../observe/observed-state.js';
import type { Observer } from '../observe/observer.js';
import type { ReconcilerStore } from '../store.js';
import type { WorkContext } from './queue.js';

/**
 * Removes late arrivals of a definition that this database had and removed: a container whose creation succeeded after
 * its answer was lost, and containers that a person wanted removed after a restore. A uid that it never had is somebody
 * else's, and stays.
 */
export async function removeOrphans(
  uid: string,
  context: WorkContext,
  options: {
    readonly store: Pick<ReconcilerStore, 'hasRemoved' | 'hold'>;
    readonly engine: Pick<Engine, 'stop' | 'remove'>;
    readonly observer: Pick<Observer, 'lookAtOwn'>;
    readonly observed: ObservedState;
    readonly log: Log;
  },
): Promise<void> {
  const { store, engine, observer, observed, log } = options;
  if (!store.hasRemoved(uid) || store.hold() !== null) return;
  await observer.lookAtOwn(uid, undefined);
  for (const container of observed.ownOf(uid)) {
    if (container.state === 'removing') continue;
    log.warn({ container: container.name, uid }, 'removing orphaned container');
    await context.outside(() => engine.stop(container.id, DEFAULT_STOP_TIMEOUT_SECONDS));
    await engine.remove(container.id);
  }
}
