/**
 * Pure: whether the aliases of a container's links are in its `/etc/hosts`, by the last reading of that file. The engine
 * writes the file while it starts the container, and leaves a source out that has no address at that moment; inspect and
 * list show such a link like any other. On user-defined networks an alias is a DNS name, and there is no line to read.
 */

import type { Definition, Link } from '../../domain/definition/definition.js';
import { addressesOf } from '../../domain/links/hosts-file.js';
import { hasProcesses } from '../../engine/container-state.js';
import { listed } from '../../lib/sentence.js';
import type { HostsReading } from '../observe/hosts-reading.js';
import type { OwnContainer } from '../observe/observed-state.js';
import type { LinkState } from './link-state.js';

export const HOSTS_FILE = '/etc/hosts';

/** `unread`: not since this run of the container or of the source began. */
export type AliasOutcome = 'unread' | 'resolved' | 'missing' | 'elsewhere';

export interface AliasFault {
  readonly reason: 'AliasMissing' | 'AliasElsewhere';
  /** Message for a person, without a remedy. */
  readonly message: string;
}

/** The state of a container's `/etc/hosts` where its links are concerned. */
export interface HostsState {
  /** True if an alias was not looked up since the container was started: nothing says that it resolves at all. */
  readonly isUnreadInRun: boolean;
  /** True if an alias was not looked up since the container or a source was started. */
  readonly isUnread: boolean;
  /** The aliases that the file lacks, or that lead to another address than their source's; null where there are none. */
  readonly fault: AliasFault | null;
  /** Outcomes by alias; without those that the engine does not write into the file. */
  readonly outcomes: ReadonlyMap<string, AliasOutcome>;
  /**
   * True if a volume of the definition takes the file's place, so that no start of the container can bring the line.
   */
  readonly isHidden: boolean;
}

/** Identifies, by alias, the present run of every source that runs: container, start and address. */
export function sourceRuns(links: readonly LinkState[]): ReadonlyMap<string, string> {
  return new Map(
    links.flatMap(({ link, source }) =>
      source.kind === 'running'
        ? [[link.alias, `${source.container.id} ${source.container.startedAt} ${source.address}`] as const]
        : [],
    ),
  );
}

export const NOTHING_TO_READ: HostsState = {
  isUnreadInRun: false,
  isUnread: false,
  fault: null,
  isHidden: false,
  outcomes: new Map(),
};

/** @param reading the last one of this container; undefined if it was never read */
export function hostsState(
  container: OwnContainer,
  { spec }: Definition,
  links: readonly LinkState[],
  reading: HostsReading | undefined,
): HostsState {
  const engines = links.filter(({ link, source }) => isEnginesLink(container, link, source));
  const isOnBridge = container.networks['bridge'] !== undefined;
  if (!hasProcesses(container) || !isOnBridge || engines.length === 0) return NOTHING_TO_READ;
  const ofThisRun = reading?.startedAt === container.startedAt ? reading : undefined;
  const runs = sourceRuns(engines);
  const outcomes = engines.map((state) => ({ ...state, outcome: outcomeOf(state, runs, ofThisRun) }));
  return {
    isUnreadInRun: ofThisRun === undefined,
    isUnread: outcomes.some(({ outcome }) => outcome === 'unread'),
    outcomes: new Map(outcomes.map(({ link, outcome }) => [link.alias, outcome])),
    fault: faultOf(outcomes.filter(({ outcome }) => outcome === 'missing' || outcome === 'elsewhere')),
    isHidden: spec.volumes.some(({ target }) => target === HOSTS_FILE),
  };
}

/** True if the engine links the container to the source's present container; where it does not, the link is stale. */
function isEnginesLink(container: OwnContainer, { alias }: Link, source: LinkState['source']): boolean {
  if (!container.linkAliases.includes(alias)) return false;
  return source.kind !== 'running' || source.container.linkNames.includes(`${container.name}/${alias}`);
}

function outcomeOf(
  { link, source }: LinkState,
  runs: ReadonlyMap<string, string>,
  reading: HostsReading | undefined,
): AliasOutcome {
  if (reading === undefined) return 'unread';
  const addresses = addressesOf(reading.entries, link.alias);
  // Later starts of the source change the address of an existing line, and add none.
  if (addresses.length === 0) return 'missing';
  if (source.kind !== 'running') return 'resolved';
  if (reading.sources.get(link.alias) !== runs.get(link.alias)) return 'unread';
  return addresses.includes(source.address) ? 'resolved' : 'elsewhere';
}

function faultOf(faults: readonly (LinkState & { readonly outcome: AliasOutcome })[]): AliasFault | null {
  const [first] = faults;
  if (first === undefined) return null;
  const aliases = (of: AliasOutcome): readonly string[] =>
    faults.filter(({ outcome }) => outcome === of).map(({ link }) => link.alias);
  const parts = [
    [aliases('missing'), `${HOSTS_FILE} has no line for`],
    [aliases('elsewhere'), `${HOSTS_FILE} has the wrong address for`],
  ] as const;
  return {
    reason: first.outcome === 'missing' ? 'AliasMissing' : 'AliasElsewhere',
    message: parts.flatMap(([names, text]) => (names.length === 0 ? [] : `${text} ${listed(names)}`)).join('; '),
  };
}
