/** Requests and findings of probes, which look out of a container's own network namespace. */

import type { ContainerPort } from '../domain/definition/definition.js';

export interface ProbeRequest {
  /** The container whose network namespace is looked out of. It has to run. */
  readonly containerId: string;
  /** Owner of the probe: see {@link Prober.removeProbes}. */
  readonly instance: string;
  /** Name to resolve there. */
  readonly name: string;
  /** Address at which the ports are tried, if the name resolves to it; with null only the name is resolved. */
  readonly address: string | null;
  readonly ports: readonly ContainerPort[];
}

/**
 * `open`: something answered. `refused`: the other side said that nothing listens. `unreachable`: there is no way to it.
 * `no-answer`: nothing came back, which of UDP says nothing. `failed`: the attempt itself. `not-tried`: time was up, or it
 * is a protocol that can't be tried.
 */
export type ProbeOutcome = 'open' | 'refused' | 'unreachable' | 'no-answer' | 'failed' | 'not-tried';

export interface ProbeFinding extends ContainerPort {
  readonly outcome: ProbeOutcome;
  /** The system's word for what went wrong, `ECONNREFUSED`, or null. */
  readonly code: string | null;
  /** Time from the attempt to the answer; null where none came. */
  readonly milliseconds: number | null;
}

export interface ProbeReport {
  readonly resolved: {
    /** Addresses in the order in which a process there gets them; empty where the name is not known. */
    readonly addresses: readonly string[];
    readonly code: string | null;
    readonly milliseconds: number;
  };
  /** Findings for the requested ports; empty where the name does not resolve to the address. */
  readonly ports: readonly ProbeFinding[];
}

/** A published port of a container that runs. */
export interface PortTarget extends ContainerPort {
  /** Address on which the engine has bound it; empty or unspecified is every address of a family. */
  readonly hostIp: string;
  readonly hostPort: number;
  /** The network that the container's address is on, by its id. */
  readonly networkId: string;
  /** The container's own address there. */
  readonly address: string;
}

export interface PortProbeRequest {
  /** Owner of the probes: see {@link Prober.removeProbes}. */
  readonly instance: string;
  readonly targets: readonly PortTarget[];
}

export type Tried = Pick<ProbeFinding, 'outcome' | 'code' | 'milliseconds'>;

/** The host port, tried in the host's own network namespace. */
export interface TriedOnHost extends Tried {
  /** The address of the host that was tried; null where it has none of the family. */
  readonly address: string | null;
  /**
   * True: a process of the host took the connection, as the engine's userland proxy does. False: the engine has the port
   * open, and nobody takes the connection. Null: it was led elsewhere by a firewall rule, or there was none.
   */
  readonly accepted: boolean | null;
}

/** Findings for one {@link PortTarget}. */
export interface PortFinding {
  readonly host: TriedOnHost;
  /** The port of the container itself, tried on its own address from the host. */
  readonly container: Tried;
  /**
   * Findings of a neighbour on the container's network, whose packets are forwarded as those from outside the host are:
   * for the container's own address, and for the host port. Null where nothing would follow from it.
   */
  readonly neighbour: { readonly container: Tried; readonly host: Tried } | null;
  /** True where the engine's userland proxy serves the host port; null where it can't be told. */
  readonly hasProxy: boolean | null;
}

/** The part of an engine that looks out of containers. */
export interface Prober {
  /**
   * Tries published ports through the host's address, on the engine's host, wherever Berth runs.
   *
   * @returns one finding for each target, in order
   * @throws EngineError of kind `no-probe` where no probe can be made
   */
  probePorts(request: PortProbeRequest, signal: AbortSignal): Promise<readonly PortFinding[]>;
  /**
   * Tries a name and ports as a process inside a container would, whatever its image holds.
   *
   * @throws EngineError of kind `not-running` where the container does not run, `no-probe` where none can be made
   */
  probe(request: ProbeRequest, signal: AbortSignal): Promise<ProbeReport>;
  /**
   * Finds out if there is room for a container of an image. It costs a look at the file system where the engine's disk can
   * be read from here. Elsewhere, where that disk is short, or where it has been full, a container that never starts is
   * created, written to and removed: at most once a minute as long as nothing says that the disk is short.
   *
   * @param isSuspected whether the disk was full a moment ago
   * @throws EngineError of kind `disk-full` where there is no room
   */
  tryRoom(image: string, instance: string, isSuspected: boolean): Promise<void>;
  /** Removes the probes of an instance that are not under way: what a crash has left. */
  removeProbes(instance: string): Promise<void>;
}
