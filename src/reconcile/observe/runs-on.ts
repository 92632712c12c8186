import type { Definition } from '../../domain/definition/definition.js';
import { LINKS_NETWORK } from '../../domain/links/links.js';
import type { DesiredState } from '../store.js';
import type { ObservedState, OwnContainer } from './observed-state.js';

/** Networks that definitions run on, by what is desired, what is observed, and what the engine can do. */
export interface RunsOn {
  /**
   * Returns the network of a definition's next container. Where links on the default bridge have moved, linked definitions
   * run on {@link LINKS_NETWORK}; one that is no longer linked stays there until its container is gone.
   */
  networkOf(definition: Definition): string;
  /**
   * True if a network has no definition that stays, besides this one. Of several that go at once each tries: one of them
   * is the last.
   */
  isLeftBy(definition: Definition, network: string): boolean;
}

export function createRunsOn(
  desired: Pick<DesiredState, 'byName' | 'linksMoved' | 'onNetwork' | 'recipientsOf'>,
  observed: Pick<ObservedState, 'engine' | 'ownOf' | 'allOwn'>,
): RunsOn {
  const hasMoved = (): boolean => desired.linksMoved() || observed.engine.version?.bridgeLinks === 'removed';
  const isThere = ({ networks }: OwnContainer): boolean => networks[LINKS_NETWORK] !== undefined;

  return {
    networkOf({ uid, name, spec }) {
      if (spec.network !== 'bridge' || !hasMoved()) return spec.network;
      const isLinked = spec.links.length > 0 || desired.recipientsOf(name).length > 0;
      return isLinked || observed.ownOf(uid).some(isThere) ? LINKS_NETWORK : spec.network;
    },
    isLeftBy({ uid, deletionRequestedAt }, network) {
      const goes = (other: Definition): boolean => other.uid === uid || other.deletionRequestedAt !== null;
      if (!desired.onNetwork(network).every(goes)) return false;
      if (network !== LINKS_NETWORK) return true;
      // Definitions on the default bridge run there without naming it. All containers are searched only at a deletion.
      if (deletionRequestedAt === null) return false;
      const stays = ({ owner }: OwnContainer): boolean => {
        const of = desired.byName(owner?.name ?? '');
        return of !== undefined && of.uid === owner?.uid && !goes(of);
      };
      return ![...observed.allOwn()].some((container) => isThere(container) && stays(container));
    },
  };
}
