/**
 * A container engine in our words. The one implementation talks to Docker ({@link ./docker/docker-engine.ts}); everything
 * outside this folder knows only this file and {@link ./errors.ts}.
 *
 * Every call either answers with what the engine said, checked for its shape, or throws an {@link EngineError}. Each has
 * a hard deadline. `null` means that the engine itself said "no such thing"; what was not learnt is an error, never null.
 */

import type {
  ContainerPort,
  DefinitionInput,
  FieldName,
  FieldsWith,
  PortMapping,
  Protocol,
  Spec,
  VolumeMount,
} from '../domain/definition/definition.js';
import type { HostsEntry } from '../domain/links/hosts-file.js';
import type { LinkEnvRules } from '../domain/links/link-env.js';
import type { NetworkSettings } from '../domain/networks/network.js';
import type { Prober } from './probe.js';
import type { LiveEngine } from './streaming.js';

/** Owner of a container, by its labels. */
export interface Owner {
  readonly instance: string;
  readonly uid: string;
  readonly name: string;
  readonly generation: number;
  readonly hash: string;
  /** The named volumes that an earlier container had, and that the engine made again, empty, for this one. */
  readonly recreatedVolumes?: readonly string[];
  /** The names of its variables whose values are secrets. */
  readonly secretVariables?: readonly string[];
  /** The id of the run of a job, and the attempt, that it is for. */
  readonly run?: string;
  readonly attempt?: number;
}

export type ContainerState = 'created' | 'running' | 'paused' | 'restarting' | 'removing' | 'exited' | 'dead';

/** `none`: it has no health check, or does not run. */
export type Health = 'none' | 'starting' | 'healthy' | 'unhealthy';

export interface HostBinding {
  readonly hostIp: string;
  readonly hostPort: number;
  readonly containerPort: number;
  readonly protocol: Protocol;
}

/** Container as a list reports it: enough to notice that something changed. */
export interface ContainerSummary {
  readonly id: string;
  /** Its own name, without the leading slash. */
  readonly name: string;
  /** The names that links give it, `web/db`, sorted. */
  readonly linkNames: readonly string[];
  /** Owner by its labels: only an inspect shows whether it has them from its image alone. */
  readonly owner: Owner | null;
  readonly state: ContainerState;
  readonly health: Health;
  readonly bindings: readonly HostBinding[];
  /** Network name → IPv4 address there; empty text while it has none. */
  readonly addresses: Readonly<Record<string, string>>;
}

interface EngineNetworkEndpoint {
  readonly networkId: string;
  readonly ipAddress: string;
  /** The fixed addresses that it was given. */
  readonly fixedAddresses: readonly string[];
  /** `source:alias`, as given at creation. Meaningful on user-defined networks only. */
  readonly links: readonly string[];
  /** The aliases that it was given, without the names that the engine adds. By default none. */
  readonly aliases?: readonly string[];
  /** True if Berth connected it as one of several networks; by default false. */
  readonly isOurs?: boolean;
}

/** Network as the engine reports it. */
export interface EngineNetwork {
  readonly id: string;
  readonly name: string;
  /** The instance of Berth that made it, by its label; null where none did. */
  readonly instance: string | null;
  /** Digest of the settings that it was made with; null where the engine chose its subnets. */
  readonly hash: string | null;
  /** Its subnets; the engine names a gateway or a range only where it was given one. */
  readonly subnets: readonly { readonly subnet: string; readonly gateway?: string; readonly range?: string }[];
}

/** Container as an inspect reports it. */
export interface ContainerDetail {
  readonly id: string;
  readonly name: string;
  /** Owner by labels of its own: those that it has from its image alone name nobody. */
  readonly owner: Owner | null;
  readonly state: ContainerState;
  readonly health: Health;
  /** The engine's own words for why the last start failed, or empty. */
  readonly error: string;
  readonly exitCode: number;
  /** RFC 3339 as the engine wrote it; null if it never started. */
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
  readonly restartCount: number;
  readonly image: string;
  readonly imageId: string;
  /** `NAME=value`, or `NAME` alone for one that is to be unset. */
  readonly env: readonly string[];
  readonly hostname: string;
  readonly user: string;
  readonly exposed: readonly ContainerPort[];
  /** The host ports that it has; none while it is down. */
  readonly bindings: readonly HostBinding[];
  /** The host ports that it takes with each start, without those that the engine picks. */
  readonly published: readonly HostBinding[];
  readonly networks: Readonly<Record<string, EngineNetworkEndpoint>>;
  /** The id of the container whose network it shares; absent where it has its own. */
  readonly networkOf?: string;
  /** The network that it was created on; by default the one that its definition runs on. */
  readonly createdOn?: string;
  /** The aliases of the links that it was made with on the default bridge: without their sources it can't be started. */
  readonly linkAliases: readonly string[];
  /** The lines that it was made with for its `/etc/hosts`. */
  readonly hostsLines: readonly HostsEntry[];
  readonly restartPolicy: string;
  /** Restarts after which the engine leaves it down; 0 for no limit. */
  readonly restartMaxRetries: number;
  readonly memoryBytes: number;
  readonly nanoCpus: number;
  readonly pids: number;
}

