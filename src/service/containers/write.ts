import type { Definition, DefinitionInput, DesiredState, Spec } from '../../domain/definition/definition.js';
import { withImageAsBefore } from '../../domain/definition/diff.js';
import { generateName } from '../../domain/definition/names.js';
import { toInput } from '../../domain/definition/normalize.js';
import { edgesOf } from '../../domain/links/start-order.js';
import { withOneForm } from '../../domain/networks/attachments.js';
import { networkNames } from '../../domain/networks/networked.js';
import { Problem } from '../../domain/problems/problem.js';
import { isSameJson } from '../../lib/canonical-json.js';
import type { Reconciler } from '../../reconcile/reconciler.js';
import type { StateReads } from '../../store/state/memory.js';
import type { Store, StoreTransaction } from '../../store/types.js';
import type { Change } from '../core/change.js';
import type { Commit, Kept } from '../core/commit.js';
import type { Planning } from '../core/dry-run.js';
import type { Outcome, WriteOptions } from '../core/options.js';
import type { WaitUntilReady } from '../core/wait-until-ready.js';
import {
  checked,
  checkGeneration,
  checkLinks,
  checkRecipients,
  checkUnused,
  nameTaken,
  noSuchContainer,
  staleGeneration,
  usersAmong,
  waitingFor,
  writable,
} from '../core/write-checks.js';
import type { Presenter } from './presenter.js';

/** Writes to one definition. Each is one transaction, and wakes the reconciler; every refusal is a {@link Problem}. */
export interface ContainerWrites {
  create(input: DefinitionInput, options: WriteOptions): Promise<Outcome>;
  /** Creates or replaces. */
  put(name: string, input: DefinitionInput, options: WriteOptions): Promise<Outcome>;
  /** @param change receives the declared definition and returns the changed one; may throw a Problem. Called once. */
  patch(name: string, change: (current: DefinitionInput) => DefinitionInput, options: WriteOptions): Promise<Outcome>;
  remove(name: string, options: WriteOptions & { readonly force?: boolean }): Promise<Outcome>;
  start(name: string, options: WriteOptions): Promise<Outcome>;
  stop(name: string, options: WriteOptions): Promise<Outcome>;
  restart(name: string, options: WriteOptions): Promise<Outcome>;
}

const runsAgain = (name: string): Problem =>
  new Problem('not-running', `${name} is a job, which is not restarted. POST /v1/containers/${name}/run starts a run.`);

