import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** Engine calls, pieces of work and convergence take from a millisecond to minutes. */
const SECONDS = [0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300];

/**
 * Sampling interval for the delay of the event loop, in milliseconds: the default of 10 costs 0.6 % of a core, for
 * nothing.
 */
const LOOP_PRECISION_MS = 100;

/** Values read at each scrape. */
interface Gauges {
  readonly queueDepth: () => number;
  /** Seconds; 0 where nothing waits. */
  readonly oldestQueued: () => number;
  readonly watchers: () => number;
  readonly definitions: () => { readonly ready: number; readonly notReady: number };
  readonly engineReachable: () => boolean;
  readonly held: () => boolean;
}

/** Measures for Prometheus. No label has a container's name, or anything else that a client chooses. */
export interface Metrics {
  readonly contentType: string;
  /** The exposition format. */
  text(): Promise<string>;
  show(gauges: Gauges): void;
  engineCall(operation: string, outcome: string, seconds: number): void;
  worked(result: string, seconds: number): void;
  corrected(drift: string): void;
  converged(seconds: number): void;
  relisted(): void;
}

/** A registry of its own: several servers in one process do not mix. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: LOOP_PRECISION_MS });
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

  return {
    contentType: registry.contentType,
    text: () => registry.metrics(),
    show(gauges) {
      gauge('berth_queue_depth', 'Definitions that are queued or being reconciled.', gauges.queueDepth);
      gauge('berth_queue_oldest_seconds', 'Waiting time of the first definition in the queue.', gauges.oldestQueued);
      gauge('berth_event_watchers', 'Open event streams.', gauges.watchers);
      gauge('berth_definitions_ready', 'Definitions that are ready.', () => gauges.definitions().ready);
      gauge('berth_definitions_not_ready', 'Definitions that are not ready.', () => gauges.definitions().notReady);
      gauge('berth_engine_reachable', '1 while the engine is reachable.', () => Number(gauges.engineReachable()));
      gauge('berth_held', '1 while the reconciler is paused after a restore.', () => Number(gauges.held()));
    },
    engineCall: (operation, outcome, seconds) => calls.observe({ operation, outcome }, seconds),
    worked: (result, seconds) => work.observe({ result }, seconds),
    corrected: (kind) => drift.inc({ kind }),
    converged: (seconds) => convergence.observe(seconds),
    relisted: () => relists.inc(),
  };
}
