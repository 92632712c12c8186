/** Pure: decides whether the dependencies of a definition meet their conditions, as every start by Berth requires. */

import type { Definition, Dependency } from '../../domain/definition/definition.js';
import { isActive, type Run } from '../../domain/jobs/run.js';
import { dependenciesOf } from '../../domain/links/start-order.js';
import { networkOwner } from '../../domain/networks/network-mode.js';
import { isUp } from '../../engine/container-state.js';
import type { OwnContainer } from '../observe/observed-state.js';
import { bestCandidate, ranToItsEnd } from './candidates.js';
import type { DependencyFinding, DependencyState } from './types.js';
import type { Wait } from './waits.js';

/** Facts that the dependencies of a definition are judged by. */
interface Facts {
  readonly byName: (name: string) => Definition | undefined;
  readonly ownOf: (uid: string) => readonly OwnContainer[];
  readonly runsOf: (uid: string) => readonly Run[];
  readonly hashOf: (definition: Definition) => string;
  /** True if a running container is about to be replaced or restarted. */
  readonly isChanging: (container: OwnContainer, definition: Definition) => boolean;
  /** True if a change of the definition takes long, or can't be made as things are. */
  readonly isStuck: (definition: Definition) => boolean;
  /** True if something other than another definition keeps it from running, and no work on it is under way. */
  readonly isHeldUp: (definition: Definition) => boolean;
}

/** Finds the dependencies of definitions. */
export interface Dependencies {
  /** The dependencies as they are. */
  found(definition: Definition): readonly DependencyFinding[];
  /** The dependencies as they count for a start: a change that is stuck is not waited for, nor what needn't be met. */
  counted(definition: Definition): readonly DependencyFinding[];
}

export function createDependencies({
  byName,
  ownOf,
  runsOf,
  hashOf,
  isChanging,
  isStuck,
  isHeldUp,
}: Facts): Dependencies {
  function awaitedBy({ container }: Dependency): Awaited | undefined {
    const definition = byName(container);
    if (definition === undefined || definition.deletionRequestedAt !== null) return undefined;
    const { uid } = definition;
    return {
      ...{ definition, own: ownOf(uid), runs: runsOf(uid), hash: hashOf(definition) },
      isChanging: (one) => isChanging(one, definition),
    };
  }

  const found = ({ spec }: Definition): readonly DependencyFinding[] =>
    dependenciesOf(spec).map((dependency) => {
      const isOwner = networkOwner(spec.network) === dependency.container;
      return { dependency, state: dependencyState(dependency, awaitedBy(dependency), isOwner) };
    });

  /** State of a dependency as it counts for a start. */
  function stateFor({ dependency: { container, required }, state }: DependencyFinding): DependencyState {
    const awaited = byName(container);
    if (awaited === undefined) return state;
    if (state.kind === 'changing' && isStuck(awaited)) return MET;
    const isWaived = state.kind === 'waiting' && !required && isHeldUp(awaited);
    return isWaived ? blocked(state.message) : state;
  }

  return {
    found,
    counted: (definition) =>
      found(definition).map((finding) => ({ dependency: finding.dependency, state: stateFor(finding) })),
  };
}

/** The waits of a change for dependencies. One that needn't be met isn't waited for where it can't be. */
export const dependencyWaits = (findings: readonly DependencyFinding[], byName: Facts['byName']): readonly Wait[] =>
  findings.flatMap(({ dependency: { container, condition, required }, state: { kind } }): readonly Wait[] => {
    const on = byName(container);
    if (on === undefined || kind === 'met' || kind === 'missing' || (kind === 'blocked' && !required)) return [];
    const isLong = kind === 'blocked' || (kind === 'waiting' && condition !== 'started');
    return [{ over: 'dependency', on, isLong }];
  });

/** A dependency's definition with what it has on the engine. */
interface Awaited {
  readonly definition: Definition;
  readonly own: readonly OwnContainer[];
  readonly runs: readonly Run[];
  /** Hash of the definition: a container with it was made from the definition as it is now. */
  readonly hash: string;
  /** True if a running container is about to be replaced or restarted. */
  readonly isChanging: (container: OwnContainer) => boolean;
}

const MET: DependencyState = { kind: 'met' };
const waiting = (message: string): DependencyState => ({ kind: 'waiting', message });
const blocked = (message: string): DependencyState => ({ kind: 'blocked', message });

/**
 * @param awaited undefined where nothing of that name is defined, or it is being deleted
 * @param isOwner true if its network is shared, which ends with its run
 */
