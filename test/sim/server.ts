/** The server itself, wired as `src/berth.ts` does it, on a simulated disk and engine. */

import { LOCAL_HOST } from '../../src/domain/host.js';
import type { Engine } from '../../src/engine/engine.js';
import type { RunGuard } from '../../src/reconcile/loop/run-guard.js';
import { isAddressInUse } from '../../src/reconcile/observe/claims.js';
import type { ObservedState } from '../../src/reconcile/observe/observed-state.js';
import type { Breathe } from '../../src/reconcile/plan/dry-run/dry-run.js';
import { createReconciler, type Reconciler } from '../../src/reconcile/reconciler.js';
import type { ReconcilerStore } from '../../src/reconcile/store.js';
import { openPolicies } from '../../src/service/access/policy.js';
import { reconcilerStore } from '../../src/service/core/reconciler-store.js';
import { createServices, type Services } from '../../src/service/services.js';
import type { Backups } from '../../src/store/backup/backups.js';
import type { Storage } from '../../src/store/storage.js';
import { createStore } from '../../src/store/store.js';
import type { Store, StoreOptions } from '../../src/store/types.js';
import { idleDeliveries } from '../support/deliveries.js';
import { testVault } from '../support/vault.js';
import type { Life, World } from './world.js';

export const INSTANCE = 'sim';
/** How often the observer looks at the whole engine, in milliseconds: so is its timer known. */
export const RELIST_MS = 25_000;
const RANGE = { from: 49_000, to: 49_020 };

/** Faults that are planted on purpose, to see that they are found. */
export interface Mutation {
  readonly engine?: (engine: Engine, world: World) => Engine;
  readonly storage?: (storage: Storage, life: Life, world: World) => Storage;
  readonly store?: (store: ReconcilerStore) => ReconcilerStore;
  readonly life?: (life: Life) => Life;
  readonly guard?: RunGuard;
  /** Tells the store which addresses containers of other definitions have or take. */
  readonly isAddressInUse?: StoreOptions['isAddressInUse'];
  /** Cuts a look at all definitions into slices; by default it is one. */
  readonly slices?: (life: Life, world: World) => () => Breathe;
  readonly server?: (server: Server, life: Life) => void;
}

export interface Server {
  readonly store: Store;
  readonly services: Services;
  readonly reconciler: Reconciler;
}

const silent = () => undefined;

export async function openServer(options: {
  readonly world: World;
  readonly life: Life;
  readonly storage: Storage;
  readonly backups: Backups;
  readonly engine: Engine;
  readonly newUid: () => string;
  readonly mutation: Mutation;
}): Promise<Server> {
  const { world, newUid, mutation, backups } = options;
  const life = mutation.life?.(options.life) ?? options.life;
  const engine = mutation.engine?.(options.engine, world) ?? options.engine;
  const storage = mutation.storage?.(options.storage, life, world) ?? options.storage;
  const { clock } = life;
  const { random } = world;
  let observed: ObservedState | undefined;
  const store = await createStore(storage, {
    ...{ portRange: RANGE, instance: INSTANCE, now: clock.now, random, newUid },
    isAddressInUse:
      mutation.isAddressInUse ??
      ((network, address, uid) => observed !== undefined && isAddressInUse(observed, { network, address }, uid)),
  });
  const policies = openPolicies({ readFile: () => '', now: clock.now });
  const desired = reconcilerStore(store);
  const reconciler = createReconciler({
    store: mutation.store?.(desired) ?? desired,
    engines: new Map([[LOCAL_HOST, engine]]),
    ...{ clock, random, places: 8, refusal: policies.refusal },
    ...(mutation.guard && { guard: mutation.guard }),
    ...(mutation.slices && { slices: mutation.slices(life, world) }),
    log: { debug: silent, info: silent, warn: silent, error: silent },
    telemetry: { worked: silent, corrected: silent, converged: silent, relisted: silent },
  });
  observed = reconciler.hosts.local.observed;
  const vault = testVault(store);
  const services = createServices({
    store,
    backups,
    reconciler,
    policies,
    vault,
    deliveries: idleDeliveries(store, vault),
    random,
    now: clock.now,
  });
  reconciler.start();
  mutation.server?.({ store, services, reconciler }, life);
  return { store, services, reconciler };
}
