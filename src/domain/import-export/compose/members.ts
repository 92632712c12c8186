/** The services of a file: which of them are imported, and what their containers are called. */

import { isUserDefined } from '../../networks/networked.js';
import { absent } from '../neighbours.js';
import { absentBase } from './load/extends.js';
import { containerNames, type ExistingService } from './names.js';
import { readNetworksOf } from './networks.js';
import { readRestartPolicy } from './process.js';
import { type Member, noteUnresolvable, ownAliases, type Project, sharedBy } from './project.js';
import { addFault, addNote, child, mapOf, type Reading, stringOf, stringsOf } from './yaml/reading.js';
import type { MapTree, Tree } from './yaml/tree.js';

/** Facts about the services that are known before any of them is read. */
export interface Members {
  readonly all: ReadonlyMap<string, Member>;
  /** Services by the names of their containers. */
  readonly byName: ReadonlyMap<string, string>;
  /** Services that are in the file but not imported, since none of their profiles is requested. */
  readonly inactive: ReadonlySet<string>;
  /** Services that are in the file and can't be imported, which is noted. */
  readonly leftOut: ReadonlySet<string>;
}

interface MembersInput {
  readonly services: MapTree;
  readonly project: Project;
  readonly profiles: ReadonlySet<string>;
  readonly existing: readonly ExistingService[];
}

const SERVICE = /^[a-zA-Z0-9._-]+$/;

export function readMembers(reading: Reading, { services, project, profiles, existing }: MembersInput): Members {
  const inactive = new Set<string>();
  const leftOut = new Set<string>();
  const active = new Map<string, MapTree>();
  for (const [service, value] of services.entries) {
    if (!SERVICE.test(service)) {
      const form = 'letters, digits, dots, dashes, underscores';
      addFault(reading, value, `${JSON.stringify(service)} is not a service name: write ${form}`);
    }
    const tree = mapOf(reading, value);
    if (tree === undefined) continue;
    if (!isAsked(reading, tree, profiles)) inactive.add(service);
    else if (isLeftOut(tree)) leftOut.add(service);
    else active.set(service, tree);
  }
  for (const service of leftOut) noteLeftOut(reading, services, service);
  const all = withNames(reading, active, project, existing);
  return { all, byName: namesIn(all), inactive, leftOut };
}

function isAsked(reading: Reading, tree: MapTree, profiles: ReadonlySet<string>): boolean {
  const own = stringsOf(reading, child(tree, 'profiles'));
  if (own.length === 0 || profiles.has('*') || own.some((profile) => profiles.has(profile))) return true;
  const reason = `it only starts with ${own.length === 1 ? 'the profile' : 'one of the profiles'} ${own.join(', ')}: send profiles`;
  addNote(reading, child(tree, 'profiles') ?? tree, 'ignored', reason);
  return false;
}

/** Returns true for a service that is no container, or whose image is written in another service. */
function isLeftOut(tree: MapTree): boolean {
  const hasImage = child(tree, 'image') !== undefined || child(tree, 'build') !== undefined;
  return child(tree, 'provider') !== undefined || (!hasImage && child(tree, 'extends') !== undefined);
}

const NO_PROVIDER = 'a provider service is not a container, so it is not imported: run the provider yourself';

function noteLeftOut(reading: Reading, services: MapTree, service: string): void {
  const tree = services.entries.get(service);
  if (tree?.kind !== 'map') return;
  const [provider, base] = [child(tree, 'provider'), absentBase(tree)];
  if (provider !== undefined) addNote(reading, provider, 'unsupported', NO_PROVIDER);
  else if (base !== undefined) {
    const reason = `${absent(base)}. Without it this service has no image and is not imported`;
    addNote(reading, child(tree, 'extends') ?? tree, 'unsupported', reason);
  }
}

