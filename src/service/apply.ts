/** A set of definitions as one: all of it is stored, or nothing is. */

import { setMaxListeners } from 'node:events';
import type { Definition, DefinitionInput, PortMapping, Reservation, Spec } from '../domain/definition/definition.js';
import { withImageAsBefore } from '../domain/definition/diff.js';
import { CONTAINER_NAME_RULE, isContainerName } from '../domain/definition/names.js';
import { declare } from '../domain/definition/normalize.js';
import { edgesOf } from '../domain/links/start-order.js';
import type { NetworkSpec } from '../domain/networks/network-spec.js';
import { claimedMappings } from '../domain/ports/host-network.js';
import { portKey } from '../domain/ports/parse.js';
import { Problem, type ProblemCode } from '../domain/problems/problem.js';
import type { FieldFault } from '../domain/problems/result.js';
import { andMore } from '../domain/problems/summarise.js';
import { isSameJson } from '../lib/canonical-json.js';
import { listed } from '../lib/sentence.js';
import type { Breathe } from '../reconcile/plan/dry-run/dry-run.js';
import type { StateReads } from '../store/state/memory.js';
import type { StoreTransaction } from '../store/types.js';
import type { Presenter } from './containers/presenter.js';
import type { ContainerView } from './containers/views.js';
import type { Change } from './core/change.js';
import type { Commit, Kept } from './core/commit.js';
import type { Planning } from './core/dry-run.js';
import type { WriteOptions } from './core/options.js';
import type { PlanView } from './core/plan-view.js';
import type { WaitUntilReady } from './core/wait-until-ready.js';
import {
  checkUnused,
  inBody,
  invalidDefinition,
  linkFaultsOf,
  networkFault,
  usersAmong,
  waitingFor,
} from './core/write-checks.js';
import { declareIn, eventOf } from './networks/declare.js';

/** Definitions that are declared together. */
export interface ApplyInput {
  /** The name of the set that they belong to. */
  readonly set?: string;
  /** True if what belongs to the set and is not among them is to be removed. */
  readonly prune?: boolean;
  readonly containers: readonly DefinitionInput[];
  /** Networks that are declared before the definitions. */
  readonly networks?: readonly { readonly name: string; readonly spec: NetworkSpec }[];
}

/** Result of an apply, or of its dry run, for one definition. */
interface ApplyResult {
  readonly name: string;
  readonly result: 'created' | 'updated' | 'unchanged' | 'deleted';
  readonly container: ContainerView;
}

export interface ApplyView {
  readonly set: string | null;
  /** Results in the order of the body; then the pruned definitions. */
  readonly results: readonly ApplyResult[];
}

export interface ApplyOutcome {
  /** `accepted`: stored, but not all ready by the time the wait ended. */
  readonly kind: 'applied' | 'accepted';
  /** The result, with its plan after a dry run. */
  readonly applied: ApplyView & { readonly plan?: PlanView };
}

export interface ApplyService {
  /** Stores all in one transaction, in any order. */
  apply(input: ApplyInput, options: WriteOptions<ApplyOutcome>): Promise<ApplyOutcome>;
  /** Simulates an apply on the engine. @throws Problem `engine-unavailable` */
  plan(input: ApplyInput): Promise<PlanView>;
}

/** A definition of the body, checked separately. */
interface Member {
  readonly index: number;
  readonly name: string;
  readonly spec: Spec;
  readonly current: Definition | undefined;
}

/** Refusals of a port or an address, which are reported for all members together. */
const RESERVED: ReadonlySet<ProblemCode> = new Set(['port-claimed', 'address-unavailable']);

/** Claimed ports that a refusal names in its one sentence. */
const SHOWN_FAULTS = 5;

const RESULTS = { created: 'created', updated: 'updated', unchanged: 'unchanged' } as const;