export interface ImageDetail {
  readonly id: string;
  readonly env: readonly string[];
  readonly exposed: readonly ContainerPort[];
  /** `linux/arm64`; absent where the engine doesn't report it. */
  readonly platform?: string;
  /** Its names by digest, as registries gave them: `shop@sha256:…`. By default none. */
  readonly digests?: readonly string[];
}

/** State of links on the default bridge in an engine: `deprecated` ones work, and end with a later version. */
export type BridgeLinks = 'kept' | 'deprecated' | 'removed';

export interface EngineVersion {
  readonly kind: string;
  readonly version: string;
  /** The API version that is spoken with it. */
  readonly apiVersion: string;
  /** Generation of moby's rules by which it computes link environments itself. */
  readonly linkEnvRules: LinkEnvRules;
  readonly bridgeLinks: BridgeLinks;
  readonly lacks: EngineLacks;
}

/** Features that an engine lacks, each with a sentence for a person. */
export interface EngineLacks {
  /** Links, on whichever network. */
  readonly links?: string;
  /** Changing limits and restart policy of a container that is there. */
  readonly updates?: string;
  /** Fixed addresses of containers. */
  readonly addresses?: string;
  /** Creating a container with several networks at once: the others are connected before its start. */
  readonly severalEndpoints?: string;
  /** Naming the network of the default route: the engine takes the first by name that leads out of the host. */
  readonly gatewayPriority?: string;
  /** The interval of health checks during the start. */
  readonly startInterval?: string;
  /** Mounts of a directory of a volume. */
  readonly subpath?: string;
  /** Fields of a definition. */
  readonly fields?: Readonly<Partial<Record<FieldName, string>>>;
}

/** Fields that a container doesn't get as they are declared: something else stands for them, or only Berth reads them. */
type NotAsDeclared =
  | ('service' | 'expose' | 'publishAll' | 'ports' | 'links' | 'env' | 'secretEnv' | 'files')
  | FieldsWith<{ readonly applies: 'never' | 'power' }>;

/**
 * A container to create: the fields of a definition, and what is resolved for it. The implementation names each field
 * that it sends, so nothing passes through.
 */
export interface CreateRequest extends Omit<Spec, NotAsDeclared | 'networks'> {
  readonly name: string;
  /** `NAME=value`; `NAME` alone takes away a variable that the engine would set. */
  readonly env: readonly string[];
  readonly exposed: readonly ContainerPort[];
  /** Each with its host port. */
  readonly bindings: readonly PortMapping[];
  readonly links: readonly { readonly sourceId: string; readonly sourceName: string; readonly alias: string }[];
  /** Lines for `/etc/hosts`: an address, and its names in their order. */
  readonly hostsLines?: readonly HostsEntry[];
  /** Fixed addresses on its network, one of each family; none where the engine chooses. */
  readonly addresses: readonly string[];
  /** Names beside its own on a user-defined network, that of its service included. */
  readonly networkAliases?: readonly string[];
  /** Its networks beside `network`. */
  readonly further?: readonly EndpointRequest[];
  /**
   * The container that this one is made in the place of. What the engine has made there for the image's own volumes is
   * mounted again, where the image still has a volume and `volumes` mounts nothing.
   */
  readonly replacedId?: string;
  readonly owner: Owner;
}

/** A network beside the one that a container is created on. */
export interface EndpointRequest {
  readonly network: string;
  readonly aliases: readonly string[];
  /** Fixed addresses, at most one of each family; none where the engine chooses. */
  readonly addresses: readonly string[];
  readonly links: readonly { readonly sourceName: string; readonly alias: string }[];
  /** True if the container is to have its default route there. */
  readonly isFirst?: boolean;
  /** True if the definition names the network: marks the endpoint as Berth's. */
  readonly isOurs: boolean;
}

