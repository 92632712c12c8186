/** Decides which definitions are woken by which change. A lost, doubled or late wake costs time, never correctness. */

import type { Definition } from '../domain/definition/definition.js';
import { LINKS_NETWORK } from '../domain/links/links.js';
import { isUp } from '../engine/container-state.js';
import type { Host, Hosts } from './hosts.js';
import type { Urgency } from './loop/queue.js';
import { type Claim, claimantsOf, hasClaim, heldBy, holdersOf, takenBy, takersOf } from './observe/claims.js';
import type { OwnContainer } from './observe/observed-state.js';
import { retiredName } from './plan/candidates.js';
import type { Standing } from './plan/waits.js';
import type { Attempt } from './status/conditions.js';
import type { ReconcilerStore } from './store.js';

/** Result of the work on a definition, and whether it is under way. */
export interface Progress {
  readonly standing: Standing;
  readonly isAtWork: boolean;
}

export interface Wakes {
  /** A client has written a definition. */
  written(uid: string): void;
  /** One of our containers appeared, changed or went. */
  ownChanged(host: Host, before: OwnContainer | undefined, after: OwnContainer | undefined): void;
  /** A container that is not ours appeared, changed or went: a name or a port may be free now. */
  foreignChanged(host: Host): void;
  /** An image came or went. */
  imagesChanged(host: Host): void;
  /** The record of a run of this job has changed. */
  runRecorded(name: string): void;
  /** Nothing of a definition of this name is left on the engine. */
  removed(name: string): void;
  /** Wakes the definitions whose last attempt this is about. */
  troubled(host: Host, concerns: (attempt: Attempt) => boolean): void;
  /**
   * Wakes the definitions whose plans follow from the result of the work on this one. One can end a cycle of waits, now
   * that its last member is known to wait. Others released their ports for a change that is stuck, and have to take
   * them back. The rest exchange host ports with this one, and keep their previous containers until its work has ended.
   */
  progressed(definition: Definition, before: Progress): void;
  /** Returns the containers of its links' sources, and those that links of its containers lead to, under any name. */
  sourceIds(host: Pick<Host, 'observed'>, definition: Definition): readonly string[];
}

