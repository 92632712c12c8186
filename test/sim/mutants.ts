import type { Definition } from '../../src/domain/definition.js';
import type { ContainerSummary, Engine } from '../../src/engine/engine.js';
import { EngineError } from '../../src/engine/errors.js';
import { drawScript, type Incident, type RestoreManner } from './script.js';
import { INSTANCE, type Mutation } from './server.js';

/** A fault that is planted on purpose. The simulation is worth something if it finds each. */
export interface Mutant {
  readonly name: string;
  /** What is wrong with it. */
  readonly what: string;
  /** Any of these invariants may be what shows it. */
  readonly shows: readonly string[];
  readonly mutation: Mutation;
  /** What happens besides, where chance would bring it about too rarely. */
  readonly provoked?: readonly Incident[];
}

const isTimeout = (error: unknown): boolean => error instanceof EngineError && error.leavesUnknown;

/** What the engine did not answer is taken for an answer. */
async function orElse<T>(asked: Promise<T>, otherwise: T): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    if (isTimeout(error)) return otherwise;
    throw error;
  }
}

const blind = new WeakMap<Definition, Definition>();

/** The same definition, but for links that may change; the same one every time. */
function withoutCare(definition: Definition): Definition {
  const known = blind.get(definition) ?? {
    ...definition,
    spec: { ...definition.spec, onLinkChange: 'ignore' as const },
  };
  blind.set(definition, known);
  return known;
}

const ofNoGeneration = <T extends Pick<ContainerSummary, 'owner'>>(one: T): T => ({
  ...one,
  owner: one.owner === null ? null : { ...one.owner, generation: 0 },
});

/** A backup that is put back when one definition has changed since, and another has come. */
const restored = (by: RestoreManner['by']): readonly Incident[] => [
  { at: 30_000, kind: 'put', name: 'aa', input: { name: 'aa', image: 'good' } },
  { at: 40_000, kind: 'put', name: 'aa', input: { name: 'aa', image: 'other' } },
  { at: 40_000, kind: 'put', name: 'dd', input: { name: 'dd', image: 'good' } },
  { at: 50_000, kind: 'restore', takenAt: 35_000, by, releasedAfterMs: 5_000, strays: 'keep' },
];

/** The definitions that the mutant of the moment knows. */
let known: { byName(name: string): Definition | undefined } | undefined;
const uidOfName = (name: string): string => known?.byName(name)?.uid ?? '';

