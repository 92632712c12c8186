/** What the planner is given, as far as it can be told from memory: the store's definitions and the observed engine. */

import type { Definition, FailedReplacement, Link, Protocol, Reservation, Spec } from '../domain/definition.js';
import type { Hold } from '../domain/hold.js';
import { collide } from '../domain/port-claims.js';
import type { PortRange } from '../domain/ports.js';
import { specHash } from '../domain/spec-hash.js';
import { givenUp } from './fitness.js';
import type { HostsReading } from './link-hosts.js';
import { environmentOf, type LinkState, type Source, staleness } from './link-state.js';
import type { Observed, OwnContainer } from './observed.js';
import type { HeldPort, PlanInput } from './plan.js';

/** What this file reads of the store; a dry run gives the state as it would be. */
export interface DesiredState {
  byName(name: string): Definition | undefined;
  reservationsOf(uid: string): readonly Reservation[];
  /** Every definition on a user-defined network. */
  onNetwork(network: string): readonly Definition[];
  /** The reservations of this protocol whose host port is in the range. */
  claims(protocol: Protocol, range: PortRange): readonly Reservation[];
  /** Whether the engine is to be left as it is, and since when; null where it is not. */
  hold(): Hold | null;
}

/** What the loop remembers of its attempts, beside what is stored and observed. */
export interface Memory {
  failedReplacement(definition: Definition): FailedReplacement | null;
  lastUpdate(uid: string): string | null;
  /** How long the next repair of its links has to wait, in milliseconds; 0 where it may be tried. */
  repairPutOffMs(uid: string): number;
}

export interface Known {
  hashOf(definition: Definition): string;
  linksOf(definition: Definition): readonly LinkState[];
  /** Everything but the image and the network, which have to be asked for. */
  planInput(definition: Definition): PlanInput;
}

/** The way along links so far, and what they came to already: the same source may be reached by many ways. */
interface Path {
  readonly uids: ReadonlySet<string>;
  readonly done: Map<string, readonly LinkState[]>;
}

const start = (): Path => ({ uids: new Set(), done: new Map() });

const runs = (container: OwnContainer): boolean => container.state === 'running' || container.state === 'paused';

const hashes = new WeakMap<Spec, { readonly bindings: readonly Reservation[]; readonly hash: string }>();

/** Asked for many times in each pass, and always of the same spec and the same claims until one of them changes. */
function rememberedHash(spec: Spec, bindings: readonly Reservation[]): string {
  const known = hashes.get(spec);
  if (known?.bindings === bindings) return known.hash;
  const hash = specHash(spec, { bindings });
  hashes.set(spec, { bindings, hash });
  return hash;
}

