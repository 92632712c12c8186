/**
 * Facts that the services of a Compose file share: the project's name, its networks and volumes, and the services'
 * names.
 */

import type { VolumeMount } from '../../definition/definition.js';
import { LOCAL_DRIVER } from '../../definition/storage/driver-reach.js';
import { isAlias, isHostsAlias } from '../../links/links.js';
import { NETWORK_KEYS } from './keys/network.js';
import { VOLUME_KEYS } from './keys/storage.js';
import { type ComposeNetwork, readResource } from './networks/resource.js';
import type { Restarts } from './process.js';
import {
  addFault,
  addNote,
  checkKeys,
  child,
  flagOf,
  isNothing,
  isNull,
  mapOf,
  pairsOf,
  type Reading,
  stringOf,
} from './yaml/reading.js';
import type { MapTree, Place, Tree } from './yaml/tree.js';

/** A network of a service, as the engine calls it. */
export interface MemberNetwork {
  readonly name: string;
  /** Names there beside the service's own and its container's. */
  readonly aliases: readonly string[];
  readonly ipv4Address?: string;
  readonly ipv6Address?: string;
  readonly tree: Tree;
}

/** A service that is imported, as others have to know it. */
export interface Member {
  /** Its key in the file. */
  readonly key: string;
  /** Its service's name, which is the key unless `x-berth` says otherwise. */
  readonly service: string;
  readonly tree: MapTree;
  /** The name of its container. */
  readonly name: string;
  /** Its networks, that of its default route first; none on the default bridge. */
  readonly networks: readonly MemberNetwork[];
  readonly restarts: Restarts;
}

/** A volume of the file: its name on the engine, and how it is created. */
export type ProjectVolume = Pick<VolumeMount, 'volume' | 'driver' | 'driverOptions' | 'labels'>;

/** A network to declare, with its place in the file. */
export interface PlacedNetwork extends ComposeNetwork {
  readonly at: Place;
}

export interface Project {
  /**
   * Project name, the prefix of resources that the file names no other way; undefined where it has none, which is a
   * fault where one is needed.
   */
  readonly name: string | undefined;
  /** The networks that have to be declared, of those that services use: filled by {@link networkOf}. */
  readonly resources: readonly PlacedNetwork[];
  /** The network of a key of `networks`, as the engine calls it. */
  networkOf(key: string, at: Tree): string | undefined;
  volumeOf(key: string, at: Tree): ProjectVolume | undefined;
  declaresVolume(key: string): boolean;
  /** Notes the networks and volumes that nothing uses. */
  noteUnused(): void;
}

const DEFAULT = 'default';

/** Checks a network or a volume of the file, also where nothing uses it. Rule: compose-go, `transformMaybeExternal`. */
function checkResource(reading: Reading, tree: Tree): MapTree | undefined {
  const settings = isNull(tree) ? undefined : mapOf(reading, tree);
  if (settings === undefined) return undefined;
  const [name, external] = [child(settings, 'name'), child(settings, 'external')];
  const named = external?.kind === 'map' ? child(external, 'name') : undefined;
  if (name !== undefined && named !== undefined && stringOf(reading, name) !== stringOf(reading, named)) {
    addFault(reading, named, 'differs from name; write name alone, and external: true');
  }
  return settings;
}

/** Rule: compose-go, `checkExternal`. */
function checkVolume(reading: Reading, tree: Tree): void {
  const settings = checkResource(reading, tree);
  const external = settings && child(settings, 'external');
  if (settings === undefined || external === undefined) return;
  if (external.kind !== 'map' && flagOf(reading, external) !== true) return;
  for (const [key, value] of settings.entries) {
    if (key === 'name' || key === 'external' || key.startsWith('x-') || isNull(value)) continue;
    addFault(
      reading,
      value,
      `an external volume is created elsewhere, so it can't have ${key}; remove ${key} or external`,
    );
  }
}

