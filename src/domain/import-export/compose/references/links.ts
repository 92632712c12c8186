/**
 * Converts a service's links. On a network of its own a source is found by its name there, and a link only adds the order
 * and the alias. Its variables are what Docker Compose gives: none there, those of the engine's links on the default bridge.
 */

import type { LinkEnv, LinkInput } from '../../../definition/definition.js';
import { pointer } from '../../../problems/result.js';
import { type Draft, put, setOrigin } from '../draft.js';
import { BERTH_LINK_KEYS } from '../keys/network.js';
import { type Members, memberOf, neighbourOf } from '../members.js';
import type { Member } from '../project.js';
import {
  addFault,
  checkKeys,
  child,
  itemsOf,
  mapOf,
  type Reading,
  stringOf,
  textOf,
  uniqueItemsOf,
} from '../yaml/reading.js';
import type { MapTree, Tree } from '../yaml/tree.js';

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
  const env = usualEnv(member);
  const links = arranged(reading, berth && child(berth, 'links'), [
    ...onceEach(itemsOf(reading, child(member.tree, 'links'))).flatMap(
      (item) => serviceLink(reading, item, members, env) ?? [],
    ),
    ...uniqueItemsOf(reading, child(member.tree, 'external_links')).flatMap(
      (item) => externalLink(reading, item, member, members) ?? [],
    ),
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

const usualEnv = ({ networks }: Member): LinkEnv => (networks.length === 0 ? 'all' : 'none');

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
  return { link: { container, alias, env: usualEnv(member) }, tree: item };
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
