import type { EventRecord, EventType, Fields } from '../domain/event.js';
import { Problem } from '../domain/problems/problem.js';
import { waitUntil } from '../lib/wait-until.js';
import type { EventLog } from '../store/state/event-log.js';

/** An entry of the event log. */
export interface EventView {
  readonly id: number;
  /** RFC 3339. */
  readonly at: string;
  readonly type: EventType;
  readonly container: string;
  readonly uid: string;
  readonly reason: string;
  readonly message: string;
  readonly by: 'client' | 'berth';
  /** The name of the token of the requester. */
  readonly actor: string | null;
  readonly requestId: string | null;
  readonly before: Fields | null;
  readonly after: Fields | null;
}

interface EventQuery {
  /** Id after which events are returned; by default all stored ones are. */
  readonly after?: number;
  /** 1 to 500. */
  readonly limit: number;
  readonly container?: string;
  readonly type?: EventType;
}

/** A signal to a follower: its starting place; an event; silence for a while; a gap, since events were lost to it. */
export type EventSignal =
  | { readonly kind: 'place'; readonly id: number }
  | { readonly kind: 'event'; readonly event: EventView }
  | { readonly kind: 'silence' }
  | { readonly kind: 'reset'; readonly oldest: number };

export interface EventService {
  /** Reads the event log, oldest first. @throws Problem `cursor-expired` */
  readEvents(query: EventQuery): Promise<{ readonly items: readonly EventView[]; readonly next: number }>;
  /** Continues with new events until the signal is aborted. */
  followEvents(after: number | undefined, signal: AbortSignal): AsyncIterable<EventSignal>;
  /** The number of followers. */
  watchers(): number;
}

/** Events that are read at once. */
const AT_ONCE = 200;

/** Time without an event until a follower gets a signal of silence, in milliseconds. */
const SILENCE_MS = 15_000;

const views = new WeakMap<EventRecord, EventView>();

/** Returns the same view for all followers, since events never change. */
function view(record: EventRecord): EventView {
  const known = views.get(record);
  if (known !== undefined) return known;
  const { at, ...event } = record;
  const made = { ...event, at: at.toISOString() };
  views.set(record, made);
  return made;
}

/** Creates the service that reads the event log, as pages and as a stream. */
export function createEvents(log: EventLog): EventService {
  let watchers = 0;
  return {
    async readEvents({ after, limit, container, type }) {
      const from = after ?? (await oldestOf(log)) - 1;
      const { newest } = log;
      const isFiltered = container !== undefined || type !== undefined;
      const filter = { ...(container !== undefined && { container }), ...(type !== undefined && { type }) };
      const page = isFiltered ? await log.find(from, filter, limit) : await log.read(from, limit);
      if (page.kind === 'expired') throw expired(page.oldest, log.newest);
      const last = page.events.at(-1)?.id ?? from;
      const next = page.events.length < limit ? Math.max(last, newest) : last;
      return { items: page.events.map(view), next };
    },

    /** Follows events at the reader's pace, from the log: nothing waits in memory for a slow one. */
    async *followEvents(after, signal): AsyncGenerator<EventSignal> {
      watchers++;
      try {
        yield* follow(after ?? log.newest, signal);
      } finally {
        watchers--;
      }
    },
    watchers: () => watchers,
  };

  async function* follow(after: number, signal: AbortSignal): AsyncGenerator<EventSignal> {
    let last = after;
    // A client that loses its connection before the first event can continue from here.
    yield { kind: 'place', id: last };
    while (!signal.aborted) {
      const page = await log.read(last, AT_ONCE);
      if (page.kind === 'expired') {
        yield { kind: 'reset', oldest: page.oldest };
        last = Math.max(0, page.oldest - 1);
        continue;
      }
      for (const event of page.events) {
        if (signal.aborted) return;
        yield { kind: 'event', event: view(event) };
        last = event.id;
      }
      if (page.events.length > 0) continue;
      const place = last;
      const isNews = await waitUntil(() => log.newest > place, { watch: log.watch, ms: SILENCE_MS, signal });
      if (!isNews) yield { kind: 'silence' };
    }
  }
}

async function oldestOf(log: EventLog): Promise<number> {
  const page = await log.read(-1, 1);
  return page.kind === 'expired' ? page.oldest : (page.events[0]?.id ?? 1);
}

const expired = (oldest: number, newest: number): Problem => {
  const message = `is not available in this database, which has events ${oldest} to ${newest}`;
  return new Problem('cursor-expired', `The requested position ${message}. Start again without it.`, {
    faults: [{ in: 'query', pointer: '/after', message }],
  });
};
