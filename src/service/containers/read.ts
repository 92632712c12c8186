import type { Store } from '../../store/types.js';
import type { Lookup } from '../core/lookup.js';
import { type ListQuery, page } from './list.js';
import type { Presenter } from './presenter.js';
import type { ContainerView } from './views.js';

/** Reads of definitions and their status, from memory: they work without an engine. */
export interface ContainerReads {
  /** @throws Problem `not-found` */
  get(name: string): ContainerView;
  list(query: ListQuery): { readonly items: readonly ContainerView[]; readonly nextCursor: string | null };
}

export const createReads = (store: Pick<Store, 'all'>, { find }: Lookup, { view }: Presenter): ContainerReads => ({
  get: (name) => view(find(name)),
  list: (query) => page(store.all(), view, query),
});
