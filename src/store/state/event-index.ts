/** Events by what they are about: where those of a container or a type are, without looking through the others. */

import type { EventRecord } from '../../domain/event.js';

export interface EventFilter {
  readonly container?: string;
  readonly type?: string;
}

export interface EventIndex {
  /** Adds events, by ascending id. */
  add(events: readonly Pick<EventRecord, 'id' | 'container' | 'type'>[]): void;
  /** Forgets the events up to this id. */
  drop(upTo: number): void;
  /** The ids after this one of the events that pass the filter, ascending, at most so many. */
  find(after: number, filter: EventFilter, limit: number): readonly number[];
}

export function createEventIndex(): EventIndex {
  const byKey = new Map<string, number[]>();

  const keyOf = ({ container, type }: EventFilter): string => JSON.stringify([container ?? null, type ?? null]);
  const add = (key: string, id: number): void => {
    const ids = byKey.get(key);
    if (ids === undefined) byKey.set(key, [id]);
    else ids.push(id);
  };

  return {
    add(events) {
      for (const { id, container, type } of events) {
        add(keyOf({ container }), id);
        add(keyOf({ type }), id);
        add(keyOf({ container, type }), id);
      }
    },
    drop(upTo) {
      for (const [key, ids] of byKey) {
        ids.splice(0, firstAfter(ids, upTo));
        if (ids.length === 0) byKey.delete(key);
      }
    },
    find(after, filter, limit) {
      const ids = byKey.get(keyOf(filter)) ?? [];
      const first = firstAfter(ids, after);
      return ids.slice(first, first + limit);
    },
  };
}

/** The place of the first id above this one, by bisection. */
function firstAfter(ids: readonly number[], after: number): number {
  let [low, high] = [0, ids.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ids[middle] ?? 0) > after) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Ids with few others between them, as ranges to be read at once. @param gap the most ids that may lie between two */
export function runsOf(ids: readonly number[], gap: number): readonly { readonly from: number; readonly to: number }[] {
  const runs: { from: number; to: number }[] = [];
  for (const id of ids) {
    const open = runs.at(-1);
    if (open === undefined || id - open.to > gap + 1) runs.push({ from: id, to: id });
    else open.to = id;
  }
  return runs;
}
