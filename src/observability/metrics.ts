import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** Engine calls, pieces of work and convergence take from a millisecond to minutes. */
const SECONDS = [0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300];

/**
 * Sampling interval for the delay of the event loop, in milliseconds: the default of 10 costs 0.6 % of a core, for
 * nothing.
 */
const LOOP_PRECISION_MS = 100;

/** Most requests are answered within milliseconds; those that wait or stream take minutes. */
const REQUEST_SECONDS = [0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60, 300];

/** Limit of definitions that are named as not ready: the number of series stays bounded, whatever clients declare. */
export const MOST_NAMED = 100;

/** A definition that is not ready, and the reason of its condition `Ready`. */
interface NotReady {
  readonly container: string;
  readonly reason: string;
}

/** Values read at each scrape. */
interface Gauges {
  readonly queueDepth: () => number;
  /** Seconds; 0 where nothing waits. */
  readonly oldestQueued: () => number;
  readonly watchers: () => number;
  readonly definitions: () => { readonly ready: number; readonly notReady: readonly NotReady[] };
  readonly engineReachable: () => boolean;
  readonly held: () => boolean;
}

/**
 * Measures for Prometheus. Only `berth_definition_not_ready` has a label that clients choose, for at most
 * {@link MOST_NAMED} containers.
 */
export interface Metrics {
  readonly contentType: string;
  /** The exposition format. */
  text(): Promise<string>;
  show(gauges: Gauges): void;
  /** Counts an answered request. @param status its class, such as `2xx` */
  requested(method: string, route: string, status: string, seconds: number): void;
  engineCall(operation: string, outcome: string, seconds: number): void;
  worked(result: string, seconds: number): void;
  corrected(drift: string): void;
  converged(seconds: number): void;
  relisted(): void;
  /** @param outcome `delivered`, `failed`, `refused`, or `dead` */
  webhookDelivery(outcome: string): void;
}

/** A registry of its own: several servers in one process do not mix. @param version of Berth */
export function createMetrics(version: string): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: LOOP_PRECISION_MS });
  const build = new Gauge({
    name: 'berth_build_info',
    help: 'Always 1; the labels have the version of Berth and of Node.js.',
    labelNames: ['version', 'node_version'],
    registers,
  });
  build.set({ version, node_version: process.versions.node }, 1);
  const requests = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time until requests were answered, by method, route and class of the status; streams count until their end.',
    labelNames: ['method', 'route', 'status'],
    buckets: REQUEST_SECONDS,
    registers,
  });
  const calls = new Histogram({
    name: 'berth_engine_call_seconds',
    help: 'Engine calls by operation and outcome (ok, or the kind of error).',
    labelNames: ['operation', 'outcome'],
    buckets: SECONDS,
    registers,
  });
  const work = new Histogram({
    name: 'berth_reconcile_seconds',
    help: 'Reconciliations of one definition by result: done, or retry after a backoff.',
    labelNames: ['result'],
    buckets: SECONDS,
    registers,
  });
  const convergence = new Histogram({
    name: 'berth_convergence_seconds',
    help: 'Time from a write, or from the detection of drift, until the definition is converged.',
    buckets: SECONDS,
    registers,
  });
  const drift = new Counter({
    name: 'berth_drift_corrected_total',
    help: 'Drift that was corrected, by kind.',
    labelNames: ['kind'],
    registers,
  });
  const deliveries = new Counter({
    name: 'berth_webhook_deliveries_total',
    help: 'Attempts to deliver events to webhooks by outcome: delivered, failed, refused; dead: events no longer tried.',
    labelNames: ['outcome'],
    registers,
  });
  const relists = new Counter({
    name: 'berth_relists_total',
    help: 'Full relists of the engine.',
    registers,
  });

  function gauge(name: string, help: string, read: () => number): void {
    new Gauge({ name, help, registers, collect: set });
    function set(this: Gauge): void {
      this.set(read());
    }
  }

  function notReady(read: () => readonly NotReady[]): void {
    new Gauge({
      name: 'berth_definition_not_ready',
      help: `1 for a definition that is not ready, with the reason of its condition Ready; at most ${MOST_NAMED} of them.`,
      labelNames: ['container', 'reason'],
      registers,
      collect() {
        this.reset();
        for (const labels of read().slice(0, MOST_NAMED)) this.set({ ...labels }, 1);
      },
    });
  }

  return {
    contentType: registry.contentType,
    text: () => registry.metrics(),
    show(gauges) {
      gauge('berth_queue_depth', 'Definitions that are queued or being reconciled.', gauges.queueDepth);
      gauge('berth_queue_oldest_seconds', 'Waiting time of the first definition in the queue.', gauges.oldestQueued);
      gauge('berth_event_watchers', 'Open event streams.', gauges.watchers);
      gauge('berth_definitions_ready', 'Definitions that are ready.', () => gauges.definitions().ready);
      gauge(
        'berth_definitions_not_ready',
        'Definitions that are not ready.',
        () => gauges.definitions().notReady.length,
      );
      notReady(() => gauges.definitions().notReady);
      gauge('berth_engine_reachable', '1 while the engine is reachable.', () => Number(gauges.engineReachable()));
      gauge('berth_held', '1 while the reconciler is paused after a restore.', () => Number(gauges.held()));
    },
    requested: (method, route, status, seconds) => requests.observe({ method, route, status }, seconds),
    engineCall: (operation, outcome, seconds) => calls.observe({ operation, outcome }, seconds),
    worked: (result, seconds) => work.observe({ result }, seconds),
    corrected: (kind) => drift.inc({ kind }),
    converged: (seconds) => convergence.observe(seconds),
    relisted: () => relists.inc(),
    webhookDelivery: (outcome) => deliveries.inc({ outcome }),
  };
}
