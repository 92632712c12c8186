import type { NewEvent } from '../../../domain/event.js';
import { isLeaving, type Network } from '../../../domain/networks/network.js';
import { EngineError } from '../../../engine/errors.js';
import type { Clock } from '../../../lib/clock.js';
import type { Log } from '../../../observability/logger.js';
import { networkStateOf } from '../../observe/network-state.js';
import type { ObservedState } from '../../observe/observed-state.js';
import type { ReconcilerStore } from '../../store.js';
import { createQueue, type WorkResult } from '../queue.js';
import type { NetworkChange, Networks } from './networks.js';

/** Reason why a network is not as stored, as its condition states it. */
export interface NetworkTrouble {
  readonly reason: string;
  readonly message: string;
}

export interface NetworkLoop {
  /** Notes that a request has written a network: to be called after the commit. */
  changed(name: string): void;
  /** Looks at the networks that differ from what is stored. */
  relisted(): void;
  /** Result of the last attempt; undefined if it succeeded, or if there was none. */
  troubleOf(name: string): NetworkTrouble | undefined;
  /** Number of networks that wait or are worked on. */
  readonly depth: number;
  /** Runs while no work on networks is under way. */
  alone<T>(run: () => Promise<T>): Promise<T>;
  stop(): Promise<void>;
}

const DONE: WorkResult = { kind: 'done' };
const RETRY: WorkResult = { kind: 'retry', withinMs: 15_000 };

const REASONS: Readonly<Partial<Record<EngineError['kind'], string>>> = {
  'subnet-overlaps': 'SubnetOverlaps',
  'network-absent': 'NetworkMissing',
  conflict: 'NetworkNotManaged',
  unreachable: 'EngineUnreachable',
  timeout: 'EngineTimeout',
};

const STEPS: Readonly<Record<Exclude<NetworkChange, 'none'>, { readonly reason: string; readonly text: string }>> = {
  created: { reason: 'CreateNetwork', text: 'created' },
  recreated: { reason: 'RecreateNetwork', text: 'recreated with its present settings' },
};

/**
 * Keeps declared networks on the engine, with or without containers on them, and removes those that nobody needs any
 * more. Networks that only definitions name are made by the definitions' own plans.
 */
export function createNetworkLoop(options: {
  readonly store: Pick<
    ReconcilerStore,
    'network' | 'networks' | 'onNetwork' | 'dropNetwork' | 'hold' | 'record' | 'instance'
  >;
  readonly networks: Networks;
  readonly observed: ObservedState;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Log;
  /** Called when a network was made or recreated, or its trouble changed. */
  readonly done: (name: string) => void;
}): NetworkLoop {
  const { store, networks, observed, clock, random, log, done } = options;
  const troubles = new Map<string, NetworkTrouble>();
  const queue = createQueue({ work, places: 1, clock, random });

  const isHeldByContainers = (name: string): boolean =>
    [...observed.allOwn()].some((container) => container.networks[name] !== undefined);

  function isAsStored(network: Network): boolean {
    const there = observed.network(network.name) ?? null;
    const state = networkStateOf(network, there, store.instance(), observed.engine.version?.lacks ?? {});
    return state === 'present' && !troubles.has(network.name) && (network.confirmed || network.subnets.length === 0);
  }

  async function work(name: string): Promise<WorkResult> {
    const network = store.network(name);
    if (network === undefined || !observed.complete || store.hold() !== null) return DONE;
    try {
      if (isLeaving(network, store.onNetwork(name))) return await leave(network);
      if (!network.isDeclared) return DONE;
      const change = await networks.make(name);
      if (change !== 'none') await note(network, 'Step', STEPS[change].reason, STEPS[change].text);
      resolved(name);
      return DONE;
    } catch (error) {
      return await failed(network, error);
    }
  }

  async function leave(network: Network): Promise<WorkResult> {
    const { name, spec } = network;
    // A previous container may have to run again; it goes with its definition's next one.
    if (isHeldByContainers(name)) return DONE;
    if (spec.external !== true && !(await networks.removeUnused(name))) {
      const message = 'containers that Berth does not manage are attached to it: disconnect them';
      await trouble(network, { reason: 'NetworkInUse', message });
      return RETRY;
    }
    if (!(await store.dropNetwork(name))) return DONE;
    troubles.delete(name);
    await note(network, 'Step', 'RemoveNetwork', 'removed');
    done(name);
    return DONE;
  }

  function resolved(name: string): void {
    troubles.delete(name);
    done(name);
  }

  async function failed(network: Network, error: unknown): Promise<WorkResult> {
    const message = error instanceof Error ? error.message : String(error);
    const isKnown = error instanceof EngineError;
    const fields = { network: network.name, err: error };
    if (isKnown) log.warn(fields, 'work on a network failed');
    else log.error(fields, 'work on a network failed with an internal error');
    const reason = (isKnown ? REASONS[error.kind] : undefined) ?? 'NetworkFailed';
    await trouble(network, { reason, message });
    return RETRY;
  }

  async function trouble(network: Network, now: NetworkTrouble): Promise<void> {
    const before = troubles.get(network.name);
    troubles.set(network.name, now);
    if (before?.reason === now.reason) return;
    await note(network, 'StepFailed', now.reason, now.message).catch((err: unknown) =>
      log.warn({ network: network.name, err }, 'could not record an event of a network'),
    );
    done(network.name);
  }

  function note({ name, uid }: Network, type: NewEvent['type'], reason: string, text: string): Promise<void> {
    const event = { type, container: '', uid, reason, message: `network ${name}: ${text}` };
    const by = { by: 'berth', actor: null, requestId: null, before: null, after: null } as const;
    return store.record([{ ...event, ...by }]);
  }

  return {
    changed: (name) => queue.wake(name, 'urgent'),
    relisted() {
      for (const network of store.networks()) {
        const isLeft = isLeaving(network, store.onNetwork(network.name));
        if (isLeft || (network.isDeclared && !isAsStored(network))) queue.wake(network.name);
      }
    },
    troubleOf: (name) => troubles.get(name),
    get depth() {
      return queue.depth;
    },
    alone: queue.alone,
    stop: queue.stop,
  };
}