export function createKnown(desired: DesiredState, observed: Observed, memory: Memory): Known {
  const rules = () => observed.engine.version?.linkEnvRules ?? 'classic';
  const lacks = () => observed.engine.version?.lacks ?? {};

  const hashOf = ({ spec, uid }: Definition): string => rememberedHash(spec, desired.reservationsOf(uid));

  /** Whether a running container is what its definition will keep, links included; `seen` guards against a cycle. */
  function isSettled(container: OwnContainer, definition: Definition, seen: Path): boolean {
    const hash = hashOf(definition);
    const links = resolve(definition, seen);
    const own = observed.ownOf(definition.uid);
    if (hasGivenUp(definition, links)) return own.every((other) => other === container);
    // Beside what it replaces it has not proved itself yet, and may be taken back.
    if (container.owner?.hash !== hash || own.some((other) => other !== container && other.startedAt !== null)) {
      return false;
    }
    if (definition.spec.onLinkChange === 'ignore') return true;
    return staleness(container, definition, links, environmentOf(definition, links, rules())).length === 0;
  }

  function hasGivenUp(definition: Definition, links: readonly LinkState[]): boolean {
    const own = observed.ownOf(definition.uid);
    const failedReplacement = memory.failedReplacement(definition);
    const facts = { definition, hash: hashOf(definition), links, linkEnvRules: rules(), lacks: lacks(), own };
    return givenUp({ ...facts, failedReplacement, stranded: stranded(own) }) !== null;
  }

  /** The host ports of a definition that other containers have bound. One that may still be exchanged is none of them. */
  function heldPorts({ uid }: Definition): readonly HeldPort[] {
    const fixed = desired.reservationsOf(uid).filter(({ origin, confirmed }) => origin === 'fixed' || confirmed);
    return fixed.flatMap((claim) => {
      const holder = observed
        .bindersOf(claim.hostPort)
        .find(({ owner, bindings }) => owner?.uid !== uid && bindings.some((binding) => collide(claim, binding)));
      if (holder === undefined) return [];
      const { hostPort, protocol } = claim;
      const isOurs = observed.own(holder.id) !== undefined;
      const definition = isOurs ? desired.byName(holder.owner?.name ?? '') : undefined;
      const isGivenUp = definition !== undefined && hasGivenUp(definition, resolve(definition, start()));
      const fate = isOurs ? (isGivenUp ? 'rolled-back' : 'letting-go') : 'foreign';
      return { hostPort, protocol, holder: holder.name, fate };
    });
  }

  /** Whether its containers have a host port bound that is another definition's by now. */
  const yields = ({ uid }: Definition): boolean =>
    observed
      .ownOf(uid)
      .some(({ bindings }) =>
        bindings.some((binding) =>
          desired
            .claims(binding.protocol, { from: binding.hostPort, to: binding.hostPort })
            .some((claim) => claim.uid !== uid && collide(claim, binding)),
        ),
      );

  /** Whether a network has no other definition that stays. Of several that go at once each tries: one of them is the last. */
  const isLeft = (network: string, uid: string): boolean =>
    desired.onNetwork(network).every((other) => other.uid === uid || other.deletionRequestedAt !== null);

  const hostsOf = (own: readonly OwnContainer[]): ReadonlyMap<string, HostsReading> =>
    new Map(
      own.flatMap(({ id }) => {
        const reading = observed.hostsOf(id);
        return reading === undefined ? [] : [[id, reading] as const];
      }),
    );

  /** Those whose links on the default bridge have lost a source for good: the engine takes the link's name with it. */
  const stranded = (own: readonly OwnContainer[]): ReadonlySet<string> =>
    new Set(own.filter((one) => one.linkAliases.some((alias) => !isLinked(one.name, alias))).map((one) => one.id));

  function isLinked(recipientName: string, alias: string): boolean {
    for (const id of observed.linkedTo(recipientName)) {
      const source = observed.own(id) ?? observed.foreign(id);
      if (source?.linkNames.includes(`${recipientName}/${alias}`)) return true;
    }
    return false;
  }

  function sourceOf(link: Link, recipient: Definition, seen: Path): Source {
    const definition = desired.byName(link.container);
    if (definition === undefined) return { kind: 'missing' };
    const own = observed.ownOf(definition.uid);
    const container = own.find((c) => runs(c) && c.name === definition.name) ?? own.find(runs);
    if (container === undefined || definition.deletionRequestedAt !== null || definition.spec.state === 'stopped') {
      return { kind: 'waiting', reason: 'SourceNotRunning' };
    }
    const address = container.networks[recipient.spec.network]?.ipAddress ?? '';
    if (address === '' || seen.uids.has(definition.uid) || !isSettled(container, definition, seen)) {
      return { kind: 'waiting', reason: 'SourceChanging' };
    }
    if (isToRestart(container, definition, seen)) return { kind: 'waiting', reason: 'SourceChanging' };
    return { kind: 'running', container, definition, address };
  }

  /** Whether a restart that was requested can be done next: it would overtake the start of a recipient. */
  function isToRestart({ startedAt }: OwnContainer, definition: Definition, seen: Path): boolean {
    if (definition.restartOf === null || definition.restartOf !== startedAt) return false;
    return resolve(definition, seen).every(({ source }) => source.kind === 'running');
  }

  function resolve(definition: Definition, seen: Path): readonly LinkState[] {
    const done = seen.done.get(definition.uid);
    if (done !== undefined) return done;
    const path = { uids: new Set(seen.uids).add(definition.uid), done: seen.done };
    const links = definition.spec.links.map((link) => ({ link, source: sourceOf(link, definition, path) }));
    seen.done.set(definition.uid, links);
    return links;
  }

  const linksOf = (definition: Definition): readonly LinkState[] => resolve(definition, start());

  return {
    hashOf,
    linksOf,
    planInput(definition) {
      const { spec, uid, name } = definition;
      const own = observed.ownOf(uid);
      return {
        definition,
        hash: hashOf(definition),
        own,
        nameHolder: observed.holderOf(name, uid) ?? null,
        image: { kind: 'not-needed' },
        network: 'not-needed',
        links: linksOf(definition),
        linkEnvRules: rules(),
        lacks: lacks(),
        reserved: desired.reservationsOf(uid),
        publishedAll: desired.reservationsOf(uid).filter((reservation) => reservation.origin === 'publishAll'),
        lastOnNetwork: spec.network !== 'bridge' && isLeft(spec.network, uid),
        lastUpdate: memory.lastUpdate(uid),
        failedReplacement: memory.failedReplacement(definition),
        stranded: stranded(own),
        heldPorts: heldPorts(definition),
        yields: yields(definition),
        hold: desired.hold(),
        hosts: hostsOf(own),
        isRepairPutOff: memory.repairPutOffMs(uid) > 0,
      };
    },
  };
}
