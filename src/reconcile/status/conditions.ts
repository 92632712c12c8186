/** Pure: the conditions of a definition, from what is desired, what is observed, and how the last attempt ended. */

import type { Condition, ConditionStatus, ConditionType } from '../../domain/definition/condition.js';
import type { Definition, PortMapping } from '../../domain/definition/definition.js';
import type { RolledBackUpdate } from '../../domain/images/image-resolution.js';
import { undoneUpdate } from '../../domain/images/resolution.js';
import type { UpdateFinding } from '../../domain/images/update-check.js';
import { hasStableAddresses, type Network } from '../../domain/networks/network.js';
import { collide } from '../../domain/ports/conflicts.js';
import { isOnHostNetwork } from '../../domain/ports/host-network.js';
import { isLoopback, isUnspecified, joinHostPort } from '../../domain/ports/ip.js';
import { hasProcesses } from '../../engine/container-state.js';
import { listed } from '../../lib/sentence.js';
import { bindingsOf } from '../observe/bindings.js';
import type { EngineState, OwnContainer } from '../observe/observed-state.js';
import type { HostsState } from '../plan/link-hosts.js';
import type { LinkState } from '../plan/link-state.js';
import type { RouteFinding } from '../plan/networks/default-route.js';
import { HELD } from '../plan/restore-hold.js';
import type { Obstacle } from '../plan/types.js';
import { namesUnique, type SharedName } from './shared-names.js';

/** Result of the last attempt on a definition, with the obstacle or failure if there was one. */
export type Attempt =
  | { readonly kind: 'none' }
  | { readonly kind: 'working'; readonly action: string }
  | { readonly kind: 'obstacle'; readonly obstacle: Obstacle }
  | {
      readonly kind: 'failed';
      readonly condition: Obstacle['condition'];
      readonly reason: string;
      readonly message: string;
      /** True if the state of the container is unknown after it. */
      readonly unknown?: boolean;
    };

export interface ConditionInput {
  readonly definition: Definition;
  readonly engine: EngineState;
  /** True if a complete picture of the engine was had since it was last reached. */
  readonly complete: boolean;
  /** The current container of the definition, if any. */
  readonly container: OwnContainer | undefined;
  /** Reasons why that container is not the one that is wanted; empty if it is. */
  readonly differences: readonly string[];
  /** Update, or change of its networks, that is still to be made while it runs; null if none. */
  readonly update: string | null;
  /** The host ports that it should have. */
  readonly bindings: readonly PortMapping[];
  /** The network that its container is made on. */
  readonly runsOn: string;
  readonly links: readonly LinkState[];
  /** The user-defined networks that it is on; by default none. */
  readonly networks?: readonly Network[];
  /** Networks that the container was connected to outside Berth; by default none. */
  readonly attached?: readonly string[];
  /** Network of the default route, for a definition on several networks. */
  readonly route?: RouteFinding | undefined;
  /** Reasons why its links are no longer true; empty if they are. */
  readonly stale: readonly string[];
  /** State of its links in `/etc/hosts`. */
  readonly hosts: HostsState;
  readonly attempt: Attempt;
  /** Names on its network that definitions of other sets have too; by default none. */
  readonly shared?: readonly SharedName[];
  /** Message about steps that are held back after a restore, with the remedy; null if none are. */
  readonly held: string | null;
  /** The host ports that lead nowhere by the last port check of this run of the container; null if none does. */
  readonly unreachable: string | null;
  /** Result of comparing its tag with the registry; undefined where the tag isn't checked. */
  readonly imageUpdate?: UpdateFinding | undefined;
}

/** Condition reason after a named volume had vanished. */
export const VOLUME_RECREATED = 'VolumeRecreated';

/** Names volumes that had vanished, for a person. */
export const volumesText = (names: readonly string[]): string =>
  names.length === 1
    ? `the volume ${names[0]} was missing, and the engine created an empty one`
    : `the volumes ${listed(names)} were missing, and the engine created empty ones`;

type Finding = Omit<Condition, 'type' | 'lastTransitionTime'>;

const finding = (status: ConditionStatus, reason: string, message = ''): Finding => ({ status, reason, message });

/** Returns the conditions in the order in which they are shown. The caller adds the times. */
export function findConditions(input: ConditionInput): readonly (Finding & { readonly type: ConditionType })[] {
  const names = namesUnique(input.definition, input.shared ?? []);
  return [
    { type: 'Ready', ...ready(input) },
    { type: 'ImageAvailable', ...imageAvailable(input) },
    { type: 'PortsBound', ...portsBound(input) },
    { type: 'LinksResolved', ...linksResolved(input) },
    ...linksDeprecated(input),
    ...(names === undefined ? [] : [{ type: 'NamesUnique' as const, ...names }]),
    ...volumesKept(input),
    ...addressesStable(input),
    ...networksKept(input),
    ...(input.route === undefined ? [] : [{ type: 'DefaultRoute' as const, ...input.route }]),
    ...fieldsApplied(input),
    ...imageUpdate(input),
    { type: 'Exposed', ...exposed(input) },
    { type: 'EngineReachable', ...engineReachable(input) },
  ];
}

