import type { Token } from '../domain/access.js';
import type { Adopted, Definition, FailedReplacement, Reservation, Spec } from '../domain/definition.js';
import type { NewEvent } from '../domain/event.js';
import { type Hold, holdText } from '../domain/hold.js';
import type { PortRange } from '../domain/ports.js';
import { Problem } from '../domain/problem.js';
import { reserve } from '../domain/reservations.js';
import type { FieldFault } from '../domain/result.js';
import { type Changes, type Memory, overlay } from './memory.js';
import { HOLD, INSTANCE } from './settings.js';
import type { StoredResponse, Tables } from './storage.js';
import type { StoreTransaction } from './store.js';

/** How long the answer to a keyed request is kept, in milliseconds. */
const RESPONSES_KEPT_MS = 24 * 3_600_000;

/** A response while it is kept. */
export const fresh = (response: StoredResponse | null, now: Date): StoredResponse | null =>
  response !== null && now.getTime() - response.at.getTime() < RESPONSES_KEPT_MS ? response : null;

const NONE: ReadonlySet<number> = new Set();

export interface TransactionContext {
  readonly tables: Tables;
  readonly memory: Memory;
  /** What this transaction changes: filled here, taken over by memory at the commit. */
  readonly changes: OpenChanges;
  /** What is to be recorded with it. */
  readonly events: NewEvent[];
  /** Hears of every write that failed: whatever becomes of the error, the transaction must not be committed then. */
  readonly failed: (thrown: unknown) => void;
  readonly now: () => Date;
  readonly random: () => number;
  readonly newUid: () => string;
  readonly portRange: PortRange;
}

/** Changes as long as they grow. */
export interface OpenChanges extends Changes {
  readonly definitions: Map<string, Definition | null>;
  readonly reservations: Map<string, readonly Reservation[]>;
  hold?: Hold | null;
  tokens?: readonly Token[];
  /** The owner of what is made on the engine, where that becomes another. */
  instance?: string;
}

/** One transaction: writes go to the database at once, and into the two maps when they are there. */
export function createTransaction(context: TransactionContext): StoreTransaction {
  const { tables, memory, changes, events, failed, now, random, newUid, portRange } = context;
  const { definitions, reservations } = changes;
  const reads = overlay(memory, changes);

  async function write<T>(statement: PromiseLike<T>): Promise<T> {
    try {
      return await statement;
    } catch (thrown) {
      failed(thrown);
      throw thrown;
    }
  }

  const existing = (uid: string): Definition => {
    const definition = reads.byUid(uid);
    if (definition === undefined) throw new Error(`there is no definition ${uid}`);
    return definition;
  };

  async function change(uid: string, changed: Partial<Definition>): Promise<Definition> {
    const next: Definition = { ...existing(uid), ...changed };
    await write(tables.setDefinition(next));
    definitions.set(uid, next);
    return next;
  }

  async function setReservations(uid: string, next: readonly Reservation[]): Promise<void> {
    if (sameClaims(reads.reservationsOf(uid), next)) return;
    await write(tables.setReservations(uid, next));
    reservations.set(uid, next);
  }

  return {
    ...reads,
    async insert({ name, spec }) {
      const at = now();
      const fresh: Omit<Definition, 'seq'> = {
        uid: newUid(),
        name,
        spec,
        generation: 1,
        restartOf: null,
        createdAt: at,
        updatedAt: at,
        deletionRequestedAt: null,
        set: null,
        adopted: null,
        failedReplacement: null,
      };
      const seq = await write(tables.addDefinition(fresh));
      const definition: Definition = { seq, ...fresh };
      definitions.set(fresh.uid, definition);
      return definition;
    },
    replaceSpec: async (uid: string, spec: Spec) =>
      change(uid, { spec, generation: existing(uid).generation + 1, updatedAt: now() }),
    setRestartOf: (uid, restartOf) => change(uid, { restartOf }),
    setSet: (uid, set: string | null) => change(uid, { set }),
    setAdopted: (uid, adopted: Adopted | null) => change(uid, { adopted }),
    setFailedReplacement: (uid, failedReplacement: FailedReplacement | null) => change(uid, { failedReplacement }),
    async setGenerations(generations) {
      if (generations.size === 0) return;
      await write(tables.setGenerations(generations));
      for (const [uid, generation] of generations) definitions.set(uid, { ...existing(uid), generation });
    },
    requestDeletion: (uid) => change(uid, { deletionRequestedAt: now() }),
    async delete(uid) {
      await write(tables.dropDefinition(uid));
      definitions.set(uid, null);
      reservations.set(uid, []);
    },
    async reserve({ uid, spec }, { publishAll, avoid = NONE, onlyFixed = false } = {}) {
      const held = reads.reservationsOf(uid);
      const published = publishAll ?? held.filter((claim) => claim.origin === 'publishAll');
      const outcome = reserve({
        mappings: spec.ports,
        publishAll: spec.publishAll ? published : [],
        held,
        others: (protocol, range) => reads.claims(protocol, range).filter((claim) => claim.uid !== uid),
        nameOf: (holder) => reads.byUid(holder)?.name ?? holder,
        range: portRange,
        random,
        avoid,
        onlyFixed,
      });
      if (!outcome.ok) throw portClaimed(outcome.faults);
      await setReservations(uid, [...outcome.keep, ...outcome.claim.map((claim) => ({ uid, ...claim }))]);
    },
    setReservations,
    record: (event) => void events.push(event),
    discard(event) {
      events.push({ ...event, type: 'Discarded' });
      definitions.set(event.uid, null);
    },
    async setHold(hold) {
      await write(tables.setSetting(HOLD, hold === null ? null : holdText(hold)));
      changes.hold = hold;
    },
    async setInstance(instance) {
      await write(tables.setSetting(INSTANCE, instance));
      changes.instance = instance;
    },
    async addToken(token) {
      await write(tables.addToken(token));
      changes.tokens = [...reads.tokens(), token];
    },
    async dropToken(id) {
      await write(tables.dropToken(id));
      changes.tokens = reads.tokens().filter((token) => token.id !== id);
    },
    responseTo: async (key) => fresh(await tables.response(key), now()),
    async respond(response) {
      const at = now();
      await write(tables.dropResponses(new Date(at.getTime() - RESPONSES_KEPT_MS)));
      await write(tables.setResponse({ ...response, at }));
    },
  };
}

const claimText = (claim: Reservation): string =>
  [claim.hostIp, claim.hostPort, claim.containerPort, claim.protocol, claim.origin, claim.confirmed].join(' ');

const sameClaims = (a: readonly Reservation[], b: readonly Reservation[]): boolean =>
  a.length === b.length && a.map(claimText).sort().join() === b.map(claimText).sort().join();

function portClaimed(faults: readonly FieldFault[]): Problem {
  const [first] = faults;
  const more = faults.length > 1 ? ` (and ${faults.length - 1} more, see errors)` : '';
  return new Problem('port-claimed', `The host port ${first?.message ?? ''}${more}.`, {
    faults: faults.map((fault) => ({ in: 'body', ...fault })),
  });
}
