/** A disk that survives the server: a transaction is on it whole, or not at all. */

import type { Token } from '../../src/domain/access.js';
import type { Definition, Reservation } from '../../src/domain/definition.js';
import type { EventRecord } from '../../src/domain/event.js';
import { readHold } from '../../src/domain/hold.js';
import { HOLD } from '../../src/store/settings.js';
import type { Backup, Storage, Stored, StoredResponse, Tables } from '../../src/store/storage.js';
import type { Life, World } from './world.js';

export interface DiskState {
  readonly definitions: ReadonlyMap<string, Definition>;
  readonly reservations: ReadonlyMap<string, readonly Reservation[]>;
  readonly events: readonly EventRecord[];
  readonly responses: ReadonlyMap<string, StoredResponse>;
  readonly settings: ReadonlyMap<string, string>;
  readonly tokens: readonly Token[];
  readonly seq: number;
}

export interface Disk {
  readonly state: DiskState;
  /** How many transactions were committed. */
  readonly commits: number;
  /** The uids of which nothing is to be left on the engine. */
  readonly removed: ReadonlySet<string>;
  /** Keeps what is on it, by the name that is answered. */
  copy(): string;
  /** What was kept, as a checked backup. */
  backup(name: string): Backup;
  /** Puts what was kept in its place while no server is there. @param isMarked whether the next one can tell */
  replaceBy(name: string, isMarked: boolean): void;
  /** The disk as one life of the server sees it. */
  open(life: Life): Storage;
}

const NOTHING: DiskState = {
  definitions: new Map(),
  reservations: new Map(),
  events: [],
  responses: new Map(),
  settings: new Map(),
  tokens: [],
  seq: 0,
};

/** What a server reads at its start. */
function storedIn({ definitions, reservations, events, settings, tokens }: DiskState): Stored {
  const restored = events.findLastIndex(({ type }) => type === 'Restored');
  const hold = settings.get(HOLD);
  return {
    definitions: [...definitions.values()].sort((a, b) => a.seq - b.seq),
    reservations: [...reservations.values()].flat(),
    events,
    oldestEvent: events[0]?.id ?? 0,
    removed: events
      .slice(restored + 1)
      .filter(({ type }) => type === 'Removed' || type === 'Discarded')
      .map(({ uid }) => uid),
    hold: hold === undefined ? null : readHold(hold),
    tokens,
  };
}

/** @param committed hears of every commit: what was there, what is, and whether that came out of a backup */
export function createDisk(
  world: World,
  committed: (before: DiskState, after: DiskState, isRestore: boolean) => void,
): Disk {
  let state = NOTHING;
  let commits = 0;
  let putHere: { readonly takenAt: Date | null } | null = null;
  const copies = new Map<string, DiskState>();

  const kept = (name: string): DiskState => {
    const found = copies.get(name);
    if (found === undefined) throw new Error(`no copy ${name}`);
    return found;
  };

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
      async setGenerations(generations) {
        for (const [uid, generation] of generations) {
          const definition = draft.definitions.get(uid);
          if (definition === undefined) throw new Error(`no definition ${uid}`);
          draft.definitions = put(draft.definitions, uid, { ...definition, generation });
        }
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
      async addToken(token) {
        draft.tokens = [...draft.tokens, token];
      },
      async dropToken(id) {
        draft.tokens = draft.tokens.filter((token) => token.id !== id);
      },
      async setSetting(key, value) {
        draft.settings = value === null ? drop(draft.settings, key) : put(draft.settings, key, value);
      },
      async dropResponses(before) {
        draft.responses = new Map([...draft.responses].filter(([, { at }]) => at >= before));
      },
    };
  }

  async function transaction<T>(
    life: Life,
    work: (tables: Tables) => Promise<T>,
    copy: DiskState | undefined,
  ): Promise<T> {
    await life.sleep(world.between(0, 2));
    const draft = { ...state };
    if (copy !== undefined) {
      const { definitions, reservations, responses, seq } = copy;
      Object.assign(draft, { definitions, reservations, responses, seq: Math.max(seq, state.seq) });
    }
    const value = await work(tablesOf(draft));
    await life.sleep(world.between(0, 5));
    const before = state;
    state = draft;
    commits++;
    putHere = null;
    committed(before, state, copy !== undefined);
    // A crash here leaves what was committed, and nobody who was told so.
    await life.sleep(world.between(0, 2));
    return value;
  }

  return {
    get state() {
      return state;
    },
    get commits() {
      return commits;
    },
    get removed() {
      return new Set(storedIn(state).removed);
    },
    copy() {
      const name = `copy ${copies.size}`;
      copies.set(name, state);
      return name;
    },
    backup: (file) => ({ file, takenAt: null, instance: null, stored: storedIn(kept(file)) }),
    replaceBy(name, isMarked) {
      state = kept(name);
      putHere = isMarked ? { takenAt: null } : null;
    },
    open: (life) => ({
      read: async () => storedIn(state),
      putHere: async () => putHere,
      readEvents: async (after, limit) => state.events.filter(({ id }) => id > after).slice(0, limit),
      response: async (key) => state.responses.get(key) ?? null,
      transaction: (work) => transaction(life, work, undefined),
      restore: ({ file }, work) => transaction(life, work, kept(file)),
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
