import { expect, it } from 'vitest';
import { EngineError } from '../../../src/engine/errors.js';
import { NOTHING_TO_READ } from '../../../src/reconcile/plan/link-hosts.js';
import type { Status } from '../../../src/reconcile/status/status-board.js';
import type { PortReachReason } from '../../../src/service/ports/verdict.js';
import { createPortWatch } from '../../../src/service/ports/watch.js';
import { definition } from '../../support/definition.js';
import { container } from '../reconcile/builders.js';

/** A watch over `web`, whose time passes by hand. */
function watched() {
  const timers: { at: number; call: () => void }[] = [];
  let ms = 0;
  let reconnected = (): void => undefined;
  const state = {
    checks: 0,
    reason: 'Reachable' as PortReachReason,
    atRest: true,
    published: true,
    during: async () => {},
  };
  const bindings = [{ hostIp: '', hostPort: 8080, containerPort: 80, protocol: 'tcp' }] as const;
  const statusOf = (): Status => ({
    conditions: [{ type: 'PortsBound', status: 'False', reason: state.reason, message: '', lastTransitionTime: '' }],
    ...{
      runsOn: 'bridge',
      ready: true,
      isCurrent: true,
      links: [],
      reserved: [],
      addresses: [],
      hosts: NOTHING_TO_READ,
      container: container({ bindings: state.published ? bindings : [] }),
    },
  });
  const watch = createPortWatch({
    ...{ definitions: () => [definition()], statusOf, isAtRest: () => state.atRest, isReachable: () => true },
    async check() {
      state.checks++;
      await state.during();
      return [];
    },
    onReconnected(listener) {
      reconnected = listener;
      return () => undefined;
    },
    clock: {
      monotonic: () => ms,
      now: () => new Date(ms),
      after(wait, call) {
        const timer = { at: ms + wait, call };
        timers.push(timer);
        return () => timers.splice(timers.indexOf(timer), 1);
      },
    },
    warn: () => undefined,
  });
  watch.start();
  return {
    ...{ state, watch, timers },
    reconnect: () => reconnected(),
    async pass(by: number) {
      const end = ms + by;
      for (;;) {
        const next = timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
        if (next === undefined) break;
        timers.splice(timers.indexOf(next), 1);
        ms = next.at;
        next.call();
        await new Promise((resolve) => setImmediate(resolve));
      }
      ms = end;
    },
  };
}

it('checks host ports once after a reconnection, and then leaves the engine alone', async () => {
  const { state, reconnect, pass, timers } = watched();
  await pass(600_000);
  expect(state.checks).toBe(0);
  reconnect();
  await pass(600_000);
  expect([state.checks, timers.length]).toEqual([1, 0]);
});

it('waits with the check until what a reconnection has started is at rest, for half a minute at most', async () => {
  const { state, reconnect, pass } = watched();
  state.atRest = false;
  reconnect();
  await pass(20_000);
  expect(state.checks).toBe(0);
  await pass(15_000);
  expect(state.checks).toBe(1);
});

it('checks a port that leads nowhere again every minute, until it leads somewhere', async () => {
  const { state, reconnect, pass, timers } = watched();
  state.reason = 'PortUnreachable';
  reconnect();
  await pass(130_000);
  expect(state.checks).toBe(3);
  state.reason = 'Reachable';
  await pass(600_000);
  expect([state.checks, timers.length]).toEqual([3, 0]);
});

it('checks again what a requested check has found, too', async () => {
  const { state, watch, pass } = watched();
  state.reason = 'PortUnreachable';
  watch.found();
  watch.found();
  await pass(61_000);
  expect(state.checks).toBe(1);
});

it('tries nothing where no container publishes a port, and nothing after it was stopped', async () => {
  const idle = watched();
  idle.state.published = false;
  idle.reconnect();
  await idle.pass(60_000);
  expect(idle.state.checks).toBe(0);
  const ended = watched();
  ended.reconnect();
  ended.watch.stop();
  expect(ended.timers).toEqual([]);
  await ended.pass(60_000);
  expect(ended.state.checks).toBe(0);
});

it('checks all host ports again after a reconnection that came during a check', async () => {
  const { state, reconnect, pass } = watched();
  state.during = async () => {
    state.during = async () => {};
    reconnect();
  };
  reconnect();
  await pass(600_000);
  expect(state.checks).toBe(2);
});

it('checks all host ports again where the check after a reconnection has failed', async () => {
  const { state, reconnect, pass } = watched();
  state.during = async () => {
    state.during = async () => {};
    throw new EngineError('failed', 'the engine is busy');
  };
  reconnect();
  await pass(600_000);
  expect(state.checks).toBe(2);
});
