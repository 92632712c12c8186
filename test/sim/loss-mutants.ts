/** Planted faults of what is lost for a moment. */

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

/** In words by which it can't be told from a port that another container has. */
const asAnyPort = refusingAs('port-in-use', ({ message, port }) => {
  const text = message.replace('address already in use', 'address in use');
  return new EngineError('port-in-use', text, { status: 500, ...(port !== undefined && { port }) });
});

export const LOSS_MUTANTS: readonly Mutant[] = [
  {
    name: 'rolls-back-for-a-lost-port',
    what: 'A host port that a connection has for a moment counts as one that another container has.',
    shows: ['a briefly lost port causes no rollback'],
    mutation: { engine: (engine) => ({ ...engine, start: (id) => asAnyPort(engine.start(id)) }) },
    provoked: [onPort(45_000, '1'), { at: 50_000, kind: 'lose-port', port: 7009, forMs: 100 }, onPort(52_000, '2')],
  },
];
