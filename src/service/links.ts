import type { Reconciler } from '../reconcile/reconciler.js';
import type { Store } from '../store/types.js';
import { createCheckLink, type LinkCheckView } from './check-link.js';
import { linksView } from './containers/present.js';
import type { LinksView } from './containers/views.js';
import { type Lookup, withProblems } from './core/lookup.js';

export interface LinkService {
  /** The links of a container, both ways. @throws Problem `not-found` */
  links(name: string): LinksView;
  /**
   * Checks from inside a recipient that it reaches the source of its link of this alias.
   *
   * @throws Problem `not-found`, `engine-unavailable`, `not-running`, `probe-unavailable`, `busy`
   */
  checkLink(name: string, alias: string, signal: AbortSignal): Promise<LinkCheckView>;
}

export function createLinks(options: {
  readonly store: Pick<Store, 'byName' | 'recipientsOf' | 'instance'>;
  readonly reconciler: Pick<Reconciler, 'hosts' | 'status'>;
  readonly lookup: Lookup;
}): LinkService {
  const { store, lookup } = options;
  const { hosts, status } = options.reconciler;
  const check = createCheckLink({
    find: lookup.find,
    needsEngine: lookup.needsEngine,
    byName: store.byName,
    statusOf: status.of,
    hosts,
    instance: store.instance,
  });
  return {
    links(name) {
      const definition = lookup.find(name);
      return linksView(definition, status.of(definition), store.recipientsOf(name));
    },
    checkLink: (name, alias, signal) => withProblems(name, check(name, alias, signal)),
  };
}
