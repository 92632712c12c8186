/** The state as a transaction would leave it: what it changes, read over what is stored. */

import type { Definition } from '../../domain/definition/definition.js';
import { byAge } from '../../domain/jobs/run.js';
import { placeOf } from '../../domain/secrets/sealed-value.js';
import { ALL_PORTS, type Changes, type Claims, createMemory, type StateReads } from './memory.js';
import { type ChangedAddresses, overlayNetworks } from './networks.js';

/** Definitions by uid, null for one that goes, also indexed for reading. */
export interface ChangedDefinitions extends Map<string, Definition | null> {
  /** Reads of those that don't go. */
  readonly reads: StateReads;
}

/** Creates an empty collection. Nothing is deleted from it. */
export function createChangedDefinitions(): ChangedDefinitions {
  const memory = createMemory();
  const nothing: Omit<Changes, 'definitions'> = {
    ...{ reservations: new Map(), networks: new Map(), addresses: new Map(), sealed: new Map() },
    runs: new Map(),
  };

  class IndexedDefinitions extends Map<string, Definition | null> implements ChangedDefinitions {
    readonly reads = memory;

    override set(uid: string, definition: Definition | null): this {
      memory.apply({ ...nothing, definitions: new Map([[uid, definition]]) });
      return super.set(uid, definition);
    }
  }
  return new IndexedDefinitions();
}

/** The state after some changes, which may go on while it is read. A read costs what it finds, however much has changed. */
export function overlay(
  base: StateReads,
  changes: Changes & {
    readonly definitions: ChangedDefinitions;
    readonly reservations: Claims;
    readonly addresses: ChangedAddresses;
  },
): StateReads {
  const { definitions, reservations } = changes;
  const own = definitions.reads;
  const isAsStored = ({ uid }: Definition): boolean => !definitions.has(uid);
  const merged = (stored: readonly Definition[], changed: readonly Definition[]): readonly Definition[] =>
    stored.length === 0 ? changed : [...stored.filter(isAsStored), ...changed];
  const either = (stored: Definition | undefined, changed: Definition | undefined): Definition | undefined =>
    changed ?? (stored !== undefined && isAsStored(stored) ? stored : undefined);
  return {
    ...overlayNetworks(base, changes),
    byName: (name) => either(base.byName(name), own.byName(name)),
    hold: () => (changes.hold === undefined ? base.hold() : changes.hold),
    restored: () => changes.restored ?? base.restored(),
    linksMoved: () => changes.linksMoved ?? base.linksMoved(),
    tokens: () => changes.tokens ?? base.tokens(),
    sealed(kind, name) {
      const changed = changes.sealed.get(placeOf({ kind, name }));
      return changed === undefined ? base.sealed(kind, name) : (changed ?? undefined);
    },
    allSealed: () => [
      ...base.allSealed().filter((value) => !changes.sealed.has(placeOf(value))),
      ...[...changes.sealed.values()].flatMap((value) => value ?? []),
    ],
    webhookCursors: () => changes.webhookCursors ?? base.webhookCursors(),
    runsOf(uid) {
      const changed = [...changes.runs.values()].flatMap((run) => (run?.uid === uid ? [run] : []));
      const stored = base.runsOf(uid).filter(({ id }) => !changes.runs.has(id));
      return changed.length === 0 ? stored : [...stored, ...changed].sort(byAge);
    },
    byUid: (uid) => (definitions.has(uid) ? own.byUid(uid) : base.byUid(uid)),
    reservationsOf: (uid) => reservations.get(uid) ?? base.reservationsOf(uid),
    recipientsOf: (name) => merged(base.recipientsOf(name), own.recipientsOf(name)),
    dependentsOf: (name) => merged(base.dependentsOf(name), own.dependentsOf(name)),
    onNetwork: (network) => merged(base.onNetwork(network), own.onNetwork(network)),
    namedOnNetwork: (network, name) => merged(base.namedOnNetwork(network, name), own.namedOnNetwork(network, name)),
    ofSet: (set) => merged(base.ofSet(set), own.ofSet(set)),
    adopterOf(containerId) {
      if ((changes.restored ?? base.restored()).unverified.has(containerId)) return undefined;
      return either(base.adopterOf(containerId), own.adopterOf(containerId));
    },
    claims(host, protocol, range = ALL_PORTS) {
      const stored = base.claims(host, protocol, range).filter((claim) => !reservations.has(claim.uid));
      const changed = reservations.within(host, protocol, range);
      return stored.length === 0 ? changed : [...stored, ...changed];
    },
  };
}
