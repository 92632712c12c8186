/** Host ports of containers on the host's network: their processes bind them, and the engine knows of none. */

import type { PortMapping, Reservation, Spec } from '../definition/definition.js';
import { parseExpose } from './parse.js';

type Ported = Pick<Spec, 'network' | 'ports' | 'expose'>;

/** True if a definition's ports are those of the host. */
export const isOnHostNetwork = ({ network }: Pick<Spec, 'network'>): boolean => network === 'host';

/** Mappings for which a definition claims host ports, and the field that they are from. */
interface Claimed {
  readonly field: 'ports' | 'expose';
  readonly mappings: readonly PortMapping[];
}

/** Returns the mappings for which a definition claims host ports: on the host's network, those that it exposes. */
export function claimedMappings(spec: Ported): Claimed {
  if (!isOnHostNetwork(spec)) return { field: 'ports', mappings: spec.ports };
  const mappings = spec.expose.flatMap((text) => {
    const parsed = parseExpose(text);
    return parsed.ok ? parsed.value.map((port) => ({ ...port, hostPort: port.containerPort })) : [];
  });
  return { field: 'expose', mappings };
}

/** Returns the claims that the engine is to publish: none on the host's network. */
export const publishedClaims = <R extends Pick<Reservation, 'hostPort'>>(
  spec: Pick<Spec, 'network'>,
  claims: readonly R[],
): readonly R[] => (isOnHostNetwork(spec) ? [] : claims);
