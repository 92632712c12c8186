/** Networks as a resource: what clients declare, and what the engine has. */

import type { ConditionStatus } from '../../domain/definition/condition.js';
import { hasStableAddresses, isLeaving, type Network, settingsOf } from '../../domain/networks/network.js';
import type { NetworkSpec } from '../../domain/networks/network-spec.js';
import { declareNetwork } from '../../domain/networks/validate-network.js';
import { Problem } from '../../domain/problems/problem.js';
import { naturalOrder } from '../../lib/natural-order.js';
import { listed } from '../../lib/sentence.js';
import { waitUntil } from '../../lib/wait-until.js';
import { networkStateOf } from '../../reconcile/observe/network-state.js';
import type { Reconciler } from '../../reconcile/reconciler.js';
import type { StateReads } from '../../store/state/memory.js';
import type { Store, StoreTransaction } from '../../store/types.js';
import type { Planning } from '../core/dry-run.js';
import type { Outcome, WriteOptions } from '../core/options.js';
import type { PlanView } from '../core/plan-view.js';
import { checkGeneration, invalidDefinition, staleGeneration } from '../core/write-checks.js';
import { declareIn, eventOf } from './declare.js';

/** One aspect of a network. */
interface NetworkCondition {
  readonly type: 'Ready' | 'StableAddresses';
  readonly status: ConditionStatus;
  readonly reason: string;
  readonly message: string;
}

export interface NetworkView extends NetworkSpec {
  readonly name: string;
  readonly uid: string;
  readonly generation: number;
  readonly declared: boolean;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly deletionRequestedAt: string | null;
  readonly status: {
    /** The engine's id of it; null while it has none. */
    readonly id: string | null;
    readonly subnets: readonly { readonly subnet: string; readonly gateway: string; readonly range: string }[];
    /** The definitions that name it. */
    readonly containers: readonly string[];
    readonly conditions: readonly NetworkCondition[];
  };
  /** Steps on the engine; only in the reply to a dry run. */
  readonly plan?: PlanView;
}

export type NetworkWriteOptions = Omit<WriteOptions, 'keyed'>;

export type NetworkOutcome = {
  readonly kind: Outcome['kind'];
  readonly network: NetworkView;
};

export interface NetworkService {
  listNetworks(): readonly NetworkView[];
  /** @throws Problem `not-found` */
  getNetwork(name: string): NetworkView;
  /** @throws Problem `invalid-definition`, `address-unavailable`, `network-in-use`, `stale-generation` */
  putNetwork(
    name: string,
    input: NetworkSpec,
    options: NetworkWriteOptions & { readonly recreate: boolean },
  ): Promise<NetworkOutcome>;
  /** @throws Problem `not-found`, `network-in-use`, `stale-generation` */
  deleteNetwork(name: string, options: NetworkWriteOptions): Promise<NetworkOutcome>;
}

/** Thrown out of a transaction to undo it, with what it would have led to. */
class Rehearsal {
  readonly network: NetworkView;
  constructor(network: NetworkView) {
    this.network = network;
  }
}

