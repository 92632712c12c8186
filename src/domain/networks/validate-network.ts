/** Checks a declared network, and brings it into its normal form. */

import { isNetworkName, NETWORK_NAME_RULE } from '../definition/names.js';
import { unprintable } from '../definition/printable.js';
import { canonicalIp } from '../ports/ip.js';
import { type FieldFault, pointer } from '../problems/result.js';
import { MTU, type NetworkSpec } from './network-spec.js';
import { isWithin, knownSubnet, numberOf, overlap, parseSubnet, type Subnet } from './subnet.js';

/** Labels that begin so mark what is Berth's. */
const OWNER_LABEL_PREFIX = 'io.berth.';

/** Prefixes between which a subnet has room for both halves, and a bridge can use it. */
const PREFIXES = { 4: { least: 8, most: 29 }, 6: { least: 16, most: 125 } } as const;

/**
 * Options of the bridge driver that stay inside of the network. Others reach the host: `com.docker.network.bridge.name`
 * puts containers on a bridge of the host's.
 */
const DRIVER_OPTIONS: Readonly<Record<string, { readonly values: RegExp; readonly rule: string }>> = {
  'com.docker.network.bridge.enable_icc': { values: /^(true|false)$/, rule: 'true or false' },
  'com.docker.network.bridge.enable_ip_masquerade': { values: /^(true|false)$/, rule: 'true or false' },
  'com.docker.network.container_iface_prefix': {
    values: /^[a-z]{1,10}$/,
    rule: '1 to 10 lower-case letters',
  },
};

type Checked =
  | { readonly ok: true; readonly spec: NetworkSpec }
  | { readonly ok: false; readonly faults: readonly FieldFault[] };

/** Returns the normal form of a declared network, or every fault of it. */
export function declareNetwork(name: string, input: NetworkSpec): Checked {
  const ipv4 = subnetOf('subnet', input.subnet, 4);
  const ipv6 = subnetOf('ipv6Subnet', input.ipv6Subnet, 6);
  const faults = [
    ...nameFaults(name),
    ...(input.external === true ? externalFaults(input) : []),
    ...ipv4.faults,
    ...ipv6.faults,
    ...gatewayFaults('gateway', input.gateway, 'subnet', ipv4.subnet),
    ...gatewayFaults('ipv6Gateway', input.ipv6Gateway, 'ipv6Subnet', ipv6.subnet),
    ...(input.ipv6 === false && input.ipv6Subnet !== undefined
      ? [fault('/ipv6', 'is false, but ipv6Subnet needs it; leave one of them out')]
      : []),
    ...mtuFaults(input.mtu),
    ...optionFaults(input.driverOptions ?? {}),
    ...labelFaults(input.labels ?? {}),
  ];
  return faults.length > 0 ? { ok: false, faults } : { ok: true, spec: normalised(input) };
}

const fault = (at: string, message: string): FieldFault => ({ pointer: at, message });

function normalised(input: NetworkSpec): NetworkSpec {
  const {
    subnet,
    gateway,
    ipv6,
    ipv6Subnet,
    ipv6Gateway,
    internal,
    mtu,
    driverOptions = {},
    labels = {},
    external,
  } = input;
  return {
    ...(subnet !== undefined && { subnet }),
    ...(gateway !== undefined && { gateway }),
    ...((ipv6 === true || ipv6Subnet !== undefined) && { ipv6: true }),
    ...(ipv6Subnet !== undefined && { ipv6Subnet: canonicalSubnet(ipv6Subnet) }),
    ...(ipv6Gateway !== undefined && { ipv6Gateway: canonicalIp(ipv6Gateway) ?? ipv6Gateway }),
    ...(internal === true && { internal }),
    ...(mtu !== undefined && { mtu }),
    ...(Object.keys(driverOptions).length > 0 && { driverOptions }),
    ...(Object.keys(labels).length > 0 && { labels }),
    ...(external === true && { external }),
  };
}

function canonicalSubnet(text: string): string {
  const parsed = parseSubnet(text);
  return parsed.ok ? parsed.value.text : text;
}

function nameFaults(name: string): readonly FieldFault[] {
  return isNetworkName(name) ? [] : [fault('/name', `${JSON.stringify(name)}: ${NETWORK_NAME_RULE}`)];
}

