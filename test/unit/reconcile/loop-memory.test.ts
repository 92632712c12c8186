/** The loop on a simulated engine: what it forgets, and what it notices late or only once. */

import { expect, it } from 'vitest';
import type { CreateRequest, Engine } from '../../../src/engine/engine.js';
import { run } from '../../sim/run.js';
import type { Incident } from '../../sim/script.js';
import { INSTANCE, type Mutation, type Server } from '../../sim/server.js';
import type { World } from '../../sim/world.js';

const aa = { name: 'aa', image: 'good' };
const bb = { name: 'bb', image: 'good' };
const apply = (at: number, ...inputs: readonly object[]): Incident => ({
  ...{ at, kind: 'apply' },
  inputs: inputs as never,
});

/** Runs a script and calls at a moment, with the server as it is then. */
async function runWith(
  script: readonly Incident[],
  at: number,
  call: (server: Server, world: World) => void,
  wrap: NonNullable<Mutation['engine']> = (engine) => engine,
  store: NonNullable<Mutation['store']> = (same) => same,
  slices: NonNullable<Mutation['slices']> = () => () => async () => undefined,
) {
  let server: Server | undefined;
  const engine = (real: Engine, world: World): Engine => {
    world.after(at, () => call(server as Server, world));
    return wrap(real, world);
  };
  const opened = (one: Server): void => {
    server = one;
  };
  const { trace, violation } = await run(1, script, { engine, server: opened, store, slices });
  return { trace, violation };
}

const reasons = ({ store, reconciler }: Server, name: string): readonly string[] => {
  const definition = store.byName(name);
  return definition === undefined ? [] : reconciler.status.of(definition).conditions.map(({ reason }) => reason);
};

it('nothing of what failed before all definitions are replaced is said of those that replace them', async () => {
  const said: (readonly string[])[] = [];
  await runWith([apply(100, { ...aa, image: 'missing' })], 20_000, (server) => {
    said.push(reasons(server, 'aa'));
    void server.reconciler.replaceAll(async () => undefined).then(() => said.push(reasons(server, 'aa')));
  });
  expect(said[0]).toContain('PullFailed');
  expect(said[1]).not.toContain('PullFailed');
});

it('a backoff from before all definitions are replaced holds up none of those that replace them', async () => {
  const pulls: number[] = [];
  const wrap: Mutation['engine'] = (engine, world) => ({
    ...engine,
    async pull(reference, signal, progress) {
      pulls.push(world.now);
      return engine.pull(reference, signal, progress);
    },
  });
  await runWith(
    [{ at: 0, kind: 'rare-relists' }, apply(100, { ...aa, image: 'missing' })],
    100_000,
    ({ reconciler }) => void reconciler.replaceAll(async () => undefined),
    wrap,
  );
  expect(pulls.filter((at) => at >= 100_000 && at < 103_000)).not.toEqual([]);
});

it('a reconnection to the engine is reported once, and a relist is none', async () => {
  const at: number[] = [];
  await runWith([apply(100, aa), { at: 60_000, kind: 'down', forMs: 3_000 }], 10, ({ reconciler }, world) => {
    reconciler.hosts.local.onReconnected(() => at.push(world.now));
  });
  expect(at).toHaveLength(1);
  expect(at[0]).toBeGreaterThan(60_000);
});

it('a container of a definition that is gone, which a hold kept, is removed at the relist after its end', async () => {
  let last: CreateRequest | undefined;
  let real: Engine | undefined;
  const wrap: Mutation['engine'] = (engine) => {
    real = engine;
    return {
      ...engine,
      async create(request) {
        last = request;
        return engine.create(request);
      },
    };
  };
  let isHeld = false;
  const script: Incident[] = [apply(100, aa), { at: 10_000, kind: 'delete', name: 'aa' }];
  const late = (_: Server, world: World): void => {
    isHeld = true;
    void real?.create(last as CreateRequest);
    world.after(4_000, () => {
      isHeld = false;
    });
  };
  const held = { reason: 'restored', since: new Date(0), takenAt: null } as const;
  const { trace } = await runWith(script, 15_000, late, wrap, (store) => ({
    ...store,
    hold: () => (isHeld ? held : store.hold()),
  }));
  expect(last?.owner?.instance).toBe(INSTANCE);
  expect(trace.filter((line) => /engine: remove aa/.test(line))).toHaveLength(2);
});

it('a change that comes between two steps ends the older plan: no container of it is made', async () => {
  const slowStop: Mutation['engine'] = (engine, world) => ({
    ...engine,
    async stop(id, timeoutSeconds) {
      await world.sleep(3_000);
      await engine.stop(id, timeoutSeconds);
    },
  });
  const script = [apply(100, aa), apply(20_000, { ...aa, image: 'other' }), apply(21_000, { ...aa, env: { A: 'b' } })];
  const { trace, violation } = await run(1, script, { engine: slowStop });
  expect(violation).toBeUndefined();
  const created = trace.flatMap((line) => /create aa .*generation (\d+)/.exec(line)?.[1] ?? []);
  expect(created).toEqual(['1', '3']);
});

it('a recipient says that its source is there as soon as that is declared', async () => {
  const said: (readonly string[])[] = [];
  const write = { waitSeconds: 0 };
  await runWith([apply(100, aa, { ...bb, links: ['aa'] })], 20_000, (server, world) => {
    void server.services.containers.remove('aa', { ...write, force: true });
    world.after(20_000, () => {
      said.push(reasons(server, 'bb'));
      void server.services.containers
        .create({ ...aa, image: 'missing' } as never, write)
        .then(() => said.push(reasons(server, 'bb')));
    });
  });
  expect(said[0]).toContain('SourceMissing');
  expect(said[1]).not.toContain('SourceMissing');
});

it('a definition says that the engine is lost before the look at all definitions has reached it', async () => {
  const said: (readonly string[])[] = [];
  let isEndless = false;
  const slices: Mutation['slices'] = () => () => () => (isEndless ? new Promise(() => undefined) : Promise.resolve());
  const look = (server: Server, world: World): void => {
    isEndless = true;
    said.push(reasons(server, 'aa'));
    world.after(11_000, () => said.push(reasons(server, 'aa')));
  };
  await runWith(
    [apply(100, aa), { at: 20_000, kind: 'down', forMs: 5_000 }],
    10_000,
    look,
    undefined,
    undefined,
    slices,
  );
  expect(said[0]).not.toContain('NotConnected');
  expect(said[1]).toContain('NotConnected');
});

it('a look at all definitions ends its slice after each of them', async () => {
  let [breaths, before] = [0, 0];
  const slices: Mutation['slices'] = () => () => async () => {
    breaths++;
  };
  const count = (): void => {
    before = breaths;
  };
  const script = [apply(100, aa, bb, { ...aa, name: 'cc' }), { at: 20_000, kind: 'cut' } as Incident];
  await runWith(script, 19_000, count, undefined, undefined, slices);
  expect(breaths - before).toBeGreaterThanOrEqual(3);
});
