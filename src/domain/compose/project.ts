/** What the services of a Compose file share: the project's name, its networks and volumes, and who is called what. */

import type { RestartPolicy } from '../definition.js';
import { isAlias } from '../links.js';
import { isContainerName } from '../names.js';
import { NETWORK_KEYS, VOLUME_KEYS } from './keys.js';
import { addFault, addNote, checkKeys, child, flagOf, isNothing, mapOf, type Reading, textOf } from './reading.js';
import type { MapTree, Tree } from './tree.js';

/** A service that is imported, as others have to know it. */
export interface Member {
  readonly service: string;
  readonly tree: MapTree;
  /** The name of its container. */
  readonly name: string;
  readonly network: string;
  readonly networkAliases: readonly string[];
  readonly restartPolicy: RestartPolicy;
}

export interface Project {
  /** Of what the file names no other way; undefined where it has no name, which is a fault where one is needed. */
  readonly name: string | undefined;
  /** The network of a key of `networks`, as the engine calls it. */
  networkOf(key: string, at: Tree): string | undefined;
  volumeOf(key: string, at: Tree): string | undefined;
  /** Notes the networks and volumes that nothing uses. */
  noteUnused(): void;
}

const DEFAULT = 'default';

export function createProject(
  reading: Reading,
  name: string | undefined,
  file: { readonly networks: MapTree | undefined; readonly volumes: MapTree | undefined },
): Project {
  const used = new Map<Tree | string, string | undefined>();

  function prefixed(key: string, at: Tree): string | undefined {
    if (name !== undefined) return `${name}_${key}`;
    return addFault(reading, at, `needs the project's name: send project, or give the file a name`);
  }

  function networkOf(key: string, at: Tree): string | undefined {
    const tree = file.networks?.entries.get(key);
    if (tree === undefined && key !== DEFAULT) {
      return addFault(reading, at, `there is no network ${JSON.stringify(key)} in the file; declare it under networks`);
    }
    return once(tree ?? DEFAULT, () => {
      const settings = tree === undefined || isNothing(tree) ? undefined : mapOf(reading, tree);
      if (settings === undefined) return prefixed(key, at);
      checkKeys(reading, settings, NETWORK_KEYS, 'a network');
      const external = externalOf(settings, key);
      if (external !== undefined && external !== 'bridge') {
        const reason = `containers are on networks that Berth makes: ${external} is made where there is none, and one that somebody else made is refused`;
        addNote(reading, settings.entries.get('external') ?? settings, 'unsupported', reason);
      }
      return external ?? textOf(reading, child(settings, 'name')) ?? prefixed(key, at);
    });
  }

  function volumeOf(key: string, at: Tree): string | undefined {
    const tree = file.volumes?.entries.get(key);
    if (tree === undefined) {
      return addFault(reading, at, `there is no volume ${JSON.stringify(key)} in the file; declare it under volumes`);
    }
    return once(tree, () => {
      const settings = isNothing(tree) ? undefined : mapOf(reading, tree);
      if (settings === undefined) return prefixed(key, at);
      checkKeys(reading, settings, VOLUME_KEYS, 'a volume');
      return externalOf(settings, key) ?? textOf(reading, child(settings, 'name')) ?? prefixed(key, at);
    });
  }

  /** The name of what is made outside of the project; undefined where that is not so. */
  function externalOf(settings: MapTree, key: string): string | undefined {
    const external = child(settings, 'external');
    // The form of old: external: { name: … }.
    const named = external?.kind === 'map' ? child(external, 'name') : undefined;
    const isExternal = external?.kind === 'map' || flagOf(reading, external) === true;
    return isExternal ? (textOf(reading, named ?? child(settings, 'name')) ?? key) : undefined;
  }

  function once(key: Tree | string, read: () => string | undefined): string | undefined {
    if (!used.has(key)) used.set(key, read());
    return used.get(key);
  }

  return {
    name,
    networkOf,
    volumeOf,
    noteUnused() {
      for (const [key, tree] of file.networks?.entries ?? []) {
        if (!used.has(tree) && key !== DEFAULT)
          addNote(reading, tree, 'ignored', 'no service that is imported is on it');
      }
      for (const tree of file.volumes?.entries.values() ?? []) {
        if (!used.has(tree)) addNote(reading, tree, 'ignored', 'no service that is imported mounts it');
      }
    },
  };
}

/** What a service's container is called: by `container_name`, else as the service, else with the project's name before it. */
export function containerNameOf(reading: Reading, service: string, tree: MapTree, project: string | undefined): string {
  const given = textOf(reading, child(tree, 'container_name'));
  if (given !== undefined && given !== '') return given;
  return isContainerName(service) || project === undefined ? service : `${project}-${service}`;
}

/**
 * The names by which the other containers of its network find a service, beside its container's own: what Docker Compose
 * gives it there.
 */
export function namesOnNetwork(
  reading: Reading,
  { service, tree, name }: Pick<Member, 'service' | 'tree' | 'name'>,
  aliases: readonly string[],
): readonly string[] {
  if (!isAlias(service)) {
    const reason = `other containers can't find it by the name ${JSON.stringify(service)}: call the service otherwise`;
    addNote(reading, tree, 'unsupported', reason);
  }
  const names = [...(isAlias(service) ? [service] : []), ...aliases];
  const seen = new Set([name.toLowerCase()]);
  return names.filter((one) => {
    const isNew = !seen.has(one.toLowerCase());
    seen.add(one.toLowerCase());
    return isNew;
  });
}
