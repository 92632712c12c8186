/** Pure: decides which container of a definition is serving, which one is wanted, and why the others are not. */

import { createHash } from 'node:crypto';
import type { Definition, Reservation } from '../../domain/definition/definition.js';
import { barsUpdates } from '../../domain/definition/diff.js';
import { UNLIMITED } from '../../domain/definition/fields/limits.js';
import { LINKS_NETWORK } from '../../domain/links/links.js';
import { isNetworkMode } from '../../domain/networks/network-mode.js';
import { publishedClaims } from '../../domain/ports/host-network.js';
import { isUp } from '../../engine/container-state.js';
import { ENGINE_RESTART_POLICY, engineRestartPolicy, runsHeld } from '../../engine/restart-policy.js';
import { bindingsOf } from '../observe/bindings.js';
import type { OwnContainer } from '../observe/observed-state.js';
import { environmentOf, isMoved, type Linking, staleness } from './link-state.js';
import { isReconnected } from './networks/connections.js';
import { sharesAnother } from './networks/shared-network.js';
import type { PlanInput } from './types.js';

/** The reason of a step that gives a container its definition's name. */
export const WRONG_NAME = "its name differs from its definition's";

/** The name that a container has while its replacement is tried. */
export const retiredName = (container: OwnContainer): string =>
  `${container.owner?.name ?? 'container'}.retired-${container.id.slice(0, 12)}`;

export const isRetired = (container: OwnContainer): boolean => container.name === retiredName(container);

/**
 * Returns the best of several containers: up before down, under its own name before retired, started before never
 * started.
 */
export function bestCandidate(containers: readonly OwnContainer[]): OwnContainer | undefined {
  const rank = (c: OwnContainer): number =>
    (isUp(c) ? 4 : 0) + (c.name === c.owner?.name ? 2 : 0) + (c.startedAt === null ? 0 : 1);
  return [...containers].sort((a, b) => rank(b) - rank(a))[0];
}

/** Returns how a container differs from the wanted one; empty if it is that one. */
export function differences(
  input: PlanInput,
  container: OwnContainer,
  environment: () => readonly string[] | null,
): readonly string[] {
  const { definition, hash } = input;
  if (container.state === 'dead') return ['the engine reports the container as dead'];
  if (container.owner?.hash !== hash) {
    return [outdated(container, definition)];
  }
  const another = sharesAnother(input, container);
  if (another !== null) return [another];
  const astray = elsewhere(input, container) ?? misplacedOn({ addresses: addressesOf(input, container) }, container);
  if (astray !== null) return [astray];
  // The engine picks new host ports at each start for a container that was created without fixed ones.
  const isBound = ({ hostPort, protocol }: Reservation): boolean =>
    bindingsOf(container).at(protocol, hostPort).length > 0;
  const published = publishedClaims(definition.spec, input.reserved);
  if (container.isAdopted && container.state === 'running' && !published.every(isBound)) {
    return ['the engine started it with different host ports'];
  }
  const fixed = fixedLimits(input);
  if (fixed !== undefined && container.owner?.generation !== definition.generation) {
    const reason = changedLimits(container, definition);
    if (reason !== null) return [`${reason} differ, and ${fixed}`];
  }
  if (removedLimit(container, definition)) return ['removing a limit requires a new container'];
  const lost = isUp(container) ? undefined : input.stranded.get(container.id);
  if (lost !== undefined) return [lost];
  if (definition.spec.onLinkChange === 'ignore' && isUp(container)) return [];
  return staleness(container, input, environment);
}

/** Returns why limits can't change in place: the engine can't, or the container would lose something. */
const fixedLimits = ({ lacks, definition }: Pick<PlanInput, 'lacks' | 'definition'>): string | undefined =>
  lacks.updates ?? barsUpdates(definition.spec);

/**
 * Returns why a container is not on the network that it is to run on; null if it is. One that is down may not show its
 * network before its first start.
 */
