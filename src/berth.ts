import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { buildApp } from './app.js';
import { dockerEngine, type EngineAddress } from './engine/docker/index.js';
import type { Engine } from './engine/engine.js';
import { systemClock } from './reconcile/clock.js';
import { createReconciler } from './reconcile/reconciler.js';
import { createService } from './service/create-service.js';
import { reconcilerStore } from './service/desired-store.js';
import { openStore } from './store/store.js';

/** Definitions worked on at once: an engine on two cores does not get faster beyond. */
const PLACES = 8;

/** How long steps under way may take at a stop, in milliseconds; then their calls are cut, and found out about later. */
const LAST_STEPS_MS = 5_000;

/** How often connections that have become idle are closed during a stop, in milliseconds. */
const IDLE_CHECK_MS = 50;

export interface BerthOptions {
  /** The folder of the database. */
  readonly dataDir: string;
  readonly engine: EngineAddress;
  /** Where random host ports come from, both ends included. */
  readonly portRange: { readonly from: number; readonly to: number };
  /** The owner label; by default the one that the database was made with. */
  readonly instance?: string;
  readonly log: FastifyBaseLogger;
}

/** Berth, wired: the one place where the parts meet. */
export interface Berth {
  readonly app: FastifyInstance;
  readonly instance: string;
  /** Begins to observe and to reconcile. The API answers before that. */
  start(): void;
  /** Ends open requests, lets the steps under way come to their end, and closes the database. */
  stop(): Promise<void>;
}

/** @throws Error with a sentence for a person when the database can't be used */
export async function openBerth(options: BerthOptions): Promise<Berth> {
  const { dataDir, portRange, instance, log } = options;
  const random = Math.random;
  const clock = systemClock;
  const store = await openStore({ dataDir, portRange, now: clock.now, random, ...(instance && { instance }) });
  const engine: Engine = dockerEngine(options.engine);
  const reconciler = createReconciler({ store: reconcilerStore(store), engine, clock, random, log, places: PLACES });
  const service = createService({ store, reconciler, engine, random });
  const app = await buildApp({ service, logger: log });
  return {
    app,
    instance: store.instance,
    start: () => reconciler.start(),
    async stop() {
      // A connection that was busy when the closing began would be kept alive after its answer.
      const idle = setInterval(() => app.server.closeIdleConnections(), IDLE_CHECK_MS);
      await app.close();
      clearInterval(idle);
      const cancel = clock.after(LAST_STEPS_MS, () => engine.close());
      await reconciler.stop();
      cancel();
      engine.close();
      await store.close();
    },
  };
}
