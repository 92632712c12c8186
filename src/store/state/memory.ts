/** The stored state in memory, indexed for reading: equal to the database, since only a commit changes it. */

import type { Token } from '../../domain/access/tokens.js';
import type { Definition, Protocol, Reservation, Spec } from '../../domain/definition/definition.js';
import { byAge, type Run } from '../../domain/jobs/run.js';
import { dependenciesOf } from '../../domain/links/start-order.js';
import type { Address } from '../../domain/networks/addresses.js';
import { endpointsOf } from '../../domain/networks/endpoints.js';
import type { Network } from '../../domain/networks/network.js';
import { isUserDefined, networksOf } from '../../domain/networks/networked.js';
import type { PortRange } from '../../domain/ports/parse.js';
import type { Hold } from '../../domain/restore-hold.js';
import { NOTHING_RESTORED, type Restored } from '../../domain/restored.js';
import { placeOf, type SealedKind, type SealedValue } from '../../domain/secrets/sealed-value.js';
import { groupBy, MultiMap } from '../../lib/multimap.js';
import type { Stored } from '../storage.js';
import { createNetworkState, type NetworkReads } from './networks.js';

/** Reads of the state, stored or as a transaction would leave it. */
export interface StateReads extends NetworkReads {
  byName(name: string): Definition | undefined;
  byUid(uid: string): Definition | undefined;
  /** Reservations in the order of the claims. The same array until they change. */
  reservationsOf(uid: string): readonly Reservation[];
  /** The definitions that link to this name. */
  recipientsOf(name: string): readonly Definition[];
  /** The definitions that depend on this name. */
  dependentsOf(name: string): readonly Definition[];
  /** Every definition on a user-defined network. The same array until a definition changes. */
  onNetwork(network: string): readonly Definition[];
  /** The definitions that a name leads to on a user-defined network, whatever its case. */
  namedOnNetwork(network: string, name: string): readonly Definition[];
  /** Every definition of a set. */
  ofSet(set: string): readonly Definition[];
  /** The definition that adopted the container of this id here; not one that only a restored database says so of. */
  adopterOf(containerId: string): Definition | undefined;
  /** The reservations of this protocol on a host whose port is in the range, by default of every number. */
  claims(host: string, protocol: Protocol, range?: PortRange): readonly Reservation[];
  /** True if the engine is to be left as it is, and since when; null where it is not. */
  hold(): Hold | null;
  /** Definitions and adoptions that came with a restore and have not been confirmed here. */
  restored(): Restored;
  /** True if linked definitions on the default bridge run on a network of their own. */
  linksMoved(): boolean;
  /** Tokens in the order of their creation. */
  tokens(): readonly Token[];
  sealed(kind: SealedKind, name: string): SealedValue | undefined;
  /** Every sealed value, in no particular order. */
  allSealed(): readonly SealedValue[];
  /** The last event that each webhook has got, by its name. */
  webhookCursors(): ReadonlyMap<string, number>;
  /** Runs of a job from the oldest to the newest. */
  runsOf(uid: string): readonly Run[];
}

/** Changes of a transaction: definitions and reservations by uid, null for a removed definition. */
export interface Changes {
  readonly definitions: ReadonlyMap<string, Definition | null>;
  readonly reservations: ReadonlyMap<string, readonly Reservation[]>;
  /** Networks by name, null for a removed one. */
  readonly networks: ReadonlyMap<string, Network | null>;
  /** Addresses by uid, in place of those before. */
  readonly addresses: ReadonlyMap<string, readonly Address[]>;
  /** Sealed values by place, null for a removed one. */
  readonly sealed: ReadonlyMap<string, SealedValue | null>;
  /** Runs by id, null for a removed one. */
  readonly runs: ReadonlyMap<string, Run | null>;
  /** Absent where it stays as it is. */
  readonly hold?: Hold | null;
  /** Absent where it stays as it is. */
  readonly restored?: Restored;
  /** Absent where it stays as it is. */
  readonly linksMoved?: true;
  /** All that there are then. Absent where they stay as they are. */
  readonly tokens?: readonly Token[];
  /** All of them. Absent where they stay as they are. */
  readonly webhookCursors?: ReadonlyMap<string, number>;
}

export interface Memory extends StateReads {
  /** Newest first. The same array until a definition changes. */
  all(): readonly Definition[];
  readonly size: number;
  /**
   * True if nothing of this uid is to be left on the engine: its definition was here and was removed, or a person has
   * said so. As far as the record of what changed goes back, and not beyond the last restore.
   */
  hasRemoved(uid: string): boolean;
  apply(changes: Changes): void;
  /** Removes everything. */
  clear(): void;
}

const NONE: readonly Reservation[] = [];
const NO_RUNS: readonly Run[] = [];
export const ALL_PORTS: PortRange = { from: 0, to: 65_535 };

/** So many of those that were removed last are known: what comes late of a creation comes within minutes. */
const REMOVED_KNOWN = 10_000;

