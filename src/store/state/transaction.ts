import type { Token } from '../../domain/access/tokens.js';
import type { Adopted, Definition, FailedReplacement, Reservation, Spec } from '../../domain/definition/definition.js';
import type { NewEvent } from '../../domain/event.js';
import { hostOf } from '../../domain/host.js';
import { carriedResolution } from '../../domain/images/resolution.js';
import { type Run, surplusRuns } from '../../domain/jobs/run.js';
import type { Network } from '../../domain/networks/network.js';
import { claimedMappings } from '../../domain/ports/host-network.js';
import type { PortRange } from '../../domain/ports/parse.js';
import { reserve } from '../../domain/ports/reserve.js';
import { Problem } from '../../domain/problems/problem.js';
import type { FieldFault } from '../../domain/problems/result.js';
import { andMore } from '../../domain/problems/summarise.js';
import { type Hold, holdText } from '../../domain/restore-hold.js';
import { type Restored, restoredText, without } from '../../domain/restored.js';
import { placeOf, type SealedValue } from '../../domain/secrets/sealed-value.js';
import { type Delivery, deliveryKey } from '../../domain/webhooks/delivery.js';
import type { StoredResponse } from '../storage.js';
import type { StoreTransaction } from '../types.js';
import { type Changes, type Claims, createClaims, type StateReads } from './memory.js';
import { type NetworkOptions, networkWrites } from './network-writes.js';
import { type ChangedAddresses, createChangedAddresses } from './networks.js';
import { type ChangedDefinitions, createChangedDefinitions, overlay } from './overlay.js';
import { cursorsText, HOLD, INSTANCE, LINKS_MOVED, RESTORED, WEBHOOK_CURSORS } from './settings.js';

/** Time that the answer to a keyed request is kept, in milliseconds. */
export const RESPONSES_KEPT_MS = 24 * 3_600_000;

/** A response while it is kept. */
export const fresh = (response: StoredResponse | null, now: Date): StoredResponse | null =>
  response !== null && now.getTime() - response.at.getTime() < RESPONSES_KEPT_MS ? response : null;

const NONE: ReadonlySet<number> = new Set();

export interface TransactionContext {
  /** The state that it begins with. */
  readonly base: StateReads;
  /** Changes of this transaction, kept nowhere else before it is committed. */
  readonly changes: OpenChanges;
  /** The order of a definition that is new: above every one that was ever given out. */
  readonly nextSeq: () => number;
  /** The answer that is kept for a key, with what was asked for before this transaction. */
  readonly response: (key: string) => Promise<StoredResponse | null>;
  readonly now: () => Date;
  readonly random: () => number;
  readonly newUid: () => string;
  readonly portRange: PortRange;
  readonly networks: NetworkOptions;
}

/** Changes as long as they grow. */
export interface OpenChanges extends Changes {
  readonly definitions: ChangedDefinitions;
  readonly reservations: Claims;
  readonly networks: Map<string, Network | null>;
  readonly addresses: ChangedAddresses;
  readonly responses: Map<string, StoredResponse>;
  readonly settings: Map<string, string | null>;
  readonly sealed: Map<string, SealedValue | null>;
  readonly deliveries: Map<string, Delivery | null>;
  readonly runs: Map<string, Run | null>;
  readonly events: NewEvent[];
  hold?: Hold | null;
  restored?: Restored;
  linksMoved?: true;
  tokens?: readonly Token[];
  webhookCursors?: ReadonlyMap<string, number>;
  /** The owner of what is made on the engine, where that becomes another. */
  instance?: string;
}

export const noChanges = (): OpenChanges => ({
  definitions: createChangedDefinitions(),
  reservations: createClaims(),
  networks: new Map(),
  addresses: createChangedAddresses(),
  responses: new Map(),
  settings: new Map(),
  sealed: new Map(),
  deliveries: new Map(),
  runs: new Map(),
  events: [],
});

