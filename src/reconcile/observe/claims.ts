/** Claims on host ports and addresses: only one container can have each of them at a time. */

import { collide, type PortClaim } from '../../domain/ports/conflicts.js';
import { isUp } from '../../engine/container-state.js';
import type { ContainerSummary } from '../../engine/engine.js';
import type { DesiredState } from '../store.js';
import { type AddressClaim, heldAddresses, takenAddresses } from './addresses.js';
import { bindingsOf, publishedOf } from './bindings.js';
import type { ObservedState, OwnContainer } from './observed-state.js';

export type Claim = PortClaim | AddressClaim;

type AnyContainer = OwnContainer | ContainerSummary;
type Holders = Pick<ObservedState, 'bindersOf' | 'holdersOf'>;
type Takers = Pick<ObservedState, 'publishersOf' | 'takersOf'>;

export const isAddress = (claim: Claim): claim is AddressClaim => 'address' in claim;

/** Returns the host ports and addresses that a container has now. */
export const heldBy = (container: OwnContainer): readonly Claim[] => [
  ...container.bindings,
  ...heldAddresses(container),
];

/** Returns the host ports and addresses that a container takes with each start. */
export const takenBy = (container: OwnContainer): readonly Claim[] => [
  ...container.published,
  ...takenAddresses(container),
];

/** Returns the containers that have a host port, on any of the host's addresses, or an address. */
export const holdersOf = (observed: Holders, claim: Claim): readonly AnyContainer[] =>
  isAddress(claim) ? observed.holdersOf(claim) : observed.bindersOf(claim.hostPort);

/** Returns our containers that take a host port, on any of the host's addresses, or an address when they start. */
export const takersOf = (observed: Takers, claim: Claim): readonly OwnContainer[] =>
  isAddress(claim) ? observed.takersOf(claim) : observed.publishersOf(claim.hostPort);

/** True if a container has a host port or an address, by its number alone. */
export const hasClaim = (container: OwnContainer, claim: Claim): boolean =>
  isAddress(claim)
    ? heldAddresses(container).some(({ network, address }) => network === claim.network && address === claim.address)
    : bindingsOf(container).at(claim.protocol, claim.hostPort).length > 0;

/** The container that has a host port or an address and isn't of this definition; undefined where there is none. */
export const holderOf = (observed: Holders, claim: Claim, uid: string): AnyContainer | undefined =>
  holdersOf(observed, claim).find(
    (one) => one.owner?.uid !== uid && (isAddress(claim) || bindingsOf(one).colliding(claim) !== undefined),
  );

/** The containers of other definitions that are down, have run, and take a host port or an address with their next start. */
export const sleepersOn = (observed: Takers, claim: Claim, uid: string): readonly OwnContainer[] =>
  takersOf(observed, claim).filter(
    (one) =>
      one.owner?.uid !== uid &&
      one.startedAt !== null &&
      !isUp(one) &&
      (isAddress(claim) || publishedOf(one).colliding(claim) !== undefined),
  );

/** True if a container that isn't of this definition has an address, or takes it when it starts. */
export const isAddressInUse = (
  observed: Pick<ObservedState, 'holdersOf' | 'takersOf'>,
  claim: AddressClaim,
  uid: string,
): boolean => [...observed.holdersOf(claim), ...observed.takersOf(claim)].some(({ owner }) => owner?.uid !== uid);

/** Returns the uids of the definitions that a host port or an address is reserved for. */
export function claimantsOf(
  desired: Pick<DesiredState, 'claims' | 'ownerOfAddress'>,
  host: string,
  claim: Claim,
): readonly string[] {
  if (isAddress(claim)) return [desired.ownerOfAddress(claim.network, claim.address) ?? []].flat();
  const range = { from: claim.hostPort, to: claim.hostPort };
  return desired
    .claims(host, claim.protocol, range)
    .filter((other) => collide(other, claim))
    .map(({ uid }) => uid);
}
