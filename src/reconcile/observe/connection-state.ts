import type { Engine, EngineVersion } from '../../engine/engine.js';
import { EngineError } from '../../engine/errors.js';
import type { Clock } from '../../lib/clock.js';
import type { Log } from '../../observability/logger.js';
import type { EngineState, ObservedState } from './observed-state.js';

/** The connection to an engine, as the observed state shows it. */
interface ConnectionState {
  connected(version: EngineVersion): void;
  disconnected(error: unknown): void;
}

/** @param options.changed called after each change */
export function createConnectionState(options: {
  readonly engine: Pick<Engine, 'address'>;
  readonly observed: Pick<ObservedState, 'engine' | 'complete'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
  readonly changed: () => void;
}): ConnectionState {
  const { engine, observed, clock, log, changed } = options;
  /** The reason of the last line in the log about the engine as a whole. */
  let logged: EngineState['reason'] | undefined;

  function setState(state: Omit<EngineState, 'reachable' | 'since'>): void {
    const reachable = state.reason === 'Connected';
    const before = observed.engine;
    const isSame = before.reason === state.reason && before.message === state.message;
    if (isSame && before.version === state.version) return;
    const since = before.reachable === reachable && before.version !== null ? before.since : clock.now();
    observed.engine = { ...state, reachable, since };
    if (!reachable) observed.complete = false;
    if (logged !== state.reason) logState(state.reason, state.message);
    logged = state.reason;
    changed();
  }

  /** Logs once that the engine is lost, and once that it is back. */
  function logState(reason: EngineState['reason'], message: string): void {
    const fields = { engine: engine.address, reachable: reason === 'Connected', reason: message || undefined };
    if (reason === 'Connected') {
      log.info(fields, `the engine at ${engine.address} answers`);
      return;
    }
    const isThere = reason === 'EngineUnsupported';
    const remedy = isThere ? message : 'start it, or set DOCKER_HOST to another one';
    const text = `the engine at ${engine.address} can't be ${isThere ? 'used' : 'reached'}: ${remedy}`;
    log.warn(fields, `${text}. Definitions are stored and applied once it answers`);
  }

  return {
    connected: (version) => setState({ reason: 'Connected', message: '', version }),
    disconnected(error) {
      const isUnsupported = error instanceof EngineError && error.kind === 'unsupported';
      const message = error instanceof Error ? error.message : String(error);
      const { version } = observed.engine;
      setState({ reason: isUnsupported ? 'EngineUnsupported' : 'NotConnected', message, version });
    },
  };
}