function elsewhere(input: PlanInput, { networks, ...container }: OwnContainer): string | null {
  const { definition, runsOn, links } = input;
  if (networks[runsOn] !== undefined || isNetworkMode(runsOn)) return null;
  if (isReconnected(input, { networks, ...container })) return null;
  if (isMoved({ definition, runsOn })) {
    const why = links.length > 0 ? 'its links' : 'the containers that link to it';
    return `moves from the default bridge to the network ${runsOn} with ${why}`;
  }
  const isMovedBack = networks[LINKS_NETWORK] !== undefined;
  return isUp(container) || isMovedBack ? `not attached to the network ${runsOn}` : null;
}

/** The addresses that a container has to be created with. A network that is recreated gives it its own while it runs. */
function addressesOf(input: PlanInput, { networks }: OwnContainer): PlanInput['addresses'] {
  const { addresses, runsOn, outdatedNetworks } = input;
  const endpoint = networks[runsOn];
  if (endpoint === undefined || outdatedNetworks.has(endpoint.networkId)) return [];
  return addresses.filter(({ network }) => network === runsOn);
}

/**
 * Returns why a container does not have the addresses that are reserved for it; null if it has them. An adopted one
 * keeps those that it came with.
 */
export function misplacedOn(
  { addresses }: Pick<PlanInput, 'addresses'>,
  { networks, isAdopted }: OwnContainer,
): string | null {
  if (isAdopted) return null;
  const wrong = addresses.find(
    ({ network, address }) => networks[network] !== undefined && !networks[network].fixedAddresses.includes(address),
  );
  return wrong === undefined ? null : `its address on the network ${wrong.network} is not ${wrong.address}`;
}

/** Says that a container was created from other settings than its definition has now. */
function outdated({ owner }: OwnContainer, { generation, spec, resolution }: Definition): string {
  if (resolution?.previous?.generation === generation && owner?.generation !== generation) {
    return `the image ${spec.image} is updated to ${resolution.digest}`;
  }
  return owner?.generation === generation
    ? `created for generation ${generation} with different settings or host ports`
    : `created for generation ${owner?.generation}, but the definition is at generation ${generation}`;
}

/** The engine's update can't take a limit away again: zero means "leave it". */
function removedLimit(container: OwnContainer, { spec }: Definition): boolean {
  const { memoryBytes, cpus } = spec.resources;
  return (memoryBytes === undefined && container.memoryBytes !== 0) || (cpus === undefined && container.nanoCpus !== 0);
}

/**
 * The container to go back to when the wanted one can't serve: of several the retired one, since it is kept only until
 * its replacement has proved itself.
 *
 * @param except the one that is wanted
 */
export function findPrevious(
  { own, stranded }: Pick<PlanInput, 'own' | 'stranded'>,
  except: OwnContainer | undefined,
): OwnContainer | undefined {
  const served = own.filter(
    (one) =>
      one !== except &&
      one.startedAt !== null &&
      one.state !== 'dead' &&
      one.state !== 'removing' &&
      (isUp(one) || !stranded.has(one.id)),
  );
  return bestCandidate(served.filter(isRetired)) ?? bestCandidate(served);
}

/** The name of a container that was moved off another definition's name, until its own is free. */
export const displacedName = (container: OwnContainer): string =>
  `${container.owner?.name ?? 'container'}.displaced-${container.id.slice(0, 12)}`;

/** True if a running container may replace the previous one. The loop checks that it has run for a while. */
export const hasProvedItself = ({ state, health }: OwnContainer): boolean =>
  state === 'running' && (health === 'none' || health === 'healthy');

/** Identifies the container that is wanted by everything it is made from, including its links as they are now. */
export function rolloutKey(
  input: Linking & Pick<PlanInput, 'hash' | 'lacks'>,
  environment: readonly string[] | null = environmentOf(input),
): string {
  const sources = input.links.map(({ source }) => (source.kind === 'running' ? source.container.id : source.kind));
  const links = createHash('sha256')
    .update(JSON.stringify([sources, environment ?? [], ...(isMoved(input) ? [input.runsOn] : [])]))
    .digest('hex');
  // A container that is replaced only for its limits keeps its hash.
  return fixedLimits(input) === undefined
    ? `${input.hash} ${links}`
    : `${input.hash} ${links} ${input.definition.generation}`;
}

