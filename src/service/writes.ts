import { declare, toInput } from '../domain/declare.js';
import type { Definition, DefinitionInput, DesiredState, Reservation, Spec } from '../domain/definition.js';
import { findLinkFaults } from '../domain/links.js';
import { CONTAINER_NAME_RULE, generateName, isContainerName } from '../domain/names.js';
import { Problem } from '../domain/problem.js';
import type { FieldFault } from '../domain/result.js';
import { canonicalJson } from '../domain/spec-hash.js';
import { listed } from '../domain/text.js';
import { EngineError } from '../engine/errors.js';
import type { DesiredState as Desired } from '../reconcile/known.js';
import type { Reconciler } from '../reconcile/reconciler.js';
import type { Store, StoreTransaction } from '../store/store.js';
import { noSuchContainer } from './create-service.js';
import type { Outcome, Service, WriteOptions } from './service.js';
import { linkedBy, plannedActions } from './view.js';
import type { ContainerView } from './views.js';

type Writes = Pick<Service, 'create' | 'put' | 'patch' | 'remove' | 'start' | 'stop' | 'restart'>;

/** What a transaction comes to: the definition as it is then, and what happened to it. */
interface Change {
  readonly kind: 'created' | 'updated' | 'unchanged';
  readonly definition: Definition;
}

/** Thrown out of a transaction to undo it, with what it would have come to. */
class DryRun {
  readonly change: Change;
  readonly reservations: readonly Reservation[];
  constructor(change: Change, reservations: readonly Reservation[]) {
    this.change = change;
    this.reservations = reservations;
  }
}

