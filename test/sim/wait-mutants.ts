/** Planted faults of definitions that wait for each other, and of what disappears meanwhile. */

import type { Definition } from '../../src/domain/definition/definition.js';
import { EngineError } from '../../src/engine/errors.js';
import { isAskedBy } from './asked-by.js';
import type { Mutant } from './mutants.js';
import type { Incident } from './script.js';
import { INSTANCE } from './server.js';

/** The definitions that the mutant of the moment knows. */
let known: { byName(name: string): Definition | undefined } | undefined;

/** What the waits are worked out from looks definitions up as well. */
const within = ['heldClaims', 'sourceOf'];

/** A definition with a host port of its own that runs once it may. */
const onPort = (name: string, port: number, links: readonly string[] = []) => ({
  ...{ name, image: 'good', ports: [`${port}:80`], links: [...links], state: 'running' as const },
  restartPolicy: 'always' as const,
});

/** Two linked definitions of which the source is to have the recipient's host port, while no other claims one. */
function exchange(): readonly Incident[] {
  const others = ['cc', 'dd'].map((name) => ({ name, image: 'good' }));
  const [aa, bb] = [onPort('aa', 7001), onPort('bb', 7002, ['aa'])];
  return [
    { at: 0, kind: 'rare-relists' },
    { at: 52_000, kind: 'apply', inputs: [aa, bb, ...others] },
    {
      at: 57_000,
      kind: 'apply',
      inputs: [
        { ...aa, ports: ['7002:80'] },
        { ...bb, ports: ['7009:80'] },
      ],
    },
  ];
}

const onLan = (env: Readonly<Record<string, string>> = {}): Incident => ({
  ...{ at: 50_000, kind: 'put', name: 'dd' },
  input: { name: 'dd', image: 'good', network: 'lan', restartPolicy: 'always', state: 'running', env },
});

/** The first answer to a question is given for ever. */
function remembering<T>(asked: (name: string) => Promise<T | null>): (name: string) => Promise<T | null> {
  const answers = new Map<string, T>();
  return async (name) => {
    const known = answers.get(name);
    if (known !== undefined) return known;
    const answer = await asked(name);
    if (answer !== null) answers.set(name, answer);
    return answer;
  };
}

export const WAIT_MUTANTS: readonly Mutant[] = [
  {
    name: 'breaks-no-cycle',
    what: "A cycle of waits over a host port and a link isn't noticed: neither definition releases its port.",
    shows: ['no wait outlives its cause'],
    mutation: {
      store: (store) => ({
        ...store,
        byName: (name) => (isAskedBy('waitsFrom') && !within.some(isAskedBy) ? undefined : store.byName(name)),
      }),
    },
    provoked: exchange(),
  },
  {
    name: 'moves-no-name-aside',
    what: "A container that has another definition's name keeps it until its own name is free.",
    shows: ['everything that can run is ready', 'no wait outlives its cause', 'links lead to current containers'],
    mutation: {
      engine: (engine) => ({
        ...engine,
        rename: async (id, name) => (name.includes('.displaced-') ? undefined : engine.rename(id, name)),
      }),
    },
    provoked: [
      { at: 50_000, kind: 'put', name: 'aa', input: { name: 'aa', image: 'good' } },
      { at: 50_000, kind: 'put', name: 'bb', input: { name: 'bb', image: 'good' } },
      { at: 58_000, kind: 'rotate-names', names: ['aa', 'bb'], stranger: false },
    ],
  },
  {
    name: 'starts-nothing-meanwhile',
    what: "The previous container isn't started again while its replacement has to wait.",
    shows: ['a definition that ran stays up'],
    mutation: {
      engine: (engine) => ({
        ...engine,
        async start(id) {
          const found = await engine.inspect(id);
          const definition = known?.byName(found?.owner?.name ?? '');
          const isOutdated = (found?.owner?.generation ?? 0) < (definition?.generation ?? 0);
          if (found?.startedAt == null || !isOutdated) await engine.start(id);
        },
      }),
      store: (store) => {
        known = store;
        return store;
      },
    },
    provoked: [
      { at: 50_000, kind: 'put', name: 'aa', input: onPort('aa', 7001) },
      { at: 52_000, kind: 'put', name: 'aa', input: { name: 'aa', image: 'missing' } },
      { at: 55_000, kind: 'put', name: 'bb', input: onPort('bb', 7002) },
      { at: 58_000, kind: 'kill', name: 'aa' },
    ],
  },
  {
    name: 'does-not-see-lost-networks',
    what: 'A network removed from outside counts as present: its containers are started over and over.',
    shows: ['everything that can run is ready'],
    mutation: { engine: (engine) => ({ ...engine, inspectNetwork: remembering(engine.inspectNetwork) }) },
    provoked: [
      onLan(),
      // A second one, whose making shows that the network is there.
      { ...onLan({ OTHER: '1' }), at: 51_000 },
      { at: 53_000, kind: 'stop', name: 'dd' },
      { at: 55_000, kind: 'prune' },
      { at: 57_000, kind: 'start', name: 'dd' },
    ],
  },
  {
    name: 'does-not-see-lost-images',
    what: 'An image removed from outside counts as present.',
    shows: ['everything that can run is ready'],
    mutation: {
      engine: (engine) => ({ ...engine, inspectImage: remembering(engine.inspectImage) }),
    },
    provoked: [
      { at: 52_000, kind: 'remove-image', image: 'other', before: 'create' },
      { at: 55_000, kind: 'put', name: 'aa', input: { name: 'aa', image: 'other', state: 'running' } },
    ],
  },
  {
    name: 'blames-the-definition-for-what-vanished',
    what: 'A network removed between the plan and the start counts as a fault of the definition.',
    shows: ['everything that can run is ready'],
    mutation: {
      engine: (engine) => ({
        ...engine,
        async start(id) {
          try {
            await engine.start(id);
          } catch (error) {
            if (!(error instanceof EngineError) || error.kind !== 'network-absent') throw error;
            throw new EngineError('invalid', error.message, { status: 400 });
          }
        },
      }),
    },
    provoked: [onLan(), { at: 54_000, kind: 'prune', before: 'start' }, { ...onLan({ OTHER: '1' }), at: 55_000 }],
  },
  {
    name: 'does-not-notice-strangers-leave',
    what: "An unmanaged container disappears, and the definitions that wait for its name aren't woken.",
    shows: ['everything that can run is ready'],
    mutation: {
      engine(engine) {
        const own = new Set<string>();
        const isOwn = async (id: string): Promise<boolean> => {
          const found = await engine.inspect(id).catch(() => null);
          if (found?.owner?.instance === INSTANCE) own.add(id);
          return own.has(id);
        };
        return {
          ...engine,
          async events(signal) {
            const all = await engine.events(signal);
            return (async function* () {
              for await (const event of all) if (event.kind === 'image' || (await isOwn(event.id))) yield event;
            })();
          },
        };
      },
    },
    provoked: [
      { at: 0, kind: 'rare-relists' },
      { at: 45_000, kind: 'delete', name: 'aa' },
      { at: 48_000, kind: 'foreign', name: 'aa', port: 7009, labelled: false },
      { at: 50_000, kind: 'crash', atWait: 1, forMs: 100 },
      { at: 52_000, kind: 'put', name: 'aa', input: { name: 'aa', image: 'good', state: 'running' } },
      { at: 57_000, kind: 'remove', name: 'aa' },
    ],
  },
];
