/** Builds the planner's input, as far as memory suffices: the store's definitions and the observed engine. */

import type { Definition, Link, Reservation, Spec } from '../../domain/definition/definition.js';
import { specHash } from '../../domain/definition/hash.js';
import { hostOf } from '../../domain/host.js';
import { aliasesOf } from '../../domain/links/network-names.js';
import { type Address, isIpv4 } from '../../domain/networks/addresses.js';
import { networksOf } from '../../domain/networks/endpoints.js';
import { collide, type PortClaim } from '../../domain/ports/conflicts.js';
import { hasProcesses, isUp } from '../../engine/container-state.js';
import { bindingsOf, publishedOf } from '../observe/bindings.js';
import { strandedOf, unlinkedOf } from '../observe/bridge-links.js';
import type { HostsReading } from '../observe/hosts-reading.js';
import { networkDifference } from '../observe/network-state.js';
import type { ObservedState, OwnContainer } from '../observe/observed-state.js';
import { createRunsOn } from '../observe/runs-on.js';
import type { DesiredState } from '../store.js';
import { abandonedReason, findPrevious, ranToItsEnd, restartPolicyOf } from './candidates.js';
import { createDependencies, dependencyWaits } from './dependencies.js';
import { environmentOf, type Linking, type LinkState, type Source, staleness } from './link-state.js';
import type { HeldPort, Memory, Paused, PlanInput } from './types.js';
import { isLeftDown, releaserOf, type Wait, type WaitGraph, waitsForStuck } from './waits.js';

export interface PlanInputs {
  hashOf(definition: Definition): string;
  /** The network that a container of the definition is made on. */
  runsOn(definition: Definition): string;
  linksOf(definition: Definition): readonly LinkState[];
  /** The definitions that its change waits for. */
  waitsOf(definition: Definition): readonly Wait[];
  /** The uids of other definitions that claim a host port which its containers have bound. */
  claimantsOf(definition: Definition): readonly string[];
  /** The definitions that may need its host ports to go back to a previous container, and vice versa. */
  exchangePartners(definition: Definition): readonly Definition[];
  /** The member of its cycle of waits that has to release its ports; undefined where there is none, or not yet. */
  releaserOf(definition: Definition): Definition | undefined;
  /** Builds the input without the image and the network, for which the engine has to be queried. */
  planInput(definition: Definition): PlanInput;
}

/** The way along links so far, and what they came to already: the same source may be reached by many ways. */
interface Path {
  readonly uids: Set<string>;
  readonly done: Map<string, readonly LinkState[]>;
}

interface Hashed {
  readonly name: string;
  readonly bindings: readonly Reservation[];
  readonly hash: string;
}

const hashes = new WeakMap<Spec, Hashed>();

/** Memo, since each pass requests it many times, always for the same spec and claims until one of them changes. */
function rememberedHash(name: string, spec: Spec, bindings: readonly Reservation[]): string {
  const known = hashes.get(spec);
  if (known?.bindings === bindings && known.name === name) return known.hash;
  const hash = specHash(spec, { bindings, aliases: aliasesOf(name, spec) });
  hashes.set(spec, { name, bindings, hash });
  return hash;
}

/** Returns why the policy refuses a spec; null if it doesn't. */
export type PolicyRefusal = (spec: Spec) => string | null;

