import type { OwnContainer } from '../observe/observed-state.js';
import { hostsState } from './link-hosts.js';
import { pending, startObstacle } from './obstacles.js';
import type { Action, Obstacle, PlanInput, Target } from './types.js';

interface Repair {
  readonly run: Action[];
  readonly obstacle: Obstacle | null;
}

/** Restarts a running container whose `/etc/hosts` the engine has left without an alias: it is written at each start. */
export function planRepair(input: PlanInput, current: OwnContainer, target: Target): Repair {
  const { fault, isHidden } = hostsState(current, input.definition, input.links, input.hosts.get(current.id));
  if (fault === null || isHidden) return planHealing(input, current, target);
  const obstacle = startObstacle(input);
  if (obstacle !== null) return { run: [], obstacle };
  if (!input.isRepairDeferred) return { run: [{ kind: 'restart', target, reason: fault.message }], obstacle: null };
  const message = `${fault.message}, even after a restart. Berth restarts the container again later`;
  return { run: [], obstacle: { condition: 'LinksResolved', reason: fault.reason, message, until: 'event' } };
}

/** True if Berth restarts a container, since its health check fails. */
export const isToHeal = ({ definition: { spec } }: PlanInput, { state, health }: OwnContainer): boolean =>
  spec.onUnhealthy === 'restart' && state === 'running' && health === 'unhealthy';

/** Restarts a running container whose health check fails, if its definition says so. */
function planHealing(input: PlanInput, current: OwnContainer, target: Target): Repair {
  if (!isToHeal(input, current)) return { run: [], obstacle: null };
  const obstacle = startObstacle(input);
  if (obstacle !== null) return { run: [], obstacle };
  if (!input.isHealingDeferred) {
    return { run: [{ kind: 'restart', target, reason: 'its health check fails' }], obstacle: null };
  }
  const message = 'its health check fails, even after a restart. Berth restarts the container again later';
  return { run: [], obstacle: pending('Unhealthy', message, 'event') };
}