/**
 * Returns why the wanted container is not tried again; null if it may be. A failed replacement is not repeated while
 * its key stays the same; if going back would be impossible, not even after its links have changed.
 *
 * @param key returns the {@link rolloutKey} of the wanted container
 */
export function abandonedReason(
  {
    failedReplacement: failed,
    hash,
    own,
    stranded,
  }: Pick<PlanInput, 'hash' | 'own' | 'failedReplacement' | 'stranded'>,
  key: () => string,
): string | null {
  if (failed === null) return null;
  if (failed.key === key()) return failed.message;
  const sameDefinition = failed.key.startsWith(`${hash} `);
  return sameDefinition && own.some((one) => isUp(one) && stranded.has(one.id)) ? failed.message : null;
}

/** A restart policy, of a definition or of a container. */
interface Restarts {
  readonly restartPolicy: string;
  readonly restartMaxRetries?: number;
}

/**
 * True if a container that is down stays down by a restart policy, the definition's or its own: it has done its work, or has
 * failed as often as it may.
 */
export function ranToItsEnd(container: OwnContainer, { restartPolicy, restartMaxRetries = 0 }: Restarts): boolean {
  if (container.startedAt === null || container.state !== 'exited') return false;
  if (restartPolicy !== 'on-failure') return restartPolicy === 'no';
  // Rule: moby, `restartmanager.ShouldRestart`.
  return container.exitCode === 0 || (restartMaxRetries > 0 && container.restartCount >= restartMaxRetries);
}

/** True if a container that is up has failed: it crashes again and again, or its health check fails. */
export const hasFailed = ({ state, health }: OwnContainer): boolean => state === 'restarting' || health === 'unhealthy';

/** The policy by which a container is restarted: its own, or the declared one where Berth applies that. */
export const restartsOf = ({ spec }: Definition, container: OwnContainer): Restarts =>
  runsHeld(spec) && container.restartPolicy === 'no' ? spec : container;

/**
 * Returns which limits of a running container have to be updated; null if none, or if another try would change nothing.
 */
export function pendingUpdate(input: PlanInput, current: OwnContainer): string | null {
  const { definition, lastUpdate } = input;
  if (fixedLimits(input) !== undefined || updateKey(current, definition) === lastUpdate) return null;
  const changed = changedLimits(current, definition);
  return changed === null ? null : `${changed} differ and can be updated without a restart`;
}

function changedLimits(current: OwnContainer, { spec, generation }: Definition): string | null {
  const { memoryBytes, cpus, pids } = spec.resources;
  // An adopted container stays as it is until its definition changes.
  const isAsAdopted = current.isAdopted && current.owner?.generation === generation;
  const meansAlways = isAsAdopted && spec.restartPolicy === 'always' && current.restartPolicy === 'always';
  const isUnlimited = isAsAdopted && current.pids <= 0;
  const changed = [
    ...(meansAlways || current.restartPolicy === ENGINE_RESTART_POLICY[engineRestartPolicy(spec)]
      ? []
      : ['restartPolicy']),
    ...(current.restartMaxRetries === (spec.restartMaxRetries ?? 0) ? [] : ['restartMaxRetries']),
    ...(memoryBytes === undefined || current.memoryBytes === memoryBytes ? [] : ['memoryBytes']),
    ...(cpus === undefined || current.nanoCpus === Math.round(cpus * 1e9) ? [] : ['cpus']),
    ...(isUnlimited || current.pids === pids || (pids === UNLIMITED && current.pids <= 0) ? [] : ['pids']),
  ];
  return changed.length === 0 ? null : changed.join(', ');
}

/** An engine without the kernel's support for a limit takes an update and keeps what it had. */
export function updateKey(current: OwnContainer, { spec }: Definition): string {
  const has = [current.id, current.restartPolicy, current.restartMaxRetries];
  const limits = [current.memoryBytes, current.nanoCpus, current.pids];
  return JSON.stringify([has, limits, engineRestartPolicy(spec), spec.restartMaxRetries, spec.resources]);
}
