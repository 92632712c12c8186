/** Every rule of networks and addresses, held against the rows of a database that somebody sent. */

import type { Definition } from '../../domain/definition/definition.js';
import { type Address, assignAddresses } from '../../domain/networks/addresses.js';
import { endpointsOf } from '../../domain/networks/endpoints.js';
import { hasStableAddresses, type Network } from '../../domain/networks/network.js';
import { isUserDefined } from '../../domain/networks/networked.js';
import { knownSubnet, overlap, parseSubnet, type Subnet } from '../../domain/networks/subnet.js';
import { declareNetwork } from '../../domain/networks/validate-network.js';
import { type FieldFault, pointer } from '../../domain/problems/result.js';
import { isSameJson } from '../../lib/canonical-json.js';
import { groupBy } from '../../lib/multimap.js';
import type { Stored } from '../storage.js';
import { isAddressRow, networkRowFault } from './row-schemas.js';

/** Finds every fault of the networks and of the addresses on them, each with its place as a JSON pointer. */
export function networkFaults({
  definitions,
  networks,
  addresses,
}: Pick<Stored, 'definitions' | 'networks' | 'addresses'>): readonly FieldFault[] {
  const own = networks.flatMap(ownFaults);
  const shape = addresses
    .filter((one) => !isAddressRow(one))
    .map((one) => addressFault(one, 'is not in the form that Berth stores'));
  if (own.length + shape.length > 0) return [...own, ...shape];
  const byName = new Map(networks.map((network) => [network.name, network]));
  const owners = new Map(addresses.map((one) => [`${one.network} ${one.address}`, one.uid]));
  const held = groupBy(addresses, ({ uid }) => uid);
  const known = new Set(definitions.map(({ uid }) => uid));
  return [
    ...overlaps(networks),
    ...addresses.filter(({ uid }) => !known.has(uid)).map((one) => addressFault(one, 'belongs to no definition')),
    ...definitions.flatMap((definition) =>
      definitionFaults(definition, held.get(definition.uid) ?? [], byName, owners),
    ),
  ];
}

const addressFault = ({ network, address }: Address, message: string): FieldFault => ({
  pointer: pointer('addresses', String(network).slice(0, 255), String(address).slice(0, 64)),
  message,
});

const isTime = (time: Date): boolean => time.getTime() >= 0 && time.getTime() < Date.UTC(3000, 0);

/** Faults within one network: its shape, its settings, and subnets that are none of a network with these settings. */
function ownFaults(network: Network): readonly FieldFault[] {
  const { name, spec, subnets, createdAt, updatedAt, deletionRequestedAt } = network;
  const at = (place: string, message: string): FieldFault => ({
    pointer: `${pointer('networks', String(name).slice(0, 255))}${place}`,
    message,
  });
  if (![createdAt, updatedAt, deletionRequestedAt ?? createdAt].every(isTime)) return [at('', 'has invalid times')];
  const shape = networkRowFault(network);
  if (shape !== undefined) return [at(shape.pointer, shape.message)];
  const declared = declareNetwork(name, spec);
  if (!declared.ok) return declared.faults.map((fault) => at(fault.pointer, fault.message));
  if (!isSameJson(declared.spec, spec)) return [at('/spec', 'is not in the form in which Berth stores it')];
  if (subnets.length === 0) return [];
  const parsed = subnets.map(({ subnet }) => parseSubnet(subnet));
  const [ipv4, ipv6] = parsed;
  if (!parsed.every((one) => one.ok) || ipv4?.ok !== true || ipv4.value.family !== 4) {
    return [at('/subnets', 'does not begin with an IPv4 subnet')];
  }
  // The settings with these subnets named are those of a declaration, whose rules hold for picked ones too.
  const [first, second] = subnets;
  const named = {
    ...spec,
    ...{ subnet: first?.subnet, gateway: first?.gateway },
    ...(second !== undefined && { ipv6: true, ipv6Subnet: second.subnet, ipv6Gateway: second.gateway }),
  };
  const asNamed = declareNetwork(name, named as Network['spec']);
  if (!asNamed.ok) return asNamed.faults.map((fault) => at('/subnets', fault.message));
  const isEither = (stated: string | undefined, has: string | undefined): boolean =>
    stated === undefined || stated === has;
  const isSame =
    (ipv6 !== undefined) === (spec.ipv6 === true) &&
    isEither(spec.subnet, first?.subnet) &&
    isEither(spec.gateway, first?.gateway) &&
    isEither(spec.ipv6Subnet, second?.subnet) &&
    isEither(spec.ipv6Gateway, second?.gateway);
  return isSame ? [] : [at('/subnets', 'differ from those of its settings')];
}

function overlaps(networks: readonly Network[]): readonly FieldFault[] {
  const seen: { readonly name: string; readonly subnet: Subnet }[] = [];
  return networks.flatMap(({ name, subnets }) =>
    subnets.flatMap(({ subnet: text }) => {
      const subnet = knownSubnet(text);
      const other = seen.find((one) => overlap(one.subnet, subnet));
      seen.push({ name, subnet });
      if (other === undefined) return [];
      return [
        { pointer: pointer('networks', name, 'subnets'), message: `${text} overlaps with the network ${other.name}` },
      ];
    }),
  );
}

/** Every network of a definition is there, and each of its addresses is one that it may have. */
function definitionFaults(
  definition: Definition,
  held: readonly Address[],
  networks: ReadonlyMap<string, Network>,
  owners: ReadonlyMap<string, string>,
): readonly FieldFault[] {
  const { uid, name, spec } = definition;
  const at = (place: string, message: string): FieldFault => ({
    pointer: `${pointer('definitions', name)}${place}`,
    message,
  });
  const endpoints = endpointsOf(name, spec).filter(({ network }) => isUserDefined(network));
  const absent = endpoints.filter(({ network }) => !networks.has(network));
  if (absent.length > 0) return absent.map((one) => at(one.pointer, `the network ${one.network} is missing`));
  const wishes = endpoints.flatMap(({ network, ipv4Address, ipv6Address, pointer: place }) => {
    const found = networks.get(network);
    const pointers = { network: place, ipv4: place, ipv6: place };
    return found === undefined || !hasStableAddresses(found)
      ? []
      : [{ network: found, ipv4Address, ipv6Address, pointers }];
  });
  const outcome = assignAddresses({
    isInUse: () => false,
    ...{ uid, wishes, held, onlyFixed: true },
    ownerOf: (network, address) => owners.get(`${network} ${address}`),
    countOn: () => 0,
    nameOf: (owner) => owner,
  });
  if (!outcome.ok) return outcome.faults.map((fault) => at(fault.pointer, fault.message));
  const wanted = wishes.reduce((sum, { network }) => sum + network.subnets.length, 0);
  const isSame =
    held.length === wanted && held.every((one) => outcome.addresses.some((other) => isSameJson(one, other)));
  return isSame ? [] : [at('/addresses', 'are not one for each of its networks, from the half that Berth allocates')];
}
