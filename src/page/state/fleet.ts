/** All containers as the page knows them: read once, then updated by events. */

import { type ReadonlySignal, signal } from '@preact/signals';
import { BerthProblem, type Client, type Container, type Event, type EventSignal } from '../../../openapi/client.js';

/** Number of changed containers above which the whole list is read: it is one request. */
const MANY = 20;
/** Time in which a burst of events is gathered into one read, in milliseconds. */
const GATHER_MS = 80;
/** Delay after a failed read, in milliseconds. */
const AGAIN_MS = 3_000;
/** Limit of the latest events that are kept. */
const RECENT = 500;
const PAGE = 500;

export interface Fleet {
  readonly containers: ReadonlySignal<ReadonlyMap<string, Container>>;
  /** False until the first list has arrived. */
  readonly loaded: ReadonlySignal<boolean>;
  /** Events since the page was opened, oldest first. */
  readonly recent: ReadonlySignal<readonly Event[]>;
  /** Error of the last read; undefined if it succeeded. */
  readonly trouble: ReadonlySignal<Error | undefined>;
  /** Rises with every change of the known state: a drawing of an older version is out of date. */
  readonly version: ReadonlySignal<number>;
  hear(signal: EventSignal): void;
  /** Reads everything again, since anything may have changed. */
  readAll(): void;
  /** Stores the response to a write of our own. */
  put(container: Container): void;
  /** Resolves once nothing is left to read: for tests. */
  settled(): Promise<void>;
}

type Wanted = Set<string> | 'all';

export function createFleet(client: Client): Fleet {
  const containers = signal<ReadonlyMap<string, Container>>(new Map());
  const loaded = signal(false);
  const recent = signal<readonly Event[]>([]);
  const trouble = signal<Error | undefined>(undefined);
  const version = signal(0);
  let wanted: Wanted = new Set();
  let running: Promise<void> | undefined;

  function want(names: Iterable<string> | 'all'): void {
    if (names === 'all') wanted = 'all';
    else if (wanted !== 'all') for (const name of names) wanted.add(name);
    running ??= work().finally(() => {
      running = undefined;
    });
  }

  /** Reads one at a time, so that an older answer can't come after a newer one. */
  async function work(): Promise<void> {
    while (wanted === 'all' || wanted.size > 0) {
      if (loaded.value) await pause(GATHER_MS);
      const now = wanted;
      wanted = new Set();
      try {
        if (now === 'all' || now.size > MANY) await readList();
        else await Promise.all([...now].map(readOne));
        trouble.value = undefined;
      } catch (error) {
        trouble.value = error as Error;
        wanted = 'all';
        await pause(AGAIN_MS);
      }
    }
  }

  async function readList(): Promise<void> {
    const all = new Map<string, Container>();
    let cursor: string | undefined;
    do {
      const query = { limit: PAGE, ...(cursor !== undefined && { cursor }) };
      const { data } = await client.GET('/v1/containers', { params: { query } });
      for (const one of data.items) all.set(one.name, one);
      cursor = data.nextCursor ?? undefined;
    } while (cursor !== undefined);
    show(all);
    loaded.value = true;
  }

  async function readOne(name: string): Promise<void> {
    try {
      const { data } = await client.GET('/v1/containers/{name}', { params: { path: { name } } });
      put(data);
    } catch (error) {
      if (!(error instanceof BerthProblem && error.code === 'not-found')) throw error;
      const without = new Map(containers.value);
      if (without.delete(name)) show(without);
    }
  }

  function put(container: Container): void {
    show(new Map(containers.value).set(container.name, container));
  }

  function show(all: ReadonlyMap<string, Container>): void {
    containers.value = all;
    version.value++;
  }

  /** Returns the containers in which a change of one shows: itself, its sources and its recipients. */
  function touchedBy(name: string): Iterable<string> {
    const known = containers.value.get(name);
    const sources = known?.links.map((link) => link.container) ?? [];
    const recipients = known?.status.linkedBy.map((link) => link.container) ?? [];
    return [name, ...[...sources, ...recipients].filter((one) => containers.value.has(one))];
  }

  return {
    containers,
    loaded,
    recent,
    trouble,
    version,
    put,
    readAll: () => want('all'),
    hear(signal) {
      if (signal.kind === 'reset') return want('all');
      recent.value = [...recent.value.slice(1 - RECENT), signal.event];
      want([...touchedBy(signal.event.container), ...linkedIn(signal.event)]);
    },
    async settled() {
      while (running !== undefined) await running;
    },
  };
}

/**
 * Returns the sources that a definition had or got by this event, since a source shows the containers that link to it.
 */
const linkedIn = ({ before, after }: Event): readonly string[] =>
  [before, after].flatMap((fields) => {
    const links = fields?.['links'];
    return Array.isArray(links) ? links.flatMap((link: { container?: string }) => link.container ?? []) : [];
  });

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