/** Returns a condition if the definition's tag is checked in its registry. */
function imageUpdate({
  imageUpdate: found,
}: ConditionInput): readonly (Finding & { readonly type: 'ImageUpdateAvailable' })[] {
  return found === undefined
    ? []
    : [{ type: 'ImageUpdateAvailable', ...finding(found.status, found.reason, found.message) }];
}

/** Returns a condition if the engine announces the end of the links that the definition has. */
function linksDeprecated({
  engine: { version },
  runsOn,
  links,
}: ConditionInput): readonly (Finding & { readonly type: 'LinksDeprecated' })[] {
  if (version?.bridgeLinks !== 'deprecated' || runsOn !== 'bridge' || links.length === 0) return [];
  const message = `Docker ${version.version} announces that version 30 removes links on the default bridge. Move them at a time of your choice with POST /v1/migrate/links (with dryRun=true it shows the steps); otherwise Berth moves them when the engine is upgraded`;
  return [{ type: 'LinksDeprecated', ...finding('True', 'EngineRemovesLinks', message) }];
}

/** Returns a condition if a network of the definition was made by a version of Berth that reserved no addresses. */
function addressesStable({
  networks = [],
}: ConditionInput): readonly (Finding & { readonly type: 'AddressesStable' })[] {
  const legacy = networks
    .filter((one) => one.spec.external !== true && !hasStableAddresses(one))
    .map(({ name }) => name);
  if (legacy.length === 0) return [];
  const message = `an earlier version of Berth made ${listed(legacy)}, where the engine chooses addresses; PUT /v1/networks/${legacy[0]}?recreate=true makes them stable and interrupts each container on the network once`;
  return [{ type: 'AddressesStable', ...finding('False', 'NetworkOfEarlierVersion', message) }];
}

/** Returns a condition if the container was connected to networks outside Berth: a replacement may drop them. */
function networksKept({
  attached = [],
  definition: { spec },
}: ConditionInput): readonly (Finding & { readonly type: 'NetworksKept' })[] {
  if (attached.length === 0) return [];
  const what = `the container was connected to ${listed(attached)} outside Berth`;
  if (spec.keepNetworks === true) {
    return [{ type: 'NetworksKept', ...finding('True', 'Kept', `${what}; a replacement keeps that`) }];
  }
  const message = `${what}; a replacement drops that. Add to networks what the container needs, or set keepNetworks`;
  return [{ type: 'NetworksKept', ...finding('False', 'AttachedOutside', message) }];
}

/** Returns a condition if the engine leaves a part of the definition without effect. */
function fieldsApplied({
  definition: { spec },
  engine: { version },
}: ConditionInput): readonly (Finding & { readonly type: 'FieldsApplied' })[] {
  const { startInterval } = version?.lacks ?? {};
  if (startInterval === undefined || spec.healthcheck?.startIntervalSeconds === undefined) return [];
  const message = `healthcheck.startIntervalSeconds has no effect: ${startInterval}`;
  return [{ type: 'FieldsApplied', ...finding('False', 'NotSupportedByEngine', message) }];
}

/** Returns a condition if the engine has made named volumes again, empty; it lasts as long as that container. */
function volumesKept({ container }: ConditionInput): readonly (Finding & { readonly type: 'VolumesKept' })[] {
  const lost = container?.owner?.recreatedVolumes ?? [];
  if (lost.length === 0) return [];
  const message = `${volumesText(lost)}. Restore the data; the next container of this definition clears this condition`;
  return [{ type: 'VolumesKept', ...finding('False', VOLUME_RECREATED, message) }];
}

const isKnown = ({ engine, complete }: ConditionInput): boolean => engine.reachable && complete;

const unknown = ({ engine }: ConditionInput): Finding =>
  engine.reachable
    ? finding('Unknown', 'NotObservedYet', 'the engine has not been observed yet')
    : finding('Unknown', engine.reason === 'EngineUnsupported' ? engine.reason : 'EngineUnreachable', engine.message);

function engineReachable({ engine }: ConditionInput): Finding {
  return finding(engine.reachable ? 'True' : 'False', engine.reason, engine.message);
}

