/** Translates Docker's terms into ours. */

import type { ContainerPort, Protocol } from '../../domain/definition/definition.js';
import { platformName } from '../../domain/docker/platforms.js';
import type { HostsEntry } from '../../domain/links/hosts-file.js';
import { networkOwner } from '../../domain/networks/network-mode.js';
import { hasProcesses } from '../container-state.js';
import type {
  ContainerDetail,
  ContainerState,
  ContainerSummary,
  EngineNetwork,
  Health,
  HostBinding,
  ImageDetail,
  Owner,
} from '../engine.js';
import { EngineError } from '../errors.js';
import { LABELS } from '../labels.js';
import type { RawContainer, RawImage, RawNetwork, RawPlaces, RawSummary } from './response-schemas.js';
import { ENDPOINT_MARK } from './to-docker.js';
import type { Dialect } from './versions.js';

const STATES: ReadonlySet<string> = new Set<ContainerState>([
  'created',
  'running',
  'paused',
  'restarting',
  'removing',
  'exited',
  'dead',
]);

function toState(word: string, { states }: Dialect): ContainerState {
  const text = states[word] ?? word;
  if (STATES.has(text)) return text as ContainerState;
  throw new EngineError('malformed', `the engine reported an unknown container state: "${word}"`);
}

export type Labels = Readonly<Record<string, string>> | null | undefined;

/** The owner that the labels name; null where they don't name one whole. */
export function toOwner(labels: Labels): Owner | null {
  const instance = labels?.[LABELS.instance];
  const uid = labels?.[LABELS.uid];
  const name = labels?.[LABELS.name];
  const hash = labels?.[LABELS.hash];
  const generation = Number(labels?.[LABELS.generation]);
  if (!instance || !uid || !name || !hash || !Number.isSafeInteger(generation)) return null;
  const recreated = labels?.[LABELS.recreatedVolumes];
  const secrets = labels?.[LABELS.secretVariables];
  const run = labels?.[LABELS.run];
  return {
    ...{ instance, uid, name, generation, hash },
    ...(run && { run, attempt: Number(labels?.[LABELS.attempt]) }),
    ...(recreated && { recreatedVolumes: recreated.split(',') }),
    ...(secrets && { secretVariables: secrets.split(',') }),
  };
}

/** Labels that distinguish one creation from another; older containers have only the first two. */
const IDENTIFYING = [LABELS.uid, LABELS.hash, LABELS.creation] as const;

/** Those labels of an image that {@link ownLabelsOwner} compares: enough to keep of each image. */
export const identifyingLabels = (labels: Labels): Labels =>
  Object.fromEntries(IDENTIFYING.flatMap((name) => (labels?.[name] === undefined ? [] : [[name, labels[name]]])));

/**
 * The owner that a container's own labels name. Those that it has only from its image name nobody: `docker commit` copies
 * a container's labels into the image, and whatever is made from that has them.
 */
export function ownLabelsOwner(labels: Labels, ofImage: Labels): Owner | null {
  return IDENTIFYING.every((name) => labels?.[name] === ofImage?.[name]) ? null : toOwner(labels);
}

/** `5000/tcp` → its parts; undefined for what is no single port of a protocol we know. */
function toPort(key: string): ContainerPort | undefined {
  const match = /^(\d+)\/(tcp|udp|sctp)$/.exec(key);
  return match === null ? undefined : { containerPort: Number(match[1]), protocol: match[2] as Protocol };
}

const toPorts = (keys: object | null | undefined): readonly ContainerPort[] =>
  Object.keys(keys ?? {}).flatMap((key) => toPort(key) ?? []);

/** Go writes its zero time for "never". */
const toTime = (text: string): string | null => (text.startsWith('0001-') ? null : text);

