import type { Definition } from '../../domain/definition/definition.js';
import type { ContainerDetail, ContainerSummary, Engine, ListFilter, Owner } from '../../engine/engine.js';
import { EngineError } from '../../engine/errors.js';
import { isSameJson } from '../../lib/canonical-json.js';
import { Lru } from '../../lib/lru.js';
import { splitAtEquals } from '../../lib/text/env-entry.js';
import type { Log } from '../../observability/logger.js';
import type { ObservedState, OwnContainer } from './observed-state.js';

/** Inspects under way at once. */
const INSPECTS = 8;
/** Images whose variables are kept: far more than one host's containers are made from. */
const MOST_IMAGES = 1_000;

/** Notifications about containers. A change is only a hint to look again. */
export interface ContainerEvents {
  /** One of our containers appeared, changed or went. */
  ownChanged(before: OwnContainer | undefined, after: OwnContainer | undefined): void;
  /** A container that is not ours appeared, changed or went: a name or a port may be free now. */
  foreignChanged(): void;
  /** A container of this definition exists, and could not be inspected. */
  notSeen(uid: string): void;
}

/** Reads containers from an engine into the observed state. */
interface ContainerReader {
  /**
   * Reads the containers of a filter.
   *
   * @param expected those that are gone if the engine does not list them
   * @throws EngineError
   */
  read(filter: ListFilter, expected: () => readonly string[]): Promise<void>;
  /**
   * Reads all containers. A container that can't be inspected is left as it is.
   *
   * @param everything inspect all of ours, not only those whose summary differs from what is known
   * @throws EngineError if the engine can't be reached
   */
  readAll(everything: boolean): Promise<void>;
}

