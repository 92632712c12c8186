/** Links between definitions: the `--link` grammar, and what makes a set of links impossible. */

import { listed } from '../../lib/sentence.js';
import type { Link } from '../definition/definition.js';
import { CONTAINER_NAME_RULE, isContainerName } from '../definition/names.js';
import { type Networked, networksOf, sharedNetwork } from '../networks/networked.js';
import { type FieldFault, failure, pointer, type Result, success } from '../problems/result.js';
import { cycleFault, dependencyFaults, type Ordered, type Way, waysTo } from './start-order.js';

/**
 * The network of linked definitions on the default bridge, where that has no links: created, owned and removed like
 * every network that definitions name.
 */
export const LINKS_NETWORK = 'berth-links';

/** Parts of a definition that {@link findLinkFaults} needs. */
export type Linked = Ordered & Networked;

const ALIAS = /^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,254}$/;
/** RFC 1035, section 2.3.4: the longest part of a name, and the longest name. */
export const MAX_LABEL = 63;
const MAX_DNS_NAME = 253;

/** The rule of {@link isAlias}, for messages. */
export const ALIAS_RULE =
  'an alias has letters, digits, underscores, dots and dashes, at most 63 characters between dots, and begins with a letter or digit';
/** The rule of {@link isHostsAlias}, for messages. */
const HOSTS_ALIAS_RULE =
  'an alias has 1 to 255 letters, digits, underscores, dots and dashes, and begins with a letter or digit';

/** Returns true if `/etc/hosts`, DNS and the name of a variable can all carry this alias. */
export function isAlias(text: string): boolean {
  return isHostsAlias(text) && dnsFault(text) === undefined;
}

/** Returns true if `/etc/hosts` can carry this alias, which is all that a link on the default bridge needs. */
export function isHostsAlias(text: string): boolean {
  return ALIAS.test(text);
}

/** The reason why DNS, which resolves names on a user-defined network, can't carry an alias, or undefined. */
function dnsFault(alias: string): string | undefined {
  const isTooLong = alias.length > MAX_DNS_NAME || alias.split('.').some((label) => label.length > MAX_LABEL);
  return isTooLong
    ? `DNS can't resolve ${JSON.stringify(alias)}: it allows at most ${MAX_LABEL} characters between dots`
    : undefined;
}

/** Faults of links whose alias can't be resolved on the network that they are for. */
export function unresolvableAliases(links: readonly (Link | undefined)[], network: string): readonly FieldFault[] {
  if (network === 'bridge') return [];
  return links.flatMap((link, index) => {
    const message = link === undefined ? undefined : dnsFault(link.alias);
    return message === undefined
      ? []
      : [{ pointer: pointer('links', index), message: `${message}; give the link a shorter alias` }];
  });
}

/**
 * Reads `name` or `name:alias`; the variables that the link hands on are all of them, as with `docker run --link`.
 * `/db:/web/db`, the form in which the engine shows a link, is `db:db`. Rule: docker/cli, `opts.ParseLink`.
 */
export function parseLink(text: string): Result<Link> {
  const [first = '', second, ...more] = text.split(':');
  if (more.length > 0) {
    return failure(`${JSON.stringify(text)} has more than one colon; write name or name:alias`);
  }
  const container = first.startsWith('/') ? first.slice(1) : first;
  const given = second ?? container;
  const alias = first.startsWith('/') ? given.slice(given.lastIndexOf('/') + 1) : given;
  const message = linkFault(container, alias);
  return message === undefined
    ? success({ container, alias, env: 'all' })
    : failure(`${JSON.stringify(text)}: ${message}; write name or name:alias`);
}

/** Returns the fault in the names of a link, or undefined. */
export function linkFault(container: string, alias: string): string | undefined {
  if (container === '') {
    return 'the name of the source container is missing';
  }
  if (!isContainerName(container)) {
    return `${JSON.stringify(container)} is not a container name: ${CONTAINER_NAME_RULE}`;
  }
  if (alias === '') {
    return 'the alias is missing';
  }
  return isHostsAlias(alias) ? undefined : `${JSON.stringify(alias)} is not an alias: ${HOSTS_ALIAS_RULE}`;
}

/**
 * Links whose alias an earlier one has. Upper and lower case count as equal, as they do where names are resolved. The
 * engine takes doubles silently and lets the last one win.
 * @param links in the order declared; undefined for one that could not be read
 */
export function findDoubledAliases(links: readonly (Pick<Link, 'alias'> | undefined)[]): readonly FieldFault[] {
  const first = new Map<string, number>();
  return links.flatMap((link, index) => {
    const alias = link?.alias ?? '';
    const earlier = first.get(alias.toLowerCase());
    if (link === undefined || earlier === undefined) {
      first.set(alias.toLowerCase(), index);
      return [];
    }
    return [
      {
        pointer: pointer('links', index),
        message: `links/${earlier} already has the alias ${JSON.stringify(alias)}; choose another one`,
      },
    ];
  });
}

/**
 * Every fault that the links and dependencies of a definition have among the other definitions, all at once: one that
 * does not exist, the definition itself, a cycle, a doubled alias, a source on another network.
 * @param name the recipient's own
 * @param lookup the other definitions as they will be; it is not asked for the recipient
 */
export function findLinkFaults(
  name: string,
  recipient: Linked,
  lookup: (name: string) => Linked | undefined,
): readonly FieldFault[] {
  const wayFrom = waysTo(name, recipient, lookup);
  const faults = recipient.links.flatMap((link, index): readonly FieldFault[] => {
    const message = sourceFault(name, recipient, link.container, lookup, wayFrom);
    return message === undefined ? [] : [{ pointer: pointer('links', index), message }];
  });
  return [...faults, ...findDoubledAliases(recipient.links), ...dependencyFaults(name, recipient, lookup, wayFrom)];
}

function sourceFault(
  name: string,
  recipient: Linked,
  container: string,
  lookup: (name: string) => Linked | undefined,
  wayFrom: Way,
): string | undefined {
  if (container === name) {
    return `${name} can't link to itself; it can reach itself as localhost`;
  }
  const source = lookup(container);
  if (source === undefined) {
    return `container ${JSON.stringify(container)} doesn't exist; declare it first, or both in one apply`;
  }
  const path = wayFrom(container);
  if (path !== undefined) {
    return cycleFault([name, ...path], (one) => (one === name ? recipient : lookup(one)));
  }
  if (sharedNetwork(recipient, source) !== undefined) return undefined;
  const [first = ''] = networksOf(source);
  const remedy = first === '' ? 'put both on the same network' : `add ${first} to the networks of ${name}`;
  return `${container} is on ${nameNetworks(source)}, but ${name} is on ${nameNetworks(recipient)}; ${remedy}`;
}

/** Names the networks of a definition, for a person. */
export function nameNetworks(of: Networked): string {
  const names = networksOf(of);
  if (names.length === 0) return 'the default bridge';
  return `the ${names.length === 1 ? 'network' : 'networks'} ${listed(names.map((name) => JSON.stringify(name)))}`;
}
