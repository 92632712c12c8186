/** Planted faults of what the engine loses or has no room for: host ports, hosts files, its disk. */

import type { Engine } from '../../src/engine/engine.js';
import { EngineError } from '../../src/engine/errors.js';
import type { Mutant } from './mutants.js';
import type { Incident } from './script.js';

/** On a host port that chance draws for nobody. */
const onPort = (at: number, version: string): Incident => ({
  ...{ at, kind: 'put', name: 'aa' },
  input: {
    ...{ name: 'aa', image: 'good', env: { VERSION: version }, ports: ['7009:80'] },
    ...{ state: 'running' as const, restartPolicy: 'always' as const },
  },
});

/** What the engine refuses for one reason it refuses for another. */
const refusingAs =
  (from: EngineError['kind'], as: (error: EngineError) => EngineError) =>
  async <T>(asked: Promise<T>): Promise<T> => {
    try {
      return await asked;
    } catch (error) {
      throw error instanceof EngineError && error.kind === from ? as(error) : error;
    }
  };

const asInvalid = refusingAs('disk-full', ({ message }) => new EngineError('invalid', message, { status: 400 }));

/** In words by which it can't be told from a port that another container has. */
const asAnyPort = refusingAs('port-in-use', ({ message, port }) => {
  const text = message.replace('address already in use', 'address in use');
  return new EngineError('port-in-use', text, { status: 500, ...(port !== undefined && { port }) });
});

/** A container whose hosts file lacks one of its aliases is not restarted. */
const withoutRepair = (engine: Engine): Engine => ({
  ...engine,
  async restart(id, timeoutSeconds) {
    const text = new TextDecoder().decode((await engine.readFile(id, '/etc/hosts')) ?? undefined);
    const aliases = (await engine.inspect(id))?.linkAliases ?? [];
    if (aliases.every((alias) => text.includes(`\t${alias}\n`))) await engine.restart(id, timeoutSeconds);
  },
});

export const lossMutants = (restartedTogether: readonly Incident[]): readonly Mutant[] => [
  {
    name: 'blames-the-definition-for-a-full-disk',
    what: 'A change that the engine has no room for counts as a fault of the definition.',
    shows: ['D'],
    mutation: {
      engine: (engine) => ({
        ...engine,
        create: (request) => asInvalid(engine.create(request)),
        pull: (...asked) => asInvalid(engine.pull(...asked)),
      }),
    },
    provoked: [onPort(45_000, '1'), { at: 50_000, kind: 'full', forMs: 8_000 }, onPort(52_000, '2')],
  },
  {
    name: 'rolls-back-for-a-lost-port',
    what: 'A host port that a connection has for a moment counts as one that another container has.',
    shows: ['lost-port'],
    mutation: { engine: (engine) => ({ ...engine, start: (id) => asAnyPort(engine.start(id)) }) },
    provoked: [onPort(45_000, '1'), { at: 50_000, kind: 'lose-port', port: 7009, forMs: 100 }, onPort(52_000, '2')],
  },
  {
    name: 'repairs-no-alias',
    what: 'A recipient whose `/etc/hosts` lacks an alias is left as it is.',
    shows: ['D', 'hosts'],
    mutation: { engine: withoutRepair },
    provoked: restartedTogether,
  },
];