export function createContainerReader(options: {
  readonly engine: Pick<Engine, 'list' | 'inspect' | 'inspectImage'>;
  readonly observed: ObservedState;
  readonly instance: () => string;
  /** Returns the definition that took over the container of this id, which has no owner labels. */
  readonly adopterOf: (containerId: string) => Definition | undefined;
  readonly log: Log;
  readonly events: ContainerEvents;
}): ContainerReader {
  const { engine, observed, instance, adopterOf, log, events } = options;
  const imageEnvNames = new Lru<string, ReadonlySet<string>>(MOST_IMAGES);
  /** Questions are numbered: an answer is dropped where a later question has been answered already. */
  let questions = 0;
  const answered = new Map<string, number>();

  async function envNamesOf(imageId: string): Promise<ReadonlySet<string> | null> {
    const remembered = imageEnvNames.get(imageId);
    if (remembered !== undefined) return remembered;
    const image = await engine.inspectImage(imageId);
    if (image === null) return null;
    const names = new Set(image.env.map((entry) => splitAtEquals(entry)[0]));
    imageEnvNames.set(imageId, names);
    return names;
  }

  /** The definition whose container this may be: whose labels a list shows may be its image's alone. */
  const claimantOf = ({ id, owner }: ContainerSummary): string | undefined =>
    owner?.instance === instance() ? owner.uid : adopterOf(id)?.uid;

  function ownerOf({ id, owner }: ContainerDetail): Owner | null {
    const adopter = owner === null ? adopterOf(id) : undefined;
    if (adopter?.adopted == null) return owner;
    const { uid, name, adopted } = adopter;
    return { instance: instance(), uid, name, generation: adopted.generation, hash: adopted.hash };
  }

  const isLate = (id: string, question: number): boolean => (answered.get(id) ?? 0) > question;

  async function take(summary: ContainerSummary, question: number): Promise<void> {
    if (isLate(summary.id, question)) return;
    if (claimantOf(summary) === undefined) return takeForeign(summary, question);
    const detail = await engine.inspect(summary.id);
    if (detail === null) {
      lose(summary.id, question);
      return;
    }
    const owner = ownerOf(detail);
    if (owner?.instance !== instance()) return takeForeign({ ...summary, owner }, question);
    const names = await envNamesOf(detail.imageId);
    if (isLate(summary.id, question)) return;
    answered.set(summary.id, question);
    const before = observed.own(summary.id);
    const isAdopted = detail.owner === null;
    const after: OwnContainer = { ...detail, owner, isAdopted, linkNames: summary.linkNames, imageEnvNames: names };
    observed.putOwn(after);
    if (before?.imageEnvNames !== names || !isSameJson(before, after)) events.ownChanged(before, after);
  }

  function takeForeign(summary: ContainerSummary, question: number): void {
    if (isLate(summary.id, question)) return;
    answered.set(summary.id, question);
    const before = observed.foreign(summary.id);
    if (before !== undefined && sameSummary(before, summary)) return;
    observed.putForeign(summary);
    events.foreignChanged();
  }

  function lose(id: string, question: number): void {
    if (isLate(id, question)) return;
    answered.set(id, question);
    const own = observed.own(id);
    const foreign = observed.foreign(id);
    observed.drop(id);
    if (own !== undefined) events.ownChanged(own, undefined);
    if (foreign !== undefined) events.foreignChanged();
  }

  async function takeAll(
    summaries: readonly ContainerSummary[],
    takeOne: (summary: ContainerSummary) => Promise<void>,
  ): Promise<void> {
    const queue = [...summaries];
    const worker = async (): Promise<void> => {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) await takeOne(next);
    };
    await Promise.all(Array.from({ length: Math.min(INSPECTS, queue.length) }, worker));
  }

  async function read(filter: ListFilter, expected: () => readonly string[]): Promise<void> {
    const question = ++questions;
    const summaries = await engine.list(filter);
    const there = new Set(summaries.map((summary) => summary.id));
    await takeAll(summaries, (summary) => take(summary, question));
    for (const id of expected()) if (!there.has(id)) lose(id, question);
  }

  /** Inspects one container. A failure must not keep us from all others: the work on its definition looks again. */
  async function takeOrLeave(summary: ContainerSummary, question: number): Promise<void> {
    try {
      await take(summary, question);
    } catch (error) {
      if (!(error instanceof EngineError) || error.kind === 'unreachable') throw error;
      log.warn({ container: summary.name, err: error }, 'could not inspect a container');
      const uid = claimantOf(summary);
      if (uid !== undefined) events.notSeen(uid);
    }
  }

  function isNews(summary: ContainerSummary): boolean {
    if (claimantOf(summary) === undefined) return true;
    const last = observed.own(summary.id);
    return last === undefined || !sameSummary(summaryOf(last), summary);
  }

  return {
    read,
    async readAll(everything) {
      const question = ++questions;
      const before = [...observed.ids()];
      const summaries = await engine.list({ kind: 'all' });
      const there = new Set(summaries.map((summary) => summary.id));
      for (const id of before) if (!there.has(id)) lose(id, question);
      await takeAll(everything ? summaries : summaries.filter(isNews), (summary) => takeOrLeave(summary, question));
      for (const [id, number] of answered) if (number < question && !there.has(id)) answered.delete(id);
    },
  };
}

const summaryOf = (own: OwnContainer): Omit<ContainerSummary, 'owner'> => ({
  id: own.id,
  name: own.name,
  linkNames: own.linkNames,
  state: own.state,
  health: own.health,
  bindings: own.bindings,
  addresses: Object.fromEntries(Object.entries(own.networks).map(([name, network]) => [name, network.ipAddress])),
});

const inOrder = (bindings: ContainerSummary['bindings']): readonly string[] =>
  bindings.map((b) => `${b.hostIp}:${b.hostPort}:${b.containerPort}/${b.protocol}`).sort();

function sameSummary(a: Omit<ContainerSummary, 'owner'>, b: Omit<ContainerSummary, 'owner'>): boolean {
  const text = (s: Omit<ContainerSummary, 'owner'>): string =>
    JSON.stringify([s.name, s.linkNames, s.state, s.health, inOrder(s.bindings), Object.entries(s.addresses).sort()]);
  return text(a) === text(b);
}