/** The use cases that change the desired state. Each is one transaction, and wakes the reconciler when it is committed. */
export function createWrites(options: {
  readonly store: Store;
  readonly reconciler: Reconciler;
  readonly random: () => number;
  readonly view: (definition: Definition) => ContainerView;
}): Writes {
  const { store, reconciler, random, view } = options;

  async function write(options: WriteOptions, change: (tx: StoreTransaction) => Promise<Change>): Promise<Outcome> {
    try {
      const done = await store.transact(async (tx) => {
        const changed = await change(tx);
        if (options.dryRun) throw new DryRun(changed, tx.reservationsOf(changed.definition.uid));
        return changed;
      });
      if (done.kind !== 'unchanged') reconciler.changed(done.definition.uid);
      return await wait(done, options);
    } catch (thrown) {
      if (thrown instanceof DryRun) return rehearse(thrown);
      throw thrown;
    }
  }

  /** The answer to a dry run: the definition as it would be, and the steps that would follow. */
  async function rehearse({ change, reservations }: DryRun): Promise<Outcome> {
    const { definition } = change;
    const desired: Desired = {
      byName: (name) => (name === definition.name ? definition : store.byName(name)),
      reservationsOf: (uid) => (uid === definition.uid ? reservations : store.reservationsOf(uid)),
      onNetwork: (network) => [
        ...store.onNetwork(network).filter((other) => other.uid !== definition.uid),
        ...(definition.spec.network === network ? [definition] : []),
      ],
    };
    const container = view(definition);
    if (!reconciler.observed.complete) return { kind: 'dry-run', container };
    try {
      const planned = await reconciler.planFor(definition, desired);
      return { kind: 'dry-run', container: { ...container, plan: plannedActions(planned, definition.name) } };
    } catch (error) {
      if (error instanceof EngineError) return { kind: 'dry-run', container };
      throw error;
    }
  }

  /** Waits as long as the client asked for. */
  async function wait({ kind, definition }: Change, { waitSeconds = 0, signal }: WriteOptions): Promise<Outcome> {
    const now = (): Definition => store.byUid(definition.uid) ?? definition;
    const isThere = await until(definition.uid, () => isSettled(store.byUid(definition.uid)), waitSeconds, signal);
    return { kind: isThere || waitSeconds === 0 ? kind : 'accepted', container: view(now()) };
  }

  function isSettled(definition: Definition | undefined): boolean {
    if (definition === undefined) return true;
    const { ready, container } = reconciler.status.of(definition);
    if (definition.spec.state === 'stopped') {
      const { engine, complete } = reconciler.observed;
      const isUp = container?.state === 'running' || container?.state === 'paused' || container?.state === 'restarting';
      return engine.reachable && complete && !isUp;
    }
    // While what was replaced is still there, the change may yet be taken back.
    const isAlone = reconciler.observed.ownOf(definition.uid).length === 1;
    return ready && isAlone && (definition.restartOf === null || definition.restartOf !== container?.startedAt);
  }

  /** Whether it became so in time. Ends early when the client is gone. */
  async function until(uid: string, isSo: () => boolean, seconds: number, signal?: AbortSignal): Promise<boolean> {
    if (isSo()) return true;
    if (seconds === 0 || signal?.aborted) return false;
    return new Promise((resolve) => {
      const end = (answer: boolean) => {
        clearTimeout(timer);
        unwatch();
        signal?.removeEventListener('abort', giveUp);
        resolve(answer);
      };
      const giveUp = () => end(false);
      const timer = setTimeout(giveUp, seconds * 1000);
      const unwatch = reconciler.status.watch(uid, () => {
        if (isSo()) end(true);
      });
      signal?.addEventListener('abort', giveUp, { once: true });
    });
  }

  /** Stores a definition's new spec, with its host ports, if it differs from the one it has. */
  async function revise(tx: StoreTransaction, current: Definition, spec: Spec): Promise<Change> {
    // A link that a forced deletion broke must not keep its recipient from being stopped, or changed elsewhere.
    const hasOtherLinks = canonicalJson(spec.links) !== canonicalJson(current.spec.links);
    if (hasOtherLinks || spec.network !== current.spec.network) checkLinks(tx, current.name, spec);
    checkRecipients(tx, current.name, spec);
    if (canonicalJson(spec) === canonicalJson(current.spec)) return { kind: 'unchanged', definition: current };
    const definition = await tx.replaceSpec(current.uid, spec);
    await tx.reserve(definition);
    return { kind: 'updated', definition };
  }

  async function insert(tx: StoreTransaction, name: string, spec: Spec): Promise<Change> {
    checkLinks(tx, name, spec);
    const definition = await tx.insert({ name, spec });
    await tx.reserve(definition);
    return { kind: 'created', definition };
  }

  async function setState(name: string, state: DesiredState, options: WriteOptions, restarts: 'always' | 'ended') {
    return write(options, async (tx) => {
      const current = writable(tx, name, options);
      const changed = await revise(tx, current, { ...current.spec, state });
      const { container } = reconciler.status.of(current);
      const again = restarts === 'always' || container?.state === 'exited';
      if (state !== 'running' || container?.startedAt == null || !again || changed.kind === 'updated') return changed;
      const definition = await tx.setRestartOf(current.uid, container.startedAt);
      return { kind: 'updated', definition };
    });
  }

  return {
    create: (input, options) =>
      write(options, async (tx) => {
        const name = input.name ?? generateName(random, (taken) => tx.byName(taken) !== undefined);
        const spec = checked(tx, name, input);
        const holder = tx.byName(name);
        if (holder !== undefined)
          throw options.ifNoneMatch ? staleGeneration(name, holder.generation) : nameTaken(holder);
        if (options.ifMatch !== undefined) throw staleGeneration(name, undefined);
        return insert(tx, name, spec);
      }),

    put: (name, input, options) =>
      write(options, async (tx) => {
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
        return revise(tx, current, checked(tx, name, change({ name, ...toInput(current.spec) })));
      }),

    async remove(name, options) {
      const outcome = await write({ ...options, waitSeconds: 0 }, async (tx) => {
        const current = tx.byName(name);
        if (current === undefined) throw noSuchContainer(name);
        checkGeneration(current, options);
        const recipients = tx.recipientsOf(name).filter((recipient) => recipient.deletionRequestedAt === null);
        if (recipients.length > 0 && !options.force) throw inUse(current, recipients);
        if (current.deletionRequestedAt !== null) return { kind: 'unchanged', definition: current };
        return { kind: 'updated', definition: await tx.requestDeletion(current.uid) };
      });
      if (outcome.kind === 'dry-run') return outcome;
      const { uid } = outcome.container;
      const isGone = await until(uid, () => store.byUid(uid) === undefined, options.waitSeconds ?? 0, options.signal);
      const last = store.byUid(uid);
      return { kind: isGone ? 'gone' : 'accepted', container: last === undefined ? outcome.container : view(last) };
    },

    start: (name, options) => setState(name, 'running', options, 'ended'),
    stop: (name, options) => setState(name, 'stopped', options, 'ended'),
    restart: (name, options) => setState(name, 'running', options, 'always'),
  };
}

