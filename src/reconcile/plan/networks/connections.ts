/** Pure: connects the wanted container to its networks, and takes it off those that its definition no longer names. */

import { aliasesOf } from '../../../domain/links/network-names.js';
import { isUserDefined } from '../../../domain/networks/networked.js';
import { hasProcesses, isUp } from '../../../engine/container-state.js';
import type { EndpointRequest } from '../../../engine/engine.js';
import { isAddress } from '../../observe/claims.js';
import type { NetworkState } from '../../observe/network-state.js';
import type { OwnContainer } from '../../observe/observed-state.js';
import { isMoved } from '../link-state.js';
import { claimObstacle, pending, standingAt } from '../obstacles.js';
import { type Action, existing, type FurtherNetwork, type Obstacle, type PlanInput, type Target } from '../types.js';
import { defaultRoute } from './default-route.js';

/** Reasons for making a network, by its state. */
const NETWORK_STEPS: Readonly<Partial<Record<NetworkState, string>>> = {
  absent: 'the network is not on the engine',
  outdated: 'the network has to be recreated, which disconnects every container on it',
};

type Endpoint = OwnContainer['networks'][string];

/** Steps on the networks of a container, and the first obstacle to further ones. */
interface Connections {
  readonly steps: readonly Action[];
  readonly obstacle: Obstacle | null;
}

const NOTHING_TO_DO: Connections = { steps: [], obstacle: null };

const doing = (...steps: readonly Action[]): Connections => ({ steps, obstacle: null });

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
  for (const one of [{ name: runsOn, state: network }, ...further]) {
    const obstacle = unusable(input, one);
    if (obstacle !== null) return obstacle;
  }
  return null;
}

/** Returns why a network can't be used; null if it can. */
function unusable(input: PlanInput, { name, state }: Pick<FurtherNetwork, 'name' | 'state'>): Obstacle | null {
  if (state === 'foreign') {
    const remedy = isMoved(input) ? 'Remove or rename that network' : 'Choose another name or remove the network';
    const message = `the network ${name} exists on the engine, but this Berth does not manage it. ${remedy}`;
    return pending('NetworkNotManaged', message, 'time');
  }
  if (state === 'missing') {
    const message = `the external network ${name} is not on the engine. Create it there, or declare the network without external`;
    return pending('NetworkMissing', message, 'event');
  }
  return null;
}

/**
 * Returns why a container can't be connected to a network now; null if it can. One that is down takes its addresses when
 * it starts.
 */
