/** Finds host ports and addresses that containers of different definitions take from each other. */

import type { Definition } from '../../../domain/definition/definition.js';
import { hostOf } from '../../../domain/host.js';
import type { Address } from '../../../domain/networks/addresses.js';
import { isUp } from '../../../engine/container-state.js';
import { strandedOf } from '../../observe/bridge-links.js';
import { type Claim, claimantsOf, heldBy, holderOf, isAddress, sleepersOn, takenBy } from '../../observe/claims.js';
import type { ObservedState, OwnContainer } from '../../observe/observed-state.js';
import type { DesiredState } from '../../store.js';
import { findPrevious, ranToItsEnd, restartsOf } from '../candidates.js';
import type { HeldClaim } from '../types.js';
import { isLeftDown } from '../waits.js';

/** A claim of a definition that another container has, and the definition of that container, if it has one. */
export type Held = HeldClaim & { readonly by: Definition | undefined };

export interface HeldClaims {
  /** The host ports and addresses of a definition that other containers have. A port that may still be exchanged is none of them. */
  heldClaims(definition: Definition): readonly Held[];
  /** Returns those of its containers that can't be started, since other definitions have what they take. */
  blocked(own: readonly OwnContainer[]): ReadonlySet<string>;
  /** The uids of other definitions that claim a host port or an address which its containers have. */
  claimantsOf(definition: Definition): readonly string[];
  /** The definitions with containers that are down and take, when they start, what this one has. */
  takersBeside(definition: Definition): readonly Definition[];
  /** The definitions that have what containers of this one that are down take when they start. */
  holdersBeside(definition: Definition): readonly Definition[];
}

export function createHeldClaims(context: {
  readonly desired: DesiredState;
  readonly observed: ObservedState;
  /** The addresses of a definition that the engine can give. */
  readonly addressesOf: (uid: string) => readonly Address[];
  /** True if the replacement of its container was abandoned. */
  readonly isAbandoned: (definition: Definition) => boolean;
  readonly isPaused: (definition: Definition) => boolean;
  readonly hashOf: (definition: Definition) => string;
}): HeldClaims {
  const { desired, observed, addressesOf, isAbandoned, isPaused, hashOf } = context;

  function heldClaims(definition: Definition, seen: ReadonlySet<string> = new Set()): readonly Held[] {
    const { uid } = definition;
    const ports = desired.reservationsOf(uid).filter(({ origin, confirmed }) => origin === 'fixed' || confirmed);
    const handlings = new Map<string, HeldClaim['handling']>();
    const reclaimed = new Map<string, boolean>();
    const path = new Set(seen).add(uid);
    return [...ports, ...addressesOf(uid)].flatMap((claim: Claim): readonly Held[] => {
      const holder = holderOf(observed, claim, uid);
      if (holder === undefined) {
        const reclaiming = sleepersOn(observed, claim, uid).find((one) => {
          const is = reclaimed.get(one.id) ?? isReclaimed(one, path);
          reclaimed.set(one.id, is);
          return is;
        });
        if (reclaiming === undefined) return [];
        return [{ claim, holder: reclaiming.name, handling: 'rolled-back', by: definitionOf(reclaiming) }];
      }
      const by = definitionOf(holder);
      if (by !== undefined && keepsAsAdopted(holder.id, by, claim)) {
        return [{ claim, holder: holder.name, handling: 'adopted', by }];
      }
      const handling = handlings.get(holder.id) ?? handlingOf(holder.id, by);
      handlings.set(holder.id, handling);
      return [{ claim, holder: holder.name, handling, by }];
    });
  }

  /** True if a container keeps an address that nobody reserved for it, as long as its definition stays the same. */
  function keepsAsAdopted(id: string, by: Definition, claim: Claim): boolean {
    const container = observed.own(id);
    return isAddress(claim) && container?.isAdopted === true && container.owner?.hash === hashOf(by);
  }

  /** The definition that one of our containers is of; undefined where there is none, or it isn't ours. */
  function definitionOf({ id, owner }: Pick<OwnContainer, 'id' | 'owner'>): Definition | undefined {
    const definition = observed.own(id) === undefined ? undefined : desired.byName(owner?.name ?? '');
    return definition?.uid === owner?.uid ? definition : undefined;
  }

  /**
   * True if a stopped container will be started again: its replacement failed, or has to give way to a container that
   * is started again itself.
   *
   * @param seen the definitions for which that is being determined
   */
  function isReclaimed(container: OwnContainer, seen: ReadonlySet<string>): boolean {
    const definition = definitionOf(container);
    if (definition === undefined || isLeftDown(definition) || seen.has(definition.uid)) return false;
    const goesBack =
      isAbandoned(definition) || heldClaims(definition, seen).some(({ handling }) => handling === 'rolled-back');
    if (!goesBack) return false;
    const own = observed.ownOf(definition.uid);
    const previous = findPrevious({ own, stranded: strandedOf(observed, own) }, undefined);
    return previous === container && !ranToItsEnd(container, restartsOf(definition, container));
  }

  /** Returns the handling of a container; `by` is its definition, if any. */
  function handlingOf(id: string, by: Definition | undefined): HeldClaim['handling'] {
    if (observed.own(id) === undefined) return 'foreign';
    if (by === undefined) return 'orphaned';
    if (isPaused(by) && !isLeftDown(by)) return 'paused';
    return isAbandoned(by) ? 'rolled-back' : 'letting-go';
  }

  return {
    heldClaims: (definition) => heldClaims(definition),
    blocked: (own) =>
      new Set(
        own
          .filter((one) => !isUp(one) && takenBy(one).some((claim) => holderOf(observed, claim, one.owner?.uid ?? '')))
          .map(({ id }) => id),
      ),
    claimantsOf(definition) {
      const { uid } = definition;
      const uids = observed
        .ownOf(uid)
        .flatMap(heldBy)
        .flatMap((held) => claimantsOf(desired, hostOf(definition), held));
      return [...new Set(uids)].filter((claimant) => claimant !== uid);
    },
    takersBeside: ({ uid }) =>
      observed
        .ownOf(uid)
        .flatMap(heldBy)
        .flatMap((held) => sleepersOn(observed, held, uid))
        .flatMap((one) => definitionOf(one) ?? []),
    holdersBeside: ({ uid }) =>
      observed
        .ownOf(uid)
        .filter((one) => !isUp(one))
        .flatMap(takenBy)
        .flatMap((claim) => holderOf(observed, claim, uid) ?? [])
        .flatMap((holder) => definitionOf(holder) ?? []),
  };
}
