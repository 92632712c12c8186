/**
 * Converts a service's dependencies to links: they order the starts, and give names.
 *
 * On a network of its own a source is found by its name there, and a link only adds the order and the alias. Its
 * variables are what Docker Compose gives: none there, those of the engine's links on the default bridge.
 */

import type { LinkEnv, LinkInput } from '../../definition/definition.js';
import { isAlias, MAX_LABEL } from '../../links/links.js';
import { pointer } from '../../problems/result.js';
import { type Draft, put, setOrigin } from './draft.js';
import { DEPENDENCY_KEYS } from './keys/health.js';
import { BERTH_LINK_KEYS } from './keys/network.js';
import { type Members, neighbourOf } from './members.js';
import type { Member } from './project.js';
import {
  addFault,
  addNote,
  checkKeys,
  child,
  flagOf,
  itemsOf,
  mapOf,
  type Reading,
  stringOf,
  textOf,
  uniqueItemsOf,
} from './yaml/reading.js';
import type { MapTree, Tree } from './yaml/tree.js';

interface PlacedLink {
  readonly link: Required<LinkInput>;
  readonly tree: Tree;
}

/** @param berth the service's own `x-berth`: order and variables of links, where Compose can't say them */
export function readLinks(
  reading: Reading,
  draft: Draft,
  member: Member,
  members: Members,
  berth: MapTree | undefined,
): void {
  const env: LinkEnv = member.network === 'bridge' ? 'all' : 'none';
  const declared = [
    ...onceEach(itemsOf(reading, child(member.tree, 'links'))).flatMap(
      (item) => serviceLink(reading, item, members, env) ?? [],
    ),
    ...uniqueItemsOf(reading, child(member.tree, 'external_links')).flatMap(
      (item) => externalLink(reading, item, member, members) ?? [],
    ),
  ];
  const links = arranged(reading, berth && child(berth, 'links'), [
    ...declared,
    ...dependencies(reading, member, members, declared),
  ]);
  if (links.length > 0)
    put(
      draft,
      'links',
      links.map(({ link }) => link),
      links[0]?.tree,
    );
  for (const [index, { tree }] of links.entries()) setOrigin(draft, pointer('links', index), tree);
}

/** Rule: compose-go, `override.EnforceUnicity`. */
const onceEach = (items: readonly Tree[]): readonly Tree[] => [
  ...new Map(items.map((item, index) => [item.kind === 'scalar' ? item.text : index, item])).values(),
];

function serviceLink(reading: Reading, item: Tree, members: Members, env: LinkEnv): PlacedLink | undefined {
  const parts = stringOf(reading, item)?.split(':');
  if (parts === undefined) return undefined;
  const [service = '', alias = service, ...more] = parts;
  if (more.length > 0) return addFault(reading, item, 'has more than one colon; write SERVICE or SERVICE:ALIAS');
  const source = memberOf(reading, item, service, members);
  return source && { link: { container: source.name, alias, env }, tree: item };
}

/** Links to a container that is none of the file's; one that is has the alias as a name on the network already. */
function externalLink(reading: Reading, item: Tree, member: Member, members: Members): PlacedLink | undefined {
  const parts = stringOf(reading, item)?.split(':');
  if (parts === undefined) return undefined;
  const [container = '', alias = container, ...more] = parts;
  if (more.length > 0) return addFault(reading, item, 'has more than one colon; write CONTAINER or CONTAINER:ALIAS');
  if (neighbourOf(parts.join(':'), member, members) !== undefined) return undefined;
  return { link: { container, alias, env: member.network === 'bridge' ? 'all' : 'none' }, tree: item };
}

