/** Pure: connects the wanted container to its networks, and takes it off those that its definition no longer names. */

import { isUp } from '../../../engine/container-state.js';
import type { EndpointRequest } from '../../../engine/engine.js';
import type { NetworkState } from '../../observe/network-state.js';
import type { OwnContainer } from '../../observe/observed-state.js';
import { isMoved } from '../link-state.js';
import { pending } from '../obstacles.js';
import { type Action, existing, type FurtherNetwork, type Obstacle, type PlanInput, type Target } from '../types.js';
import { defaultRoute } from './default-route.js';

/** Reasons for making a network, by its state. */
const NETWORK_STEPS: Readonly<Partial<Record<NetworkState, string>>> = {
  absent: 'the network is not on the engine',
  outdated: 'the network has to be recreated, which disconnects every container on it',
};

type Endpoint = OwnContainer['networks'][string];

/** Returns the steps that make the networks of a definition, where the engine lacks them. */
export const makeNetworks = ({ runsOn, network, further }: PlanInput): readonly Action[] =>
  [{ name: runsOn, state: network }, ...further].flatMap((one) => makeNetwork(one));

function makeNetwork({ name, state }: Pick<FurtherNetwork, 'name' | 'state'>): readonly Action[] {
  const reason = NETWORK_STEPS[state];
  return reason === undefined ? [] : [{ kind: 'create-network', network: name, reason }];
}

/** A network of the definition that can't be used, as an obstacle. */
export function networkObstacle(input: PlanInput): Obstacle | null {
  const { runsOn, network, further } = input;
  for (const { name, state } of [{ name: runsOn, state: network }, ...further]) {
    if (state === 'foreign') {
      const remedy = isMoved(input) ? 'Remove or rename that network' : 'Choose another name or remove the network';
      const message = `the network ${name} exists on the engine, but this Berth does not manage it. ${remedy}`;
      return pending('NetworkNotManaged', message, 'time');
    }
    if (state === 'missing') {
      const message = `the external network ${name} is not on the engine. Create it there, or declare the network without external`;
      return pending('NetworkMissing', message, 'event');
    }
  }
  return null;
}

/** Returns the request for a network beside the first one. */
export const endpointRequest = (
  { links }: PlanInput,
  { name, aliases, addresses }: FurtherNetwork,
): EndpointRequest => ({
  ...{ network: name, aliases, addresses, isOurs: true },
  links: links.flatMap(({ link, network }) =>
    network === name ? { sourceName: link.container, alias: link.alias } : [],
  ),
});

/** Connects a new container to the networks that its creation could not name. */
export const connectNew = (input: PlanInput): readonly Action[] =>
  input.lacks.severalEndpoints === undefined
    ? []
    : input.further.map((one) =>
        connect({ kind: 'new' }, endpointRequest(input, one), 'the engine creates containers with one network'),
      );

/** Plans the steps on the networks of the wanted container. */
export function planConnections(input: PlanInput, container: OwnContainer): readonly Action[] {
  const target = existing(container);
  const wanted = new Map(input.further.map((one) => [one.name, one]));
  const has = Object.entries(container.networks);
  const gone = has.filter(([name, { isOurs }]) => isOurs && name !== input.runsOn && !wanted.has(name));
  const missing = input.further.flatMap((one): readonly Action[] => {
    const endpoint = container.networks[one.name];
    const why = endpoint === undefined ? null : difference(endpoint, one);
    if (endpoint !== undefined && why === null) return [];
    const request = endpointRequest(input, one);
    const reason = why ?? `the definition names the network ${one.name}`;
    return [
      ...(endpoint === undefined ? [] : [disconnect(container, one.name, endpoint, reason)]),
      ...makeNetwork(one),
      connect(target, request, reason),
    ];
  });
  const steps = [
    ...gone.map(([name, endpoint]) =>
      disconnect(container, name, endpoint, `the definition no longer names the network ${name}`),
    ),
    ...missing,
  ];
  return isUp(container) ? withRoute(input, container, steps) : steps;
}

/** Returns why the networks of a running container have to be changed; null if they are as the definition names them. */
export const pendingConnections = (input: PlanInput, container: OwnContainer): string | null =>
  planConnections(input, container)[0]?.reason ?? null;

const connect = (target: Target, endpoint: EndpointRequest, reason: string): Action => ({
  ...{ kind: 'connect', target, endpoint, reason },
});

function disconnect(container: OwnContainer, network: string, { networkId }: Endpoint, reason: string): Action {
  const target = existing(container);
  if (!isUp(container)) return { kind: 'disconnect', target, network, networkId, reason };
  const why = `${reason}; open connections over it end`;
  return { kind: 'disconnect', target, network, networkId, reason: why, interrupts: true };
}

/** Adds to the last step that the default route moves, if it does. */
function withRoute(input: PlanInput, { networks }: OwnContainer, steps: readonly Action[]): readonly Action[] {
  const names = new Set(Object.keys(networks));
  const before = defaultRoute([...names], input);
  for (const step of steps) {
    if (step.kind === 'connect') names.add(step.endpoint.network);
    if (step.kind === 'disconnect') names.delete(step.network);
  }
  const after = defaultRoute([...names], input);
  const last = steps.at(-1);
  if (before === after || last === undefined) return steps;
  const moves = `the default route moves ${before === undefined ? '' : `from ${before} `}to ${after ?? 'none'}`;
  return [...steps.slice(0, -1), { ...last, reason: `${last.reason}; ${moves}`, interrupts: true } as Action];
}

/** Returns why an endpoint is not the one that the definition names; null if it is. */
function difference({ aliases = [], fixedAddresses, isOurs }: Endpoint, wanted: FurtherNetwork): string | null {
  const wrong = wanted.addresses.find((address) => !fixedAddresses.includes(address));
  if (wrong !== undefined) return `its address on the network ${wanted.name} is not ${wrong}`;
  const has = new Set(aliases);
  const names = new Set(wanted.aliases);
  // Somebody who connected the container may have given it more names.
  const isSame = wanted.aliases.every((one) => has.has(one)) && (!isOurs || aliases.every((one) => names.has(one)));
  return isSame ? null : `its aliases on the network ${wanted.name} differ`;
}
