/** Determines a service's network and its names there. */

import { byCodeUnit } from '../../../lib/canonical-json.js';
import { parseInteger } from '../../docker/values.js';
import { SERVICE_NETWORK_KEYS } from './keys/network.js';
import type { Project } from './project.js';
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

interface ServiceNetwork {
  /** Undefined where that is a fault. */
  readonly network: string | undefined;
  readonly aliases: readonly string[];
}

const NO_MODE: Readonly<Record<string, string>> = {
  host: "on the host's network there are no published ports and no links: remove it, and publish ports",
  none: 'every container has a network: remove it',
};
const SHARED = "containers can't share a network namespace: remove it";

/** Rule: Docker Compose puts a service that says nothing on the network `default` of its project. */
export function readNetwork(reading: Reading, service: MapTree, project: Project): ServiceNetwork {
  const mode = child(service, 'network_mode');
  const networks = child(service, 'networks');
  const name = stringOf(reading, mode) ?? '';
  if (mode === undefined || name === '') return readNetworks(reading, service, networks, project);
  if (networks !== undefined) addFault(reading, mode, "network_mode and networks can't be combined; leave one out");
  if (name === 'bridge' || name === 'default') return { network: 'bridge', aliases: [] };
  const isShared = name.startsWith('service:') || name.startsWith('container:');
  const reason = isShared ? SHARED : Object.hasOwn(NO_MODE, name) ? NO_MODE[name] : undefined;
  if (reason === undefined) return { network: name, aliases: [] };
  addNote(reading, mode, 'unsupported', reason);
  return { network: project.networkOf('default', service), aliases: [] };
}

/** Highest first, else by key. Rule: compose-go, `NetworksByPriority`. */
const byPriority = (a: Joined, b: Joined): number => b.priority - a.priority || byCodeUnit(a.key, b.key);

interface Joined {
  readonly key: string;
  readonly tree: Tree;
  readonly settings: MapTree | undefined;
  readonly priority: number;
}

function readNetworks(reading: Reading, service: MapTree, tree: Tree | undefined, project: Project): ServiceNetwork {
  const joined = joinedBy(reading, tree);
  const [first, ...others] = joined.toSorted(byPriority);
  if (first === undefined) return { network: project.networkOf('default', service), aliases: [] };
  for (const other of others) {
    project.networkOf(other.key, other.tree);
    const reason = `a container is on one network, here ${first.key}: put the containers that it talks to on it as well`;
    addNote(reading, other.tree, 'unsupported', reason);
  }
  const aliases = first.settings === undefined ? undefined : child(first.settings, 'aliases');
  return { network: project.networkOf(first.key, first.tree), aliases: stringsOf(reading, aliases) };
}

function joinedBy(reading: Reading, tree: Tree | undefined): readonly Joined[] {
  if (tree?.kind !== 'map') {
    return uniqueItemsOf(reading, tree).flatMap((item) => {
      const key = stringOf(reading, item);
      return key === undefined ? [] : [{ key, tree: item, settings: undefined, priority: 0 }];
    });
  }
  return [...tree.entries].map(([key, value]) => {
    const settings = mapOf(reading, child(tree, key));
    if (settings !== undefined) checkKeys(reading, settings, SERVICE_NETWORK_KEYS, 'a network of a service');
    const priority = settings && parsed(reading, child(settings, 'priority'), parseInteger);
    return { key, tree: value, settings, priority: priority ?? 0 };
  });
}
