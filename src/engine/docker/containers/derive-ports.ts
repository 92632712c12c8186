/** Port mappings of an existing container, and the host ports that the engine has picked for them. */

import type { DefinitionInput, Protocol } from '../../../domain/definition/definition.js';
import type { Derivation } from '../../engine.js';
import type { RawDerivable } from '../derive-shapes.js';

const parsePort = (key: string): { containerPort: number; protocol: Protocol } => {
  const [port, protocol] = key.split('/');
  return { containerPort: Number(port), protocol: protocol as Protocol };
};

interface Asked {
  readonly HostIp?: string;
  readonly HostPort?: string;
}

type Place = Required<Asked>;

function kindOf({ HostPort = '' }: Asked): 'fixed' | 'range' | 'any' {
  if (HostPort.includes('-')) return 'range';
  return HostPort === '' || HostPort === '0' ? 'any' : 'fixed';
}

function isAt({ HostIp = '', HostPort = '' }: Asked, place: Place, kind: ReturnType<typeof kindOf>): boolean {
  if (HostIp !== '' && HostIp !== place.HostIp) return false;
  const [from, to = from] = HostPort.split('-').map(Number);
  const number = Number(place.HostPort);
  return kind === 'any' || (number >= Number(from) && number <= Number(to));
}

/**
 * Finds the place where each mapping of one container port is bound. A place belongs to one mapping, though more would
 * fit.
 */
function placesOf(mappings: readonly Asked[], places: readonly Place[]): ReadonlyMap<Asked, Place> {
  const left = new Set(places);
  const found = new Map<Asked, Place>();
  // Those that fit fewest places come first.
  const rank = (one: Asked): number => ['any', 'range', 'fixed'].indexOf(kindOf(one)) * 2 + (one.HostIp ? 1 : 0);
  for (const mapping of mappings.toSorted((a, b) => rank(b) - rank(a))) {
    const place = [...left].find((one) => isAt(mapping, one, kindOf(mapping)));
    if (place === undefined) continue;
    found.set(mapping, place);
    left.delete(place);
    // What has no address is bound on 0.0.0.0 and on ::, by one number.
    if (!mapping.HostIp) for (const twin of left) if (twin.HostPort === place.HostPort) left.delete(twin);
  }
  return found;
}

/** Ports as requested, and the numbers that the engine has picked. */
export function derivePorts(raw: RawDerivable): Pick<Derivation, 'picked'> & Required<Pick<DefinitionInput, 'ports'>> {
  const asked = (raw.HostConfig['PortBindings'] ?? {}) as Record<string, Asked[] | null>;
  const bound = raw.NetworkSettings.Ports ?? {};
  const mappings: NonNullable<DefinitionInput['ports']>[number][] = [];
  const picked: Derivation['picked'][number][] = [];
  for (const [key, places] of Object.entries(asked)) {
    const placeOf = placesOf(places ?? [], bound[key] ?? []);
    const said = new Set<string>();
    for (const mapping of places ?? []) {
      const { HostIp = '', HostPort = '' } = mapping;
      const kind = kindOf(mapping);
      const place = placeOf.get(mapping);
      const port = { ...(HostIp !== '' && { hostIp: HostIp }), ...parsePort(key) };
      const text = `${HostIp} ${kind === 'any' ? kind : HostPort}`;
      if (kind === 'fixed') {
        mappings.push({ ...port, hostPort: Number(HostPort) });
      } else if (place !== undefined && said.has(text)) {
        // A definition says each mapping once: a second one is that of its number.
        mappings.push({ ...port, hostPort: Number(place.HostPort) });
      } else {
        mappings.push({ ...port, ...(kind === 'range' && { hostPortRange: HostPort }) });
        if (place !== undefined) picked.push({ ...port, hostPort: Number(place.HostPort), origin: 'assigned' });
      }
      said.add(text);
    }
  }
  if (raw.HostConfig['PublishAllPorts'] === true) {
    for (const [key, places] of Object.entries(bound)) {
      const [place] = places ?? [];
      if (place === undefined || key in asked) continue;
      picked.push({ hostPort: Number(place.HostPort), ...parsePort(key), origin: 'publishAll' });
    }
  }
  return { ports: mappings, picked };
}
