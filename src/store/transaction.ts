import { randomUUID } from 'node:crypto';
import type { Definition, Reservation, Spec } from '../domain/definition.js';
import type { PortRange } from '../domain/ports.js';
import { Problem } from '../domain/problem.js';
import { reserve } from '../domain/reservations.js';
import type { Prisma } from '../generated/prisma/client.js';
import { type Memory, overlay } from './memory.js';
import type { StoreTransaction } from './store.js';

const NONE: ReadonlySet<number> = new Set();

/** One transaction: writes go to the database at once and into the two maps, which memory takes over at the commit. */
export function createTransaction(context: {
  readonly client: Prisma.TransactionClient;
  readonly memory: Memory;
  readonly definitions: Map<string, Definition | null>;
  readonly reservations: Map<string, readonly Reservation[]>;
  readonly now: () => Date;
  readonly random: () => number;
  readonly portRange: PortRange;
}): StoreTransaction {
  const { client, memory, definitions, reservations, now, random, portRange } = context;
  const reads = overlay(memory, { definitions, reservations });

  const existing = (uid: string): Definition => {
    const definition = reads.byUid(uid);
    if (definition === undefined) throw new Error(`there is no definition ${uid}`);
    return definition;
  };

  async function change(uid: string, changed: Partial<Definition>): Promise<Definition> {
    const next: Definition = { ...existing(uid), ...changed };
    const { spec, seq: _, ...row } = next;
    await client.definition.update({ where: { uid }, data: { ...row, spec: JSON.stringify(spec) } });
    definitions.set(uid, next);
    return next;
  }

  async function setReservations(uid: string, next: readonly Reservation[]): Promise<void> {
    if (sameClaims(reads.reservationsOf(uid), next)) return;
    await client.reservation.deleteMany({ where: { uid } });
    await client.reservation.createMany({ data: next.map((claim) => ({ ...claim, hostIp: claim.hostIp ?? null })) });
    reservations.set(uid, next);
  }

  return {
    ...reads,
    async insert({ name, spec }) {
      const at = now();
      const fresh = {
        uid: randomUUID(),
        name,
        generation: 1,
        restartOf: null,
        createdAt: at,
        updatedAt: at,
        deletionRequestedAt: null,
      };
      const { seq } = await client.definition.create({ data: { ...fresh, spec: JSON.stringify(spec) } });
      const definition: Definition = { seq, ...fresh, spec };
      definitions.set(fresh.uid, definition);
      return definition;
    },
    replaceSpec: (uid: string, spec: Spec) =>
      change(uid, { spec, generation: existing(uid).generation + 1, updatedAt: now() }),
    setRestartOf: (uid, restartOf) => change(uid, { restartOf }),
    requestDeletion: (uid) => change(uid, { deletionRequestedAt: now() }),
    async delete(uid) {
      await client.definition.delete({ where: { uid } });
      definitions.set(uid, null);
      reservations.set(uid, []);
    },
    async reserve(definition, { publishAll, avoid = NONE } = {}) {
      const { uid, spec } = definition;
      const held = reads.reservationsOf(uid);
      const published = publishAll ?? held.filter((claim) => claim.origin === 'publishAll');
      const outcome = reserve({
        mappings: spec.ports,
        publishAll: spec.publishAll ? published : [],
        held,
        others: (protocol, hostPort) =>
          reads
            .claims(protocol, hostPort)
            .filter((claim) => claim.uid !== uid)
            .map((claim) => ({ ...claim, holder: reads.byUid(claim.uid)?.name ?? claim.uid })),
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

function portClaimed(faults: readonly { readonly pointer: string; readonly message: string }[]): Problem {
  const [first] = faults;
  const more = faults.length > 1 ? ` (and ${faults.length - 1} more, see errors)` : '';
  return new Problem('port-claimed', `The host port ${first?.message ?? ''}${more}.`, {
    faults: faults.map((fault) => ({ in: 'body', ...fault })),
  });
}