export function createWakes(options: {
  readonly store: ReconcilerStore;
  readonly hosts: Hosts;
  /** The requests whose changes are being worked on. */
  readonly requests: Map<string, string>;
  readonly touch: (uid: string) => void;
}): Wakes {
  const { store, hosts, requests, touch } = options;

  const wake = (definition: Definition, urgency?: Urgency): void =>
    hosts.of(definition).queue.wake(definition.uid, urgency);

  /** Returns the definitions that wait for one of this name at their start. */
  const waitersOf = (name: string): ReadonlySet<Definition> =>
    new Set([...store.recipientsOf(name), ...store.dependentsOf(name)]);

  /** Wakes the definitions that wait for one; their work counts for the request that changes it. */
  function wakeWaiters(name: string, urgency: 'plain' | 'urgent'): void {
    const requestId = requests.get(store.byName(name)?.uid ?? '');
    for (const waiter of waitersOf(name)) {
      if (requestId !== undefined) requests.set(waiter.uid, requestId);
      touch(waiter.uid);
      wake(waiter, urgency);
    }
  }

  /**
   * Wakes the definitions that waited for a host port or an address that one of our containers has released, for their
   * change or for their previous container.
   */
  function wakeClaimants({ name, observed, queue }: Host, uid: string, freed: Claim): void {
    for (const claimant of claimantsOf(store, name, freed)) if (claimant !== uid) queue.wake(claimant, 'urgent');
    for (const { owner } of takersOf(observed, freed)) {
      if (owner !== null && owner.uid !== uid) queue.wake(owner.uid, 'urgent');
    }
  }

  /**
   * Wakes the definitions that keep a previous container, since a container that is gone might have needed this host
   * port or address again.
   */
  function wakeHolders({ observed, queue }: Host, uid: string, taken: Claim): void {
    for (const { id } of holdersOf(observed, taken)) {
      const owner = observed.own(id)?.owner;
      if (owner != null && owner.uid !== uid) queue.wake(owner.uid);
    }
  }

  /** Wakes the definitions that wait for this one, directly or through others. */
  function wakeWaiting(definition: Definition, seen: Set<string>): void {
    const waiters = [...waitersOf(definition.name)].map(({ uid }) => uid);
    for (const uid of [...waiters, ...hosts.of(definition).planInputs.claimantsOf(definition)]) {
      const waiting = store.byUid(uid);
      if (waiting === undefined || seen.has(uid)) continue;
      const { retryState, queue } = hosts.of(waiting);
      if (retryState.standingOf(waiting) !== 'waiting') continue;
      seen.add(uid);
      queue.wake(uid);
      wakeWaiting(waiting, seen);
    }
  }

  /** Wakes the definition of this name, which waits for it while a container that isn't its own has it. */
  function wakeNamesake(name: string, uid: string): void {
    const waiting = store.byName(name);
    if (waiting !== undefined && waiting.uid !== uid) wake(waiting, 'urgent');
  }

  /** Returns the definitions that it links to. */
  const sourcesOf = ({ spec }: Definition): readonly Definition[] =>
    spec.links.flatMap(({ container }) => store.byName(container) ?? []);

  /** Wakes the sources of a definition, which may have to move to the network that their first recipient runs on. */
  function wakeSources(definition: Definition): void {
    const requestId = requests.get(definition.uid);
    for (const source of sourcesOf(definition)) {
      if (requestId !== undefined) requests.set(source.uid, requestId);
      touch(source.uid);
      wake(source, 'urgent');
    }
  }

  function sourceIds({ observed }: Pick<Host, 'observed'>, definition: Definition): readonly string[] {
    const { uid, name } = definition;
    const sources = sourcesOf(definition).flatMap((source) => observed.ownOf(source.uid).map(({ id }) => id));
    const linked = observed.ownOf(uid).filter((container) => container.linkAliases.length > 0);
    const names = linked.flatMap((container) => [name, container.name, retiredName(container)]);
    return [...new Set([...sources, ...names.flatMap((one) => [...observed.linkedTo(one)])])];
  }

  function troubled({ retryState, queue }: Host, concerns: (attempt: Attempt) => boolean): void {
    for (const [uid, attempt] of retryState.entries()) if (concerns(attempt)) queue.wake(uid, 'urgent');
  }

  return {
    written(uid) {
      touch(uid);
      const definition = store.byUid(uid);
      if (definition === undefined) {
        for (const { queue } of hosts.all()) queue.wake(uid, 'urgent');
        return;
      }
      wake(definition, 'urgent');
      wakeWaiters(definition.name, 'urgent');
      const { planInputs, queue } = hosts.of(definition);
      if (planInputs.runsOn(definition) === LINKS_NETWORK) wakeSources(definition);
      for (const claimant of planInputs.claimantsOf(definition)) queue.wake(claimant);
    },
    runRecorded: (name) => wakeWaiters(name, 'urgent'),
    ownChanged(host, before, after) {
      const { queue, observer } = host;
      const uid = (after ?? before)?.owner?.uid ?? '';
      touch(uid);
      queue.wake(uid, isLoss(before, after) ? 'prompt' : 'plain');
      for (const held of before === undefined ? [] : heldBy(before)) {
        if (after === undefined || !hasClaim(after, held)) wakeClaimants(host, uid, held);
      }
      if (before !== undefined && after === undefined)
        for (const taken of takenBy(before)) wakeHolders(host, uid, taken);
      if (before !== undefined && before.name !== after?.name) wakeNamesake(before.name, uid);
      const definition = store.byUid(uid);
      if (definition === undefined) return;
      wakeWaiters(definition.name, after?.state === 'running' && before?.state !== 'running' ? 'urgent' : 'plain');
      const appeared = before === undefined || after === undefined || before.name !== after.name;
      if (!appeared) return;
      observer.look(sourceIds(host, definition));
      // Off the default bridge no look at a source shows the names that links give it.
      for (const source of sourcesOf(definition)) touch(source.uid);
    },
    foreignChanged: (host) =>
      troubled(host, (attempt) =>
        /^(HostPortInUse|AddressInUse|NameTaken|NameChanging|RolledBack|AdoptionUnverified)$/.test(reasonOf(attempt)),
      ),
    imagesChanged: (host) => troubled(host, (attempt) => conditionOf(attempt) === 'ImageAvailable'),
    removed: (name) => wakeWaiters(name, 'plain'),
    troubled,
    progressed(definition, before) {
      const { uid } = definition;
      const { retryState, planInputs } = hosts.of(definition);
      const standing = retryState.standingOf(definition);
      if (standing === 'waiting') {
        const releaser = planInputs.releaserOf(definition);
        // The releaser may be this one, if it was planned before the others were known to wait. Woken once, since
        // nothing else may have changed.
        if (releaser !== undefined && (releaser.uid !== uid || before.standing !== 'waiting')) wake(releaser);
      }
      if (standing === 'stuck' && before.standing !== 'stuck') wakeWaiting(definition, new Set([uid]));
      if (!before.isAtWork || retryState.isAtWork(uid)) return;
      for (const partner of planInputs.exchangePartners(definition)) wake(partner);
    },
    sourceIds,
  };
}

/** True if the current container may no longer work: the repair then skips any backoff. */
const isLoss = (before: OwnContainer | undefined, after: OwnContainer | undefined): boolean =>
  before !== undefined &&
  (after === undefined ||
    before.name !== after.name ||
    (isUp(before) && !isUp(after)) ||
    (before.state !== 'paused' && after.state === 'paused'));

/** Returns the reason of a failure or an obstacle; empty if the attempt is neither. */
export const reasonOf = (attempt: Attempt): string => {
  if (attempt.kind === 'failed') return attempt.reason;
  return attempt.kind === 'obstacle' ? attempt.obstacle.reason : '';
};

const conditionOf = (attempt: Attempt): string => {
  if (attempt.kind === 'failed') return attempt.condition;
  return attempt.kind === 'obstacle' ? attempt.obstacle.condition : '';
};
