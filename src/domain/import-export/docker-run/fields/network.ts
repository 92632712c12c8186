/** `--network`: the networks that a container is on, with its names and addresses there. */

import { splitAtEquals } from '../../../../lib/text/env-entry.js';
import { valueFault } from '../../../docker/option-values.js';
import { parseCsv, parseInteger } from '../../../docker/values.js';
import { canonicalIp } from '../../../ports/ip.js';
import { pointer } from '../../../problems/result.js';
import type { Given } from '../line.js';
import { type Draft, type DraftNetwork, note, setField, type Verdict } from './draft.js';

const FORM = 'write --network NAME';
const KEYS: readonly string[] = [
  'name',
  'alias',
  'ip',
  'ip6',
  'mac-address',
  'link-local-ip',
  'driver-opt',
  'gw-priority',
];
/** Rule: docker/cli, `opts.NetworkOpt`, which takes the long form in any case. */
export function readNetwork(draft: Draft, given: Given): Verdict {
  const { value } = given;
  const fields = /\w=\w/.test(value) ? parseCsv(value) : undefined;
  if (fields?.ok === false) return fields.message;
  const network: DraftNetwork = { name: fields === undefined ? value : '', aliases: [], priority: 0, given };
  for (const field of fields?.value ?? []) {
    const [key, own] = splitAtEquals(field.toLowerCase()).map((part) => part?.trim());
    if (key === undefined || own === undefined || !KEYS.includes(key)) {
      return `${JSON.stringify(field)} is not a part of a network; ${FORM}`;
    }
    const wrong = PART_FAULTS[key]?.(own);
    if (wrong !== undefined) return `${JSON.stringify(field)}: ${wrong}`;
    if (draft.networks.length === 0) draft.networkParts.add(key);
    if (PARTS[key] !== undefined) PARTS[key](network, own);
    else note(draft, given, 'unsupported', `a network's ${key} can't be set: remove it`);
  }
  const { name } = network;
  if (name.trim() === '' || name === 'container:') return `the name of the network is missing; ${FORM}`;
  if (draft.networks.some((other) => other.name === name)) {
    return `the network ${JSON.stringify(name)} is given twice; remove one`;
  }
  if (draft.networks.some((other) => isUserDefined(other.name) !== isUserDefined(name))) {
    return "user-defined networks can't be combined with the engine's other network modes; remove one";
  }
  if (!isUserDefined(name) && network.aliases.length > 0)
    return 'only user-defined networks support aliases; remove them';
  draft.networks.push(network);
  return undefined;
}

const PARTS: Readonly<Record<string, ((network: DraftNetwork, own: string) => void) | undefined>> = {
  name: (network, own) => {
    network.name = own;
  },
  alias: ({ aliases }, own) => {
    aliases.push(own);
  },
  ip: (network, own) => {
    network.ipv4Address = own;
  },
  ip6: (network, own) => {
    network.ipv6Address = own;
  },
  'gw-priority': (network, own) => {
    const priority = parseInteger(own);
    network.priority = priority.ok ? priority.value : 0;
  },
};

/** Rule: moby, `NetworkMode.IsUserDefined`. */
const isUserDefined = (name: string): boolean =>
  !['default', 'bridge', 'host', 'none'].includes(name) && !name.startsWith('container:');

const addressFault = (text: string): string | undefined =>
  canonicalIp(text) === undefined ? 'it is not an IP address' : undefined;

const PART_FAULTS: Readonly<Record<string, ((own: string) => string | undefined) | undefined>> = {
  ip: addressFault,
  ip6: addressFault,
  'link-local-ip': addressFault,
  'mac-address': (own) => valueFault('mac-address', own),
  'gw-priority': (own) => (/^[+-]?\d+$/.test(own) ? undefined : 'the priority must be a whole number'),
  'driver-opt': (own) => (/^[^=]+=/.test(own) ? undefined : 'write it as driver-opt=key=value'),
};

/** Flags with the same meaning as a part of `--network`: docker/cli, `applyContainerOptions`. */
export const NETWORK_PARTS: Readonly<Record<string, readonly string[]>> = {
  alias: ['network-alias', 'net-alias'],
  ip: ['ip'],
  ip6: ['ip6'],
  'mac-address': ['mac-address'],
  'link-local-ip': ['link-local-ip'],
};

/** Reads `--ip` and `--ip6`: the address on the first network. */
export const readAddress =
  (field: 'ipv4Address' | 'ipv6Address') =>
  (draft: Draft, given: Given): Verdict => {
    if (given.value === '') return undefined;
    const wrong = addressFault(given.value);
    if (wrong === undefined) draft.addresses.set(field, given);
    return wrong;
  };

/**
 * Sets the networks of the definition, once all flags are read: the short form, unless it is on several or names an
 * address. The flags for names and addresses are about the network that is given first.
 */
export function decideNetworks(draft: Draft): void {
  const [first] = draft.networks;
  if (first === undefined) {
    for (const given of draft.addresses.values()) note(draft, given, 'unsupported', NO_NETWORK);
    return;
  }
  const { name, given } = first;
  if (!isUserDefined(name)) {
    for (const address of draft.addresses.values()) note(draft, address, 'unsupported', NO_NETWORK);
    setField(draft, given, 'network', name === 'default' ? 'bridge' : name);
    return;
  }
  for (const [field, { value }] of draft.addresses) first[field] = value;
  const aliases = [...first.aliases, ...draft.lists.networkAliases];
  const isShort = draft.networks.length === 1 && first.ipv4Address === undefined && first.ipv6Address === undefined;
  if (isShort) {
    setField(draft, given, 'network', name);
    draft.lists.networkAliases.splice(0, Infinity, ...aliases);
    for (const index of first.aliases.keys()) draft.places.set(pointer('networkAliases', index), given);
    return;
  }
  draft.lists.networkAliases.splice(0);
  first.aliases.splice(0, Infinity, ...aliases);
  // Rule: docker/cli, `gw-priority`: the highest has the default route; of equal ones the one that is given first here.
  for (const { priority: _, given: place, ...network } of draft.networks.toSorted((a, b) => b.priority - a.priority)) {
    draft.places.set(pointer('networks', draft.lists.networks.length), place);
    draft.lists.networks.push(network);
  }
}

const NO_NETWORK = 'only user-defined networks have addresses that can be chosen: name one with --network';
