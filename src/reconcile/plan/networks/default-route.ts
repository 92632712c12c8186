import type { Condition } from '../../../domain/definition/condition.js';
import { byCodeUnit } from '../../../lib/canonical-json.js';
import type { PlanInput } from '../types.js';

type RouteInput = Pick<PlanInput, 'runsOn' | 'internal' | 'lacks' | 'further'>;

/** A condition about the default route, without its type and times. */
export type RouteFinding = Pick<Condition, 'status' | 'reason' | 'message'>;

/**
 * Returns the network that has the default route of a container on these networks; undefined if none leads out of the
 * host. Rule: moby, `Sandbox.getGatewayEndpoint`: the highest `GwPriority`, which the first network has, then the name.
 */
export function defaultRoute(
  names: readonly string[],
  { runsOn, internal, lacks }: Omit<RouteInput, 'further'>,
): string | undefined {
  const outward = names.filter((name) => !internal.has(name)).toSorted(byCodeUnit);
  return lacks.gatewayPriority === undefined && outward.includes(runsOn) ? runsOn : outward[0];
}

/** Returns the condition about the default route; undefined for a definition that names one network. */
export function routeFinding(input: RouteInput): RouteFinding | undefined {
  const { runsOn, internal, lacks, further } = input;
  if (further.length === 0) return undefined;
  const route = defaultRoute([runsOn, ...further.map(({ name }) => name)], input);
  if (route === runsOn) return { status: 'True', reason: 'FirstNetwork', message: '' };
  if (route === undefined) {
    const message = 'none of its networks leads out of the host, so the container has no default route';
    return { status: 'False', reason: 'NoDefaultRoute', message };
  }
  if (internal.has(runsOn)) {
    const message = `the first network, ${runsOn}, is internal, so ${route} has the default route`;
    return { status: 'False', reason: 'FirstNetworkInternal', message };
  }
  const message = `${route} has the default route instead of ${runsOn}: ${lacks.gatewayPriority}. Upgrade the engine to Docker 28, or rename the networks`;
  return { status: 'False', reason: 'ChosenByEngine', message };
}