export function createProject(
  reading: Reading,
  name: string | undefined,
  file: { readonly networks: MapTree | undefined; readonly volumes: MapTree | undefined },
): Project {
  const used = new Map<Tree | string, unknown>();
  const resources: PlacedNetwork[] = [];

  function prefixed(key: string, at: Tree): string | undefined {
    if (name !== undefined) return `${name}_${key}`;
    return addFault(reading, at, `needs a project name: send project, or add name: to the file`);
  }

  for (const tree of file.networks?.entries.values() ?? []) checkResource(reading, tree);
  for (const tree of file.volumes?.entries.values() ?? []) checkVolume(reading, tree);

  function networkOf(key: string, at: Tree): string | undefined {
    const tree = file.networks?.entries.get(key);
    if (tree === undefined && key !== DEFAULT) {
      return addFault(reading, at, `there is no network ${JSON.stringify(key)} in the file; declare it under networks`);
    }
    return once(tree ?? DEFAULT, () => {
      const settings = settingsOf(tree);
      if (settings === undefined) return prefixed(key, at);
      checkKeys(reading, settings, NETWORK_KEYS, 'a network');
      const external = externalOf(settings, key);
      if (external === 'bridge') return external;
      if (external !== undefined) {
        resources.push({ name: external, spec: { external: true }, at: settings.at });
        return external;
      }
      const called = nameIn(settings) ?? prefixed(key, at);
      const resource = called === undefined ? undefined : readResource(reading, settings, called);
      if (resource !== undefined) resources.push({ ...resource, at: settings.at });
      return called;
    });
  }

  function volumeOf(key: string, at: Tree): ProjectVolume | undefined {
    const tree = file.volumes?.entries.get(key);
    if (tree === undefined) {
      return addFault(reading, at, `there is no volume ${JSON.stringify(key)} in the file; declare it under volumes`);
    }
    return once(tree, () => {
      const settings = settingsOf(tree);
      if (settings !== undefined) checkKeys(reading, settings, VOLUME_KEYS, 'a volume');
      const volume = settings && (externalOf(settings, key) ?? nameIn(settings));
      const name = volume ?? prefixed(key, at);
      return name === undefined ? undefined : { volume: name, ...(settings && createdWith(settings)) };
    });
  }

  /** Returns a map that {@link checkResource} has accepted, or undefined. */
  const settingsOf = (tree: Tree | undefined): MapTree | undefined =>
    tree?.kind === 'map' && !isNothing(tree) ? tree : undefined;

  /** The name of what is made outside of the project; undefined where that is not so. */
  function externalOf(settings: MapTree, key: string): string | undefined {
    const external = child(settings, 'external');
    // The form of old: external: { name: … }.
    const named = external?.kind === 'map' ? child(external, 'name') : undefined;
    const isExternal = external?.kind === 'map' || flagOf(reading, external) === true;
    return isExternal ? stringOf(reading, named) || (nameIn(settings) ?? key) : undefined;
  }

  function createdWith(settings: MapTree): Omit<ProjectVolume, 'volume'> {
    const driver = stringOf(reading, child(settings, 'driver')) || LOCAL_DRIVER;
    const driverOptions = recordOf(reading, child(settings, 'driver_opts'));
    const labels = recordOf(reading, child(settings, 'labels'));
    return {
      ...(driver !== LOCAL_DRIVER && { driver }),
      ...(driverOptions !== undefined && { driverOptions }),
      ...(labels !== undefined && { labels }),
    };
  }

  /** An empty name is none. */
  const nameIn = (settings: MapTree): string | undefined => stringOf(reading, child(settings, 'name')) || undefined;

  function once<T>(key: Tree | string, read: () => T): T {
    if (!used.has(key)) used.set(key, read());
    return used.get(key) as T;
  }

  return {
    name,
    resources,
    networkOf,
    volumeOf,
    declaresVolume: (key) => file.volumes?.entries.has(key) ?? false,
    noteUnused() {
      for (const [key, tree] of file.networks?.entries ?? []) {
        if (!used.has(tree) && key !== DEFAULT) addNote(reading, tree, 'ignored', 'no imported service uses it');
      }
      for (const tree of file.volumes?.entries.values() ?? []) {
        if (!used.has(tree)) addNote(reading, tree, 'ignored', 'no imported service mounts it');
      }
    },
  };
}

/** Returns a map of texts, undefined where it has none. */
export function recordOf(reading: Reading, tree: Tree | undefined): Readonly<Record<string, string>> | undefined {
  const pairs = pairsOf(reading, tree).map(({ name, value = '' }) => [name, value]);
  return pairs.length === 0 ? undefined : Object.fromEntries(pairs);
}

/** Returns the network that a service reaches another one over: the first of its own that both are on. */
export const sharedBy = (
  { networks }: Pick<Member, 'networks'>,
  source: Pick<Member, 'networks'>,
): MemberNetwork | undefined => networks.find(({ name }) => source.networks.some((one) => one.name === name));

/** Notes a service whose name other containers can't resolve. */
export function noteUnresolvable(reading: Reading, { service, tree }: Pick<Member, 'service' | 'tree'>): void {
  if (isAlias(service)) return;
  const reason = `other containers can't resolve the name ${JSON.stringify(service)}: rename the service`;
  // A name that DNS can't carry is none for Docker either.
  addNote(reading, tree, isHostsAlias(service) ? 'ignored' : 'unsupported', reason);
}

/** Returns `networks.NET.aliases`, each once and without the names that the service has anyway. */
export function ownAliases(
  { service, name }: Pick<Member, 'service' | 'name'>,
  aliases: readonly string[],
): readonly string[] {
  const seen = new Set([name.toLowerCase(), service.toLowerCase()]);
  return aliases.filter((one) => {
    const isNew = !seen.has(one.toLowerCase());
    seen.add(one.toLowerCase());
    return isNew;
  });
}
