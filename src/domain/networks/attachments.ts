/** Checks the networks of a definition that is on several. */

import { isSameJson } from '../../lib/canonical-json.js';
import type { DefinitionInput, Rules, Spec, Written } from '../definition/definition.js';
import { isNetworkName, NETWORK_NAME_RULE } from '../definition/names.js';
import { ALIAS_RULE, isAlias } from '../links/links.js';
import { canonicalIp } from '../ports/ip.js';
import { type FieldFault, pointer } from '../problems/result.js';

/** Rule of `networks`. */
export const NETWORK_RULES = {
  networks: (networks, input) => ({
    value: networks.map(({ name, aliases = [], ipv4Address, ipv6Address }) => ({
      ...{ name, aliases },
      ...(ipv4Address !== undefined && { ipv4Address: canonicalIp(ipv4Address) ?? ipv4Address }),
      ...(ipv6Address !== undefined && { ipv6Address: canonicalIp(ipv6Address) ?? ipv6Address }),
    })),
    faults: networks.length === 0 ? [] : [...doubledForm(input), ...networks.flatMap(faultsOf(networks))],
  }),
} as const satisfies Pick<Rules, 'networks'>;

/** Returns the faults of aliases. Names are resolved without regard to case. */
export function aliasFaults(aliases: readonly string[], place: string): readonly FieldFault[] {
  const first = new Map<string, number>();
  return aliases.flatMap((alias, index) => {
    const earlier = first.get(alias.toLowerCase());
    first.set(alias.toLowerCase(), earlier ?? index);
    if (!isAlias(alias)) return fault(`${place}/${index}`, `${JSON.stringify(alias)}: ${ALIAS_RULE}`);
    if (earlier === undefined) return [];
    return fault(`${place}/${index}`, `${alias} is already in ${place.slice(1)}/${earlier}; remove the duplicate`);
  });
}

const fault = (at: string, message: string): readonly FieldFault[] => [{ pointer: at, message }];

/** Both forms at once would be two answers to one question. */
function doubledForm({ network, networkAliases = [] }: DefinitionInput): readonly FieldFault[] {
  return [
    ...(network === undefined ? [] : fault('/network', "can't be combined with networks; leave one of them out")),
    ...(networkAliases.length === 0
      ? []
      : fault('/networkAliases', "can't be combined with networks; give the aliases to one of the networks")),
  ];
}

const faultsOf =
  (all: Written<'networks'>) =>
  ({ name, aliases = [], ipv4Address, ipv6Address }: Written<'networks'>[number], index: number) => {
    const at = (field: string): string => pointer('networks', index, field);
    const earlier = all.findIndex((other) => other.name === name);
    const doubled = earlier < index ? fault(at('name'), `networks/${earlier} is ${name} already; remove one`) : [];
    return [
      ...(nameFaults(name, at('name')) ?? doubled),
      ...aliasFaults(aliases, at('aliases')),
      ...addressFaults(ipv4Address, 4, at('ipv4Address')),
      ...addressFaults(ipv6Address, 6, at('ipv6Address')),
    ];
  };

function nameFaults(name: string, place: string): readonly FieldFault[] | undefined {
  if (isNetworkName(name)) return undefined;
  return fault(place, `${JSON.stringify(name)} can't be one of several networks: ${NETWORK_NAME_RULE}`);
}

function addressFaults(text: string | undefined, family: 4 | 6, place: string): readonly FieldFault[] {
  if (text === undefined) return [];
  const address = canonicalIp(text);
  const isRight = address !== undefined && address.includes(':') === (family === 6);
  return isRight ? [] : fault(place, `${JSON.stringify(text)} is not an IPv${family} address`);
}

/** Returns the fields that say which networks a definition is on, in the form in which it was declared. */
export function inOneForm(spec: Spec): Omit<Spec, 'network'> & { readonly network?: string } {
  if (spec.networks === undefined) return spec;
  const { network: _, ...rest } = spec;
  return rest;
}

/**
 * Returns a changed definition with one form of its networks: a change to the one that it did not have replaces the other.
 * Aliases alone belong to no network of several, so they stay beside those, which is a fault.
 */
export function withOneForm(before: DefinitionInput, after: DefinitionInput): DefinitionInput {
  const { network, networkAliases, networks = [], ...rest } = after;
  if (networks.length === 0 || (network === undefined && networkAliases === undefined)) return after;
  const hadSeveral = before.networks !== undefined;
  const isShortAsBefore = before.network === network && isSameList(before.networkAliases, networkAliases);
  if (!hadSeveral && isShortAsBefore) return { ...rest, networks };
  const isLongAsBefore = hadSeveral && network !== undefined && isSameJson(before.networks, networks);
  return isLongAsBefore ? { ...rest, network, ...(networkAliases !== undefined && { networkAliases }) } : after;
}

const isSameList = (a: readonly string[] = [], b: readonly string[] = []): boolean => isSameJson(a, b);
