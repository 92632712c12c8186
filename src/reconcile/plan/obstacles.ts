/** Pure: the reasons why work on a definition can't go on for now, as obstacles. */

import { FIELD_NAMES } from '../../domain/definition/definition.js';
import { canonicalValue } from '../../domain/definition/diff.js';
import type { HeldPort, Obstacle, PlanInput } from './types.js';
import type { Standing } from './waits.js';

export const pending = (reason: string, message: string, until: Obstacle['until']): Obstacle => ({
  condition: 'Ready',
  reason,
  message,
  until,
});

/** A field that the engine doesn't have, as an obstacle. A field at its default needs no engine that has it. */
export function fieldObstacle({ definition: { spec }, lacks: { fields = {} } }: PlanInput): Obstacle | null {
  const field = FIELD_NAMES.find((name) => fields[name] !== undefined && canonicalValue(name, spec) !== undefined);
  return field === undefined ? null : pending('FieldUnsupported', `${field}: ${fields[field]}`, 'event');
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

/** What a start needs of other definitions, where it can't be had now: the sources of its links, its dependencies. */
export const startObstacle = (input: PlanInput): Obstacle | null => linkObstacle(input) ?? dependencyObstacle(input);

const FATES: Readonly<Record<HeldPort['fate'], string>> = {
  'letting-go': 'which will release it',
  'rolled-back': 'which was rolled back. Correct that definition or declare another port',
  paused: 'which is paused after a restore. Change that definition or the policy, or declare another port',
  orphaned: 'which belongs to no definition. Remove it or declare another port',
  foreign: 'which Berth does not manage. Stop it or declare another port',
};

/** A host port that another container has yet to release, as an obstacle. */
export function portObstacle({
  heldPorts,
  failedStart,
}: Pick<PlanInput, 'heldPorts' | 'failedStart'>): Obstacle | null {
  const held = heldPorts.find(({ fate }) => fate !== 'letting-go') ?? heldPorts[0];
  if (held === undefined) return null;
  const { hostPort, protocol, holder, fate } = held;
  if (fate === 'letting-go' && failedStart !== null) {
    const message = `${failedStart.message}; ${holder} keeps the host port ${hostPort}/${protocol} until this definition is corrected`;
    return { ...failedStart, message, until: 'event' };
  }
  return {
    condition: 'PortsBound',
    reason: fate === 'letting-go' ? 'HostPortChanging' : 'HostPortInUse',
    message: `the host port ${hostPort}/${protocol} is held by the container ${holder}, ${FATES[fate]}`,
    until: 'event',
  };
}

/** A host port that a definition whose change failed needs for its previous container, as an obstacle. */
export function reclaimedPort({ heldPorts }: PlanInput): Obstacle | undefined {
  const reclaimed = heldPorts.filter(({ fate }) => fate === 'rolled-back');
  return reclaimed.length === 0 ? undefined : (portObstacle({ heldPorts: reclaimed, failedStart: null }) ?? undefined);
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
  'SourceChanging',
  'SourceNotRunning',
  'NameChanging',
  'WaitingForDependency',
]);

/** True if the work on other definitions clears away an obstacle of this reason. */
export const isOnOthers = (reason: string): boolean => ON_OTHERS.has(reason);

/** Returns the standing of a definition whose work ended at an obstacle. */
export const standingAt = ({ reason }: Obstacle): Standing => (isOnOthers(reason) ? 'waiting' : 'stuck');
