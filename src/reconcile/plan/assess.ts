/** Pure: judges the containers of a definition, once for all that is decided from it: its plan, retries, conditions. */

import { isUp } from '../../engine/container-state.js';
import { runsHeld } from '../../engine/restart-policy.js';
import { lazy } from '../../lib/lazy.js';
import type { OwnContainer } from '../observe/observed-state.js';
import {
  abandonedReason,
  bestCandidate,
  differences,
  findPrevious,
  isRetired,
  ranToItsEnd,
  rolloutKey,
} from './candidates.js';
import { type HostsState, hostsState, NOTHING_TO_READ } from './link-hosts.js';
import { environmentOf } from './link-state.js';
import type { PlanInput } from './types.js';

/** Judgement of a definition's containers. Each part is worked out when it is first read. */
export interface Assessment {
  /** The environment that a container made now would get; null while the address of a source is not known. */
  readonly environment: readonly string[] | null;
  /** The container that matches the definition, if it exists. */
  readonly current: OwnContainer | undefined;
  /** The container to go back to when the current one can't serve. */
  readonly previous: OwnContainer | undefined;
  /** The container that serves the definition, or the best one if none is up. */
  readonly serving: OwnContainer | undefined;
  /** The links of the serving container in its `/etc/hosts`. */
  readonly hosts: HostsState;
  /** Identifies what is rolled out: see {@link rolloutKey}. */
  readonly key: string;
  /** The reason why the rollout was abandoned; null if it may be tried. */
  readonly abandoned: string | null;
  /** Returns how a container differs from what the definition asks for; empty if it doesn't. */
  differencesOf(container: OwnContainer): readonly string[];
}

/** Input of a plan with its assessment. */
export interface Assessed {
  readonly input: PlanInput;
  readonly assessment: Assessment;
}

export function assess(input: PlanInput): Assessment {
  const { own } = input;
  const found = new Map<OwnContainer, readonly string[]>();
  const environment = lazy(() => environmentOf(input));
  const key = lazy(() => rolloutKey(input, environment()));

  function differencesOf(container: OwnContainer): readonly string[] {
    const known = found.get(container) ?? differences(input, container, environment);
    found.set(container, known);
    return known;
  }

  const current = lazy(() => bestCandidate(own.filter((one) => differencesOf(one).length === 0)));
  const previous = lazy(() => findPrevious(input, current()));
  const serving = lazy(() => {
    const wanted = current();
    if (wanted !== undefined && isUp(wanted)) return wanted;
    return bestCandidate(own.filter(isUp)) ?? wanted ?? bestCandidate(own);
  });
  const hosts = lazy(() => {
    const container = serving();
    if (container === undefined || input.links.length === 0) return NOTHING_TO_READ;
    return hostsState(container, input.definition, input.links, input.hosts.get(container.id));
  });
  const abandoned = lazy(() => abandonedReason(input, key));

  return {
    differencesOf,
    get environment() {
      return environment();
    },
    get current() {
      return current();
    },
    get previous() {
      return previous();
    },
    get serving() {
      return serving();
    },
    get hosts() {
      return hosts();
    },
    get key() {
      return key();
    },
    get abandoned() {
      return abandoned();
    },
  };
}

/** Exit codes of a process that a signal ended, possibly sent by somebody else: SIGKILL and SIGTERM. */
const BY_SIGNAL: ReadonlySet<number> = new Set([137, 143]);

/** Reason why a replacement does not work. */
export interface Breakage {
  readonly message: string;
  /** True if somebody else may have caused the first failure: only a second one counts then. */
  readonly doubtful: boolean;
}

/**
 * Returns why a started replacement does not work, while the container that it replaces is still there; null if it
 * works, or there is none.
 */
export function brokenReplacement({ definition, own }: PlanInput, assessment: Assessment): Breakage | null {
  if (own.length < 2) return null;
  if (definition.deletionRequestedAt !== null || definition.spec.state === 'stopped') return null;
  const { current, previous } = assessment;
  if (current === undefined || current.startedAt === null || current.startedAt === definition.restartOf) return null;
  if (isRetired(current) || previous === undefined) return null;
  if (current.health === 'unhealthy') return { message: 'its health check fails', doubtful: false };
  if (current.state !== 'restarting' && current.state !== 'exited') {
    const message = 'it exited and the engine restarted it';
    return current.restartCount === 0 ? null : { message, doubtful: false };
  }
  const isDone = ranToItsEnd(current, definition.spec);
  if (isDone && current.exitCode === 0) return null;
  // The engine restarts a container that ends on its own, if the policy says so; one that stays down was stopped by
  // hand. Where only Berth restarts it, one that ended without an error may have been.
  const { spec } = definition;
  const mayBeStopped = runsHeld(spec) ? current.exitCode === 0 : spec.restartPolicy !== 'no';
  const wasStopped = current.state === 'exited' && mayBeStopped && !isDone;
  const doubtful = wasStopped || BY_SIGNAL.has(current.exitCode);
  return { message: `it exited with code ${current.exitCode}`, doubtful };
}