function externalFaults(input: NetworkSpec): readonly FieldFault[] {
  return Object.entries(input)
    .filter(([key, value]) => key !== 'external' && value !== undefined && value !== false)
    .map(([key]) => fault(pointer(key), 'an external network is never changed; leave the field out, or external'));
}

function subnetOf(
  field: string,
  text: string | undefined,
  family: 4 | 6,
): { readonly subnet?: Subnet; readonly faults: readonly FieldFault[] } {
  if (text === undefined) return { faults: [] };
  const parsed = parseSubnet(text);
  if (!parsed.ok) return { faults: [fault(`/${field}`, parsed.message)] };
  const subnet = parsed.value;
  if (subnet.family !== family) {
    return { faults: [fault(`/${field}`, `${text} is an IPv${subnet.family} subnet; write an IPv${family} subnet`)] };
  }
  const { least, most } = PREFIXES[family];
  if (subnet.prefix < least || subnet.prefix > most) {
    const message = `${text} has a prefix of ${subnet.prefix} bits; write one from /${least} to /${most}, so that Berth and the engine each have a half`;
    return { faults: [fault(`/${field}`, message)] };
  }
  return isUsable(subnet)
    ? { subnet, faults: [] }
    : { faults: [fault(`/${field}`, `${text} is not a unicast subnet that a bridge can use`)] };
}

/** Ranges that no bridge can use: RFC 6890, and multicast. */
const UNUSABLE = ['0.0.0.0/8', '127.0.0.0/8', '169.254.0.0/16', '224.0.0.0/3', '::/16', 'fe80::/10', 'ff00::/8'].map(
  knownSubnet,
);

const isUsable = (subnet: Subnet): boolean => UNUSABLE.every((one) => !overlap(one, subnet));

function gatewayFaults(
  field: string,
  text: string | undefined,
  of: string,
  subnet: Subnet | undefined,
): readonly FieldFault[] {
  if (text === undefined) return [];
  const address = canonicalIp(text);
  if (address === undefined) return [fault(`/${field}`, `${JSON.stringify(text)} is not an IP address`)];
  if (subnet === undefined) return [fault(`/${field}`, `needs ${of}: Berth chooses both, or you name both`)];
  if (!isWithin(subnet, address)) return [fault(`/${field}`, `${address} is not in ${subnet.text}`)];
  if (subnet.family === 4 && [subnet.first, subnet.last].includes(numberOf(address))) {
    return [fault(`/${field}`, `${address} is the network or broadcast address of ${subnet.text}; choose another one`)];
  }
  return subnet.family === 6 && numberOf(address) === subnet.first
    ? [fault(`/${field}`, `${address} is the anycast address of ${subnet.text}; choose another one`)]
    : [];
}

function mtuFaults(mtu: number | undefined): readonly FieldFault[] {
  if (mtu === undefined || (Number.isInteger(mtu) && mtu >= MTU.minimum && mtu <= MTU.maximum)) return [];
  return [fault('/mtu', `must be a whole number from ${MTU.minimum} to ${MTU.maximum}`)];
}

function optionFaults(options: Readonly<Record<string, string>>): readonly FieldFault[] {
  return Object.entries(options).flatMap(([key, value]) => {
    const message = driverOptionFault(key, value);
    return message === undefined ? [] : [fault(pointer('driverOptions', key), message)];
  });
}

/** Returns why a network can't have an option of the bridge driver, or undefined. */
export function driverOptionFault(key: string, value: string): string | undefined {
  const option = Object.hasOwn(DRIVER_OPTIONS, key) ? DRIVER_OPTIONS[key] : undefined;
  if (option === undefined) {
    return `is not allowed, since it may reach the host; allowed are ${Object.keys(DRIVER_OPTIONS).join(', ')}`;
  }
  return option.values.test(value) ? undefined : `${JSON.stringify(value)} is not ${option.rule}`;
}

function labelFaults(labels: Readonly<Record<string, string>>): readonly FieldFault[] {
  return Object.entries(labels).flatMap(([key, value]) => {
    const at = pointer('labels', key);
    if (key === '') return [fault(at, "a label key can't be empty")];
    if (key.startsWith(OWNER_LABEL_PREFIX)) {
      return [fault(at, `labels that begin with ${OWNER_LABEL_PREFIX} are reserved for Berth; use another key`)];
    }
    const message = unprintable(value) ?? unprintable(key);
    return message === undefined ? [] : [fault(at, message)];
  });
}
