/**
 * Observed state of the engine, in memory: filled by events, relists and the answers to our own calls; read by the
 * planner and by GETs. It holds only observed facts, and guesses nothing.
 */

import type { ContainerDetail, ContainerSummary, EngineNetwork, EngineVersion } from '../../engine/engine.js';
import { isSameJson } from '../../lib/canonical-json.js';
import { MultiMap } from '../../lib/multimap.js';
import { type AddressClaim, heldAddresses, takenAddresses } from './addresses.js';
import type { HostsReading } from './hosts-reading.js';

/** One of our containers, whole. */
export interface OwnContainer extends ContainerDetail {
  /**
   * True if it was adopted: the engine itself gave it the variables of its links, which its environment does not show.
   */
  readonly isAdopted: boolean;
  readonly linkNames: readonly string[];
  /** The names of the variables that its image sets; null where the image is gone. */
  readonly imageEnvNames: ReadonlySet<string> | null;
}

export interface EngineState {
  readonly reachable: boolean;
  readonly since: Date;
  /** `EngineUnsupported`: one answers, and speaks no API version that we do. */
  readonly reason: 'Connected' | 'NotConnected' | 'EngineUnsupported';
  /** Reason why it is unreachable; empty while reachable. */
  readonly message: string;
  /** State at the last connection; null before the first. */
  readonly version: EngineVersion | null;
}

export interface ObservedState {
  engine: EngineState;
  /** True from the first complete list of a connection on; false again when the connection is lost. */
  complete: boolean;
  putOwn(container: OwnContainer): void;
  putForeign(container: ContainerSummary): void;
  /** Keeps the last reading of a container's `/etc/hosts`. */
  putHosts(id: string, reading: HostsReading): void;
  /** The last reading of its `/etc/hosts`; it may be of an earlier run. */
  hostsOf(id: string): HostsReading | undefined;
  /** Notes that somebody ended the run of a container that is known now, or that nobody saw how it ended. */
  noteInterruption(id: string): void;
  /** True if the last run of a container was interrupted, so that its end says nothing of it. */
  isInterrupted(container: OwnContainer): boolean;
  drop(id: string): void;
  own(id: string): OwnContainer | undefined;
  ownOf(uid: string): readonly OwnContainer[];
  allOwn(): Iterable<OwnContainer>;
  foreign(id: string): ContainerSummary | undefined;
  allForeign(): Iterable<ContainerSummary>;
  /** The container on a name that is not this definition's: foreign, or of another definition, stored or not. */
  holderOf(name: string, uid: string): { readonly id: string; readonly name: string } | undefined;
  /** The ids of the containers that links of a recipient of this name lead to. */
  linkedTo(recipientName: string): Iterable<string>;
  /** The containers that have this host port bound, on whichever address, whosever they are. */
  bindersOf(hostPort: number): readonly (OwnContainer | ContainerSummary)[];
  /** Our containers that take this host port when they are started. */
  publishersOf(hostPort: number): readonly OwnContainer[];
  /** The containers that have an address now, whosever they are. */
  holdersOf(address: AddressClaim): readonly (OwnContainer | ContainerSummary)[];
  /** Our containers that take an address when they are started. */
  takersOf(address: AddressClaim): readonly OwnContainer[];
  ids(): Iterable<string>;
  /** Replaces what is known of the networks on the engine. @returns true if it differs */
  putNetworks(networks: readonly EngineNetwork[]): boolean;
  networks(): readonly EngineNetwork[];
  /** The network of this name; undefined where there is none. */
  network(name: string): EngineNetwork | undefined;
}

