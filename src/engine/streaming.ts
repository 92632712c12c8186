/**
 * Streams, usage and commands of containers and images, for clients. None of it changes the observed state of a
 * container.
 */

import type { Credentials } from '../domain/registries/credentials.js';

export interface LogFrame {
  readonly stream: 'stdout' | 'stderr';
  readonly data: Uint8Array;
}

interface LogRequest {
  readonly follow: boolean;
  readonly stdout: boolean;
  readonly stderr: boolean;
  readonly timestamps: boolean;
  readonly tail: number | 'all';
  /** Unix seconds. */
  readonly since?: number;
  readonly until?: number;
}

/** Resource usage of a running container at one moment. Counters run from the container's start. */
export interface Usage {
  /** RFC 3339, as the engine wrote it. */
  readonly readAt: string;
  readonly cpu: {
    /**
     * Percentage of one processor since the previous reading; null in the first of a stream, which has none before it.
     */
    readonly percent: number | null;
    readonly onlineCpus: number;
    readonly usedNanoseconds: number;
    readonly kernelNanoseconds: number;
    readonly userNanoseconds: number;
    /** Time that it had to wait for its limit of processors. */
    readonly throttledNanoseconds: number;
  };
  /** Null where the engine's kernel does not count it. */
  readonly memory: {
    /** Without the cache that the kernel can drop at once, as `docker stats` shows it. */
    readonly usedBytes: number;
    /** Memory including that cache. */
    readonly withCacheBytes: number;
    /** Its limit, or the memory of the host where it has none. */
    readonly limitBytes: number;
    readonly percent: number;
  } | null;
  /** All its interfaces together; null where it has none of its own. */
  readonly network: {
    readonly receivedBytes: number;
    readonly sentBytes: number;
    readonly receivedPackets: number;
    readonly sentPackets: number;
    readonly receivedDropped: number;
    readonly sentDropped: number;
  } | null;
  readonly blockIo: { readonly readBytes: number; readonly writtenBytes: number };
  /** `limit` is null where there is none. */
  readonly pids: { readonly current: number; readonly limit: number | null };
}

export interface ExecRequest {
  readonly command: readonly string[];
  readonly user?: string;
  readonly workingDir?: string;
  /** `NAME=value`, beside the container's own. */
  readonly env: readonly string[];
}

/** A command that was started inside a container. */
export interface Exec {
  /** Both streams as they come. Over when the command has closed them, or when the signal is aborted. */
  readonly output: AsyncIterable<LogFrame>;
  /**
   * Its exit code, once it has one: 126 or 127 with the engine's reason as its output if it could not be started.
   *
   * @returns null when the signal was aborted before, or its container is gone
   */
  exited(signal: AbortSignal): Promise<number | null>;
  /**
   * Kills it and all that it has started. An engine has no call for that, so it is done from inside, by the shell of the
   * container's image, as the same user.
   *
   * @returns whether it is gone; false where the image has no shell, or the engine did not say. Never rejects.
   */
  end(): Promise<boolean>;
}

export interface ImageSummary {
  readonly id: string;
  /** `mysql:8`; none where it has lost them to another image. */
  readonly tags: readonly string[];
  /** `mysql@sha256:…`; none where it did not come from a registry. */
  readonly digests: readonly string[];
  readonly sizeBytes: number;
  /** RFC 3339. */
  readonly createdAt: string;
}

/** Use of an engine's disk. Sizes are in bytes; null where the engine doesn't know one. */
export interface DiskUsage {
  readonly images: readonly (Pick<ImageSummary, 'id' | 'tags' | 'digests' | 'sizeBytes'> & {
    /** The part that other images have as well. */
    readonly sharedBytes: number | null;
  })[];
  readonly volumes: readonly { readonly name: string; readonly sizeBytes: number | null }[];
  readonly containers: readonly {
    readonly id: string;
    /** Size of the files in its own file system that it has written. */
    readonly writtenBytes: number;
    readonly imageId: string;
    /** The named volumes that it mounts. */
    readonly volumes: readonly string[];
  }[];
}

/** One line of a pull. */
export interface PullProgress {
  /** The short id of the layer that it is about; null where it is about the whole image. */
  readonly layer: string | null;
  /** Status in the engine's words: `Downloading`, `Pull complete`. */
  readonly status: string;
  /** Progress of this step of the layer; null where it has no length. */
  readonly currentBytes: number | null;
  readonly totalBytes: number | null;
}

/** Options of a pull: credentials and a platform. By default it is anonymous, for the engine's own platform. */
export interface PullOptions {
  readonly login?: RegistryLogin | undefined;
  readonly platform?: string | undefined;
}

/** Credentials for a registry. */
export interface RegistryLogin {
  /** The registry that they are for. */
  readonly host: string;
  readonly credentials: Credentials;
}

export interface LiveEngine {
  logs(id: string, request: LogRequest, signal: AbortSignal): Promise<AsyncIterable<LogFrame>>;
  /** One reading, which takes the engine a second or two. @throws EngineError `not-running` */
  usage(id: string): Promise<Usage | null>;
  /** A reading a second, until the container stops or the signal is aborted. */
  followUsage(id: string, signal: AbortSignal): Promise<AsyncIterable<Usage>>;
  /** @param signal ends the output, not the command @throws EngineError `not-running`, `not-found` */
  exec(id: string, request: ExecRequest, signal: AbortSignal): Promise<Exec>;
  images(): Promise<readonly ImageSummary[]>;
  /** Measures the disk, which takes an engine with many volumes seconds. */
  diskUsage(): Promise<DiskUsage>;
  /**
   * Ends when the image is there. Fails when no progress was made for a while.
   *
   * @param heard called with each step; for a pull that a client watches
   * @param login credentials for the image's registry; without them the pull is anonymous
   * @returns the digest that the registry gave the image, where the engine tells it
   */
  pull(
    reference: string,
    signal: AbortSignal,
    heard?: (progress: PullProgress) => void,
    options?: PullOptions,
  ): Promise<{ readonly digest: string | null }>;
}
