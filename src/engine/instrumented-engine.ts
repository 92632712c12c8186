import type { Log } from '../observability/logger.js';
import { causeFields } from '../observability/trace.js';
import type { Engine } from './engine.js';
import { EngineError } from './errors.js';

type Operation = Exclude<keyof Engine, 'address' | 'close'>;

/** Operations that change something on the engine, and so are worth a line in the log. */
const CHANGES: ReadonlySet<Operation> = new Set([
  ...(['create', 'placeFiles', 'start', 'stop', 'restart', 'unpause', 'rename', 'remove', 'update', 'pull'] as const),
  ...(['createNetwork', 'removeNetwork', 'connectTo', 'disconnect', 'exec', 'probe', 'probePorts', 'tryRoom'] as const),
]);

const OPERATIONS: readonly Operation[] = [
  ...([
    'connect',
    'list',
    'inspect',
    'inspectRaw',
    'derive',
    'inspectImage',
    'pull',
    'create',
    'placeFiles',
    'start',
    'stop',
  ] as const),
  ...(['restart', 'unpause', 'rename', 'remove', 'update', 'inspectNetwork', 'createNetwork'] as const),
  ...([
    'removeNetwork',
    'inspectVolumes',
    'listNetworks',
    'containersOn',
    'connectTo',
    'disconnect',
    'events',
    'readFile',
    'logs',
    'usage',
    'followUsage',
    'exec',
    'images',
    'diskUsage',
  ] as const),
  ...(['probe', 'probePorts', 'tryRoom', 'removeProbes'] as const),
];

/** The same engine, whose calls are measured, and whose changes are logged with the request that they are done for. */
export function observedEngine(
  engine: Engine,
  options: {
    readonly log: Log;
    /** @param outcome `ok`, or the kind of the error */
    readonly called: (operation: string, outcome: string, seconds: number) => void;
  },
): Engine {
  const { log, called } = options;

  function observed(operation: Operation): (...args: unknown[]) => Promise<unknown> {
    const call = engine[operation] as (...args: unknown[]) => Promise<unknown>;
    return async (...args) => {
      const begun = performance.now();
      const end = (outcome: string, error?: unknown): void => {
        const seconds = (performance.now() - begun) / 1000;
        called(operation, outcome, seconds);
        const fields = { operation, target: targetOf(args[0]), outcome, seconds, ...causeFields() };
        if (error !== undefined) log.debug({ ...fields, err: error }, 'engine call failed');
        else if (CHANGES.has(operation)) log.info(fields, 'engine call');
        else log.debug(fields, 'engine call');
      };
      try {
        const answer = await call(...args);
        end('ok');
        return answer;
      } catch (error) {
        end(error instanceof EngineError ? error.kind : 'bug', error);
        throw error;
      }
    };
  }

  const calls = Object.fromEntries(OPERATIONS.map((operation) => [operation, observed(operation)]));
  return { ...(calls as unknown as Engine), address: engine.address, close: () => engine.close() };
}

const targetOf = (argument: unknown): string | undefined => {
  if (typeof argument === 'string') return argument;
  return typeof argument === 'object' && argument !== null && 'name' in argument ? String(argument.name) : undefined;
};
