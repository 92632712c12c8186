import { driverReach, hostPathOf } from '../domain/definition/storage/driver-reach.js';
import type { Engine } from './engine.js';
import { EngineError } from './errors.js';

/**
 * The same engine, which creates and starts no container whose mounts are refused. A declaration is checked as well, but
 * what lies behind a path of the host may change between that and a start.
 */
export function guardedEngine(
  engine: Engine,
  options: {
    /** True if any path can be refused: otherwise nothing is looked up. */
    readonly isNeeded: () => boolean;
    /** Returns why a path of the host may not be mounted now; undefined if it may. */
    readonly refusal: (hostPath: string) => Promise<string | undefined>;
  },
): Engine {
  async function check(hostPaths: readonly string[]): Promise<void> {
    const [why] = (await Promise.all(hostPaths.map(options.refusal))).filter((message) => message !== undefined);
    if (why !== undefined) throw new EngineError('invalid', why);
  }

  async function checkContainer(id: string): Promise<void> {
    if (!options.isNeeded()) return;
    const raw = await engine.inspectRaw(id);
    if (raw !== null) await check(hostPathsOf(raw));
  }

  return {
    ...engine,
    async create(request) {
      if (options.isNeeded()) await check(request.volumes.flatMap((mount) => hostPathOf(mount) ?? []));
      return engine.create(request);
    },
    async start(id) {
      await checkContainer(id);
      return engine.start(id);
    },
    async restart(id, timeoutSeconds) {
      await checkContainer(id);
      return engine.restart(id, timeoutSeconds);
    },
  };
}

interface RawMount {
  readonly Type?: unknown;
  readonly Source?: unknown;
}
interface RawRequest {
  readonly VolumeOptions?: {
    readonly DriverConfig?: {
      readonly Name?: string;
      readonly Options?: Readonly<Record<string, string>> | null;
    } | null;
  } | null;
}

const listOf = <T>(value: unknown): readonly T[] => (Array.isArray(value) ? value : []);

/** Paths of the host behind the mounts in the engine's own answer, those of volumes included. */
function hostPathsOf(raw: Readonly<Record<string, unknown>>): readonly string[] {
  const binds = listOf<RawMount>(raw['Mounts']).flatMap(({ Type, Source }) =>
    Type === 'bind' && typeof Source === 'string' ? [Source] : [],
  );
  const { Mounts: requests } = (raw['HostConfig'] ?? {}) as { readonly Mounts?: unknown };
  const devices = listOf<RawRequest>(requests).flatMap(({ VolumeOptions }) => {
    const { Name, Options } = VolumeOptions?.DriverConfig ?? {};
    const reach = driverReach({ ...(Name && { driver: Name }), driverOptions: Options ?? {} });
    return reach.kind === 'path' ? [reach.path] : [];
  });
  return [...binds, ...devices];
}
