import type { Definition } from '../../domain/definition/definition.js';
import type { Reconciler } from '../../reconcile/reconciler.js';
import type { Store } from '../../store/types.js';

/** Waits for what was asked for to be there. */
export interface WaitUntilReady {
  /** Whether a definition has become as it is wanted in time. Ends early when the client is gone. */
  isSettled(uid: string, seconds: number, signal?: AbortSignal): Promise<boolean>;
  /** Whether a definition has gone in time. */
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
      const { engine, complete } = reconciler.observed;
      const isUp = container?.state === 'running' || container?.state === 'paused' || container?.state === 'restarting';
      return engine.reachable && complete && !isUp;
    }
    // While what was replaced is still there, the change may yet be taken back.
    const isAlone = reconciler.observed.ownOf(definition.uid).length === 1;
    return ready && isAlone && (definition.restartOf === null || definition.restartOf !== container?.startedAt);
  }

  async function until(uid: string, isSo: () => boolean, seconds: number, signal?: AbortSignal): Promise<boolean> {
    if (isSo()) return true;
    if (seconds === 0 || signal?.aborted) return false;
    return new Promise((resolve) => {
      const end = (answer: boolean) => {
        clearTimeout(timer);
        unwatch();
        signal?.removeEventListener('abort', giveUp);
        resolve(answer);
      };
      const giveUp = () => end(false);
      const timer = setTimeout(giveUp, seconds * 1000);
      const unwatch = reconciler.status.watch(uid, () => {
        if (isSo()) end(true);
      });
      signal?.addEventListener('abort', giveUp, { once: true });
    });
  }

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
