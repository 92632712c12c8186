/** Every claim on a port of a host, by whom, and whether the engine has it bound. */

import type { Protocol, ReservationOrigin } from '../../domain/definition/definition.js';
import { hostOf } from '../../domain/host.js';
import type { Host } from '../../reconcile/hosts.js';
import { bindingsOf } from '../../reconcile/observe/bindings.js';
import type { ObservedState } from '../../reconcile/observe/observed-state.js';
import type { Store } from '../../store/types.js';

/** One row of the port ledger. */
export interface Claim {
  readonly hostIp: string | null;
  readonly hostPort: number;
  readonly protocol: Protocol;
  readonly containerPort: number;
  /** The container that holds it: one of ours by its definition's name, a foreign one by its name on the engine. */
  readonly container: string;
  readonly origin: ReservationOrigin | 'foreign';
  readonly bound: boolean;
}

export interface LedgerView {
  readonly items: readonly Claim[];
  /** True if a definition could claim the requested `hostPort` now, on every interface; only with `hostPort`. */
  readonly free?: boolean;
}

export interface LedgerQuery {
  readonly hostPort?: number;
  readonly protocol?: Protocol;
}

/** @returns a host's claims by number, protocol and address; `free` if a number was requested */
export function ledger(store: Store, host: Pick<Host, 'name' | 'observed'>, query: LedgerQuery): LedgerView {
  const matches = (claim: { readonly hostPort: number; readonly protocol: Protocol }): boolean =>
    (query.hostPort === undefined || claim.hostPort === query.hostPort) &&
    (query.protocol === undefined || claim.protocol === query.protocol);
  const items = [...ours(store, host), ...foreign(host.observed)].filter(matches).sort(byPlace);
  if (query.hostPort === undefined) return { items };
  const protocol = query.protocol ?? 'tcp';
  return { items, free: items.every((claim) => claim.protocol !== protocol) };
}

function* ours(store: Store, { name: host, observed }: Pick<Host, 'name' | 'observed'>): Generator<Claim> {
  for (const definition of store.all()) {
    if (hostOf(definition) !== host) continue;
    const { uid, name } = definition;
    const containers = observed.ownOf(uid);
    for (const reservation of store.reservationsOf(uid)) {
      const { hostPort, protocol, containerPort, origin, hostIp = null } = reservation;
      const bound = containers.some((container) => bindingsOf(container).at(protocol, hostPort).length > 0);
      yield { hostIp, hostPort, protocol, containerPort, container: name, origin, bound };
    }
  }
}

function* foreign(observed: ObservedState): Generator<Claim> {
  for (const container of observed.allForeign()) {
    for (const binding of container.bindings) {
      yield { ...binding, container: container.name, origin: 'foreign', bound: true };
    }
  }
}

const byPlace = (a: Claim, b: Claim): number =>
  a.hostPort - b.hostPort || a.protocol.localeCompare(b.protocol) || (a.hostIp ?? '').localeCompare(b.hostIp ?? '');
