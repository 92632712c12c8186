/**
 * What a client declares: the container definition of the HTTP contract, normalised.
 *
 * Normalised means: `-p` and `--link` texts are objects, ranges are expanded, every field with a default is present, and
 * a field whose default is "the image's" is absent when it was not declared. Two equal declarations are deeply equal.
 */

export type Protocol = 'tcp' | 'udp' | 'sctp';

/** One `-p`: a container port, and where on the host it is to be found. */
export interface PortMapping {
  /** IPv4 or IPv6 text without brackets. Absent: every interface, 0.0.0.0 and ::. */
  readonly hostIp?: string;
  /** Absent: Berth picks one and keeps it. Never together with `hostPortRange`. */
  readonly hostPort?: number;
  /** `8000-8010`: Berth picks one from this range (both ends included) and keeps it. */
  readonly hostPortRange?: string;
  readonly containerPort: number;
  readonly protocol: Protocol;
}

/** A port of a container as `EXPOSE` names it, without a place on the host. */
export interface ContainerPort {
  readonly containerPort: number;
  readonly protocol: Protocol;
}

export type LinkEnv = 'all' | 'address' | 'none';

/** One `--link`: from the container that has it (the recipient) to `container` (the source). */
export interface Link {
  readonly container: string;
  readonly alias: string;
  /** What the recipient's environment gets of the source: everything, all but the source's own environment, nothing. */
  readonly env: LinkEnv;
}

export interface VolumeMount {
  readonly volume: string;
  readonly target: string;
  readonly readOnly: boolean;
}

export interface Healthcheck {
  /** An empty list switches the image's health check off; otherwise the argument vector that is run. */
  readonly command: readonly string[];
  readonly intervalSeconds?: number;
  readonly timeoutSeconds?: number;
  readonly retries?: number;
  readonly startPeriodSeconds?: number;
}

export interface Resources {
  readonly memoryBytes?: number;
  readonly cpus?: number;
  /** Most processes and threads. Always limited; the default is {@link DEFAULT_PIDS}. */
  readonly pids: number;
}

export type RestartPolicy = 'always' | 'on-failure' | 'no';
export type PullPolicy = 'missing' | 'always' | 'never';
export type OnLinkChange = 'recreate' | 'ignore';
export type DesiredState = 'running' | 'stopped';

export const DEFAULT_PIDS = 4096;
/** How many entries the lists of a definition may have: no person's has more. */
export const MAX_ENTRIES = {
  command: 1024,
  entrypoint: 1024,
  expose: 1024,
  ports: 1024,
  links: 256,
  networkAliases: 256,
  volumes: 256,
} as const;
export const DEFAULT_STOP_TIMEOUT_SECONDS = 10;

/** The declared part of a definition, without its name. */
export interface Spec {
  readonly image: string;
  /** The service's name in the Compose file that it comes from. Absent where that is the definition's own name. */
  readonly service?: string;
  readonly command?: readonly string[];
  readonly entrypoint?: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly workingDir?: string;
  readonly user?: string;
  readonly hostname?: string;
  /** As declared, each expanded to one port: `["8000/udp", "8001/udp"]`. */
  readonly expose: readonly string[];
  readonly publishAll: boolean;
  readonly ports: readonly PortMapping[];
  readonly links: readonly Link[];
  /** `bridge` is the engine's default bridge; anything else is a user-defined network that Berth manages. */
  readonly network: string;
  /** Names that it has on its user-defined network beside its own, for every container there. Absent where it has none. */
  readonly networkAliases?: readonly string[];
  readonly volumes: readonly VolumeMount[];
  readonly labels: Readonly<Record<string, string>>;
  readonly healthcheck?: Healthcheck;
  readonly restartPolicy: RestartPolicy;
  readonly resources: Resources;
  readonly pullPolicy: PullPolicy;
  readonly stopSignal?: string;
  readonly stopTimeoutSeconds: number;
  readonly onLinkChange: OnLinkChange;
  readonly state: DesiredState;
}

/** A stored definition: desired state and its bookkeeping. Written by the service alone. */
export interface Definition {
  /** Rises with every definition ever made here; newest first is highest first. */
  readonly seq: number;
  /** Never reused: what marks a container on the engine as this definition's. */
  readonly uid: string;
  readonly name: string;
  /** Starts at 1, rises by one with every change. */
  readonly generation: number;
  /**
   * The engine's own `StartedAt` of the run that a client asked to end, or null. The container is restarted while it is
   * still in that run: no clocks are compared, and a restart asked for once happens once, also after a crash.
   */
  readonly restartOf: string | null;
  readonly spec: Spec;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly deletionRequestedAt: Date | null;
  /** The set that it was declared in by `apply`, or null. */
  readonly set: string | null;
  /** The container that was taken over as it was: it has no labels of ours, and is known by its id. */
  readonly adopted: Adopted | null;
  /** The replacement that was given up: not tried again until the definition, or what it links to, is another. */
  readonly failedReplacement: FailedReplacement | null;
}

export interface Adopted {
  /** The engine's id of the container. */
  readonly id: string;
  /** The generation and hash of the definition that describes it as it is. */
  readonly generation: number;
  readonly hash: string;
}

export interface FailedReplacement {
  /** What identifies the container that was wanted. */
  readonly key: string;
  /** Why it could not serve. */
  readonly message: string;
}

/** Why a reservation exists: the client named the port, or Berth picked it for a mapping, or for `publishAll`. */
export type ReservationOrigin = 'fixed' | 'assigned' | 'publishAll';

/** A claim on a host port, made before the engine hears of it and kept until its mapping is gone. */
export interface Reservation {
  readonly uid: string;
  /** Absent: every interface. */
  readonly hostIp?: string;
  readonly hostPort: number;
  readonly containerPort: number;
  readonly protocol: Protocol;
  readonly origin: ReservationOrigin;
  /** Whether the engine has bound it at least once. Until then a picked port may be exchanged for another; never after. */
  readonly confirmed: boolean;
}

/** What a body may hold: every field of {@link Spec} as a client may write it. Read-only fields are dropped before. */
export interface DefinitionInput {
  readonly name?: string;
  readonly image: string;
  readonly service?: string;
  readonly command?: readonly string[];
  readonly entrypoint?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly workingDir?: string;
  readonly user?: string;
  readonly hostname?: string;
  readonly expose?: readonly string[];
  readonly publishAll?: boolean;
  readonly ports?: readonly (string | PortMappingInput)[];
  readonly links?: readonly (string | LinkInput)[];
  readonly network?: string;
  readonly networkAliases?: readonly string[];
  readonly volumes?: readonly { readonly volume: string; readonly target: string; readonly readOnly?: boolean }[];
  readonly labels?: Readonly<Record<string, string>>;
  readonly healthcheck?: Healthcheck;
  readonly restartPolicy?: RestartPolicy;
  readonly resources?: { readonly memoryBytes?: number; readonly cpus?: number; readonly pids?: number };
  readonly pullPolicy?: PullPolicy;
  readonly stopSignal?: string;
  readonly stopTimeoutSeconds?: number;
  readonly onLinkChange?: OnLinkChange;
  readonly state?: DesiredState;
}

export interface PortMappingInput {
  readonly hostIp?: string;
  readonly hostPort?: number;
  readonly hostPortRange?: string;
  readonly containerPort: number;
  readonly protocol?: Protocol;
}

export interface LinkInput {
  readonly container: string;
  readonly alias?: string;
  readonly env?: LinkEnv;
}