function dependencyState(
  { container: name, condition }: Dependency,
  awaited: Awaited | undefined,
  isOwner: boolean,
): DependencyState {
  if (awaited === undefined) {
    return { kind: 'missing', message: `the dependency ${name} is not defined. Create it or remove it from dependsOn` };
  }
  if (awaited.definition.spec.kind === 'job') return jobState(name, condition, awaited);
  if (condition === 'completed') return completion(name, awaited);
  const { definition, own } = awaited;
  if (definition.spec.state === 'stopped') return blocked(`the dependency ${name} is stopped. Start it`);
  const serving = bestCandidate(own.filter(isUp));
  if (serving === undefined) return whileDown(name, isOwner ? 'healthy' : condition, awaited);
  if (serving.state === 'restarting') return blocked(crashLoop(name, serving));
  if (serving.state === 'paused') return waiting(`waiting for the dependency ${name}, which is paused`);
  const unhealthy = condition === 'healthy' ? healthFault(name, serving) : undefined;
  if (unhealthy !== undefined) return unhealthy;
  return awaited.isChanging(serving)
    ? { kind: 'changing', message: `waiting for the dependency ${name}, which is being replaced` }
    : MET;
}

/** State of a job: its last run decides, and for one without a schedule the last of the definition as it is now. */
function jobState(
  name: string,
  condition: Dependency['condition'],
  { definition, runs, hash }: Awaited,
): DependencyState {
  if (condition === 'healthy') return blocked(`the dependency ${name} is a job, which never becomes healthy`);
  const { schedule, state } = definition.spec;
  const counted = runs.filter((run) => run.state !== 'missed' && (schedule !== undefined || run.hash === hash));
  const hasMet = (run: Run): boolean => (condition === 'started' ? run.startedAt !== null : run.state === 'succeeded');
  const ended = counted.filter((run) => !isActive(run)).at(-1);
  if (condition === 'started' ? counted.some(hasMet) : ended !== undefined && hasMet(ended)) return MET;
  if (counted.some(isActive)) return waiting(`waiting for the dependency ${name}, which has not completed yet`);
  if (ended !== undefined)
    return blocked(
      `the last run of the dependency ${name} ended with ${ended.state}. POST …/${name}/run starts another`,
    );
  if (state === 'stopped') return blocked(`the dependency ${name} is stopped. Start it`);
  return waiting(`waiting for the dependency ${name}, which has not run yet`);
}

const crashLoop = (name: string, { exitCode }: OwnContainer): string =>
  `the dependency ${name} keeps exiting with code ${exitCode}. Check its logs`;

/** The container of a definition that was made from it as it is now, and has run. */
const currentOf = ({ own, hash }: Awaited): OwnContainer | undefined =>
  bestCandidate(own.filter((one) => one.owner?.hash === hash && one.startedAt !== null));

/** True if a container is about to run again, since a client requested it. */
const isToRunAgain = ({ definition }: Awaited, { startedAt }: OwnContainer): boolean =>
  definition.restartOf !== null && definition.restartOf === startedAt;

function completion(name: string, awaited: Awaited): DependencyState {
  const { spec } = awaited.definition;
  if (spec.restartPolicy === 'always') {
    return blocked(
      `the dependency ${name} never completes, since its restartPolicy is always. Declare no or on-failure`,
    );
  }
  const current = currentOf(awaited);
  const hasEnded = current?.state === 'exited' && !isToRunAgain(awaited, current);
  if (hasEnded && current.exitCode === 0) return MET;
  if (spec.state === 'stopped') return blocked(`the dependency ${name} is stopped. Start it`);
  if (hasEnded && ranToItsEnd(current, spec)) return blocked(failure(name, current));
  if (current?.state === 'restarting') return blocked(crashLoop(name, current));
  return waiting(`waiting for the dependency ${name}, which has not completed yet`);
}

const failure = (name: string, { exitCode }: OwnContainer): string =>
  `the dependency ${name} exited with code ${exitCode}. POST …/${name}/start runs it again`;

/** State of a dependency without a container that is up. */
function whileDown(name: string, condition: Dependency['condition'], awaited: Awaited): DependencyState {
  const current = currentOf(awaited);
  const isDone =
    current !== undefined && ranToItsEnd(current, awaited.definition.spec) && !isToRunAgain(awaited, current);
  if (!isDone) return waiting(`waiting for the dependency ${name}, which is not running`);
  return condition === 'started' ? MET : blocked(failure(name, current));
}

function healthFault(name: string, { health }: OwnContainer): DependencyState | undefined {
  switch (health) {
    case 'healthy':
      return undefined;
    case 'starting':
      return waiting(`waiting for the dependency ${name}, whose health check has not passed yet`);
    case 'unhealthy':
      return blocked(`the dependency ${name} is unhealthy: its health check fails`);
    case 'none':
      return blocked(
        `the dependency ${name} has no health check, so it never becomes healthy. Declare its healthcheck, or the condition started`,
      );
  }
}