function connectObstacle(
  input: PlanInput,
  container: OwnContainer,
  network: Pick<FurtherNetwork, 'name' | 'state'>,
): Obstacle | null {
  const obstacle = unusable(input, network);
  if (obstacle !== null || !isUp(container)) return obstacle;
  const heldClaims = input.heldClaims.filter(({ claim }) => isAddress(claim) && claim.network === network.name);
  return claimObstacle({ heldClaims, failedStart: input.failedStart });
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
export function connectNew(input: PlanInput): readonly Action[] {
  const target: Target = { kind: 'new' };
  const later = input.lacks.severalEndpoints === undefined ? [] : input.further;
  return [
    ...later.map((one) =>
      connect(target, endpointRequest(input, one), 'the engine creates containers with one network'),
    ),
    ...input.kept.map((request) => connect(target, request, KEPT)),
  ];
}

const KEPT = 'keepNetworks keeps what the container was connected to outside Berth';

/**
 * Returns the endpoint of a container on a network; undefined if it has none. Docker 20.10 goes on naming one that it
 * refused to connect to a running container, without an address.
 */
function endpointOn(container: OwnContainer, network: string): Endpoint | undefined {
  const endpoint = container.networks[network];
  const isRefused = hasProcesses(container) && endpoint?.ipAddress === '' && endpoint.fixedAddresses.length > 0;
  return isRefused ? undefined : endpoint;
}

/** Plans the steps on the networks of the wanted container. */
export function planConnections(input: PlanInput, container: OwnContainer): Connections {
  // The engine is about to start it, and connects nothing meanwhile.
  if (container.state === 'restarting') return NOTHING_TO_DO;
  const wanted = new Set([input.runsOn, ...input.further.map(({ name }) => name)]);
  const gone = Object.entries(container.networks).filter(
    ([name, { isOurs }]) => isOurs && !wanted.has(name) && endpointOn(container, name) !== undefined,
  );
  const missing = input.kept.filter(({ network }) => endpointOn(container, network) === undefined);
  const declared = [
    reconnectFirst(input, container),
    ...input.further.map((one) => connectFurther(input, container, one)),
  ];
  const steps = [
    ...gone.map(([name, endpoint]) =>
      disconnect(container, name, endpoint, `the definition no longer names the network ${name}`),
    ),
    ...declared.flatMap((one) => one.steps),
    ...missing.map((request) => connect(existing(container), request, KEPT)),
  ];
  return {
    steps: isUp(container) ? withRoute(input, container, steps) : steps,
    obstacle: declared.find(({ obstacle }) => obstacle !== null)?.obstacle ?? null,
  };
}

/**
 * Connects a running container to its first network again, after it was disconnected, or the network was recreated. One
 * that is down is connected with its next start.
 */
function reconnectFirst(input: PlanInput, container: OwnContainer): Connections {
  const { runsOn: name, network: state } = input;
  const endpoint = endpointOn(container, name);
  if (!isReconnected(input, container)) return NOTHING_TO_DO;
  if (endpoint !== undefined) return doing(...recreated(input, name, endpoint));
  const obstacle = connectObstacle(input, container, { name, state });
  if (obstacle !== null) return { steps: [], obstacle };
  const reason = `it was disconnected from the network ${name}`;
  const step = connect(existing(container), firstRequest(input), reason);
  return doing(...makeNetwork({ name, state }), { ...step, interrupts: true } as Action);
}

/**
 * True if a container is connected again to its first network instead of being replaced. The engine connects nothing
 * while it keeps restarting the container.
 */
export const isReconnected = (input: PlanInput, container: OwnContainer): boolean =>
  hasProcesses(container) && isUserDefined(input.definition.spec.network) && !isMoved(input);

function connectFurther(input: PlanInput, container: OwnContainer, one: FurtherNetwork): Connections {
  const endpoint = endpointOn(container, one.name);
  const remade = endpoint === undefined || !isUp(container) ? [] : recreated(input, one.name, endpoint);
  if (remade.length > 0) return doing(...remade);
  const why = endpoint === undefined ? null : difference(endpoint, one);
  if (endpoint !== undefined && why === null) return NOTHING_TO_DO;
  const reason = why ?? `the definition names the network ${one.name}`;
  const leave = endpoint === undefined ? [] : [disconnect(container, one.name, endpoint, reason)];
  const obstacle = connectObstacle(input, container, one);
  if (obstacle !== null) {
    // Of two that exchange their addresses one has to leave the network first.
    const isReleased = input.releases && standingAt(obstacle) === 'waiting';
    return { steps: isReleased ? leave : [], obstacle };
  }
  return doing(...leave, ...makeNetwork(one), connect(existing(container), endpointRequest(input, one), reason));
}

/** Recreates a network that a container is on, which disconnects the container. */
function recreated({ outdatedNetworks }: PlanInput, name: string, { networkId }: Endpoint): readonly Action[] {
  const reason = outdatedNetworks.get(networkId);
  return reason === undefined ? [] : [{ kind: 'create-network', network: name, reason }];
}

/** Returns the request for the first network. */
function firstRequest({ definition: { name, spec }, runsOn, addresses, links }: PlanInput): EndpointRequest {
  return {
    ...{ network: runsOn, aliases: aliasesOf(name, spec), isFirst: true, isOurs: false },
    addresses: addresses.flatMap((one) => (one.network === runsOn ? one.address : [])),
    links: links.flatMap(({ link, network = runsOn }) =>
      network === runsOn ? { sourceName: link.container, alias: link.alias } : [],
    ),
  };
}

/** Returns why the networks of a running container have to be changed; null if they are as the definition names them. */
export function pendingConnections(input: PlanInput, container: OwnContainer): string | null {
  const { steps, obstacle } = planConnections(input, container);
  return steps[0]?.reason ?? obstacle?.message ?? null;
}

const connect = (target: Target, endpoint: EndpointRequest, reason: string): Action => ({
  ...{ kind: 'connect', target, endpoint, reason },
});

function disconnect(container: OwnContainer, network: string, { networkId }: Endpoint, reason: string): Action {
  const target = existing(container);
  // The engine knows the networks of a container that is down by their names: one that is gone by nothing else.
  if (!isUp(container)) return { kind: 'disconnect', target, network, networkId: '', reason };
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
