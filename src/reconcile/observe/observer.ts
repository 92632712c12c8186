import { isDeepStrictEqual } from 'node:util';
import type { Definition } from '../../domain/definition/definition.js';
import { parseHosts } from '../../domain/links/hosts-file.js';
import type {
  ContainerDetail,
  ContainerSummary,
  Engine,
  EngineVersion,
  ListFilter,
  Owner,
} from '../../engine/engine.js';
import { EngineError } from '../../engine/errors.js';
import { backoffMs } from '../../lib/backoff.js';
import type { Clock } from '../../lib/clock.js';
import { splitAtEquals } from '../../lib/env-entry.js';
import { Lru } from '../../lib/lru.js';
import type { Log } from '../../observability/logger.js';
import { HOSTS_FILE } from '../plan/link-hosts.js';
import type { EngineState, ObservedState, OwnContainer } from './observed-state.js';

/** Relist interval, in milliseconds: a change that no event reported is noticed and repaired within 30 s. */
const RELIST_MS = 25_000;
const RECONNECT = { firstMs: 500, capMs: 5_000 } as const;
/** Inspects under way at once. */
const INSPECTS = 8;
/** Images whose variables are kept: far more than one host's containers are made from. */
const MOST_IMAGES = 1_000;

/** Notifications of the observer. A change is only a hint to look again. */
export interface ObserverEvents {
  /** One of our containers appeared, changed or went. */
  ownChanged(before: OwnContainer | undefined, after: OwnContainer | undefined): void;
  /** A container that is not ours appeared, changed or went: a name or a port may be free now. */
  foreignChanged(): void;
  /** A container of this definition exists, and could not be inspected. */
  notSeen(uid: string): void;
  /** An image came or went. */
  imagesChanged(): void;
  /** A complete picture is there: after every (re)connection, and after every relist. */
  relisted(): void;
  reachabilityChanged(): void;
}

export interface Observer {
  start(): void;
  stop(): Promise<void>;
  /** Looks at these containers again, soon; several calls become one question. */
  look(ids: readonly string[]): void;
  /**
   * Looks at every container of a definition now.
   *
   * @param adoptedId the container that it took over, which no label finds
   * @throws EngineError when nothing was learnt
   */
  lookAtOwn(uid: string, adoptedId: string | undefined): Promise<void>;
  /** Looks at these containers now. @throws EngineError when nothing was learnt */
  lookNow(ids: readonly string[]): Promise<void>;
  /**
   * Reads a container's `/etc/hosts`; a file that is not there counts as an empty one.
   *
   * @param sources the runs of its links' sources, as they were looked at before
   * @throws EngineError when it can't be read
   */
  readHosts(container: OwnContainer, sources: ReadonlyMap<string, string>): Promise<void>;
  /** Reports a failed call that makes the connection doubtful, so that the observer checks it. */
  suspect(): void;
  /** Looks at everything again: the owners of the containers may have changed. Until then nothing is complete. */
  lookAtAll(): void;
}

/**
 * Keeps {@link ObservedState} equal to the engine: by its events, by a relist after every (re)connection and every 25 s, and by
 * looking when asked to. The only one that writes to it.
 */