export function createNetworkService(options: {
  readonly store: Store;
  readonly reconciler: Reconciler;
  readonly planning: Planning;
}): NetworkService {
  const { store, reconciler, planning } = options;
  const { observed } = reconciler.hosts.local;

  const view = (network: Network, state: StateReads): NetworkView => {
    const { name, uid, generation, spec, isDeclared, createdAt, updatedAt, deletionRequestedAt } = network;
    const users = state.onNetwork(name).map((definition) => definition.name);
    return {
      ...{ name, ...spec, uid, generation, declared: isDeclared },
      createdAt: createdAt.toISOString(),
      updatedAt: updatedAt.toISOString(),
      deletionRequestedAt: deletionRequestedAt?.toISOString() ?? null,
      status: {
        id: observed.network(name)?.id ?? null,
        subnets: settingsOf(network).subnets,
        containers: users.toSorted(naturalOrder),
        conditions: [ready(network), stableAddresses(network)],
      },
    };
  };

  function ready(network: Network): NetworkCondition {
    const condition = (status: ConditionStatus, reason: string, message = ''): NetworkCondition => ({
      ...{ type: 'Ready', status, reason, message },
    });
    if (!observed.engine.reachable || !observed.complete) {
      return condition('Unknown', 'EngineUnreachable', 'the engine is not connected');
    }
    const trouble = reconciler.hosts.local.networkTrouble(network.name);
    if (trouble !== undefined) return condition('False', trouble.reason, trouble.message);
    const { lacks = {} } = observed.engine.version ?? {};
    const there = observed.network(network.name) ?? null;
    switch (networkStateOf(network, there, store.instance(), lacks)) {
      case 'present':
        return condition('True', network.spec.external === true ? 'External' : 'Present');
      case 'missing':
        return condition('False', 'NetworkMissing', 'the engine has no network of this name; create it there');
      case 'foreign':
        return condition(
          'False',
          'NetworkNotManaged',
          'another network of this name exists on the engine, which this Berth does not manage; remove it, or declare this one as external',
        );
      case 'outdated':
        return condition('False', 'Outdated', 'the network is being recreated with its present settings');
      default:
        return network.deletionRequestedAt === null
          ? condition('False', 'NotCreated', 'the network is not on the engine yet')
          : condition('False', 'Deleting', 'the network is being removed');
    }
  }

  function stableAddresses(network: Network): NetworkCondition {
    const condition = (status: ConditionStatus, reason: string, message = ''): NetworkCondition => ({
      ...{ type: 'StableAddresses', status, reason, message },
    });
    const { addresses: lacking } = observed.engine.version?.lacks ?? {};
    if (network.spec.external === true) {
      return condition('False', 'External', 'the engine chooses the addresses on an external network');
    }
    if (lacking !== undefined) return condition('False', 'AddressesUnsupported', lacking);
    if (hasStableAddresses(network)) return condition('True', 'Reserved');
    const message = `the network was made by an earlier version of Berth, and the engine chooses its addresses; PUT /v1/networks/${network.name}?recreate=true recreates it, which interrupts each container on it once`;
    return condition('False', 'NetworkOfEarlierVersion', message);
  }

  /** Undoes a dry run, with the plan of what would follow. */
  async function rehearse(tx: StoreTransaction, network: Network): Promise<never> {
    const definitions = tx.onNetwork(network.name).filter(({ deletionRequestedAt }) => deletionRequestedAt === null);
    const changes = definitions.map((definition) => ({ kind: 'updated' as const, before: definition, definition }));
    const plan = await planning(changes, tx);
    throw new Rehearsal({ ...view(network, tx), ...(plan && { plan: withNetwork(plan, network, tx) }) });
  }

  /** Adds the step on the network itself, where no container's plan has it. */
  function withNetwork(plan: PlanView, network: Network, state: StateReads): PlanView {
    const { lacks = {} } = observed.engine.version ?? {};
    const there = observed.network(network.name) ?? null;
    const now = networkStateOf(network, there, store.instance(), lacks);
    const isGoing = isLeaving(network, state.onNetwork(network.name));
    const step = isGoing
      ? { action: 'remove-network', reason: 'the network was deleted' }
      : {
          action: 'create-network',
          reason: now === 'outdated' ? 'its settings change' : 'the network is not on the engine',
        };
    const isNeeded = isGoing
      ? there !== null && network.spec.external !== true
      : now === 'absent' || now === 'outdated';
    if (!isNeeded || plan.actions.some(({ action }) => action === step.action)) return plan;
    return { ...plan, actions: [{ container: '', target: network.name, ...step }, ...plan.actions] };
  }

  async function write(
    options: NetworkWriteOptions,
    work: (
      tx: StoreTransaction,
    ) => Promise<{ readonly kind: 'created' | 'updated' | 'unchanged'; readonly network: Network }>,
  ): Promise<NetworkOutcome> {
    try {
      const done = await store.transact(async (tx) => {
        const result = await work(tx);
        if (options.dryRun) return rehearse(tx, result.network);
        if (result.kind !== 'unchanged') tx.record(eventOf(result.network, result.kind, options));
        return result;
      });
      if (done.kind !== 'unchanged') reconciler.hosts.local.networkChanged(done.network.name);
      return { kind: done.kind, network: view(store.network(done.network.name) ?? done.network, store) };
    } catch (thrown) {
      if (thrown instanceof Rehearsal) return { kind: 'dry-run', network: thrown.network };
      throw thrown;
    }
  }

  /** True if a condition on networks holds in time. Ends early when the client is gone. */
  const becomes = (isSo: () => boolean, seconds: number, signal?: AbortSignal): Promise<boolean> =>
    waitUntil(isSo, { watch: reconciler.hosts.local.watchNetworks, ms: seconds * 1000, signal });

  const isGone = (uid: string, name: string): boolean => store.network(name)?.uid !== uid;

  /** Waits until a deletion of the same name is complete. @returns the seconds that are left */
  async function afterDeletion(name: string, seconds: number, signal?: AbortSignal): Promise<number> {
    const leaving = store.network(name);
    if (!leaving?.deletionRequestedAt) return seconds;
    const start = performance.now();
    await becomes(() => isGone(leaving.uid, name), seconds, signal);
    return Math.max(0, seconds - (performance.now() - start) / 1000);
  }

  /** Waits until a declared network is ready, as long as the client requested. */
  async function untilReady({ kind, network }: NetworkOutcome, seconds: number, signal?: AbortSignal) {
    const { name, uid } = network;
    const isReady = (): boolean => {
      const stored = store.network(name);
      return stored?.uid !== uid || ready(stored).status === 'True';
    };
    const isThere = await becomes(isReady, seconds, signal);
    const stored = store.network(name);
    return {
      kind: isThere ? kind : 'accepted',
      network: stored === undefined ? network : view(stored, store),
    } as const;
  }

  const find = (state: StateReads, name: string): Network => {
    const network = state.network(name);
    if (network !== undefined) return network;
    throw new Problem('not-found', `Network ${JSON.stringify(name)} not found. GET /v1/networks lists all networks.`);
  };

  return {
    listNetworks: () =>
      store
        .networks()
        .toSorted((a, b) => naturalOrder(a.name, b.name))
        .map((network) => view(network, store)),
    getNetwork: (name) => view(find(store, name), store),
    async putNetwork(name, input, options) {
      const { waitSeconds = 0, dryRun = false, ifMatch, signal } = options;
      const isPatient = waitSeconds > 0 && !dryRun;
      const left = isPatient && ifMatch === undefined ? await afterDeletion(name, waitSeconds, signal) : waitSeconds;
      const outcome = await write(options, async (tx) => {
        const declared = declareNetwork(name, input);
        if (!declared.ok) throw invalidDefinition(declared.faults);
        const before = tx.network(name);
        if (before !== undefined) checkGeneration(before, options);
        else if (ifMatch !== undefined) throw staleGeneration(name, undefined);
        return declareIn(tx, name, declared.spec, options);
      });
      return isPatient ? untilReady(outcome, left, signal) : outcome;
    },
    async deleteNetwork(name, options) {
      const outcome = await write(options, async (tx) => {
        const before = find(tx, name);
        checkGeneration(before, options);
        const users = tx.onNetwork(name).map((definition) => definition.name);
        if (users.length > 0) {
          const [are, them] = users.length === 1 ? ['is', 'it'] : ['are', 'them'];
          const detail = `${listed(users)} ${are} on the network ${name}. Delete ${them} or choose another network for ${them} first.`;
          throw new Problem('network-in-use', detail);
        }
        if (before.deletionRequestedAt !== null) return { kind: 'unchanged', network: before };
        return { kind: 'updated', network: await tx.deleteNetwork(name) };
      });
      if (outcome.kind === 'dry-run') return outcome;
      const { uid } = outcome.network;
      const hasGone = await becomes(() => isGone(uid, name), options.waitSeconds ?? 0, options.signal);
      const last = store.network(name);
      const network = hasGone || last === undefined ? outcome.network : view(last, store);
      return { kind: hasGone ? 'gone' : 'accepted', network };
    },
  };
}
