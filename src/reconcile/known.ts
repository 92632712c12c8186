/** What the planner is given, as far as it can be told from memory: the store's definitions and the observed engine. */

import type { Definition, Link, Reservation } from '../domain/definition.js';
import { specHash } from '../domain/spec-hash.js';
import { environmentOf, type LinkState, type Source, staleness } from './link-state.js';
import type { Observed, OwnContainer } from './observed.js';
import type { PlanInput } from './plan.js';

/** What this file reads of the store; a dry run gives the state as it would be. */
export interface DesiredState {
  byName(name: string): Definition | undefined;
  reservationsOf(uid: string): readonly Reservation[];
  /** Every definition on a user-defined network. */
  onNetwork(network: string): readonly Definition[];
}

/** What the loop remembers of its attempts, beside what is stored and observed. */
export interface Memory {
  failedReplacement(uid: string): PlanInput['failedReplacement'];
  lastUpdate(uid: string): string | null;
}

export interface Known {
  hashOf(definition: Definition): string;
  linksOf(definition: Definition): readonly LinkState[];
  /** Everything but the image and the network, which have to be asked for. */
  planInput(definition: Definition): PlanInput;
}

const runs = (container: OwnContainer): boolean => container.state === 'running' || container.state === 'paused';

export function createKnown(desired: DesiredState, observed: Observed, memory: Memory): Known {
  const rules = () => observed.engine.version?.linkEnvRules ?? 'classic';

  const hashOf = (definition: Definition): string =>
    specHash(definition.spec, { bindings: desired.reservationsOf(definition.uid) });

  /** Whether a running container is what its definition will keep, links included; `seen` guards against a cycle. */
  function isSettled(container: OwnContainer, definition: Definition, seen: ReadonlySet<string>): boolean {
    if (memory.failedReplacement(definition.uid) !== null) return true;
    if (container.owner?.hash !== hashOf(definition)) return false;
    if (definition.spec.onLinkChange === 'ignore') return true;
    const links = resolve(definition, seen);
    return staleness(container, definition, links, environmentOf(definition, links, rules())).length === 0;
  }

  function sourceOf(link: Link, recipient: Definition, seen: ReadonlySet<string>): Source {
    const definition = desired.byName(link.container);
    if (definition === undefined) return { kind: 'missing' };
    const own = observed.ownOf(definition.uid);
    const container = own.find((c) => runs(c) && c.name === definition.name) ?? own.find(runs);
    if (container === undefined || definition.deletionRequestedAt !== null) {
      return { kind: 'waiting', reason: 'SourceNotRunning' };
    }
    const address = container.networks[recipient.spec.network]?.ipAddress ?? '';
    if (address === '' || seen.has(definition.uid) || !isSettled(container, definition, seen)) {
      return { kind: 'waiting', reason: 'SourceChanging' };
    }
    return { kind: 'running', container, definition, address };
  }

  function resolve(definition: Definition, seen: ReadonlySet<string>): readonly LinkState[] {
    const path = new Set(seen).add(definition.uid);
    return definition.spec.links.map((link) => ({ link, source: sourceOf(link, definition, path) }));
  }

  const linksOf = (definition: Definition): readonly LinkState[] => resolve(definition, new Set());

  return {
    hashOf,
    linksOf,
    planInput(definition) {
      const { spec, uid, name } = definition;
      return {
        definition,
        hash: hashOf(definition),
        own: observed.ownOf(uid),
        nameHolder: observed.holderOf(name, uid) ?? null,
        image: { kind: 'not-needed' },
        network: 'not-needed',
        links: linksOf(definition),
        linkEnvRules: rules(),
        publishedAll: desired.reservationsOf(uid).filter((reservation) => reservation.origin === 'publishAll'),
        lastOnNetwork: spec.network !== 'bridge' && desired.onNetwork(spec.network).every((other) => other.uid === uid),
        lastUpdate: memory.lastUpdate(uid),
        failedReplacement: memory.failedReplacement(uid),
      };
    },
  };
}
