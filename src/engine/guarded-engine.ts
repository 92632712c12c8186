import { isHostPath } from '../domain/definition/storage/paths.js';
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
      if (options.isNeeded()) await check(request.volumes.map(({ volume }) => volume).filter(isHostPath));
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

/** Sources of the bind mounts in the engine's own answer. */
function hostPathsOf(raw: Readonly<Record<string, unknown>>): readonly string[] {
  const mounts = raw['Mounts'];
  return (Array.isArray(mounts) ? mounts : []).flatMap(
    (mount: { readonly Type?: unknown; readonly Source?: unknown }) =>
      mount.Type === 'bind' && typeof mount.Source === 'string' ? [mount.Source] : [],
  );
}
