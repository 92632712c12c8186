/** User-defined networks: one of a name, however many definitions want it at once. */

import { hasStableAddresses } from '../../../domain/networks/network.js';
import { knownSubnet, overlap, parseSubnet, type Subnet } from '../../../domain/networks/subnet.js';
import type { Engine, EngineLacks, EngineNetwork } from '../../../engine/engine.js';
import { EngineError } from '../../../engine/errors.js';
import { listed } from '../../../lib/sentence.js';
import { failPoint } from '../../../observability/fail-point.js';
import { engineSettings, networkDifference, unstoredNetwork } from '../../observe/network-state.js';
import type { ReconcilerStore } from '../../store.js';

/** Result of bringing a network to its stored settings. */
export type NetworkChange = 'none' | 'created' | 'recreated';

export interface Networks {
  /** Creates the network unless it is there as stored; recreates it if it differs. @throws EngineError */
  make(name: string): Promise<NetworkChange>;
  /**
   * Removes the network if it is ours and nothing is attached: a container that somebody put there keeps it.
   *
   * @returns true if it is gone, or was never ours
   * @throws EngineError
   */
  removeUnused(name: string): Promise<boolean>;
}

/** Exchanges of a subnet that the engine refuses, before the others are left to a later try. */
const MOST_MOVES = 64;

/**
 * Runs the calls for one name one after another. An engine that gets several at the same time makes several networks of
 * one name, `CheckDuplicate` or not (seen on 20.10), and none of their containers can be started then.
 */
export function createNetworks(options: {
  readonly engine: Engine;
  readonly store: Pick<ReconcilerStore, 'instance' | 'network' | 'confirmNetwork' | 'moveNetwork'>;
  readonly lacks: () => EngineLacks;
  /** True if a container belongs to this Berth. */
  readonly isOwn: (containerId: string) => boolean;
}): Networks {
  const { engine, store, lacks, isOwn } = options;
  const last = new Map<string, Promise<unknown>>();

  function alone<T>(name: string, work: () => Promise<T>): Promise<T> {
    const done = (last.get(name) ?? Promise.resolve()).then(work);
    const over: Promise<unknown> = done
      .catch(() => undefined)
      .finally(() => last.get(name) === over && last.delete(name));
    last.set(name, over);
    return done;
  }

  const settings = (name: string) => engineSettings(store.network(name) ?? unstoredNetwork(name), lacks());

  async function make(name: string): Promise<NetworkChange> {
    const there = await engine.inspectNetwork(name);
    if (store.network(name)?.spec.external === true) {
      if (there !== null) return 'none';
      throw new EngineError('network-absent', `the external network ${name} is not on the engine: create it there`);
    }
    if (there === null) {
      await create(name);
      return 'created';
    }
    if (there.instance !== store.instance()) {
      throw new EngineError(
        'conflict',
        `the network ${name} on the engine is not managed by this Berth: choose another name, or remove it`,
      );
    }
    if (networkDifference(store.network(name), there, lacks()) === null) {
      await confirm(name);
      return 'none';
    }
    await recreate(name, there);
    return 'recreated';
  }

  /** Recreates a network; what can stand in the way is checked before anything is interrupted. */
  async function recreate(name: string, there: EngineNetwork): Promise<void> {
    const attached = await engine.containersOn(there.id);
    const strangers = attached.filter(({ id }) => !isOwn(id)).map((one) => one.name);
    if (strangers.length > 0) {
      const message = `the network ${name} has to be recreated, but containers that Berth does not manage are attached to it (${listed(strangers)}): disconnect them`;
      throw new EngineError('conflict', message);
    }
    const others = (await engine.listNetworks()).filter(({ id }) => id !== there.id);
    const inTheWay = subnetsOf(others);
    const wanted = settings(name).subnets.map(({ subnet }) => knownSubnet(subnet));
    const overlapping = inTheWay.find((one) => wanted.some((other) => overlap(one, other)));
    if (overlapping !== undefined && (await store.moveNetwork(name, inTheWay)) === null) {
      const message = `the subnet of the network ${name} overlaps with ${overlapping.text}, which the engine has: name another subnet`;
      throw new EngineError('subnet-overlaps', message);
    }
    for (const { id } of attached) {
      await engine.disconnect(there.id, id);
      failPoint('after-network-disconnect');
    }
    await engine.removeNetwork(there.id);
    failPoint('after-network-removal');
    await create(name);
  }

  /** Creates a network; if the engine says that its subnet overlaps, with the next one of the pool. */
  async function create(name: string): Promise<void> {
    for (let moves = 0; ; moves++) {
      const wanted = settings(name);
      try {
        await engine.createNetwork(wanted, store.instance());
        break;
      } catch (error) {
        if (!(error instanceof EngineError && error.kind === 'subnet-overlaps') || moves >= MOST_MOVES) throw error;
        const avoid = [
          ...wanted.subnets.map(({ subnet }) => knownSubnet(subnet)),
          ...subnetsOf(await engine.listNetworks()),
        ];
        if ((await store.moveNetwork(name, avoid)) === null) throw error;
      }
    }
    failPoint('after-network-creation');
    await confirm(name);
  }

  /** The engine has the network, so its subnets and the addresses on it stay. */
  async function confirm(name: string): Promise<void> {
    const network = store.network(name);
    if (network !== undefined && hasStableAddresses(network) && !network.confirmed) await store.confirmNetwork(name);
  }

  return {
    make: (name) => alone(name, () => make(name)),
    removeUnused: (name) =>
      alone(name, async () => {
        const network = await engine.inspectNetwork(name);
        if (network === null || network.instance !== store.instance()) return true;
        try {
          await engine.removeNetwork(network.id);
          return true;
        } catch (error) {
          if (!(error instanceof EngineError && /active endpoints/.test(error.message))) throw error;
          return false;
        }
      }),
  };
}

/** Subnets of networks on the engine; those that can't be read are none that Berth could pick. */
export const subnetsOf = (networks: readonly EngineNetwork[]): readonly Subnet[] =>
  networks.flatMap(({ subnets }) =>
    subnets.flatMap(({ subnet }) => {
      const parsed = parseSubnet(subnet);
      return parsed.ok ? [parsed.value] : [];
    }),
  );