const nameKey = (network: string, name: string): string => `${network} ${name.toLowerCase()}`;

/** Its names on its networks, as keys; none on the default bridge. */
function namesOf(name: string, spec: Spec): readonly string[] {
  const endpoints = endpointsOf(name, spec).filter(({ network }) => isUserDefined(network));
  return endpoints.flatMap(({ network, aliases }) => [
    ...new Set([name, ...aliases].map((one) => nameKey(network, one))),
  ]);
}

const ledgerKey = (host: string, protocol: Protocol): string => `${protocol} ${host}`;

/** Reservations by definition, also found by number on each host. */
export interface Claims extends Map<string, readonly Reservation[]> {
  /** Those of this protocol on a host whose port is in the range. */
  within(host: string, protocol: Protocol, range: PortRange): readonly Reservation[];
}

/** None. */
export function createClaims(): Claims {
  const byNumber = new Map<string, Map<number, Reservation[]>>();

  class IndexedClaims extends Map<string, readonly Reservation[]> implements Claims {
    override set(uid: string, next: readonly Reservation[]): this {
      this.#unindex(uid);
      for (const claim of next) {
        const key = ledgerKey(claim.host, claim.protocol);
        const ports = byNumber.get(key) ?? new Map<number, Reservation[]>();
        byNumber.set(key, ports);
        const there = ports.get(claim.hostPort);
        if (there === undefined) ports.set(claim.hostPort, [claim]);
        else there.push(claim);
      }
      return super.set(uid, next);
    }

    override delete(uid: string): boolean {
      this.#unindex(uid);
      return super.delete(uid);
    }

    override clear(): void {
      byNumber.clear();
      super.clear();
    }

    within(host: string, protocol: Protocol, { from, to }: PortRange): readonly Reservation[] {
      const ports = byNumber.get(ledgerKey(host, protocol));
      if (ports === undefined) return NONE;
      if (from === to) return ports.get(from) ?? NONE;
      const found: Reservation[] = [];
      if (to - from < ports.size) {
        for (let hostPort = from; hostPort <= to; hostPort += 1) found.push(...(ports.get(hostPort) ?? NONE));
      } else {
        for (const [hostPort, held] of ports) if (hostPort >= from && hostPort <= to) found.push(...held);
      }
      return found;
    }

    #unindex(uid: string): void {
      for (const { host, protocol, hostPort } of this.get(uid) ?? NONE) {
        const ports = byNumber.get(ledgerKey(host, protocol));
        const left = (ports?.get(hostPort) ?? NONE).filter((claim) => claim.uid !== uid);
        if (left.length === 0) ports?.delete(hostPort);
        else ports?.set(hostPort, left);
      }
    }
  }
  return new IndexedClaims();
}

