/** Everything that happened in a run so far and that disk, engine and server no longer show. */

import { BRIEF_MS, type Incident, isQuiet } from './script.js';

/** The last acknowledged state of a definition: as stored, or that it is being removed. */
export type Acknowledged = { readonly uid: string; readonly generation: number; readonly spec: string } | 'deleted';

export interface History {
  /** By the name of the definition. */
  readonly acknowledged: Map<string, Acknowledged>;
  /** Names of definitions that a client is writing. */
  readonly underWay: Set<string>;
  /** Rises with every restore: what was acknowledged before may be gone since. */
  restores: number;
  /** Uids of definitions that had a container running that no outsider has removed since. */
  readonly served: Set<string>;
  /** Ids of the containers created so far. */
  readonly created: Set<string>;
  /** Creations by uid and generation. */
  readonly creations: Map<string, number>;
  /** Starts of each container by this life of the server. */
  readonly starts: Map<string, number>;
  /** The start of each container that was checked last. */
  readonly startedAt: Map<string, string | null>;
  /** The generation and the sources for which each recipient was started last, by uid. */
  readonly startedFor: Map<string, string>;
  /** The last moments at which dependencies met their conditions. */
  readonly met: Map<string, number>;
  /** Ids of the containers that an outsider is restarting. */
  readonly bounced: Set<string>;
  /** The beginning of the current 10 s in which engine calls are counted, and the calls before it. */
  calls: { readonly since: number; readonly before: number };
  /** The moment from which the engine's disk is full; null while it has room. */
  fullSince: number | null;
  /** The last moment at which calls or events went wrong. */
  lastTrouble: number;
  /** True if nothing in the script goes wrong. */
  readonly isAllQuiet: boolean;
  /** Host ports that only short connections take from their containers. */
  readonly brieflyLost: ReadonlySet<number>;
}

export const createHistory = (script: readonly Incident[]): History => ({
  acknowledged: new Map(),
  underWay: new Set(),
  restores: 0,
  served: new Set(),
  created: new Set(),
  creations: new Map(),
  starts: new Map(),
  startedAt: new Map(),
  startedFor: new Map(),
  met: new Map(),
  bounced: new Set(),
  calls: { since: 0, before: 0 },
  fullSince: null,
  lastTrouble: 0,
  isAllQuiet: isQuiet(script),
  brieflyLost: portsLostBriefly(script),
});

/** The host ports that connections take for a moment, and nothing else for longer. */
function portsLostBriefly(script: readonly Incident[]): ReadonlySet<number> {
  const isTaken = (port: number) =>
    script.some(
      (one) =>
        one.kind === 'steal' ||
        ((one.kind === 'hold' || one.kind === 'foreign') && one.port === port) ||
        (one.kind === 'lose-port' && one.port === port && one.forMs > BRIEF_MS),
    );
  const lost = script.flatMap((one) => (one.kind === 'lose-port' ? [one.port] : []));
  return new Set(lost.filter((port) => !isTaken(port)));
}
