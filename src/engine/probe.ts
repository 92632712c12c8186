/** What a look out of a container's own network namespace is asked, and what it finds. */

import type { ContainerPort } from '../domain/definition.js';

export interface ProbeRequest {
  /** The container whose network namespace is looked out of. It has to run. */
  readonly containerId: string;
  /** Whose the probe is: see {@link Prober.removeProbes}. */
  readonly instance: string;
  /** What is resolved there. */
  readonly name: string;
  /** Where the ports are tried, if the name resolves to it; with null only the name is resolved. */
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
  /** From the attempt to the answer; null where none came. */
  readonly milliseconds: number | null;
}

export interface ProbeReport {
  readonly resolved: {
    /** In the order in which a process there gets them; empty where the name is not known. */
    readonly addresses: readonly string[];
    readonly code: string | null;
    readonly milliseconds: number;
  };
  /** Of each port that was asked for; empty where the name does not resolve to the address. */
  readonly ports: readonly ProbeFinding[];
}

/** The part of an engine that looks out of containers. */
export interface Prober {
  /**
   * What a process inside a container would find, whatever its image holds.
   *
   * @throws EngineError of kind `not-running` where the container does not run, `no-probe` where none can be made
   */
  probe(request: ProbeRequest, signal: AbortSignal): Promise<ProbeReport>;
  /** Removes the probes of an instance that are not under way: what a crash has left. */
  removeProbes(instance: string): Promise<void>;
}
