/** Checks host ports automatically: after each reconnection to the engine, and again while one leads nowhere. */

import type { Definition } from '../../domain/definition/definition.js';
import { EngineError } from '../../engine/errors.js';
import type { Clock } from '../../lib/clock.js';
import type { Status } from '../../reconcile/status/status-board.js';
import type { CheckPorts, Publisher } from './check.js';

/** Time for the work after a reconnection to come to rest, in milliseconds, checked once a second. */
const REST_MS = 30_000;
const LOOK_MS = 1_000;
/** Interval of further checks of ports that lead nowhere, in milliseconds: no event reports a restored firewall. */
const AGAIN_MS = 60_000;

export interface PortWatch {
  start(): void;
  /** Notes that a check has found a port that leads nowhere: it is tried again later. */
  found(): void;
  stop(): void;
}

/** Creates the port watch. While every port is reachable, it does nothing until the next reconnection. */
export function createPortWatch(options: {
  readonly definitions: () => Iterable<Definition>;
  readonly statusOf: (definition: Definition) => Status;
  readonly check: (publishers: readonly Publisher[], signal: AbortSignal) => ReturnType<CheckPorts['all']>;
  /** Calls after every reconnection; the answer ends it. */
  readonly onReconnected: (listener: () => void) => () => void;
  /** True if nothing is being worked on. */
  readonly isAtRest: () => boolean;
  readonly isReachable: () => boolean;
  readonly clock: Clock;
  /** Reports what a person should know. */
  readonly warn: (fields: object, message: string) => void;
}): PortWatch {
  const { definitions, statusOf, check, onReconnected, isAtRest, isReachable, clock, warn } = options;
  const ended = new AbortController();
  let cancel = (): void => undefined;
  let isPending = false;
  /**
   * True if every port is to be checked since the engine was reconnected: also where a check is under way, or fails.
   */
  let isAllDue = false;
  let unwatch = (): void => undefined;
  let checking = false;

  const after = (ms: number, call: () => void): void => {
    cancel();
    isPending = !ended.signal.aborted;
    if (!isPending) return;
    cancel = clock.after(ms, () => {
      isPending = false;
      call();
    });
  };

  const again = (): void => after(AGAIN_MS, () => void run());

  function atRest(until: number): void {
    if (!isAtRest() && clock.monotonic() < until) after(LOOK_MS, () => atRest(until));
    else void run();
  }

  const publishers = (): readonly Publisher[] =>
    [...definitions()].flatMap((definition) => {
      const { container } = statusOf(definition);
      const isUp = container?.state === 'running' && container.bindings.length > 0;
      return isUp ? [{ definition, container }] : [];
    });

  const unreachable = (): readonly Publisher[] =>
    publishers().filter(({ definition }) =>
      statusOf(definition).conditions.some(({ reason }) => reason === 'PortUnreachable'),
    );

  async function run(): Promise<void> {
    if (checking || !isReachable()) return;
    const wasAll = isAllDue;
    const those = wasAll ? publishers() : unreachable();
    isAllDue = false;
    if (those.length === 0) return;
    checking = true;
    try {
      const found = await check(those, ended.signal);
      const dead = found.filter(({ ports }) => ports.some(({ reason }) => reason === 'PortUnreachable'));
      if (dead.length > 0)
        warn({ containers: dead.map(({ container }) => container) }, 'published host ports are unreachable');
    } catch (error) {
      if (!ended.signal.aborted) warn({ err: error }, 'the check of host ports failed');
      const isPossible = !(error instanceof EngineError && error.kind === 'no-probe');
      isAllDue ||= wasAll && isPossible;
    } finally {
      checking = false;
    }
    if (isAllDue || unreachable().length > 0) again();
  }

  return {
    start() {
      unwatch = onReconnected(() => {
        isAllDue = true;
        // A check that is under way may have begun before the loss: it is followed by another one.
        if (!checking) after(LOOK_MS, () => atRest(clock.monotonic() + REST_MS));
      });
    },
    found() {
      if (!isPending && !checking) again();
    },
    stop() {
      ended.abort();
      cancel();
      unwatch();
    },
  };
}
