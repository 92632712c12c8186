import type { Definition } from '../domain/definition/definition.js';
import { hostOf, LOCAL_HOST } from '../domain/host.js';
import type { Engine } from '../engine/engine.js';
import type { FullDisk } from './loop/engine-disk.js';
import type { NetworkTrouble } from './loop/networks/network-loop.js';
import type { Queue } from './loop/queue.js';
import type { RetryState } from './loop/retry-state.js';
import type { ObservedState, OwnContainer } from './observe/observed-state.js';
import type { Observer } from './observe/observer.js';
import type { DryRun } from './plan/dry-run/dry-run.js';
import type { DryRunState } from './plan/dry-run/simulated-engine.js';
import type { PlanInputs } from './plan/input/plan-input.js';
import type { StatusFacts } from './status/status-board.js';

/**
 * A host: one container engine, its observed state, and the work on the definitions that are for it. Hosts share
 * nothing of this, so an unreachable engine delays only its own definitions.
 */
export interface Host extends StatusFacts {
  readonly name: string;
  readonly engine: Engine;
  readonly observed: ObservedState;
  readonly observer: Pick<Observer, 'look'>;
  readonly queue: Pick<Queue, 'wake' | 'depth' | 'oldestMs'>;
  readonly retryState: Pick<RetryState, 'standingOf' | 'isAtWork' | 'entries' | 'forget'>;
  readonly planInputs: PlanInputs;
  start(): void;
  /** Takes no new work, lets running work end, and resolves. */
  stop(): Promise<void>;
  /** Runs while no work is under way; definitions woken meanwhile wait. */
  alone<T>(run: () => Promise<T>): Promise<T>;
  /** Drops all waiting work and looks at the whole engine again. Only while no work is under way. */
  restart(): void;
  /** Looks at every definition: wakes those that differ from the observed state, and updates the status of all. */
  lookAtAll(): void;
  /** Forgets all failures, and wakes every definition that differs from the observed state. */
  retryAll(): void;
  /** Forgets what is remembered of a definition. */
  forget(uid: string): void;
  /** True if no definition is being worked on, and none waits to be looked at. */
  isAtRest(): boolean;
  /** Notes that a request has written a network: to be called after the commit. */
  networkChanged(name: string): void;
  /** Returns why a network is not as stored; undefined if it is, as far as the last attempt shows. */
  networkTrouble(name: string): NetworkTrouble | undefined;
  /** Calls after each change of a network on the engine, or of the result of work on one; the answer ends it. */
  watchNetworks(listener: () => void): () => void;
  /** Simulates the work on definitions of this host. @throws EngineError if the engine can't be queried */
  dryRun(definitions: readonly Definition[], desired: DryRunState): Promise<DryRun>;
  /** Passes the result of a port check to the status of a definition; null: no port leads nowhere. */
  portsChecked(uid: string, container: Pick<OwnContainer, 'id' | 'startedAt'>, unreachable: string | null): void;
  /** Calls after the complete look at the engine that follows each reconnection; the answer ends it. */
  onReconnected(listener: () => void): () => void;
  /** Returns the full disk of the engine, and since when; null if the disk has room. */
  fullDisk(): FullDisk | null;
}

export interface Hosts {
  /** Returns the host that a definition is for. */
  of(definition: Pick<Definition, 'uid'>): Host;
  /** The host of requests that name no definition. */
  readonly local: Host;
  all(): Iterable<Host>;
}

/** @param byName every host, possibly added after this call */
export function createHosts(byName: ReadonlyMap<string, Host>): Hosts {
  function named(name: string): Host {
    const host = byName.get(name);
    if (host === undefined) throw new Error(`there is no host ${name}`);
    return host;
  }
  return {
    of: (definition) => named(hostOf(definition)),
    get local() {
      return named(LOCAL_HOST);
    },
    all: () => byName.values(),
  };
}
