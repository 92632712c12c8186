/** The longer forms of what npm test does in seconds. What a variable sets, its default is what is promised. */

import { describe, expect, it } from 'vitest';
import { condition, declaring, unique } from '../engine/declaring.js';
import { withstandsFaults } from '../engine/faults/fault-rate.js';
import { staysIdle } from '../engine/faults/idle.js';
import { killCycles } from '../engine/faults/kill-cycles.js';
import { linkedKills } from '../engine/faults/linked-kills.js';
import { CAN_RUN_ENGINE, OwnEngine } from '../engine/faults/own-engine.js';
import { FaultProxy } from '../engine/faults/proxy.js';
import { startAtOnce } from '../engine/faults/starts.js';
import { Servers } from '../engine/servers.js';
import { ENGINE_HOST, eventually, type TestBerth, testBerth } from '../engine/support.js';
import { seeded } from '../sim/world.js';

const setting = (name: string, initial: number): number => Number(process.env[name] ?? initial);

async function throughProxy(run: (t: TestBerth, proxy: FaultProxy) => Promise<void>): Promise<void> {
  const proxy = await new FaultProxy(ENGINE_HOST).listen();
  const t = await testBerth({ engine: proxy.host });
  try {
    await run(t, proxy);
  } finally {
    await t.stop();
    await proxy.close();
  }
}

it('kill -9 two hundred times under the load of eight clients: nothing acknowledged is lost, nothing doubled', async () => {
  const servers = new Servers();
  const seed = setting('BERTH_SOAK_SEED', Math.floor(Math.random() * 1e9));
  const cycles = setting('BERTH_SOAK_KILLS', 200);
  try {
    const outcome = await killCycles(servers, { cycles, clients: 8, random: seeded(seed) });
    console.info(JSON.stringify({ seed, ...outcome }));
    expect(outcome.acknowledged).toBeGreaterThan(cycles);
  } finally {
    await servers.end();
  }
});

it('an hour in which one engine call in a hundred goes wrong, under load: flat memory and descriptors', async () => {
  const [servers, proxy] = [new Servers(), await new FaultProxy(ENGINE_HOST).listen()];
  const seed = setting('BERTH_SOAK_SEED', Math.floor(Math.random() * 1e9));
  const ms = setting('BERTH_SOAK_FAULT_SECONDS', 3_600) * 1_000;
  try {
    const outcome = await withstandsFaults(servers, proxy, { ms, rate: 0.01, random: seeded(seed) });
    console.info(JSON.stringify({ seed, ...outcome }));
    expect(outcome.faults).toBeGreaterThan(0);
  } finally {
    await servers.end();
    await proxy.close();
  }
});

it('fifty definitions at rest: no write to the engine or the database for five minutes', () =>
  throughProxy((t, proxy) =>
    staysIdle(t, proxy, { definitions: 50, ms: setting('BERTH_SOAK_IDLE_SECONDS', 300) * 1_000 }),
  ));

it('three hundred starts at once: a few at a time, no timeout', () =>
  throughProxy((t, proxy) => startAtOnce(t, proxy, setting('BERTH_SOAK_STARTS', 300))));

describe.skipIf(!CAN_RUN_ENGINE)('an engine', () => {
  it('that is killed in turn with the server, two hundred times, while linked definitions exchange ports and lose names and networks', async () => {
    const [engine, servers] = [await new OwnEngine().start(), new Servers()];
    const seed = setting('BERTH_SOAK_SEED', Math.floor(Math.random() * 1e9));
    const cycles = setting('BERTH_SOAK_KILLS', 200);
    try {
      const outcome = await linkedKills(servers, engine, { cycles, random: seeded(seed) });
      console.info(JSON.stringify({ seed, ...outcome }));
      expect(outcome.cycles).toBe(cycles);
    } finally {
      await servers.end();
      await engine.remove();
    }
  });

  it('that is frozen for a minute, with the deadlines as they are', async () => {
    const engine = await new OwnEngine().start();
    const t = await testBerth({ engine: engine.host });
    const { declare, get, ready } = declaring(() => t);
    try {
      const name = unique('frozen');
      await declare({ name, image: 'training/webapp', publishAll: true });
      const before = await get(name);
      engine.freeze();
      const end = performance.now() + setting('BERTH_SOAK_FREEZE_SECONDS', 60) * 1_000;
      await t.http.patch(`/v1/containers/${name}`).send({ env: { PROVIDER: 'frozen' } });
      await eventually(async () => expect(condition(await get(name), 'Ready')?.status).toBe('Unknown'), 30_000);
      await eventually(async () => {
        expect((await get(name)).status.ready).toBe(false);
        expect(performance.now()).toBeGreaterThan(end);
      }, 120_000);
      engine.thaw();
      const after = await ready(name, ({ status }) => status.observedGeneration === 2);
      expect(after.status.ports).toEqual(before.status.ports);
      await eventually(async () => expect(await engine.docker.listContainers({ all: true })).toHaveLength(1));
    } finally {
      await t.close();
      await engine.remove();
    }
  });
});
