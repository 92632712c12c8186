import type { OwnContainer } from '../observe/observed-state.js';
import { hostsState } from './link-hosts.js';
import { linkObstacle } from './obstacles.js';
import type { Action, Obstacle, PlanInput, Target } from './types.js';

/** Restarts a running container whose `/etc/hosts` the engine has left without an alias: it is written at each start. */
export function planRepair(
  input: PlanInput,
  current: OwnContainer,
  target: Target,
): { run: Action[]; obstacle: Obstacle | null } {
  const { fault, isHidden } = hostsState(current, input.definition, input.links, input.hosts.get(current.id));
  if (fault === null || isHidden) return { run: [], obstacle: null };
  const obstacle = linkObstacle(input);
  if (obstacle !== null) return { run: [], obstacle };
  if (!input.isRepairPutOff) return { run: [{ kind: 'restart', target, reason: fault.message }], obstacle: null };
  const message = `${fault.message}, even after a restart. Berth restarts the container again later`;
  return { run: [], obstacle: { condition: 'LinksResolved', reason: fault.reason, message, until: 'event' } };
}
