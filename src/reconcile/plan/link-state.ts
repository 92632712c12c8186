/** Pure: the state of a definition's links, given the observed state of their sources. */

import type { Definition, Link } from '../../domain/definition/definition.js';
import type { HostsEntry } from '../../domain/links/hosts-file.js';
import {
  type LinkEnvRules,
  linkEnvironment,
  linkEnvPrefix,
  mergeVariables,
  selectLinkEnv,
  type Variable,
} from '../../domain/links/link-env.js';
import { secretVariables } from '../../domain/secrets/secret-refs.js';
import { listed } from '../../lib/sentence.js';
import { splitAtEquals } from '../../lib/text/env-entry.js';
import type { OwnContainer } from '../observe/observed-state.js';

/** State of a link's source when its recipient is planned. */
export type Source =
  | { readonly kind: 'missing' }
  /** Defined, but without a running container, or with one that is about to be replaced: that is `current`. */
  | {
      readonly kind: 'waiting';
      readonly reason: 'SourceNotRunning' | 'SourceChanging';
      readonly current?: RunningSource;
    }
  | RunningSource;

export interface RunningSource {
  readonly kind: 'running';
  readonly container: OwnContainer;
  readonly definition: Definition;
  readonly address: string;
}

/** Everything that a definition's links are resolved from. */
export interface Linking {
  readonly definition: Definition;
  /**
   * The network that its container is made on: the definition's, or {@link LINKS_NETWORK} in place of the default bridge.
   */
  readonly runsOn: string;
  readonly links: readonly LinkState[];
  readonly linkEnvRules: LinkEnvRules;
}

export interface LinkState {
  readonly link: Link;
  readonly source: Source;
  /** The network that the recipient reaches the source over. Absent: the one that its container is made on. */
  readonly network?: string;
  /** The source's reserved address on the network that both share, for `/etc/hosts`; absent where it has none. */
  readonly address?: string;
}

const split = (entry: string): Variable => {
  const [name, value = ''] = splitAtEquals(entry);
  return [name, value];
};

/** True if a link with this alias can have brought a variable. */
function isBroughtBy(alias: string, name: string): boolean {
  const prefix = linkEnvPrefix(alias);
  return name === `${prefix}_NAME` || name.startsWith(`${prefix}_PORT`) || name.startsWith(`${prefix}_ENV_`);
}

/** The aliases that a container was made with, on the default bridge and on user-defined networks. */
const aliasesOf = ({ linkAliases, networks }: OwnContainer): readonly string[] => [
  ...linkAliases,
  ...Object.values(networks).flatMap(({ links }) => links.map((text) => text.slice(text.lastIndexOf(':') + 1))),
];

/** The names of the variables of a container whose values are secrets, now or when it was made. */
export const secretsInside = ({ owner }: OwnContainer, { spec }: Pick<Definition, 'spec'>): ReadonlySet<string> =>
  new Set([...secretVariables(spec), ...(owner?.secretVariables ?? [])]);

/**
 * Returns the source's own environment: its image's variables and its definition's, with the values of its container. Its
 * secrets stay with it.
 * Variables from its own links are not passed on, as with the engine's links. A container that was made from an older
 * definition may have variables that the present one no longer names: their names distinguish them from those of its
 * links.
 */
function ownEnvironment(container: OwnContainer, definition: Definition): readonly Variable[] {
  const secrets = secretsInside(container, definition);
  const variables = container.env
    .filter((entry) => entry.includes('='))
    .map(split)
    .filter(([name]) => !secrets.has(name));
  const { imageEnvNames } = container;
  if (imageEnvNames === null) return variables;
  const aliases = aliasesOf(container);
  const isBrought = (name: string): boolean => aliases.some((alias) => isBroughtBy(alias, name));
  return variables.filter(
    ([name]) => imageEnvNames.has(name) || Object.hasOwn(definition.spec.env, name) || !isBrought(name),
  );
}

/**
 * The environment that a definition's container is created with: its own variables, then those of its links; secrets are
 * added when it is created. A variable of its own wins over a link's. A bare `NAME` removes a variable that the engine's own link code would set beyond
 * those requested (moby, `container.ReplaceOrAppendEnvValues`: no `=` means unset).
 *
 * @returns null while a source's address is not known
 */
export function environmentOf({ definition, runsOn, links, linkEnvRules: rules }: Linking): readonly string[] | null {
  const own = Object.entries(definition.spec.env);
  let wanted: readonly Variable[] = [];
  const engineSets = new Set<string>();
  for (const { link, source } of links) {
    if (source.kind !== 'running') return null;
    const facts = { alias: link.alias, recipientName: definition.name, address: source.address, rules };
    const ports = source.container.exposed;
    const sourceEnv = ownEnvironment(source.container, source.definition);
    wanted = mergeVariables(wanted, selectLinkEnv(link, linkEnvironment({ ...facts, ports, sourceEnv })));
    if (runsOn !== 'bridge') continue;
    const everything = source.container.env.filter((entry) => entry.includes('=')).map(split);
    for (const [name] of linkEnvironment({ ...facts, ports, sourceEnv: everything })) engineSets.add(name);
  }
  const names = new Set([...own.map(([name]) => name), ...secretVariables(definition.spec)]);
  const brought = wanted.filter(([name]) => !names.has(name));
  for (const [name] of wanted) names.add(name);
  return [
    ...own.map(([name, value]) => `${name}=${value}`),
    ...brought.map(([name, value]) => `${name}=${value}`),
    ...[...engineSets].filter((name) => !names.has(name)),
  ];
}

