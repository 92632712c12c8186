/** Pure: names that definitions of different sets have in common on a network. */

import type { Condition } from '../../domain/definition/condition.js';
import type { Definition } from '../../domain/definition/definition.js';
import { endpointsOf } from '../../domain/networks/endpoints.js';
import { isUserDefined, networksOf } from '../../domain/networks/networked.js';
import { listed } from '../../lib/sentence.js';
import type { NamedDefinitions } from '../store.js';

export interface SharedName {
  readonly name: string;
  readonly network: string;
  /** The definitions of other sets that have it too, on the same network. */
  readonly others: readonly Definition[];
}

/**
 * Returns the names of a definition that others have as well. Within a set one name for several containers is a choice;
 * between sets it is an accident, since both were written without the other.
 */
export function sharedNames(definition: Definition, desired: NamedDefinitions): readonly SharedName[] {
  const { name, spec, set, uid, deletionRequestedAt } = definition;
  if (deletionRequestedAt !== null) return [];
  const endpoints = endpointsOf(name, spec).filter(({ network }) => isUserDefined(network));
  return endpoints.flatMap(({ network, aliases }) =>
    [name, ...aliases].flatMap((one) => {
      const others = desired
        .namedOnNetwork(network, one)
        .filter((other) => other.uid !== uid && other.set !== set && other.deletionRequestedAt === null);
      return others.length === 0 ? [] : [{ name: one, network, others }];
    }),
  );
}

/** Returns the condition about shared names; undefined on the default bridge, which resolves no names. */
export function namesUnique(
  { name, spec, set }: Definition,
  shared: readonly SharedName[],
): Pick<Condition, 'status' | 'reason' | 'message'> | undefined {
  if (networksOf(spec).length === 0) return undefined;
  const [first] = shared;
  if (first === undefined) return { status: 'True', reason: 'Unique', message: '' };
  const all = [{ name, set }, ...first.others].map(
    (one) => `${one.name} (${one.set === null ? 'no set' : `set ${one.set}`})`,
  );
  const there = shared.filter(({ network }) => network === first.network);
  const names = listed(there.map((one) => one.name));
  const message = `${listed(all)} share the ${there.length === 1 ? 'name' : 'names'} ${names} on the network ${first.network}, and Docker's DNS answers with either. Use the containers' own names, or a network for each set.`;
  return { status: 'False', reason: 'AliasShared', message };
}

/** Another definition, and the name that it shares. */
export interface Namesake {
  readonly uid: string;
  readonly name: string;
}

const NONE: readonly Namesake[] = [];

export function namesakesOf(shared: readonly SharedName[]): readonly Namesake[] {
  if (shared.length === 0) return NONE;
  return shared.flatMap(({ name, others }) => others.map(({ uid }) => ({ uid, name: name.toLowerCase() })));
}
