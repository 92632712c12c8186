/** Planted faults of what is lost for a moment. */

import type { Engine } from '../../src/engine/engine.js';
import { EngineError } from '../../src/engine/errors.js';
import type { Mutant } from './mutants.js';
import type { Incident } from './script.js';

/** A definition that runs once it may. */
const STEADY = { name: 'aa', image: 'good', state: 'running', restartPolicy: 'always' } as const;

/** On a host port that chance draws for nobody. */
const onPort = (at: number, version: string): Incident => ({
  ...{ at, kind: 'put', name: 'aa' },
  input: { ...STEADY, env: { VERSION: version }, ports: ['7009:80'] },
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

const asAnyFailure = refusingAs('disk-full', ({ message }) => new EngineError('failed', message, { status: 500 }));

/** Once it has refused one call for want of room, it refuses all that need room. */
function fullForEver(engine: Engine): Engine {
  let full: EngineError | undefined;
  const refused = refusingAs('disk-full', (error) => {
    full = error;
    return error;
  });
  const needingRoom = async <T>(call: () => Promise<T>): Promise<T> => {
    if (full !== undefined) throw full;
    return refused(call());
  };
  return {
    ...engine,
    create: (request) => needingRoom(() => engine.create(request)),
    pull: (...args) => needingRoom(() => engine.pull(...args)),
    tryRoom: (...args) => needingRoom(() => engine.tryRoom(...args)),
  };
}

/** The engine refuses each start in other words, so that no refusal is recognised as the same. */
function refusingAnew(engine: Engine): Engine {
  let starts = 0;
  return {
    ...engine,
    start(id) {
      starts++;
      return engine.start(id);
    },
    async inspect(id) {
      const found = await engine.inspect(id);
      return found === null || found.error === '' ? found : { ...found, error: `${found.error} (${starts})` };
    },
  };
}

/** A container without a line for one of its links is never restarted. */
function withoutRepairs(engine: Engine): Engine {
  const hasAllLines = async (id: string): Promise<boolean> => {
    const lines = new TextDecoder().decode((await engine.readFile(id, '/etc/hosts')) ?? undefined);
    const { linkAliases = [] } = (await engine.inspect(id)) ?? {};
    return linkAliases.every((alias) => lines.includes(`\t${alias}\n`));
  };
  return {
    ...engine,
    async restart(id, timeoutSeconds) {
      if (await hasAllLines(id)) await engine.restart(id, timeoutSeconds);
    },
  };
}

/** Recipients that start, one after the other, while an outsider restarts their source. */
const startedBesideABounce: readonly Incident[] = [
  { at: 10, kind: 'put', name: 'aa', input: STEADY },
  ...Array.from({ length: 8 }, (_, round): readonly Incident[] => {
    const at = 3_000 + round * 6_000;
    const links = [{ container: 'aa', alias: 'aa', env: 'none' as const }];
    const name = `recipient-${round}`;
    return [
      { at, kind: 'put', name, input: { ...STEADY, name, links } },
      { at: at + 10 + round * 5, kind: 'bounce', name: 'aa' },
    ];
  }).flat(),
];

/** The disk is full while one definition changes and another one is new. */
const withoutRoom: readonly Incident[] = [
  { at: 30_000, kind: 'put', name: 'aa', input: STEADY },
  { at: 38_000, kind: 'full', forMs: 20_000 },
  { at: 50_000, kind: 'put', name: 'aa', input: { ...STEADY, image: 'other' } },
  { at: 50_000, kind: 'put', name: 'dd', input: { ...STEADY, name: 'dd' } },
];

export const LOSS_MUTANTS: readonly Mutant[] = [
  {
    name: 'rolls-back-for-a-lost-port',
    what: 'A host port that a connection holds for a moment counts as held by another container.',
    shows: ['a briefly lost port causes no rollback'],
    mutation: { engine: (engine) => ({ ...engine, start: (id) => asAnyPort(engine.start(id)) }) },
    provoked: [onPort(45_000, '1'), { at: 50_000, kind: 'lose-port', port: 7009, forMs: 100 }, onPort(52_000, '2')],
  },
  {
    name: 'does-not-notice-a-full-disk',
    what: 'A refusal for want of room on the engine counts as any other failure.',
    shows: ['a full engine disk stops no container'],
    mutation: {
      engine: (engine) => ({
        ...engine,
        create: (request) => asAnyFailure(engine.create(request)),
        pull: (...args) => asAnyFailure(engine.pull(...args)),
        tryRoom: (...args) => asAnyFailure(engine.tryRoom(...args)),
      }),
    },
    provoked: withoutRoom,
  },
  {
    name: 'never-tries-a-full-disk-again',
    what: 'An engine whose disk was full once counts as full from then on.',
    shows: ['everything that can run is ready'],
    mutation: { engine: fullForEver },
    provoked: withoutRoom,
  },
  {
    name: 'recognises-no-refused-start',
    what: 'A container that the engine fails to start in the same way each time is started again and again.',
    shows: ['everything that can run is ready'],
    mutation: { engine: refusingAnew },
    provoked: [
      { at: 30_000, kind: 'put', name: 'aa', input: STEADY },
      { at: 50_000, kind: 'leave-task', name: 'aa' },
    ],
  },
  {
    name: 'repairs-no-alias',
    what: 'A recipient without a line for its source in `/etc/hosts` is never restarted.',
    shows: ['everything that can run is ready'],
    mutation: { engine: withoutRepairs },
    provoked: startedBesideABounce,
  },
];
