/** Builds the planner's input, as far as memory suffices: the store's definitions and the observed engine. */

import type { Definition, Link, Spec } from '../../../domain/definition/definition.js';
import { rememberedHash } from '../../../domain/definition/hash.js';
import { isUserDefined } from '../../../domain/networks/networked.js';
import type { SealedValue } from '../../../domain/secrets/sealed-value.js';
import { secretsOf, secretVersions } from '../../../domain/secrets/secret-refs.js';
import { hasProcesses, isUp } from '../../../engine/container-state.js';
import { strandedOf, unlinkedOf } from '../../observe/bridge-links.js';
import type { HostsReading } from '../../observe/hosts-reading.js';
import type { ObservedState, OwnContainer } from '../../observe/observed-state.js';
import { createRunsOn } from '../../observe/runs-on.js';
import type { DesiredState } from '../../store.js';
import { abandonedReason, misplacedOn, rolloutKey } from '../candidates.js';
import { createDependencies, dependencyWaits } from '../dependencies.js';
import { environmentOf, type Linking, type LinkState, type Source, staleness } from '../link-state.js';
import { createNetworkInputs } from '../networks/network-inputs.js';
import { ownerContainer, withoutOwner } from '../networks/shared-network.js';
import type { Memory, Paused, PlanInput } from '../types.js';
import { isLeftDown, releaserOf, type Wait, type WaitGraph, waitsForStuck } from '../waits.js';
import { createHeldClaims } from './held-claims.js';

export interface PlanInputs {
  hashOf(definition: Definition): string;
  /** The network that a container of the definition is made on. */
  runsOn(definition: Definition): string;
  linksOf(definition: Definition): readonly LinkState[];
  /** The definitions that its change waits for. */
  waitsOf(definition: Definition): readonly Wait[];
  /** The uids of other definitions that claim a host port or an address which its containers have. */
  claimantsOf(definition: Definition): readonly string[];
  /** The definitions that may need its host ports or addresses to go back to a previous container, and vice versa. */
  exchangePartners(definition: Definition): readonly Definition[];
  /** The member of its cycle of waits that has to release its ports and addresses; undefined where there is none, or not yet. */
  releaserOf(definition: Definition): Definition | undefined;
  /** Builds the input without the image and the network, for which the engine has to be queried. */
  planInput(definition: Definition): PlanInput;
}

/** The way along links so far, and what they came to already: the same source may be reached by many ways. */
interface Path {
  readonly uids: Set<string>;
  readonly done: Map<string, readonly LinkState[]>;
}

/** Returns why the policy refuses a spec; null if it doesn't. */
export type PolicyRefusal = (spec: Spec, specOf: (name: string) => Spec | undefined) => string | null;

/** Opens a sealed secret; null if no key does. */
export type OpenSecret = (value: SealedValue) => string | null;