export function createPlanInputs(
  desired: DesiredState,
  observed: ObservedState,
  memory: Memory,
  refusal: PolicyRefusal = () => null,
  /** Link states by the uid of their recipient, which the caller forgets when they change. By default each question starts without any. */
  linkStates?: Map<string, readonly LinkState[]>,
): PlanInputs {
  const start = (): Path => ({ uids: new Set(), done: linkStates ?? new Map() });
  const rules = () => observed.engine.version?.linkEnvRules ?? 'classic';
  const { networkOf: runsOn, isLeftBy } = createRunsOn(desired, observed);
  const lacks = () => observed.engine.version?.lacks ?? {};

  const hashOf = ({ name, spec, uid }: Definition): string => rememberedHash(name, spec, desired.reservationsOf(uid));

  /** Returns everything that the environment of a definition follows from. */
  const linkingOf = (definition: Definition, links: readonly LinkState[]): Linking => ({
    definition,
    runsOn: runsOn(definition),
    links,
    linkEnvRules: rules(),
  });

  /** True if a running container is what its definition will keep, links included; `seen` guards against a cycle. */
  function isSettled(container: OwnContainer, definition: Definition, seen: Path): boolean {
    const hash = hashOf(definition);
    const links = resolve(definition, seen);
    const own = observed.ownOf(definition.uid);
    if (hasGivenUp(definition, links)) return own.every((other) => other === container);
    // A replacement beside its predecessor has not proved itself yet, and may be rolled back.
    if (container.owner?.hash !== hash || own.some((other) => other !== container && other.startedAt !== null)) {
      return false;
    }
    if (definition.spec.onLinkChange === 'ignore') return true;
    const linking = linkingOf(definition, links);
    return staleness(container, linking, environmentOf(linking)).length === 0;
  }

  function hasGivenUp(definition: Definition, links: readonly LinkState[]): boolean {
    const own = observed.ownOf(definition.uid);
    const failedReplacement = memory.failedReplacement(definition);
    const facts = { ...linkingOf(definition, links), hash: hashOf(definition), lacks: lacks(), own };
    return abandonedReason({ ...facts, failedReplacement, stranded: strandedOf(observed, own) }) !== null;
  }

  /** The host ports of a definition that other containers have bound. One that may still be exchanged is none of them. */
  function heldPorts(
    { uid }: Definition,
    seen: ReadonlySet<string> = new Set(),
  ): readonly (HeldPort & { readonly by: Definition | undefined })[] {
    const fixed = desired.reservationsOf(uid).filter(({ origin, confirmed }) => origin === 'fixed' || confirmed);
    const fates = new Map<string, HeldPort['fate']>();
    const reclaimed = new Map<string, boolean>();
    const path = new Set(seen).add(uid);
    return fixed.flatMap((claim) => {
      const holder = observed
        .bindersOf(claim.hostPort)
        .find((binder) => binder.owner?.uid !== uid && bindingsOf(binder).colliding(claim) !== undefined);
      const { hostPort, protocol } = claim;
      if (holder === undefined) {
        const reclaiming = downOn([claim], uid).find((one) => {
          const is = reclaimed.get(one.id) ?? isReclaimed(one, path);
          reclaimed.set(one.id, is);
          return is;
        });
        if (reclaiming === undefined) return [];
        return [
          { hostPort, protocol, holder: reclaiming.name, fate: 'rolled-back' as const, by: definitionOf(reclaiming) },
        ];
      }
      const by = definitionOf(holder);
      const fate = fates.get(holder.id) ?? fateOf(holder.id, by);
      fates.set(holder.id, fate);
      return { hostPort, protocol, holder: holder.name, fate, by };
    });
  }

  /** The definition that one of our containers is of; undefined where there is none, or it isn't ours. */
  function definitionOf({ id, owner }: Pick<OwnContainer, 'id' | 'owner'>): Definition | undefined {
    const definition = observed.own(id) === undefined ? undefined : desired.byName(owner?.name ?? '');
    return definition?.uid === owner?.uid ? definition : undefined;
  }

  /** The containers of other definitions that are down, have run, and publish one of these host ports. */
  const downOn = (claims: readonly PortClaim[], uid: string): readonly OwnContainer[] =>
    claims.flatMap((claim) =>
      observed
        .publishersOf(claim.hostPort)
        .filter(
          (one) =>
            one.owner?.uid !== uid &&
            one.startedAt !== null &&
            !isUp(one) &&
            publishedOf(one).colliding(claim) !== undefined,
        ),
    );

  /**
   * True if a stopped container will be started again: its replacement failed, or has to give way to a container that
   * is started again itself.
   *
   * @param seen the definitions for which that is being determined
   */
  function isReclaimed(container: OwnContainer, seen: ReadonlySet<string>): boolean {
    const definition = definitionOf(container);
    if (definition === undefined || isLeftDown(definition) || seen.has(definition.uid)) return false;
    const goesBack =
      hasGivenUp(definition, resolve(definition, start())) ||
      heldPorts(definition, seen).some(({ fate }) => fate === 'rolled-back');
    if (!goesBack) return false;
    const own = observed.ownOf(definition.uid);
    const previous = findPrevious({ own, stranded: strandedOf(observed, own) }, undefined);
    return previous === container && !ranToItsEnd(container, restartPolicyOf(definition, container));
  }

  /** The definitions that publish, by containers that are down, host ports which this one has bound. */
  const publishersBeside = ({ uid }: Definition): readonly Definition[] => {
    const bound = observed.ownOf(uid).flatMap(({ bindings }) => bindings);
    return downOn(bound, uid).flatMap((one) => definitionOf(one) ?? []);
  };

  /** The definitions that have bound host ports which containers of this one that are down publish. */
  const bindersBeside = ({ uid }: Definition): readonly Definition[] =>
    observed
      .ownOf(uid)
      .filter((one) => !isUp(one))
      .flatMap(({ published }) => published)
      .flatMap((claim) =>
        observed
          .bindersOf(claim.hostPort)
          .filter((binder) => binder.owner?.uid !== uid && bindingsOf(binder).colliding(claim) !== undefined)
          .flatMap((binder) => definitionOf(binder) ?? []),
      );

  /** True if a container of this definition is being replaced, and the replacement has yet to prove itself. */
  const mayGoBack = (definition: Definition): boolean =>
    !isLeftDown(definition) && (memory.isAtWork(definition.uid) || isProving(definition.uid));

  /** Returns those of its containers that can't be started, since other definitions have bound their host ports. */
  const portless = (own: readonly OwnContainer[]): ReadonlySet<string> =>
    new Set(
      own
        .filter(
          (one) =>
            !isUp(one) &&
            one.published.some((claim) =>
              observed
                .bindersOf(claim.hostPort)
                .some((other) => other.owner?.uid !== one.owner?.uid && bindingsOf(other).colliding(claim)),
            ),
        )
        .map(({ id }) => id),
    );

  /** Returns the handling of a host port; `by` is the definition of the container that has bound it, if any. */
  function fateOf(id: string, by: Definition | undefined): HeldPort['fate'] {
    if (observed.own(id) === undefined) return 'foreign';
    if (by === undefined) return 'orphaned';
    if (pausedBy(by) !== null && !isLeftDown(by)) return 'paused';
    return hasGivenUp(by, resolve(by, start())) ? 'rolled-back' : 'letting-go';
  }

  /** Returns the waits of a change for other definitions; none if a container of the present hash is up. */
  const waitsOf = (definition: Definition): readonly Wait[] =>
    waitsFrom(definition, () => resolve(definition, start()));

  function waitsFrom(definition: Definition, linksNow: () => readonly LinkState[]): readonly Wait[] {
    const { uid } = definition;
    if (isLeftDown(definition)) return [];
    const hash = hashOf(definition);
    if (observed.ownOf(uid).some((one) => isUp(one) && one.owner?.hash === hash)) return [];
    const ports = heldPorts(definition).flatMap(({ by, fate }): Wait[] =>
      by === undefined || by.uid === uid || fate !== 'letting-go' ? [] : [{ over: 'port', on: by }],
    );
    const links = linksNow().flatMap(({ link, source }): Wait[] => {
      const on = source.kind === 'waiting' ? desired.byName(link.container) : undefined;
      return on === undefined ? [] : [{ over: 'link', on }];
    });
    return [...ports, ...links, ...dependencyWaits(dependenciesOf(definition), desired.byName)];
  }

  const { found: dependenciesOf, counted: dependenciesFrom } = createDependencies({
    byName: desired.byName,
    ownOf: observed.ownOf,
    hashOf,
    isChanging: (container, definition) =>
      !isSettled(container, definition, start()) || isToRestart(container, definition, start()),
    isStuck: (one) => memory.standingOf(one) === 'stuck' || waitsForStuck(one, graph()),
    isHeldUp: (one) => memory.standingOf(one) === 'stuck' && !memory.isAtWork(one.uid),
  });

  const claimantsOf = (definition: Definition): readonly string[] => {
    const { uid } = definition;
    const bound = observed.ownOf(uid).flatMap(({ bindings }) => bindings);
    const claims = bound.flatMap((binding) =>
      desired
        .claims(hostOf(definition), binding.protocol, { from: binding.hostPort, to: binding.hostPort })
        .filter((claim) => claim.uid !== uid && collide(claim, binding)),
    );
    return [...new Set(claims.map((claim) => claim.uid))];
  };

  /** True if its health check has yet to pass, which may take long. */
  const isProving = (uid: string): boolean => observed.ownOf(uid).some((one) => isUp(one) && one.health === 'starting');

  /** @param known the states of those that are done already */
  const graph = (known: Iterable<readonly [uid: string, waits: readonly Wait[]]> = []): WaitGraph => {
    const done = new Map(known);
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

  /** The address that a link's source keeps on the network of its recipient. */
  function reservedAddress({ container }: Link, { spec }: Definition): Pick<LinkState, 'address'> {
    const source = spec.network === 'bridge' ? undefined : desired.byName(container);
    const reserved = source && addressesOf(source.uid).find((one) => one.network === spec.network && isIpv4(one));
    return reserved === undefined ? {} : { address: reserved.address };
  }

  const addressesOf = (uid: string): readonly Address[] =>
    lacks().addresses === undefined ? desired.addressesOf(uid) : [];
  const outdatedNetworks = ({ spec }: Definition): ReadonlyMap<string, string> =>
    new Map(
      networksOf(spec).flatMap((name) => {
        const there = observed.network(name);
        const reason = there && networkDifference(desired.network(name), there, lacks());
        return there && reason ? [[there.id, reason] as const] : [];
      }),
    );

  const hostsOf = (own: readonly OwnContainer[]): ReadonlyMap<string, HostsReading> =>
    new Map(
      own.flatMap(({ id }) => {
        const reading = observed.hostsOf(id);
        return reading === undefined ? [] : [[id, reading] as const];
      }),
    );

  function sourceOf(link: Link, recipient: Definition, seen: Path): Source {
    const definition = desired.byName(link.container);
    if (definition === undefined) return { kind: 'missing' };
    const own = observed.ownOf(definition.uid);
    const container = own.find((c) => hasProcesses(c) && c.name === definition.name) ?? own.find(hasProcesses);
    if (container === undefined || definition.deletionRequestedAt !== null || definition.spec.state === 'stopped') {
      return { kind: 'waiting', reason: 'SourceNotRunning' };
    }
    const address = container.networks[runsOn(recipient)]?.ipAddress ?? '';
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
    const links = definition.spec.links.map((link) => ({
      ...{ link, source: sourceOf(link, definition, seen) },
      ...reservedAddress(link, definition),
    }));
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

  function pausedBy({ uid, spec, adopted }: Definition): Paused | null {
    const { undeclared, unverified } = desired.restored();
    if (adopted !== null && unverified.has(adopted.id)) {
      const claimed = observed.foreign(adopted.id);
      if (claimed !== undefined) return { kind: 'unverified', container: claimed.name, id: claimed.id };
    }
    const why = undeclared.has(uid) ? refusal(spec) : null;
    return why === null ? null : { kind: 'policy', why };
  }

  return {
    hashOf,
    runsOn,
    linksOf: (definition) => linksFrom(definition, resolve(definition, start())),
    waitsOf,
    claimantsOf,
    exchangePartners: (definition) => [...new Set([...publishersBeside(definition), ...bindersBeside(definition)])],
    releaserOf: (definition) => releaserOf(definition, graph()),
    planInput(definition) {
      const { uid } = definition;
      const network = runsOn(definition);
      const own = observed.ownOf(uid);
      const held = heldPorts(definition);
      const links = resolve(definition, start());
      const awaited = waitsFrom(definition, () => links);
      const waits = graph([[uid, awaited]]);
      const isWaiting = awaited.length > 0;
      return {
        definition,
        runsOn: network,
        hash: hashOf(definition),
        own,
        nameHolder: nameHolder(definition),
        misnamed: misnamed(definition, own),
        image: { kind: 'not-needed' },
        network: 'not-needed',
        outdatedNetworks: outdatedNetworks(definition),
        addresses: addressesOf(uid),
        links: linksFrom(definition, links),
        linkEnvRules: rules(),
        dependencies: dependenciesFrom(definition),
        startedEarly: memory.startedEarly?.(uid) === true,
        isStartPutOff: (memory.startPutOffMs?.(uid) ?? 0) > 0,
        isHealingPutOff: (memory.healingPutOffMs?.(uid) ?? 0) > 0,
        lacks: lacks(),
        reserved: desired.reservationsOf(uid),
        publishedAll: desired.reservationsOf(uid).filter((reservation) => reservation.origin === 'publishAll'),
        lastOnNetwork:
          network !== 'bridge' && desired.network(network)?.isDeclared !== true && isLeftBy(definition, network),
        lastUpdate: memory.lastUpdate(uid),
        failedReplacement: memory.failedReplacement(definition),
        stranded: strandedOf(observed, own),
        unlinked: unlinkedOf(observed, own),
        portless: portless(own),
        isExchanging: own.length > 1 && publishersBeside(definition).some(mayGoBack),
        heldPorts: held,
        failedStart: memory.failedStart(definition),
        releases: isWaiting && own.some(isUp) && releaserOf(definition, waits)?.uid === uid,
        waitsForStuck: isWaiting && waitsForStuck(definition, waits),
        hold: desired.hold(),
        diskFull: memory.diskFull?.(uid) ?? null,
        paused: pausedBy(definition),
        hosts: hostsOf(own),
        isRepairPutOff: memory.repairPutOffMs(uid) > 0,
      };
    },
  };
}
