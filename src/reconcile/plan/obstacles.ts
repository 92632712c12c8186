/** Pure: the reasons why work on a definition can't go on for now, as obstacles. */

import { FIELD_NAMES } from '../../domain/definition/definition.js';
import { canonicalValue } from '../../domain/definition/diff.js';
import { type Claim, isAddress } from '../observe/claims.js';
import type { HeldClaim, Obstacle, PlanInput } from './types.js';
import type { Standing } from './waits.js';

export const pending = (reason: string, message: string, until: Obstacle['until']): Obstacle => ({
  condition: 'Ready',
  reason,
  message,
  until,
});

/** A field that the engine doesn't have, as an obstacle. A field at its default needs no engine that has it. */
export function fieldObstacle({ definition: { spec }, lacks: { fields = {}, subpath } }: PlanInput): Obstacle | null {
  const field = FIELD_NAMES.find((name) => fields[name] !== undefined && canonicalValue(name, spec) !== undefined);
  if (field !== undefined) return pending('FieldUnsupported', `${field}: ${fields[field]}`, 'event');
  const mount = spec.volumes.findIndex((volume) => volume.subpath !== undefined);
  if (subpath === undefined || mount === -1) return null;
  return pending('FieldUnsupported', `volumes/${mount}/subpath: ${subpath}`, 'event');
}

/** A secret that is needed for a new container and can't be had, as an obstacle. */
export function secretObstacle({ unreadableSecrets }: Pick<PlanInput, 'unreadableSecrets'>): Obstacle | null {
  if (unreadableSecrets.length === 0) return null;
  const message = `the key that sealed these secrets is missing, or they are gone: ${unreadableSecrets.join(', ')}. Set them again with PUT /v1/secrets/NAME`;
  return pending('SecretUnreadable', message, 'event');
}

/** A link whose source can't be had now, as an obstacle. */
export function linkObstacle({ links, lacks }: PlanInput): Obstacle | null {
  if (links.length > 0 && lacks.links !== undefined) {
    return { condition: 'LinksResolved', reason: 'LinksUnsupported', message: lacks.links, until: 'event' };
  }
  for (const { link, source } of links) {
    if (source.kind === 'running') continue;
    const message =
      source.kind === 'missing'
        ? `the link source ${link.container} (alias ${link.alias}) is not defined. Create it or remove the link`
        : source.reason === 'SourceChanging'
          ? `waiting for the link source ${link.container}, which is being replaced`
          : `waiting for the link source ${link.container}, which is not running`;
    const reason = source.kind === 'missing' ? 'SourceMissing' : source.reason;
    return { condition: 'LinksResolved', reason, message, until: 'event' };
  }
  return null;
}

/** A dependency that doesn't meet its condition, as an obstacle; one that needs a person comes first. */
export function dependencyObstacle({ dependencies }: Pick<PlanInput, 'dependencies'>): Obstacle | null {
  let awaited: Obstacle | null = null;
  for (const { dependency, state } of dependencies) {
    if (state.kind === 'met') continue;
    if (state.kind === 'waiting' || state.kind === 'changing') {
      awaited ??= pending('WaitingForDependency', state.message, 'event');
    } else if (dependency.required) {
      const reason = state.kind === 'missing' ? 'DependencyMissing' : 'DependencyNotReady';
      return pending(reason, state.message, 'event');
    }
  }
  return awaited;
}

/** Returns the obstacle of a start that waits for other definitions: sources of its links, or dependencies. */
export const startObstacle = (input: PlanInput): Obstacle | null => linkObstacle(input) ?? dependencyObstacle(input);

const HANDLINGS: Readonly<Record<HeldClaim['handling'], string>> = {
  'letting-go': 'which will release it',
  'rolled-back': 'which was rolled back. Correct that definition or declare another',
  paused: 'which is paused after a restore. Change that definition or the policy, or declare another',
  orphaned: 'which belongs to no definition. Remove it or declare another',
  adopted: 'which was adopted with it. Change that definition or declare another',
  foreign: 'which Berth does not manage. Stop it or declare another',
};

/** Texts and reasons by the kind of a claim. */
const PORT = { condition: 'PortsBound', noun: 'port', changing: 'HostPortChanging', inUse: 'HostPortInUse' } as const;
const ADDRESS = { condition: 'Ready', noun: 'address', changing: 'AddressChanging', inUse: 'AddressInUse' } as const;

const textOf = (claim: Claim): string =>
  isAddress(claim)
    ? `the address ${claim.address} on ${claim.network}`
    : `the host port ${claim.hostPort}/${claim.protocol}`;

/** A host port or an address that another container has yet to release, as an obstacle. */
export function claimObstacle({
  heldClaims,
  failedStart,
}: Pick<PlanInput, 'heldClaims' | 'failedStart'>): Obstacle | null {
  const held = heldClaims.find(({ handling }) => handling !== 'letting-go') ?? heldClaims[0];
  if (held === undefined) return null;
  const { claim, holder, handling } = held;
  if (handling === 'letting-go' && failedStart !== null) {
    const message = `${failedStart.message}; ${holder} keeps ${textOf(claim)} until this definition is corrected`;
    return { ...failedStart, message, until: 'event' };
  }
  const { condition, noun, changing, inUse } = isAddress(claim) ? ADDRESS : PORT;
  const remedy = handling === 'letting-go' ? '' : ` ${noun}`;
  return {
    condition,
    reason: handling === 'letting-go' ? changing : inUse,
    message: `${textOf(claim)} is held by the container ${holder}, ${HANDLINGS[handling]}${remedy}`,
    until: 'event',
  };
}

/** True if a definition waits for a host port or an address. */
export const isOverClaim = ({ reason }: Obstacle): boolean => CLAIM_REASONS.has(reason);
const CLAIM_REASONS: ReadonlySet<string> = new Set([PORT, ADDRESS].flatMap(({ changing, inUse }) => [changing, inUse]));

/** Returns the obstacle that keeps a definition whose change failed from its previous container. */
export function reclaimedClaim({ heldClaims }: PlanInput): Obstacle | undefined {
  const reclaimed = heldClaims.filter(({ handling }) => handling === 'rolled-back');
  if (reclaimed.length === 0) return undefined;
  return claimObstacle({ heldClaims: reclaimed, failedStart: null }) ?? undefined;
}

/** A container on the definition's name that isn't its own, as an obstacle. */
export function nameObstacle({ nameHolder }: PlanInput): Obstacle | null {
  if (nameHolder === null) return null;
  const { id, name, isOurs } = nameHolder;
  if (isOurs === true) {
    const message = `waiting for the name ${name}, which another definition's container (${id.slice(0, 12)}) still has`;
    return pending('NameChanging', message, 'event');
  }
  const message = `the name ${name} is taken by a container (${id.slice(0, 12)}) that does not belong to this definition. Rename or remove it`;
  return pending('NameTaken', message, 'event');
}

/** Reasons of obstacles that the work on other definitions clears away. */
const ON_OTHERS: ReadonlySet<string> = new Set([
  'HostPortChanging',
  'AddressChanging',
  'SourceChanging',
  'SourceNotRunning',
  'NameChanging',
  'WaitingForDependency',
]);

/** True if the work on other definitions clears away an obstacle of this reason. */
export const isOnOthers = (reason: string): boolean => ON_OTHERS.has(reason);

/** Returns the standing of a definition whose work ended at an obstacle. */
export const standingAt = ({ reason }: Obstacle): Standing => (isOnOthers(reason) ? 'waiting' : 'stuck');
