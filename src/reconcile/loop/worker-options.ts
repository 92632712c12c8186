import type { Definition } from '../../domain/definition/definition.js';
import type { Engine } from '../../engine/engine.js';
import type { Clock } from '../../lib/clock.js';
import type { Log } from '../../observability/logger.js';
import type { ObservedState } from '../observe/observed-state.js';
import type { Observer } from '../observe/observer.js';
import type { OpenSecret, PlanInputs } from '../plan/input/plan-input.js';
import type { Attempt } from '../status/conditions.js';
import type { ReconcilerEvent } from '../status/event-recorder.js';
import type { Telemetry } from '../status/telemetry.js';
import type { ReconcilerStore } from '../store.js';
import type { EngineDisk } from './engine-disk.js';
import type { Networks } from './networks/networks.js';
import type { RetryState, Worked } from './retry-state.js';
import type { RunGuard } from './run-guard.js';

/** Options and shared parts that the reconciler gives to the worker. */
export interface WorkerOptions {
  readonly store: ReconcilerStore;
  readonly engine: Engine;
  readonly observed: ObservedState;
  readonly observer: Observer;
  readonly planInputs: PlanInputs;
  readonly retryState: RetryState;
  readonly disk: EngineDisk;
  readonly networks: Networks;
  /** Opens sealed secrets; by default it opens none. */
  readonly openSecret?: OpenSecret | undefined;
  readonly clock: Clock;
  readonly log: Log;
  /** Keeps the starts of recipients apart from their sources' starts and stops. */
  readonly guard: RunGuard;
  /** The containers that a definition's links depend on. */
  readonly sourceIds: (definition: Definition) => readonly string[];
  /** Reports the state of the work on a definition while it goes on, in the generation that is worked on. */
  readonly record: (worked: Worked, attempt: Attempt) => void;
  readonly telemetry: Telemetry;
  /** Adds to the event log while the work goes on. */
  readonly note: (definition: Definition, entry: ReconcilerEvent) => void;
  /** Called once it is stored that links on the default bridge have moved. */
  readonly linksMoved: () => void;
  /** Called once the record of a run of this job is stored. */
  readonly runRecorded: (definition: Definition) => void;
  /** Stores the added events, with all other waiting events of this definition. */
  readonly flush: (uid: string) => Promise<void>;
  /** Calls at every change of a definition's status; the answer ends it. */
  readonly watch: (uid: string, listener: () => void) => () => void;
}
