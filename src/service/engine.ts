import type { Host } from '../reconcile/hosts.js';
import type { Store } from '../store/types.js';

interface EngineView {
  readonly kind: string | null;
  readonly version: string | null;
  readonly apiVersion: string | null;
  readonly address: string;
  readonly reachable: boolean;
  /** Time since which it has been reachable, or not; RFC 3339. */
  readonly since: string;
  /** Reason why it can't be reached, or null. */
  readonly message: string | null;
  /** Full disk: since when, and the engine's message; null if the disk has room. */
  readonly diskFull: { readonly since: string; readonly message: string } | null;
}

export interface EngineService {
  describeEngine(): EngineView;
  /** Reports if writes can be accepted, with the fault of the storage or engine if there is one. */
  readiness(): Promise<{ readonly ready: boolean; readonly storage: string; readonly engine: string }>;
}

export function createEngineService(options: {
  readonly store: Pick<Store, 'check'>;
  readonly host: Pick<Host, 'engine' | 'observed' | 'fullDisk'>;
}): EngineService {
  const { store, host } = options;
  const { engine, observed } = host;
  return {
    describeEngine() {
      const { version, reachable, since, message } = observed.engine;
      const full = host.fullDisk();
      return {
        kind: version?.kind ?? null,
        version: version?.version ?? null,
        apiVersion: version?.apiVersion ?? null,
        address: engine.address,
        reachable,
        since: since.toISOString(),
        message: reachable ? null : message,
        diskFull: full === null ? null : { since: full.since.toISOString(), message: full.message },
      };
    },
    async readiness() {
      const fault = await store.check().then(
        () => null,
        (error: unknown) => (error instanceof Error ? error.message : String(error)),
      );
      const { reachable, message } = observed.engine;
      const full = host.fullDisk();
      const engineFault = reachable ? full && `the engine's disk is full: ${full.message}` : message;
      return { ready: fault === null, storage: fault ?? 'ok', engine: engineFault ?? 'ok' };
    },
  };
}