/**
 * Returns why a container's links are no longer true, as sentences; empty if they hold, or if nothing can be said
 * because a source is not running.
 *
 * @param environmentNow returns the {@link environmentOf} the linking; called where it matters
 */
export function staleness(
  container: OwnContainer,
  linking: Pick<Linking, 'definition' | 'runsOn' | 'links'>,
  environmentNow: () => readonly string[] | null,
): readonly string[] {
  const { links, runsOn } = linking;
  if (links.length === 0) return [];
  const reasons: string[] = [];
  for (const { link, source, address, network = runsOn } of links) {
    if (address !== undefined && !hasLine(container, address, link.alias)) {
      reasons.push(`/etc/hosts lacks the address of ${link.container}`);
    }
    if (source.kind !== 'running') continue;
    const endpoint = container.networks[network];
    if (runsOn !== 'bridge') {
      const isNamed = endpoint?.links.some((text) => isNamedBy(text, link, container)) ?? true;
      if (!isNamed) reasons.push(`the alias ${link.alias} of ${link.container} is missing on the network`);
      else if (!hasItsLine(container, linking, link, source)) {
        reasons.push(`/etc/hosts has no line with the present address of ${link.container} for ${link.alias}`);
      }
    } else {
      const linkName = `${container.name}/${link.alias}`;
      if (!source.container.linkNames.includes(linkName)) {
        reasons.push(`not linked to the current container of ${link.container}`);
      }
    }
  }
  if (container.isAdopted) return [...reasons, ...movedSources(container, links)];
  const environment = environmentNow();
  if (environment === null) return reasons;
  const secrets = secretsInside(container, linking.definition);
  const has = new Set(container.env);
  const missing = environment.filter((entry) => !has.has(entry));
  const wanted = new Set(environment);
  const extra = container.env.filter(
    (entry) =>
      !wanted.has(entry) && !secrets.has(split(entry)[0]) && !(container.imageEnvNames?.has(split(entry)[0]) ?? true),
  );
  const names = [...new Set([...missing, ...extra].map((entry) => split(entry)[0]))];
  if (names.length > 0) reasons.push(`environment variables differ: ${listed(names)}`);
  return reasons;
}

/**
 * Returns the lines for `/etc/hosts` of a container on {@link LINKS_NETWORK}, as the engine's own links write them: alias,
 * host name, and the source's name if it is another. On the default bridge the engine writes them itself. On other networks
 * DNS resolves the aliases, and the sources' reserved addresses are written beside that.
 */
export function hostsLinesOf({ definition, runsOn, links }: Omit<Linking, 'linkEnvRules'>): readonly HostsEntry[] {
  if (!isMoved({ definition, runsOn })) {
    return links.flatMap(({ link, address }) => (address === undefined ? [] : { address, names: [link.alias] }));
  }
  return links.flatMap(({ link: { alias, container }, source }) =>
    source.kind !== 'running'
      ? []
      : {
          address: source.address,
          names: [...new Set([alias, source.container.hostname, container])],
        },
  );
}

/** True if a definition on the default bridge runs on {@link LINKS_NETWORK} in its place. */
export const isMoved = ({ definition, runsOn }: Pick<Linking, 'definition' | 'runsOn'>): boolean =>
  runsOn !== definition.spec.network;

/**
 * True if a container needs no line for an alias, or has the one with the source's address. The host name in it is the one
 * that the source had then: a container that takes the place of another at its address costs its recipients nothing.
 */
const hasItsLine = (
  container: OwnContainer,
  linking: Pick<Linking, 'definition' | 'runsOn'>,
  { alias }: Link,
  { address }: RunningSource,
): boolean => !isMoved(linking) || hasLine(container, address, alias);

/** True if a container was made with a line for an address that begins with an alias. */
const hasLine = ({ hostsLines }: OwnContainer, address: string, alias: string): boolean =>
  hostsLines.some((line) => line.address === address && line.names[0] === alias);

/**
 * True if the engine leads the alias to the source by its name. A person may have named an adopted one's source by its
 * id.
 */
const isNamedBy = (text: string, { container: source, alias }: Link, { isAdopted }: OwnContainer): boolean =>
  isAdopted ? text.endsWith(`:${alias}`) : text === `${source}:${alias}`;

/** The engine gave an adopted container its links' variables when it was started: they are of the sources as they were then. */
function movedSources({ startedAt }: OwnContainer, links: readonly LinkState[]): readonly string[] {
  const began = Date.parse(startedAt ?? '');
  return links.flatMap(({ link, source }) => {
    const hasRestarted = source.kind === 'running' && Date.parse(source.container.startedAt ?? '') > began;
    return hasRestarted ? [`${link.container} was restarted after this container started`] : [];
  });
}
