/** A disk that survives the server: a transaction is on it whole, or not at all. */

import type { Definition, Reservation } from '../../src/domain/definition.js';
import type { EventRecord } from '../../src/domain/event.js';
import type { Storage, StoredResponse, Tables } from '../../src/store/storage.js';
import type { Life, World } from './world.js';

export interface DiskState {
  readonly definitions: ReadonlyMap<string, Definition>;
  readonly reservations: ReadonlyMap<string, readonly Reservation[]>;
  readonly events: readonly EventRecord[];
  readonly responses: ReadonlyMap<string, StoredResponse>;
  readonly settings: ReadonlyMap<string, string>;
  readonly seq: number;
}

export interface Disk {
  readonly state: DiskState;
  /** How many transactions were committed. */
  readonly commits: number;
  /** The disk as one life of the server sees it. */
  open(life: Life): Storage;
}

const NOTHING: DiskState = {
  definitions: new Map(),
  reservations: new Map(),
  events: [],
  responses: new Map(),
  settings: new Map(),
  seq: 0,
};

/** @param committed hears of every commit: what was there, and what is */
export function createDisk(world: World, committed: (before: DiskState, after: DiskState) => void): Disk {
  let state = NOTHING;
  let commits = 0;

  function tablesOf(
    draft: {
      -readonly [K in keyof DiskState]: DiskState[K];
    },
  ): Tables {
    const put = <V>(map: ReadonlyMap<string, V>, key: string, value: V): ReadonlyMap<string, V> =>
      new Map(map).set(key, value);
    const drop = <V>(map: ReadonlyMap<string, V>, key: string): ReadonlyMap<string, V> =>
      new Map([...map].filter(([one]) => one !== key));
    return {
      async addDefinition(definition) {
        draft.seq++;
        draft.definitions = put(draft.definitions, definition.uid, { ...definition, seq: draft.seq });
        return draft.seq;
      },
      async setDefinition(definition) {
        if (!draft.definitions.has(definition.uid)) throw new Error(`no definition ${definition.uid}`);
        draft.definitions = put(draft.definitions, definition.uid, definition);
      },
      async dropDefinition(uid) {
        draft.definitions = drop(draft.definitions, uid);
        draft.reservations = drop(draft.reservations, uid);
      },
      async setReservations(uid, reservations) {
        draft.reservations = put(draft.reservations, uid, reservations);
      },
      async addEvents(events) {
        const first = (draft.events.at(-1)?.id ?? 0) + 1;
        draft.events = [...draft.events, ...events.map((event, index) => ({ ...event, id: first + index }))];
        return events.map((_, index) => first + index);
      },
      async dropEvents(upTo) {
        draft.events = draft.events.filter(({ id }) => id > upTo);
      },
      response: async (key) => draft.responses.get(key) ?? null,
      async setResponse(response) {
        draft.responses = put(draft.responses, response.key, response);
      },
      async dropResponses(before) {
        draft.responses = new Map([...draft.responses].filter(([, { at }]) => at >= before));
      },
    };
  }

  return {
    get state() {
      return state;
    },
    get commits() {
      return commits;
    },
    open: (life) => ({
      async read() {
        return {
          definitions: [...state.definitions.values()].sort((a, b) => a.seq - b.seq),
          reservations: [...state.reservations.values()].flat(),
          events: state.events,
          oldestEvent: state.events[0]?.id ?? 0,
          removed: state.events.filter(({ type }) => type === 'Removed').map(({ uid }) => uid),
        };
      },
      readEvents: async (after, limit) => state.events.filter(({ id }) => id > after).slice(0, limit),
      response: async (key) => state.responses.get(key) ?? null,
      async transaction(work) {
        await life.sleep(world.between(0, 2));
        const draft = { ...state };
        const value = await work(tablesOf(draft));
        await life.sleep(world.between(0, 5));
        const before = state;
        state = draft;
        commits++;
        committed(before, state);
        // A crash here leaves what was committed, and nobody who was told so.
        await life.sleep(world.between(0, 2));
        return value;
      },
      setting: async (key) => state.settings.get(key) ?? null,
      async setSetting(key, value) {
        state = { ...state, settings: new Map(state.settings).set(key, value) };
      },
      check: async () => undefined,
      isBusy: () => false,
      toProblem: (thrown) => thrown,
      close: async () => undefined,
    }),
  };
}