/** A file for a container's own file system. */
export interface FileToPlace {
  readonly path: string;
  readonly content: string;
  /** Permissions as a number: `0o444`. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

/** Fields that an engine changes in place, and the swap, which each change of the memory limit sets again. */
export type Updatable = Pick<Spec, FieldsWith<{ readonly applies: 'live' }> | 'memorySwap'>;

export interface EngineEvent {
  /** A container that joins or leaves a network is an event of the container. */
  readonly kind: 'container' | 'image' | 'network';
  /** A `kill` is a signal through the engine that may end the container, and comes before that end. */
  readonly action: string;
  /** The container's id; for images what the engine names them by. */
  readonly id: string;
}

/** Filter of the containers to list. `all` includes unmanaged ones. */
export type ListFilter =
  | { readonly kind: 'all' }
  | { readonly kind: 'uid'; readonly uid: string }
  | { readonly kind: 'ids'; readonly ids: readonly string[] };

/** Setting that a definition can't express. */
export interface LostField {
  /** Name on the engine: `HostConfig.Privileged`. */
  readonly field: string;
  readonly value: unknown;
  readonly reason: string;
  /** Set where what runs in the container reaches its host by it; with the path where it is mounted. */
  readonly reach?: { readonly path: string | null };
}

/** Setting that differs on every container that Berth makes, and so on a replacement. */
export interface ChangedField {
  /** Name on the engine: `HostConfig.PidsLimit`. */
  readonly field: string;
  readonly value: unknown;
  readonly becomes: unknown;
  /** Reason: when the setting changes, and the effect. */
  readonly reason: string;
}

/** The definition that describes a container that somebody made. */
export interface Derivation {
  readonly container: ContainerDetail;
  readonly input: DefinitionInput;
  /** The host ports that the engine has picked for it, and that it is to keep. */
  readonly picked: readonly (PortMapping & {
    readonly hostPort: number;
    readonly origin: 'assigned' | 'publishAll';
  })[];
  /** Links by the names of the sources' containers. */
  readonly links: readonly { readonly container: string; readonly alias: string }[];
  readonly lost: readonly LostField[];
  readonly changed: readonly ChangedField[];
}

/** A volume as it was made: a mount's own options are ignored once there is one. */
export type EngineVolume = Required<Pick<VolumeMount, 'driver' | 'driverOptions'>>;

export interface Engine extends LiveEngine, Prober {
  /** Address of the engine, for a person: `unix:///var/run/docker.sock`. */
  readonly address: string;
  /** Asks the engine who it is and settles the API version; to be called again after every loss of the connection. */
  connect(): Promise<EngineVersion>;
  list(filter: ListFilter): Promise<readonly ContainerSummary[]>;
  inspect(id: string): Promise<ContainerDetail | null>;
  /** The engine's own answer, as is. */
  inspectRaw(id: string): Promise<Readonly<Record<string, unknown>> | null>;
  /** Derives the definition that would make this container, by its name or id; null if there is none. */
  derive(nameOrId: string): Promise<Derivation | null>;
  inspectImage(reference: string): Promise<ImageDetail | null>;
  create(request: CreateRequest): Promise<string>;
  /** Writes files into a container that has not been started. Directories that are missing are created. */
  placeFiles(id: string, files: readonly FileToPlace[]): Promise<void>;
  start(id: string): Promise<void>;
  /** @param timeoutSeconds how long the engine waits between the stop signal and SIGKILL */
  stop(id: string, timeoutSeconds: number): Promise<void>;
  restart(id: string, timeoutSeconds: number): Promise<void>;
  unpause(id: string): Promise<void>;
  rename(id: string, name: string): Promise<void>;
  remove(id: string): Promise<void>;
  /** Changes what can be changed without a replacement. */
  update(id: string, change: Updatable): Promise<void>;
  /** The user-defined network of that name; null if there is none; an error if there are several. */
  inspectNetwork(name: string): Promise<EngineNetwork | null>;
  listNetworks(): Promise<readonly EngineNetwork[]>;
  /** The ids and names of the containers that have an endpoint on a network now. */
  containersOn(networkId: string): Promise<readonly { readonly id: string; readonly name: string }[]>;
  /** Those of these volumes that the engine has, by name; it makes the others with the next container. */
  inspectVolumes(names: readonly string[]): Promise<ReadonlyMap<string, EngineVolume>>;
  createNetwork(settings: NetworkSettings, instance: string): Promise<void>;
  /** Connects a container, up or down, to a network. */
  connectTo(containerId: string, endpoint: EndpointRequest): Promise<void>;
  disconnect(networkId: string, containerId: string): Promise<void>;
  removeNetwork(id: string): Promise<void>;
  /** Ends when the connection does, which is no error of the iterable. */
  events(signal: AbortSignal): Promise<AsyncIterable<EngineEvent>>;
  /** One small file out of the container's file system; null if it is not there. */
  readFile(id: string, path: string): Promise<Uint8Array | null>;
  close(): void;
}