const inBody = (faults: readonly FieldFault[]) => faults.map((fault) => ({ in: 'body' as const, ...fault }));

function invalidDefinition(faults: readonly FieldFault[]): Problem {
  const [first] = faults;
  const more = faults.length > 1 ? ` (and ${faults.length - 1} more, see errors)` : '';
  return new Problem('invalid-definition', `${first?.pointer ?? ''}: ${first?.message ?? ''}${more}.`, {
    faults: inBody(faults),
  });
}

/** The spec that an input declares. @throws Problem with every fault of it */
function checked(tx: StoreTransaction, name: string, input: DefinitionInput): Spec {
  const faults: FieldFault[] = [];
  if (!isContainerName(name))
    faults.push({ pointer: '/name', message: `${JSON.stringify(name)}: ${CONTAINER_NAME_RULE}` });
  if (input.name !== undefined && input.name !== name) {
    faults.push({
      pointer: '/name',
      message: `is ${JSON.stringify(input.name)}, but the path says ${name}: a definition can't be renamed`,
    });
  }
  const declared = declare(input);
  if (!declared.ok) faults.push(...declared.faults);
  if (declared.ok && faults.length === 0) return declared.spec;
  // What is wrong between definitions is told at once with what is wrong in this one.
  const { links = [], network = 'bridge' } = input;
  const linked = declare({ image: 'any', links, network });
  if (linked.ok) faults.push(...linkFaults(tx, name, linked.spec));
  throw invalidDefinition(faults);
}

const linkFaults = (tx: StoreTransaction, name: string, spec: Spec): readonly FieldFault[] =>
  findLinkFaults(name, spec, (other) => {
    const definition = tx.byName(other);
    return definition?.deletionRequestedAt === null ? definition.spec : undefined;
  });

function checkLinks(tx: StoreTransaction, name: string, spec: Spec): void {
  const faults = linkFaults(tx, name, spec);
  if (faults.length > 0) throw invalidDefinition(faults);
}

/** A source can't leave the network over which others link to it. */
function checkRecipients(tx: StoreTransaction, name: string, spec: Spec): void {
  const left = tx.recipientsOf(name).filter((recipient) => recipient.spec.network !== spec.network);
  if (left.length === 0) return;
  const message = `${listed(left.map((recipient) => recipient.name))} link to ${name} over ${left[0]?.spec.network}: take those links out first`;
  throw invalidDefinition([{ pointer: '/network', message }]);
}

/** A definition that may be changed under the client's conditions. @throws Problem */
function writable(tx: StoreTransaction, name: string, options: WriteOptions): Definition {
  const current = tx.byName(name);
  if (current === undefined) throw noSuchContainer(name);
  checkGeneration(current, options);
  if (current.deletionRequestedAt === null) return current;
  throw new Problem('name-taken', `${name} is being deleted: wait until it is gone, then create it anew.`);
}

function checkGeneration(current: Definition, { ifMatch, ifNoneMatch }: WriteOptions): void {
  const isMatch = ifMatch === undefined || ifMatch === 'any' || ifMatch.includes(current.generation);
  if (ifNoneMatch || !isMatch) {
    throw staleGeneration(current.name, current.generation);
  }
}

const staleGeneration = (name: string, generation: number | undefined): Problem =>
  new Problem(
    'stale-generation',
    generation === undefined
      ? `${name} does not exist, so no generation of it can match: leave If-Match out to create it.`
      : `${name} is at generation ${generation}: GET it, apply your change to that, and send If-Match: "${generation}".`,
  );

function nameTaken(holder: Definition): Problem {
  const what = holder.deletionRequestedAt === null ? 'exists already' : 'is still being deleted';
  return new Problem(
    'name-taken',
    `A container called ${holder.name} ${what}: choose another name, or PUT to change it.`,
  );
}

function inUse(source: Definition, recipients: readonly Definition[]): Problem {
  const names = [...new Set(linkedBy(source, recipients).map((link) => link.container))];
  return new Problem(
    'in-use',
    `${listed(names)} link to ${source.name}: delete them or take their links out first, or add ?force=true.`,
  );
}
