import type { Definition, Reservation } from '../../domain/definition/definition.js';
import type { NewEvent } from '../../domain/event.js';
import { provenResolution, resolutionBefore, resolutionOf } from '../../domain/images/resolution.js';
import { LINKS_NETWORK } from '../../domain/links/links.js';
import { isLeaving } from '../../domain/networks/network.js';
import type { ReconcilerStore } from '../../reconcile/store.js';
import type { Store, StoreTransaction } from '../../store/types.js';

/** Returns a test for being one of these claims. */
function isOneOf(claims: readonly Reservation[]): (claim: Reservation) => boolean {
  const textOf = ({ hostIp, hostPort, protocol, containerPort }: Reservation): string =>
    [hostIp, hostPort, protocol, containerPort].join(' ');
  const texts = new Set(claims.map(textOf));
  return (claim) => texts.has(textOf(claim));
}

const removal = ({ name, uid }: Definition): NewEvent => ({
  type: 'Removed',
  container: name,
  uid,
  by: 'berth',
  actor: null,
  requestId: null,
  before: null,
  after: null,
  reason: 'Deleted',
  message: 'deletion complete: nothing is left on the engine',
});

/** The event of links that move off the default bridge. */
export const linksMoved = (
  by: Pick<NewEvent, 'by' | 'actor' | 'requestId'>,
  reason: 'EngineRefused' | 'Requested',
  why: string,
): NewEvent => ({
  ...{ type: 'LinksMoved', container: '', uid: '', ...by, before: null, after: null, reason },
  message: `linked definitions on the default bridge move to the network ${LINKS_NETWORK}: ${why}`,
});

/** Adapts the store for the reconciler: it reads the desired state, and writes only facts from the engine. */
export function reconcilerStore(store: Store): ReconcilerStore {
  /** Writes only if the definition still exists. */
  const ifThere = (uid: string, write: (tx: StoreTransaction) => Promise<void>): Promise<void> =>
    store.transact(async (tx) => {
      if (tx.byUid(uid) !== undefined) await write(tx);
    });

  return {
    instance: store.instance,
    byName: store.byName,
    byUid: store.byUid,
    all: store.all,
    recipientsOf: store.recipientsOf,
    dependentsOf: store.dependentsOf,
    reservationsOf: store.reservationsOf,
    onNetwork: store.onNetwork,
    namedOnNetwork: store.namedOnNetwork,
    network: store.network,
    networks: store.networks,
    addressesOf: store.addressesOf,
    ownerOfAddress: store.ownerOfAddress,
    sealed: store.sealed,
    runsOf: store.runsOf,
    claims: store.claims,
    hold: store.hold,
    restored: store.restored,
    linksMoved: store.linksMoved,
    reservePublishAll: (uid, publishAll) =>
      ifThere(uid, async (tx) => {
        const definition = tx.byUid(uid);
        if (definition !== undefined) await tx.reserve(definition, { publishAll });
      }),
    confirm: (uid, bound) =>
      ifThere(uid, (tx) => {
        const isBound = isOneOf(bound);
        const held = tx.reservationsOf(uid);
        return tx.setReservations(
          uid,
          held.map((claim) => (isBound(claim) ? { ...claim, confirmed: true } : claim)),
        );
      }),
    exchange: (uid, refused) =>
      ifThere(uid, async (tx) => {
        const definition = tx.byUid(uid);
        if (definition === undefined) return;
        const held = tx.reservationsOf(uid);
        const publishAll = held.filter((claim) => claim.origin === 'publishAll');
        const avoid = new Set(refused.map((claim) => claim.hostPort));
        const isRefused = isOneOf(refused);
        await tx.setReservations(
          uid,
          held.filter((claim) => !isRefused(claim)),
        );
        await tx.reserve(definition, { publishAll, avoid });
      }),
    confirmNetwork: (name) => store.transact((tx) => tx.confirmNetwork(name)),
    moveNetwork: (name, avoid) =>
      store.transact(async (tx) => (tx.network(name) === undefined ? null : tx.moveNetwork(name, avoid))),
    dropNetwork: (name) =>
      store.transact(async (tx) => {
        const network = tx.network(name);
        if (network === undefined || !isLeaving(network, tx.onNetwork(name))) return false;
        await tx.dropNetwork(name);
        return true;
      }),
    adopterOf: store.adopterOf,
    disown: (uid) =>
      ifThere(uid, async (tx) => {
        await tx.setAdopted(uid, null);
      }),
    moveLinks: (message) =>
      store.transact(async (tx) => {
        if (tx.linksMoved()) return;
        await tx.setLinksMoved();
        tx.record(linksMoved({ by: 'berth', actor: null, requestId: null }, 'EngineRefused', message));
      }),
    abandon: (uid, failed) =>
      ifThere(uid, async (tx) => {
        const definition = tx.byUid(uid);
        const before = failed && definition && resolutionBefore(definition, failed.message);
        // A failed update leaves the definition as it was: the previous container is then the one that is wanted.
        if (before) await tx.setResolution(uid, before);
        await tx.setFailedReplacement(uid, before ? null : failed);
      }),
    resolveImage: ({ uid, generation, spec }, digest) =>
      ifThere(uid, async (tx) => {
        const definition = tx.byUid(uid);
        if (definition?.generation !== generation || resolutionOf(definition)?.digest === digest) return;
        const { update, rolledBack } = resolutionOf(definition) ?? {};
        const chosen = { ...(update && { update }), ...(rolledBack && { rolledBack }) };
        await tx.setResolution(uid, { image: spec.image, digest, ...chosen });
      }),
    proveImage: (uid) =>
      ifThere(uid, async (tx) => {
        const definition = tx.byUid(uid);
        const proven = definition && provenResolution(definition);
        if (proven) await tx.setResolution(uid, proven);
      }),
    putRun: (run) => ifThere(run.uid, (tx) => tx.putRun(run)),
    forget: (uid) =>
      ifThere(uid, async (tx) => {
        const definition = tx.byUid(uid);
        await tx.delete(uid);
        if (definition !== undefined) tx.record(removal(definition));
      }),
    async hasRun({ uid, name }) {
      const all = (after: number) => store.events.find(after, { container: name }, Number.MAX_SAFE_INTEGER);
      const first = await all(0);
      const page = first.kind === 'page' ? first : await all(first.oldest - 1);
      const events = page.kind === 'page' ? page.events.filter((one) => one.uid === uid) : [];
      const written = events.findLastIndex(({ type }) => type === 'Created' || type === 'Updated');
      return events.slice(written + 1).some(({ type, reason }) => type === 'Step' && reason === 'Start');
    },
    hasRemoved: store.hasRemoved,
    record: (events) =>
      store.transact(async (tx) => {
        for (const event of events) tx.record(event);
      }),
  };
}
