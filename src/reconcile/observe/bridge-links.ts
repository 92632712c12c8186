/** Derives from the observed state how the links of containers on the default bridge stand. */

import { hasProcesses } from '../../engine/container-state.js';
import type { ObservedState, OwnContainer } from './observed-state.js';

type Linked = Pick<ObservedState, 'linkedTo' | 'own' | 'foreign'>;

/** Returns the containers that lost the source of a link for good: the engine removes such links. With the reason. */
export const strandedOf = (observed: Linked, own: readonly OwnContainer[]): ReadonlyMap<string, string> =>
  new Map(
    own
      .filter((one) => one.linkAliases.some((alias) => sourceOf(observed, one.name, alias) === undefined))
      .map((one) => [one.id, 'the container it links to is gone']),
  );

/** Returns the containers with a link to a source that is down: the engine starts them only after their source. */
export const unlinkedOf = (observed: Linked, own: readonly OwnContainer[]): ReadonlySet<string> =>
  new Set(
    own
      .filter((one) =>
        one.linkAliases.some((alias) => {
          const source = sourceOf(observed, one.name, alias);
          return source !== undefined && !hasProcesses(source);
        }),
      )
      .map((one) => one.id),
  );

/** The container that a link of a recipient of this name leads to. */
function sourceOf(observed: Linked, recipientName: string, alias: string): Pick<OwnContainer, 'state'> | undefined {
  for (const id of observed.linkedTo(recipientName)) {
    const source = observed.own(id) ?? observed.foreign(id);
    if (source?.linkNames.includes(`${recipientName}/${alias}`)) return source;
  }
  return undefined;
}
