import type { EventRecord } from '../domain/event.js';
import type { Storage } from './storage.js';

/** The newest events, held for watchers. */
export const EVENTS_IN_MEMORY = 1_000;

/** Events that are kept at least; the oldest beyond go, some at a time. */
export const EVENTS_KEPT = 10_000;

/** What a reader gets: the events after a place, or that this place is none any more. */
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
  const newest = (): number => Math.max(tail.at(-1)?.id ?? 0, stored.last.event);

  return {
    get newest() {
      return newest();
    },
    async read(after, limit) {
      if (after > newest() || after < oldest - 1) return { kind: 'expired', oldest };
      const inMemory = tail[0] !== undefined && after >= tail[0].id - 1;
      const events = inMemory
        ? tail.slice(after - (tail[0]?.id ?? 0) + 1).slice(0, limit)
        : await storage.readEvents(after, limit);
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
      for (const listener of [...listeners]) listener();
    },
    get surplus() {
      const upTo = newest() - EVENTS_KEPT;
      return upTo >= oldest + EVENTS_IN_MEMORY ? upTo : null;
    },
    dropped(upTo) {
      oldest = upTo + 1;
    },
  };
}
