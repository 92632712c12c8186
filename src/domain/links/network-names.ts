/** Names that a definition has on its user-defined network, beside its container's own. */

import type { Spec } from '../definition/definition.js';
import { isUserDefined } from '../networks/networked.js';
import type { FieldFault } from '../problems/result.js';
import { isAlias } from './links.js';

/** Rule: compose-spec, the keys of `services`. */
const SERVICE = /^[a-zA-Z0-9._-]{1,255}$/;

/** Faults of `service`. */
export function serviceFaults(service: string | undefined): readonly FieldFault[] {
  if (service === undefined || SERVICE.test(service)) return [];
  const message = `${JSON.stringify(service)} is not a service name; write 1 to 255 letters, digits, dots, dashes or underscores`;
  return [{ pointer: '/service', message }];
}

/**
 * Returns the aliases of a definition's container on its first network: its service's name, then its own. The service's
 * name is left out where the container has it anyway, where it can't be an alias, and on the default bridge, which
 * resolves no names.
 *
 * @param name the definition's own
 */
export function aliasesOf(
  name: string,
  {
    service,
    network,
    networks,
    networkAliases = [],
  }: Pick<Spec, 'service' | 'network' | 'networks' | 'networkAliases'>,
): readonly string[] {
  if (networks === undefined && !isUserDefined(network)) return networkAliases;
  return withService(name, service, networks?.[0]?.aliases ?? networkAliases);
}

/** Returns the aliases on a user-defined network, with the service's name where it is missing. */
export function withService(name: string, service: string | undefined, aliases: readonly string[]): readonly string[] {
  if (service === undefined || !isAlias(service)) return aliases;
  const has = [name, ...aliases].some((one) => one.toLowerCase() === service.toLowerCase());
  return has ? aliases : [service, ...aliases];
}
