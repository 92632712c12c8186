import type { Condition } from '../../domain/definition/condition.js';
import type { Definition, Reservation } from '../../domain/definition/definition.js';
import type { UpdateFinding } from '../../domain/images/update-check.js';
import { LINKS_NETWORK } from '../../domain/links/links.js';
import type { Address } from '../../domain/networks/addresses.js';
import { networksOf } from '../../domain/networks/networked.js';
import type { Hold } from '../../domain/restore-hold.js';
import type { Clock } from '../../lib/clock.js';
import { MultiMap } from '../../lib/multimap.js';
import type { EngineState, ObservedState, OwnContainer } from '../observe/observed-state.js';
import { type Assessed, assess } from '../plan/assess.js';
import { pendingUpdate } from '../plan/candidates.js';
import type { PlanInputs } from '../plan/input/plan-input.js';
import type { HostsState } from '../plan/link-hosts.js';
import { type LinkState, staleness } from '../plan/link-state.js';
import { attachedOutside } from '../plan/networks/attached.js';
import { pendingConnections } from '../plan/networks/connections.js';
import { routeFinding } from '../plan/networks/default-route.js';
import { lostNetwork } from '../plan/networks/shared-network.js';
import { plan } from '../plan/plan.js';
import { HELD, mayBeHeld } from '../plan/restore-hold.js';
import type { PlanInput } from '../plan/types.js';
import type { DesiredState, StatusState } from '../store.js';
import { type Attempt, findConditions } from './conditions.js';
import { type Namesake, namesakesOf, sharedNames } from './shared-names.js';

/** The status of one definition, as of the last {@link StatusBoard.touch} and of the current connection to its engine. */
export interface Status {
  readonly conditions: readonly Condition[];
  readonly ready: boolean;
  /** The current container, or the one nearest to the wanted one. */
  readonly container: OwnContainer | undefined;
  /** True if that container matches this generation. */
  readonly isCurrent: boolean;
  readonly links: readonly LinkState[];
  /** The network that the container is on; without one, the network that it will be made on. */
  readonly runsOn: string;
  /** The definitions of other sets that share a name with it on its network. */
  readonly namesakes?: readonly Namesake[];
  /** The host ports that are reserved for it, bound or not. */
  readonly reserved: readonly Reservation[];
  /** The addresses that are reserved for it. */
  readonly addresses: readonly Address[];
  /** State of the links in the container's `/etc/hosts`. */
  readonly hosts: HostsState;
}

/**
 * The status of every definition, updated whenever something touches it: reading costs nothing, and each change of a
 * condition gets its time. One that was determined before the last change of what concerns all definitions is updated
 * when it is read, since touching all of them takes a while. Kept only in memory: after a start it is determined again.
 */
export interface StatusBoard {
  /** Determines a status again. @param known from the same moment; by default it is worked out */
  touch(uid: string, known?: Assessed): void;
  forget(uid: string): void;
  of(definition: Definition): Status;
  /** The status that a definition would have in a state that is not stored, or not yet. */
  preview(definition: Definition, desired: StatusState): Status;
  /** Calls after every touch or forgetting of this definition; the answer ends it. */
  watch(uid: string, listener: () => void): () => void;
}

/** A status with what it was determined from, as far as that concerns all definitions. */
interface Kept {
  readonly status: Status;
  readonly basis: Basis;
}

interface Basis {
  readonly engine: EngineState;
  readonly complete: boolean;
  readonly hold: Hold | null;
  readonly linksMoved: boolean;
}

/** The network that a container is on, of those that its definition may run on. */
const networkOf = ({ definition, runsOn }: PlanInput, container: OwnContainer | undefined): string => {
  if (container === undefined || container.networks[runsOn] !== undefined) return runsOn;
  return container.networks[LINKS_NETWORK] === undefined ? definition.spec.network : LINKS_NETWORK;
};

/**
 * A container with the names that links give it: `web/db`. Where links have moved, the engine doesn't name it so, and the
 * names follow from the recipients' containers.
 */
function named(
  { name }: Definition,
  container: OwnContainer,
  observed: ObservedState,
  desired: StatusState,
): OwnContainer {
  if (container.networks[LINKS_NETWORK] === undefined) return container;
  const linkNames = desired.recipientsOf(name).flatMap(({ uid, spec }) =>
    observed.ownOf(uid).flatMap((recipient) => {
      const links = recipient.networks[LINKS_NETWORK]?.links ?? [];
      const made = spec.links.filter((one) => one.container === name && links.includes(`${name}:${one.alias}`));
      return made.map(({ alias }) => `${recipient.name}/${alias}`);
    }),
  );
  return { ...container, linkNames: linkNames.sort() };
}

const isSame = (a: Namesake, b: Namesake): boolean => a.uid === b.uid && a.name === b.name;

/** Facts about the host of a definition that its status follows from. */
export interface StatusFacts {
  readonly observed: ObservedState;
  readonly planInputs: PlanInputs;
  /** Builds the plan inputs for another desired state. */
  planInputsFor(desired: DesiredState): PlanInputs;
  attemptOf(uid: string): Attempt;
  /** Returns why host ports of a container lead nowhere; null if no check says so. */
  unreachable(container: OwnContainer): string | null;
}