export function createPlanInputs(
  desired: DesiredState,
  observed: ObservedState,
  memory: Memory,
  refusal: PolicyRefusal = () => null,
  openSecret: OpenSecret = () => null,
  /** Link states by the uid of their recipient, which the caller forgets when they change. By default each question starts without any. */
  linkStates?: Map<string, readonly LinkState[]>,
): PlanInputs {
  const start = (): Path => ({ uids: new Set(), done: linkStates ?? new Map() });
  const rules = () => observed.engine.version?.linkEnvRules ?? 'classic';
  const lacks = () => observed.engine.version?.lacks ?? {};
  const where = createRunsOn(desired, observed);
  const { networkOf: runsOn } = where;
  const networks = createNetworkInputs(desired, observed, lacks, where);

  const { addressesOf } = networks;

  const secret = (name: string): SealedValue | undefined => desired.sealed('secret', name);
  const hashOf = (definition: Definition): string =>
    rememberedHash(definition, desired.reservationsOf(definition.uid), secretVersions(definition.spec, secret));

  /** Returns the secrets that a definition uses and that no key opens, or that are gone. */
  const unreadableSecrets = ({ spec }: Definition): readonly string[] =>
    secretsOf(spec).filter((name) => {
      const value = secret(name);
      return value === undefined || openSecret(value) === null;
    });

  const held = createHeldClaims({
    ...{ desired, observed, addressesOf, hashOf },
    isAbandoned: (definition) => isAbandoned(definition, resolve(definition, start())),
    isPaused: (definition) => pausedBy(definition) !== null,
  });

  /** Returns everything that the environment of a definition follows from. */
  const linkingOf = (definition: Definition, links: readonly LinkState[]): Linking => ({
    definition,
    runsOn: runsOn(definition),
    links,
    linkEnvRules: rules(),
  });

  /** True if a running container is what its definition will keep, links included; `seen` guards against a cycle. */
  function isSettled(container: OwnContainer, definition: Definition, seen: Path): boolean {
    const links = resolve(definition, seen);
    const own = observed.ownOf(definition.uid);
    if (isAbandoned(definition, links)) return own.every((other) => other === container);
    // A replacement beside its predecessor has not proved itself yet, and may be rolled back.
    if (!isAsDeclared(container, definition) || own.some((other) => other !== container && other.startedAt !== null)) {
      return false;
    }
    if (definition.spec.onLinkChange === 'ignore') return true;
    const linking = linkingOf(definition, links);
    return staleness(container, linking, () => environmentOf(linking)).length === 0;
  }

  /** True if a container was made from its definition as it is now, with the addresses that are reserved for it. */
  const isAsDeclared = (container: OwnContainer, definition: Definition): boolean =>
    container.owner?.hash === hashOf(definition) &&
    misplacedOn({ addresses: addressesOf(definition.uid) }, container) === null;

  function isAbandoned(definition: Definition, links: readonly LinkState[]): boolean {
    const failedReplacement = memory.failedReplacement(definition);
    if (failedReplacement === null) return false;
    const own = observed.ownOf(definition.uid);
    const hash = hashOf(definition);
    const key = () => rolloutKey({ ...linkingOf(definition, links), hash, lacks: lacks() });
    return abandonedReason({ hash, own, failedReplacement, stranded: strandedOf(observed, own) }, key) !== null;
  }

  /** True if a container of this definition is being replaced, and the replacement has yet to prove itself. */
  const mayGoBack = (definition: Definition): boolean =>
    !isLeftDown(definition) && (memory.isAtWork(definition.uid) || isProving(definition.uid));

  /** Returns the waits of a change for other definitions; none if a container is up that is as declared. */
  const waitsOf = (definition: Definition): readonly Wait[] =>
    waitsFrom(definition, () => resolve(definition, start()));

  function waitsFrom(definition: Definition, linksNow: () => readonly LinkState[]): readonly Wait[] {
    const { uid } = definition;
    if (isLeftDown(definition)) return [];
    if (observed.ownOf(uid).some((one) => isUp(one) && isAsDeclared(one, definition))) return [];
    const claims = held
      .heldClaims(definition)
      .flatMap(({ by, handling }): Wait[] =>
        by === undefined || by.uid === uid || handling !== 'letting-go' ? [] : [{ over: 'claim', on: by }],
      );
    const links = linksNow().flatMap(({ link, source }): Wait[] => {
      const on = source.kind === 'waiting' ? desired.byName(link.container) : undefined;
      return on === undefined ? [] : [{ over: 'link', on }];
    });
    return [...claims, ...links, ...dependencyWaits(dependenciesOf(definition), desired.byName)];
  }

  const { found: dependenciesOf, counted: dependenciesFrom } = createDependencies({
    byName: desired.byName,
    ownOf: observed.ownOf,
    runsOf: (uid) => desired.runsOf?.(uid) ?? [],
    hashOf,
    isChanging: (container, definition) =>
      !isSettled(container, definition, start()) || isToRestart(container, definition, start()),
    isStuck: (one) => memory.standingOf(one) === 'stuck' || waitsForStuck(one, graph()),
    isHeldUp: (one) => memory.standingOf(one) === 'stuck' && !memory.isAtWork(one.uid),
  });

  /** True if its health check has yet to pass, which may take long. */
  const isProving = (uid: string): boolean => observed.ownOf(uid).some((one) => isUp(one) && one.health === 'starting');

  /** @param found waits that are known already */
  const graph = (found: Iterable<readonly [uid: string, waits: readonly Wait[]]> = []): WaitGraph => {
    const done = new Map(found);
    return {
      waitsOf(definition) {
        const waits = done.get(definition.uid) ?? waitsOf(definition);
        done.set(definition.uid, waits);
        return waits;
      },
      standingOf: memory.standingOf,
      isUp: (uid) => observed.ownOf(uid).some(isUp),
      isProving,
      byName: desired.byName,
    };
  };

  const hostsOf = (own: readonly OwnContainer[]): ReadonlyMap<string, HostsReading> =>
    new Map(
      own.flatMap(({ id }) => {
        const reading = observed.hostsOf(id);
        return reading === undefined ? [] : [[id, reading] as const];
      }),
    );

  function sourceOf(link: Link, network: string, seen: Path): Source {
    const definition = desired.byName(link.container);
    if (definition === undefined) return { kind: 'missing' };
    const own = observed.ownOf(definition.uid);
    const container = own.find((c) => hasProcesses(c) && c.name === definition.name) ?? own.find(hasProcesses);
    if (container === undefined || definition.deletionRequestedAt !== null || definition.spec.state === 'stopped') {
      return { kind: 'waiting', reason: 'SourceNotRunning' };
    }
    const address = container.networks[network]?.ipAddress ?? '';
    if (address === '') return { kind: 'waiting', reason: 'SourceChanging' };
    const current = { kind: 'running', container, definition, address } as const;
    if (seen.uids.has(definition.uid) || !isSettled(container, definition, seen)) {
      return { kind: 'waiting', reason: 'SourceChanging', current };
    }
    if (isToRestart(container, definition, seen)) return { kind: 'waiting', reason: 'SourceChanging', current };
    return current;
  }

  /** True if a restart that was requested can be done next: it would overtake the start of a recipient. */
  function isToRestart({ startedAt }: OwnContainer, definition: Definition, seen: Path): boolean {
    if (definition.restartOf === null || definition.restartOf !== startedAt) return false;
    return resolve(definition, seen).every(({ source }) => source.kind === 'running');
  }

  function resolve(definition: Definition, seen: Path): readonly LinkState[] {
    const done = seen.done.get(definition.uid);
    if (done !== undefined) return done;
    seen.uids.add(definition.uid);
    const links = definition.spec.links.map((link): LinkState => {
      const network = networks.linkNetwork(link, definition);
      const reserved = isUserDefined(definition.spec.network) ? networks.reservedAddress(link, network) : {};
      return { link, source: sourceOf(link, network, seen), network, ...reserved };
    });
    seen.uids.delete(definition.uid);
    seen.done.set(definition.uid, links);
    return links;
  }

  /**
   * Returns a recipient's link states. It waits for a changing source, so that it is replaced once. A stopped one takes
   * the source's current container instead if that change takes long, or can't be made.
   */
  function linksFrom(definition: Definition, links: readonly LinkState[]): readonly LinkState[] {
    const own = observed.ownOf(definition.uid);
    if (links.every(({ source }) => source.kind !== 'waiting') || own.some(isUp)) return links;
    const hasServed = own.some((one) => one.startedAt !== null);
    return links.map((state) => {
      const { source } = state;
      if (source.kind !== 'waiting' || source.current === undefined) return state;
      const of = source.current.definition;
      const isLong = (hasServed && isProving(of.uid)) || memory.standingOf(of) === 'stuck';
      return isLong || waitsForStuck(of, graph()) ? { ...state, source: source.current } : state;
    });
  }

  /** The container on a definition's name that isn't its own, and whether Berth will move it aside. */
  function nameHolder({ name, uid }: Definition): PlanInput['nameHolder'] {
    const holder = observed.holderOf(name, uid);
    if (holder === undefined) return null;
    const owner = observed.own(holder.id)?.owner;
    return { id: holder.id, name: holder.name, isOurs: owner != null && desired.byName(owner.name)?.uid === owner.uid };
  }

  /** Returns those of its containers that have the name of another definition: somebody renamed them. */
  const misnamed = ({ uid, name }: Definition, own: readonly OwnContainer[]): ReadonlySet<string> =>
    new Set(
      own.filter((one) => one.name !== name && (desired.byName(one.name)?.uid ?? uid) !== uid).map((one) => one.id),
    );

  /** The own containers that are down and that the engine fails to start again and again, by id, with the reason. */
  const refused = (uid: string, own: readonly OwnContainer[]): readonly (readonly [string, string])[] =>
    own.flatMap((one) => {
      const reason = isUp(one) ? undefined : memory.startRefusal?.(uid, one.id);
      return reason === undefined ? [] : [[one.id, reason] as const];
    });

  function pausedBy({ uid, spec, adopted }: Definition): Paused | null {
    const { undeclared, unverified } = desired.restored();
    if (adopted !== null && unverified.has(adopted.id)) {
      const claimed = observed.foreign(adopted.id);
      if (claimed !== undefined) return { kind: 'unverified', container: claimed.name, id: claimed.id };
    }
    const why = undeclared.has(uid) ? refusal(spec, (name) => desired.byName(name)?.spec) : null;
    return why === null ? null : { kind: 'policy', why };
  }

  return {
    hashOf,
    runsOn,
    linksOf: (definition) => linksFrom(definition, resolve(definition, start())),
    waitsOf,
    claimantsOf: held.claimantsOf,
    exchangePartners: (definition) => [
      ...new Set([...held.takersBeside(definition), ...held.holdersBeside(definition)]),
    ],
    releaserOf: (definition) => releaserOf(definition, graph()),
    planInput(definition) {
      const { uid } = definition;
      const own = observed.ownOf(uid);
      const links = resolve(definition, start());
      const awaited = waitsFrom(definition, () => links);
      const waits = graph([[uid, awaited]]);
      const isWaiting = awaited.length > 0;
      return {
        definition,
        runsOn: runsOn(definition),
        hash: hashOf(definition),
        own,
        nameHolder: nameHolder(definition),
        misnamed: misnamed(definition, own),
        image: { kind: 'not-needed' },
        network: 'not-needed',
        ...networks.of(definition),
        links: linksFrom(definition, links),
        linkEnvRules: rules(),
        networkOwner: ownerContainer(definition, desired, observed),
        dependencies: dependenciesFrom(definition),
        startedEarly: memory.startedEarly?.(uid) === true,
        isStartDeferred: (memory.startDeferredMs?.(uid) ?? 0) > 0,
        isHealingDeferred: (memory.healingDeferredMs?.(uid) ?? 0) > 0,
        lacks: lacks(),
        reserved: desired.reservationsOf(uid),
        publishedAll: desired.reservationsOf(uid).filter((reservation) => reservation.origin === 'publishAll'),
        lastUpdate: memory.lastUpdate(uid),
        failedReplacement: memory.failedReplacement(definition),
        isReplacementDeferred: memory.isReplacementDeferred?.(uid) === true,
        stranded: new Map([...strandedOf(observed, own), ...withoutOwner(observed, own), ...refused(uid, own)]),
        unlinked: unlinkedOf(observed, own),
        blocked: held.blocked(own),
        isExchanging: own.length > 1 && held.takersBeside(definition).some(mayGoBack),
        heldClaims: held.heldClaims(definition),
        failedStart: memory.failedStart(definition),
        releases: isWaiting && own.some(isUp) && releaserOf(definition, waits)?.uid === uid,
        waitsForStuck: isWaiting && waitsForStuck(definition, waits),
        hold: desired.hold(),
        diskFull: memory.diskFull?.(uid) ?? null,
        paused: pausedBy(definition),
        ...(definition.spec.kind === 'job' && {
          job: { runs: desired.runsOf?.(uid) ?? [], now: memory.now?.() ?? definition.updatedAt },
        }),
        unreadableSecrets: unreadableSecrets(definition),
        hosts: hostsOf(own),
        isRepairDeferred: memory.repairDeferredMs(uid) > 0,
      };
    },
  };
}