/** Returns the finding of the last attempt about one aspect, if it failed there. */
function inTheWay({ attempt }: ConditionInput, type: Obstacle['condition']): Finding | undefined {
  if (attempt.kind === 'obstacle' && attempt.obstacle.condition === type) {
    return finding('False', attempt.obstacle.reason, attempt.obstacle.message);
  }
  if (attempt.kind === 'failed' && attempt.condition === type) {
    return finding(attempt.unknown ? 'Unknown' : 'False', attempt.reason, attempt.message);
  }
  return undefined;
}

function ready(input: ConditionInput): Finding {
  const { definition, container, differences, attempt } = input;
  if (!isKnown(input)) return unknown(input);
  if (input.held !== null) return finding('False', HELD, input.held);
  if (definition.deletionRequestedAt !== null) {
    return inTheWay(input, 'Ready') ?? finding('False', 'Deleting', 'the container is being removed');
  }
  const obstacle = inTheWay(input, 'Ready');
  if (definition.spec.state === 'stopped') {
    if (obstacle !== undefined) return obstacle;
    const isDown = container === undefined || !hasProcesses(container);
    return finding('False', isDown ? 'Stopped' : 'Stopping', isDown ? 'stopped as requested' : '');
  }
  if (obstacle !== undefined) return obstacle;
  const withoutImage = inTheWay(input, 'ImageAvailable');
  if (container?.state === 'running' && differences.length > 0 && withoutImage?.status === 'False') {
    const why = `generation ${definition.generation} failed to start (${withoutImage.message})`;
    return finding(
      'False',
      'RolledBack',
      `${why}; the previous container keeps running. Correct the definition or the image`,
    );
  }
  if (container?.state === 'running' && differences.length === 0) {
    if (input.update !== null) return finding('False', 'Updating', input.update);
    const undone = undoneUpdate(definition);
    if (undone !== undefined) return finding('False', 'RolledBack', undoneText(undone));
    return aliases(input) ?? health(container);
  }
  if (attempt.kind === 'working') return finding('False', 'Progressing', attempt.action);
  if (attempt.kind === 'obstacle') return finding('False', attempt.obstacle.reason, attempt.obstacle.message);
  if (attempt.kind === 'failed') return finding('False', attempt.reason, attempt.message);
  if (container === undefined) return finding('False', 'Pending', 'the container has not been created yet');
  if (differences.length > 0) return finding('False', 'Outdated', differences.join('; '));
  return finding('False', 'NotRunning', container.error || `the container is ${container.state}`);
}

const undoneText = ({ digest, message }: RolledBackUpdate): string =>
  `the update of its image to ${digest} failed (${message}); the previous image runs again. Berth waits until the tag moves on; any change of the definition clears this`;

/**
 * Returns why a container that runs as wanted is not ready: its links are missing from `/etc/hosts`, or were not looked
 * up yet.
 */
function aliases(input: ConditionInput): Finding | undefined {
  const { fault, isHidden, isUnreadInRun } = input.hosts;
  // The definition mounts a file there, and its author has to fill it.
  if (fault !== null && !isHidden) return finding('False', fault.reason, faultText(input));
  return isUnreadInRun ? (inTheWay(input, 'LinksResolved') ?? HOSTS_NOT_READ) : undefined;
}

const HOSTS_NOT_READ = finding('Unknown', 'HostsNotReadYet', 'the links have not been looked up in /etc/hosts yet');

const faultText = ({ hosts: { fault, isHidden } }: ConditionInput): string =>
  isHidden
    ? `${fault?.message}. The definition mounts a volume there: correct the file or remove the volume`
    : `${fault?.message}. Berth restarts the container to correct it`;

function health(container: OwnContainer): Finding {
  if (container.health === 'starting') return finding('False', 'HealthStarting', 'its health check has not passed yet');
  if (container.health === 'unhealthy') return finding('False', 'Unhealthy', 'its health check fails');
  return finding('True', container.health === 'healthy' ? 'Healthy' : 'Running');
}

function imageAvailable(input: ConditionInput): Finding {
  const obstacle = inTheWay(input, 'ImageAvailable');
  if (obstacle !== undefined) return obstacle;
  if (input.container?.owner?.generation === input.definition.generation) return finding('True', 'Present');
  if (input.container !== undefined && input.differences.length === 0) return finding('True', 'Present');
  if (!isKnown(input)) return unknown(input);
  return finding('Unknown', 'NotAskedYet', 'the image is checked when a container is created');
}

const ON_HOST_NETWORK = finding(
  'True',
  'HostNetwork',
  "on the host's network the process opens its ports itself: Berth keeps those under expose from other definitions",
);

