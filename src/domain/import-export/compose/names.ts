/** Names of the containers of a file's services. */

/** A definition that is stored, as far as its name counts. */
export interface ExistingService {
  readonly set: string;
  readonly name: string;
  /** Its service's name; the definition's own where that is the same. */
  readonly service: string;
}

/**
 * Names containers `SET-SERVICE`, so that two sets can each have a `db`, or as `container_name` says. A service that the set
 * has already keeps the name of its definition: another name would be a second container on the same volumes.
 *
 * @param project the set; undefined where there is none, and containers are called as their services
 * @param services names of the services, by their keys in the file
 * @param given what `container_name` says, or undefined, by key
 * @returns names by key
 */
export function containerNames(
  project: string | undefined,
  services: ReadonlyMap<string, string>,
  given: ReadonlyMap<string, string | undefined>,
  existing: readonly ExistingService[],
): ReadonlyMap<string, string> {
  const own = new Map<string, readonly ExistingService[]>();
  for (const one of existing) {
    if (one.set === project) own.set(one.service, [...(own.get(one.service) ?? []), one]);
  }
  const ownOf = (key: string): readonly ExistingService[] => own.get(services.get(key) ?? key) ?? [];
  const inSet = new Set(existing.flatMap(({ set, name }) => (set === project ? [name] : [])));
  // A new service gets the name that the file gives it, and so does one whose new name the set has: names change places.
  const taken = new Set(
    [...given].flatMap(([key, name]) =>
      name !== undefined && (ownOf(key).length === 0 || inSet.has(name)) ? [name] : [],
    ),
  );
  return new Map(
    [...given].map(([key, name]) => {
      if (name !== undefined && taken.has(name)) return [key, name];
      const free = ownOf(key).filter((one) => !taken.has(one.name));
      // Of two that are the same service the one that says so counts, and of several the first one.
      const kept = free.find((one) => one.name !== one.service) ?? free[0];
      return [key, kept?.name ?? name ?? (project === undefined ? key : `${project}-${key}`)];
    }),
  );
}