/** An empty one. */
export function createMemory(): Memory {
  /** Definitions by ascending seq: a Map keeps the place of a key whose value changes. */
  const byUid = new Map<string, Definition>();
  const byName = new Map<string, string>();
  const removed = new Set<string>();
  let hold: Hold | null = null;
  let restored = NOTHING_RESTORED;
  let linksMoved = false;
  let tokens: readonly Token[] = [];
  let webhookCursors: ReadonlyMap<string, number> = new Map();
  let newestFirst: readonly Definition[] | undefined;
  const recipients = new MultiMap<string, string>();
  const dependents = new MultiMap<string, string>();
  const networks = new MultiMap<string, string>();
  /** Lists that were read, until a definition changes. */
  const ofNetwork = new Map<string, readonly Definition[]>();
  const named = new MultiMap<string, string>();
  const sets = new MultiMap<string, string>();
  const adopters = new Map<string, string>();
  const reservations = createClaims();
  const networkState = createNetworkState();
  const sealed = new Map<string, SealedValue>();
  const runs = new Map<string, Run>();
  const runsByUid = new Map<string, readonly Run[]>();

  function setRun(id: string, run: Run | null): void {
    const uid = run?.uid ?? runs.get(id)?.uid;
    if (run === null) runs.delete(id);
    else runs.set(id, run);
    if (uid === undefined) return;
    const others = (runsByUid.get(uid) ?? []).filter((one) => one.id !== id);
    const all = run === null ? others : [...others, run].sort(byAge);
    if (all.length === 0) runsByUid.delete(uid);
    else runsByUid.set(uid, all);
  }

  const definitionsOf = (uids: Iterable<string>): readonly Definition[] =>
    [...uids].flatMap((uid) => byUid.get(uid) ?? []);

  function index({ uid, name, spec, set, adopted }: Definition): void {
    byName.set(name, uid);
    if (set !== null) sets.add(set, uid);
    if (adopted !== null) adopters.set(adopted.id, uid);
    for (const { container } of spec.links) recipients.add(container, uid);
    for (const { container } of dependenciesOf(spec)) dependents.add(container, uid);
    for (const network of networksOf(spec)) networks.add(network, uid);
    for (const key of namesOf(name, spec)) named.add(key, uid);
  }

  function unindex({ uid, name, spec, set, adopted }: Definition): void {
    byName.delete(name);
    if (set !== null) sets.delete(set, uid);
    if (adopted !== null && adopters.get(adopted.id) === uid) adopters.delete(adopted.id);
    for (const { container } of spec.links) recipients.delete(container, uid);
    for (const { container } of dependenciesOf(spec)) dependents.delete(container, uid);
    for (const network of networksOf(spec)) networks.delete(network, uid);
    for (const key of namesOf(name, spec)) named.delete(key, uid);
  }

  function setDefinition(uid: string, definition: Definition | null): void {
    const before = byUid.get(uid);
    if (before !== undefined) unindex(before);
    newestFirst = undefined;
    ofNetwork.clear();
    if (definition === null) {
      byUid.delete(uid);
      removed.add(uid);
      const [oldest] = removed;
      if (removed.size > REMOVED_KNOWN && oldest !== undefined) removed.delete(oldest);
      return;
    }
    byUid.set(uid, definition);
    index(definition);
  }

  return {
    ...networkState.reads,
    byName: (name) => byUid.get(byName.get(name) ?? ''),
    byUid: (uid) => byUid.get(uid),
    reservationsOf: (uid) => reservations.get(uid) ?? NONE,
    recipientsOf: (name) => definitionsOf(recipients.get(name)),
    dependentsOf: (name) => definitionsOf(dependents.get(name)),
    onNetwork(network) {
      const known = ofNetwork.get(network) ?? definitionsOf(networks.get(network));
      ofNetwork.set(network, known);
      return known;
    },
    namedOnNetwork: (network, name) => definitionsOf(named.get(nameKey(network, name))),
    ofSet: (set) => definitionsOf(sets.get(set)),
    adopterOf: (containerId) =>
      restored.unverified.has(containerId) ? undefined : byUid.get(adopters.get(containerId) ?? ''),
    claims: (host, protocol, range = ALL_PORTS) => reservations.within(host, protocol, range),
    all() {
      newestFirst ??= [...byUid.values()].reverse();
      return newestFirst;
    },
    get size() {
      return byUid.size;
    },
    hasRemoved: (uid) => removed.has(uid),
    hold: () => hold,
    restored: () => restored,
    linksMoved: () => linksMoved,
    tokens: () => tokens,
    sealed: (kind, name) => sealed.get(placeOf({ kind, name })),
    allSealed: () => [...sealed.values()],
    webhookCursors: () => webhookCursors,
    runsOf: (uid) => runsByUid.get(uid) ?? NO_RUNS,
    apply(changes) {
      for (const [uid, definition] of changes.definitions) setDefinition(uid, definition);
      for (const [uid, next] of changes.reservations) {
        if (next.length === 0) reservations.delete(uid);
        else reservations.set(uid, next);
      }
      networkState.apply(changes);
      for (const [place, value] of changes.sealed) {
        if (value === null) sealed.delete(place);
        else sealed.set(place, value);
      }
      for (const [id, run] of changes.runs) setRun(id, run);
      if (changes.hold !== undefined) hold = changes.hold;
      if (changes.restored !== undefined) restored = changes.restored;
      if (changes.linksMoved !== undefined) linksMoved = changes.linksMoved;
      if (changes.tokens !== undefined) tokens = changes.tokens;
      if (changes.webhookCursors !== undefined) webhookCursors = changes.webhookCursors;
    },
    clear() {
      for (const index of [
        byUid,
        byName,
        removed,
        recipients,
        dependents,
        networks,
        ofNetwork,
        named,
        sets,
        adopters,
        reservations,
        sealed,
        runs,
        runsByUid,
      ]) {
        index.clear();
      }
      networkState.clear();
      newestFirst = undefined;
      hold = null;
      restored = NOTHING_RESTORED;
      linksMoved = false;
      tokens = [];
      webhookCursors = new Map();
    },
  };
}

/** Puts what is stored in the place of all that a memory holds. */
export function fill(memory: Memory, stored: Stored): void {
  const { definitions, reservations, networks, addresses, removed, hold, restored, linksMoved, tokens, sealed, runs } =
    stored;
  const byUid = createClaims();
  for (const [uid, held] of groupBy(reservations, (claim) => claim.uid)) byUid.set(uid, held);
  const gone = removed.map((uid): [string, null] => [uid, null]);
  const there = definitions.map((one): [string, Definition] => [one.uid, one]);
  memory.clear();
  memory.apply({
    definitions: new Map<string, Definition | null>([...gone, ...there]),
    reservations: byUid,
    networks: new Map(networks.map((network) => [network.name, network])),
    addresses: groupBy(addresses, ({ uid }) => uid),
    sealed: new Map(sealed.map((value) => [placeOf(value), value])),
    runs: new Map(runs.map((run) => [run.id, run])),
    hold,
    restored,
    ...(linksMoved && { linksMoved }),
    tokens,
    webhookCursors: stored.webhookCursors,
  });
}