export function createApply(options: {
  readonly commit: Commit;
  readonly kept: Kept;
  readonly planning: Planning;
  readonly settled: WaitUntilReady;
  readonly presenter: Presenter;
  /** Notifies the reconciler that a network was written. */
  readonly networkChanged: (name: string) => void;
  /** Cuts the work of one request into slices. */
  readonly slices?: (() => Breathe) | undefined;
}): ApplyService {
  const { commit, kept, planning, settled, networkChanged, slices = () => NEVER } = options;
  const { storedView, viewNow, preview } = options.presenter;

  async function viewOf(
    { set }: ApplyInput,
    changes: readonly Change[],
    state: StateReads,
    breathe: Breathe,
  ): Promise<ApplyView> {
    const isAsBefore = changes.every(({ kind }) => kind === 'unchanged');
    const results: ApplyResult[] = [];
    for (const { kind, definition } of changes) {
      await breathe();
      results.push({
        name: definition.name,
        result: definition.deletionRequestedAt === null ? RESULTS[kind] : 'deleted',
        container: (isAsBefore ? storedView(definition) : undefined) ?? preview(definition, state),
      });
    }
    return { set: set ?? null, results };
  }

  return {
    async apply(input, options) {
      const { signal, dryRun } = options;
      const names = input.containers.flatMap(({ name }) => name ?? []);
      const waitSeconds = dryRun
        ? (options.waitSeconds ?? 0)
        : await settled.afterDeletion(names, options.waitSeconds ?? 0, signal);
      const breathe = slices();
      const outcomeOf = async (changes: readonly Change[], state: StateReads) => ({
        kind: waitSeconds > 0 ? ('accepted' as const) : ('applied' as const),
        applied: await viewOf(input, changes, state, breathe),
      });
      const done = await commit(options, (tx) => change(tx, input, breathe), outcomeOf);
      if (done.kind === 'rehearsed') {
        const plan = await planning(done.changes, done.desired);
        const applied = await viewOf(input, done.changes, done.desired, breathe);
        return { kind: 'applied', applied: { ...applied, ...(plan && { plan }) } };
      }
      for (const { name } of input.networks ?? []) networkChanged(name);
      if (waitSeconds === 0) return done.outcome;
      // Each definition adds a listener of its own.
      if (signal !== undefined) setMaxListeners(0, signal);
      const waits = done.changes.map(({ definition: { uid, deletionRequestedAt } }) =>
        deletionRequestedAt === null
          ? settled.isSettled(uid, waitSeconds, signal)
          : settled.isGone(uid, waitSeconds, signal),
      );
      const isThere = (await Promise.all(waits)).every(Boolean);
      const results = done.outcome.applied.results.map(
        (result): ApplyResult => ({ ...result, container: viewNow(result.container.uid, result.container) }),
      );
      const kind = isThere ? 'applied' : 'accepted';
      return kept(options, done.outcome, { kind, applied: { ...done.outcome.applied, results } });
    },

    async plan(input) {
      const done = await commit(
        { dryRun: true },
        (tx) => change(tx, input, slices()),
        () => undefined,
      );
      const plan = done.kind === 'rehearsed' ? await planning(done.changes, done.desired) : undefined;
      if (plan !== undefined) return plan;
      throw new Problem(
        'engine-unavailable',
        'Planning needs the container engine, which is not reachable. Try again later.',
      );
    },
  };
}

const NEVER: Breathe = async () => undefined;

async function change(tx: StoreTransaction, input: ApplyInput, breathe: Breathe): Promise<readonly Change[]> {
  await declareNetworks(tx, input.networks ?? []);
  const members = await checkedMembers(tx, input, breathe);
  const pruned = prunedBy(tx, input);
  const byName = new Map(members.map((member) => [member.name, member]));
  const prunedNames = new Set(pruned.map(({ name }) => name));
  const isPruned = (name: string): boolean => prunedNames.has(name);
  await checkTogether(tx, members, byName, isPruned, breathe);
  for (const definition of pruned) {
    await breathe();
    const stored = waitingFor(tx, definition.name).filter(({ name }) => !byName.has(name) && !isPruned(name));
    checkUnused(definition, usersAmong([...stored, ...members], definition.name));
  }
  const deleted: Change[] = [];
  for (const before of pruned) {
    deleted.push({ kind: 'updated', before, definition: await tx.requestDeletion(before.uid) });
    // Its container releases them before the containers that claim them now are started.
    await tx.setReservations(before.uid, []);
  }
  return [...(await store(tx, members, input.set ?? null, breathe)), ...deleted];
}