export function createStatusBoard(options: {
  readonly store: StatusState & { byUid(uid: string): Definition | undefined };
  readonly factsOf: (definition: Definition) => StatusFacts;
  readonly clock: Clock;
  /** Compares the tag of a definition with its registry; by default no tag is checked. */
  readonly imageUpdate?: ((definition: Definition) => UpdateFinding | undefined) | undefined;
  /** Notified of every condition that has changed. */
  readonly transition: (definition: Definition, before: Condition, after: Condition) => void;
}): StatusBoard {
  const { store, factsOf, clock, transition, imageUpdate = () => undefined } = options;
  const statuses = new Map<string, Kept>();
  const bases = new WeakMap<ObservedState, Basis>();
  const listeners = new MultiMap<string, () => void>();

  /** Returns the basis of a status now: the same object as long as nothing in it changes. */
  function basisOf(definition: Definition): Basis {
    const { observed } = factsOf(definition);
    const { engine, complete } = observed;
    const [hold, linksMoved] = [store.hold(), store.linksMoved()];
    const last = bases.get(observed);
    const isSameHold = last?.hold === hold && last.linksMoved === linksMoved;
    if (isSameHold && last.engine === engine && last.complete === complete) return last;
    const basis = { engine, complete, hold, linksMoved };
    bases.set(observed, basis);
    return basis;
  }

  function assessed(definition: Definition, desired: StatusState = store): Assessed {
    const facts = factsOf(definition);
    const planInputs = desired === store ? facts.planInputs : facts.planInputsFor(desired);
    const input = planInputs.planInput(definition);
    return { input, assessment: assess(input) };
  }

  function compute(definition: Definition, { input, assessment }: Assessed, desired: StatusState = store): Status {
    const { observed, attemptOf, unreachable } = factsOf(definition);
    const { links } = input;
    const { serving: container, hosts } = assessment;
    const differences = container === undefined ? [] : assessment.differencesOf(container);
    const held = mayBeHeld(input) ? plan(input, assessment).obstacle : null;
    const shared = sharedNames(definition, desired);
    const findings = findConditions({
      definition,
      engine: observed.engine,
      complete: observed.complete,
      container,
      differences,
      update:
        container === undefined
          ? null
          : (pendingUpdate(input, container) ?? pendingConnections(input, container) ?? lostNetwork(input, container)),
      attached: container === undefined ? [] : attachedOutside(container, input),
      route: routeFinding(input),
      bindings: desired.reservationsOf(definition.uid),
      runsOn: input.runsOn,
      links,
      networks: networksOf(definition.spec).flatMap((name) => desired.network(name) ?? []),
      stale: container === undefined ? [] : staleness(container, input, () => assessment.environment),
      hosts,
      attempt: attemptOf(definition.uid),
      shared,
      held: held?.reason === HELD ? held.message : null,
      unreachable: container === undefined ? null : unreachable(container),
      imageUpdate: imageUpdate(definition),
    });
    const before = statuses.get(definition.uid)?.status.conditions;
    const now = clock.now().toISOString();
    const conditions = findings.map(({ type, status, reason, message }): Condition => {
      const last = before?.find((condition) => condition.type === type);
      const lastTransitionTime = last?.status === status ? last.lastTransitionTime : now;
      // Written out: V8 gives spread objects a hidden class each, which takes twice the memory.
      return { type, status, reason, message, lastTransitionTime };
    });
    const ready = conditions[0]?.status === 'True';
    const isCurrent = container !== undefined && differences.length === 0;
    return {
      conditions,
      ready,
      container: container === undefined ? undefined : named(definition, container, observed, desired),
      isCurrent,
      links,
      hosts,
      runsOn: networkOf(input, container),
      namesakes: namesakesOf(shared),
      reserved: desired.reservationsOf(definition.uid),
      addresses: desired.addressesOf(definition.uid),
    };
  }

  /** Touches the definitions that began or ceased to share a name with this one: their conditions list it as well. */
  function touchNamesakes(before: readonly Namesake[], after: readonly Namesake[]): void {
    const isIn = (all: readonly Namesake[]) => (one: Namesake) => all.some((other) => isSame(one, other));
    const changed = [...before.filter((one) => !isIn(after)(one)), ...after.filter((one) => !isIn(before)(one))];
    for (const uid of new Set(changed.map((one) => one.uid))) touch(uid);
  }

  function touch(uid: string, known?: Assessed): void {
    const definition = store.byUid(uid);
    if (definition === undefined) return;
    const last = statuses.get(uid)?.status;
    const before = last?.conditions ?? [];
    const status = compute(definition, known ?? assessed(definition));
    statuses.set(uid, { status, basis: basisOf(definition) });
    for (const after of status.conditions) {
      const same = before.find((condition) => condition.type === after.type);
      if (same !== undefined && (same.status !== after.status || same.reason !== after.reason)) {
        transition(definition, same, after);
      }
    }
    notify(uid);
    touchNamesakes(last?.namesakes ?? [], status.namesakes ?? []);
  }

  function notify(uid: string): void {
    for (const listener of [...listeners.get(uid)]) listener();
  }

  return {
    touch,
    forget(uid) {
      const last = statuses.get(uid)?.status;
      statuses.delete(uid);
      notify(uid);
      touchNamesakes(last?.namesakes ?? [], []);
    },
    of(definition) {
      const kept = statuses.get(definition.uid);
      if (kept !== undefined && kept.basis === basisOf(definition)) return kept.status;
      if (kept !== undefined) touch(definition.uid);
      const updated = statuses.get(definition.uid);
      if (updated !== undefined) return updated.status;
      const status = compute(definition, assessed(definition));
      // A definition that is not stored yet may never be.
      if (store.byUid(definition.uid) === definition)
        statuses.set(definition.uid, { status, basis: basisOf(definition) });
      return status;
    },
    preview: (definition, desired) => compute(definition, assessed(definition, desired), desired),
    watch(uid, listener) {
      listeners.add(uid, listener);
      return () => void listeners.delete(uid, listener);
    },
  };
}
