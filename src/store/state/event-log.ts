import type { EventRecord } from '../../domain/event.js';
import type { Storage } from '../storage.js';
import { createEventIndex, type EventFilter, type EventIndex, runsOf } from './event-index.js';

/** The newest events, held for watchers. */
export const EVENTS_IN_MEMORY = 1_000;

/** Events that are kept at least; the oldest beyond go, some at a time. */
export const EVENTS_KEPT = 10_000;

/** Events that the index is filled with at a time. */
const INDEXED_AT_ONCE = 200;

/** Events that are read for nothing at most between two that are wanted: one read costs more than a few rows. */
const READ_BETWEEN = 8;

/** Events after a position, or the fact that the position is not valid any more. */
export type EventPage =
  | { readonly kind: 'page'; readonly events: readonly EventRecord[] }
  /** The place is older than what is kept, or was never given out by this database. */
  | { readonly kind: 'expired'; readonly oldest: number };

/** The record of what changed: bounded, readable from any place that is kept, watchable. */
export interface EventLog {
  /** The id of the newest event; 0 where there is none yet. */
  readonly newest: number;
  /** The events after this id, by ascending id, at most so many. */
  read(after: number, limit: number): Promise<EventPage>;
  /** The same, of those that pass a filter: what does not pass it is not read. */
  find(after: number, filter: EventFilter, limit: number): Promise<EventPage>;
  /** Calls after every commit that recorded something; the answer ends it. */
  watch(listener: () => void): () => void;
}

/** The part that only the store's writer uses. */
export interface WritableEventLog extends EventLog {
  append(events: readonly EventRecord[]): void;
  /** Up to which id events are to be dropped now, or null: not with every write, and never while nothing is written. */
  readonly surplus: number | null;
  dropped(upTo: number): void;
}

export function createEventLog(
  storage: Pick<Storage, 'readEvents'>,
  stored: {
    readonly events: readonly EventRecord[];
    readonly oldestEvent: number;
    readonly last: { readonly event: number };
  },
): WritableEventLog {
  let tail = stored.events;
  let oldest = stored.oldestEvent;
  const listeners = new Set<() => void>();
  let index: EventIndex | undefined;
  let filling: Promise<EventIndex> | undefined;
  const newest = (): number => Math.max(tail.at(-1)?.id ?? 0, stored.last.event);

  const isExpired = (after: number): boolean => after > newest() || after < oldest - 1;

  async function eventsAfter(after: number, limit: number): Promise<readonly EventRecord[]> {
    const inMemory = tail[0] !== undefined && after >= tail[0].id - 1;
    return inMemory ? tail.slice(after - (tail[0]?.id ?? 0) + 1).slice(0, limit) : storage.readEvents(after, limit);
  }

  /** Filled when a filter is used first; from then on every event is added as it comes. */
  async function fill(): Promise<EventIndex> {
    const made = createEventIndex();
    for (let last = oldest - 1; last < newest(); ) {
      const events = await eventsAfter(last, INDEXED_AT_ONCE);
      if (events.length === 0) break;
      made.add(events);
      last = events.at(-1)?.id ?? last;
    }
    index = made;
    return made;
  }

  return {
    get newest() {
      return newest();
    },
    async read(after, limit) {
      if (isExpired(after)) return { kind: 'expired', oldest };
      return { kind: 'page', events: await eventsAfter(after, limit) };
    },
    async find(after, filter, limit) {
      if (isExpired(after)) return { kind: 'expired', oldest };
      filling ??= fill().catch((error: unknown) => {
        filling = undefined;
        throw error;
      });
      const ids = new Set((await filling).find(after, filter, limit));
      const events: EventRecord[] = [];
      for (const { from, to } of runsOf([...ids], READ_BETWEEN)) {
        const read = await eventsAfter(from - 1, to - from + 1);
        events.push(...read.filter(({ id }) => ids.has(id)));
      }
      return { kind: 'page', events };
    },
    watch(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    append(events) {
      if (events.length === 0) return;
      tail = [...tail, ...events].slice(-EVENTS_IN_MEMORY);
      if (oldest === 0) oldest = events[0]?.id ?? 0;
      index?.add(events);
      for (const listener of [...listeners]) listener();
    },
    get surplus() {
      const upTo = newest() - EVENTS_KEPT;
      return upTo >= oldest + EVENTS_IN_MEMORY ? upTo : null;
    },
    dropped(upTo) {
      oldest = upTo + 1;
      index?.drop(upTo);
    },
  };
}