export function createWrites(options: {
  readonly store: Store;
  readonly reconciler: Reconciler;
  readonly commit: Commit;
  readonly kept: Kept;
  readonly planning: Planning;
  readonly settled: WaitUntilReady;
  readonly random: () => number;
  readonly presenter: Presenter;
}): ContainerWrites {
  const { store, reconciler, commit, kept, planning, settled, random } = options;
  const { view, storedView, preview } = options.presenter;

  /** A write that may create: with `wait` it comes after a deletion of the same name that is still going on. */
  async function writeNamed(
    name: string | undefined,
    options: WriteOptions,
    change: (tx: StoreTransaction) => Promise<Change>,
  ): Promise<Outcome> {
    const { waitSeconds = 0, dryRun, ifMatch, signal } = options;
    if (name === undefined || waitSeconds === 0 || dryRun || ifMatch !== undefined) return write(options, change);
    // The write waits for a moment even if no time is left, so that its answer is of the same kind.
    const left = await settled.afterDeletion([name], waitSeconds, signal);
    return write({ ...options, waitSeconds: Math.max(left, 0.001) }, change);
  }

  async function write(options: WriteOptions, change: (tx: StoreTransaction) => Promise<Change>): Promise<Outcome> {
    const outcomeOf = ([one]: readonly Change[], state: StateReads): Outcome => {
      if (one === undefined) throw new Error('a write changed no definition');
      return { kind: options.waitSeconds ? 'accepted' : one.kind, container: preview(one.definition, state) };
    };
    const done = await commit(options, async (tx) => [await change(tx)], outcomeOf);
    const [changed] = done.changes as [Change];
    if (done.kind === 'rehearsed') return rehearse(changed, done.desired);
    if (options.waitSeconds) return kept(options, done.outcome, await wait(changed, options));
    // A keyed request gets exactly the kept answer.
    const now = options.keyed === undefined ? storedView(changed.definition) : undefined;
    return now === undefined ? done.outcome : { kind: changed.kind, container: now };
  }

  /** Returns the answer to a dry run: the definition as it would be, and the steps that would follow. */
  async function rehearse(change: Change, desired: StateReads): Promise<Outcome> {
    const plan = await planning([change], desired);
    return { kind: 'dry-run', container: { ...preview(change.definition, desired), ...(plan && { plan }) } };
  }

  /** Waits as long as the client requested. */
  async function wait({ kind, definition }: Change, { waitSeconds = 0, signal }: WriteOptions): Promise<Outcome> {
    const isThere = await settled.isSettled(definition.uid, waitSeconds, signal);
    return { kind: isThere ? kind : 'accepted', container: view(store.byUid(definition.uid) ?? definition) };
  }

  /** Stores a definition's new spec, with its host ports, if it differs from the present one. */
  async function revise(tx: StoreTransaction, current: Definition, declared: Spec): Promise<Change> {
    const spec = withImageAsBefore(declared, current.spec);
    // A link that a forced deletion broke must not keep its recipient from being stopped, or changed otherwise.
    const waitsForOthers = !isSameJson(edgesOf(spec), edgesOf(current.spec));
    const isElsewhere = !isSameJson(networkNames(spec), networkNames(current.spec));
    if (waitsForOthers || isElsewhere) checkLinks(tx, current.name, spec);
    checkRecipients(tx, current.name, spec);
    if (isSameJson(spec, current.spec)) return { kind: 'unchanged', before: current, definition: current };
    const definition = await tx.replaceSpec(current.uid, spec);
    await tx.reserve(definition);
    return { kind: 'updated', before: current, definition };
  }

  async function insert(tx: StoreTransaction, name: string, spec: Spec): Promise<Change> {
    checkLinks(tx, name, spec);
    checkRecipients(tx, name, spec);
    const definition = await tx.insert({ name, spec });
    await tx.reserve(definition);
    return { kind: 'created', before: undefined, definition };
  }

  async function setState(name: string, state: DesiredState, options: WriteOptions, restarts: 'always' | 'ended') {
    return write(options, async (tx) => {
      const current = writable(tx, name, options);
      if (restarts === 'always' && current.spec.kind === 'job') throw runsAgain(name);
      const changed = await revise(tx, current, { ...current.spec, state });
      const { container } = reconciler.status.of(current);
      // The changed state alone starts a stopped container, unless its restart policy may leave an ended one down.
      const again =
        changed.kind === 'updated'
          ? current.spec.restartPolicy !== 'always'
          : restarts === 'always' || container?.state === 'exited';
      if (state !== 'running' || container?.startedAt == null || !again) return changed;
      const definition = await tx.setRestartOf(current.uid, container.startedAt);
      return { kind: 'updated', before: current, definition };
    });
  }

  return {
    create: (input, options) =>
      writeNamed(input.name, options, async (tx) => {
        const name = input.name ?? generateName(random, (taken) => tx.byName(taken) !== undefined);
        const spec = checked(tx, name, input);
        const holder = tx.byName(name);
        if (holder !== undefined)
          throw options.ifNoneMatch ? staleGeneration(name, holder.generation) : nameTaken(holder);
        if (options.ifMatch !== undefined) throw staleGeneration(name, undefined);
        return insert(tx, name, spec);
      }),

    put: (name, input, options) =>
      writeNamed(name, options, async (tx) => {
        const current = tx.byName(name);
        const spec = checked(tx, name, input);
        if (current === undefined) {
          if (options.ifMatch !== undefined) throw staleGeneration(name, undefined);
          return insert(tx, name, spec);
        }
        return revise(tx, writable(tx, name, options), spec);
      }),

    patch: (name, change, options) =>
      write(options, async (tx) => {
        const current = writable(tx, name, options);
        const before = { name, ...toInput(current.spec) };
        return revise(tx, current, checked(tx, name, withOneForm(before, change(before))));
      }),

    async remove(name, options) {
      const outcome = await write({ ...options, waitSeconds: 0 }, async (tx) => {
        const current = tx.byName(name);
        if (current === undefined) throw noSuchContainer(name);
        checkGeneration(current, options);
        if (!options.force) checkUnused(current, usersAmong(waitingFor(tx, name), name));
        if (current.deletionRequestedAt !== null) return { kind: 'unchanged', before: current, definition: current };
        return { kind: 'updated', before: current, definition: await tx.requestDeletion(current.uid) };
      });
      if (outcome.kind === 'dry-run') return outcome;
      const { uid } = outcome.container;
      const isGone = await settled.isGone(uid, options.waitSeconds ?? 0, options.signal);
      const last = store.byUid(uid);
      return { kind: isGone ? 'gone' : 'accepted', container: last === undefined ? outcome.container : view(last) };
    },

    start: (name, options) => setState(name, 'running', options, 'ended'),
    stop: (name, options) => setState(name, 'stopped', options, 'ended'),
    restart: (name, options) => setState(name, 'running', options, 'always'),
  };
}
