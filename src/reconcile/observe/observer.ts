import type { Definition } from '../../domain/definition/definition.js';
import { parseHosts } from '../../domain/links/hosts-file.js';
import { isUp } from '../../engine/container-state.js';
import type { Engine } from '../../engine/engine.js';
import { EngineError } from '../../engine/errors.js';
import { backoffMs } from '../../lib/backoff.js';
import type { Clock } from '../../lib/clock.js';
import type { Log } from '../../observability/logger.js';
import { HOSTS_FILE } from '../plan/link-hosts.js';
import { createConnectionState } from './connection-state.js';
import { type ContainerEvents, createContainerReader } from './container-reader.js';
import type { ObservedState, OwnContainer } from './observed-state.js';

/** Relist interval, in milliseconds: a change that no event reported is noticed and repaired within 30 s. */
const RELIST_MS = 25_000;
const RECONNECT = { firstMs: 500, capMs: 5_000 } as const;

/** Notifications of the observer. A change is only a hint to look again. */
export interface ObserverEvents extends ContainerEvents {
  /** A network came, went or changed. */
  networksChanged(): void;
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
  const reader = createContainerReader({ engine, observed, instance, adopterOf, log, events });
  const connection = createConnectionState({ engine, observed, clock, log, changed: events.reachabilityChanged });
  const pending = new Set<string>();
  let pumping = false;
  /** True if an event says that a network has come or gone. */
  let areNetworksNew = false;
  let stopped = false;
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

  async function lookNow(ids: readonly string[]): Promise<void> {
    if (ids.length > 0) await reader.read({ kind: 'ids', ids }, () => ids);
  }

  async function pump(): Promise<void> {
    if (pumping) return;
    pumping = true;
    try {
      while ((pending.size > 0 || areNetworksNew) && !stopped) {
        if (areNetworksNew) await lookAtNetworks();
        const ids = [...pending];
        pending.clear();
        await lookNow(ids);
      }
    } catch (error) {
      log.warn({ err: error }, 'could not inspect changed containers or networks; the next relist will retry');
      wakeUp();
    } finally {
      pumping = false;
    }
  }

  /** @param everything inspect all of ours, not only those whose summary differs from what is known */
  async function relist(everything: boolean): Promise<void> {
    if (everything) allAsked = false;
    await reader.readAll(everything);
    await lookAtNetworks();
    observed.complete = !allAsked;
  }

  /** Notes the runs that ended while there was no connection: a reboot of the host ends them all. */
  function noteUnseenEnds(wereUp: readonly OwnContainer[]): void {
    for (const { id, startedAt } of wereUp) {
      const now = observed.own(id);
      if (now !== undefined && now.startedAt === startedAt && !isUp(now)) observed.noteInterruption(id);
    }
  }

  async function lookAtNetworks(): Promise<void> {
    areNetworksNew = false;
    if (observed.putNetworks(await engine.listNetworks())) events.networksChanged();
  }

  async function readEvents(signal: AbortSignal): Promise<void> {
    for await (const event of await engine.events(signal)) {
      if (event.kind === 'image') {
        events.imagesChanged();
        continue;
      }
      if (event.kind === 'network') {
        areNetworksNew = true;
        void pump();
        continue;
      }
      // `docker stop` and `docker kill` send a signal, which a program that ends on its own does not need.
      if (event.action === 'kill') {
        observed.noteInterruption(event.id);
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
    const reading = new AbortController();
    let lost = false;
    let reason: unknown;
    const finishedReading = readEvents(AbortSignal.any([reading.signal, stopping.signal])).then(
      () => undefined,
      (error: unknown) => {
        reason = error;
      },
    );
    void finishedReading.then(() => {
      lost = true;
      wakeUp();
    });
    try {
      const wereUp = [...observed.allOwn()].filter(isUp);
      await relist(true);
      noteUnseenEnds(wereUp);
      connection.connected(version);
      events.relisted();
      while (!lost && !stopped) {
        if (!allAsked) await pause(RELIST_MS);
        if (lost || stopped) break;
        await relist(allAsked);
        events.relisted();
      }
    } finally {
      reading.abort();
      await finishedReading;
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
        connection.disconnected(error);
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
      const labelled = () => observed.ownOf(uid).filter((one) => !one.isAdopted);
      await reader.read({ kind: 'uid', uid }, () => labelled().map((one) => one.id));
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
