import type { Condition } from '../domain/definition/condition.js';
import type { Definition } from '../domain/definition/definition.js';
import { hostOf } from '../domain/host.js';
import type { UpdateFinding } from '../domain/images/update-check.js';
import type { Engine } from '../engine/engine.js';
import type { Clock } from '../lib/clock.js';
import { groupBy } from '../lib/multimap.js';
import type { Log } from '../observability/logger.js';
import { createHost } from './create-host.js';
import { createHosts, type Host, type Hosts } from './hosts.js';
import { createRunGuard, type RunGuard } from './loop/run-guard.js';
import type { Breathe, DryRun } from './plan/dry-run/dry-run.js';
import type { DryRunState } from './plan/dry-run/simulated-engine.js';
import type { OpenSecret, PolicyRefusal } from './plan/input/plan-input.js';
import { conditionEvent } from './status/condition-event.js';
import { createEventRecorder, type ReconcilerEvent } from './status/event-recorder.js';
import { createStatusBoard, type StatusBoard } from './status/status-board.js';
import type { Telemetry } from './status/telemetry.js';
import type { ReconcilerStore } from './store.js';
import { createWakes } from './wakes.js';

export interface Reconciler {
  start(): void;
  /** Takes no new work, lets running work end, and resolves. */
  stop(): Promise<void>;
  /** Notes that a request has written a definition: to be called after the commit. */
  changed(uid: string, requestId?: string): void;
  /**
   * Runs `replace`, which replaces all definitions, while no work is under way; then forgets the state of the previous
   * ones. If it throws, it has changed nothing.
   */
  replaceAll<T>(replace: () => Promise<T>): Promise<T>;
  /** Releases the hold after a restore: everything is looked at again. */
  released(): void;
  /** Tries failed pulls again, since credentials of a registry have changed: to be called after the commit. */
  credentialsChanged(): void;
  /** Links on the default bridge have moved, which concerns all linked definitions: to be called after the commit. */
  linksMoved(requestId?: string): void;
  /** Simulates the work on definitions, stored or not. @throws EngineError if an engine can't be queried */
  forecast(definitions: readonly Definition[], desired: DryRunState): Promise<DryRun>;
  readonly hosts: Hosts;
  readonly status: StatusBoard;
}

/** The loop: wakes on writes, events and relists, and has the workers of all hosts bring each definition further. */
export function createReconciler(options: {
  /** The engine of each host, by its name. */
  readonly engines: ReadonlyMap<string, Engine>;
  /** Cuts one long piece of work into slices; by default nothing is cut. */
  readonly slices?: () => Breathe;
  readonly store: ReconcilerStore;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Log;
  readonly telemetry: Telemetry;
  /** Definitions worked on at once, on each host. */
  readonly places: number;
  /** Policy that refuses specs; by default it refuses nothing. */
  readonly refusal?: PolicyRefusal;
  /** Opens sealed secrets; by default it opens none. */
  readonly openSecret?: OpenSecret;
  /** Compares the tag of a definition with its registry; by default no tag is checked. */
  readonly imageUpdate?: (definition: Definition) => UpdateFinding | undefined;
  /** Keeps the starts of recipients apart from their sources' starts and stops. */
  readonly guard?: RunGuard;
}): Reconciler {
  const { engines, store, clock, random, log, telemetry, places, slices, refusal, guard = createRunGuard() } = options;
  const recorder = createEventRecorder({ record: store.record, clock, log });
  /** The requests whose changes are being worked on. */
  const requests = new Map<string, string>();
  const byName = new Map<string, Host>();
  const hosts = createHosts(byName);
  const status = createStatusBoard({
    ...{ store, factsOf: hosts.of, clock, transition, imageUpdate: options.imageUpdate },
  });
  const wakes = createWakes({ store, hosts, requests, touch: status.touch });
  const shared = {
    ...{ store, clock, random, log, telemetry, places, slices, refusal, guard, wakes, status, requests, note, forget },
    ...{ flush: recorder.flush, linksMoved, openSecret: options.openSecret },
  };
  for (const [name, engine] of engines) byName.set(name, createHost(name, engine, shared));

  function note(definition: Definition, event: ReconcilerEvent): void {
    recorder.note(definition, requests.get(definition.uid), event);
  }

  function forget(uid: string): void {
    status.forget(uid);
    recorder.forget(uid);
    guard.forget(uid);
    requests.delete(uid);
  }

  function transition(definition: Definition, before: Condition, after: Condition): void {
    const event = conditionEvent(before, after);
    if (event !== undefined) note(definition, event);
  }

  function linksMoved(requestId?: string): void {
    for (const definition of store.all()) {
      const isConcerned = hosts.of(definition).planInputs.runsOn(definition) !== definition.spec.network;
      if (isConcerned && requestId !== undefined) requests.set(definition.uid, requestId);
    }
    for (const host of hosts.all()) host.lookAtAll();
  }

  /** Runs while no host works. */
  function alone<T>(run: () => Promise<T>): Promise<T> {
    const all = [...hosts.all()];
    return all.reduce<() => Promise<T>>((inner, host) => () => host.alone(inner), run)();
  }

  return {
    start() {
      for (const host of hosts.all()) host.start();
    },
    async stop() {
      await Promise.all([...hosts.all()].map((host) => host.stop()));
      await recorder.stop();
    },
    changed(uid, requestId) {
      if (requestId !== undefined) requests.set(uid, requestId);
      recorder.forget(uid);
      wakes.written(uid);
    },
    replaceAll: (replace) =>
      alone(async () => {
        const before = [...store.all()];
        await recorder.flush();
        const done = await replace();
        for (const host of hosts.all()) host.restart();
        for (const { uid } of before) {
          for (const host of hosts.all()) host.forget(uid);
          forget(uid);
        }
        return done;
      }),
    linksMoved,
    credentialsChanged() {
      for (const host of hosts.all()) wakes.imagesChanged(host);
    },
    released() {
      for (const host of hosts.all()) host.retryAll();
    },
    async forecast(definitions, desired) {
      const runs: DryRun[] = [];
      for (const those of groupBy(definitions, hostOf).values()) {
        const [first] = those;
        if (first !== undefined) runs.push(await hosts.of(first).dryRun(those, desired));
      }
      return { steps: runs.flatMap(({ steps }) => steps), obstacles: runs.flatMap(({ obstacles }) => obstacles) };
    },
    hosts,
    status,
  };
}
