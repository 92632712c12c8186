/** Pure: a container that shares the network of another one, and follows that one's restarts and replacements. */

import type { Definition } from '../../../domain/definition/definition.js';
import { networkOwner } from '../../../domain/networks/network-mode.js';
import { hasProcesses, isUp } from '../../../engine/container-state.js';
import type { ObservedState, OwnContainer } from '../../observe/observed-state.js';
import type { DesiredState } from '../../store.js';
import { dependencyObstacle, pending } from '../obstacles.js';
import type { Action, Obstacle, PlanInput, Target } from '../types.js';

/** Returns the running container whose network a definition's container is to share; null if there is none. */
export function ownerContainer(
  { spec }: Definition,
  desired: Pick<DesiredState, 'byName'>,
  observed: Pick<ObservedState, 'ownOf'>,
): OwnContainer | null {
  const name = networkOwner(spec.network);
  const owner = name === undefined ? undefined : desired.byName(name);
  if (owner === undefined) return null;
  const running = observed.ownOf(owner.uid).filter((one) => isUp(one) && hasProcesses(one));
  return running.find((one) => one.name === owner.name) ?? running[0] ?? null;
}

/** Returns the containers that can't be started again, since the one whose network they share is gone. */
export const withoutOwner = (observed: Pick<ObservedState, 'own' | 'foreign'>, own: readonly OwnContainer[]) =>
  own
    .filter(
      ({ networkOf }) =>
        networkOf !== undefined && (observed.own(networkOf) ?? observed.foreign(networkOf)) === undefined,
    )
    .map(({ id }) => [id, 'the container whose network it shares is gone'] as const);

/** Returns why a container shares the network of another container than it should; null if it doesn't. */
export function sharesAnother({ networkOwner: owner }: PlanInput, { networkOf }: OwnContainer): string | null {
  if (owner === null || networkOf === owner.id) return null;
  return `it shares the network of an earlier container of ${owner.owner?.name ?? owner.name}`;
}

/**
 * Returns why a running container has lost the network that it shares: it joined that of an earlier run of its owner, which
 * ended with that run. The engine's own restarts do that too, and those at its boot.
 */
export function lostNetwork({ networkOwner: owner }: PlanInput, container: OwnContainer): string | null {
  if (owner === null || container.state !== 'running' || container.networkOf !== owner.id) return null;
  const [began, joined] = [owner, container].map(({ startedAt }) => Date.parse(startedAt ?? ''));
  if (!((began ?? 0) > (joined ?? 0))) return null;
  return `${owner.owner?.name ?? owner.name} was restarted, and the network that it shares ended with the earlier run`;
}

/** Restarts a running container that has lost the network that it shares; null if it hasn't. */
export function planRejoin(
  input: PlanInput,
  current: OwnContainer,
  target: Target,
): { run: Action[]; obstacle: Obstacle | null } | null {
  const reason = lostNetwork(input, current);
  if (reason === null) return null;
  const obstacle = dependencyObstacle(input);
  if (obstacle !== null) return { run: [], obstacle };
  if (!input.isRepairDeferred) return { run: [{ kind: 'restart', target, reason }], obstacle: null };
  const message = `${reason}, even after a restart. Berth restarts the container again later`;
  return { run: [], obstacle: pending('NetworkLost', message, 'time') };
}