export const MUTANTS: readonly Mutant[] = [
  {
    name: 'timeout-is-absent',
    what: 'A list or an inspect that did not answer is taken for "there is none".',
    shows: ['gone', 'B', 'D', 'E', 'loop', 'H'],
    mutation: {
      engine: (engine) => ({
        ...engine,
        list: (filter) => orElse(engine.list(filter), []),
        inspect: (id) => orElse(engine.inspect(id), null),
      }),
    },
    provoked: [
      { at: 40_000, kind: 'put', name: 'aa', input: { name: 'aa', image: 'good' } },
      { at: 50_000, kind: 'trouble', rate: 0.6, eventRate: 0, forMs: 9_000 },
      { at: 50_500, kind: 'delete', name: 'aa' },
    ],
  },
  {
    name: 'any-instance-is-ours',
    what: 'The instance label is not looked at: containers of another Berth are taken for our own.',
    shows: ['C'],
    mutation: {
      engine: (engine) => ({
        ...engine,
        list: async (filter) =>
          (await engine.list(filter)).map((one) => ({
            ...one,
            owner: one.owner === null ? null : { ...one.owner, instance: INSTANCE, uid: uidOfName(one.owner.name) },
          })),
        inspect: async (id) => {
          const found = await engine.inspect(id);
          if (found === null || found.owner === null || found.owner.instance === INSTANCE) return found;
          return { ...found, owner: { ...found.owner, instance: INSTANCE, uid: uidOfName(found.owner.name) } };
        },
      }),
      store: (store) => {
        known = store;
        return store;
      },
    },
  },
  {
    name: 'no-relist',
    what: 'The engine is looked at as a whole once, when the connection is made, and never again.',
    shows: ['D', 'B', 'E', 'links'],
    mutation: { life: withoutTimers((ms) => ms === 25_000) },
    provoked: [
      { at: 45_000, kind: 'put', name: 'aa', input: { name: 'aa', image: 'good' } },
      { at: 50_000, kind: 'trouble', rate: 0, eventRate: 1, forMs: 9_000 },
      { at: 55_000, kind: 'kill', name: 'aa' },
    ],
  },
  {
    name: 'never-tries-again',
    what: 'What failed once is not tried again by itself.',
    shows: ['D', 'B', 'links'],
    mutation: { life: withoutTimers((ms) => ms >= 300 && ms !== 25_000 && ms !== 1_000) },
  },
  {
    name: 'acknowledges-early',
    what: 'A write is acknowledged before it is on the disk.',
    // A write that is lost is also one that a restore can't have held.
    shows: ['A', 'held'],
    mutation: {
      storage(storage, life) {
        let last: Promise<unknown> = Promise.resolve();
        return {
          ...storage,
          async commit(write) {
            last = last.then(() => life.sleep(200)).then(() => storage.commit(write));
          },
        };
      },
    },
  },
  {
    name: 'forgets-the-last-write',
    what: 'After a start the definition that was written last is read as it was before.',
    shows: ['A', 'D', 'B', 'E', 'rows'],
    mutation: {
      storage: (storage) => ({
        ...storage,
        async read() {
          const stored = await storage.read();
          return { ...stored, definitions: stored.definitions.slice(0, -1) };
        },
      }),
    },
  },
  {
    name: 'removal-does-nothing',
    what: 'What was replaced is not removed.',
    shows: ['B', 'D', 'loop'],
    mutation: { engine: (engine) => ({ ...engine, remove: async () => undefined }) },
  },
  {
    name: 'forgets-before-removing',
    what: 'A definition that is to be deleted is forgotten while its container is still there.',
    shows: ['gone', 'D', 'B'],
    mutation: {
      store: (store) => ({
        ...store,
        hasRemoved: () => false,
        byUid(uid) {
          const found = store.byUid(uid);
          if (found?.deletionRequestedAt == null) return found;
          void store.forget(uid);
          return undefined;
        },
      }),
    },
  },
  {
    name: 'exchanges-bound-ports',
    what: 'A picked host port is exchanged for another although it was bound before.',
    shows: ['H'],
    mutation: {
      store: (store) => ({
        ...store,
        reservationsOf: (uid) => store.reservationsOf(uid).map((claim) => ({ ...claim, confirmed: false })),
      }),
    },
  },
  {
    name: 'ignores-stale-links',
    what: 'A recipient is left as it is when its source is replaced.',
    shows: ['links', 'D', 'B'],
    mutation: {
      store: (store) => ({
        ...store,
        byUid(uid) {
          const found = store.byUid(uid);
          return found === undefined ? undefined : withoutCare(found);
        },
      }),
    },
  },
  {
    name: 'tries-for-ever',
    what: 'A replacement that failed is not remembered, and tried over and over.',
    shows: ['loop', 'D', 'B'],
    mutation: { store: (store) => ({ ...store, giveUp: async () => undefined }) },
    provoked: [
      { at: 40_000, kind: 'put', name: 'aa', input: { name: 'aa', image: 'good' } },
      { at: 45_000, kind: 'put', name: 'aa', input: { name: 'aa', image: 'broken' } },
    ],
  },
  {
    name: 'stop-is-not-awaited',
    what: 'The next step begins while the old container still runs.',
    shows: ['B', 'D', 'E', 'loop'],
    mutation: {
      engine: (engine, world) => ({
        ...engine,
        async stop(id, timeoutSeconds) {
          world.after(300, () => void engine.stop(id, timeoutSeconds).catch(() => undefined));
        },
      }),
    },
  },
  {
    name: 'does-not-look-before-creating',
    what: 'Only the first container of a definition is seen: a creation whose answer was lost is done again.',
    shows: ['B', 'D', 'loop'],
    mutation: {
      engine: (engine) => ({
        ...engine,
        list: async (filter) => {
          const all = await engine.list(filter);
          const seen = new Set<string>();
          return all.filter(({ owner }) => {
            if (owner === null || owner.instance !== INSTANCE) return true;
            const isFirst = !seen.has(owner.uid);
            seen.add(owner.uid);
            return isFirst;
          });
        },
      }),
    },
  },
  {
    name: 'takes-foreign-names',
    what: 'A foreign container that has the name of a definition is removed to make room.',
    shows: ['C'],
    mutation: {
      engine: (engine) => ({
        ...engine,
        async create(request) {
          const namesake = (await engine.list({ kind: 'all' })).find(({ name }) => name === request.name);
          if (namesake !== undefined) {
            await engine.stop(namesake.id, 0);
            await engine.remove(namesake.id);
          }
          return engine.create(request);
        },
        list: async (filter) =>
          (await engine.list(filter)).filter(({ owner }) => filter.kind !== 'all' || owner?.instance === INSTANCE),
      }),
    },
  },
  {
    name: 'acts-while-held',
    what: 'After a restore the engine is brought in line at once, without waiting for a person.',
    shows: ['held'],
    mutation: { store: (store) => ({ ...store, hold: () => null }) },
    provoked: restored('api'),
  },
  {
    name: 'does-not-look-at-generations',
    what: 'That a container is of a later generation than its definition is not seen.',
    shows: ['held'],
    mutation: {
      engine: (engine) => ({
        ...engine,
        list: async (filter) => (await engine.list(filter)).map(ofNoGeneration),
        async inspect(id) {
          const found = await engine.inspect(id);
          return found === null ? null : ofNoGeneration(found);
        },
      }),
    },
    provoked: restored('unmarked-file'),
  },
  {
    name: 'removes-what-it-does-not-know',
    what: 'A container of ours without a definition is taken for one whose definition was removed.',
    shows: ['kept', 'held'],
    mutation: {
      store: (store) => ({ ...store, hasRemoved: (uid) => store.hasRemoved(uid) || store.byUid(uid) === undefined }),
    },
    provoked: restored('api'),
  },
  {
    name: 'says-ready-too-early',
    what: 'A container whose health check has not passed counts as healthy.',
    shows: ['E', 'D', 'B'],
    mutation: {
      engine: (engine): Engine => ({
        ...engine,
        list: async (filter) => (await engine.list(filter)).map((one) => ({ ...one, health: 'none' as const })),
        inspect: async (id) => {
          const found = await engine.inspect(id);
          return found === null ? null : { ...found, health: 'none' };
        },
      }),
    },
  },
];

/** The script that a mutant is run with. */
export const scriptFor = (seed: number, { provoked = [] }: Mutant): readonly Incident[] =>
  [...drawScript(seed), ...provoked].sort((a, b) => a.at - b.at);

/** A life in which some timers never fire. */
function withoutTimers(isLost: (ms: number) => boolean): NonNullable<Mutation['life']> {
  return (life) => ({
    get isOver() {
      return life.isOver;
    },
    end: () => life.end(),
    sleep: (ms) => life.sleep(ms),
    clock: {
      ...life.clock,
      after: (ms, call) => (isLost(ms) ? () => undefined : life.clock.after(ms, call)),
    },
  });
}