export function createObservedState(now: Date): ObservedState {
  const own = new Map<string, OwnContainer>();
  const byUid = new MultiMap<string, string>();
  const foreign = new Map<string, ContainerSummary>();
  const idByName = new Map<string, string>();
  const idsByRecipient = new MultiMap<string, string>();
  const idsByPort = new MultiMap<number, string>();
  const idsByPublished = new MultiMap<number, string>();
  const idsByAddress = new MultiMap<string, string>();
  const idsByTakenAddress = new MultiMap<string, string>();
  const hosts = new Map<string, HostsReading>();
  /** The start of the run that was interrupted, by container. */
  const interrupted = new Map<string, string | null>();
  let networks: readonly EngineNetwork[] = [];
  let networkByName = new Map<string, EngineNetwork>();

  const recipientOf = (linkName: string): string => linkName.slice(0, linkName.lastIndexOf('/'));

  function indexLinks({ id, linkNames }: Pick<ContainerSummary, 'id' | 'linkNames'>): void {
    for (const recipient of linkNames.map(recipientOf)) idsByRecipient.add(recipient, id);
  }

  function dropLinks({ id, linkNames }: Pick<ContainerSummary, 'id' | 'linkNames'>): void {
    for (const recipient of linkNames.map(recipientOf)) idsByRecipient.delete(recipient, id);
  }

  function drop(id: string): void {
    const ours = own.get(id);
    const theirs = foreign.get(id);
    const known = ours ?? theirs;
    if (known !== undefined) dropLinks(known);
    for (const { hostPort } of known?.bindings ?? []) idsByPort.delete(hostPort, id);
    for (const address of known === undefined ? [] : heldAddresses(known)) idsByAddress.delete(keyOf(address), id);
    const name = ours?.name ?? theirs?.name ?? '';
    if (idByName.get(name) === id) idByName.delete(name);
    foreign.delete(id);
    if (ours !== undefined) {
      for (const { hostPort } of ours.published) idsByPublished.delete(hostPort, id);
      for (const address of takenAddresses(ours)) idsByTakenAddress.delete(keyOf(address), id);
      own.delete(id);
      byUid.delete(ours.owner?.uid ?? '', id);
    }
  }

  return {
    engine: { reachable: false, since: now, reason: 'NotConnected', message: 'not connected yet', version: null },
    complete: false,
    putOwn(container) {
      drop(container.id);
      own.set(container.id, container);
      indexLinks(container);
      for (const { hostPort } of container.bindings) idsByPort.add(hostPort, container.id);
      for (const { hostPort } of container.published) idsByPublished.add(hostPort, container.id);
      for (const address of heldAddresses(container)) idsByAddress.add(keyOf(address), container.id);
      for (const address of takenAddresses(container)) idsByTakenAddress.add(keyOf(address), container.id);
      idByName.set(container.name, container.id);
      byUid.add(container.owner?.uid ?? '', container.id);
    },
    putForeign(container) {
      hosts.delete(container.id);
      drop(container.id);
      foreign.set(container.id, container);
      indexLinks(container);
      for (const { hostPort } of container.bindings) idsByPort.add(hostPort, container.id);
      for (const address of heldAddresses(container)) idsByAddress.add(keyOf(address), container.id);
      idByName.set(container.name, container.id);
    },
    putHosts(id, reading) {
      if (own.has(id)) hosts.set(id, reading);
    },
    hostsOf: (id) => hosts.get(id),
    noteInterruption(id) {
      const container = own.get(id);
      if (container !== undefined) interrupted.set(id, container.startedAt);
    },
    isInterrupted: ({ id, startedAt }) => startedAt !== null && interrupted.get(id) === startedAt,
    drop(id) {
      hosts.delete(id);
      interrupted.delete(id);
      drop(id);
    },
    own: (id) => own.get(id),
    ownOf: (uid) => [...byUid.get(uid)].flatMap((id) => own.get(id) ?? []),
    allOwn: () => own.values(),
    foreign: (id) => foreign.get(id),
    allForeign: () => foreign.values(),
    holderOf(name, uid) {
      const id = idByName.get(name) ?? '';
      const holder = own.get(id) ?? foreign.get(id);
      return holder === undefined || own.get(id)?.owner?.uid === uid ? undefined : holder;
    },
    linkedTo: (recipientName) => idsByRecipient.get(recipientName),
    bindersOf: (hostPort) => [...idsByPort.get(hostPort)].flatMap((id) => own.get(id) ?? foreign.get(id) ?? []),
    publishersOf: (hostPort) => [...idsByPublished.get(hostPort)].flatMap((id) => own.get(id) ?? []),
    holdersOf: (address) => [...idsByAddress.get(keyOf(address))].flatMap((id) => own.get(id) ?? foreign.get(id) ?? []),
    takersOf: (address) => [...idsByTakenAddress.get(keyOf(address))].flatMap((id) => own.get(id) ?? []),
    putNetworks(all) {
      const next = all.toSorted((a, b) => (a.id < b.id ? -1 : 1));
      if (isSameJson(networks, next)) return false;
      networks = next;
      networkByName = new Map(next.map((network) => [network.name, network]));
      return true;
    },
    networks: () => networks,
    network: (name) => networkByName.get(name),
    *ids() {
      yield* own.keys();
      yield* foreign.keys();
    },
  };
}

const keyOf = ({ network, address }: AddressClaim): string => `${network} ${address}`;
