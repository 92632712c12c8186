import type { Definition } from '../../domain/definition/definition.js';
import { isUp } from '../../engine/container-state.js';
import { waitUntil } from '../../lib/wait-until.js';
import type { Reconciler } from '../../reconcile/reconciler.js';
import type { Store } from '../../store/types.js';

/** Waits until the requested state is reached. */
export interface WaitUntilReady {
  /** True if a definition has become as it is wanted in time. Ends early when the client is gone. */
  isSettled(uid: string, seconds: number, signal?: AbortSignal): Promise<boolean>;
  /** True if a definition has gone in time. */
  isGone(uid: string, seconds: number, signal?: AbortSignal): Promise<boolean>;
  /**
   * Waits until the definitions of these names that are being deleted are gone, so that the names are free.
   *
   * @returns the seconds that are left of those given
   */
  afterDeletion(names: readonly string[], seconds: number, signal?: AbortSignal): Promise<number>;
}

export function createWaitUntilReady({
  store,
  reconciler,
}: {
  readonly store: Store;
  readonly reconciler: Reconciler;
}): WaitUntilReady {
  function isAsWanted(definition: Definition | undefined): boolean {
    if (definition === undefined) return true;
    const { ready, container } = reconciler.status.of(definition);
    if (definition.spec.state === 'stopped') {
      const { engine, complete } = reconciler.hosts.of(definition).observed;
      return engine.reachable && complete && (container === undefined || !isUp(container));
    }
    // The change may be rolled back while the previous container is still there.
    const isAlone = reconciler.hosts.of(definition).observed.ownOf(definition.uid).length === 1;
    return ready && isAlone && (definition.restartOf === null || definition.restartOf !== container?.startedAt);
  }

  const until = (uid: string, isSo: () => boolean, seconds: number, signal?: AbortSignal): Promise<boolean> =>
    waitUntil(isSo, { watch: (notified) => reconciler.status.watch(uid, notified), ms: seconds * 1000, signal });

  const isGone: WaitUntilReady['isGone'] = (uid, seconds, signal) =>
    until(uid, () => store.byUid(uid) === undefined, seconds, signal);

  return {
    isSettled: (uid, seconds, signal) => until(uid, () => isAsWanted(store.byUid(uid)), seconds, signal),
    isGone,
    async afterDeletion(names, seconds, signal) {
      const leaving = names.flatMap((name) => {
        const definition = store.byName(name);
        return definition?.deletionRequestedAt ? [definition.uid] : [];
      });
      if (seconds === 0 || leaving.length === 0) return seconds;
      const start = performance.now();
      await Promise.all(leaving.map((uid) => isGone(uid, seconds, signal)));
      return Math.max(0, seconds - (performance.now() - start) / 1000);
    },
  };
}
