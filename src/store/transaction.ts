import type { Definition, Reservation, Spec } from '../domain/definition.js';
import type { PortRange } from '../domain/ports.js';
import { Problem } from '../domain/problem.js';
import { reserve } from '../domain/reservations.js';
import type { FieldFault } from '../domain/result.js';
import type { Prisma } from '../generated/prisma/client.js';
import { type Memory, overlay } from './memory.js';
import type { StoreTransaction } from './store.js';

const NONE: ReadonlySet<number> = new Set();

/** Rows in one statement: Prisma compiles it without letting anything else run, 50 ms for 200. */
const ROWS_AT_ONCE = 200;

export interface TransactionContext {
  readonly client: Prisma.TransactionClient;
  readonly memory: Memory;
  /** What this transaction changes: filled here, taken over by memory at the commit. */
  readonly definitions: Map<string, Definition | null>;
  readonly reservations: Map<string, readonly Reservation[]>;
  /** Hears of every write that failed: whatever becomes of the error, the transaction must not be committed then. */
  readonly failed: (thrown: unknown) => void;
  readonly now: () => Date;
  readonly random: () => number;
  readonly newUid: () => string;
  readonly portRange: PortRange;
}

/** One transaction: writes go to the database at once, and into the two maps when they are there. */
export function createTransaction(context: TransactionContext): StoreTransaction {
  const { client, memory, definitions, reservations, failed, now, random, newUid, portRange } = context;
  const reads = overlay(memory, { definitions, reservations });

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
    const { spec, seq: _, ...row } = next;
    await write(client.definition.update({ where: { uid }, data: { ...row, spec: JSON.stringify(spec) } }));
    definitions.set(uid, next);
    return next;
  }

  async function setReservations(uid: string, next: readonly Reservation[]): Promise<void> {
    if (sameClaims(reads.reservationsOf(uid), next)) return;
    await write(client.reservation.deleteMany({ where: { uid } }));
    const rows = next.map((claim) => ({ ...claim, hostIp: claim.hostIp ?? null }));
    for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
      await write(client.reservation.createMany({ data: rows.slice(from, from + ROWS_AT_ONCE) }));
    }
    reservations.set(uid, next);
  }

  return {
    ...reads,
    async insert({ name, spec }) {
      const at = now();
      const fresh = {
        uid: newUid(),
        name,
        generation: 1,
        restartOf: null,
        createdAt: at,
        updatedAt: at,
        deletionRequestedAt: null,
      };
      const { seq } = await write(client.definition.create({ data: { ...fresh, spec: JSON.stringify(spec) } }));
      const definition: Definition = { seq, ...fresh, spec };
      definitions.set(fresh.uid, definition);
      return definition;
    },
    replaceSpec: async (uid: string, spec: Spec) =>
      change(uid, { spec, generation: existing(uid).generation + 1, updatedAt: now() }),
    setRestartOf: (uid, restartOf) => change(uid, { restartOf }),
    requestDeletion: (uid) => change(uid, { deletionRequestedAt: now() }),
    async delete(uid) {
      await write(client.definition.delete({ where: { uid } }));
      definitions.set(uid, null);
      reservations.set(uid, []);
    },
    async reserve({ uid, spec }, { publishAll, avoid = NONE } = {}) {
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
      });
      if (!outcome.ok) throw portClaimed(outcome.faults);
      await setReservations(uid, [...outcome.keep, ...outcome.claim.map((claim) => ({ uid, ...claim }))]);
    },
    setReservations,
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
