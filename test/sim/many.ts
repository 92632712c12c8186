/** A server with very many definitions, on a real database and an engine that only answers. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { LOCAL_HOST } from '../../src/domain/host.js';
import { buildApp } from '../../src/http/app.js';
import { type Clock, systemClock } from '../../src/lib/clock.js';
import { createMetrics } from '../../src/observability/metrics.js';
import { slices } from '../../src/observability/slices.js';
import { createReconciler } from '../../src/reconcile/reconciler.js';
import { openPolicies } from '../../src/service/access/policy.js';
import { reconcilerStore } from '../../src/service/core/reconciler-store.js';
import { createServices } from '../../src/service/services.js';
import { openStore } from '../../src/store/store.js';
import type { Store } from '../../src/store/types.js';
import { idleDeliveries } from '../support/deliveries.js';
import { testVault } from '../support/vault.js';
import { createStillEngine, type StillEngine } from './still-engine.js';

/** As many as one request to apply may have. */
const AT_ONCE = 500;

/** How often the observer looks at everything, in milliseconds. */
const RELIST_MS = 25_000;

/** The system's clock, on which what waits for the next look at everything can be called early. */
function hurriedClock(): { readonly clock: Clock; hurry(): void } {
  let relist: (() => void) | undefined;
  const after: Clock['after'] = (ms, call) => {
    if (ms === RELIST_MS) relist = call;
    return systemClock.after(ms, call);
  };
  return { clock: { ...systemClock, after }, hurry: () => relist?.() };
}

const silent = () => undefined;

export interface Many {
  readonly app: FastifyInstance;
  readonly store: Store;
  readonly still: StillEngine;
  /** Has it look at everything now, as it does every 25 s. @returns once it has asked */
  relist(): Promise<void>;
  /** Ends the server and begins another on the same folder and engine. @returns until all were ready, in milliseconds */
  restart(): Promise<number>;
  close(): Promise<void>;
}

/** Declares so many, and waits until all of them are ready. */
export async function serveMany(count: number): Promise<Many> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'berth-many-'));
  const still = createStillEngine();
  let server = await serve(dataDir, still);
  for (let from = 0; from < count; from += AT_ONCE) {
    const containers = Array.from({ length: Math.min(AT_ONCE, count - from) }, (_, i) => ({
      ...{ name: `many-${from + i}`, image: 'webapp', env: { NUMBER: String(from + i) } },
    }));
    const answer = await server.app.inject({ method: 'POST', url: '/v1/apply', payload: { containers } });
    if (answer.statusCode !== 200) throw new Error(answer.body);
  }
  await server.allReady();
  return {
    still,
    get app() {
      return server.app;
    },
    get store() {
      return server.store;
    },
    async relist() {
      const before = still.relists();
      server.hurry();
      while (still.relists() === before) await pause(1);
    },
    async restart() {
      await server.end();
      const begun = performance.now();
      server = await serve(dataDir, still);
      await server.allReady();
      return performance.now() - begun;
    },
    async close() {
      await server.end();
      rmSync(dataDir, { recursive: true });
    },
  };
}

async function serve(dataDir: string, still: StillEngine) {
  const { random } = Math;
  const store = await openStore({ dataDir, portRange: { from: 49_000, to: 49_900 }, now: systemClock.now, random });
  const metrics = createMetrics('0.0.0');
  const { clock, hurry } = hurriedClock();
  const reconciler = createReconciler({
    engines: new Map([[LOCAL_HOST, still.engine]]),
    ...{ store: reconcilerStore(store), clock, random, places: 8, slices },
    ...{ telemetry: metrics, log: { debug: silent, info: silent, warn: silent, error: silent } },
  });
  const policies = openPolicies({ readFile: () => '', now: systemClock.now });
  const vault = testVault(store);
  const services = createServices({
    ...{
      store,
      backups: store.backups,
      reconciler,
      policies,
      vault,
      deliveries: idleDeliveries(store, vault),
      random,
      now: systemClock.now,
      slices,
    },
  });
  const app = await buildApp({ services, metrics });
  reconciler.start();
  return {
    ...{ app, store, hurry },
    async allReady(): Promise<void> {
      while (![...store.all()].every((definition) => reconciler.status.of(definition).ready)) await pause(20);
    },
    async end(): Promise<void> {
      await app.close();
      await reconciler.stop();
      await store.close();
    },
  };
}