function withNames(
  reading: Reading,
  active: ReadonlyMap<string, MapTree>,
  project: Project,
  existing: readonly ExistingService[],
): ReadonlyMap<string, Member> {
  const all = new Map<string, Member>();
  const holders = new Map<string, string>();
  const called = new Map([...active].map(([key, tree]) => [key, serviceName(reading, tree) ?? key]));
  const given = new Map(
    [...active].map(([key, tree]) => [key, stringOf(reading, child(tree, 'container_name')) || undefined]),
  );
  const names = containerNames(project.name, called, given, existing);
  for (const [key, tree] of active) {
    const service = called.get(key) ?? key;
    const name = names.get(key) ?? key;
    const written = given.get(key);
    const holder = holders.get(name);
    if (holder !== undefined) {
      const at = tree.entries.get('container_name') ?? tree;
      addFault(reading, at, `${holder} already has the name ${name}; give each its own`);
    }
    holders.set(name, key);
    const former = written === undefined || written === name ? [] : [written];
    if (former.length > 0) noteKept(reading, child(tree, 'container_name') ?? tree, name);
    const networks = readNetworksOf(reading, tree, project, names).map((one) =>
      isUserDefined(one.name) ? { ...one, aliases: ownAliases({ service, name }, [...former, ...one.aliases]) } : one,
    );
    if (networks.some((one) => isUserDefined(one.name))) noteUnresolvable(reading, { service, tree });
    const restarts = readRestartPolicy(reading, tree);
    all.set(key, { key, service, tree, name, networks, restarts });
  }
  return withExternalAliases(all);
}

/** Returns the service's name where the key is another one, as an export of several sets writes it. */
function serviceName(reading: Reading, tree: MapTree): string | undefined {
  const berth = mapOf(reading, child(tree, 'x-berth'));
  return berth && stringOf(reading, child(berth, 'service'));
}

function noteKept(reading: Reading, at: Tree, name: string): void {
  const reason = `the set has this service already, as ${name}, and keeps that name; this one becomes an alias on its network. Delete ${name} first to have it called so`;
  addNote(reading, at, 'ignored', reason);
}

/**
 * Gives the services that others name in `external_links` these names on the network: unlike `links` they ask for no order,
 * so two services may name each other.
 */
function withExternalAliases(members: ReadonlyMap<string, Member>): ReadonlyMap<string, Member> {
  const all = new Map(members);
  const byName = namesIn(members);
  for (const member of members.values()) {
    const tree = child(member.tree, 'external_links');
    for (const item of tree?.kind === 'list' ? tree.items : []) {
      const neighbour = item.kind === 'scalar' ? neighbourOf(item.text, member, { all, byName }) : undefined;
      if (neighbour === undefined) continue;
      const { source, alias, network } = neighbour;
      const networks = source.networks.map((one) => {
        const has = [source.name, source.service, ...one.aliases].map((name) => name.toLowerCase());
        if (one.name !== network || has.includes(alias.toLowerCase())) return one;
        return { ...one, aliases: [...one.aliases, alias] };
      });
      all.set(source.key, { ...source, networks });
    }
  }
  return all;
}

const namesIn = (members: ReadonlyMap<string, Member>): ReadonlyMap<string, string> =>
  new Map([...members.values()].map(({ name, key }) => [name, key]));

/**
 * Returns the service of the file, the alias and the network that an entry of `external_links` names; undefined for
 * others.
 */
export function neighbourOf(
  text: string,
  member: Member,
  { all, byName }: Pick<Members, 'all' | 'byName'>,
): { readonly source: Member; readonly alias: string; readonly network: string } | undefined {
  const [container = '', alias = container] = text.split(':');
  const source = all.get(byName.get(container) ?? container);
  const network = source && sharedBy(member, source);
  return source === undefined || network === undefined ? undefined : { source, alias, network: network.name };
}

/** Returns the service that a reference names; undefined, with a fault or a note, if it is not imported. */
export function memberOf(reading: Reading, at: Tree, service: string, members: Members): Member | undefined {
  const { all, inactive, leftOut } = members;
  const member = all.get(service);
  if (member !== undefined) return member;
  if (leftOut.has(service)) {
    addNote(reading, at, 'unsupported', `${service} is not imported, so this one can't wait for it or reach it`);
    return undefined;
  }
  const why = inactive.has(service)
    ? `${service} is not imported, because none of its profiles is selected; send profiles, or remove this`
    : `there is no service ${JSON.stringify(service)} in the file; declare it, or remove this`;
  return addFault(reading, at, why);
}
