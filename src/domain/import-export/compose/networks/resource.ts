/** Reads a network of a Compose file as a network to declare. */

import { MTU_OPTION } from '../../../networks/network.js';
import type { NetworkSpec } from '../../../networks/network-spec.js';
import { parseSubnet } from '../../../networks/subnet.js';
import { declareNetwork, driverOptionFault } from '../../../networks/validate-network.js';
import { IPAM_CONFIG_KEYS, IPAM_KEYS } from '../keys/network.js';
import {
  addFault,
  addNote,
  checkKeys,
  child,
  flagOf,
  itemsOf,
  mapOf,
  pairsOf,
  type Reading,
  stringOf,
} from '../yaml/reading.js';
import type { MapTree } from '../yaml/tree.js';

/** A network that is declared with the definitions of a file. */
export interface ComposeNetwork {
  readonly name: string;
  readonly spec: NetworkSpec;
}

/** Returns the declaration that a network of the file needs; undefined where its name alone makes it. */
export function readResource(reading: Reading, settings: MapTree, name: string): ComposeNetwork | undefined {
  const spec: NetworkSpec = {
    ...addressing(reading, settings),
    ...(flagOf(reading, child(settings, 'internal')) === true && { internal: true }),
    ...(flagOf(reading, child(settings, 'enable_ipv6')) === true && { ipv6: true }),
    ...options(reading, settings),
    ...labels(reading, settings),
  };
  if (Object.keys(spec).length === 0) return undefined;
  const checked = declareNetwork(name, spec);
  if (checked.ok) return { name, spec: checked.spec };
  for (const { pointer, message } of checked.faults) addFault(reading, settings, `${pointer.slice(1)}: ${message}`);
  return undefined;
}

/** Reads `ipam`: the first subnet of each family. */
function addressing(reading: Reading, settings: MapTree): NetworkSpec {
  const ipam = mapOf(reading, child(settings, 'ipam'));
  if (ipam === undefined) return {};
  checkKeys(reading, ipam, IPAM_KEYS, 'ipam');
  const spec: { subnet?: string; gateway?: string; ipv6Subnet?: string; ipv6Gateway?: string } = {};
  for (const item of itemsOf(reading, child(ipam, 'config'))) {
    const config = mapOf(reading, item);
    if (config === undefined) continue;
    checkKeys(reading, config, IPAM_CONFIG_KEYS, 'a subnet of ipam');
    const [subnet, gateway] = ['subnet', 'gateway'].map((key) => stringOf(reading, child(config, key)) || undefined);
    if (subnet === undefined) {
      if (gateway !== undefined) addFault(reading, config, 'a gateway needs a subnet; add subnet, or remove gateway');
      continue;
    }
    const parsed = parseSubnet(subnet);
    const [subnetField, gatewayField] =
      parsed.ok && parsed.value.family === 6
        ? (['ipv6Subnet', 'ipv6Gateway'] as const)
        : (['subnet', 'gateway'] as const);
    if (spec[subnetField] !== undefined) {
      addNote(reading, config, 'unsupported', 'a network has one subnet of each family: remove the others');
      continue;
    }
    spec[subnetField] = subnet;
    if (gateway !== undefined) spec[gatewayField] = gateway;
  }
  return spec;
}

function options(reading: Reading, settings: MapTree): NetworkSpec {
  const driverOptions: Record<string, string> = {};
  let mtu: number | undefined;
  for (const { name, value = '', tree } of pairsOf(reading, child(settings, 'driver_opts'))) {
    if (name === MTU_OPTION) mtu = Number(value);
    else if (driverOptionFault(name, value) === undefined) driverOptions[name] = value;
    else addNote(reading, tree, 'unsupported', `${name} ${driverOptionFault(name, value)}`);
  }
  return { ...(mtu !== undefined && { mtu }), ...(Object.keys(driverOptions).length > 0 && { driverOptions }) };
}

function labels(reading: Reading, settings: MapTree): NetworkSpec {
  const pairs = pairsOf(reading, child(settings, 'labels'));
  if (pairs.length === 0) return {};
  return { labels: Object.fromEntries(pairs.map(({ name, value = '' }) => [name, value])) };
}