/** Declares the networks of a body. @throws Problem with the faults of the first that can't be declared */
async function declareNetworks(tx: StoreTransaction, networks: NonNullable<ApplyInput['networks']>): Promise<void> {
  for (const [index, { name, spec }] of networks.entries()) {
    const present = tx.network(name);
    // What one project calls external may be the network of another one here.
    if (spec.external === true && present !== undefined) continue;
    try {
      const { kind, network } = await declareIn(tx, name, spec);
      if (kind !== 'unchanged') tx.record(eventOf(network, kind, {}));
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      const pointer = `/networks/${index}`;
      throw new Problem(error.code, error.message, {
        cause: error,
        faults: inBody([{ pointer, message: error.message }]),
      });
    }
  }
}

/** Checks every member separately. @throws Problem with every fault of every one */
async function checkedMembers(
  tx: StateReads,
  { set, containers }: ApplyInput,
  breathe: Breathe,
): Promise<readonly Member[]> {
  const faults: FieldFault[] = [];
  const members: Member[] = [];
  const seen = new Set<string>();
  for (const [index, input] of containers.entries()) {
    await breathe();
    const at = (pointer: string, message: string) =>
      faults.push({ pointer: `/containers/${index}${pointer}`, message });
    const { name } = input;
    if (name === undefined) at('/name', 'is missing: every definition in a set needs a name');
    else if (!isContainerName(name)) at('/name', `${JSON.stringify(name)}: ${CONTAINER_NAME_RULE}`);
    else if (seen.has(name)) at('/name', `${name} is declared twice in this request`);
    const current = tx.byName(name ?? '');
    if (current?.deletionRequestedAt)
      at('/name', `${name} is being deleted: wait until the deletion is complete, or apply with ?wait=SECONDS`);
    if (current !== undefined && current.set !== null && current.set !== set) {
      at(
        '/name',
        `container "${name}" belongs to the set "${current.set}": declare it in that set, or delete it first`,
      );
    }
    seen.add(name ?? '');
    const declared = declare(input);
    if (!declared.ok) for (const { pointer, message } of declared.faults) at(pointer, message);
    else if (name !== undefined)
      members.push({ index, name, spec: withImageAsBefore(declared.spec, current?.spec), current });
  }
  if (faults.length > 0) throw invalidDefinition(faults);
  return members;
}

/** Returns the definitions of the set that the body does not name. @throws Problem if pruning has no bounds */
function prunedBy(tx: StateReads, { set, prune = false, containers }: ApplyInput): readonly Definition[] {
  if (!prune) return [];
  if (set === undefined) {
    const message = 'needs a set: prune removes containers of the set that are not declared in this request';
    throw invalidDefinition([{ pointer: '/prune', message }]);
  }
  const names = new Set(containers.map(({ name }) => name));
  return tx.ofSet(set).filter((one) => !names.has(one.name) && one.deletionRequestedAt === null);
}

/** Checks links and networks of the whole, as it would be. */
async function checkTogether(
  tx: StateReads,
  members: readonly Member[],
  byName: ReadonlyMap<string, Member>,
  isPruned: (name: string) => boolean,
  breathe: Breathe,
): Promise<void> {
  const specOf = (name: string): Spec | undefined => {
    const stored = tx.byName(name);
    if (byName.has(name)) return byName.get(name)?.spec;
    return stored?.deletionRequestedAt === null && !isPruned(name) ? stored.spec : undefined;
  };
  const faults: FieldFault[] = [];
  for (const { index, name, spec, current } of members) {
    await breathe();
    const isNew = current === undefined || !isSameJson(current.spec, spec);
    // A source that the body changes may be out of reach, though this definition is unchanged.
    const isTouched = isNew || edgesOf(spec).some(({ container }) => byName.has(container));
    const own = isTouched ? linkFaultsOf(name, spec, specOf) : [];
    const left = storedRecipients(tx, name, byName).filter((other) => !isPruned(other));
    const stranded = networkFault(
      name,
      spec,
      left.flatMap((other) => tx.byName(other) ?? []),
    );
    for (const { pointer, message } of [...own, ...stranded]) {
      faults.push({ pointer: `/containers/${index}${pointer}`, message });
    }
  }
  if (faults.length > 0) throw invalidDefinition(faults);
}

