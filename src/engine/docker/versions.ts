/** Everything in which engines differ by version or make. Nothing outside this file asks which one it is. */

import { FIELD_NAMES, type FieldName } from '../../domain/definition/definition.js';
import type { Field } from '../../domain/definition/fields/field.js';
import { SPEC } from '../../domain/definition/spec.js';
import type { LinkEnvRules } from '../../domain/links/link-env.js';
import type { BridgeLinks, ContainerState, EngineLacks, EngineVersion } from '../engine.js';
import { EngineError } from '../errors.js';

/** The newest API version that our tests have spoken with a real engine: 28.5's. Engine 29 speaks it too. */
const NEWEST_TESTED_API = '1.51';
/** Engine 20.10's: the oldest that has every field we set. */
const OLDEST_TESTED_API = '1.41';
/** Docker 25's, which has the interval of health checks during the start. */
const START_INTERVAL_API = '1.44';
/** Docker 26's, which mounts directories of volumes. */
const SUBPATH_API = '1.45';

/** Facts about an engine that determine how we talk with it. */
interface VersionFacts {
  readonly Version: string;
  readonly ApiVersion: string;
  /** Old engines don't say, and take every older one. */
  readonly MinAPIVersion?: string;
  readonly Components?: readonly { readonly Name: string }[] | null;
}

/** Terms of an engine that differ from Docker's. */
export interface Dialect {
  /** Name of the default network. */
  readonly defaultNetwork: string;
  readonly states: Readonly<Record<string, ContainerState>>;
  /** Events that Docker calls by another name. */
  readonly events: readonly string[];
  /** Log drivers of containers for which nobody chose one. */
  readonly usualLogs: ReadonlySet<string>;
  /** True if a stream of events is answered only with its first event, which may be days away. */
  readonly eventsBeginLate: boolean;
}

export const DOCKER: Dialect = {
  ...{ defaultNetwork: 'bridge', states: {}, events: [], eventsBeginLate: false },
  usualLogs: new Set(['', 'json-file']),
};

/** Podman's socket for Docker's clients, as 4.3.1 has it. */
const PODMAN: Dialect = {
  defaultNetwork: 'podman',
  states: { configured: 'created', initialized: 'created', stopping: 'running', stopped: 'exited' },
  events: ['remove'],
  eventsBeginLate: true,
  usualLogs: new Set(['', 'json-file', 'k8s-file', 'journald']),
};

/**
 * Identifies an engine and how to talk with it.
 *
 * @throws EngineError of kind `unsupported` when we can't
 */
export function identify(facts: VersionFacts): { readonly engine: EngineVersion; readonly dialect: Dialect } {
  const isPodman = facts.Components?.some(({ Name }) => /podman/i.test(Name)) ?? false;
  const apiVersion = negotiate(facts);
  const fields = newerFields(apiVersion);
  const engine = {
    kind: isPodman ? 'podman' : 'docker',
    version: facts.Version,
    apiVersion,
    linkEnvRules: isPodman ? 'classic' : linkEnvRulesOf(facts.Version),
    bridgeLinks: isPodman ? 'kept' : bridgeLinksOf(facts.Version),
    lacks: {
      ...(isPodman && podmanLacks(facts.Version)),
      ...networkLacks(apiVersion, facts.Version),
      ...(fields.length > 0 && { fields: Object.fromEntries(fields) }),
      ...(isOlder(apiVersion, START_INTERVAL_API) && {
        startInterval: newerText(apiVersion, START_INTERVAL_API, 'upgrade the engine, or leave it out'),
      }),
      ...(isOlder(apiVersion, SUBPATH_API) && {
        subpath: newerText(apiVersion, SUBPATH_API, 'upgrade the engine, or mount the whole volume'),
      }),
    },
  } as const;
  return { engine, dialect: isPodman ? PODMAN : DOCKER };
}