function memberOf(reading: Reading, at: Tree, service: string, members: Members): Member | undefined {
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

interface Dependency {
  readonly service: string;
  readonly tree: Tree;
  readonly condition: string;
  readonly isRequired: boolean;
}

/** The links by which a service waits for what it depends on, beside those that it has anyway. */
function dependencies(
  reading: Reading,
  member: Member,
  members: Members,
  declared: readonly PlacedLink[],
): readonly PlacedLink[] {
  const aliases = new Set(declared.map(({ link }) => link.alias.toLowerCase()));
  const sources = new Set(declared.map(({ link }) => link.container));
  return dependenciesOf(reading, child(member.tree, 'depends_on')).flatMap((dependency) => {
    const { service, tree, isRequired } = dependency;
    if (!isRequired && members.inactive.has(service)) return [];
    const source = memberOf(reading, tree, service, members);
    if (source === undefined) return [];
    if (!noteCondition(reading, dependency, member) || sources.has(source.name)) return [];
    const alias = [service, source.name, service.slice(0, MAX_LABEL)].find(
      (name) => isAlias(name) && !aliases.has(name.toLowerCase()),
    );
    if (source.network !== member.network || alias === undefined) {
      const why = alias === undefined ? 'another link has its name' : 'they are on different networks';
      noteOrder(reading, tree, member, `this one does not wait for ${service}, because ${why}`);
      return [];
    }
    aliases.add(alias.toLowerCase());
    sources.add(source.name);
    return [{ link: { container: source.name, alias, env: 'none' as const }, tree }];
  });
}

function dependenciesOf(reading: Reading, tree: Tree | undefined): readonly Dependency[] {
  if (tree?.kind !== 'map') {
    return uniqueItemsOf(reading, tree).flatMap((item) => {
      const service = stringOf(reading, item);
      return service === undefined ? [] : [{ service, tree: item, condition: 'service_started', isRequired: true }];
    });
  }
  return [...tree.entries].map(([service, value]): Dependency => {
    const settings = mapOf(reading, child(tree, service));
    if (settings === undefined) return { service, tree: value, condition: 'service_started', isRequired: true };
    checkKeys(reading, settings, DEPENDENCY_KEYS, 'a depends_on');
    const restart = child(settings, 'restart');
    if (restart !== undefined && flagOf(reading, restart)) {
      addNote(reading, restart, 'ignored', 'it reaches the replacement by the same name, so no restart is needed');
    }
    return {
      service,
      tree: value,
      condition: stringOf(reading, child(settings, 'condition')) ?? 'service_started',
      isRequired: flagOf(reading, child(settings, 'required')) ?? true,
    };
  });
}

/** True if a link can stand for it. */
function noteCondition(reading: Reading, { service, tree, condition }: Dependency, member: Member): boolean {
  switch (condition) {
    case 'service_started':
      return true;
    case 'service_healthy':
      noteOrder(reading, tree, member, `it starts when ${service} is running, without waiting until it is healthy`);
      return true;
    case 'service_completed_successfully': {
      const reason = `Berth keeps containers running and does not wait for one to finish: run ${service} beforehand, or at the start of this service's command`;
      addNote(reading, tree, 'unsupported', reason);
      return false;
    }
    default: {
      const known = 'service_started, service_healthy or service_completed_successfully';
      addFault(reading, tree, `${JSON.stringify(condition)} is not a condition; write ${known}`);
      return false;
    }
  }
}

/**
 * Notes a start order that is not kept: a service that starts too early and fails is retried, if its policy says so.
 */
function noteOrder(reading: Reading, tree: Tree, { restartPolicy }: Member, what: string): void {
  if (restartPolicy === 'no') {
    addNote(reading, tree, 'unsupported', `${what}: set restart: on-failure, so that it is retried`);
  } else {
    addNote(reading, tree, 'ignored', `${what}: it is restarted if it fails before that`);
  }
}

const ENVS: readonly string[] = ['all', 'address', 'none'] satisfies readonly LinkEnv[];

/** Links in the order, and with the variables, that `x-berth` gives their aliases; those that it does not name go last. */
function arranged(reading: Reading, order: Tree | undefined, links: readonly PlacedLink[]): readonly PlacedLink[] {
  const rest = new Set(links);
  const first = itemsOf(reading, order).flatMap((item) => {
    const settings = mapOf(reading, item);
    if (settings === undefined) return [];
    checkKeys(reading, settings, BERTH_LINK_KEYS, 'a link of x-berth');
    const alias = textOf(reading, child(settings, 'alias'));
    const env = textOf(reading, child(settings, 'env')) ?? '';
    const found = [...rest].find(({ link }) => link.alias === alias);
    if (found === undefined) addFault(reading, item, 'there is no such link: alias must be that of one of the links');
    else if (!ENVS.includes(env)) addFault(reading, item, 'env is what the link passes on: all, address or none');
    else if (rest.delete(found)) return [{ ...found, link: { ...found.link, env: env as LinkEnv } }];
    return [];
  });
  return [...first, ...rest];
}
