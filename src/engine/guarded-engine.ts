import { type DriverReach, driverReach } from '../domain/definition/storage/driver-reach.js';
import { isHostPath } from '../domain/definition/storage/paths.js';
import { isSameJson } from '../lib/canonical-json.js';
import type { Engine } from './engine.js';
import { EngineError } from './errors.js';

/** A volume that a container mounts, and the reach that its declaration states, which has passed the policy. */
interface NamedVolume {
  readonly name: string;
  readonly declared: DriverReach;
}
interface Mounted {
  readonly hostPaths: readonly string[];
  readonly volumes: readonly NamedVolume[];
}

/**
 * The same engine, which creates and starts no container whose mounts are refused. A declaration is checked as well, but
 * what lies behind a path of the host may change between that and a start, and the name of a volume doesn't tell how the
 * volume was made.
 */
export function guardedEngine(
  engine: Engine,
  options: {
    /** Returns why a path of the host may not be mounted now, wherever it was declared; undefined if it may. */
    readonly leadsOut: (hostPath: string) => Promise<string | undefined>;
    /** Returns why a volume with this reach may not be mounted; undefined if it may. */
    readonly reachRefusal: (reach: DriverReach) => string | undefined;
  },
): Engine {
  async function check({ hostPaths, volumes }: Mounted): Promise<void> {
    const [why] = [
      ...(await Promise.all(hostPaths.map(options.leadsOut))),
      ...(volumes.length === 0 ? [] : await volumeRefusals(volumes)),
    ].filter((message) => message !== undefined);
    if (why !== undefined) throw new EngineError('invalid', why);
  }

  /** Volumes that the engine doesn't have yet are made as they are declared. */
  async function volumeRefusals(volumes: readonly NamedVolume[]): Promise<readonly (string | undefined)[]> {
    const found = await engine.inspectVolumes([...new Set(volumes.map(({ name }) => name))]);
    return Promise.all(
      volumes.map(async ({ name, declared }) => {
        const volume = found.get(name);
        const reach = volume === undefined ? declared : driverReach(volume);
        const refusal = isSameJson(reach, declared) ? undefined : options.reachRefusal(reach);
        const why = refusal ?? (reach.kind === 'path' ? await options.leadsOut(reach.path) : undefined);
        return why === undefined ? undefined : `the volume ${name} leads out of the engine's storage: ${why}`;
      }),
    );
  }

  async function checkContainer(id: string): Promise<void> {
    const raw = await engine.inspectRaw(id);
    if (raw !== null) await check(mountedBy(raw));
  }

  return {
    ...engine,
    async create(request) {
      const { volumes } = request;
      await check({
        hostPaths: volumes.flatMap(({ volume }) => (isHostPath(volume) ? [volume] : [])),
        volumes: volumes.flatMap((mount) =>
          isHostPath(mount.volume) ? [] : [{ name: mount.volume, declared: driverReach(mount) }],
        ),
      });
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
  readonly Name?: unknown;
  readonly Source?: unknown;
  readonly Destination?: unknown;
}
interface RawRequest {
  readonly Target?: unknown;
  readonly VolumeOptions?: {
    readonly DriverConfig?: {
      readonly Name?: string;
      readonly Options?: Readonly<Record<string, string>> | null;
    } | null;
  } | null;
}

const listOf = <T>(value: unknown): readonly T[] => (Array.isArray(value) ? value : []);

/** Mounts in the engine's own answer, those of the image's volumes included. */
function mountedBy(raw: Readonly<Record<string, unknown>>): Mounted {
  const mounts = listOf<RawMount>(raw['Mounts']);
  const { Mounts } = (raw['HostConfig'] ?? {}) as { readonly Mounts?: unknown };
  const requests = new Map(listOf<RawRequest>(Mounts).map((request) => [request.Target, request]));
  return {
    hostPaths: mounts.flatMap(({ Type, Source }) => (Type === 'bind' && typeof Source === 'string' ? [Source] : [])),
    volumes: mounts.flatMap(({ Type, Name, Destination }) => {
      if (Type !== 'volume' || typeof Name !== 'string') return [];
      const config = requests.get(Destination)?.VolumeOptions?.DriverConfig;
      const driver = config?.Name;
      return [
        { name: Name, declared: driverReach({ ...(driver && { driver }), driverOptions: config?.Options ?? {} }) },
      ];
    }),
  };
}
