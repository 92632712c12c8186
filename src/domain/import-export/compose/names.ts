/** Names of the containers of a file's services. */

/** A definition that is stored, as far as its name counts. */
export interface ExistingService {
  readonly set: string;
  readonly name: string;
  /** Its service's name; the definition's own where that is the same. */
  readonly service: string;
}

export interface Names {
  /** Returns the name of a service's container where the file gives none. */
  nameOf(service: string): string;
}

/**
 * Names containers `SET-SERVICE`, so that two sets can each have a `db`. A service that the set has already keeps the name
 * that its definition has.
 *
 * @param project the set; undefined where there is none, and containers are called as their services
 * @param given what `container_name` says: no other service gets one of these
 */
export function createNames(
  project: string | undefined,
  given: readonly (string | undefined)[],
  existing: readonly ExistingService[],
): Names {
  const taken = new Set(given);
  const known = new Map<string, string>();
  for (const { set, name, service } of existing) {
    if (set !== project || taken.has(name)) continue;
    // Of two that are the same service the one that says so counts, and of several the first one.
    if (!known.has(service) || known.get(service) === service) known.set(service, name);
  }
  return {
    nameOf: (service) => known.get(service) ?? (project === undefined ? service : `${project}-${service}`),
  };
}