/** Adds later changes to earlier ones. */
export function addChanges(to: OpenChanges, later: OpenChanges): void {
  for (const [uid, definition] of later.definitions) to.definitions.set(uid, definition);
  for (const [uid, claims] of later.reservations) to.reservations.set(uid, claims);
  for (const [name, network] of later.networks) to.networks.set(name, network);
  for (const [uid, addresses] of later.addresses) to.addresses.set(uid, addresses);
  for (const [key, response] of later.responses) to.responses.set(key, response);
  for (const [key, value] of later.settings) to.settings.set(key, value);
  for (const [place, value] of later.sealed) to.sealed.set(place, value);
  for (const [key, delivery] of later.deliveries) to.deliveries.set(key, delivery);
  for (const [id, run] of later.runs) to.runs.set(id, run);
  for (const event of later.events) to.events.push(event);
  if (later.hold !== undefined) to.hold = later.hold;
  if (later.restored !== undefined) to.restored = later.restored;
  if (later.linksMoved !== undefined) to.linksMoved = later.linksMoved;
  if (later.tokens !== undefined) to.tokens = later.tokens;
  if (later.webhookCursors !== undefined) to.webhookCursors = later.webhookCursors;
  if (later.instance !== undefined) to.instance = later.instance;
}

export const isNothing = ({ events, tokens, ...changes }: OpenChanges): boolean => {
  const { definitions, reservations, networks, addresses, responses, settings, sealed, deliveries, runs } = changes;
  const maps = [definitions, reservations, networks, addresses, responses, settings, sealed, deliveries, runs];
  return maps.every(({ size }) => size === 0) && events.length === 0 && tokens === undefined;
};