export function createObserver(options: {
  readonly engine: Engine;
  readonly observed: ObservedState;
  readonly instance: () => string;
  /** The definition that took over the container of this id, which has no owner labels. */
  readonly adopterOf: (containerId: string) => Definition | undefined;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Log;
  readonly events: ObserverEvents;
}): Observer {
  const { engine, observed, instance, adopterOf, clock, random, log, events } = options;
  const imageEnvNames = new Lru<string, ReadonlySet<string>>(MOST_IMAGES);
  const pending = new Set<string>();
  /** Questions are numbered: an answer is dropped where a later question has been answered already. */
  let questions = 0;
  const answered = new Map<string, number>();
  let pumping = false;
  let stopped = false;
  /** The reason of the last line in the log about the engine as a whole. */
  let logged: EngineState['reason'] | undefined;
  let allAsked = false;
  let wakeUp: () => void = () => undefined;
  let finished: Promise<void> = Promise.resolve();
  const stopping = new AbortController();

  /** Resolves after so long, or earlier when {@link wakeUp} is called. */
  const pause = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const cancel = clock.after(ms, resolve);
      wakeUp = () => {
        cancel();
        resolve();
      };
      if (stopped) wakeUp();
    });

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
    events.reachabilityChanged();
  }

  /** Tells an operator once that the engine is lost, and once that it is back. */
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

  const connected = (version: EngineVersion): void => setState({ reason: 'Connected', message: '', version });

  function disconnected(error: unknown): void {
    const isUnsupported = error instanceof EngineError && error.kind === 'unsupported';
    const reason = isUnsupported ? 'EngineUnsupported' : 'NotConnected';
    setState({
      reason,
      message: error instanceof Error ? error.message : String(error),
      version: observed.engine.version,
    });
  }

  async function envNamesOf(imageId: string): Promise<ReadonlySet<string> | null> {
    const known = imageEnvNames.get(imageId);
    if (known !== undefined) return known;
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
    if (!isDeepStrictEqual(before, after)) events.ownChanged(before, after);
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

  /** @param known those that are gone if the engine does not list them */
  async function lookAt(filter: ListFilter, known: () => readonly string[]): Promise<void> {
    const question = ++questions;
    const summaries = await engine.list(filter);
    const there = new Set(summaries.map((summary) => summary.id));
    await takeAll(summaries, (summary) => take(summary, question));
    for (const id of known()) if (!there.has(id)) lose(id, question);
  }

  async function lookNow(ids: readonly string[]): Promise<void> {
    if (ids.length > 0) await lookAt({ kind: 'ids', ids }, () => ids);
  }

  async function pump(): Promise<void> {
    if (pumping) return;
    pumping = true;
    try {
      while (pending.size > 0 && !stopped) {
        const ids = [...pending];
        pending.clear();
        await lookNow(ids);
      }
    } catch (error) {
      log.warn({ err: error }, 'could not inspect changed containers; the next relist will retry');
      wakeUp();
    } finally {
      pumping = false;
    }
  }

  /** @param everything inspect all of ours, not only those whose summary differs from what is known */
  async function relist(everything: boolean): Promise<void> {
    const question = ++questions;
    const before = [...observed.ids()];
    if (everything) allAsked = false;
    const summaries = await engine.list({ kind: 'all' });
    const there = new Set(summaries.map((summary) => summary.id));
    for (const id of before) if (!there.has(id)) lose(id, question);
    await takeAll(everything ? summaries : summaries.filter(isNews), (summary) => takeOrLeave(summary, question));
    for (const [id, number] of answered) if (number < question && !there.has(id)) answered.delete(id);
    observed.complete = !allAsked;
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
    const known = observed.own(summary.id);
    return known === undefined || !sameSummary(summaryOf(known), summary);
  }

  async function readEvents(signal: AbortSignal): Promise<void> {
    for await (const event of await engine.events(signal)) {
      if (event.kind === 'image') {
        events.imagesChanged();
        continue;
      }
      pending.add(event.id);
      void pump();
    }
  }

  /**
   * Removes the containers that a crash left of link checks. Nothing waits for it, so the next connection tries it
   * again.
   */
  async function removeProbes(): Promise<void> {
    try {
      await engine.removeProbes(instance());
    } catch (error) {
      if (!(error instanceof EngineError) || error.kind === 'unreachable') throw error;
      log.warn({ err: error }, 'could not remove orphans of link checks');
    }
  }

  /** One connection: from the first answer until it is lost. */
  async function stayConnected(): Promise<void> {
    const version = await engine.connect();
    await removeProbes();
    const connection = new AbortController();
    let lost = false;
    let reason: unknown;
    const reading = readEvents(AbortSignal.any([connection.signal, stopping.signal])).then(
      () => undefined,
      (error: unknown) => {
        reason = error;
      },
    );
    void reading.then(() => {
      lost = true;
      wakeUp();
    });
    try {
      await relist(true);
      connected(version);
      events.relisted();
      while (!lost && !stopped) {
        if (!allAsked) await pause(RELIST_MS);
        if (lost || stopped) break;
        await relist(allAsked);
        events.relisted();
      }
    } finally {
      connection.abort();
      await reading;
    }
    if (!stopped) throw reason ?? new EngineError('unreachable', `the event stream of ${engine.address} ended`);
  }

  async function run(): Promise<void> {
    let failures = 0;
    while (!stopped) {
      const connectedBefore = observed.engine.reachable;
      try {
        await stayConnected();
      } catch (error) {
        if (stopped) return;
        failures = connectedBefore !== observed.engine.reachable || observed.engine.reachable ? 1 : failures + 1;
        if (!(error instanceof EngineError)) log.error({ err: error }, 'observing the engine failed');
        disconnected(error);
        await pause(backoffMs(failures, random(), RECONNECT));
      }
    }
  }

  return {
    start() {
      finished = run();
    },
    async stop() {
      stopped = true;
      stopping.abort();
      wakeUp();
      await finished;
    },
    look(ids) {
      for (const id of ids) pending.add(id);
      void pump();
    },
    async lookAtOwn(uid, adoptedId) {
      const labelled = () => observed.ownOf(uid).filter((known) => !known.isAdopted);
      await lookAt({ kind: 'uid', uid }, () => labelled().map((known) => known.id));
      if (adoptedId !== undefined) await lookNow([adoptedId]);
    },
    lookNow,
    async readHosts({ id, startedAt }, sources) {
      const file = await engine.readFile(id, HOSTS_FILE);
      const entries = file === null ? [] : parseHosts(new TextDecoder().decode(file));
      observed.putHosts(id, { startedAt, sources, entries });
    },
    suspect: () => wakeUp(),
    lookAtAll() {
      allAsked = true;
      observed.complete = false;
      wakeUp();
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