function portsBound(input: ConditionInput): Finding {
  const { bindings, container } = input;
  const obstacle = inTheWay(input, 'PortsBound');
  if (obstacle !== undefined) return obstacle;
  if (isOnHostNetwork(input.definition.spec)) return ON_HOST_NETWORK;
  if (bindings.length === 0 && !input.definition.spec.publishAll) return finding('True', 'NothingToBind');
  if (!isKnown(input)) return unknown(input);
  if (container === undefined || container.state !== 'running') {
    return finding('False', 'NotRunning', 'the container is not running, so no ports are bound');
  }
  const bound = bindingsOf(container);
  const unbound = bindings.filter(({ hostIp, hostPort = 0, protocol, containerPort }) =>
    bound
      .at(protocol, hostPort)
      .every((one) => one.containerPort !== containerPort || !collide({ hostIp, hostPort, protocol }, one)),
  );
  if (unbound.length === 0 && input.unreachable !== null) {
    return finding('False', 'PortUnreachable', input.unreachable);
  }
  if (unbound.length === 0) return finding('True', 'Bound');
  const names = unbound.map((b) => `${b.hostPort}/${b.protocol}`);
  return finding('False', 'NotBound', `host ports not bound: ${listed(names)}`);
}

function linksResolved(input: ConditionInput): Finding {
  const { links, stale, container } = input;
  if (links.length === 0) return finding('True', 'NoLinks');
  const obstacle = inTheWay(input, 'LinksResolved');
  if (obstacle !== undefined) return obstacle;
  if (!isKnown(input)) return unknown(input);
  const missing = links.find(({ source }) => source.kind === 'missing');
  if (missing !== undefined) {
    return finding(
      'False',
      'SourceMissing',
      `the link source ${missing.link.container} is not defined. Create it or remove the link`,
    );
  }
  const waiting = links.find(({ source }) => source.kind === 'waiting');
  if (waiting?.source.kind === 'waiting') {
    return finding(
      'False',
      waiting.source.reason,
      `the link source ${waiting.link.container} is not running or is being replaced`,
    );
  }
  if (container === undefined) return finding('False', 'Pending', 'the container has not been created yet');
  if (!hasProcesses(container)) {
    return finding('False', 'NotRunning', 'the container is not running, so its links are not resolved');
  }
  if (stale.length > 0) return finding('False', 'Stale', stale.join('; '));
  if (input.hosts.fault !== null) return finding('False', input.hosts.fault.reason, faultText(input));
  if (input.hosts.isUnread) return HOSTS_NOT_READ;
  return finding('True', 'Resolved');
}

const OPEN_TO_ALL =
  "on the host's network: every port that the process opens on all addresses can be reached from outside, as far as the host's firewall allows it";

/**
 * True if ports can be reached from outside the host: engines forward published ports before the host's own firewall
 * rules are asked. It describes the container that is there, which may be one of an older generation, and stays over a
 * stop: it is no fault of the container's.
 */
function exposed(input: ConditionInput): Finding {
  const { container, differences, definition } = input;
  if (isOnHostNetwork(definition.spec)) return finding('True', 'HostNetwork', OPEN_TO_ALL);
  const isAsDeclared = container === undefined || differences.length === 0;
  const bindings: readonly PortMapping[] = isAsDeclared ? input.bindings : container.bindings;
  if (bindings.length > 0 && container?.startedAt == null && isKnown(input)) {
    return finding('False', 'NotStarted', 'the container has not started, so nothing is published');
  }
  if (bindings.length === 0) {
    const isOpen = definition.spec.publishAll && (container === undefined || differences.length > 0);
    if (isOpen) return finding('Unknown', 'ImageNotSeenYet', 'the published ports are known once the image is there');
    return finding('False', 'NothingPublished');
  }
  // Thousands of ports share a few addresses.
  const addresses = [...new Set(bindings.map(({ hostIp }) => hostIp))];
  const local = new Set(addresses.filter((hostIp) => hostIp !== undefined && isLoopback(hostIp)));
  const outside = bindings.filter(({ hostIp }) => !local.has(hostIp));
  if (outside.length === 0) return finding('False', 'LoopbackOnly');
  const open = new Set(addresses.filter((hostIp) => hostIp === undefined || isUnspecified(hostIp)));
  const everywhere = outside.filter(({ hostIp }) => open.has(hostIp));
  if (everywhere.length > 0) {
    const ports = listed([...new Set(everywhere.map((one) => `${one.hostPort}/${one.protocol}`))]);
    const message = `published on all interfaces, bypassing the host firewall: ${ports}. Bind to 127.0.0.1 for local access only`;
    return finding('True', 'AllInterfaces', message);
  }
  const ports = listed(outside.map((one) => `${joinHostPort(one.hostIp ?? '', one.hostPort ?? '')}/${one.protocol}`));
  return finding('True', 'NamedAddresses', `published on ${ports}, bypassing the host firewall`);
}
