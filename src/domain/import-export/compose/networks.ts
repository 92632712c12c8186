/** Determines a service's networks, and its names and addresses there. */

import { byCodeUnit } from '../../../lib/canonical-json.js';
import { parseInteger } from '../../docker/values.js';
import { pointer } from '../../problems/result.js';
import { type Draft, put, setOrigin } from './draft.js';
import { SERVICE_NETWORK_KEYS } from './keys/network.js';
import type { Member, MemberNetwork, Project } from './project.js';
import {
  addFault,
  addNote,
  checkKeys,
  child,
  mapOf,
  parsed,
  type Reading,
  stringOf,
  stringsOf,
  uniqueItemsOf,
} from './yaml/reading.js';
import type { MapTree, Tree } from './yaml/tree.js';

/**
 * Reads the networks of a service, that of its default route first; none stand for the default bridge. Rule: Docker Compose
 * puts a service that says nothing on the network `default` of its project.
 *
 * @param names the names of the containers by service
 */
export function readNetworksOf(
  reading: Reading,
  service: MapTree,
  project: Project,
  names: ReadonlyMap<string, string>,
): readonly MemberNetwork[] {
  const mode = child(service, 'network_mode');
  const networks = child(service, 'networks');
  const name = stringOf(reading, mode) ?? '';
  if (mode === undefined || name === '') return readNetworks(reading, service, networks, project);
  if (networks !== undefined) addFault(reading, mode, "network_mode and networks can't be combined; leave one out");
  if (name === 'bridge' || name === 'default') return [];
  const [, owner] = /^service:(.*)$/s.exec(name) ?? [];
  if (owner === undefined) return [{ name, aliases: [], tree: mode }];
  const container = names.get(owner);
  if (container !== undefined) return [{ name: `container:${container}`, aliases: [], tree: mode }];
  addNote(reading, mode, 'unsupported', `the service ${owner} is not imported: send its profile, or remove this`);
  return defaultNetwork(service, project);
}

function defaultNetwork(service: MapTree, project: Project): readonly MemberNetwork[] {
  const name = project.networkOf('default', service);
  return name === undefined ? [] : [{ name, aliases: [], tree: service.entries.get('networks') ?? service }];
}

/** Puts the networks of a service into its definition: in the short form, unless it is on several or names an address. */
export function putNetworks(draft: Draft, { tree, networks }: Member): void {
  const [first, ...others] = networks;
  const at = tree.entries.get('networks') ?? tree.entries.get('network_mode') ?? tree;
  if (first === undefined) {
    put(draft, 'network', 'bridge', at);
    return;
  }
  const { name, aliases, ipv4Address, ipv6Address } = first;
  if (others.length === 0 && ipv4Address === undefined && ipv6Address === undefined) {
    put(draft, 'network', name, at);
    if (aliases.length > 0) put(draft, 'networkAliases', aliases, tree.entries.get('networks') ?? tree);
    return;
  }
  put(
    draft,
    'networks',
    networks.map(({ tree: _, ...network }) => network),
    at,
  );
  for (const [index, one] of networks.entries()) setOrigin(draft, pointer('networks', index), one.tree);
}

/** Highest first, else by key. Rule: the Compose specification, `gw_priority`; compose-go, `NetworksByPriority`. */
const byPriority = (a: Joined, b: Joined): number =>
  b.gateway - a.gateway || b.priority - a.priority || byCodeUnit(a.key, b.key);

interface Joined {
  readonly key: string;
  readonly tree: Tree;
  readonly settings: MapTree | undefined;
  readonly gateway: number;
  readonly priority: number;
}

function readNetworks(
  reading: Reading,
  service: MapTree,
  tree: Tree | undefined,
  project: Project,
): readonly MemberNetwork[] {
  const joined = joinedBy(reading, tree);
  if (joined.length === 0) return defaultNetwork(service, project);
  const found = joined.toSorted(byPriority).flatMap(({ key, tree: at, settings }): readonly MemberNetwork[] => {
    const name = project.networkOf(key, at);
    const textAt = (field: string) => settings && (stringOf(reading, child(settings, field)) || undefined);
    const [ipv4Address, ipv6Address] = [textAt('ipv4_address'), textAt('ipv6_address')];
    if (name === undefined) return [];
    const aliases = settings === undefined ? [] : stringsOf(reading, child(settings, 'aliases'));
    return [{ name, aliases, tree: at, ...(ipv4Address && { ipv4Address }), ...(ipv6Address && { ipv6Address }) }];
  });
  const onBridge = found.find(({ name }) => name === 'bridge');
  if (onBridge === undefined) return found;
  const reason = 'the default bridge is the only network of its containers: remove it, or the others';
  if (found.length > 1) addNote(reading, onBridge.tree, 'unsupported', reason);
  return found.filter((one) => one !== onBridge);
}

function joinedBy(reading: Reading, tree: Tree | undefined): readonly Joined[] {
  if (tree?.kind !== 'map') {
    return uniqueItemsOf(reading, tree).flatMap((item) => {
      const key = stringOf(reading, item);
      return key === undefined ? [] : [{ key, tree: item, settings: undefined, gateway: 0, priority: 0 }];
    });
  }
  return [...tree.entries].map(([key, value]) => {
    const settings = mapOf(reading, child(tree, key));
    if (settings !== undefined) checkKeys(reading, settings, SERVICE_NETWORK_KEYS, 'a network of a service');
    const number = (field: string) => settings && parsed(reading, child(settings, field), parseInteger);
    return { key, tree: value, settings, gateway: number('gw_priority') ?? 0, priority: number('priority') ?? 0 };
  });
}
