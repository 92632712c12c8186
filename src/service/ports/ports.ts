import type { Reconciler } from '../../reconcile/reconciler.js';
import type { Store } from '../../store/types.js';
import type { Binding } from '../containers/views.js';
import { type Lookup, withProblems } from '../core/lookup.js';
import type { CheckPorts, PortsCheckView } from './check.js';
import { type LedgerQuery, type LedgerView, ledger } from './ledger.js';

export interface PortService {
  /** The current bindings of a container, in the engine's order. @throws Problem `not-found` */
  bindings(name: string): readonly Binding[];
  ledger(query: LedgerQuery): LedgerView;
  /**
   * Checks from the engine's host that clients reach a container by its host ports.
   *
   * @throws Problem `not-found`, `engine-unavailable`, `not-running`, `probe-unavailable`, `busy`
   */
  checkPorts(name: string, signal: AbortSignal): Promise<PortsCheckView>;
}

export function createPorts(options: {
  readonly store: Store;
  readonly reconciler: Pick<Reconciler, 'hosts' | 'status'>;
  readonly lookup: Lookup;
  readonly portChecks: CheckPorts;
}): PortService {
  const { store, lookup, portChecks } = options;
  const { hosts, status } = options.reconciler;
  return {
    bindings: (name) => status.of(lookup.find(name)).container?.bindings ?? [],
    ledger: (query) => ledger(store, hosts.local, query),
    checkPorts: (name, signal) => withProblems(name, portChecks.one(name, signal)),
  };
}
