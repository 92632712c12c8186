import type { Definition } from '../../src/domain/definition/definition.js';
import type { ContainerSummary, Engine } from '../../src/engine/engine.js';
import { EngineError } from '../../src/engine/errors.js';
import type { Storage } from '../../src/store/storage.js';
import { ADDRESS_MUTANTS } from './address-mutants.js';
import { DEPENDENCY_MUTANTS } from './dependency-mutants.js';
import type { InvariantName } from './invariants/index.js';
import { LOSS_MUTANTS } from './loss-mutants.js';
import { drawScript, type Incident, inOrder, type RestoreManner } from './script.js';
import { INSTANCE, type Mutation, RELIST_MS } from './server.js';
import { WAIT_MUTANTS } from './wait-mutants.js';
import type { World } from './world.js';

/** A fault that is planted on purpose. The simulation is worth something if it finds each. */
export interface Mutant {
  readonly name: string;
  /** The fault, as docs/simulation.md states it. */
  readonly what: string;
  /** The invariants that it breaks itself. Any other that is violated first would be found by chance. */
  readonly shows: readonly InvariantName[];
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

/** Recipients that are replaced again and again while their source restarts, by Berth and by an outsider. */
const restartedTogether: readonly Incident[] = [
  { at: 10, kind: 'apply', inputs: [{ name: 'aa', image: 'good' }] },
  ...Array.from({ length: 12 }, (_, round): readonly Incident[] => {
    const at = 3_000 + round * 4_500;
    const input = (name: string) => ({
      name,
      image: 'good',
      env: { ROUND: `${round}` },
      links: [{ container: 'aa', alias: 'aa', env: 'none' as const }],
    });
    const kind = round % 2 === 0 ? 'restart' : 'bounce';
    return [
      { at, kind: 'apply', inputs: [{ name: 'aa', image: 'good' }, ...['bb', 'cc', 'dd'].map(input)] },
      { at: at + 30 + (round % 6) * 15, kind, name: 'aa' },
    ];
  }).flat(),
];

/** The definitions that the mutant of the moment knows. */
let known: { byName(name: string): Definition | undefined } | undefined;
const uidOfName = (name: string): string => known?.byName(name)?.uid ?? '';

export const MUTANTS: readonly Mutant[] = [
  {
    name: 'timeout-is-absent',
    what: 'A list or an inspect that timed out counts as "there is none".',
    // What it takes for absent it doesn't look at again: in some runs nothing is removed, and nothing converges.
    shows: [
      'a definition outlives its containers',
      'everything that can run is ready',
      'deleted definitions leave nothing',
    ],
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
    what: 'The instance label is ignored: containers of another Berth count as ours.',
    shows: ["only this instance's containers change"],
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
    what: 'The engine is listed once, when the connection is made, and never again.',
    shows: [
      'everything that can run is ready',
      'deleted definitions leave nothing',
      'ready means current and healthy',
      'a definition that ran stays up',
    ],
    mutation: { life: withTimers((ms) => (ms === RELIST_MS ? null : ms)) },
    provoked: [
      { at: 45_000, kind: 'put', name: 'aa', input: { name: 'aa', image: 'good' } },
      { at: 50_000, kind: 'trouble', rate: 0, eventRate: 1, forMs: 9_000 },
      { at: 55_000, kind: 'kill', name: 'aa' },
    ],
  },
  {
    name: 'never-tries-again',
    what: "The queue doesn't retry failures: only the next relist does.",
    // Half-way through a replacement there are two.
    shows: [
      'everything that can run is ready',
      'deleted definitions leave nothing',
      'one container of a definition runs',
      'one container of a definition is left',
    ],
    mutation: { life: withTimers((ms) => (isSetBy('reconcile/loop/queue.ts') ? null : ms)) },
    provoked: [
      { at: 0, kind: 'rare-relists' },
      { at: 50_000, kind: 'trouble', rate: 0.3, eventRate: 0, forMs: 9_000 },
      { at: 52_000, kind: 'put', name: 'aa', input: { name: 'aa', image: 'other' } },
    ],
  },
  {
    name: 'looks-again-at-once',
    what: 'A definition that only an event can help is re-queued after 20 ms, forever.',
    shows: ['engine calls are bounded'],
    mutation: {
      server({ store, reconciler }, { clock }) {
        const lookAgain = (): void => {
          for (const definition of store.all()) {
            const { conditions } = reconciler.status.of(definition);
            if (conditions.some(({ reason }) => reason === 'SourceMissing')) reconciler.changed(definition.uid);
          }
          clock.after(20, lookAgain);
        };
        lookAgain();
      },
    },
    provoked: [
      { at: 50_000, kind: 'delete', name: 'aa' },
      { at: 52_000, kind: 'put', name: 'dd', input: { name: 'dd', image: 'good', links: ['aa'] } },
    ],
  },
  {
    name: 'rollback-starts-nothing',
    what: "After a failed replacement, the previous container gets its name back, but isn't started.",
    shows: ['a definition that ran stays up'],
    mutation: { engine: withoutRollback },
    provoked: [
      { at: 40_000, kind: 'put', name: 'aa', input: { name: 'aa', image: 'good' } },
      { at: 45_000, kind: 'put', name: 'aa', input: { name: 'aa', image: 'broken' } },
    ],
  },
  {
    name: 'restarts-recipients-twice',
    what: 'A container with links is started a second time soon after its first start.',
    shows: ['a change starts its recipient once'],
    mutation: {
      engine(engine, world) {
        const linked = new Set<string>();
        const again = async (id: string): Promise<void> => {
          if ((await engine.inspect(id))?.state === 'running') await engine.restart(id, 0);
        };
        return {
          ...engine,
          async create(request) {
            const id = await engine.create(request);
            if (request.links.length > 0) linked.add(id);
            return id;
          },
          async start(id) {
            await engine.start(id);
            if (linked.delete(id)) world.after(2_000, () => void again(id).catch(() => undefined));
          },
        };
      },
    },
  },
  {
    name: 'acknowledges-early',
    what: 'A write is acknowledged before it is on the disk.',
    shows: ['acknowledged writes are stored', 'a start reads every acknowledged write'],
    mutation: {
      storage(storage) {
        let last: Promise<unknown> = Promise.resolve();
        return {
          ...storage,
          async commit(write) {
            last = last.then(() => storage.commit(write));
          },
        };
      },
    },
    provoked: [
      { at: 55_000, kind: 'put', name: 'aa', input: { name: 'aa', image: 'good', env: { LAST: '1' } } },
      { at: 55_003, kind: 'crash', atWait: 1, forMs: 1_000 },
    ],
  },
  {
    name: 'forgets-the-last-write',
    what: 'After a start, the most recently changed definition is read as it was before that change.',
    shows: ['acknowledged writes are stored', 'a start reads every acknowledged write'],
    mutation: { storage: (storage, _, world) => withoutLastChange(storage, world) },
  },
  {
    name: 'removal-does-nothing',
    what: 'Containers that should be removed are not.',
    // What should have been removed may hold the name or the port of the container that has to serve.
    shows: [
      'one container of a definition runs',
      'one container of a definition is left',
      'a definition outlives its containers',
      'a definition that ran stays up',
    ],
    mutation: { engine: (engine) => ({ ...engine, remove: async () => undefined }) },
  },
  {
    name: 'forgets-before-removing',
    what: 'A deleted definition is forgotten while its container still exists.',
    shows: [
      'a definition outlives its containers',
      'everything that can run is ready',
      'deleted definitions leave nothing',
    ],
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
    what: 'A picked host port is exchanged for another, although it was bound before.',
    shows: ['a bound host port stays'],
    mutation: {
      store: (store) => ({
        ...store,
        reservationsOf: (uid) => store.reservationsOf(uid).map((claim) => ({ ...claim, confirmed: false })),
      }),
    },
  },
  {
    name: 'ignores-stale-links',
    what: 'A recipient stays unchanged when its source is replaced.',
    shows: ['links lead to current containers'],
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
    what: "A failed replacement isn't remembered, and is retried over and over.",
    // Each try interrupts what serves.
    shows: ['nothing is created over and over', 'nothing is started over and over', 'a definition that ran stays up'],
    mutation: { store: (store) => ({ ...store, abandon: async () => undefined }) },
    provoked: [
      { at: 40_000, kind: 'put', name: 'aa', input: { name: 'aa', image: 'good' } },
      { at: 45_000, kind: 'put', name: 'aa', input: { name: 'aa', image: 'broken' } },
    ],
  },
  {
    name: 'stop-is-not-awaited',
    what: 'The next step begins while the old container still runs.',
    shows: ['one container of a definition runs', 'one container of a definition is left'],
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
    what: 'Only the first container of a definition is seen: a creation whose answer was lost is repeated.',
    shows: ['one container of a definition runs', 'one container of a definition is left'],
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
    what: 'An unmanaged container with the name of a definition is removed to make room.',
    shows: ["only this instance's containers change"],
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
    what: 'After a restore, the engine is reconciled at once, without waiting for a person.',
    shows: ['a restore waits for its release'],
    mutation: { store: (store) => ({ ...store, hold: () => null }) },
    provoked: restored('api'),
  },
  {
    name: 'does-not-look-at-generations',
    what: "A container of a later generation than its definition isn't noticed.",
    shows: ['a restore waits for its release'],
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
    what: 'An orphan of ours is removed as if its definition had been deleted here.',
    shows: ['orphans are kept'],
    mutation: {
      store: (store) => ({ ...store, hasRemoved: (uid) => store.hasRemoved(uid) || store.byUid(uid) === undefined }),
    },
    provoked: restored('api'),
  },
  {
    name: 'takes-links-on-trust',
    what: "`/etc/hosts` isn't read: the engine's list of names and addresses counts as its content.",
    shows: ['ready recipients resolve their aliases', 'aliases have current addresses'],
    mutation: { engine: (engine, world) => withHostsAsListed(engine, world) },
    provoked: restartedTogether,
  },
  {
    name: 'starts-beside-its-source',
    what: 'A recipient may start while its source restarts.',
    shows: ['a recipient starts apart from its source'],
    mutation: {
      guard: {
        ...{ mark: () => 0, hasChangedSince: () => false, isFree: () => true, forget: () => undefined, size: 0 },
        enter: async () => () => undefined,
      },
    },
    provoked: restartedTogether,
  },
  {
    name: 'says-ready-too-early',
    what: "A container whose health check hasn't passed counts as healthy.",
    shows: ['ready means current and healthy'],
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
  ...WAIT_MUTANTS,
  ...DEPENDENCY_MUTANTS,
  ...LOSS_MUTANTS,
  ...ADDRESS_MUTANTS,
];

/** Returns the mutants as a table for docs/simulation.md. */
export const mutantTable = (): string =>
  ['| mutant | its fault |', '| --- | --- |', ...MUTANTS.map(({ name, what }) => `| \`${name}\` | ${what} |`)].join(
    '\n',
  );

/** The script that a mutant is run with. */
export const scriptFor = (seed: number, { provoked = [] }: Mutant): readonly Incident[] =>
  inOrder([...drawScript(seed), ...provoked]);

/** True if the timer that is set at this moment is of this file: nothing else tells one from another. */
const isSetBy = (file: string): boolean => (new Error().stack ?? '').includes(file);

/** One that is given back its name after its replacement failed is never started from then on. */
function withoutRollback(engine: Engine): Engine {
  const givenBack = new Set<string>();
  return {
    ...engine,
    async rename(id, name) {
      const before = await engine.inspect(id);
      await engine.rename(id, name);
      if (before?.name.includes('.retired-')) givenBack.add(id);
    },
    start: async (id) => (givenBack.has(id) ? undefined : engine.start(id)),
  };
}

/** Hosts files as the links' names and the sources' addresses would have them. */
const withHostsAsListed: NonNullable<Mutation['engine']> = (engine) => ({
  ...engine,
  async readFile(id) {
    const name = (await engine.inspect(id))?.name;
    const lines = (await engine.list({ kind: 'all' })).flatMap(({ linkNames, addresses }) =>
      linkNames
        .filter((linkName) => linkName.startsWith(`${name}/`))
        .map((linkName) => `${addresses['bridge']}\t${linkName.slice(linkName.indexOf('/') + 1)}\n`),
    );
    return new TextEncoder().encode(lines.join(''));
  },
});

const lastChanges = new WeakMap<World, { readonly before: Definition }>();

function withoutLastChange(storage: Storage, world: World): Storage {
  const written = new Map<string, Definition>();
  const restored = lastChanges.get(world)?.before;
  return {
    ...storage,
    async read() {
      const stored = await storage.read();
      for (const definition of stored.definitions) written.set(definition.uid, definition);
      return { ...stored, definitions: stored.definitions.map((one) => (one.uid === restored?.uid ? restored : one)) };
    },
    async commit(write) {
      await storage.commit(write);
      for (const [uid, definition] of write.definitions) {
        const before = written.get(uid);
        if (definition === null) written.delete(uid);
        else written.set(uid, definition);
        if (before !== undefined && definition !== null && before.generation < definition.generation)
          lastChanges.set(world, { before });
      }
    },
  };
}

/** A life with other timers. @param timerMs how long one takes instead; null for one that never fires */
function withTimers(timerMs: (ms: number) => number | null): NonNullable<Mutation['life']> {
  return (life) => ({
    get isOver() {
      return life.isOver;
    },
    end: () => life.end(),
    sleep: (ms) => life.sleep(ms),
    endAtWait: (count, ended) => life.endAtWait(count, ended),
    clock: {
      ...life.clock,
      after(ms, call) {
        const taken = timerMs(ms);
        return taken === null ? () => undefined : life.clock.after(taken, call);
      },
    },
  });
}