/** The fields of a definition that an API version doesn't have yet, each with a sentence for a person. */
const newerFields = (apiVersion: string): readonly (readonly [FieldName, string])[] =>
  FIELD_NAMES.flatMap((name) => {
    const { since }: Field = SPEC[name];
    if (since === undefined || !isOlder(apiVersion, since)) return [];
    return [[name, newerText(apiVersion, since, 'upgrade the engine, or leave the field out')]];
  });

const newerText = (apiVersion: string, since: string, remedy: string): string =>
  `the engine speaks version ${apiVersion} of the Docker API, and this needs ${since}: ${remedy}`;

const isOlder = (version: string, other: string): boolean => ordinal(version) < ordinal(other);

/** Rule: the API's history: several endpoints in a creation since 1.44, `GwPriority` since 1.48. */
function networkLacks(apiVersion: string, version: string): EngineLacks {
  const has = (since: string): boolean => !isOlder(apiVersion, since);
  return {
    ...(!has('1.44') && { severalEndpoints: `Docker ${version} creates containers with one network` }),
    ...(!has('1.48') && {
      gatewayPriority: `Docker ${version} gives the default route to the network whose name sorts first among those that lead out of the host`,
    }),
  };
}

/** Both are refused by 4.3.1: a link with `link is not supported`, an update with 404. */
const podmanLacks = (version: string): EngineLacks => ({
  links: `Podman ${version} does not support links: remove them and put both containers on one network, where they reach each other by name, or use a Docker engine`,
  updates: `Podman ${version} can't update a container in place`,
  addresses: `Podman ${version} chooses subnets and addresses itself`,
});

const ordinal = (version: string): number => {
  const [major = '0', minor = '0'] = version.split('.');
  return Number(major) * 1000 + Number(minor);
};

/**
 * The API version to speak: the newest that both know.
 *
 * @throws EngineError of kind `unsupported` when there is none
 */
export function negotiate({ Version, ApiVersion, MinAPIVersion }: VersionFacts): string {
  if (ordinal(ApiVersion) < ordinal(OLDEST_TESTED_API)) {
    const message = `engine ${Version} supports the Docker API up to ${ApiVersion}, but Berth needs ${OLDEST_TESTED_API}: upgrade the engine to Docker 20.10 or newer; Berth then continues automatically`;
    throw new EngineError('unsupported', message);
  }
  const chosen = ordinal(ApiVersion) < ordinal(NEWEST_TESTED_API) ? ApiVersion : NEWEST_TESTED_API;
  if (MinAPIVersion !== undefined && ordinal(chosen) < ordinal(MinAPIVersion)) {
    const message = `engine ${Version} supports the Docker API from ${MinAPIVersion}, but Berth supports it up to ${NEWEST_TESTED_API}: upgrade Berth, or start the engine with DOCKER_MIN_API_VERSION=${NEWEST_TESTED_API}`;
    throw new EngineError('unsupported', message);
  }
  return chosen;
}

/**
 * Returns the generation of moby's link rules that an engine of this version follows: moby/moby#49300 changed them with
 * 28.0.
 */
export function linkEnvRulesOf(engineVersion: string): LinkEnvRules {
  return Number.parseInt(engineVersion, 10) >= 28 ? 'tcp-first' : 'classic';
}

/**
 * Returns what an engine of this version does with links on the default bridge. Docker deprecated them with 29.6 and
 * announced their removal for 30 (docker/docs#25994).
 */
export function bridgeLinksOf(engineVersion: string): BridgeLinks {
  const [major = 0, minor = 0] = engineVersion.split('.').map((part) => Number.parseInt(part, 10));
  if (major >= 30) return 'removed';
  return major === 29 && minor >= 6 ? 'deprecated' : 'kept';
}

/**
 * The default cgroup namespace of a container. Rule: moby, `daemon/daemon_unix.go`: that of the host with version 1 of
 * cgroups, its own with version 2.
 */
export const usualCgroupns = (cgroupVersion: string | undefined): 'host' | 'private' =>
  cgroupVersion === '2' ? 'private' : 'host';
