import type { Definition } from '../../domain/definition/definition.js';
import type { StatusBoard } from '../../reconcile/status/status-board.js';
import type { StateReads } from '../../store/state/memory.js';
import type { Store } from '../../store/types.js';
import { containerResource } from './present.js';
import { createViewCache } from './view-cache.js';
import type { ContainerView } from './views.js';

/** Makes container resources, of the stored state or of one that is not stored yet. */
export interface Presenter {
  view(definition: Definition): ContainerView;
  /** Returns undefined where the definition is no longer, or not yet, the stored one. */
  storedView(definition: Definition): ContainerView | undefined;
  /** @param last returned where the definition has gone */
  viewNow(uid: string, last: ContainerView): ContainerView;
  preview(definition: Definition, state: StateReads): ContainerView;
}

export function createPresenter(
  store: Pick<Store, 'byUid' | 'recipientsOf'>,
  status: Pick<StatusBoard, 'of' | 'preview'>,
): Presenter {
  const remembered = createViewCache();
  const view = (definition: Definition): ContainerView =>
    remembered(definition, status.of(definition), store.recipientsOf(definition.name));
  return {
    view,
    storedView: (definition) => (store.byUid(definition.uid) === definition ? view(definition) : undefined),
    viewNow(uid, last) {
      const definition = store.byUid(uid);
      return definition === undefined ? last : view(definition);
    },
    preview: (definition, state) =>
      containerResource(definition, status.preview(definition, state), state.recipientsOf(definition.name)),
  };
}