/** Returns the names of the definitions outside the body that link to a name and stay. */
const storedRecipients = (tx: StateReads, name: string, byName: ReadonlyMap<string, Member>): readonly string[] =>
  tx
    .recipientsOf(name)
    .filter((recipient) => recipient.deletionRequestedAt === null && !byName.has(recipient.name))
    .map((recipient) => recipient.name);

/** Stores the members. All of them release host ports before any claims one, so that two can swap theirs. */
async function store(
  tx: StoreTransaction,
  members: readonly Member[],
  set: string | null,
  breathe: Breathe,
): Promise<Change[]> {
  const changes: Change[] = [];
  const byName = new Map(members.map((member) => [member.name, member]));
  for (const { index, name, spec, current } of members) {
    await breathe();
    const placeOf = (fault: FieldFault) => ({ ...fault, pointer: `/containers/${index}${fault.pointer}` });
    changes.push({ ...(await storeOne(tx, name, spec, current, set)), placeOf });
  }
  const changed = changes.filter(({ before, definition }) => before?.generation !== definition.generation);
  for (const { definition } of changed) {
    await breathe();
    const kept = tx.reservationsOf(definition.uid).filter(stillDeclared(definition.spec));
    await tx.setReservations(definition.uid, kept);
    await tx.releaseAddresses(definition);
  }
  // Reserves the ports and addresses that members name first, so that no picked one is in their way.
  for (const onlyFixed of [true, false]) {
    const faults: FieldFault[] = [];
    let code: ProblemCode = 'port-claimed';
    for (const { definition } of changed) {
      await breathe();
      try {
        if (onlyFixed || isPicked(definition.spec)) await tx.reserve(definition, { onlyFixed });
        else await tx.reserveAddresses(definition);
      } catch (error) {
        if (!(error instanceof Problem) || !RESERVED.has(error.code)) throw error;
        code = error.code;
        const index = byName.get(definition.name)?.index ?? 0;
        const at = (pointer: string): string => `/containers/${index}${pointer}`;
        faults.push(...error.faults.map(({ pointer, message }) => ({ pointer: at(pointer), message })));
      }
    }
    if (faults.length > 0) {
      const shown = faults.slice(0, SHOWN_FAULTS).map(({ message }) => message);
      throw new Problem(code, `${listed(shown)}${andMore(faults.length - shown.length)}.`, {
        faults: inBody(faults),
      });
    }
  }
  return changes;
}

/** True if a host port of it is to be picked: what it names is claimed before that. */
const isPicked = ({ ports, publishAll }: Spec): boolean =>
  publishAll || ports.some(({ hostPort }) => hostPort === undefined);

async function storeOne(
  tx: StoreTransaction,
  name: string,
  spec: Spec,
  current: Definition | undefined,
  set: string | null,
): Promise<Change> {
  if (current === undefined) {
    const { uid } = await tx.insert({ name, spec });
    return { kind: 'created', before: undefined, definition: await tx.setSet(uid, set) };
  }
  const isSame = isSameJson(spec, current.spec);
  const replaced = isSame ? current : await tx.replaceSpec(current.uid, spec);
  const isJoining = set !== null && current.set !== set;
  const definition = isJoining ? await tx.setSet(current.uid, set) : replaced;
  return { kind: isSame && !isJoining ? 'unchanged' : 'updated', before: current, definition };
}

/** A port that Berth picked stays as long as one is to be picked there; one that a client named, as long as it names it. */
function stillDeclared(spec: Spec): (claim: Reservation) => boolean {
  const { publishAll } = spec;
  const { mappings } = claimedMappings(spec);
  const mapped = new Set(mappings.map(portKey));
  const placeOf = (one: Reservation | PortMapping, hostPort: number | undefined): string =>
    `${portKey(one)} ${one.hostIp ?? '*'} ${hostPort ?? 'any'}`;
  const places = new Set(mappings.map((port) => placeOf(port, port.hostPort)));
  return (claim) =>
    claim.origin === 'publishAll'
      ? publishAll && !mapped.has(portKey(claim))
      : places.has(placeOf(claim, claim.origin === 'fixed' ? claim.hostPort : undefined));
}