/** One transaction: what it writes is in its changes, and it reads them over what it began with. */
export function createTransaction(context: TransactionContext): StoreTransaction {
  const { base, changes, nextSeq, response, now, random, newUid, portRange } = context;
  const { definitions, reservations, addresses, settings, sealed, runs, events } = changes;
  const reads = overlay(base, changes);

  const existing = (uid: string): Definition => {
    const definition = reads.byUid(uid);
    if (definition === undefined) throw new Error(`definition ${uid} does not exist`);
    return definition;
  };

  async function change(uid: string, changed: Partial<Definition>): Promise<Definition> {
    const next: Definition = { ...existing(uid), ...changed };
    definitions.set(uid, next);
    return next;
  }

  async function setRestored(restored: Restored): Promise<void> {
    settings.set(RESTORED, restoredText(restored));
    changes.restored = restored;
  }

  /** Forgets what has been confirmed; writes nothing where there is nothing to forget. */
  async function confirmRestored(confirmed: Parameters<typeof without>[1]): Promise<void> {
    const { undeclared, unverified } = reads.restored();
    const { uids = [], containers = [] } = confirmed;
    if (!uids.some((uid) => undeclared.has(uid)) && !containers.some((id) => unverified.has(id))) return;
    await setRestored(without(reads.restored(), confirmed));
  }

  const networkTx = networkWrites(context, reads);

  async function setReservations(uid: string, next: readonly Reservation[]): Promise<void> {
    if (!sameClaims(reads.reservationsOf(uid), next)) reservations.set(uid, next);
  }

  return {
    ...reads,
    async insert({ name, spec }) {
      const at = now();
      const definition: Definition = {
        seq: nextSeq(),
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
      definitions.set(definition.uid, definition);
      return definition;
    },
    replaceSpec: async (uid: string, spec: Spec) =>
      change(uid, {
        spec,
        generation: existing(uid).generation + 1,
        updatedAt: now(),
        resolution: carriedResolution(existing(uid), spec),
      }),
    setRestartOf: (uid, restartOf) => change(uid, { restartOf }),
    setSet: (uid, set: string | null) => change(uid, { set }),
    setAdopted: (uid, adopted: Adopted | null) => change(uid, { adopted }),
    setFailedReplacement: (uid, failedReplacement: FailedReplacement | null) => change(uid, { failedReplacement }),
    setResolution: (uid, resolution) => change(uid, { resolution }),
    async setGenerations(generations) {
      for (const [uid, generation] of generations) definitions.set(uid, { ...existing(uid), generation });
    },
    requestDeletion: (uid) => change(uid, { deletionRequestedAt: now() }),
    async delete(uid) {
      const { adopted } = existing(uid);
      await confirmRestored({ uids: [uid], containers: adopted === null ? [] : [adopted.id] });
      definitions.set(uid, null);
      reservations.set(uid, []);
      addresses.set(uid, []);
      for (const { id } of reads.runsOf(uid)) runs.set(id, null);
    },
    async reserve(definition, { publishAll, avoid = NONE, onlyFixed = false } = {}) {
      const { uid, spec } = definition;
      const host = hostOf(definition);
      const held = reads.reservationsOf(uid);
      const published = publishAll ?? held.filter((claim) => claim.origin === 'publishAll');
      const outcome = reserve({
        host,
        ...claimedMappings(spec),
        publishAll: spec.publishAll ? published : [],
        held,
        others: (protocol, range) => reads.claims(host, protocol, range).filter((claim) => claim.uid !== uid),
        nameOf: (holder) => reads.byUid(holder)?.name ?? holder,
        range: portRange,
        random,
        avoid,
        onlyFixed,
      });
      if (!outcome.ok) throw portClaimed(outcome.faults);
      await setReservations(uid, [...outcome.keep, ...outcome.claim.map((claim) => ({ uid, ...claim }))]);
      await networkTx.reserveAddresses(definition, { onlyFixed });
    },
    setReservations,
    ...networkTx,
    setRestored,
    confirmRestored,
    record: (event) => void events.push(event),
    discard(event) {
      events.push({ ...event, type: 'Discarded' });
      definitions.set(event.uid, null);
    },
    async setHold(hold) {
      settings.set(HOLD, hold === null ? null : holdText(hold));
      changes.hold = hold;
    },
    async setLinksMoved() {
      settings.set(LINKS_MOVED, now().toISOString());
      changes.linksMoved = true;
    },
    async setInstance(instance) {
      settings.set(INSTANCE, instance);
      changes.instance = instance;
    },
    async addToken(token) {
      changes.tokens = [...reads.tokens(), token];
    },
    async dropToken(id) {
      changes.tokens = reads.tokens().filter((token) => token.id !== id);
    },
    async putSealed(value) {
      const before = reads.sealed(value.kind, value.name);
      const at = now();
      const next = { version: (before?.version ?? 0) + 1, createdAt: before?.createdAt ?? at };
      const stored: SealedValue = { ...value, ...next, uid: newUid(), updatedAt: at };
      sealed.set(placeOf(value), stored);
      return stored;
    },
    async sealAgain(value, text) {
      sealed.set(placeOf(value), { ...value, sealed: text });
    },
    async dropSealed(value) {
      sealed.set(placeOf(value), null);
    },
    async setWebhookCursor(name, eventId) {
      const cursors = new Map(reads.webhookCursors());
      if (eventId === null) cursors.delete(name);
      else cursors.set(name, eventId);
      settings.set(WEBHOOK_CURSORS, cursorsText(cursors));
      changes.webhookCursors = cursors;
    },
    async putDelivery(delivery) {
      changes.deliveries.set(deliveryKey(delivery), delivery);
    },
    async dropDelivery(delivery) {
      changes.deliveries.set(deliveryKey(delivery), null);
    },
    async putRun(run) {
      runs.set(run.id, run);
      for (const { id } of surplusRuns(reads.runsOf(run.uid))) runs.set(id, null);
    },
    responseTo: async (key) => fresh(changes.responses.get(key) ?? (await response(key)), now()),
    async respond(answer) {
      changes.responses.set(answer.key, { ...answer, at: now() });
    },
  };
}

const claimText = (claim: Reservation): string =>
  [claim.host, claim.hostIp, claim.hostPort, claim.containerPort, claim.protocol, claim.origin, claim.confirmed].join(
    ' ',
  );

/** True if these are the same claims, in any order. Most are the same objects, which takes no comparison. */
function sameClaims(a: readonly Reservation[], b: readonly Reservation[]): boolean {
  if (a.length !== b.length) return false;
  const before = new Set(a);
  const added = b.filter((claim) => !before.delete(claim)).map(claimText);
  return [...before].map(claimText).sort().join() === added.sort().join();
}

function portClaimed(faults: readonly FieldFault[]): Problem {
  const [first] = faults;
  return new Problem('port-claimed', `The host port ${first?.message ?? ''}${andMore(faults.length - 1)}.`, {
    faults: faults.map((fault) => ({ in: 'body', ...fault })),
  });
}