const ownName = (text: string): string => text.replace(/^\//, '');

/** The default network is `bridge` to us, whatever the engine calls it. */
const networkName = (name: string, { defaultNetwork }: Dialect): string => (name === defaultNetwork ? 'bridge' : name);

/** The engine's word for its default network, where a container names none. */
const networkMode = (mode: string, dialect: Dialect): string =>
  mode === 'default' ? 'bridge' : networkName(mode, dialect);

/** Address when an engine does not name one, as Podman does not. */
const EVERY_ADDRESS = '0.0.0.0';

const PROTOCOLS: ReadonlySet<string> = new Set<Protocol>(['tcp', 'udp', 'sctp']);

/** A list tells health in its words for people alone: `Up 3 seconds (health: starting)`. Rule: moby, `State.String`. */
function healthIn(status: string): Health {
  const [, word] = /\((?:health: )?(starting|healthy|unhealthy)\)/.exec(status) ?? [];
  return (word as Health | undefined) ?? 'none';
}

export function toSummary(raw: RawSummary, dialect: Dialect): ContainerSummary {
  const names = (raw.Names ?? []).map(ownName);
  const state = toState(raw.State, dialect);
  const named: HostBinding[] = (raw.Ports ?? []).flatMap((p) =>
    p.PublicPort === undefined || !PROTOCOLS.has(p.Type)
      ? []
      : {
          hostIp: p.IP || EVERY_ADDRESS,
          hostPort: p.PublicPort,
          containerPort: p.PrivatePort,
          protocol: p.Type as Protocol,
        },
  );
  return {
    id: raw.Id,
    name: names.find((name) => !name.includes('/')) ?? '',
    linkNames: names.filter((name) => name.includes('/')).sort(),
    owner: toOwner(raw.Labels),
    state,
    health: healthIn(raw.Status ?? ''),
    bindings: hasProcesses({ state }) ? named : [],
    addresses: Object.fromEntries(
      Object.entries(raw.NetworkSettings?.Networks ?? {}).map(([name, network]) => [
        networkName(name, dialect),
        network.IPAddress,
      ]),
    ),
  };
}

const HEALTHS: ReadonlySet<string | undefined> = new Set<Health>(['starting', 'healthy', 'unhealthy']);

function toHealth({ State }: RawContainer): Health {
  const status = State.Health?.Status;
  return State.Status === 'running' && HEALTHS.has(status) ? (status as Health) : 'none';
}

/** Host ports by container port. One that the engine is to pick has the number 0, or none where it is a range. */
function toBindings(ports: RawPlaces): readonly HostBinding[] {
  return Object.entries(ports ?? {}).flatMap(([key, places]) => {
    const port = toPort(key);
    if (port === undefined) return [];
    return (places ?? []).map((place) => ({
      hostIp: place.HostIp || EVERY_ADDRESS,
      hostPort: Number(place.HostPort ?? 0),
      ...port,
    }));
  });
}

/** `db 6e5cdeb2d300:172.18.0.2`: the engine writes what is before the first colon into the line as it is. */
function toHostsLine(text: string): HostsEntry {
  const colon = text.indexOf(':');
  return { address: text.slice(colon + 1), names: text.slice(0, colon).split(' ') };
}

/** The engine names the other container by its id. */
function sharedNetwork(mode: string | null | undefined): Pick<ContainerDetail, 'networkOf'> {
  const networkOf = networkOwner(mode ?? '');
  return networkOf === undefined ? {} : { networkOf };
}

/** @param imageLabels those of its image; nothing where that is gone */
export function toDetail(raw: RawContainer, imageLabels: Labels, dialect: Dialect): ContainerDetail {
  const state = toState(raw.State.Status, dialect);
  return {
    id: raw.Id,
    name: ownName(raw.Name),
    owner: ownLabelsOwner(raw.Config.Labels, imageLabels),
    state,
    health: toHealth(raw),
    error: raw.State.Error,
    exitCode: raw.State.ExitCode,
    startedAt: toTime(raw.State.StartedAt),
    finishedAt: toTime(raw.State.FinishedAt),
    restartCount: raw.RestartCount,
    image: raw.Config.Image,
    imageId: raw.Image,
    env: raw.Config.Env ?? [],
    hostname: raw.Config.Hostname,
    user: raw.Config.User,
    exposed: toPorts(raw.Config.ExposedPorts),
    // After a crash the engine goes on naming those of containers that are down (seen on 20.10).
    bindings: hasProcesses({ state }) ? toBindings(raw.NetworkSettings.Ports) : [],
    published: toBindings(raw.HostConfig.PortBindings).filter(({ hostPort }) => hostPort > 0),
    networks: Object.fromEntries(
      Object.entries(raw.NetworkSettings.Networks ?? {}).map(([name, network]) => [
        networkName(name, dialect),
        {
          networkId: network.NetworkID,
          ipAddress: network.IPAddress,
          fixedAddresses: [network.IPAMConfig?.IPv4Address, network.IPAMConfig?.IPv6Address].flatMap(
            (one) => one || [],
          ),
          links: network.Links ?? [],
          aliases: (network.Aliases ?? []).filter((alias) => alias !== raw.Id.slice(0, 12)),
          isOurs: network.DriverOpts?.[ENDPOINT_MARK] !== undefined,
        },
      ]),
    ),
    createdOn: networkMode(raw.HostConfig.NetworkMode ?? 'default', dialect),
    ...sharedNetwork(raw.HostConfig.NetworkMode),
    hostsLines: (raw.HostConfig.ExtraHosts ?? []).map(toHostsLine),
    linkAliases: (raw.HostConfig.Links ?? []).map((link) => link.slice(link.lastIndexOf('/') + 1)),
    restartPolicy: raw.HostConfig.RestartPolicy.Name || 'no',
    restartMaxRetries: raw.HostConfig.RestartPolicy.MaximumRetryCount ?? 0,
    memoryBytes: raw.HostConfig.Memory,
    nanoCpus: raw.HostConfig.NanoCpus,
    pids: raw.HostConfig.PidsLimit ?? 0,
  };
}

export const toNetwork = ({ Id, Name, Labels, IPAM }: RawNetwork): EngineNetwork => ({
  id: Id,
  name: Name,
  instance: Labels?.[LABELS.instance] ?? null,
  hash: Labels?.[LABELS.networkHash] ?? null,
  subnets: (IPAM?.Config ?? []).flatMap(({ Subnet, Gateway, IPRange }) =>
    Subnet == null || Subnet === ''
      ? []
      : [{ subnet: Subnet, ...(Gateway && { gateway: Gateway }), ...(IPRange && { range: IPRange }) }],
  ),
});

export function toImage(raw: RawImage): ImageDetail {
  const platform = imagePlatform(raw);
  return {
    id: raw.Id,
    env: raw.Config?.Env ?? [],
    exposed: toPorts(raw.Config?.ExposedPorts),
    digests: raw.RepoDigests ?? [],
    ...(platform !== undefined && { platform }),
  };
}

/** Returns the platform of an image by its usual name; undefined where the engine doesn't report it. */
export const imagePlatform = ({ Os, Architecture, Variant }: PlatformFacts): string | undefined =>
  Os && Architecture ? platformName([Os, Architecture, ...(Variant ? [Variant] : [])].join('/')) : undefined;

/** Returns the platform of an image that isn't the engine's own; undefined if it is, or neither is known. */
export function foreignPlatform(
  image: PlatformFacts | null,
  { OSType, Architecture }: { readonly OSType?: string; readonly Architecture?: string },
): string | undefined {
  const platform = image === null ? undefined : imagePlatform(image);
  if (platform === undefined || !OSType || !Architecture) return undefined;
  return platform === platformName(`${OSType}/${Architecture}`) ? undefined : platform;
}

type PlatformFacts = Pick<RawImage, 'Os' | 'Architecture' | 'Variant'>;
