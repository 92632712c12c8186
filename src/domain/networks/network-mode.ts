/** Networks that are none: the host's own, and no network at all. */

import type { DefinitionInput } from '../definition/definition.js';
import { type FieldFault, pointer } from '../problems/result.js';

/** True if a container is on the host's network, or on none. */
export const isEngineMode = (network: string): boolean => network === 'host' || network === 'none';

/** True if a container has no endpoint of its own. */
export const isNetworkMode = (network: string): boolean => isEngineMode(network) || networkOwner(network) !== undefined;

/** Returns the name of the container whose network another one shares: `container:db` is `db`. */
export const networkOwner = (network: string): string | undefined =>
  network.startsWith(OWNED) ? network.slice(OWNED.length) : undefined;

const OWNED = 'container:';

/**
 * Returns the network that a container ends up on: that of the owner at the end of a chain of shared ones.
 *
 * @param networkOf the declared network of a container; undefined where nothing of that name is defined
 */
export function rootNetwork(network: string, networkOf: (name: string) => string | undefined): string {
  const seen = new Set<string>();
  let root = network;
  for (let owner = networkOwner(root); owner !== undefined && !seen.has(owner); owner = networkOwner(root)) {
    seen.add(owner);
    root = networkOf(owner) ?? root;
  }
  return root;
}

/** True if a container's network namespace is not its own. */
export const sharesNetwork = (network: string): boolean => network === 'host' || networkOwner(network) !== undefined;

/** Reasons why published ports of a line or file that Docker discards are ignored. */
export const DISCARDED: Readonly<Record<string, string>> = {
  host: "Docker discards published ports on the host's network: the process opens its own there",
  none: 'Docker discards published ports of a container without a network',
};

type Field =
  | ('ports' | 'publishAll' | 'links' | 'macAddress')
  | ('expose' | 'hostname' | 'extraHosts' | 'dns' | 'dnsSearch' | 'dnsOptions');

/** Fields that a container without an endpoint can't have. Docker discards some of them, and refuses others. */
const REFUSED: Readonly<Record<string, Readonly<Partial<Record<Field, string>>>>> = {
  host: {
    ports:
      "on the host's network a container has the ports that its process opens: list them under expose to claim them",
    publishAll: "on the host's network there is nothing to publish: leave it out",
    links:
      "a container on the host's network can't have links: leave them out, and reach the others by published ports",
    macAddress: "a container on the host's network has no interface of its own: leave it out",
  },
  none: {
    ports: 'a container without a network has no ports to publish: leave them out',
    publishAll: 'a container without a network has no ports to publish: leave it out',
    links: 'a container without a network reaches no other: leave the links out',
    macAddress: 'a container without a network has no interface: leave it out',
  },
};

/** Fields of the container whose network another one shares; Docker refuses them of the other one. */
const OF_OWNER: readonly Field[] = [
  ...(['ports', 'publishAll', 'links', 'macAddress', 'expose'] as const),
  ...(['hostname', 'extraHosts', 'dns', 'dnsSearch', 'dnsOptions'] as const),
];

/** Returns the faults of fields that don't go together with a definition's network. */
export function networkModeFaults(network: string, input: DefinitionInput): readonly FieldFault[] {
  const owner = networkOwner(network);
  const refused = owner === undefined ? (Object.hasOwn(REFUSED, network) ? REFUSED[network] : {}) : ofOwner(owner);
  if (refused === undefined) return [];
  const isSet = (value: unknown): boolean => (Array.isArray(value) ? value.length > 0 : Boolean(value));
  return (Object.keys(refused) as readonly Field[])
    .filter((field) => isSet(input[field]))
    .map((field) => ({ pointer: pointer(field), message: refused[field] ?? '' }));
}

const ofOwner = (owner: string): Readonly<Partial<Record<Field, string>>> =>
  Object.fromEntries(
    OF_OWNER.map((field) => [field, `it shares the network of ${owner}: set ${field} there, and leave it out here`]),
  );
