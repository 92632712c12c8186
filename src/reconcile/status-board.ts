import type { Condition } from '../domain/condition.js';
import type { Definition } from '../domain/definition.js';
import type { Clock } from './clock.js';
import { type Attempt, findConditions } from './conditions.js';
import { pendingUpdate, serving } from './fitness.js';
import { HELD, mayBeHeld } from './hold.js';
import type { DesiredState, Known } from './known.js';
import { type HostsState, hostsState, NOTHING_TO_READ } from './link-hosts.js';
import { environmentOf, type LinkState, staleness } from './link-state.js';
import type { Observed, OwnContainer } from './observed.js';
import { plan } from './plan.js';

/** The status of one definition, as of the last {@link StatusBoard.touch}. */
export interface Status {
  readonly conditions: readonly Condition[];
  readonly ready: boolean;
  /** The container that serves it, or would; of several the one nearest to what is wanted. */
  readonly container: OwnContainer | undefined;
  /** Whether that container is made as this generation wants it. */
  readonly isCurrent: boolean;
  readonly links: readonly LinkState[];
  /** What the container's `/etc/hosts` says of them. */
  readonly hosts: HostsState;
}

/**
 * The status of every definition, worked out when something touches it, so that reading costs nothing and each change
 * of a condition gets its time. Kept in memory alone: after a start it is found out anew.
 */
export interface StatusBoard {
  touch(uid: string): void;
  forget(uid: string): void;
  of(definition: Definition): Status;
  /** The status that a definition would have in a state that is not stored, or not yet. */
  preview(definition: Definition, desired: DesiredState): Status;
  /** Calls after every touch or forgetting of this definition; the answer ends it. */
  watch(uid: string, listener: () => void): () => void;
}

export function createStatusBoard(options: {
  readonly store: DesiredState & { byUid(uid: string): Definition | undefined };
  readonly observed: Observed;
  /** What is known under a desired state. */
  readonly knownOf: (desired: DesiredState) => Known;
  readonly clock: Clock;
  readonly attemptOf: (uid: string) => Attempt;
  /** Hears of every condition that is another than it was. */
  readonly transition: (definition: Definition, before: Condition, after: Condition) => void;
}): StatusBoard {
  const { store, observed, knownOf, clock, attemptOf, transition } = options;
  const known = knownOf(store);
  const statuses = new Map<string, Status>();
  const listeners = new Map<string, Set<() => void>>();

  function compute(definition: Definition, desired: DesiredState = store, given: Known = known): Status {
    const input = given.planInput(definition);
    const { links } = input;
    const { container, differences } = serving(input);
    const environment = environmentOf(definition, links, input.linkEnvRules);
    const hosts =
      container === undefined
        ? NOTHING_TO_READ
        : hostsState(container, definition, links, input.hosts.get(container.id));
    const held = mayBeHeld(input) ? plan(input).obstacle : null;
    const findings = findConditions({
      definition,
      engine: observed.engine,
      complete: observed.complete,
      container,
      differences,
      update: container === undefined ? null : pendingUpdate(input, container),
      bindings: desired.reservationsOf(definition.uid),
      links,
      stale: container === undefined ? [] : staleness(container, definition, links, environment),
      hosts,
      attempt: attemptOf(definition.uid),
      held: held?.reason === HELD ? held.message : null,
    });
    const before = statuses.get(definition.uid)?.conditions;
    const now = clock.now().toISOString();
    const conditions = findings.map(({ type, status, reason, message }): Condition => {
      const last = before?.find((condition) => condition.type === type);
      const lastTransitionTime = last?.status === status ? last.lastTransitionTime : now;
      // Written out: V8 gives what is spread and added to a hidden class of its own each time, twice the size of the rest.
      return { type, status, reason, message, lastTransitionTime };
    });
    const ready = conditions[0]?.status === 'True';
    const isCurrent = container !== undefined && differences.length === 0;
    return { conditions, ready, container, isCurrent, links, hosts };
  }

  function notify(uid: string): void {
    for (const listener of [...(listeners.get(uid) ?? [])]) listener();
  }

  return {
    touch(uid) {
      const definition = store.byUid(uid);
      if (definition === undefined) return;
      const before = statuses.get(uid)?.conditions ?? [];
      const status = compute(definition);
      statuses.set(uid, status);
      for (const after of status.conditions) {
        const last = before.find((condition) => condition.type === after.type);
        if (last !== undefined && (last.status !== after.status || last.reason !== after.reason)) {
          transition(definition, last, after);
        }
      }
      notify(uid);
    },
    forget(uid) {
      statuses.delete(uid);
      notify(uid);
    },
    of(definition) {
      const known = statuses.get(definition.uid);
      if (known !== undefined) return known;
      const status = compute(definition);
      // One that is not stored yet may never be.
      if (store.byUid(definition.uid) === definition) statuses.set(definition.uid, status);
      return status;
    },
    preview: (definition, desired) => compute(definition, desired, knownOf(desired)),
    watch(uid, listener) {
      const all = listeners.get(uid) ?? new Set();
      listeners.set(uid, all.add(listener));
      return () => {
        all.delete(listener);
        if (all.size === 0) listeners.delete(uid);
      };
    },
  };
}
