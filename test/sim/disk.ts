/** A disk that survives the server: a transaction is on it whole, or not at all. */

import type { Token } from '../../src/domain/access/tokens.js';
import type { Definition, Reservation } from '../../src/domain/definition/definition.js';
import type { EventRecord } from '../../src/domain/event.js';
import type { Run } from '../../src/domain/jobs/run.js';
import type { Address } from '../../src/domain/networks/addresses.js';
import type { Network } from '../../src/domain/networks/network.js';
import { readHold } from '../../src/domain/restore-hold.js';
import { NOTHING_RESTORED, readRestored } from '../../src/domain/restored.js';
import type { SealedValue } from '../../src/domain/secrets/sealed-value.js';
import type { Delivery } from '../../src/domain/webhooks/delivery.js';
import { HOLD, LINKS_MOVED, RESTORED, readCursors, WEBHOOK_CURSORS } from '../../src/store/state/settings.js';
import type { Backup, Storage, Stored, StoredResponse, Write } from '../../src/store/storage.js';
import type { Life, World } from './world.js';

export interface DiskState {
  readonly definitions: ReadonlyMap<string, Definition>;
  readonly reservations: ReadonlyMap<string, readonly Reservation[]>;
  readonly networks: ReadonlyMap<string, Network>;
  readonly addresses: ReadonlyMap<string, readonly Address[]>;
  readonly events: readonly EventRecord[];
  readonly responses: ReadonlyMap<string, StoredResponse>;
  readonly settings: ReadonlyMap<string, string>;
  readonly tokens: readonly Token[];
  readonly sealed: ReadonlyMap<string, SealedValue>;
  readonly deliveries: ReadonlyMap<string, Delivery>;
  readonly runs: ReadonlyMap<string, Run>;
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
  networks: new Map(),
  addresses: new Map(),
  events: [],
  responses: new Map(),
  settings: new Map(),
  tokens: [],
  sealed: new Map(),
  deliveries: new Map(),
  runs: new Map(),
  seq: 0,
};

/** What a server reads at its start. */
function storedIn({
  definitions,
  reservations,
  networks,
  addresses,
  events,
  settings,
  tokens,
  sealed,
  runs,
  seq,
}: DiskState): Stored {
  const restored = events.findLastIndex(({ type }) => type === 'Restored');
  const hold = settings.get(HOLD);
  const confirmedLater = settings.get(RESTORED);
  return {
    definitions: [...definitions.values()].sort((a, b) => a.seq - b.seq),
    reservations: [...reservations.values()].flat(),
    networks: [...networks.values()],
    addresses: [...addresses.values()].flat(),
    events,
    last: { seq, event: events.at(-1)?.id ?? 0 },
    oldestEvent: events[0]?.id ?? 0,
    removed: events
      .slice(restored + 1)
      .filter(({ type }) => type === 'Removed' || type === 'Discarded')
      .map(({ uid }) => uid),
    hold: hold === undefined ? null : readHold(hold),
    restored: confirmedLater === undefined ? NOTHING_RESTORED : readRestored(confirmedLater),
    linksMoved: settings.has(LINKS_MOVED),
    tokens,
    sealed: [...sealed.values()],
    webhookCursors: readCursors(settings.get(WEBHOOK_CURSORS) ?? '[]'),
    runs: [...runs.values()],
  };
}

/** With what one transaction leaves behind. */
function written(state: DiskState, write: Write): DiskState {
  const { surplus } = write;
  const gone = [...write.definitions].flatMap(([uid, definition]) => (definition === null ? [uid] : []));
  const definitions = merged(state.definitions, write.definitions);
  const all = [...definitions.values()];
  return {
    definitions,
    reservations: merged(without(state.reservations, gone), write.reservations),
    networks: merged(state.networks, write.networks),
    addresses: merged(without(state.addresses, gone), write.addresses),
    events: [...state.events, ...write.events].filter(({ id }) => surplus === null || id > surplus),
    responses: new Map(
      [...merged(state.responses, write.responses)].filter(
        ([, { at }]) => write.responses.size === 0 || at >= write.responsesFrom,
      ),
    ),
    settings: merged(state.settings, write.settings),
    tokens: write.tokens ?? state.tokens,
    sealed: merged(state.sealed, write.sealed),
    deliveries: merged(state.deliveries, write.deliveries),
    runs: merged(state.runs, write.runs),
    seq: Math.max(state.seq, ...all.map(({ seq }) => seq)),
  };
}

const without = <V>(before: ReadonlyMap<string, V>, gone: readonly string[]): ReadonlyMap<string, V> =>
  merged(before, new Map(gone.map((uid) => [uid, null])));

/** Null removes. */
function merged<V>(before: ReadonlyMap<string, V>, changes: ReadonlyMap<string, V | null>): ReadonlyMap<string, V> {
  const after = new Map(before);
  for (const [key, value] of changes) {
    if (value === null) after.delete(key);
    else after.set(key, value);
  }
  return after;
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

  async function commit(life: Life, write: Write, copy: DiskState | undefined): Promise<void> {
    await life.sleep(world.between(0, 5));
    const before = state;
    state = written(copy === undefined ? state : { ...state, ...replacedBy(copy) }, write);
    commits++;
    putHere = null;
    committed(before, state, copy !== undefined);
    // A crash here leaves what was committed, and nobody who was told so.
    await life.sleep(world.between(0, 2));
  }

  const replacedBy = (copy: DiskState): Partial<DiskState> => ({
    ...{ definitions: copy.definitions, reservations: copy.reservations, responses: copy.responses },
    ...{ networks: copy.networks, addresses: copy.addresses, sealed: copy.sealed, runs: copy.runs },
    seq: Math.max(copy.seq, state.seq),
  });

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
      deliveries: async (webhook, after, limit) =>
        [...state.deliveries.values()]
          .filter((one) => one.webhook === webhook && one.eventId > after)
          .sort((a, b) => a.eventId - b.eventId)
          .slice(0, limit),
      gather: () => life.sleep(world.between(0, 2)),
      commit: (write) => commit(life, write, undefined),
      restore: ({ file }, write) => commit(life, write, kept(file)),
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
