import { compareIp } from '../../domain/ports/ip.js';
import { byCodeUnit } from '../../lib/canonical-json.js';
import type { ObservedState } from '../../reconcile/observe/observed-state.js';
import type { Store } from '../../store/types.js';

/** One row of the address ledger. */
export interface AddressView {
  readonly host: string;
  readonly network: string;
  readonly address: string;
  /** The container that holds it: one of ours by its definition's name, an unmanaged one by its name on the engine. */
  readonly container: string;
  readonly origin: 'fixed' | 'assigned' | 'engine';
  /** True if a running container has it. */
  readonly inUse: boolean;
}

export interface AddressQuery {
  readonly network?: string;
  readonly container?: string;
}

/** Returns the reserved addresses, and those that unmanaged containers have on Berth's networks. */
export function addressLedger(store: Store, observed: ObservedState, query: AddressQuery): readonly AddressView[] {
  const rows = [...reserved(store, observed), ...unmanaged(store, observed)];
  return rows
    .filter(
      ({ network, container }) =>
        (query.network === undefined || network === query.network) &&
        (query.container === undefined || container === query.container),
    )
    .sort((a, b) => byCodeUnit(a.network, b.network) || compareIp(a.address, b.address));
}

function* reserved(store: Store, observed: ObservedState): Generator<AddressView> {
  for (const { uid, name } of store.all()) {
    const containers = observed.ownOf(uid);
    for (const { host, network, address, origin } of store.addressesOf(uid)) {
      const inUse = containers.some(({ networks }) => {
        const endpoint = networks[network];
        return endpoint !== undefined && endpoint.ipAddress !== '' && endpoint.fixedAddresses.includes(address);
      });
      yield { host, network, address, container: name, origin, inUse };
    }
  }
}

function* unmanaged(store: Store, observed: ObservedState): Generator<AddressView> {
  for (const container of observed.allForeign()) {
    for (const [network, address] of Object.entries(container.addresses)) {
      const stored = store.network(network);
      if (stored === undefined || address === '') continue;
      yield { host: stored.host, network, address, container: container.name, origin: 'engine', inUse: true };
    }
  }
}
